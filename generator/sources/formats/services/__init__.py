"""Readers for answers of services as JSON, of some as XML too, each a row of a table.

What each service answers is described in its documentation, whose address stands with it.
"""

from __future__ import annotations

from typing import Final

from generator.sources.formats.services.archives import (
    ADS,
    BIORXIV,
    CHEMRXIV,
    CORE,
    HAL,
    INSPIRE,
    OSF,
    ZENODO,
)
from generator.sources.formats.services.citation_indexes import (
    AMINER,
    DIMENSIONS,
    LENS,
    OPENCITATIONS,
    PAPERS_WITH_CODE,
    SCHOLARLY,
    SEMANTIC_SCHOLAR,
    SERPAPI,
)
from generator.sources.formats.services.people_and_events import (
    INDICO,
    MENDELEY,
    ORCID,
    PAPERPILE,
    VIRTUAL_SITE,
)
from generator.sources.formats.services.publishers import (
    DOAJ,
    EUROPE_PMC,
    IEEE,
    OPENAIRE,
    PLOS,
    PUBMED_SUMMARIES,
    SCOPUS,
    SPRINGER,
    UNPAYWALL,
)

SHAPES: Final = (
    *(SPRINGER, IEEE, PLOS, VIRTUAL_SITE, BIORXIV, INSPIRE, ADS, EUROPE_PMC, PUBMED_SUMMARIES),
    *(SEMANTIC_SCHOLAR, SCOPUS, DIMENSIONS, LENS, DOAJ, HAL, OPENAIRE, CORE, ZENODO, UNPAYWALL),
    *(CHEMRXIV, OSF, PAPERS_WITH_CODE, ORCID, MENDELEY, PAPERPILE, AMINER, SCHOLARLY, SERPAPI),
    *(OPENCITATIONS, INDICO),
)
"""All readers of services, in the order of trust."""
