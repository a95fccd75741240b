"""Long rows in chunks: of a fixed size, or cut where their content says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol, TypeVar
from zlib import crc32

Term = TypeVar("Term")
Shard = TypeVar("Shard")
Result = TypeVar("Result")


class Spread(Protocol):
    """Has a function done for each shard, by other processes perhaps, as `map` does it here."""

    def __call__(
        self, function: Callable[[Shard], Result], shards: Iterable[Shard], /
    ) -> Iterator[Result]:
        """The result for each shard, in any order."""


def cut(terms: Sequence[Term], size: int) -> list[Sequence[Term]]:
    """`terms` in shards of `size`, the last one perhaps smaller."""
    return [terms[start : start + size] for start in range(0, len(terms), size)]


def batches(terms: Iterable[Term], size: int) -> Iterator[list[Term]]:
    """`terms` in shards of `size`, each made when it is asked for."""
    rest = iter(terms)
    while batch := list(islice(rest, size)):
        yield batch


def content_defined_starts(ids: Iterable[str], size: int) -> Iterator[int]:
    """Where chunks of a row of ids begin; each has from half of `size` to twice that.

    The ids themselves decide (content-defined chunking, as rsync and backups cut files), so what
    is put in between, or taken out, moves nothing but the beginnings next to it.
    """
    least, start = max(1, size // 2), 0
    chance = size - least + 1  # so that they have `size` on average
    yield start
    for place, one in enumerate(ids):
        length = place - start
        if length >= least and (crc32(one.encode()) % chance == 0 or length >= 2 * size):
            yield place
            start = place


def parts_by_size(
    rows: Iterable[tuple[str, Sequence[int], Term]], most: int
) -> Iterator[list[Term]]:
    """A row in parts of at most `most` bytes; in one where that is enough.

    Each but the last is at least three quarters as large, and ends there where chance of the ids
    says so: what is put in between, grows or is taken out hardly ever moves another end.

    Args:
        rows: of each term its id, and its bytes in each of the files that have it.
        most: bytes of each file of a part; a term that is larger is a part by itself.
    """
    part: list[tuple[Sequence[int], Term]] = []
    totals: list[int] = []
    end = least = 0
    for one, sizes, term in rows:
        longer = list(map(sum, zip(totals or [0] * len(sizes), sizes, strict=True)))
        while part and max(longer) > most:
            end = end or len(part)
            yield [member for _, member in part[:end]]
            part, end = part[end:], 0
            longer = list(map(sum, zip(*(had for had, _ in part), sizes, strict=True)))
        if part and max(totals) >= most * 3 // 4:
            chance = crc32(one.encode())
            if not end or chance < least:
                end, least = len(part), chance
        part.append((sizes, term))
        totals = longer
    if part:
        yield [member for _, member in part]
