"""How rare a word is: the rarer, the more it says of a paper that has it.

That stands in a table which was counted once, in papers at large, and does not follow from those of
a catalog: else each paper that is added to one would change which of the others are alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from generator.similar.terms import TOPIC_MARK

RAREST: Final = 10
"""The rarity of what fewer than one paper in 2^9 has."""

_TOPIC: Final = 8
"""The rarity of a topic."""


@cache
def table() -> dict[str, int]:
    """The rarity of each word, without its plural, that more than one paper in 2^9 has.

    A word that one paper in 2^n has is of rarity n + 1, cut to a whole number. The words of each
    rarity stand in a line of `rarity.txt`, parted by spaces, from rarity 1 on.
    """
    lines = (files("generator.similar") / "rarity.txt").read_text("utf-8").splitlines()
    return {word: number for number, line in enumerate(lines, 1) for word in line.split()}


def rarities(words: Sequence[str]) -> NDArray[np.int64]:
    """The rarity of words and topics, as `Terms.alphabet` has them."""
    known = table()
    return np.array(
        [_TOPIC if word.startswith(TOPIC_MARK) else known.get(word, RAREST) for word in words],
        np.int64,
    )
