"""What one run keeps for the next: arrays in files, read as they lie there.

A cache is data and may be deleted, cut off or another program's at any time. What is not just as it
was written, by this code, is as good as nothing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from itertools import chain
from math import prod
from pathlib import Path
from typing import Any, Final, NamedTuple
from zlib import crc32

import numpy as np
from lunr.stop_word_filter import WORDS as STOP_WORDS
from numpy.typing import NDArray

from generator import files, text
from generator.similar.nearest import Lists
from generator.similar.rows import Rarity, Rows, Words, joined, joined_words

_STATE: Final = "state"
"""The file that names all others. It is written last, and they are never written over."""

_SEGMENTS: Final = 20
"""Files of rows, one a run, before they are made one."""

_WASTE: Final = 1.5
"""Rows that are kept for each that is used, before the others are dropped."""

_ALIGNED: Final = 8
"""Arrays begin at a multiple of so many bytes, as processors like it."""


Arrays = Mapping[str, NDArray[Any]]


class BrokenCacheError(Exception):
    """A file is missing or not as it was written; all that was kept is worth nothing."""


class State(NamedTuple):
    """What was found for which papers."""

    ids: list[str]
    """Of the papers, sorted."""

    digests: NDArray[np.uint64]
    """Of what is read of each; shape (papers, 2)."""

    settled: str
    """Digest of the papers whose words were counted."""

    lists: Lists
    shown: NDArray[np.uint8]
    """Of each neighbour the words that are shown; shape (papers, neighbours, words)."""

    slots: NDArray[np.int64]
    """Where the row of each paper is among those in all segments."""

    rarity: str
    """The file with the counted words."""

    segments: list[tuple[str, str]]
    """The files of rows and of their words, in the order of slots."""


def load(folder: Path) -> State:
    """What the run before left.

    Raises:
        BrokenCacheError: there is nothing, or not from this code.
    """
    about, arrays = _read(folder / _STATE)
    ids = arrays["ids"].tobytes().decode("utf-8", "surrogatepass").split("\n")
    if len(ids) != len(arrays["slots"]):
        raise BrokenCacheError  # an id has a line feed
    return State(
        ids,
        arrays["digests"],
        about["settled"],
        Lists(arrays["near"], arrays["scores"]),
        arrays["shown"],
        arrays["slots"],
        about["rarity"],
        [(rows, words) for rows, words in about["segments"]],
    )


def token(folder: Path) -> bytes:
    """What tells a state from any other; empty where there is none."""
    try:
        return files.beginning(folder / _STATE, _LINE)
    except OSError:
        return b""


def rows(folder: Path, state: State) -> Rows:
    """The rows in all slots.

    Raises:
        BrokenCacheError: a file is not as it was written.
    """
    return joined(Rows(**_read(folder / name)[1]) for name, _ in state.segments)


def words(folder: Path, state: State) -> Words:
    """The words in all slots.

    Raises:
        BrokenCacheError: a file is not as it was written.
    """
    return joined_words(Words(**_read(folder / name)[1]) for _, name in state.segments)


def rarity(folder: Path, state: State) -> Rarity:
    """How many papers have each term.

    Raises:
        BrokenCacheError: the file is not as it was written.
    """
    about, arrays = _read(folder / state.rarity)
    return Rarity(**arrays, settled=about["settled"])


def add_rarity(folder: Path, counted: Rarity) -> str:
    """Write how many papers have each term; the name of the file."""
    arrays: Arrays = {"terms": counted.terms, "papers": counted.papers}
    return _add(folder, "rarity", _packed(arrays, {"settled": counted.settled}))


def add_segment(folder: Path, some: Rows, written: Words) -> tuple[str, str]:
    """Write rows and their words; the names of the files."""
    return (
        _add(folder, "rows", _packed(_arrays(some))),
        _add(folder, "words", _packed(_arrays(written))),
    )


def is_wasteful(state: State, slots: int) -> bool:
    """Whether the rows in use, of all in so many slots, should be written as one segment."""
    return len(state.segments) > _SEGMENTS or slots > _WASTE * len(state.slots)


def save(folder: Path, state: State) -> None:
    """Leave what was found for the next run, and delete the files that it does not need."""
    arrays: Arrays = {
        "ids": np.frombuffer("\n".join(state.ids).encode("utf-8", "surrogatepass"), np.uint8),
        "digests": state.digests,
        "near": state.lists.near,
        "scores": state.lists.scores,
        "shown": state.shown,
        "slots": state.slots,
    }
    about = {"settled": state.settled, "rarity": state.rarity, "segments": state.segments}
    files.write_whole(folder / _STATE, _packed(arrays, about))
    files.keep_only(folder, {_STATE, state.rarity, *chain.from_iterable(state.segments)})


def _arrays(some: Rows | Words) -> Arrays:
    return some._asdict()


def _add(folder: Path, kind: str, data: bytes) -> str:
    """Write a file that is named after what it holds."""
    name = f"{kind}-{blake2b(data, digest_size=16).hexdigest()}"
    files.write_whole(folder / name, data)
    return name


def _packed(arrays: Arrays, about: Mapping[str, object] | None = None) -> bytes:
    """The bytes of arrays, after a line that says what follows and one that says where what is."""
    shapes = [(name, array.dtype.str, array.shape) for name, array in arrays.items()]
    head = json.dumps({"maker": _maker(), "arrays": shapes, "about": about or {}}).encode() + b"\n"
    parts = [head.rjust(_aligned(len(head) + _LINE) - _LINE)]
    for array in arrays.values():
        parts.append(np.ascontiguousarray(array).tobytes().ljust(_aligned(array.nbytes), b"\0"))
    check = 0
    for part in parts:
        check = crc32(part, check)
    return b"".join([_line(check), *parts])


def _line(check: int) -> bytes:
    return b"Papershelf %08x\n" % check


_LINE: Final = len(_line(0))


def _read(path: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    try:
        data = path.read_bytes()
    except OSError:
        raise BrokenCacheError from None
    if data[:_LINE] != _line(crc32(memoryview(data)[_LINE:])):
        raise BrokenCacheError
    start = data.index(b"\n", _LINE) + 1
    head = json.loads(data[_LINE:start])
    if head["maker"] != _maker():
        raise BrokenCacheError
    arrays = {}
    for name, kind, shape in head["arrays"]:
        array: NDArray[Any] = np.frombuffer(data, kind, prod(shape), start).reshape(shape)
        arrays[name] = array
        start += _aligned(array.nbytes)
    return head["about"], arrays


def _aligned(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED


@cache
def _maker() -> str:
    """Digest of all that what is found depends on, besides the papers."""
    code = [Path(text.__file__), *sorted(Path(__file__).parent.glob("*.py"))]
    digest = blake2b(digest_size=16)
    for part in (sys.version, np.__version__, *sorted(STOP_WORDS)):
        digest.update(part.encode() + b"\0")
    for path in code:
        digest.update(path.read_bytes())
    return digest.hexdigest()
