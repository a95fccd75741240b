"""Texts that lie one after another in a large file, and are read when they are asked for.

So a page or a feed is handed to another process as places in that file, and not as what it shows;
and a catalog of papers is gone through without all of them being in memory.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from generator.model import chunks
from generator.model.papers import Brief, Paper, parts

Span = tuple[int, int]
"""Where a text begins, and how many bytes it has."""


class Volume(NamedTuple):
    """A file that texts lie in. It may grow, and what is in it stays as it is."""

    path: str
    inode: int
    """Tells it from another file that took its name."""

    @classmethod
    def at(cls, path: Path) -> Volume:
        """The file that is at `path` now."""
        return cls(str(path), path.stat().st_ino)

    def read(self, span: Span) -> bytes:
        """The text at a place."""
        return os.pread(_opened(self), span[1], span[0])


NOWHERE: Final = Volume("", 0)
_PAPER: Final = msgspec.msgpack.Decoder(Paper)


class Slices(NamedTuple):
    """Some texts of a file, in any order."""

    volume: Volume
    spans: list[Span]

    def texts(self) -> Iterator[str]:
        """Each of them."""
        return (text.decode() for text in self.pieces())

    def pieces(self) -> Iterator[bytes]:
        """Each of them, as UTF-8."""
        return map(self.volume.read, self.spans)


Shard = Sequence[Paper] | Slices
"""Some papers, at hand or as they lie in a file."""


def whole(shard: Shard) -> Iterator[Paper]:
    """The papers of a shard, whole."""
    return map(_PAPER.decode, shard.pieces()) if isinstance(shard, Slices) else iter(shard)


def shards(papers: Sequence[Paper], volume: Volume, size: int) -> list[Shard]:
    """Papers in shards of `size`; those that are known in brief will be read from a file."""
    return [shard(some, volume) for some in chunks.cut(papers, size)]


def shard(papers: Sequence[Paper], volume: Volume) -> Shard:
    """Some papers as one shard."""
    if papers and isinstance(papers[0], Brief):
        return Slices(volume, parts(papers, "paper"))
    return papers


def texts(some: Slices | Iterable[str]) -> Iterable[str]:
    """The texts, wherever they are."""
    return some.texts() if isinstance(some, Slices) else some


class _Opened:
    """A file that is open as long as somebody may read it."""

    def __init__(self, path: str) -> None:
        self.number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))

    def __del__(self) -> None:
        os.close(self.number)


@lru_cache(maxsize=4)
def _kept_open(volume: Volume) -> _Opened:
    return _Opened(volume.path)


def _opened(volume: Volume) -> int:
    return _kept_open(volume).number
