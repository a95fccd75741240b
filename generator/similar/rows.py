"""What each paper is about: its strongest terms, weighed by how few papers have them (TF-IDF).

A weight is a whole number, so that sums of their products are exact: what is found is the same to
the bit in whatever order and however many at a time papers are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from math import log2
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.build import work
from generator.model.fragments import Shard, whole
from generator.similar.counts import COMMON, MANY, Having, Rarity, had
from generator.similar.terms import Terms, count_terms, text_of

STRONGEST: Final = 40
"""Terms of a paper that count."""

ONE: Final = 2**26
"""The length of a row. The square is less than 2^53, up to which a float holds whole numbers."""

_PAIR: Final = 0.7
"""What two words together weigh, since each counts already."""

SHARD: Final = 4_000
"""Papers whose words are counted at once."""


class Rows(NamedTuple):
    """The strongest terms of papers: of each at most `STRONGEST`, as the alphabet has them."""

    terms: NDArray[np.uint64]
    """Digests; shape (papers, `STRONGEST`)."""

    weights: NDArray[np.uint32]
    """Their squares add up to the square of `ONE`; zero where a paper has no more terms."""

    parts: NDArray[np.uint8]
    """The words of each term, numbered from 1 within the row; zero for a topic, and for the second
    where there is none. Shape (papers, `STRONGEST`, 2)."""


class Words(NamedTuple):
    """The terms of `Rows` as they first stand in the abstract, else in the title."""

    lines: NDArray[np.uint8]
    """UTF-8; the terms of a paper are parted by line feeds, and a topic's is empty."""

    ends: NDArray[np.int64]
    """Where those of each paper end."""

    def of(self, place: int) -> list[str]:
        """Those of one paper."""
        start = self.ends.item(place - 1) if place else 0
        line = self.lines[start : self.ends.item(place)].tobytes()
        return line.decode("utf-8", "surrogatepass").split("\n")


def strongest(
    shards: Sequence[Shard], rarity: Rarity, jobs: int
) -> Iterator[tuple[int, Rows, Words, Having]]:
    """The row of each paper, its terms as they are written, and all that it has.

    Args:
        shards: of any papers; the row of one does not depend on the others.
        rarity: how many papers have each term.
        jobs: processes at most.

    Yields:
        The number of a shard and what is found for it, in any order, so that only a few lie in
        memory.
    """
    jobs = jobs if len(shards) * SHARD >= MANY else 1
    return work.spread(partial(_strongest, rarity), enumerate(shards), jobs)


def joined(some: Iterable[Rows]) -> Rows:
    """All rows, one after another."""
    empty = Rows(
        np.empty((0, STRONGEST), np.uint64),
        np.empty((0, STRONGEST), np.uint32),
        np.empty((0, STRONGEST, 2), np.uint8),
    )
    several = list(some)
    if len(several) == 1:
        return several[0]
    several.insert(0, empty)
    return Rows(
        np.concatenate([rows.terms for rows in several]),
        np.concatenate([rows.weights for rows in several]),
        np.concatenate([rows.parts for rows in several]),
    )


def picked(rows: Rows, places: NDArray[np.int64]) -> Rows:
    """The rows at these places."""
    return Rows(rows.terms[places], rows.weights[places], rows.parts[places])


def differ(some: Rows, others: Rows) -> NDArray[np.bool_]:
    """Of each row, whether the other is another one."""
    return np.asarray(
        (some.terms != others.terms).any(axis=1)
        | (some.weights != others.weights).any(axis=1)
        | (some.parts != others.parts).any(axis=(1, 2))
    )


def picked_words(words: Words, places: NDArray[np.int64]) -> Words:
    """The words of the papers at these places."""
    starts = words.ends - np.diff(words.ends, prepend=0)
    spans = zip(starts[places].tolist(), words.ends[places].tolist(), strict=True)
    lines = [words.lines[start:end] for start, end in spans]
    ends = np.cumsum((words.ends - starts)[places])
    return Words(np.concatenate([np.empty(0, np.uint8), *lines]), ends)


