"""The nearest papers of each: the greatest products of rows, of equal ones the first by place.

All sums are of whole numbers below 2^53, so they are exact and no order changes them.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.similar.rows import ONE

MOST: Final = 6
"""Neighbours of a paper, at most."""

LIKENESS: Final = 0.12
"""The cosine that a neighbour is above; less is chance."""

_STEPS: Final = 1_000_000
"""Steps from no likeness to sameness. Less is no difference: it is how weights were rounded."""

_ASKED: Final = 3 * MOST
"""Enough that what is equally near seldom reaches further."""

_NONE: Final = -1

Places = NDArray[np.int64]


class Vectors(NamedTuple):
    """What papers are compared by, sorted by id."""

    terms: NDArray[np.uint64]
    """Digests; shape (papers, terms)."""

    weights: NDArray[np.uint32]
    """Of the same shape; zero for no term."""


class Lists(NamedTuple):
    """Of each paper its nearest, the nearest first."""

    near: NDArray[np.int32]
    """Their places; -1 where there are no more. Shape (papers, `MOST`)."""

    scores: NDArray[np.int32]
    """How near they are, in millionths; zero where there are no more. The same shape."""

    @classmethod
    def empty(cls, papers: int) -> Lists:
        """Lists of so many papers, with nothing in them."""
        shape = (papers, MOST)
        return cls(np.full(shape, _NONE, np.int32), np.zeros(shape, np.int32))


class Pairs(NamedTuple):
    """Papers that are near others; arrays of one length."""

    papers: Places
    others: Places
    scores: NDArray[np.int32]


def renew(
    vectors: Vectors, before: Lists, places: Places, fresh: Places, jobs: int
) -> tuple[Lists, Places]:
    """The lists of all papers, those of papers that did not change from what they were.

    Args:
        vectors: of the papers as they are.
        before: the lists of the papers as they were.
        places: of each paper as it was, its place now; -1 if it is no more, or of another row.
        fresh: the places of all others.
        jobs: threads at most.

    Returns:
        Lists, and the places of papers that have another list now, sorted.
    """
    papers = len(vectors.terms)
    lists = Lists.empty(papers)
    stayed = places >= 0
    moved = np.append(places, _NONE).astype(np.int32)[before.near[stayed]]
    lists.near[places[stayed]], lists.scores[places[stayed]] = moved, before.scores[stayed]
    lost = ((lists.near < 0) & (lists.scores > 0)).any(axis=1)
    former, then = np.array(lists.near), np.array(lists.scores[:, -1])

    entering = _nearest(vectors, np.sort(places[stayed]), fresh, jobs)
    touched = np.union1d(entering.papers, np.flatnonzero(lost))
    row, column = np.nonzero(lists.near[touched] >= 0)
    others, scores = (some[touched][row, column] for some in lists)
    remaining = Pairs(touched[row], others.astype(np.int64), scores)
    lists.near[touched], lists.scores[touched] = _NONE, 0
    _fill(lists, _joined(remaining, entering))
    # All that a full list left out comes after its last. So where it lost some, it is certain as
    # far as that one; beyond, it is unknown who takes the place.
    now, last = lists.scores[:, -1], former[:, -1]
    sooner = (now > then) | ((now == then) & (lists.near[:, -1] <= last))
    asked = np.union1d(fresh, np.flatnonzero(lost & (then > 0) & ~sooner))
    lists.near[asked], lists.scores[asked] = _NONE, 0
    _fill(lists, _nearest(vectors, asked, np.arange(papers), jobs))
    other = (lists.near != former).any(axis=1) | lost
    other[fresh] = True
    return lists, np.flatnonzero(other)


def _nearest(
    vectors: Vectors, papers: Places, others: Places, jobs: int, most: int = _ASKED
) -> Pairs:
    """The nearest of some papers among others, at least `MOST` of each besides itself.

    Args:
        vectors: of all papers.
        papers: those whose nearest are asked for.
        others: those that they are looked for among, sorted.
        jobs: threads at most.
        most: how many of each paper are looked at.
    """
    if not len(papers) or not len(others):
        return Pairs(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int32))
    # These two take a while to load, which nobody waits for where nothing changed.
    from scipy.sparse import csr_matrix
    from sparse_dot_topn import sp_matmul_topn

    fewer = min(papers, others, key=len)
    wanted = np.unique(vectors.terms[fewer][vectors.weights[fewer] > 0])

    def matrix(places: Places) -> csr_matrix:
        rows, columns, weights = _entries(vectors, places, wanted)
        ends = np.cumsum(np.bincount(rows, minlength=len(places)))
        shape = len(places), max(1, len(wanted))
        return csr_matrix((weights, columns, np.append(0, ends)), shape=shape)

    found = sp_matmul_topn(
        matrix(papers),
        matrix(others).T.tocsr(),
        most,
        threshold=LIKENESS * ONE**2,
        sort=True,
        n_threads=max(1, jobs),
    )
    numbers = np.diff(found.indptr)
    row = np.repeat(np.arange(len(papers)), numbers)
    scores = np.rint(np.asarray(found.data, np.float64) * (_STEPS / ONE**2)).astype(np.int32)
    # Where all that was asked for came, as many as are shown and the paper itself are certain if
    # the last is less near than they are. Else what was left out may come before them.
    last = np.cumsum(numbers)[numbers == most] - 1
    unsure = row[last[scores[last] == scores[last - most + MOST + 1]]]
    is_sure = ~np.isin(row, unsure)
    sure = Pairs(papers[row[is_sure]], others[found.indices[is_sure]], scores[is_sure])
    rest = _nearest(vectors, papers[unsure], others, jobs, 4 * most)
    return _joined(sure, rest)


def _joined(some: Pairs, more: Pairs) -> Pairs:
    return Pairs(
        np.concatenate([some.papers, more.papers]),
        np.concatenate([some.others, more.others]),
        np.concatenate([some.scores, more.scores]),
    )


def _entries(
    vectors: Vectors, places: Places, wanted: NDArray[np.uint64]
) -> tuple[Places, NDArray[np.int32], NDArray[np.float64]]:
    """Where in the rows at these places which of the wanted terms stand, and what they weigh."""
    # Where few terms are wanted, most others are told by their last bits, which is faster.
    bits = np.uint64(0xFFFFF)
    signs = np.zeros(int(bits) + 1, bool)
    signs[wanted & bits] = True
    terms, weights = vectors.terms[places], vectors.weights[places]
    rows, columns = np.nonzero(signs[terms & bits] & (weights > 0))
    terms, weights = terms[rows, columns], weights[rows, columns]
    number = np.minimum(np.searchsorted(wanted, terms), len(wanted) - 1)
    is_wanted = wanted[number] == terms
    return (
        rows[is_wanted],
        number[is_wanted].astype(np.int32),
        weights[is_wanted].astype(np.float64),
    )


def _fill(lists: Lists, pairs: Pairs) -> None:
    """Enter the nearest of each paper into its list, which is empty; a paper itself is not one."""
    apart = pairs.papers != pairs.others
    papers, others, scores = (some[apart] for some in pairs)
    order = np.lexsort((others, -scores, papers))
    papers, others, scores = papers[order], others[order], scores[order]
    place = np.arange(len(papers)) - np.searchsorted(papers, papers)
    shown = place < MOST
    at = papers[shown], place[shown]
    lists.near[at], lists.scores[at] = others[shown], scores[shown]
