"""Packs: what results show of papers, and how papers are cited, of some papers in each file.

What a pack holds lies in the file of the parts of papers, so it is only put together here. A pack
is named by its content, like all files of the index. Chance of the ids says where one begins, so a
paper that comes, goes or changes has its own pack made anew, and perhaps the one beside it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from hashlib import blake2b
from itertools import accumulate, chain, pairwise
from typing import Any, Final, NamedTuple

from generator.build import work
from generator.build.kept import Kept
from generator.build.slices import Volume
from generator.model import chunks
from generator.model.papers import Brief, Paper
from generator.search.shards import FOLDER, Store, named, packed, varint
from generator.text.unicode_math import readable

PAPERS: Final = {"results": 12, "citations": 24}
"""Papers in a pack of each kind, about. Ten results take up to ten packs before anything is seen;
citations come when they are asked for."""

PER_DIRECTORY: Final = 2_048
"""Packs that one file names; a directory for all would be large where there are a million papers,
and one for a few would be a request for each result."""

AUTHORS: Final = 3
"""Authors that a result names."""

TOPICS: Final = 4
"""Topics that a result names."""

_LINKS: Final = ("code", "model", "pdf")
"""Kinds of links that a result has."""

PARTS: Final = {
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
    shown: dict[str, Any] = {
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
        {key: value for key, value in shown.items() if value},
        ensure_ascii=False,
        separators=(",", ":"),
    )


Piece = tuple[int, ...]
"""Where the texts of a paper begin in the file of parts, and how many bytes each has."""


class Cut(NamedTuple):
    """The papers of a pack."""

    kind: str
    papers: Sequence[Brief]

    @property
    def key(self) -> bytes:
        """Changes with anything that is known of the papers."""
        digests = b"".join(paper.digest for paper in self.papers)
        return blake2b(self.kind.encode() + digests, digest_size=16).digest()

    def pieces(self) -> list[Piece]:
        """What the pack is made of."""
        parts = PARTS[self.kind]
        return [
            (paper.part(parts[0])[0], *(paper.part(name)[1] for name in parts))
            for paper in self.papers
        ]


class Pack(NamedTuple):
    """A file, to be made if it is not there."""

    name: str
    cut: Cut

    @property
    def path(self) -> str:
        """Below the site's root."""
        return f"{FOLDER}/{self.name}.bin"


def content(volume: Volume, pieces: Sequence[Piece]) -> bytes:
    """The file of a pack."""
    return packed(_plain(volume, pieces))


def _plain(volume: Volume, pieces: Sequence[Piece]) -> bytes:
    """How many texts a paper has, how many papers there are, how long each text is, and all texts.

    So the first byte is never that of a compressed file, by which readers tell those that a host
    has unpacked.
    """
    lengths = [sizes for _, *sizes in pieces]
    texts = (volume.read((start, sum(sizes))) for start, *sizes in pieces)
    numbers = [len(lengths[0]), len(pieces), *chain.from_iterable(lengths)]
    return b"".join([*map(varint, numbers), *texts])


def cut(documents: Sequence[Brief]) -> list[Cut]:
    """The packs of a segment: those of one kind, and then of the other."""
    cuts = []
    for kind, size in PAPERS.items():
        starts = [
            *chunks.content_defined_starts((paper.id for paper in documents), size),
            len(documents),
        ]
        cuts += [Cut(kind, documents[start:end]) for start, end in pairwise(starts) if end > start]
    return cuts


def names(cuts: Sequence[Cut], volume: Volume, jobs: int, kept: Kept | None) -> list[str]:
    """The names of packs.

    Args:
        cuts: the papers of each.
        volume: where their parts lie.
        jobs: processes at most.
        kept: where names are kept for the next time; names of packs that are gone are dropped.
    """
    keys = [one.key for one in cuts]
    known = (kept and kept.read(_KEPT, _KEPT, dict[bytes, str])) or {}
    missing = [(key, one.pieces()) for key, one in zip(keys, cuts, strict=True) if key not in known]
    read = work.spread(partial(_named, volume), chunks.batches(missing, _TOGETHER), jobs)
    names_by_key = known | dict(chain.from_iterable(read))
    every = {key: names_by_key[key] for key in keys}
    if kept and every != known:
        kept.write(_KEPT, _KEPT, every)
    return [every[key] for key in keys]


_KEPT: Final = "packs"
_TOGETHER: Final = 100
"""Packs whose names are found by one process at once."""


def _named(
    volume: Volume, packs: Sequence[tuple[bytes, Sequence[Piece]]]
) -> list[tuple[bytes, str]]:
    return [(key, named(_plain(volume, pieces))) for key, pieces in packs]


def directories(store: Store, packs: Sequence[Pack]) -> dict[str, list[tuple[int, str]]]:
    """Store which packs a segment has.

    Args:
        store: of the index.
        packs: all of the segment, in their order.

    Returns:
        For each kind, the first document of each file that names packs, and that file's name.
    """
    entries_by_file = {}
    for kind in PAPERS:
        those = [pack for pack in packs if pack.cut.kind == kind]
        starts = [0, *accumulate(len(pack.cut.papers) for pack in those)]
        entries_by_file[kind] = [
            (starts[first], store.put(_directory(those[first : first + PER_DIRECTORY])))
            for first in range(0, len(those), PER_DIRECTORY)
        ]
    return entries_by_file


def _directory(packs: Sequence[Pack]) -> bytes:
    """How many packs there are, how many papers each has, and their names."""
    numbers = [len(packs), *(len(pack.cut.papers) for pack in packs)]
    return b"".join([*map(varint, numbers), *(bytes.fromhex(pack.name) for pack in packs)])
