"""Which papers are like a paper, and by which words: TF-IDF and the cosine of the angle between.

One new paper must not change the pages of all others. So nothing that weighs a word depends on it:
how many papers have a word is counted in the oldest 2^n papers only (as many as there are, at
most), which stay the same until the catalog has doubled, or a paper older than they are comes. A
new paper enters the lists that it belongs to, and all others stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import log2
from typing import Any, Final, NamedTuple
from zlib import crc32

import numpy as np
from lunr.stop_word_filter import WORDS as STOP_WORDS

from generator import work
from generator.papers import Paper
from generator.text import segments

MOST: Final = 8
"""Neighbours of a paper, at most."""

LIKENESS: Final = 0.12
"""The cosine that a neighbour has at least; less is chance."""

WORDS_SHOWN: Final = 4

_TERMS: Final = 40
"""Terms of a paper that count: its strongest."""

_TITLE: Final = 3
"""How often a word of the title counts."""

_PAIR: Final = 0.7
"""What two words together weigh, since each counts already."""

_SHOWN_PAIR: Final = 2.5
"""How much sooner they are shown: together they say more to a person than apart."""

_TOPIC: Final = "#"
"""Begins the term of a topic, which is no word to be shown."""

_COMMON: Final = 8
"""A word that one paper in so many has says nothing."""

_COUNTERS: Final = 2**24
"""Words are counted by hash, so that millions of pairs fit into memory."""

_WORD: Final = re.compile(r"[^\W\d_][\w]*(?:[-\u2010\u2011'’][\w]+)*|\S")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A paper that is like another."""

    paper: str
    """Its id."""

    words: tuple[str, ...]
    """What both have, the weightiest first, as the first writes it: `("draft model", "cache")`."""


def find(papers: Sequence[Paper], jobs: int = 1) -> dict[str, tuple[Neighbour, ...]]:
    """The papers most like each of these, by id, the most like first; none where nothing is.

    Args:
        papers: any, in any order; what is found does not depend on it.
        jobs: threads at most; what is found does not depend on them either.
    """
    if len(papers) < 2:
        return {}
    with work.keeping_everything():
        return _found(papers, jobs)


def _found(papers: Sequence[Paper], jobs: int) -> dict[str, tuple[Neighbour, ...]]:
    # These two take a second to load, which `papershelf check` need not wait for.
    from scipy.sparse import csr_matrix
    from sparse_dot_topn import sp_matmul_topn

    papers = sorted(papers, key=lambda paper: paper.id)
    weigh = _Weights(papers)
    rows = [weigh.strongest(paper) for paper in papers]
    columns = {
        term: place
        for place, term in enumerate(sorted({term for row in rows for term in row.weights}))
    }
    matrix = csr_matrix(
        (
            np.fromiter((w for row in rows for w in row.weights.values()), np.float64),
            np.fromiter((columns[term] for row in rows for term in row.weights), np.int32),
            np.cumsum([0, *(len(row.weights) for row in rows)]),
        ),
        shape=(len(papers), max(1, len(columns))),
    )
    matrix.sort_indices()  # sums are then the same, whatever order the terms were met in
    near = sp_matmul_topn(
        matrix, matrix.T.tocsr(), MOST + 1, threshold=LIKENESS, sort=True, n_threads=max(1, jobs)
    )
    return {
        paper.id: neighbours
        for place, paper in enumerate(papers)
        if (neighbours := _neighbours(papers, rows, near, place))
    }


def _neighbours(
    papers: Sequence[Paper], rows: Sequence[_Row], near: Any, place: int
) -> tuple[Neighbour, ...]:
    span = slice(near.indptr[place], near.indptr[place + 1])
    found = sorted(
        (-round(float(score), 6), papers[other].id, int(other))
        for score, other in zip(near.data[span], near.indices[span], strict=True)
        if other != place
    )
    row = rows[place]
    written = dict(zip(row.weights, row.written, strict=True)) if found else {}
    return tuple(
        Neighbour(paper, tuple(written[term] for term in _shown(row, rows[other])))
        for _, paper, other in found[:MOST]
    )


def _shown(row: _Row, other: _Row) -> list[str]:
    """The weightiest terms of both, without words that stand in a pair already."""
    shared = sorted(
        (-row.weights[term] * other.weights[term] * (_SHOWN_PAIR if " " in term else 1), term)
        for term in row.weights.keys() & other.weights.keys()
    )
    shown: list[str] = []
    said: set[str] = set()
    for _, term in shared:
        words = term.split()
        if term[0] != _TOPIC and said.isdisjoint(words):
            shown.append(term)
            said.update(words)
        if len(shown) == WORDS_SHOWN:
            break
    return shown


