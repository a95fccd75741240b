"""Which words, pairs of words and topics papers have, counted for thousands of papers at once.

Each different word is looked at once; the rest is arithmetic on arrays of its numbers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b
from itertools import count
from typing import Final, NamedTuple

import numpy as np
from lunr.stop_word_filter import WORDS as STOP_WORDS
from numpy.typing import NDArray

from generator.model import outputs
from generator.model.papers import Paper, PaperSummary
from generator.text import segments

Numbers = NDArray[np.int64]

TITLE: Final = 3
"""How often a word of the title counts."""

TOPIC: Final = 2
"""How often a topic counts."""

TOPIC_MARK: Final = "#"
"""Begins the term of a topic, which no word does."""

_WORD: Final = re.compile(r"[^\W\d_][\w]*(?:[-\u2010\u2011'’][\w]+)*|\S")

_MIXED: Final = np.uint64(0x9E3779B97F4A7C15)
"""Odd, so that no bit is lost; the golden ratio's (Knuth, The Art of Computer Programming, 6.4)."""


class Text(NamedTuple):
    """All that is read of a paper."""

    title: str
    abstract: str
    topics: tuple[str, ...]


def text_of(paper: Paper) -> Text:
    """What is read of a paper."""
    return Text(paper.title, paper.abstract, paper.topics)


def digest(paper: Paper) -> bytes:
    """Changes with all that is read of a paper here: 16 bytes."""
    if isinstance(paper, PaperSummary):
        return paper.text
    return outputs.key(*text_of(paper))


class Terms(NamedTuple):
    """The different terms of some papers, paper by paper and there as the alphabet has them."""

    papers: Numbers
    """Of each term, the place of its paper in the shard."""

    counts: Numbers
    """Of each term, how often its paper has it."""

    first: Numbers
    """Of each term, the place of its only or second word in `tokens`; -1 for a topic."""

    words: tuple[Numbers, Numbers]
    """Of each term, its first word and its second, as places in `alphabet`; -1 for none."""

    digests: NDArray[np.uint64]
    """Of each term, the same for the same term in any shard."""

    tokens: Numbers
    """All words that stand in the papers, as places in `written`."""

    written: list[str]
    """The words as they stand there."""

    alphabet: list[str]
    """All words without their plurals, and topics, sorted."""

    @property
    def are_words(self) -> NDArray[np.bool_]:
        """Of each term, whether it is one word."""
        return ~self.are_pairs & ~self.are_topics

    @property
    def are_pairs(self) -> NDArray[np.bool_]:
        """Of each term, whether it is two words."""
        return self.words[1] >= 0

    @property
    def are_topics(self) -> NDArray[np.bool_]:
        """Of each term, whether it is a topic."""
        return self.first < 0


def count_terms(texts: Sequence[Text]) -> Terms:
    """How often each paper has each word, pair of words that stand together, and topic."""
    index: defaultdict[str, int] = defaultdict(count().__next__)
    gap = index[""]  # parts words that do not stand together
    tokens: list[int] = []
    ends = []  # of the abstract and the title of each paper, in `tokens`
    for text in texts:
        for part in (text.abstract, text.title):
            for segment in segments(part):
                if segment.kind == "text":
                    tokens += map(index.__getitem__, _WORD.findall(segment.text))
                tokens.append(gap)
            ends.append(len(tokens))
    tokens.append(gap)  # so that there is one, also where there is no text
    written = list(index)
    stems = list(map(stem, written))
    topics = [(n, TOPIC_MARK + slug) for n, text in enumerate(texts) for slug in set(text.topics)]
    # Numbered as the alphabet has them, so that no term needs to be spelt out to be sorted.
    alphabet = sorted({*stems, *(topic for _, topic in topics)} - {""})
    ranks = {word: rank for rank, word in enumerate(alphabet)} | {"": -1}
    places = np.array(tokens, np.int64)
    rank = np.array([ranks[word] for word in stems], np.int64)[places]
    lengths = np.diff(np.array([0, *ends]))
    paper = np.repeat(np.arange(len(ends)) // 2, lengths)
    times = np.repeat(np.tile([1, TITLE], len(texts)), lengths)

    one = np.flatnonzero(rank >= 0)
    two = one[1:][(np.diff(one) == 1) & (rank[one[1:]] != rank[one[:-1]])]
    topic = np.array([ranks[word] for _, word in topics], np.int64)
    papers = np.concatenate([paper[one], paper[two], np.array([n for n, _ in topics], np.int64)])
    former = np.concatenate([rank[one], rank[two - 1], topic])
    latter = np.concatenate([np.full(len(one), -1), rank[two], np.full(len(topics), -1)])
    width = len(alphabet) + 1
    # "a" stands before "a b", and that before "ab", for a space sorts before what is in words.
    keys = (papers * width + former) * width + latter + 1
    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
    counts = np.concatenate([times[one], times[two], np.full(len(topics), TOPIC)])
    first = order[starts]  # what is found first stands first, for the order is stable
    words = former[first], latter[first]
    return Terms(
        papers[first],
        np.add.reduceat(counts[order], starts) if len(starts) else starts,
        np.concatenate([one, two, np.full(len(topics), -1)])[first],
        words,
        _digests(alphabet, *words),
        places,
        written,
        alphabet,
    )


def _digests(alphabet: Sequence[str], former: Numbers, latter: Numbers) -> NDArray[np.uint64]:
    whole = b"".join(
        blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest() for word in alphabet
    )
    of_word = np.frombuffer(whole, "<u8").astype(np.uint64)
    digests = of_word[former]
    pairs = np.flatnonzero(latter >= 0)
    digests[pairs] = digests[pairs] * _MIXED + of_word[latter[pairs]]
    return digests


def stem(word: str) -> str:
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
