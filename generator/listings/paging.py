"""What a list of papers is, before it is cut into pages, feeds and files of citations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypeVar

from generator.papers import Paper

Term = TypeVar("Term")

ORDERS: Final = {
    "newest": "newest first",
    "listed": "in the order of the list",
    "upvotes": "most upvoted first",
    "trending": "most upvoted first, where a vote counts half after three days",
    "title": "by title",
}
"""The orders that papers may stand in, and how a page says so."""

CITATIONS: Final = ("bib", "ris", "csl.json")
"""Endings of the files that hold the citations of a list."""


@dataclass(frozen=True, slots=True)
class Part:
    """A link to another list, with how many papers that one holds."""

    address: str
    name: str
    total: int


@dataclass(frozen=True, slots=True)
class Beside:
    """A column of links beside a list."""

    name: str
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list of papers, of one page or many; the first is at `address`."""

    address: str
    heading: str
    papers: Sequence[Paper]
    brief: str = ""
    """What a narrow place says instead of the heading, if it should be shorter."""

    description: str = ""
    curator: str = ""
    orcid: str = ""
    """The iD of the person whose papers these are."""

    order: str = "newest"
    """One of `ORDERS`."""

    above: Part | None = None
    """The list that this one is part of."""

    newer: Part | None = None
    older: Part | None = None
    parts: Sequence[Part] = ()
    """Smaller lists within this one, or places in it, or lists of the same kind."""

    topics_name: str = "Topics"
    """What the topics beside the list are called; without a name none stand there."""

    own_topic: str = ""
    """The slug of the topic that all have, which is not said again beside the list."""

    beside: Sequence[Beside] = ()
    """What else stands beside the list."""

    dated: bool = True
    """Whether each paper's day is said: not where all are of one day."""

    headings: str = ""
    """What papers stand under, if anything: their `year` or the `letter` of their title."""

    has_feed: bool = False
    citations: Sequence[str] = ()
    """Endings of its files of citations, of `CITATIONS`."""

    filter: str = ""
    """What the page of search results is asked to show the same papers: `topic=retrieval`."""

    @property
    def changed(self) -> str:
        """The latest full date of any of its papers; empty where there is none."""
        days = (date for paper in self.papers for date in (paper.date, paper.revised))
        return max((day for day in days if len(day) == len("2025-08-07")), default="")

    def as_part(self, name: str = "") -> Part:
        """The link that leads here."""
        return Part(self.address, name or self.heading, len(self.papers))


def cut(terms: Sequence[Term], size: int) -> Iterator[tuple[int, int, Sequence[Term]]]:
    """Pages of `size` with their number and how many there are; one empty page of nothing."""
    total = max(1, -(-len(terms) // size))
    for number in range(1, total + 1):
        yield number, total, terms[(number - 1) * size : number * size]


def common(terms: Iterable[str], most: int) -> list[tuple[str, int]]:
    """The terms that stand there most often, with how often."""
    numbers = Counter(terms)
    return sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))[:most]


def unique(lists: Iterable[Sequence[Paper]]) -> list[Paper]:
    """All papers, each where it comes first."""
    return list({paper.id: paper for paper in chain.from_iterable(lists)}.values())
