"""What one run keeps for the next: arrays in files, read as they lie there.

A cache is data and may be deleted, cut off or another program's at any time. What is not just as it
was written, by this code, is as good as nothing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
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

from generator import text
from generator.build import files
from generator.model import chunks
from generator.similar import counts
from generator.similar.counts import Having, Rarity, joined_terms, picked_terms
from generator.similar.nearest import Lists
from generator.similar.rows import SHARD, Rows, Words, joined, joined_words

_STATE: Final = "state"
"""The file that names all others. It is written last, and they are never written over."""

_SEGMENTS: Final = 20
"""Files of rows, one a run, before they are made one; also of terms, if few in each are used."""

_AT_ONCE: Final = 4
"""Files of terms that are made one."""

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

    settled: NDArray[np.bool_]
    """Of each, whether its words were counted."""

    lists: Lists
    shown: NDArray[np.uint8]
    """Of each neighbour the words that are shown; shape (papers, neighbours, words)."""

    slots: NDArray[np.int64]
    """Where the row of each paper is among those in all segments."""

    rarity: str
    """The file with the counted words."""

    segments: list[tuple[str, str]]
    """The files of rows and of their words, in the order of slots."""

    shelves: NDArray[np.int64]
    """Where the terms of each paper are among those in all files of terms."""

    terms: list[tuple[str, int]]
    """The files of all terms of papers, in the order of shelves, and how many papers are in each.
    They are much more than all else, and never all in memory."""


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
        arrays["settled"],
        Lists(arrays["near"], arrays["scores"]),
        arrays["shown"],
        arrays["slots"],
        about["rarity"],
        [(rows, words) for rows, words in about["segments"]],
        arrays["shelves"],
        [(name, papers) for name, papers in about["terms"]],
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


def terms_of(folder: Path, state: State, places: NDArray[np.int64]) -> Having:
    """The terms of the papers at these places, in any order.

    Raises:
        BrokenCacheError: a file is not as it was written.
    """
    return joined_terms(_in_files(folder, _by_file(state, places)))


def _in_files(folder: Path, some: Iterable[_Filed]) -> Iterator[Having]:
    used = (filed for filed in some if len(filed.papers))
    return (picked_terms(_terms(folder, filed), filed.at) for filed in used)


def _terms(folder: Path, filed: _Filed) -> Having:
    return Having(**_read(folder / filed.file[0])[1])


def who_has(
    folder: Path, state: State, wanted: NDArray[np.uint64], jobs: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which papers have which of these terms.

    Args:
        folder: where the terms are kept.
        state: of the papers.
        wanted: digests, sorted.
        jobs: threads at most; nearly all is done outside of Python.

    Returns:
        Places of papers, and of terms in `wanted`, as many.

    Raises:
        BrokenCacheError: a file is not as it was written.
    """

    def among(filed: _Filed) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        had = _terms(folder, filed)
        papers, found = counts.who_has(wanted, had)
        place = np.full(len(had.ends), -1)
        place[filed.at] = filed.papers
        used = place[papers] >= 0
        return place[papers[used]], found[used]

    some = _by_file(state, np.arange(len(state.ids))) if len(wanted) else []
    with ThreadPoolExecutor(max(1, jobs)) as threads:
        found = list(threads.map(among, some))
    empty = np.empty(0, np.int64)
    return (
        np.concatenate([empty, *(papers for papers, _ in found)]),
        np.concatenate([empty, *(which for _, which in found)]),
    )


class _Filed(NamedTuple):
    """Papers whose terms are in one file."""

    file: tuple[str, int]
    papers: NDArray[np.int64]
    """Their places in the state."""

    at: NDArray[np.int64]
    """Their places in the file, as many."""


def _by_file(state: State, places: NDArray[np.int64]) -> list[_Filed]:
    """Some papers by the file of their terms; of each file, though it may have none of them."""
    papers = places[np.argsort(state.shelves[places])]
    shelves = state.shelves[papers]
    ends = np.cumsum([0, *(number for _, number in state.terms)])
    cuts = np.searchsorted(shelves, ends).tolist()
    return [
        _Filed(file, papers[start:end], shelves[start:end] - first)
        for file, start, end, first in zip(state.terms, cuts, cuts[1:], ends.tolist(), strict=False)
    ]


def add_terms(folder: Path, some: Having) -> tuple[str, int]:
    """Write the terms of papers; the name of the file, and how many papers are in it."""
    return _add(folder, "terms", _packed(_arrays(some))), len(some.ends)


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


def tidied(folder: Path, state: State) -> State:
    """The state with fewer files of terms, where there are many in which few are of use.

    Raises:
        BrokenCacheError: a file is not as it was written.
    """
    every = _by_file(state, np.arange(len(state.ids)))
    small = [filed for filed in every if 2 * len(filed.papers) < SHARD]
    if len(small) <= _SEGMENTS:
        return state
    shelves, kept, start = np.empty_like(state.shelves), [], 0
    for filed in every:
        if 2 * len(filed.papers) >= SHARD:
            shelves[filed.papers] = start + filed.at
            start += filed.file[1]
            kept.append(filed.file)
    for some in chunks.cut(small, _AT_ONCE):
        kept.append(add_terms(folder, joined_terms(_in_files(folder, some))))
        for filed in some:
            shelves[filed.papers] = start + np.arange(len(filed.papers))
            start += len(filed.papers)
    return state._replace(shelves=shelves, terms=kept)


def save(folder: Path, state: State) -> None:
    """Leave what was found for the next run, and delete the files that it does not need."""
    arrays: Arrays = {
        "ids": np.frombuffer("\n".join(state.ids).encode("utf-8", "surrogatepass"), np.uint8),
        "digests": state.digests,
        "near": state.lists.near,
        "scores": state.lists.scores,
        "settled": state.settled,
        "shown": state.shown,
        "slots": state.slots,
        "shelves": state.shelves,
    }
    about = {"rarity": state.rarity, "segments": state.segments, "terms": state.terms}
    files.write_whole(folder / _STATE, _packed(arrays, about))
    names = {state.rarity, *chain.from_iterable(state.segments), *(name for name, _ in state.terms)}
    files.keep_only(folder, {_STATE, *names})


def _arrays(some: Rows | Words | Having) -> Arrays:
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
    folders = (Path(text.__file__).parent, Path(__file__).parent)
    code = [path for folder in folders for path in sorted(folder.glob("*.py"))]
    digest = blake2b(digest_size=16)
    for part in (sys.version, np.__version__, *sorted(STOP_WORDS)):
        digest.update(part.encode() + b"\0")
    for path in code:
        digest.update(path.read_bytes())
    return digest.hexdigest()
