"""Counting: which term stands how often and where, in which field of which document.

The figures are those that lunr.js counts when it builds an index of the same texts; what it makes
of them, its weights, follows from them and the size of the catalog, and is left to the browser.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.model.fragments import Shard, whole
from generator.model.papers import Paper
from generator.search import words

BOOSTS: Final = {"title": 10, "abstract": 1, "authors": 4, "topics": 3, "venue": 2, "year": 1}
"""The fields that are searched, in lunr's order, and how much a word in each counts."""

ABSTRACT: Final = list(BOOSTS).index("abstract")
"""The field whose lengths are stored apart, once for all terms."""

SHARD = 2_500
"""Papers whose words are numbered together."""

Numbers = NDArray[np.int32]

Names = Mapping[str, str]
"""The names of topics, by slug."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """All that is known about the words of some documents.

    `term`, `field`, `document`, `frequency` and `length` are parallel: one entry for each posting,
    sorted by these first three. Documents are numbered from 0.
    """

    order: list[int]
    """Which of the papers each document is: oldest first and, of one date, those with the shortest
    abstracts first, so that the lengths of abstracts can be stored in next to nothing."""

    abstracts: Numbers
    """The length of each document's abstract."""

    terms: list[str]
    """Sorted as JavaScript sorts strings, by UTF-16 code units."""

    surfaces: list[str]
    """The commonest word that each term is the stem of."""

    ordinals: Numbers
    """For each term its place among those whose last document is the same, in the order in which
    they first stand in it. lunr adds numbers up in the order in which it met their terms; it meets
    the last document first."""

    term: Numbers
    field: Numbers
    document: Numbers
    frequency: Numbers
    """How often the term stands in the field, at least once."""

    length: Numbers
    """How many terms, stop words left out, the field has there."""

    positions: Numbers
    """Where the term stands: `frequency` ascending numbers a posting, posting after posting.

    A word's number is its place in the field, from 0 and with stop words counted; parts of a field,
    such as two authors, lie two apart.
    """

    totals: tuple[int, ...]
    """For each field, the terms of all documents together."""


class Words(NamedTuple):
    """The words of a shard of papers, as numbers into a vocabulary of its own."""

    vocabulary: list[str]
    terms: list[str | None]
    """What each of the vocabulary is indexed as."""

    packed_numbers: bytes
    packed_counts: bytes
    """Both as integers of 32 bits, so that they can be kept."""

    @property
    def numbers(self) -> Numbers:
        """All words, paper after paper, field after field."""
        return np.frombuffer(self.packed_numbers, np.int32)

    @property
    def counts(self) -> Numbers:
        """How many there are, for each paper and field."""
        return np.frombuffer(self.packed_counts, np.int32)


def fields(names: Names, paper: Paper) -> Sequence[Sequence[str]]:
    """The texts of a paper for each field of `BOOSTS`, in parts that no phrase reaches across.

    Args:
        names: of the topics, by slug.
        paper: becomes a document.
    """
    return (
        (paper.title,),
        paper.abstract.split("\n\n"),
        [author.name for author in paper.authors],
        list(dict.fromkeys([*(names[slug] for slug in paper.topics), *paper.keywords])),
        (paper.venue,),
        (year(paper),),
    )


def year(paper: Paper) -> str:
    """The year of a paper: its own if known, else that of the list it was on."""
    return (paper.published or paper.date)[:4]


def read(names: Names, papers: Shard) -> Words:
    """The words of one shard; `names` are those of all topics, by slug."""
    numbers: dict[str, int] = _Numbering()
    positions_found: list[int] = []
    counts: list[int] = []
    for paper in whole(papers):
        for parts in fields(names, paper):
            before = len(positions_found)
            for part in parts:
                if len(positions_found) > before:
                    positions_found.append(numbers[""])  # no word: keeps the parts of a field apart
                positions_found += [numbers[word] for word in words.fold(part).split()]
            counts.append(len(positions_found) - before)
    vocabulary = list(numbers)
    return Words(
        vocabulary,
        [words.term(word) if word else None for word in vocabulary],
        np.array(positions_found, np.int32).tobytes(),
        np.array(counts, np.int32).tobytes(),
    )