def joined_words(some: Iterable[Words]) -> Words:
    """All words, one paper after another."""
    several = list(some)
    if len(several) == 1:
        return several[0]
    lengths = [np.diff(words.ends, prepend=0) for words in several]
    ends = np.cumsum(np.concatenate([np.empty(0, np.int64), *lengths]))
    lines = np.concatenate([np.empty(0, np.uint8), *(words.lines for words in several)])
    return Words(lines, ends)


def _strongest(rarity: Rarity, shard: tuple[int, Shard]) -> tuple[int, Rows, Words, Having]:
    number, papers_of = shard
    texts = list(map(text_of, whole(papers_of)))
    terms = count_terms(texts)
    weights = _weights(terms, rarity)
    some = np.flatnonzero(weights)
    # The strongest of each paper, of equal ones those that the alphabet has first.
    order = some[np.lexsort((-weights[some], terms.papers[some]))]
    kept = np.sort(order[_places(terms.papers[order]) < STRONGEST])
    papers = terms.papers[kept]
    at = papers, _places(papers)

    length = len(texts)
    exact = np.zeros((length, STRONGEST))
    exact[at] = weights[kept]
    squares = np.zeros(length)
    for column in exact.T:  # in one order whatever the machine, for these sums are rounded
        squares += column * column
    squares[squares == 0] = 1
    digests = np.zeros((length, STRONGEST), np.uint64)
    digests[at] = terms.digests[kept]
    parts = np.zeros((length, STRONGEST, 2), np.uint8)
    parts[at] = _parts(terms, kept)
    rounded = np.rint(exact * (ONE / np.sqrt(squares))[:, None]).astype(np.uint32)
    found = Rows(digests, rounded, parts)
    return number, found, _written(terms, kept, length), had(terms, length)


def _weights(terms: Terms, rarity: Rarity) -> NDArray[np.float64]:
    """What each term says of its paper; zero for nothing."""
    classes = rarity.classes(rarity.of(terms.digests))  # and on nothing else of these numbers
    pairs = terms.are_pairs
    rare = int(log2(rarity.settled)) - np.maximum(classes % COMMON, 1) + 1
    different, inverse = np.unique(terms.counts, return_inverse=True)
    often = np.array([1 + log2(number) for number in different.tolist()])[inverse]
    weights = often * rare * np.where(pairs, _PAIR, 1.0)
    weights[pairs & (classes == 0)] = 0  # a chance meeting of two words
    weights[(classes >= COMMON) & ~terms.are_topics] = 0
    return np.asarray(weights, np.float64)


def _places(papers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place of each among those of the same paper, which stand together."""
    return np.arange(len(papers)) - np.searchsorted(papers, papers)


def _parts(terms: Terms, kept: NDArray[np.int64]) -> NDArray[np.uint8]:
    papers = terms.papers[kept]
    words = np.stack([some[kept] for some in terms.words], axis=1)
    words[terms.are_topics[kept]] = -1
    keys = papers[:, None] * (terms.stems + 1) + words + 1
    different, inverse = np.unique(keys, return_inverse=True)
    before = np.searchsorted(different, papers * (terms.stems + 1) + 1)
    numbers = inverse.reshape(keys.shape) - before[:, None] + 1
    return np.where(words < 0, 0, numbers).astype(np.uint8)


def _written(terms: Terms, kept: NDArray[np.int64], papers: int) -> Words:
    first = terms.first[kept]
    written = terms.written
    latter = terms.tokens[first].tolist()  # of a topic any word, which is not used
    former = terms.tokens[first - 1].tolist()
    are_pairs = terms.are_pairs[kept].tolist()
    are_topics = terms.are_topics[kept].tolist()
    every = [
        "" if topic else f"{written[one]} {written[other]}" if pair else written[other]
        for one, other, pair, topic in zip(former, latter, are_pairs, are_topics, strict=True)
    ]
    ends = np.cumsum(np.bincount(terms.papers[kept], minlength=papers)).tolist()
    lines = [
        "\n".join(every[start:end]).encode("utf-8", "surrogatepass")
        for start, end in zip(chain([0], ends), ends, strict=False)
    ]
    ends_of_lines = np.cumsum(np.fromiter(map(len, lines), np.int64, len(lines)))
    return Words(np.frombuffer(b"".join(lines), np.uint8), ends_of_lines)
