"""What a list of papers is, before it is cut into pages and feeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from heapq import nlargest, nsmallest
from itertools import chain
from operator import attrgetter
from typing import Final, NamedTuple

from generator.model import addresses
from generator.model.chunks import content_defined_starts
from generator.model.papers import Paper

ORDERS: Final = {
    "newest": "newest first",
    "listed": "in the order of the list",
    "upvotes": "most upvoted first",
    "trending": "most upvoted first, where a vote counts half after three days",
    "title": "by title",
}
"""The orders that papers may stand in, and how a page says so."""

CITATIONS: Final = ("bib", "ris", "csl.json")
"""Endings of files of citations."""


@dataclass(frozen=True, slots=True)
class Part:
    """A link to another list, with how many papers that one holds."""

    address: str
    name: str
    total: int


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

    day: str = ""
    """The day that all are of, where they are of one."""

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

    person: str = ""
    """The id of the person whose papers these are; co-authors stand beside the list."""

    dated: bool = True
    """Whether each paper's day is said: not where all are of one day."""

    lines: bool = False
    """Whether each paper has a line, and not the beginning of its abstract too."""

    headings: str = ""
    """What papers stand under, if anything: their `year` or the `letter` of their title."""

    has_feed: bool = False
    filter: str = ""
    """What the page of search results is asked to show the same papers: `topic=retrieval`."""

    @property
    def shown(self) -> tuple[object, ...]:
        """All that is known of the list but its papers."""
        return tuple(getattr(self, name) for name in _SHOWN)

    def as_part(self, name: str = "") -> Part:
        """The link that leads here."""
        return Part(self.address, name or self.heading, len(self.papers))


_SHOWN: Final = [field.name for field in fields(Listing) if field.name != "papers"]


class Page(NamedTuple):
    """Some of the papers of a list, in its order."""

    name: str
    """What its address ends in: a number, or the id of its first paper; the first page has none."""

    papers: Sequence[Paper]


LINES: Final = 4
"""How many lines stand in the room of one entry."""


def cut(listing: Listing, size: int) -> list[Page]:
    """The pages of a list, of about `size` papers, or `LINES` times as many lines: one at least.

    They are cut so that a new paper leaves nearly all of them as they are. Where the newest come
    first, pages are numbered from the oldest, and the first one holds what is left over: from half
    of `size` to half as much again. Where papers come by title, a page begins where a paper's id
    says so, and is named by it. Other lists are numbered from their beginning.
    """
    papers = listing.papers
    size *= LINES if listing.lines else 1
    if len(papers) <= size:
        return [Page("", papers)]
    if listing.order == "newest":
        full = (len(papers) - max(1, size // 2)) // size
        first = len(papers) - full * size
        starts = [0, *range(first, len(papers), size)]
        names = ["", *map(str, range(full, 0, -1))]
    elif listing.headings == "letter":
        # By chance, a page has up to twice what it has on average.
        starts = list(content_defined_starts((paper.id for paper in papers), size * 3 // 4))
        names = ["", *(papers[start].id for start in starts[1:])]
    else:
        starts = list(range(0, len(papers), size))
        names = ["", *map(str, range(2, len(starts) + 1))]
    ends = [*starts[1:], len(papers)]
    return [
        Page(name, papers[start:end]) for name, start, end in zip(names, starts, ends, strict=True)
    ]


class Step(NamedTuple):
    """What stands in a pager: a link to a page, or the word for the page that one is on, or `…`."""

    label: str
    address: str | None = None


class Pager(NamedTuple):
    """The ways from one page of a list to the others."""

    previous: str | None
    """The address of the page before, if there is one."""

    next: str | None
    steps: tuple[Step, ...]
    """The first page, the last one, and those around this one."""

    @property
    def is_needed(self) -> bool:
        """Whether there is any other page."""
        return self.previous is not None or self.next is not None


def pager(start: str, names: Sequence[str], place: int, first: str = "1") -> Pager:
    """The pager of a page.

    Args:
        start: the address of the first page.
        names: of all pages, in their order; that of the first one is empty.
        place: that of this page among them.
        first: what the first page is called. Without it, pages have no names to be shown.
    """

    def to(place: int) -> str:
        return addresses.page(start, names[place])

    near = {0, len(names) - 1, *range(max(0, place - 2), min(len(names), place + 3))}
    steps: list[Step] = []
    for before, at in zip((-1, *sorted(near)), sorted(near), strict=False):
        if at > before + 1:
            steps.append(Step("…"))
        steps.append(Step(names[at] or first, None if at == place else to(at)))
    return Pager(
        to(place - 1) if place else None,
        to(place + 1) if place + 1 < len(names) else None,
        tuple(steps) if first else (),
    )


def common(terms: Iterable[str], most: int) -> list[tuple[str, int]]:
    """The terms that stand there most often, with how often."""
    counted = Counter(terms)
    # Not all are sorted: a paper of physics has thousands of authors, each with all others beside,
    # and nearly all as often as the next one.
    least = min(nlargest(most, counted.values()), default=0)
    more = [(term, total) for term, total in counted.items() if total > least]
    more.sort(key=lambda pair: (-pair[1], pair[0]))
    rest = nsmallest(most - len(more), (one for one, total in counted.items() if total == least))
    return [*more, *((term, least) for term in rest)]


_CHANGED: Final[Callable[[Paper], str]] = attrgetter("changed")


def latest(papers: Iterable[Paper]) -> str:
    """The latest full date of any of the papers; empty where there is none."""
    return max(map(_CHANGED, papers), default="")


def unique(lists: Iterable[Sequence[Paper]]) -> list[Paper]:
    """All papers, each where it comes first."""
    return list({paper.id: paper for paper in chain.from_iterable(lists)}.values())
