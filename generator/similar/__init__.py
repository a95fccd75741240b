"""Which papers are like a paper, and by which words: TF-IDF and the cosine of the angle between.

    text of a paper ─ terms ─ rows ──┬── common ── weights ── nearest ── shared ──► lists
                      rarity ────────┘

A row has the strongest terms of one paper and follows from it alone, since how rare a word is
stands in a table. So a paper that is added enters the lists that it belongs to, and all others stay
as they are. `update` makes the lists of a catalog from those before, or from nothing, by the same
steps; between two calls, `State` is all that is remembered.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.papers import Paper
from generator.similar.found import NO_SIMILAR, Neighbour, Similar
from generator.similar.nearest import LIKENESS, MOST
from generator.similar.rows import Rows, strongest
from generator.similar.state import NOTHING, State, changed, digests_of, update
from generator.similar.terms import digest

__all__ = [
    "LIKENESS",
    "MOST",
    "NOTHING",
    "NO_SIMILAR",
    "Neighbour",
    "Rows",
    "Similar",
    "State",
    "changed",
    "digest",
    "digests_of",
    "find",
    "strongest",
    "update",
]


def find(papers: Sequence[Paper], jobs: int = 1) -> Similar:
    """The papers most like each of these.

    Args:
        papers: any, in any order; what is found does not depend on it.
        jobs: threads at most; what is found does not depend on them either.
    """
    some = sorted(papers, key=lambda paper: paper.id)
    ids = [paper.id for paper in some]
    return Similar(update(NOTHING, ids, digests_of(some), *strongest(some), jobs))
