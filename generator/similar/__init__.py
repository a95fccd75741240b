"""Which papers are like a paper, and by which words: TF-IDF and the cosine of the angle between.

One new paper must not change the pages of all others. So nothing that weighs a word depends on it:
how many papers have a word is counted in the oldest 2^n papers only (as many as there are, at
most), which stay the same until the catalog has doubled, or a paper older than they are comes. A
new paper enters the lists that it belongs to, and all others stay as they are.

For the same reason a run finds little to do: what the one before kept is as good as found anew,
but for papers that are new or have another text, and for the lists that these enter or leave.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import log2
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generator import slices, work
from generator.papers import Brief, Paper
from generator.similar import kept as cache
from generator.similar import nearest
from generator.similar.kept import BrokenCacheError, State
from generator.similar.nearest import LIKENESS, MOST, Lists
from generator.similar.rows import (
    SHARD,
    Rows,
    Words,
    count_papers,
    joined,
    joined_words,
    picked,
    picked_words,
    strongest,
)
from generator.similar.shared import NO_WORD, WORDS_SHOWN, shown
from generator.similar.terms import text_of
from generator.slices import NOWHERE, Shard, Volume

__all__ = ["LIKENESS", "MOST", "Neighbour", "Similar", "digest", "find", "token"]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A paper that is like another."""

    paper: str
    """Its id."""

    words: tuple[str, ...]
    """What both have, the weightiest first, as the first writes it: `("draft model", "cache")`."""


