"""What was found: for each paper the papers that are most like it, and by which words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from generator.similar.kept import State
from generator.similar.rows import Words
from generator.similar.shared import NO_WORD


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

    def __init__(self, state: State, words: Words) -> None:
        """Args:
        state: what was found.
        words: as papers write them, by slot.
        """
        has = np.flatnonzero(state.lists.near[:, 0] >= 0).tolist()
        self._places = {state.ids[place]: place for place in has}
        self._state = state
        self._words = words

    def __getitem__(self, paper: str) -> tuple[Neighbour, ...]:
        return _neighbours(self._state, self._words, self._places[paper])

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _neighbours(state: State, words: Words, place: int) -> tuple[Neighbour, ...]:
    """Those of the paper at a place."""
    written = words.of(state.slots.item(place))
    return tuple(
        Neighbour(state.ids[other], tuple(written[one] for one in some if one != NO_WORD))
        for other, some in zip(
            state.lists.near[place].tolist(), state.shown[place].tolist(), strict=True
        )
        if other >= 0
    )
