"""From the catalog to an index that a browser searches by fetching what a query touches.

What a result is, in which order and with which score, is lunr's; see `FORMAT.md` for how the
figures that this follows from are stored.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain, pairwise
from typing import Any, Final, NamedTuple

from generator.catalog import Catalog
from generator.model import chunks
from generator.model.papers import Paper
from generator.search import index, lookups, packs, scripts, shards
from generator.search.index import BOOSTS, Words
from generator.search.lookups import Listed, digest
from generator.search.packs import Pack, content, result
from generator.search.shards import FOLDER

__all__ = [
    "BOOSTS",
    "FOLDER",
    "MANIFEST",
    "SEGMENT",
    "Index",
    "Pack",
    "content",
    "digest",
    "documents",
    "is_ours",
    "result",
    "write",
]

MANIFEST: Final = f"{FOLDER}/manifest.json"
"""The one file of an index whose name is known beforehand."""

SCRIPT: Final = f"{FOLDER}/search.js"
"""What runs in the worker."""

SEGMENT: Final = 8_192
"""Documents in the last segment, at most: a new paper changes no file of the others."""


def write(catalog: Catalog) -> Index:
    """The files of the index, by path below the site's root, without packs.

    Args:
        catalog: every paper of it is found, also withdrawn ones.
    """
    names = topic_names(catalog)
    made = [
        segment(names, list(map(Listed.of, papers)), [index.read(names, papers)])
        for papers in segments(catalog)
    ]
    return joined(made, [[] for _ in made])


def segments(catalog: Catalog) -> list[Sequence[Paper]]:
    """The papers of each segment, the oldest first, so that new ones come last.

    All but the last few thousand are one segment, which stays as it is while these grow.
    """
    papers = catalog.papers[::-1]
    settled = len(papers) // SEGMENT * SEGMENT
    return [part for part in (papers[:settled], papers[settled:]) if part]


def shards_of(papers: Sequence[Paper]) -> Iterator[Sequence[Paper]]:
    """The papers of a segment in shards; one that comes or goes moves no beginning but its own."""
    starts = chunks.content_defined_starts((paper.id for paper in papers), index.SHARD)
    for start, end in pairwise([*starts, len(papers)]):
        yield papers[start:end]


def segment_digest(names: Mapping[str, str], papers: Sequence[Paper]) -> str:
    """Changes with anything that the index holds of some papers; topics are called `names`."""
    made_of = sha256(repr(sorted(names.items())).encode())
    made_of.update(b"".join(map(digest, papers)))
    return made_of.hexdigest()


class Segment(NamedTuple):
    """The documents of some papers, as they are found by words."""

    shown: dict[str, Any]
    """What the manifest says of them."""

    order: list[int]
    """Which of the papers each document is."""

    paths: list[str]
    """Of its files, below the site's root."""

    files: dict[str, bytes]
    """What is in these; empty where they are there as they should be."""


def segment(names: dict[str, str], papers: Sequence[Listed], words: list[Words]) -> Segment:
    """The documents of some papers.

    Args:
        names: of topics, by slug.
        papers: the oldest first.
        words: of their texts, shard after shard; they are taken from there.
    """
    store = shards.Store()
    found = index.count(words, [paper.date for paper in papers])
    ordered = [papers[place] for place in found.order]
    shown = {
        "documents": len(ordered),
        "totals": found.totals,
        "abstracts": shards.abstracts(store, found),
        "postings": shards.postings(store, found),
        "words": shards.vocabulary(store, found),
        "keys": lookups.keys(store, ordered),
        "voted": any(paper.upvotes for paper in ordered),
        "facets": lookups.facets(store, ordered, names),
        "order": lookups.order(store, found.order),
    }
    return Segment(shown, found.order, list(store), dict(store))


def joined(made: Sequence[Segment], packed: Sequence[Sequence[Pack]]) -> Index:
    """The index of all segments, each with its packs."""
    store = shards.Store()
    manifest = {
        "version": shards.VERSION,
        "fields": list(BOOSTS.items()),
        "flags": lookups.FLAGS,
        "segments": [
            one.shown | packs.directories(store, some)
            for one, some in zip(made, packed, strict=True)
        ],
    }
    files: dict[str, bytes | str] = {}
    for one in made:
        files |= one.files
    files |= store
    files |= {
        MANIFEST: json.dumps(manifest, ensure_ascii=False, separators=(",", ":")) + "\n",
        SCRIPT: scripts.joined(),
    }
    stay = [path for one in made if not one.files for path in one.paths]
    return Index(files, list(chain.from_iterable(packed)), stay)


class Index(NamedTuple):
    """An index, as files by path below the site's root."""

    files: dict[str, bytes | str]
    packs: list[Pack]
    """Packs of the results, which are many, and so made one by one."""

    stay: list[str]
    """Paths of others, which are there as they should be."""


_OURS: Final = re.compile(r"[0-9a-f]{12}\.bin|manifest\.json|search\.js")


def is_ours(name: str) -> bool:
    """Whether a file in the folder of the index has a name that `write` gives."""
    return bool(_OURS.fullmatch(name))


def documents(catalog: Catalog) -> list[dict[str, str]]:
    """The documents as lunr would be given them, the latest first: folded text by field."""
    return index.texts(numbered(catalog)[::-1], topic_names(catalog))


def numbered(catalog: Catalog) -> list[Paper]:
    """The papers as the index numbers them: the oldest first; see `index.Postings.order`."""
    names, papers = topic_names(catalog), []
    for part in segments(catalog):
        counted = index.count([index.read(names, part)], [paper.date for paper in part])
        papers += [part[place] for place in counted.order]
    return papers


def topic_names(catalog: Catalog) -> dict[str, str]:
    """Of topics, by slug."""
    return {topic.slug: topic.name for topic in catalog.topics}
