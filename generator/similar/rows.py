"""What each paper is about: its strongest terms, how often each stands there, how rare it is.

A row follows from the paper alone. What its terms weigh (TF-IDF) depends besides on what is common
in the catalog. A weight is a whole number, so that sums of their products are exact: what is found
is the same to the bit in whatever order and however many at a time papers are compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.model.papers import Paper
from generator.similar.rarity import rarities
from generator.similar.terms import Terms, count_terms, text_of

STRONGEST: Final = 40
"""Terms of a paper that count."""

ONE: Final = 2**26
"""The length of a row. The square is less than 2^53, up to which a float holds whole numbers."""

_PAIR: Final = 0.5
"""What two words together weigh, since each counts already."""

_PAIR_RAREST: Final = 9
"""The rarity of two words together is the sum of theirs, up to this."""

_TWICE: Final = 2
"""How often two words must stand together, so that it is no chance; once in a title is enough."""

_MOST: Final = 255
"""A term that stands more often counts as often as this."""


class Rows(NamedTuple):
    """The strongest terms of papers: of each at most `STRONGEST`, as the alphabet has them."""

    terms: NDArray[np.uint64]
    """Digests; shape (papers, `STRONGEST`)."""

    counts: NDArray[np.uint8]
    """How often each stands in the paper; zero where it has no more terms. The same shape."""

    rarities: NDArray[np.uint8]
    """How rare each is, see `rarity`; zero where there are no more. The same shape."""

    parts: NDArray[np.uint8]
    """The words of each term, numbered from 1 within the row; zero for a topic, and for the second
    where there is none. Shape (papers, `STRONGEST`, 2)."""

    @classmethod
    def empty(cls, papers: int) -> Rows:
        """Rows of so many papers, with nothing in them."""
        shape = papers, STRONGEST
        return cls(
            np.zeros(shape, np.uint64),
            np.zeros(shape, np.uint8),
            np.zeros(shape, np.uint8),
            np.zeros((*shape, 2), np.uint8),
        )

    def of(self, papers: NDArray[np.bool_]) -> Rows:
        """Those of some papers."""
        return Rows(
            self.terms[papers], self.counts[papers], self.rarities[papers], self.parts[papers]
        )

    def enter(self, places: NDArray[np.int64], rows: Rows) -> None:
        """Put other rows in these places."""
        self.terms[places], self.counts[places] = rows.terms, rows.counts
        self.rarities[places], self.parts[places] = rows.rarities, rows.parts


def strongest(papers: Iterable[Paper]) -> tuple[Rows, list[str]]:
    """The row of each paper, and its terms as they first stand in the abstract, else in the title.

    Returns:
        Rows; and for each the terms, parted by line feeds, of which a topic's is empty.
    """
    texts = list(map(text_of, papers))
    terms = count_terms(texts)
    rarity = _rarities(terms)
    strength = _strength(np.minimum(terms.counts, _MOST), rarity, terms.are_pairs)
    some = np.flatnonzero(~terms.are_pairs | (terms.counts >= _TWICE))
    # The strongest of each paper, of equal ones those that the alphabet has first.
    order = some[np.lexsort((-strength[some], terms.papers[some]))]
    chosen = np.sort(order[_places(terms.papers[order]) < STRONGEST])
    at = terms.papers[chosen], _places(terms.papers[chosen])
    rows = Rows.empty(len(texts))
    rows.terms[at] = terms.digests[chosen]
    rows.counts[at] = np.minimum(terms.counts[chosen], _MOST)
    rows.rarities[at] = rarity[chosen]
    rows.parts[at] = _parts(terms, chosen)
    return rows, _written(terms, chosen, len(texts))


def weigh(rows: Rows, rarity: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """What each term weighs.

    Args:
        rows: of papers.
        rarity: how rare their terms are in the catalog.

    Returns:
        Numbers whose squares add up to the square of `ONE` in each row; zero for no term.
    """
    exact = _strength(rows.counts, rarity, rows.parts[..., 1] > 0)
    squares = np.zeros(len(exact))
    for column in exact.T:  # in one order whatever the machine, for these sums are rounded
        squares += column * column
    squares[squares == 0] = 1
    return np.rint(exact * (ONE / np.sqrt(squares))[:, None]).astype(np.uint32)


def _rarities(terms: Terms) -> NDArray[np.int64]:
    of_words = np.append(rarities(terms.alphabet), 0)  # the last is that of no word
    former, latter = (of_words[some] for some in terms.words)
    return np.where(terms.are_pairs, np.minimum(former + latter, _PAIR_RAREST), former)


def _strength(
    counts: NDArray[np.integer], rarity: NDArray[np.integer], are_pairs: NDArray[np.bool_]
) -> NDArray[np.float64]:
    often = np.append(0, 1 + np.log2(np.arange(1, _MOST + 1)))[counts]
    return np.asarray(often * rarity * np.where(are_pairs, _PAIR, 1.0), np.float64)


def _places(papers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place of each among those of the same paper, which stand together."""
    return np.arange(len(papers)) - np.searchsorted(papers, papers)


def _parts(terms: Terms, chosen: NDArray[np.int64]) -> NDArray[np.uint8]:
    papers = terms.papers[chosen]
    words = np.stack([some[chosen] for some in terms.words], axis=1)
    words[terms.are_topics[chosen]] = -1
    width = len(terms.alphabet) + 1
    keys = papers[:, None] * width + words + 1
    different, inverse = np.unique(keys, return_inverse=True)
    before = np.searchsorted(different, papers * width + 1)
    numbers = inverse.reshape(keys.shape) - before[:, None] + 1
    return np.where(words < 0, 0, numbers).astype(np.uint8)


def _written(terms: Terms, chosen: NDArray[np.int64], papers: int) -> list[str]:
    first = terms.first[chosen]
    written = terms.written
    latter = terms.tokens[first].tolist()  # of a topic any word, which is not used
    former = terms.tokens[first - 1].tolist()
    are_pairs = terms.are_pairs[chosen].tolist()
    are_topics = terms.are_topics[chosen].tolist()
    every = [
        "" if topic else f"{written[one]} {written[other]}" if pair else written[other]
        for one, other, pair, topic in zip(former, latter, are_pairs, are_topics, strict=True)
    ]
    ends = np.cumsum(np.bincount(terms.papers[chosen], minlength=papers)).tolist()
    return ["\n".join(every[start:end]) for start, end in zip(chain([0], ends), ends, strict=False)]
