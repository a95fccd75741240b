"""The lists of papers: the front page, days, months and years, topics, titles.

No page grows with the catalog: a listing is cut into pages that are linked forward and back, and
what stands beside a list is limited.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby
from typing import TypeVar

from generator import addresses, text
from generator.papers import Paper
from generator.templates import Site, day_name, letter_anchor

TOPICS_BESIDE = 12
"""Topics that stand beside a list; the rest is one click away."""

TOPICS_PER_PAGE = 200
LATEST_DAYS = 31

Term = TypeVar("Term")

Pages = Iterator[tuple[str, str]]
"""Addresses and the Markdown of the pages there."""


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
    above: Part | None = None
    """The list that this one is part of."""

    parts: Sequence[Part] = ()
    """Smaller lists within this one, or places in it."""

    topics_name: str = "Topics"
    """What the topics beside the list are called; without a name none stand there."""

    own_topic: str = ""
    """The slug of the topic that all have, which is not said again beside the list."""

    dated: bool = True
    """Whether each paper's day is said: not where all are of one day."""

    lettered: bool = False
    """Whether the papers stand under their first letters."""

    def as_part(self, name: str = "") -> Part:
        """The link that leads here."""
        return Part(self.address, name or self.heading, len(self.papers))


def front(site: Site) -> Pages:
    """The latest days, as many as fit on one page, and the ways into the rest."""
    catalog, settings = site.catalog, site.settings
    room = settings.papers_per_page
    shown: list[Listing] = []
    for day, papers in catalog.by_day.items():
        if shown and len(papers) > room:
            break
        shown.append(_day(site, day, papers))
        room -= len(papers)
    yield (
        addresses.FRONT,
        site.page(
            "front.md.j2",
            addresses.FRONT,
            {
                "title": text.metadata(settings.site_name),
                "description": text.metadata(settings.site_description),
                "search": {"exclude": True},
            },
            total=len(catalog.papers),
            days=shown,
            room=settings.papers_per_page,
            earlier=len(catalog.by_day) > len(shown),
            topics=_common_topics(catalog.papers),
        ),
    )


def days(site: Site) -> Pages:
    """A listing for each day, month and year, and the page that leads to them."""
    by_day = site.catalog.by_day
    single = [_day(site, day, papers) for day, papers in by_day.items()]
    dated = [(day, listing) for day, listing in zip(by_day, single, strict=True) if day]
    months = [
        Listing(
            address=address,
            heading=f"{day:%B %Y}",
            papers=_unique(listing.papers for _, listing in group),
            above=Part(addresses.year(day), f"{day:%Y}", 0),
            parts=[listing.as_part(f"{day.day} {day:%b}") for day, listing in reversed(group)],
        )
        for address, day, group in _spans(dated, addresses.month)
    ]
    years = [
        Listing(
            address=address,
            heading=f"{day:%Y}",
            papers=_unique(listing.papers for _, listing in group),
            above=Part(addresses.DAYS, "Days", 0),
            parts=[
                month.as_part(month.heading.split()[0])
                for month in reversed(months)
                if month.above and month.above.address == address
            ],
        )
        for address, day, group in _spans(dated, addresses.year)
    ]
    for row in (single, months, years):
        for newer, listing, older in _neighbours(row):
            yield from _paged(site, listing, newer, older)
    yield (
        addresses.DAYS,
        site.page(
            "days.md.j2",
            addresses.DAYS,
            {
                "title": "Days",
                "description": "Papers by the day on which they were listed.",
                "search": {"exclude": True},
            },
            total=len(site.catalog.papers),
            latest=single[:LATEST_DAYS],
            day_count=len(single),
            years=years,
        ),
    )


def topics(site: Site) -> Pages:
    """A listing for each topic that has papers, and the pages that describe them all."""
    found = [topic for topic in site.catalog.topics if topic.slug in site.catalog.by_topic]
    for topic in found:
        yield from _paged(
            site,
            Listing(
                address=addresses.topic(topic.slug),
                heading=topic.name,
                papers=site.catalog.by_topic[topic.slug],
                description=topic.description,
                above=Part(addresses.TOPICS, "Topics", 0),
                topics_name="Often together with",
                own_topic=topic.slug,
            ),
        )
    for number, total, some in _cut(found, TOPICS_PER_PAGE):
        address = addresses.numbered(addresses.TOPICS, number)
        yield (
            address,
            site.page(
                "topics.md.j2",
                address,
                {
                    "title": _numbered("Topics", number),
                    "description": f"The {len(found)} topics of this catalog.",
                    "search": {"exclude": True},
                },
                start=addresses.TOPICS,
                topics=[(topic, len(site.catalog.by_topic[topic.slug])) for topic in some],
                topic_count=len(found),
                paper_count=len(site.catalog.papers),
                number=number,
                pages=total,
            ),
        )


