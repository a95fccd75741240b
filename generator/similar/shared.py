"""Which words two papers share that say the most."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from generator.similar.rows import STRONGEST, Rows

WORDS_SHOWN: Final = 4

NO_WORD: Final = 255
"""Stands where there are no more words."""

_PAIR: Final = 6
"""How much sooner two words are shown that stand together: together they say more to a person than
apart."""

_ROUNDED: Final = 30
"""Bits of a product that are no difference: it is how weights were rounded."""

_PAIRS: Final = 2_000
"""Pairs of papers that are looked at at once, so that all of it stays near the processor."""


def shown(
    rows: Rows,
    weights: NDArray[np.uint32],
    papers: NDArray[np.int64],
    others: NDArray[np.int64],
    jobs: int,
) -> NDArray[np.uint8]:
    """The weightiest terms of two papers, without words that stand in a pair shown already.

    Args:
        rows: of all papers.
        weights: of their terms.
        papers: places in `rows`.
        others: as many.
        jobs: threads at most; nearly all is done outside of Python.

    Returns:
        Places in the row of the first paper, the weightiest first, then `NO_WORD`. Shape
        (`papers`, `WORDS_SHOWN`).
    """
    starts = range(0, len(papers), _PAIRS)

    def some(start: int) -> NDArray[np.uint8]:
        part = slice(start, start + _PAIRS)
        return _shown(rows, weights, papers[part], others[part])

    with ThreadPoolExecutor(max(1, jobs)) as threads:
        found = list(threads.map(some, starts))
    return np.concatenate([np.empty((0, WORDS_SHOWN), np.uint8), *found])


def _shown(
    rows: Rows,
    weights: NDArray[np.uint32],
    papers: NDArray[np.int64],
    others: NDArray[np.int64],
) -> NDArray[np.uint8]:
    same = rows.terms[papers][:, :, None] == rows.terms[others][:, None, :]
    flat = np.flatnonzero(same)
    del same
    pair, both = np.divmod(flat, STRONGEST * STRONGEST)
    mine, theirs = np.divmod(both, STRONGEST)
    parts = rows.parts[papers[pair], mine]
    weight = weights[papers[pair], mine].astype(np.int64)
    weight *= weights[others[pair], theirs]
    weight *= np.where(parts[:, 1] > 0, _PAIR, 1)
    weight >>= _ROUNDED
    order = np.lexsort((-weight, pair))  # stable, so the alphabet settles what is equal
    alive = order[(weight[order] > 0) & (parts[order, 0] > 0)]
    found = np.full((len(papers), WORDS_SHOWN), NO_WORD, np.uint8)
    said = np.zeros((len(papers), 2), np.uint8)
    for number in range(WORDS_SHOWN):
        first = alive[np.flatnonzero(np.diff(pair[alive], prepend=-1))]
        found[pair[first], number] = mine[first]
        said[pair[first]] = parts[first]
        # The chosen one says its own words, so it goes as well.
        one, two = parts[alive].T
        former, latter = said[pair[alive]].T
        again = (
            (one == former) | (one == latter) | ((two > 0) & ((two == former) | (two == latter)))
        )
        alive = alive[~again]
    return found
