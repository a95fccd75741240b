"""What was found of a catalog, and the step from there to what there is now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.model.papers import Paper
from generator.similar import nearest
from generator.similar.common import NOTHING_COMMON, Common, common, differing, lowered
from generator.similar.nearest import MOST, Lists, Vectors
from generator.similar.rows import Rows, weigh
from generator.similar.shared import NO_WORD, WORDS_SHOWN, shown
from generator.similar.terms import digest

Places = NDArray[np.int64]


class State(NamedTuple):
    """What was found for which papers."""

    ids: list[str]
    """Of the papers, sorted."""

    digests: NDArray[np.uint64]
    """Of what is read of each; shape (papers, 2)."""

    rows: Rows
    words: list[str]
    """The terms of each row as they are written; see `strongest`."""

    common: Common
    lists: Lists
    shown: NDArray[np.uint8]
    """Of each neighbour the words that are shown, as places in the row; shape (papers, neighbours,
    words)."""


NOTHING: Final = State(
    [],
    np.empty((0, 2), np.uint64),
    Rows.empty(0),
    [],
    NOTHING_COMMON,
    Lists.empty(0),
    np.empty((0, MOST, WORDS_SHOWN), np.uint8),
)
"""What is found where there are no papers."""


def digests_of(papers: Sequence[Paper]) -> NDArray[np.uint64]:
    """The digests of what is read of papers; shape (papers, 2)."""
    return np.frombuffer(b"".join(map(digest, papers)), np.uint64).reshape(-1, 2)


def changed(before: State, ids: Sequence[str], digests: NDArray[np.uint64]) -> Places:
    """The places of papers that are new, or of another text than before.

    Args:
        before: what was found.
        ids: of the papers as they are, sorted.
        digests: of their texts.
    """
    return _rest(_places(before, ids, digests), len(ids))


def update(
    before: State,
    ids: list[str],
    digests: NDArray[np.uint64],
    rows: Rows,
    words: Sequence[str],
    jobs: int,
) -> State:
    """What is found for the papers as they are; the same from whatever was before.

    Args:
        before: what was found for other papers, or `NOTHING`.
        ids: of the papers, sorted.
        digests: of their texts.
        rows: of those that `changed` names.
        words: of the same.
        jobs: threads at most.
    """
    places = _places(before, ids, digests)
    fresh = _rest(places, len(ids))
    if not len(fresh) and len(ids) == len(before.ids):
        return before
    stayed = places >= 0
    all_rows = Rows.empty(len(ids))
    all_rows.enter(places[stayed], before.rows.of(stayed))
    all_rows.enter(fresh, rows)
    all_words = [""] * len(ids)
    for place, written in zip(places.tolist(), before.words, strict=True):
        if place >= 0:
            all_words[place] = written
    for place, written in zip(fresh.tolist(), words, strict=True):
        all_words[place] = written

    in_common = common(all_rows, digests)
    other = np.isin(before.rows.terms, differing(before.common, in_common)).any(axis=1)
    places[other] = -1
    stayed = places >= 0
    fresh = _rest(places, len(ids))
    weights = weigh(all_rows, lowered(all_rows, in_common))
    vectors = Vectors(all_rows.terms, weights)
    lists, touched = nearest.renew(vectors, before.lists, places, fresh, jobs)

    all_shown = np.full((len(ids), MOST, WORDS_SHOWN), NO_WORD, np.uint8)
    all_shown[places[stayed]] = before.shown[stayed]
    all_shown[touched] = NO_WORD
    row, number = np.nonzero(lists.near[touched] >= 0)
    paper = touched[row]
    others = lists.near[paper, number].astype(np.int64)
    all_shown[paper, number] = shown(all_rows, weights, paper, others, jobs)
    return State(ids, digests, all_rows, all_words, in_common, lists, all_shown)


def _places(before: State, ids: Sequence[str], digests: NDArray[np.uint64]) -> Places:
    """The place of each paper as it was, -1 if it is no more, or of another text."""
    by_id = {paper: place for place, paper in enumerate(ids)}
    places = np.array([by_id.get(paper, -1) for paper in before.ids], np.int64)
    if len(ids):
        places[(digests[places] != before.digests).any(axis=1)] = -1
    return places


def _rest(places: Places, papers: int) -> Places:
    """The places of so many papers that are not among these."""
    is_fresh = np.ones(papers, bool)
    is_fresh[places[places >= 0]] = False
    return np.flatnonzero(is_fresh)
