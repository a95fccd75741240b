"""What was found: for each paper the papers that are most like it, and by which words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from generator.similar.shared import NO_WORD
from generator.similar.state import NOTHING, State


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

    def __init__(self, state: State) -> None:
        """Args: what was found."""
        # Not the state itself, whose rows take most of the room and are not needed any more.
        self._ids, self._words, self._shown = state.ids, state.words, state.shown
        self._near = state.lists.near
        has = np.flatnonzero(self._near[:, 0] >= 0).tolist()
        self._places = {state.ids[place]: place for place in has}

    def __getitem__(self, paper: str) -> tuple[Neighbour, ...]:
        place = self._places[paper]
        written = self._words[place].split("\n")
        near, shown = self._near[place].tolist(), self._shown[place].tolist()
        return tuple(
            Neighbour(self._ids[other], tuple(written[one] for one in some if one != NO_WORD))
            for other, some in zip(near, shown, strict=True)
            if other >= 0
        )

    def key(self, paper: str, titles: Mapping[str, str]) -> object:
        """Changes with the papers most like one, and with the words that they share.

        Args:
            paper: its id. Its words follow from its text, which is not in the key.
            titles: of all papers, by id.
        """
        place = self._places.get(paper)
        if place is None:
            return None
        ids = [self._ids[other] for other in self._near[place].tolist() if other >= 0]
        return ids, [titles[other] for other in ids], self._shown[place].tobytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


NO_SIMILAR: Final = Similar(NOTHING)
"""What is found where no papers are compared."""
