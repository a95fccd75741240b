"""What leads from an id to a document, and what is counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np

from generator.model import chunks, outputs
from generator.model.papers import Paper, PaperSummary
from generator.search.index import fields, year
from generator.search.shards import Store, signed, varint, varints
from generator.search.words import fold, term

KEYS_PER_FILE: Final = 1_500
KEYS_FILES: Final = 500
"""Files of keys at most, since the manifest names each; those of large catalogs hold more."""

HAS: Final = ("code", "pdf")
"""What `has:` asks for: kinds of links."""

FLAGS: Final = (*HAS, "withdrawn")
"""What is said of a paper in a bit each, the lowest first. The manifest of the index names them, so
that no reader has to know their order."""


class Listed(NamedTuple):
    """What is looked up of a paper; without its text, and little to hand over."""

    id: str
    arxiv: str
    doi: str
    anthology: str
    title: str
    topics: tuple[str, ...]
    venue: str
    date: str
    year: str
    upvotes: int
    kinds: tuple[str, ...]
    withdrawn: bool

    @classmethod
    def of(cls, paper: Paper) -> Listed:
        """What the index says of a paper."""
        return cls(
            id=paper.id,
            arxiv=paper.arxiv,
            doi=paper.doi,
            anthology=paper.anthology,
            title=paper.title,
            topics=paper.topics,
            venue=paper.venue,
            date=paper.date,
            year=year(paper),
            upvotes=(paper.votes and paper.votes.upvotes) or 0,
            kinds=paper.kinds,
            withdrawn=bool(paper.withdrawn),
        )


def digest(paper: Paper) -> bytes:
    """Changes with all that the index holds of a paper, except the names of its topics."""
    if isinstance(paper, PaperSummary):
        return paper.searched
    return outputs.key(fields(_SLUGS, paper), Listed.of(paper))


class _Slugs(dict[str, str]):
    """Topics without a name."""

    def __missing__(self, slug: str) -> str:
        return slug


_SLUGS: Final = _Slugs()


def keys(store: Store, papers: Sequence[Listed]) -> list[tuple[int, str]]:
    """Store what leads to one paper alone; the first checksum of each file, and its name."""
    pairs = sorted(
        {
            (crc32(key.encode()), number)
            for number, paper in enumerate(papers)
            for key in _keys(paper)
        }
    )
    files = []
    for part in chunks.cut(pairs, max(KEYS_PER_FILE, len(pairs) // KEYS_FILES)):
        checksums, numbers = zip(*part, strict=True)
        gaps = np.diff(np.array(checksums, np.int64), prepend=0).tolist()
        content = b"".join(map(varint, chain.from_iterable(zip(gaps, numbers, strict=True))))
        files.append((checksums[0], store.put(content)))
    return files


def _keys(paper: Listed) -> Iterable[str]:
    """What leads to just this paper: its id here, and what people type, in lower case.

    A title is found by its words, unless it consists of stop words.
    """
    yield paper.id
    yield from filter(None, {paper.arxiv.lower(), paper.doi.lower(), paper.anthology.lower()})
    title = fold(paper.title)
    if title and not any(map(term, title.split())):
        yield title


def order(store: Store, places: Sequence[int]) -> str:
    """Store the place of each document in the order of the catalog; the name of the file.

    It is apart from what is counted: many have no date but a year, so it is large, and few ask for
    another order than that of relevance.
    """
    moved = np.subtract(places, range(len(places)), dtype=np.int32)
    return store.put(varints(signed(moved))[0])


def facets(store: Store, papers: Sequence[Listed], names: Mapping[str, str]) -> str:
    """Store year, flags, upvotes, venue and topics of each; the name of the file.

    Args:
        store: of the index.
        papers: of a segment, as the index numbers them.
        names: of topics, by slug.
    """
    many = Counter(slug for paper in papers for slug in paper.topics)
    topics = {slug: place for place, slug in enumerate(sorted(many, key=lambda s: (-many[s], s)))}
    venues = {name: place for place, name in enumerate(sorted({paper.venue for paper in papers}))}
    head = {"topics": [[slug, names[slug]] for slug in topics], "venues": list(venues)}
    columns = [
        [int(paper.year or 0) for paper in papers],
        [_flags(paper) for paper in papers],
        [paper.upvotes for paper in papers],
        [venues[paper.venue] for paper in papers],
        [len(paper.topics) for paper in papers],
        [topics[slug] for paper in papers for slug in paper.topics],
    ]
    return store.put(
        b"\n".join([json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode(), b""])
        + b"".join(varints(np.array(column, np.int32))[0] for column in columns)
    )


def has(kinds: Iterable[str]) -> set[str]:
    """What of `HAS` a paper with links of these kinds has."""
    return {kind.partition("-")[0] for kind in kinds}.intersection(HAS)


def _flags(paper: Listed) -> int:
    said = has(paper.kinds) | ({"withdrawn"} if paper.withdrawn else set())
    return sum(1 << place for place, flag in enumerate(FLAGS) if flag in said)
