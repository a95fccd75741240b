"""Packs: what results show of papers, and how papers are cited, of some papers in each file.

What a pack holds is made of each paper before, so it is only put together here. A pack
is named by its content, like all files of the index. Chance of the ids says where one begins, so a
paper that comes, goes or changes has its own pack made anew, and perhaps the one beside it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import blake2b
from itertools import accumulate, pairwise
from typing import Any, Final, NamedTuple

from generator.model import chunks
from generator.model.fragments import Fragments
from generator.model.papers import Paper, PaperSummary
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
"""The texts of papers that are in a pack of each kind, of `papers.FRAGMENTS`."""


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


class Cut(NamedTuple):
    """The papers of a pack."""

    kind: str
    papers: Sequence[PaperSummary]

    @property
    def key(self) -> bytes:
        """Changes with anything that is known of the papers."""
        digests = b"".join(paper.digest for paper in self.papers)
        return blake2b(self.kind.encode() + digests, digest_size=16).digest()

    def fragments(self) -> list[list[int]]:
        """The numbers of what the pack is made of, paper by paper; see `model.fragments`."""
        return [[paper.fragment(name) for name in PARTS[self.kind]] for paper in self.papers]


class Pack(NamedTuple):
    """A file, to be made if it is not there."""

    name: str
    cut: Cut

    @property
    def path(self) -> str:
        """Below the site's root."""
        return f"{FOLDER}/{self.name}.bin"


def content(fragments: Fragments, papers: Sequence[Sequence[int]]) -> bytes:
    """The file of a pack, of the numbers of its papers' texts."""
    return packed(_plain(fragments, papers))


def name(fragments: Fragments, papers: Sequence[Sequence[int]]) -> str:
    """What the file of a pack is called."""
    return named(_plain(fragments, papers))


def _plain(fragments: Fragments, papers: Sequence[Sequence[int]]) -> bytes:
    """How many texts a paper has, how many papers there are, how long each text is, and all texts.

    So the first byte is never that of a compressed file, by which readers tell those that a host
    has unpacked.
    """
    texts = [fragments.read(number) for numbers in papers for number in numbers]
    numbers = [len(papers[0]), len(papers), *map(len, texts)]
    return b"".join([*map(varint, numbers), *texts])


def cut(documents: Sequence[PaperSummary]) -> list[Cut]:
    """The packs of a segment: those of one kind, and then of the other."""
    cuts = []
    for kind, size in PAPERS.items():
        starts = [
            *chunks.content_defined_starts((paper.id for paper in documents), size),
            len(documents),
        ]
        cuts += [Cut(kind, documents[start:end]) for start, end in pairwise(starts) if end > start]
    return cuts


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
