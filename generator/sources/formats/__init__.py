"""The readers, a module a format, in the order in which they are asked and believed."""

from __future__ import annotations

from generator.sources.formats import (
    acl_anthology,
    arxiv_atom,
    arxiv_listing,
    arxiv_oai,
    bibtex,
    catalog_lines,
    cff,
    conference_list,
    crossref,
    csl_json,
    daily_page,
    datacite,
    endnote_xml,
    hugging_face,
    jats,
    link_list,
    medline,
    mini_conf,
    mods,
    openalex,
    openreview,
    pubmed_xml,
    refer,
    ris,
    spreadsheet,
    table,
    web_page,
    yaml_list,
)
from generator.sources.reading import Reader

__all__ = ["READERS"]

READERS: tuple[Reader, ...] = (
    # what a person wrote for this catalog
    table,
    spreadsheet,
    yaml_list,
    link_list,
    # publishers and venues
    acl_anthology,
    jats,
    pubmed_xml,
    medline,
    crossref,
    web_page,
    cff,
    openreview,
    conference_list,
    mini_conf,
    # arXiv, then what lists of the day say
    arxiv_atom,
    arxiv_oai,
    arxiv_listing,
    hugging_face,
    # what others gathered
    openalex,
    datacite,
    mods,
    csl_json,
    ris,
    endnote_xml,
    refer,
    bibtex,
    catalog_lines,
    daily_page,
)
"""In the order of trust: where two sources of a paper differ, the reader further up is believed."""
