"""From the catalog to an index that a browser searches by fetching what a query touches.

What a result is, in which order and with which score, is lunr's; see `FORMAT.md` for how the
figures that this follows from are stored.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Sequence
from hashlib import sha256
from typing import Any, Final, NamedTuple

from generator.catalog import Catalog
from generator.kept import Kept
from generator.papers import Brief, Paper
from generator.search import index, lookups, scripts, shards
from generator.search.index import BOOSTS
from generator.search.shards import FOLDER
from generator.slices import NOWHERE, Volume

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


def write(
    catalog: Catalog,
    jobs: int = 1,
    kept: Kept | None = None,
    volume: Volume = NOWHERE,
    has: Callable[[Collection[str]], bool] = lambda paths: False,
) -> Index:
    """The files of the index, by path below the site's root.

    Oldest papers first, so that new ones come last. All but the last few thousand are one segment,
    which stays as it is while these grow.

    Args:
        catalog: every paper of it is found, also withdrawn ones.
        jobs: how many processes at most.
        kept: where the large segment is kept for the next time.
        volume: where the papers lie that are known in brief.
        has: whether all files of these names are there from the last time.
    """
    names = {topic.slug: topic.name for topic in catalog.topics}
    store: dict[str, bytes] = {}
    stay: list[str] = []
    segments = []
    for part in _parts(catalog):
        about = None
        made_of = _digest(catalog, part) if kept and len(part) >= SEGMENT else ""
        if kept and made_of:
            about = kept.read("index", made_of, _About)
        if kept and about and has(about.files):
            stay += about.files
        elif kept and about and (found := kept.read("index-files", made_of, dict[str, bytes])):
            store |= found
        else:
            about, made = _segment(part, names, jobs, volume)
            store |= made
            if kept and made_of:
                kept.write("index-files", made_of, made)
                kept.write("index", made_of, about)
        segments.append(about.shown)
    manifest = {"version": 2, "fields": list(BOOSTS.items()), "segments": segments}
    files: dict[str, bytes | str] = {
        **store,
        MANIFEST: json.dumps(manifest, ensure_ascii=False, separators=(",", ":")) + "\n",
        MATERIAL: '{"config":{"lang":["en"],"separator":"[\\\\s-]+","pipeline":[]},"docs":[]}\n',
        SCRIPT: scripts.joined(),
    }
    return Index(files, stay)


class Index(NamedTuple):
    """An index, as files by path below the site's root."""

    files: dict[str, bytes | str]
    stay: list[str]
    """Paths of others, which are there as they should be."""


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


class _About(NamedTuple):
    """What is known of some documents of the index."""

    shown: dict[str, Any]
    """What the manifest says of them."""

    files: list[str]
    """Where the rest is, by path below the site's root."""


def _digest(catalog: Catalog, papers: Sequence[Paper]) -> str:
    """Of all that a segment is made of."""
    digest = sha256(repr([(topic.slug, topic.name) for topic in catalog.topics]).encode())
    for paper in papers:
        digest.update(paper.digest if isinstance(paper, Brief) else catalog.digests[paper.id])
    return digest.hexdigest()


def _segment(
    papers: Sequence[Paper], names: dict[str, str], jobs: int, volume: Volume
) -> tuple[_About, dict[str, bytes]]:
    store = shards.Store()
    found = index.count(papers, names, jobs, volume)
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
    return _About(about, list(store)), dict(store)
