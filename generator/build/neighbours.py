"""The similar papers of a catalog: found in processes, and kept for the next build."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from generator import similar
from generator.build import memory, work
from generator.build.store import Store
from generator.model import chunks
from generator.model.fragments import Fragments, Shard, Texts, whole
from generator.model.papers import Paper, fragments_of
from generator.similar import NOTHING, Rows, Similar, State
from generator.similar.common import Common
from generator.similar.nearest import Lists

MANY: Final = 20_000
"""For fewer papers, it takes longer to start processes than to look at them."""

_SHARD: Final = 4_000
"""Papers whose words are counted at once."""

_KIND: Final = "neighbours"
"""Under which the store has what was found."""


class _Papers(NamedTuple):
    """The papers of a catalog, sorted by id, for another process to look at."""

    ids: list[str]
    digests: NDArray[np.uint64]
    texts: Fragments
    numbers: NDArray[np.int64]
    """The number of the text of each."""

    def shards(self, places: NDArray[np.int64]) -> list[Shard]:
        """Some of the papers."""
        numbers = self.numbers[places].tolist()
        return [Texts(self.texts, [*some]) for some in chunks.cut(numbers, _SHARD)]


def find(papers: Sequence[Paper], store: Store, jobs: int = 1) -> Similar:
    """The papers most like each of these.

    Args:
        papers: any, known by their summaries, in any order; what is found does not depend on it.
        store: has their texts, and what was found for the papers of the last build, so that the
            same is found sooner.
        jobs: processes and threads at most; what is found does not depend on them either.
    """
    with memory.keeping_everything():
        some = sorted(papers, key=lambda paper: paper.id)
        numbers = np.array(fragments_of(some, "paper"), np.int64)
        ids = [paper.id for paper in some]
        every = _Papers(ids, similar.digests_of(some), store.fragments(), numbers)
    processes = jobs if len(some) >= MANY else 1
    return work.later(partial(_find, store, jobs, processes), every, processes, roomy=True)()


def _find(store: Store, threads: int, processes: int, papers: _Papers) -> Similar:
    with memory.keeping_everything():
        before = _read(store)
        places = similar.changed(before, papers.ids, papers.digests)
        made = {}
        numbered = enumerate(papers.shards(places))
        for number, rows, words in work.spread(_strongest, numbered, processes):
            made[number] = rows, words
        shards = [made[number] for number in sorted(made)]
        columns = zip(Rows.empty(0), *(some for some, _ in shards), strict=True)
        rows = Rows(*map(np.concatenate, columns))
        words = [line for _, some in shards for line in some]
        state = similar.update(before, papers.ids, papers.digests, rows, words, threads)
        if state is not before:
            store.put(_KIND, [("", _packed(state))])
        return Similar(state)


def _strongest(shard: tuple[int, Shard]) -> tuple[int, Rows, list[str]]:
    number, papers = shard
    return number, *similar.strongest(whole(papers))


class _Packed(msgspec.Struct, array_like=True):
    """A state whose arrays are bytes, in the order of `_LAYOUT`."""

    ids: list[str]
    words: list[str]
    arrays: list[bytes]


def _arrays(state: State) -> list[NDArray[np.generic]]:
    return [state.digests, *state.rows, *state.common, *state.lists, state.shown]


_LAYOUT: Final = [(array.dtype, (-1, *array.shape[1:])) for array in _arrays(NOTHING)]


def _packed(state: State) -> _Packed:
    return _Packed(state.ids, state.words, [array.tobytes() for array in _arrays(state)])


def _read(store: Store) -> State:
    """What the build before found; `NOTHING` where that is not there."""
    packed = store.get(_KIND, "", _Packed)
    if packed is None:
        return NOTHING
    arrays = [
        np.frombuffer(data, kind).reshape(shape)
        for data, (kind, shape) in zip(packed.arrays, _LAYOUT, strict=True)
    ]
    digests, *rest, shown = arrays
    return State(
        packed.ids,
        digests,
        Rows(*rest[:4]),
        packed.words,
        Common(*rest[4:6]),
        Lists(*rest[6:8]),
        shown,
    )