class Similar(Mapping[str, tuple[Neighbour, ...]]):
    """The papers most like each paper, by id, the most like first; made when they are asked for.

    A paper that has none is not in it.
    """

    def __init__(self, state: State, words: Words, changed: frozenset[str]) -> None:
        """Args:
        state: what was found.
        words: as papers write them, by slot.
        changed: see below.
        """
        self.changed = changed
        """Ids of papers that may have another list now than in the run that was kept; all where
        none was. Those that are there no more are not named."""

        self._ids = state.ids
        has = np.flatnonzero(state.lists.near[:, 0] >= 0).tolist()
        self._places = {state.ids[place]: place for place in has}
        self._near = state.lists.near
        self._shown = state.shown
        self._slots = state.slots
        self._words = words

    def naming(self, papers: Collection[str]) -> set[str]:
        """The papers in whose lists any of these are."""
        places = [place for place, known in enumerate(self._ids) if known in papers]
        lists = np.flatnonzero(np.isin(self._near, places).any(axis=1)).tolist()
        return {self._ids[place] for place in lists}

    def __getitem__(self, paper: str) -> tuple[Neighbour, ...]:
        place = self._places[paper]
        written = self._words.of(self._slots.item(place))
        near = self._near[place].tolist()
        return tuple(
            Neighbour(self._ids[other], tuple(written[one] for one in some if one != NO_WORD))
            for other, some in zip(near, self._shown[place].tolist(), strict=True)
            if other >= 0
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def find(
    papers: Sequence[Paper], jobs: int = 1, kept: Path | None = None, volume: Volume = NOWHERE
) -> Similar:
    """The papers most like each of these.

    Args:
        papers: any, in any order; what is found does not depend on it.
        jobs: processes and threads at most; what is found does not depend on them either.
        kept: a folder that is all ours, where each run leaves what it found for the next, which
            finds the same sooner. It may be deleted at any time; without one, nothing is kept.
        volume: where papers lie that are known in brief.
    """
    with work.keeping_everything():
        run = _Run(sorted(papers, key=lambda paper: paper.id), jobs, kept, volume)
        if kept:
            try:
                return run.after(cache.load(kept))
            except BrokenCacheError:
                pass
        return run.anew()


class _Run:
    """One search for the neighbours of all papers."""

    def __init__(
        self, papers: Sequence[Paper], jobs: int, kept: Path | None, volume: Volume
    ) -> None:
        self._papers = papers
        self._volume = volume
        self._jobs = jobs
        self._kept = kept
        self._ids = [paper.id for paper in papers]
        whole = b"".join(map(digest, papers))
        self._digests = np.frombuffer(whole, np.uint64).reshape(-1, 2)
        dates = [paper.date or "9" for paper in papers]
        oldest = sorted(range(len(papers)), key=dates.__getitem__)
        self._oldest = np.sort(np.array(oldest[: _settled(len(papers))], np.int64))
        self._settled = blake2b(self._digests[self._oldest].tobytes()).hexdigest()

    def anew(self) -> Similar:
        """All from the papers alone."""
        every = np.arange(len(self._papers))
        rarity = count_papers(self._shards(self._oldest), len(self._oldest), self._jobs)
        rows, words = strongest(self._shards(every), rarity, self._jobs)
        lists = nearest.find(rows, self._jobs)
        state = State(
            self._ids,
            self._digests,
            self._settled,
            lists,
            self._shown(rows, lists, every),
            every,
            cache.add_rarity(self._kept, rarity) if self._kept else "",
            [cache.add_segment(self._kept, rows, words)] if self._kept else [],
        )
        if self._kept:
            cache.save(self._kept, state)
        return Similar(state, words, frozenset(self._ids))

    def after(self, before: State) -> Similar:
        """The same, from what the run before left and the papers that changed since.

        Raises:
            BrokenCacheError: it is of no use.
        """
        if not self._kept or before.settled != self._settled:
            raise BrokenCacheError
        places, fresh = self._moved(before)
        words = cache.words(self._kept, before)
        if not len(fresh) and len(places) == len(self._papers):
            return Similar(before, words, frozenset())
        rows = cache.rows(self._kept, before)
        rarity = cache.rarity(self._kept, before)
        new_rows, new_words = strongest(self._shards(fresh), rarity, self._jobs)
        stayed = places >= 0
        slots = np.empty(len(self._papers), np.int64)
        slots[places[stayed]] = before.slots[stayed]
        slots[fresh] = len(rows.terms) + np.arange(len(fresh))
        count = len(rows.terms) + len(fresh)
        rows = picked(joined([rows, new_rows]), slots)
        words = joined_words([words, new_words])
        lists, changed = nearest.renew(rows, before.lists, places, fresh) or (
            nearest.find(rows, self._jobs),
            np.arange(len(self._papers)),
        )
        state = before._replace(
            ids=self._ids,
            digests=self._digests,
            lists=lists,
            shown=np.empty((len(slots), MOST, WORDS_SHOWN), np.uint8),
            slots=slots,
        )
        state.shown[places[stayed]] = before.shown[stayed]
        state.shown[changed] = self._shown(rows, lists, changed)
        if cache.is_wasteful(state, count):
            words = picked_words(words, slots)
            segments = [cache.add_segment(self._kept, rows, words)]
            state = state._replace(slots=np.arange(len(slots)), segments=segments)
        elif len(fresh):
            segment = cache.add_segment(self._kept, new_rows, new_words)
            state = state._replace(segments=[*before.segments, segment])
        cache.save(self._kept, state)
        return Similar(state, words, frozenset(self._ids[place] for place in changed))

    def _shards(self, places: NDArray[np.int64]) -> list[Shard]:
        return slices.shards([self._papers[place] for place in places], self._volume, SHARD)

    def _moved(self, before: State) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The place of each paper as it was, -1 if it is no more; and the places of new ones."""
        known = {paper: place for place, paper in enumerate(self._ids)}
        places = np.array([known.get(paper, -1) for paper in before.ids], np.int64)
        same = (self._digests[places] == before.digests).all(axis=1)
        places[~same] = -1
        return places, np.setdiff1d(np.arange(len(self._ids)), places)

    def _shown(self, rows: Rows, lists: Lists, places: NDArray[np.int64]) -> NDArray[np.uint8]:
        """The words that are shown for the neighbours of these papers."""
        found = np.full((len(places), MOST, WORDS_SHOWN), NO_WORD, np.uint8)
        one, number = np.nonzero(lists.near[places] >= 0)
        others = lists.near[places[one], number].astype(np.int64)
        found[one, number] = shown(rows, places[one], others, self._jobs)
        return found


def _settled(papers: int) -> int:
    """How many of the oldest papers are counted: a power of two."""
    return 2 ** int(log2(papers)) if papers else 0


def token(kept: Path) -> bytes:
    """What tells the state that the last run kept from any other; empty where there is none."""
    return cache.token(kept)


def digest(paper: Paper) -> bytes:
    """Changes with all that is read of a paper here: 16 bytes."""
    if isinstance(paper, Brief):
        return paper.text
    title, abstract, topics = text_of(paper)
    read = f"{len(title)} {len(abstract)} {title}{abstract}" + "\0".join(topics)
    return blake2b(read.encode("utf-8", "surrogatepass"), digest_size=16).digest()
