"""Packs: what results show of papers, and how papers are cited, of some papers in each file.

What a pack holds lies in the file of the parts of papers, so it is only put together here. A pack
is named by its content, like all files of the index. Chance of the ids says where one begins, so a
paper that comes, goes or changes has its own pack made anew, and perhaps the one beside it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from hashlib import blake2b
from itertools import accumulate, chain, pairwise
from operator import attrgetter
from typing import Any, Final, NamedTuple

from generator import work
from generator.kept import Kept
from generator.papers import Brief, Paper
from generator.plain import readable
from generator.search.shards import FOLDER, Store, named, packed, varint
from generator.slices import Volume

PAPERS: Final = 24
"""Papers in a pack, about."""

PER_DIRECTORY: Final = 2_048
"""Packs that one file names; a directory for all would be large where there are a million papers,
and one for a few would be a request for each result."""

AUTHORS: Final = 3
"""Authors that a result names."""

TOPICS: Final = 4
"""Topics that a result names."""

_LINKS: Final = ("code", "model", "pdf")
"""Kinds of links that a result has."""

KINDS: Final = {
    "results": ("result",),
    "citations": ("references", "bib", "ris", "csl.json"),
}
"""The parts of papers that are in a pack of each kind; they lie side by side in their file."""


def result(paper: Paper) -> str:
    """What a result shows of a paper, as JSON; what is unknown is absent.

    All of the abstract is in it, since what a query asks for may stand anywhere, and the ids by
    which a paper is asked for.
    """
    title = readable(paper.title)
    links = {link.kind: link.url for link in paper.links if link.kind in _LINKS}
    known: dict[str, Any] = {
        "id": paper.id,
        "title": paper.title,
        "plain_title": "" if title == paper.title else title,
        "abstract": paper.abstract,
        "authors": [author.name for author in paper.authors[:AUTHORS]],
        "more_authors": len(paper.authors[AUTHORS:]),
        "date": paper.date,
        "venue": paper.venue,
        "topics": paper.topics[:TOPICS],
        "links": links,
        "upvotes": paper.votes and paper.votes.upvotes,
        "withdrawn": paper.withdrawn,
        "arxiv": paper.arxiv,
        "doi": paper.doi,
        "anthology": paper.anthology,
    }
    return json.dumps(
        {key: value for key, value in known.items() if value},
        ensure_ascii=False,
        separators=(",", ":"),
    )


Piece = tuple[int, ...]
"""Where the texts of a paper begin in the file of parts, and how many bytes each has."""

Names = tuple[str, ...]
"""Of the packs of some papers, one for each of `KINDS`."""


class Pack(NamedTuple):
    """A file, to be made if it is not there."""

    name: str
    kind: str
    papers: Sequence[Brief]

    @property
    def path(self) -> str:
        """Below the site's root."""
        return f"{FOLDER}/{self.name}.bin"

    def pieces(self) -> list[Piece]:
        """What it is made of."""
        return _pieces(self.kind, self.papers)


def each(cuts: Iterable[Sequence[Brief]], names: Iterable[Names]) -> Iterator[Pack]:
    """The packs of some papers, of each kind."""
    for papers, some in zip(cuts, names, strict=True):
        yield from (Pack(name, kind, papers) for kind, name in zip(KINDS, some, strict=True))


def content(volume: Volume, pieces: Sequence[Piece]) -> bytes:
    """The file of a pack."""
    return packed(_plain(volume, pieces))


def cut(documents: Sequence[Brief]) -> list[Sequence[Brief]]:
    """The papers of each pack."""
    starts = [*work.starts_by_chance((paper.id for paper in documents), PAPERS), len(documents)]
    return [documents[start:end] for start, end in pairwise(starts) if end > start]


def names(
    cuts: Sequence[Sequence[Brief]], volume: Volume, jobs: int, kept: Kept | None
) -> list[Names]:
    """The names of the packs of some papers.

    Args:
        cuts: the papers of each.
        volume: where their parts lie.
        jobs: processes at most.
        kept: where names are kept for the next time; those of packs that are no more go.
    """
    keys = [blake2b(b"".join(map(_DIGEST, papers)), digest_size=16).digest() for papers in cuts]
    known = (kept and kept.read(_KEPT, _KEPT, dict[bytes, Names])) or {}
    missing = [papers for key, papers in zip(keys, cuts, strict=True) if key not in known]
    pieces = ([_pieces(kind, papers) for kind in KINDS] for papers in missing)
    read = work.spread(partial(_named, volume), work.batches(enumerate(pieces), _TOGETHER), jobs)
    found = iter([names for _, names in sorted(chain.from_iterable(read))])
    every = {key: known.get(key) or next(found) for key in keys}
    if kept and every != known:
        kept.write(_KEPT, _KEPT, every)
    return [every[key] for key in keys]


_DIGEST: Final[Callable[[Brief], bytes]] = attrgetter("digest")
_KEPT: Final = "packs"
_TOGETHER: Final = 50
"""Packs whose names are found by one process at once."""

_Numbered = tuple[int, Sequence[Sequence[Piece]]]


def _named(volume: Volume, packs: Sequence[_Numbered]) -> list[tuple[int, Names]]:
    return [
        (number, tuple(named(_plain(volume, pieces)) for pieces in kinds))
        for number, kinds in packs
    ]


def directories(
    store: Store, cuts: Sequence[Sequence[Brief]], names: Sequence[Names]
) -> dict[str, list[tuple[int, str]]]:
    """Store which packs there are.

    Args:
        store: of the index.
        cuts: the papers of each, of all documents of a segment.
        names: of the packs of each.

    Returns:
        For each kind, the first document of each file that names packs, and that file's name.
    """
    starts = [0, *accumulate(map(len, cuts))]
    rows = list(zip(cuts, names, strict=True))
    return {
        kind: [
            (starts[first], store.put(_directory(rows[first : first + PER_DIRECTORY], place)))
            for first in range(0, len(rows), PER_DIRECTORY)
        ]
        for place, kind in enumerate(KINDS)
    }


def _directory(rows: Sequence[tuple[Sequence[Brief], Names]], place: int) -> bytes:
    """How many packs there are, how many papers each has, and their names."""
    numbers = [len(rows), *(len(papers) for papers, _ in rows)]
    names = (bytes.fromhex(some[place]) for _, some in rows)
    return b"".join([*map(varint, numbers), *names])


def _plain(volume: Volume, pieces: Sequence[Piece]) -> bytes:
    """How many texts a paper has, how many papers there are, how long each text is, and all texts.

    So the first byte is never that of a compressed file, by which readers tell those that a host
    has unpacked.
    """
    lengths = [some for _, *some in pieces]
    texts = (volume.read((start, sum(some))) for start, *some in pieces)
    numbers = [len(lengths[0]), len(pieces), *chain.from_iterable(lengths)]
    return b"".join([*map(varint, numbers), *texts])


def _pieces(kind: str, papers: Iterable[Brief]) -> list[Piece]:
    parts = KINDS[kind]
    return [(paper.part(parts[0])[0], *(paper.part(name)[1] for name in parts)) for paper in papers]
