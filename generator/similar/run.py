"""One search for the neighbours of all papers: anew, or after what the one before left."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import log2
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.build import work
from generator.model import chunks
from generator.model.fragments import Fragments, Shard, Texts
from generator.model.papers import Paper, fragments_of
from generator.similar import kept as cache
from generator.similar import nearest
from generator.similar.counts import MANY, Rarity, change, count_papers, having, recounted
from generator.similar.found import Similar
from generator.similar.kept import BrokenCacheError, State
from generator.similar.nearest import MOST, Lists
from generator.similar.rows import (
    SHARD,
    Rows,
    Words,
    differ,
    joined,
    joined_words,
    picked,
    picked_words,
    strongest,
)
from generator.similar.shared import NO_WORD, WORDS_SHOWN, shown
from generator.similar.terms import digest

_SAME: Final = 2
"""Where one paper in so many has a term that weighs more or less, all anew takes hardly longer."""

_SETTLED: Final = 64
"""Where one in so many of the settled papers is another, nearly all have such a term."""


class Known(NamedTuple):
    """What is looked at of some papers, sorted by id."""

    ids: list[str]
    digests: NDArray[np.uint64]
    """Of the text of each; shape (papers, 2)."""

    settled: NDArray[np.bool_]
    """Of each, whether its words are counted."""

    papers: Sequence[Paper]
    """The papers, if they are at hand."""

    volume: Fragments
    spans: NDArray[np.int64]
    """The number of the text of each, if they are not."""

    @classmethod
    def of(cls, papers: Sequence[Paper], volume: Fragments) -> Known:
        """Args: the papers, sorted; where they lie if they are known in brief."""
        digests = np.frombuffer(b"".join(map(digest, papers)), np.uint64).reshape(-1, 2)
        dates = [paper.date or "9" for paper in papers]
        oldest = sorted(range(len(papers)), key=dates.__getitem__)
        settled = np.zeros(len(papers), bool)
        settled[oldest[: _settled(len(papers))]] = True
        spans = np.array(fragments_of(papers, "paper"), np.int64)
        at_hand = () if len(spans) else papers
        return cls([paper.id for paper in papers], digests, settled, at_hand, volume, spans)

    def shards(self, places: NDArray[np.int64]) -> list[Shard]:
        """Some of the papers."""
        if len(self.spans):
            numbers = self.spans[places].tolist()
            return [Texts(self.volume, [*some]) for some in chunks.cut(numbers, SHARD)]
        return [[self.papers[one] for one in some] for some in chunks.cut(places.tolist(), SHARD)]


def _settled(papers: int) -> int:
    """How many of the oldest papers are counted: a power of two."""
    return 2 ** int(log2(papers)) if papers else 0


class Run:
    """One search for the neighbours of all papers."""

    def __init__(self, known: Known, jobs: int, kept: Path | None = None) -> None:
        """Args:
        known: of all papers.
        jobs: processes and threads at most.
        kept: where a run leaves what it found for the next, if anywhere.
        """
        self._known = known
        self._ids, self._digests, self._settled = known.ids, known.digests, known.settled
        self._jobs = jobs
        self._kept = kept

    def anew(self) -> Similar:
        """All from the papers alone."""
        every = np.arange(len(self._ids))
        oldest = np.flatnonzero(self._settled)
        rarity = count_papers(self._known.shards(oldest), len(oldest), self._jobs)
        rows, words, terms = self._found(every, rarity)
        lists = self._lists(rows)
        state = State(
            self._ids,
            self._digests,
            self._settled,
            lists,
            self._shown(rows, lists, every),
            every,
            cache.add_rarity(self._kept, rarity) if self._kept else "",
            [cache.add_segment(self._kept, rows, words)] if self._kept else [],
            every,
            terms,
        )
        if self._kept:
            cache.save(self._kept, state)
        return Similar(state, words)

    def after(self, before: State) -> None:
        """Make what is kept the same, from what the run before left and the papers that changed.

        Raises:
            BrokenCacheError: it is of no use.
        """
        if not self._kept or before.settled.sum() != self._settled.sum():
            raise BrokenCacheError
        places, fresh = self._moved(before)
        left, entered = self._resettled(before, places)
        if not len(fresh) and not len(entered) and len(places) == len(self._ids):
            return
        state = before._replace(ids=self._ids, digests=self._digests, settled=self._settled)
        rarity = cache.rarity(self._kept, before)
        again = np.empty(0, np.int64)
        if len(entered):
            rarity, concerned = self._recounted(before, rarity, left, entered)
            again = places[concerned]
            again = again[again >= 0]
            if len(again) * _SAME > len(self._ids):
                raise BrokenCacheError
            state = state._replace(rarity=cache.add_rarity(self._kept, rarity))
        rows = cache.rows(self._kept, before)
        count = len(rows.terms)
        stayed = places >= 0
        slots, shelves = np.empty((2, len(self._ids)), np.int64)
        slots[places[stayed]] = before.slots[stayed]
        shelves[places[stayed]] = before.shelves[stayed]
        shelves[fresh] = sum(number for _, number in before.terms) + np.arange(len(fresh))
        new_rows, new_words, terms = self._found(fresh, rarity)
        again_rows, again_words, _ = self._found(again, rarity, keep=False)
        other = np.flatnonzero(differ(again_rows, picked(rows, slots[again])))
        again = again[other]
        new_rows = joined([new_rows, picked(again_rows, other)])
        new_words = joined_words([new_words, picked_words(again_words, other)])
        # One that has another row is as good as new; of the same text, its terms are the same.
        fresh = np.concatenate([fresh, again])
        slots[fresh] = count + np.arange(len(fresh))
        every = joined([rows, new_rows])
        words = joined_words([cache.words(self._kept, before), new_words])
        rows = picked(every, slots)
        remained = np.where(np.isin(places, again), -1, places)
        lists, changed = nearest.renew(rows, before.lists, remained, fresh) or (
            self._lists(rows),
            np.arange(len(self._ids)),
        )
        state = state._replace(
            lists=lists,
            shown=np.empty((len(slots), MOST, WORDS_SHOWN), np.uint8),
            slots=slots,
            shelves=shelves,
            terms=[*before.terms, *terms],
        )
        state.shown[places[stayed]] = before.shown[stayed]
        state.shown[changed] = self._shown(rows, lists, changed)
        del every
        if cache.is_wasteful(state, count + len(fresh)):
            words = picked_words(words, slots)
            segments = [cache.add_segment(self._kept, rows, words)]
            state = state._replace(slots=np.arange(len(slots)), segments=segments)
        elif len(fresh):
            segment = cache.add_segment(self._kept, new_rows, new_words)
            state = state._replace(segments=[*before.segments, segment])
        state = cache.tidied(self._kept, state)
        cache.save(self._kept, state)

    def _found(
        self, places: NDArray[np.int64], rarity: Rarity, *, keep: bool = True
    ) -> tuple[Rows, Words, list[tuple[str, int]]]:
        """The rows of papers, their words, and the files where all their terms are kept."""
        found = {}
        for number, rows, words, had in strongest(self._known.shards(places), rarity, self._jobs):
            files = [cache.add_terms(self._kept, had)] if keep and self._kept else []
            found[number] = rows, words, files
        some = [found[number] for number in sorted(found)]
        return (
            joined(rows for rows, _, _ in some),
            joined_words(words for _, words, _ in some),
            [file for _, _, files in some for file in files],
        )

    def _resettled(
        self, before: State, places: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The papers, by place as it was, that are not counted now, or not with that text; and
        those, by place, that are counted instead.
        """
        stayed = before.settled & (places >= 0) & self._settled[places]
        entered = np.array(self._settled)
        entered[places[stayed]] = False
        return np.flatnonzero(before.settled & ~stayed), np.flatnonzero(entered)

    def _recounted(
        self,
        before: State,
        rarity: Rarity,
        left: NDArray[np.int64],
        entered: NDArray[np.int64],
    ) -> tuple[Rarity, NDArray[np.int64]]:
        """How many papers have each term now; and who, by place as it was, has any that may weigh
        more or less for it.

        Raises:
            BrokenCacheError: it is of no use.
        """
        if not self._kept or len(entered) * _SETTLED > self._settled.sum():
            raise BrokenCacheError
        old = cache.terms_of(self._kept, before, left)
        some = change(rarity, old, having(self._known.shards(entered)))
        asked = np.flatnonzero(some.are_unsure | some.reweigh(rarity))
        papers, terms = cache.who_has(self._kept, before, some.terms[asked], self._jobs)
        some.before[asked] = np.bincount(terms[before.settled[papers]], minlength=len(asked))
        reweigh = some.reweigh(rarity)[asked]
        return recounted(rarity, some), np.unique(papers[reweigh[terms]])

    def _lists(self, rows: Rows) -> Lists:
        """Those of all papers; where there are many, in a process that has the memory for it."""
        jobs = self._jobs if len(rows.terms) >= MANY else 1
        return work.later(partial(nearest.find, jobs=self._jobs), rows, jobs, roomy=True)()

    def _moved(self, before: State) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The place of each paper as it was, -1 if it is no more; and the places of new ones."""
        known = {paper: place for place, paper in enumerate(self._ids)}
        places = np.array([known.get(paper, -1) for paper in before.ids], np.int64)
        same = (self._digests[places] == before.digests).all(axis=1) & (places >= 0)
        places[~same] = -1
        fresh = np.ones(len(self._ids), bool)
        fresh[places[same]] = False
        return places, np.flatnonzero(fresh)

    def _shown(self, rows: Rows, lists: Lists, places: NDArray[np.int64]) -> NDArray[np.uint8]:
        """The words that are shown for the neighbours of these papers."""
        found = np.full((len(places), MOST, WORDS_SHOWN), NO_WORD, np.uint8)
        one, number = np.nonzero(lists.near[places] >= 0)
        others = lists.near[places[one], number].astype(np.int64)
        found[one, number] = shown(rows, places[one], others, self._jobs)
        return found