def titles(site: Site) -> Pages:
    """All papers from A to Z in one sequence of pages, with a row of letters that leads into it."""
    papers = sorted(site.catalog.papers, key=lambda paper: (text.fold(paper.title), paper.id))
    papers.sort(key=lambda paper: _LETTERS.index(_letter(paper)))  # stable: digits after Z
    per_page = site.settings.papers_per_page
    letters = [_letter(paper) for paper in papers]
    yield from _paged(
        site,
        Listing(
            address=addresses.TITLES,
            heading="Titles",
            papers=papers,
            parts=[
                Part(
                    addresses.numbered(addresses.TITLES, 1 + letters.index(letter) // per_page)
                    + f"#{letter_anchor(letter)}",
                    letter,
                    total,
                )
                for letter, total in Counter(letters).items()
            ],
            topics_name="",
            lettered=True,
        ),
    )


_LETTERS = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0–9", "Others"]


def _letter(paper: Paper) -> str:
    """The heading a title stands under: its letter without accents, `0–9` or `Others`."""
    first = text.fold(paper.title)[:1].upper()
    if first in _LETTERS:
        return first
    return "0–9" if first.isdigit() else "Others"


def _day(site: Site, day: date | None, papers: Sequence[Paper]) -> Listing:
    return Listing(
        address=addresses.day(day),
        heading=day_name(day),
        brief=day_name(day, "short"),
        papers=papers,
        curator=site.catalog.curators.get(day, ""),
        above=Part(addresses.month(day), f"{day:%B %Y}", 0)
        if day
        else Part(addresses.DAYS, "Days", 0),
        dated=False,
    )


def _paged(
    site: Site, listing: Listing, newer: Listing | None = None, older: Listing | None = None
) -> Pages:
    """The pages of a listing, linked forward and back."""
    summary = f"{len(listing.papers):,} paper{'' if len(listing.papers) == 1 else 's'}"
    beside = _common_topics(listing.papers, listing.own_topic) if listing.topics_name else ()
    for number, total, papers in _cut(listing.papers, site.settings.papers_per_page):
        address = addresses.numbered(listing.address, number)
        yield (
            address,
            site.page(
                "listing.md.j2",
                address,
                {
                    "title": text.metadata(_numbered(listing.heading, number)),
                    "description": text.metadata(
                        listing.description or f"{summary}: {listing.heading}."
                    ),
                    "previous": number > 1 and _page_beside(listing, number, number - 1),
                    "next": number < total and _page_beside(listing, number, number + 1),
                    "search": {"exclude": True},
                },
                listing=listing,
                groups=[
                    (letter, list(group))
                    for letter, group in groupby(papers, _letter if listing.lettered else _same)
                ],
                newer=newer,
                older=older,
                topics=beside,
                number=number,
                pages=total,
            ),
        )


def _page_beside(listing: Listing, number: int, other: int) -> str:
    return addresses.relative(
        addresses.numbered(listing.address, number), addresses.numbered(listing.address, other)
    )


def _same(paper: Paper) -> str:
    return ""


def _numbered(title: str, number: int) -> str:
    return title if number == 1 else f"{title}, page {number}"


def _common_topics(papers: Iterable[Paper], without: str = "") -> list[tuple[str, int]]:
    """The slugs that most of the papers have, with how many do."""
    numbers = Counter(slug for paper in papers for slug in paper.topics if slug != without)
    return sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))[:TOPICS_BESIDE]


def _unique(lists: Iterable[Sequence[Paper]]) -> list[Paper]:
    """All papers, each where it comes first."""
    return list({paper.id: paper for paper in chain.from_iterable(lists)}.values())


def _spans(
    dated: Sequence[tuple[date, Term]], address: Callable[[date], str]
) -> Iterator[tuple[str, date, list[tuple[date, Term]]]]:
    """Neighbouring days of one address, a month's or a year's, with one of them."""
    for where, group in groupby(dated, lambda pair: address(pair[0])):
        members = list(group)
        yield where, members[0][0], members


def _neighbours(row: Sequence[Listing]) -> Iterator[tuple[Listing | None, Listing, Listing | None]]:
    """Each listing between the newer and the older one."""
    padded = [None, *row, None]
    yield from zip(padded, row, padded[2:], strict=False)


def _cut(terms: Sequence[Term], size: int) -> Iterator[tuple[int, int, Sequence[Term]]]:
    """Pages of `size` with their number and how many there are; one empty page of nothing."""
    total = max(1, -(-len(terms) // size))
    for number in range(1, total + 1):
        yield number, total, terms[(number - 1) * size : number * size]
