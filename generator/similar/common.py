"""Which terms are common in a catalog, so that they say less there than among papers at large.

They are few, and steps of common are wide: so a paper that is added seldom changes any.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.similar.rows import Rows

_COMMON: Final = ((64, 7), (16, 5), (4, 3))
"""Of a term that more than one paper of a catalog in so many has, the rarity at most."""

_FEWEST: Final = 8
"""A term that fewer papers have is not common, however few there are."""

_SAMPLE: Final = 2_048
"""Papers, at least, among which terms are counted if there are more."""


class Common(NamedTuple):
    """The terms that are commoner in a catalog than their rarity says."""

    terms: NDArray[np.uint64]
    """Digests, sorted."""

    rarities: NDArray[np.uint8]
    """What each has instead."""


NOTHING_COMMON: Final = Common(np.empty(0, np.uint64), np.empty(0, np.uint8))


def common(rows: Rows, digests: NDArray[np.uint64]) -> Common:
    """What is common in a catalog.

    Args:
        rows: of all papers.
        digests: of their texts; which papers are counted follows from the first number of each,
            so that few of a large catalog are and a new paper seldom is. Shape (papers, 2).
    """
    skipped = max(0, int(len(digests) // _SAMPLE).bit_length() - 1)
    sample = digests[:, 0] & np.uint64(2**skipped - 1) == 0
    used = rows.rarities[sample] > 0
    terms, first, papers = np.unique(
        rows.terms[sample][used], return_index=True, return_counts=True
    )
    before = rows.rarities[sample][used][first]
    after = np.array(before)
    for share, most in _COMMON:
        is_common = (papers * share > sample.sum()) & (papers >= _FEWEST)
        after[is_common] = np.minimum(after[is_common], most)
    other = after < before
    return Common(terms[other], after[other])


def lowered(rows: Rows, found: Common) -> NDArray[np.uint8]:
    """The rarities of `rows` in a catalog where some terms are common."""
    after = np.array(rows.rarities)
    if len(found.terms):
        place = np.minimum(np.searchsorted(found.terms, rows.terms), len(found.terms) - 1)
        is_common = (found.terms[place] == rows.terms) & (after > 0)
        after[is_common] = found.rarities[place[is_common]]
    return after


def differing(one: Common, other: Common) -> NDArray[np.uint64]:
    """The terms that are not as common in one as in the other."""
    of_one, of_other = (
        set(zip(some.terms.tolist(), some.rarities.tolist(), strict=True)) for some in (one, other)
    )
    return np.array(sorted({term for term, _ in of_one ^ of_other}), np.uint64)