class _Row(NamedTuple):
    """What a paper is about."""

    weights: dict[str, float]
    """Of its strongest terms; their squares add up to one."""

    written: tuple[str, ...]
    """The same terms as they first stand in the abstract, else in the title."""


class _Weights:
    """How much each word says, as the oldest papers of a catalog have it."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        oldest = sorted(papers, key=lambda paper: (paper.date or "9", paper.id))
        self._settled = 2 ** int(log2(len(oldest)))
        counts = np.zeros(_COUNTERS, np.uint32)
        for paper in oldest[: self._settled]:
            counts[[_hash(term) for term in _counted(paper)]] += 1
        self._counts = counts

    def strongest(self, paper: Paper) -> _Row:
        """The paper's strongest terms."""
        written: dict[str, str] = {}
        counted = _counted(paper, written)
        numbers = self._counts[[_hash(term) for term in counted]].tolist()
        weights = {}
        for (term, count), number in zip(counted.items(), numbers, strict=True):
            if " " in term and number < 2:
                continue  # a chance meeting of two words
            if number * _COMMON > self._settled > 1_000 and term[0] != _TOPIC:
                continue
            rarity = log2(self._settled) - int(log2(max(number, 2))) + 1
            weights[term] = (1 + log2(count)) * rarity * (_PAIR if " " in term else 1)
        kept = sorted(weights, key=lambda term: (-weights[term], term))[:_TERMS]
        length = sum(weights[term] ** 2 for term in kept) ** 0.5
        return _Row(
            {term: weights[term] / length for term in kept},
            tuple(written.get(term, "") for term in kept),
        )


def _hash(term: str) -> int:
    return crc32(term.encode()) % _COUNTERS


def _counted(paper: Paper, written: dict[str, str] | None = None) -> dict[str, int]:
    """How often the paper has each word, pair of words, and topic.

    Args:
        paper: what is counted.
        written: takes each term as it first stands there, if it is asked for.
    """
    counts: dict[str, int] = {}
    for text, times in ((paper.abstract, 1), (paper.title, _TITLE)):
        for segment in segments(text):
            words = _WORD.findall(segment.text) if segment.kind == "text" else []
            before, word_before = "", ""
            for word in words:
                term = _stem(word)
                if term:
                    if written is not None and term not in counts:
                        written[term] = word
                    counts[term] = counts.get(term, 0) + times
                    if before and before != term:
                        pair = f"{before} {term}"
                        if written is not None and pair not in counts:
                            written[pair] = f"{word_before} {word}"
                        counts[pair] = counts.get(pair, 0) + times
                before, word_before = term, word
    for slug in paper.topics:
        counts[_TOPIC + slug] = 2
    return counts


@cache
def _stem(word: str) -> str:
    """A word without its plural; empty for what is no word, or says nothing.

    The rules are Harman's (How effective is suffixing?, 1991): what a stemmer joins besides, such
    as “person” and “personality”, is not alike enough here.
    """
    low = word.lower().replace("\u2010", "-").replace("\u2011", "-").replace("’", "'")
    low = low.removesuffix("'s")
    if len(low) < 2 or low in STOP_WORDS or _SCHOLARLY.fullmatch(low):
        return ""
    if low.endswith("ies") and low[-4:-3] not in ("e", "a"):
        return f"{low[:-3]}y"
    if low.endswith("es") and low[-3:-2] not in ("a", "e", "o"):
        return low[:-1]
    return low[:-1] if low.endswith("s") and low[-2] not in "us" else low


_SCHOLARLY: Final = re.compile(
    r"achiev(?:e[sd]?|ing)|approach(?:es)?|based|between|both|code|demonstrat(?:es?|ing)"
    r"|effective(?:ly)?|evaluat(?:es?|ed|ion)|exist(?:s|ing)|experiment(?:s|al)?|extensive"
    r"|first|framework|further(?:more)?|given|good|https?|improv(?:es?|ed|ing|ements?)"
    r"|includ(?:es?|ing)|increas(?:es?|ing)|introduc(?:es?|ing)|large|many|methods?|models?|more"
    r"|moreover|most|new|novel|number|often|one|only|outperforms?|over|papers?|per|performance"
    r"|present(?:s|ed)?|problem|propos(?:es?|ed)|provid(?:es?|ing)|recent(?:ly)?|results?"
    r"|several|show[ns]?|significant(?:ly)?|simple|state|state-of-the-art|study|superior|tasks?"
    r"|therefore|these|three|through|thus|two|under|us(?:es?|ed|ing)|various|very|via|well|when"
    r"|whereas|which|while|within|works?"
)
"""What papers of every kind say of themselves."""
