"""From the catalog to an index that a browser searches by fetching what a query touches.

What a result is, in which order and with which score, is lunr's; see `FORMAT.md` for how the
figures that this follows from are stored.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final, NamedTuple

from generator.catalog import Catalog
from generator.kept import Kept
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


def write(catalog: Catalog, jobs: int = 1, kept: Kept | None = None) -> dict[str, bytes | str]:
    """The files of the index, by path below the site's root.

    Oldest papers first, so that new ones come last. All but the last few thousand are one segment,
    which stays as it is while these grow.

    Args:
        catalog: every paper of it is found, also withdrawn ones.
        jobs: how many processes at most.
        kept: where the large segment is kept for the next time.
    """
    names = {topic.slug: topic.name for topic in catalog.topics}
    store: dict[str, bytes] = {}
    segments = []
    for part in _parts(catalog):
        found = None
        made_of = _digest(catalog, part) if kept and len(part) >= SEGMENT else ""
        if kept and made_of:
            found = kept.read("index", made_of, _Segment)
        if not found:
            found = _segment(part, names, jobs)
            if kept and made_of:
                kept.write("index", made_of, found)
        segments.append(found.about)
        store |= found.files
    manifest = {"version": 2, "fields": list(BOOSTS.items()), "segments": segments}
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


class _Segment(NamedTuple):
    """Some documents of the index."""

    about: dict[str, Any]
    """What the manifest says of it."""

    files: dict[str, bytes]
    """By path below the site's root."""


def _digest(catalog: Catalog, papers: Sequence[Paper]) -> str:
    """Of all that a segment is made of."""
    digest = sha256(repr([(topic.slug, topic.name) for topic in catalog.topics]).encode())
    for paper in papers:
        digest.update(catalog.digests[paper.id])
    return digest.hexdigest()


def _segment(papers: Sequence[Paper], names: dict[str, str], jobs: int) -> _Segment:
    store = shards.Store()
    found = index.count(papers, names, jobs)
    papers = _ordered(papers, found)
    about = {
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
    return _Segment(about, store)
