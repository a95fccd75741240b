"""The nearest papers of each: the greatest products of rows, of equal ones the first by place.

All sums are of whole numbers below 2^53, so they are exact and no order changes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.similar.rows import ONE, STRONGEST, Rows

MOST: Final = 6
"""Neighbours of a paper, at most."""

LIKENESS: Final = 0.12
"""The cosine that a neighbour is above; less is chance."""

_STEPS: Final = 1_000_000
"""Steps from no likeness to sameness. Less is no difference: it is how weights were rounded."""

_ASKED: Final = 3 * MOST
"""Enough that what is equally near seldom reaches further."""

_EVERY: Final = 8
"""Where one row in so many changed, all products anew take less time than theirs with all."""

_NONE: Final = -1

Places = NDArray[np.int64]


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


def find(rows: Rows, jobs: int) -> Lists:
    """The lists of all papers.

    Args:
        rows: of the papers, sorted by id.
        jobs: threads at most.
    """
    # These two take a while to load, which nobody waits for who has lists already.
    from scipy.sparse import csr_matrix
    from sparse_dot_topn import sp_matmul_topn

    papers = len(rows.terms)
    lists = Lists.empty(papers)
    used = rows.weights > 0
    different, columns = np.unique(rows.terms[used], return_inverse=True)
    matrix = csr_matrix(
        (
            rows.weights[used].astype(np.float64),
            columns.astype(np.int32),
            np.concatenate([[0], np.cumsum(used.sum(axis=1))]),
        ),
        shape=(papers, max(1, len(different))),
    )
    del used, different, columns
    turned = matrix.T.tocsr()
    found = sp_matmul_topn(
        matrix, turned, _ASKED, threshold=LIKENESS * ONE**2, sort=True, n_threads=max(1, jobs)
    )
    del matrix, turned
    numbers = np.diff(found.indptr)
    paper = np.repeat(np.arange(papers), numbers)
    scores = _steps(np.asarray(found.data, np.float64))
    # Where all that was asked for came, as many as are shown and the paper itself are certain if
    # the last is less near than they are. Else what was left out may come before them.
    last = np.cumsum(numbers)[numbers == _ASKED] - 1
    unsure = paper[last[scores[last] == scores[last - _ASKED + MOST + 1]]]
    _fill(lists, paper, found.indices, scores)
    for place, others, near in _against_all(rows, unsure):
        lists.near[place], lists.scores[place] = _NONE, 0
        _fill(lists, np.full(len(others), place), others, near)
    return lists


def renew(rows: Rows, before: Lists, places: Places, fresh: Places) -> tuple[Lists, Places] | None:
    """The lists that `find` would find, where few papers changed; and whose lists are others.

    Args:
        rows: of the papers as they are, sorted by id.
        before: the lists that `find` found for the papers as they were.
        places: of each paper as it was, its place now; -1 if it is no more, or another text.
        fresh: the places of all others.

    Returns:
        Lists, and the places of papers that have another list now, sorted; `None` where so many
        changed that `find` is faster.
    """
    lists = Lists.empty(len(rows.terms))
    stayed = places >= 0
    moved = np.append(places, _NONE).astype(np.int32)[before.near[stayed]]
    lists.near[places[stayed]], lists.scores[places[stayed]] = moved, before.scores[stayed]
    lost = ((lists.near < 0) & (lists.scores > 0)).any(axis=1)
    former, last = np.array(lists.near), np.array(lists.scores[:, -1])
    is_fresh = np.zeros(len(rows.terms), bool)
    is_fresh[fresh] = True
    if len(fresh) * _EVERY > len(rows.terms):
        return None
    entering = [(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int32))]
    for place, others, scores in _against_all(rows, fresh):
        _fill(lists, np.full(len(others), place), others, scores)
        who = ~is_fresh[others]
        entering.append((others[who], np.full(who.sum(), place), scores[who]))
    paper, others, scores = (np.concatenate(some) for some in zip(*entering, strict=True))
    touched = np.union1d(paper, np.flatnonzero(lost))
    kept = lists.near[touched] >= 0
    paper = np.concatenate([paper, np.repeat(touched, kept.sum(axis=1))])
    others = np.concatenate([others, lists.near[touched][kept]])
    scores = np.concatenate([scores, lists.scores[touched][kept]])
    lists.near[touched], lists.scores[touched] = _NONE, 0
    _fill(lists, paper, others, scores)
    # All that a full list left out comes after its last. So where it lost some, it is certain as
    # far as that one; beyond, it is unknown who takes the place.
    now, then = lists.scores[:, -1], last
    sooner = (now > then) | ((now == then) & (lists.near[:, -1] <= former[:, -1]))
    anew = np.flatnonzero(lost & (then > 0) & ~sooner)
    if (len(fresh) + len(anew)) * _EVERY > len(rows.terms):
        return None
    lists.near[anew], lists.scores[anew] = _NONE, 0
    for place, others, scores in _against_all(rows, anew):
        _fill(lists, np.full(len(others), place), others, scores)
    other = (lists.near != former).any(axis=1) | lost | is_fresh
    return lists, np.flatnonzero(other)


def _steps(products: NDArray[np.float64]) -> NDArray[np.int32]:
    return np.rint(products * (_STEPS / ONE**2)).astype(np.int32)


def _fill(
    lists: Lists, papers: Places, others: NDArray[np.integer], scores: NDArray[np.int32]
) -> None:
    """Enter the nearest of each paper into its list, which is empty; a paper itself is not one."""
    apart = papers != others
    papers, others, scores = papers[apart], others[apart], scores[apart]
    order = np.lexsort((others, -scores, papers))
    papers, others, scores = papers[order], others[order], scores[order]
    place = np.arange(len(papers)) - np.searchsorted(papers, papers)
    shown = place < MOST
    at = papers[shown], place[shown]
    lists.near[at], lists.scores[at] = others[shown], scores[shown]


def _against_all(rows: Rows, places: Places) -> Iterator[tuple[int, Places, NDArray[np.int32]]]:
    """Of each of these papers all that are near, itself too, and how near they are."""
    if not len(places):
        return
    asked = rows.weights[places] > 0
    wanted = np.unique(rows.terms[places][asked])
    # Few terms of all papers are wanted: most are told by their last bits, which is faster.
    bits = np.uint64(0xFFFFF)
    signs = np.zeros(int(bits) + 1, bool)
    signs[wanted & bits] = True
    flat, weights = rows.terms.reshape(-1), rows.weights.reshape(-1)
    some = np.flatnonzero(signs[flat & bits])
    column = np.searchsorted(wanted, flat[some])
    column[column == len(wanted)] = 0
    found = (wanted[column] == flat[some]) & (weights[some] > 0)
    some, column = some[found], column[found]
    few = len(wanted) < 1 << 16  # such numbers are sorted in a tenth of the time
    order = np.argsort(column.astype(np.uint16) if few else column, kind="stable")
    papers = some[order] // STRONGEST
    values = weights[some[order]].astype(np.float64)
    starts = [0, *np.cumsum(np.bincount(column, minlength=len(wanted))).tolist()]
    for place, mask in zip(places.tolist(), asked, strict=True):
        columns = np.searchsorted(wanted, rows.terms[place][mask]).tolist()
        spans = [slice(starts[column], starts[column + 1]) for column in columns]
        if not spans:
            continue
        products = np.bincount(
            np.concatenate([papers[span] for span in spans]),
            np.concatenate(
                [
                    values[span] * weight
                    for span, weight in zip(spans, rows.weights[place][mask].tolist(), strict=True)
                ]
            ),
            len(rows.terms),
        )
        near = np.flatnonzero(products > LIKENESS * ONE**2)
        yield place, near, _steps(np.asarray(products[near], np.float64))