class _Numbering(dict[str, int]):
    """Gives each new word the next number."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


def count(shards: list[Words], dates: Sequence[str]) -> Postings:
    """The postings of some papers.

    Args:
        shards: the words of the papers, oldest first, which are taken from there. Which of the
            papers each document is, the result says.
        dates: of each of them.
    """
    terms, surfaces, translations = _vocabulary(shards)
    number = np.concatenate([_EMPTY, *map(np.take, translations, (s.numbers for s in shards))])
    counts = np.concatenate([_EMPTY, *(shard.counts for shard in shards)])
    shards.clear()  # there may be a gigabyte of words; from here on each is 4 bytes
    width = len(BOOSTS)
    order = _order(number, counts, dates)
    number, counts = _reordered(number, counts, order)

    # One row a word: where it stands.
    place = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    position = np.arange(len(number), dtype=np.int32) - np.repeat(_starts(counts), counts)
    is_term = number >= 0
    number, place, position = number[is_term], place[is_term], position[is_term]
    lengths = np.bincount(place, minlength=len(counts)).astype(np.int32)
    ordinals = _ordinals(number, place // width, len(terms))

    # Sorted by term and field; what was sorted by document and position stays so.
    key = number * width + place % width
    rows = np.argsort(key, kind="stable")
    del number, is_term
    key, place, position = key[rows], place[rows], position[rows]
    del rows
    is_first = np.append(True, (key[1:] != key[:-1]) | (place[1:] != place[:-1]))
    first = np.flatnonzero(is_first[: len(key)]).astype(np.int32)
    key, where = key[first], place[first]
    return Postings(
        order=order.tolist(),
        abstracts=lengths[ABSTRACT::width],
        terms=terms,
        surfaces=surfaces,
        ordinals=ordinals,
        term=key // width,
        field=key % width,
        document=where // width,
        frequency=np.diff(first, append=np.int32(len(place))),
        length=lengths[where],
        positions=position,
        totals=tuple(int(lengths[field::width].sum()) for field in range(width)),
    )


def _order(number: Numbers, counts: Numbers, dates: Sequence[str]) -> Numbers:
    """See `Postings.order`.

    Args:
        number: the term of each word, field after field and paper after paper; -1 if it has none.
        counts: the words of each of these fields.
        dates: of the papers, which are in their order.
    """
    terms_before = np.append(0, np.cumsum(number >= 0, dtype=np.int32))
    ends = np.cumsum(counts, dtype=np.int32)[ABSTRACT :: len(BOOSTS)]
    lengths = terms_before[ends] - terms_before[ends - counts[ABSTRACT :: len(BOOSTS)]]
    is_later = [before != date for before, date in pairwise(dates)]
    days = np.cumsum(np.array([False, *is_later][: len(dates)]))
    return np.lexsort((lengths, days)).astype(np.int32)


def _reordered(number: Numbers, counts: Numbers, order: Numbers) -> tuple[Numbers, Numbers]:
    """The words and how many there are of each field, with the papers in this order."""
    table = counts.reshape(len(order), len(BOOSTS))
    totals = table.sum(axis=1, dtype=np.int32)
    moved = totals[order]
    shifts = _starts(totals)[order] - _starts(moved)
    where = np.arange(len(number), dtype=np.int32) + np.repeat(shifts, moved)
    return number[where], table[order].ravel()


def _starts(counts: Numbers) -> Numbers:
    return np.cumsum(counts, dtype=np.int32) - counts


_EMPTY: Final = np.empty(0, np.int32)


def _vocabulary(shards: Sequence[Words]) -> tuple[list[str], list[str], list[Numbers]]:
    """All terms, the commonest word of each, and for each shard the term of each of its words.

    Stop words have the term -1.
    """
    totals: Counter[str] = Counter()
    stems: dict[str, str] = {}
    for shard in shards:
        often = np.bincount(shard.numbers, minlength=len(shard.vocabulary)).tolist()
        for word, term, times in zip(shard.vocabulary, shard.terms, often, strict=True):
            if term:
                totals[word] += times
                stems[word] = term
    surfaces: dict[str, str] = {}
    for word in sorted(totals, key=lambda word: (-totals[word], word)):
        surfaces.setdefault(stems[word], word)
    terms = sorted(surfaces, key=lambda term: term.encode("utf-16-be", "surrogatepass"))
    numbers: dict[str | None, int] = {term: number for number, term in enumerate(terms)}
    translations = [
        np.array([numbers.get(term, -1) for term in shard.terms], np.int32) for shard in shards
    ]
    return terms, [surfaces[term] for term in terms], translations


def _ordinals(number: Numbers, document: Numbers, terms: int) -> Numbers:
    """See `Postings.ordinals`.

    Args:
        number: the term of each word, in the order of the documents and within them.
        document: where it stands.
        terms: how many there are.
    """
    last, first_there = np.zeros(terms, np.int32), np.zeros(terms, np.int64)
    last[number] = document  # of several, the last is kept
    backwards = np.flatnonzero(document == last[number])[::-1]
    first_there[number[backwards]] = backwards
    order = np.lexsort((first_there, last))
    begins = np.flatnonzero(np.diff(last[order], prepend=-1))
    ordinals = np.empty(terms, np.int32)
    ordinals[order] = np.arange(terms) - np.repeat(begins, np.diff(begins, append=terms))
    return ordinals


def texts(papers: Iterable[Paper], names: Names) -> list[dict[str, str]]:
    """The documents as lunr would be given them: folded text by field."""
    return [
        {
            name: " ".join(filter(None, map(words.fold, parts)))
            for name, parts in zip(BOOSTS, fields(names, paper), strict=True)
        }
        for paper in papers
    ]
