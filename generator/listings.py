"""The lists of papers: the front page, days, months and years, topics, titles.

No page grows with the catalog: a listing is cut into pages that are linked forward and back, and
what stands beside a list is limited.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import TypeVar

from generator import addresses, text
from generator.papers import Paper
from generator.templates import Site, day_name, letter_anchor

TOPICS_BESIDE = 12
"""Topics that stand beside a list; the rest is one click away."""

TOPICS_PER_PAGE = 200
LATEST_DAYS = 31

_YEAR, _MONTH, _DAY = len("2025"), len("2025-08"), len("2025-08-07")
"""How long a date is that is known as far as that."""

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


_ALL_DAYS = Part(addresses.DAYS, "Days", 0)


def front(site: Site) -> Pages:
    """The latest days, as many as fit on one page, and the ways into the rest."""
    catalog, settings = site.catalog, site.settings
    room = settings.papers_per_page
    shown: list[Listing] = []
    for date, papers in catalog.by_date.items():
        if shown and len(papers) > room:
            break
        shown.append(_dated(site, date, papers))
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
            total=len(catalog.current),
            days=shown,
            room=settings.papers_per_page,
            earlier=len(catalog.by_date) > len(shown),
            topics=_common_topics(catalog.current),
        ),
    )


def days(site: Site) -> Pages:
    """A listing for each day, month and year, and the page that leads to them."""
    by_date = site.catalog.by_date
    single = [
        _dated(site, date, papers) for date, papers in by_date.items() if len(date) in (0, _DAY)
    ]
    months = [
        _span(site, month, [day for day in single if day.address.startswith(f"days/{month}-")])
        for month in _prefixes(by_date, _MONTH)
    ]
    years = [
        _span(site, year, [month for month in months if month.address.startswith(f"days/{year}-")])
        for year in _prefixes(by_date, _YEAR)
    ]
    for row in (single, months, years):
        for newer, listing, older in _neighbours(row):
            yield from _paged(site, listing, newer, older)
    dated = [listing for listing in single if listing.address != addresses.date("")]
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
            total=len(site.catalog.current),
            latest=dated[:LATEST_DAYS] + single[len(dated) :],
            day_count=len(dated),
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
                paper_count=len(site.catalog.current),
                number=number,
                pages=total,
            ),
        )


def titles(site: Site) -> Pages:
    """All papers from A to Z in one sequence of pages, with a row of letters that leads into it."""
    papers = sorted(site.catalog.current, key=lambda paper: (text.fold(paper.title), paper.id))
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


def _dated(site: Site, date: str, papers: Sequence[Paper]) -> Listing:
    """The papers of one day, or those of which no more than the month or year is known."""
    return Listing(
        address=addresses.date(date),
        heading=day_name(date),
        brief=day_name(date, "short"),
        papers=papers,
        curator=site.catalog.curators.get(date, ""),
        above=_above(date),
        dated=len(date) in (_MONTH, _YEAR),
    )


def _span(site: Site, date: str, parts: Sequence[Listing]) -> Listing:
    """All papers of a month or a year."""
    within = (papers for day, papers in site.catalog.by_date.items() if day.startswith(date))
    return Listing(
        address=addresses.date(date),
        heading=day_name(date),
        papers=_unique(within),
        above=_above(date),
        parts=[
            part.as_part((part.brief or part.heading).rpartition(" ")[0])  # without the year
            for part in reversed(parts)
        ],
    )


def _above(date: str) -> Part:
    """The month that a day is in, the year of a month, the page of all days above a year."""
    wider = date.rpartition("-")[0]
    return Part(addresses.date(wider), day_name(wider), 0) if wider else _ALL_DAYS


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


def _prefixes(dates: Iterable[str], length: int) -> list[str]:
    """The months or years among dates, in their order."""
    return list(dict.fromkeys(date[:length] for date in dates if len(date) >= length))


def _neighbours(row: Sequence[Listing]) -> Iterator[tuple[Listing | None, Listing, Listing | None]]:
    """Each listing between the newer and the older one."""
    padded = [None, *row, None]
    yield from zip(padded, row, padded[2:], strict=False)


def _cut(terms: Sequence[Term], size: int) -> Iterator[tuple[int, int, Sequence[Term]]]:
    """Pages of `size` with their number and how many there are; one empty page of nothing."""
    total = max(1, -(-len(terms) // size))
    for number in range(1, total + 1):
        yield number, total, terms[(number - 1) * size : number * size]
