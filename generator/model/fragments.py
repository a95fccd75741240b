"""Texts that are made of papers once and set into many files, read when they are asked for.

So a page or a feed is handed to another process as the numbers of its texts, and not as what it
shows; and a catalog of papers is gone through without all of them being in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, Protocol

import msgspec

from generator.model import chunks
from generator.model.papers import Paper, PaperSummary, fragments_of


class Fragments(Protocol):
    """Where texts are, each under a number; small, so that it can be handed to other processes."""

    def read(self, number: int) -> bytes:
        """The text of this number, as UTF-8."""


class _Nowhere(NamedTuple):
    """Has no text; for papers that are all at hand."""

    def read(self, number: int) -> bytes:
        """Nothing can be asked for."""
        raise LookupError(number)


NOWHERE: Final[Fragments] = _Nowhere()
_PAPER: Final = msgspec.msgpack.Decoder(Paper)


class Texts(NamedTuple):
    """Some texts, in any order."""

    fragments: Fragments
    numbers: list[int]

    def pieces(self) -> Iterator[bytes]:
        """Each of them, as UTF-8."""
        return map(self.fragments.read, self.numbers)


Shard = Sequence[Paper] | Texts
"""Some papers, at hand or to be read."""


def whole(shard: Shard) -> Iterator[Paper]:
    """The papers of a shard, whole."""
    return map(_PAPER.decode, shard.pieces()) if isinstance(shard, Texts) else iter(shard)


def shards(papers: Sequence[Paper], fragments: Fragments, size: int) -> list[Shard]:
    """Papers in shards of `size`; those known by their summaries will be read."""
    return [shard(some, fragments) for some in chunks.cut(papers, size)]


def shard(papers: Sequence[Paper], fragments: Fragments) -> Shard:
    """Some papers as one shard."""
    if papers and isinstance(papers[0], PaperSummary):
        return Texts(fragments, fragments_of(papers, "paper"))
    return papers
