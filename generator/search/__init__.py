"""From the catalog to an index that a browser searches by fetching what a query touches.

What a result is, in which order and with which score, is lunr's; see `FORMAT.md` for how the
figures that this follows from are stored.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from generator.catalog import Catalog
from generator.papers import Paper
from generator.search import index, lookups, scripts, shards
from generator.search.index import BOOSTS
from generator.search.shards import FOLDER

__all__ = ["BOOSTS", "FOLDER", "MANIFEST", "SEGMENT", "documents", "is_ours", "write"]

MANIFEST: Final = f"{FOLDER}/manifest.json"
"""The one file of an index whose name is known beforehand."""

SCRIPT: Final = f"{FOLDER}/search.js"
"""What runs in the worker."""

MATERIAL: Final = f"{FOLDER}/search_index.json"
"""What Material's search box asks for on every page. It stays empty, since our worker answers the
box; the separator is what marks words on the page that a result leads to."""

SEGMENT: Final = 8_192
"""Documents in the last segment, at most: a new paper changes no file of the others."""


def write(catalog: Catalog, jobs: int = 1) -> dict[str, bytes | str]:
    """The files of the index, by path below the site's root.

    Oldest papers first, so that new ones come last. All but the last few thousand are one segment,
    which stays as it is while these grow.

    Args:
        catalog: every paper of it is found, also withdrawn ones.
        jobs: how many processes at most.
    """
    names = {topic.slug: topic.name for topic in catalog.topics}
    store = shards.Store()
    manifest = {
        "version": 2,
        "fields": list(BOOSTS.items()),
        "segments": [_segment(store, part, names, jobs) for part in _parts(catalog)],
    }
    return {
        **store,
        MANIFEST: json.dumps(manifest, ensure_ascii=False, separators=(",", ":")) + "\n",
        MATERIAL: '{"config":{"lang":["en"],"separator":"[\\\\s-]+","pipeline":[]},"docs":[]}\n',
        SCRIPT: scripts.joined(),
    }


_OURS: Final = re.compile(r"[0-9a-f]{12}(-\d+)?\.bin|manifest\.json|search_index\.json|search\.js")


def is_ours(name: str) -> bool:
    """Whether a file in the folder of the index has a name that `write` gives."""
    return bool(_OURS.fullmatch(name))


def documents(catalog: Catalog) -> list[dict[str, str]]:
    """The documents as lunr would be given them, the latest first: folded text by field."""
    names = {topic.slug: topic.name for topic in catalog.topics}
    numbered = [
        paper for part in _parts(catalog) for paper in _ordered(part, index.count(part, names))
    ]
    return index.texts(numbered[::-1], names)


def _parts(catalog: Catalog) -> list[Sequence[Paper]]:
    """The papers of each segment, the oldest first."""
    papers = catalog.papers[::-1]
    settled = len(papers) // SEGMENT * SEGMENT
    return [part for part in (papers[:settled], papers[settled:]) if part]


def _ordered(papers: Sequence[Paper], found: index.Postings) -> list[Paper]:
    return [papers[place] for place in found.order]


def _segment(
    store: shards.Store, papers: Sequence[Paper], names: dict[str, str], jobs: int
) -> dict[str, Any]:
    """Store one segment; what the manifest says of it."""
    found = index.count(papers, names, jobs)
    papers = _ordered(papers, found)
    return {
        "documents": len(papers),
        "totals": found.totals,
        "abstracts": shards.abstracts(store, found),
        "postings": shards.postings(store, found),
        "words": shards.vocabulary(store, found),
        "ids": lookups.ids(store, papers),
        "keys": lookups.keys(store, papers),
        "voted": any(paper.votes and paper.votes.upvotes for paper in papers),
        "facets": lookups.facets(store, papers, names),
    }
