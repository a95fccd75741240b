"""How many of the settled papers have a term; counted on where few of these papers are others.

What a term weighs depends on that number through its class alone, and most numbers can grow or
shrink by one and stay in their class. So when a paper is another, few terms weigh more or less.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.build import work
from generator.model.fragments import Shard, whole
from generator.similar.terms import Terms, count_terms, text_of

_COMMON: Final = 8
"""A word that one paper in so many has says nothing."""

MANY: Final = 20_000
"""For fewer papers, it takes longer to start processes than to count."""

COMMON: Final = 64
"""Added to the class of a term that is common; the rest is a binary logarithm, cut."""

Numbers = NDArray[np.int64]


class Rarity(NamedTuple):
    """How many of the settled papers have a term."""

    terms: NDArray[np.uint64]
    """Digests of the terms that two papers or more have, sorted."""

    papers: NDArray[np.uint32]
    """How many have each."""

    settled: int
    """How many papers were counted: a power of two."""

    def of(self, terms: NDArray[np.uint64]) -> Numbers:
        """How many papers have each of these; zero for one or none."""
        place, known = _found(self.terms, terms)
        papers = np.zeros(len(place), np.int64)
        papers[known] = self.papers[place[known]]
        return papers

    def classes(self, papers: Numbers) -> Numbers:
        """What a weight depends on, where so many papers have a term: see `COMMON`."""
        # What `frexp` splits off is exact, unlike a logarithm that is then cut.
        found = np.frexp(np.maximum(papers, 1))[1].astype(np.int64) - 1
        if self.settled > 1_000:
            found[papers * _COMMON > self.settled] += COMMON
        return found


class Having(NamedTuple):
    """All different terms of some papers."""

    terms: NDArray[np.uint64]
    """Digests, paper by paper."""

    ends: Numbers
    """Where those of each paper end."""


def had(terms: Terms, papers: int) -> Having:
    """The terms of so many papers."""
    return Having(terms.digests, np.cumsum(np.bincount(terms.papers, minlength=papers)))


def having(shards: Iterable[Shard]) -> Having:
    """All terms of papers."""
    texts = [list(map(text_of, whole(shard))) for shard in shards]
    return joined_terms(had(count_terms(some), len(some)) for some in texts)


def joined_terms(some: Iterable[Having]) -> Having:
    """The terms of all papers, one after another."""
    several = list(some)
    lengths = [np.diff(papers.ends, prepend=0) for papers in several]
    return Having(
        np.concatenate([np.empty(0, np.uint64), *(papers.terms for papers in several)]),
        np.cumsum(np.concatenate([np.empty(0, np.int64), *lengths])),
    )


def picked_terms(some: Having, places: Numbers) -> Having:
    """The terms of the papers at these places."""
    lengths = np.diff(some.ends, prepend=0)[places]
    ends = np.cumsum(lengths)
    shift = np.repeat(some.ends[places] - ends, lengths)
    return Having(some.terms[np.arange(len(shift)) + shift], ends)


def who_has(wanted: NDArray[np.uint64], some: Having) -> tuple[Numbers, Numbers]:
    """Which papers have which of these terms.

    Args:
        wanted: digests, sorted.
        some: the terms of the papers.

    Returns:
        Places of papers, and of the terms in `wanted`, as many.
    """
    # Few terms of all are wanted: most are told by their last bits, which is faster.
    bits = np.uint64(0xFFFF)
    signs = np.zeros(int(bits) + 1, bool)
    signs[wanted & bits] = True
    at = np.flatnonzero(signs[some.terms.astype(np.uint16)])
    term, known = _found(wanted, some.terms[at])
    return np.searchsorted(some.ends, at[known], "right"), term[known]


def _found(
    terms: NDArray[np.uint64], asked: NDArray[np.uint64]
) -> tuple[Numbers, NDArray[np.bool_]]:
    """Where each is that is asked for, among terms that are sorted; and whether it is there."""
    place = np.searchsorted(terms, asked)
    place[place == len(terms)] = 0
    return place, terms[place] == asked if len(terms) else place > 0


def count_papers(shards: Sequence[Shard], settled: int, jobs: int) -> Rarity:
    """How many papers have each term.

    Args:
        shards: of the settled papers.
        settled: how many these are.
        jobs: processes at most.
    """
    jobs = jobs if settled >= MANY else 1
    found = list(work.spread(_counted, shards, jobs))
    every = np.concatenate([np.empty(0, np.uint64), *(terms for terms, _ in found)])
    numbers = np.concatenate([np.empty(0, np.uint32), *(papers for _, papers in found)])
    del found
    order = np.argsort(every)
    every, numbers = every[order], numbers[order]
    starts = np.flatnonzero(np.diff(every, prepend=every[:1] + np.uint64(1)))
    papers = np.add.reduceat(numbers, starts) if len(starts) else numbers
    kept = papers > 1
    return Rarity(every[starts[kept]], papers[kept].astype(np.uint32), settled)


def _counted(shard: Shard) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    terms, papers = np.unique(having([shard]).terms, return_counts=True)
    return terms, papers.astype(np.uint32)


class Change(NamedTuple):
    """Terms that more of the settled papers have than before, or fewer."""

    terms: NDArray[np.uint64]
    """Digests, sorted."""

    more: Numbers
    """By how many papers; below zero for fewer."""

    before: Numbers
    """How many had each; zero where it is not known whether one had it or none."""

    @property
    def are_unsure(self) -> NDArray[np.bool_]:
        """Of each, whether that matters."""
        # Of fewer than one none are left, which is no other class.
        return np.asarray((self.before == 0) & (self.more > 0))

    def reweigh(self, rarity: Rarity) -> NDArray[np.bool_]:
        """Of each, whether it is of another class now."""
        return np.asarray(rarity.classes(self.before) != rarity.classes(self.before + self.more))


def change(rarity: Rarity, left: Having, entered: Having) -> Change:
    """What other papers among the settled ones change.

    Args:
        rarity: as it was.
        left: the terms of papers that are no longer among them, or not with this text.
        entered: those of as many that take their places.
    """
    every = np.concatenate([left.terms, entered.terms])
    terms, inverse = np.unique(every, return_inverse=True)
    signs = np.repeat([-1, 1], [len(left.terms), len(entered.terms)])
    more = np.bincount(inverse, signs, len(terms)).astype(np.int64)
    terms, more = terms[more != 0], more[more != 0]
    return Change(terms, more, rarity.of(terms))


def recounted(rarity: Rarity, some: Change) -> Rarity:
    """How many papers have each term now.

    Args:
        rarity: as it was.
        some: what changed, with all known that matters.
    """
    place, known = _found(rarity.terms, some.terms)
    terms = np.delete(rarity.terms, place[known])
    papers = np.delete(rarity.papers, place[known])
    after = some.before + some.more
    several = after > 1
    place = np.searchsorted(terms, some.terms[several])
    return Rarity(
        np.insert(terms, place, some.terms[several]),
        np.insert(papers, place, after[several].astype(np.uint32)),
        rarity.settled,
    )
