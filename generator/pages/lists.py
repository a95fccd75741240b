"""The pages of lists: of papers, cut where they are long, and of the lists themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, groupby
from typing import Any

from generator import addresses, metadata, templates, text
from generator.listings import subjects
from generator.listings.dates import dated
from generator.listings.paging import Listing, Part, common, cut
from generator.listings.subjects import letter_anchor
from generator.papers import Paper
from generator.templates import Draft, Single, Site, Templates

BESIDE = 12
"""Topics that stand beside a list; the rest is one click away."""

PER_INDEX = 200
"""Lists that are named on one page."""

LATEST_DAYS = 31
PROLIFIC = 60
"""Authors that the page of all authors names; the others stand under their letters."""

Pages = Iterator[Single]

Row = tuple[Part, str]
"""A link to a list, and what it is about."""


def front(site: Site) -> Pages:
    """The latest days, as many as fit on one page, and the ways into the rest."""
    catalog, settings = site.catalog, site.settings
    room = settings.papers_per_page
    shown: list[Listing] = []
    for date, papers in catalog.by_date.items():
        if shown and len(papers) > room:
            break
        shown.append(dated(catalog, date, papers))
        room -= len(papers)
    seen = [paper for day in shown for paper in day.papers][: settings.papers_per_page]
    listings = site.listings
    yield Single(
        template="front.md.j2",
        address=addresses.FRONT,
        front={
            "title": text.metadata(settings.site_name),
            "description": text.metadata(settings.site_description),
            "head": metadata.listing_head(
                settings.site_name,
                settings.site_description,
                addresses.FRONT,
                [paper.id for paper in seen],
                settings,
                has_feed=True,
            ),
            "search": {"exclude": True},
        },
        values={
            "total": len(catalog.current),
            "days": shown,
            "entries": {
                day.address: [site.entry(paper) for paper in day.papers[: settings.papers_per_page]]
                for day in shown
            },
            "room": settings.papers_per_page,
            "earlier": len(catalog.by_date) > len(shown),
            "topics": _topics(catalog.current),
            "ways": {
                "trends": bool(listings.trends),
                "authors": bool(listings.by_letter),
                "venues": bool(listings.venues),
                "years": bool(listings.years),
                "saved": listings.saved,
                "changes": bool(site.log),
            },
        },
    )


def days(site: Site) -> Pages:
    """The page that leads to all days, months and years."""
    single, _, years = site.listings.days
    dated = [listing for listing in single if listing.address != addresses.date("")]
    yield Single(
        template="days.md.j2",
        address=addresses.DAYS,
        front={
            "title": "Days",
            "description": "Papers by the day on which they were listed.",
            "search": {"exclude": True},
        },
        values={
            "total": len(site.catalog.current),
            "latest": dated[:LATEST_DAYS] + single[len(dated) :],
            "day_count": len(dated),
            "years": years,
        },
    )


def indexes(site: Site) -> Pages:
    """The pages that name all topics, venues, years of publication and saved searches."""
    listings = site.listings
    for address, heading, noun, found in (
        (addresses.TOPICS, "Topics", "topic", listings.topics),
        (addresses.VENUES, "Venues", "venue", listings.venues),
        (addresses.YEARS, "Years", "year", listings.years),
    ):
        if found or address == addresses.TOPICS:
            rows = [(listing.as_part(listing.brief), listing.description) for listing in found]
            yield from _index(site, address, heading, noun, rows)


def authors(site: Site) -> Pages:
    """The page that leads to all authors with a page, and those of their letters."""
    letters = site.listings.by_letter
    if not letters:
        return
    parts = [
        Part(addresses.letter(text.slug(name)), name, len(found)) for name, found in letters.items()
    ]
    everyone = list(chain.from_iterable(letters.values()))
    prolific = sorted(everyone, key=lambda listing: -len(listing.papers))[:PROLIFIC]
    yield from _index(
        site,
        addresses.AUTHORS,
        "Authors",
        "author",
        [(listing.as_part(), "") for listing in prolific],
        parts=parts,
        count=len(everyone),
    )
    for part in parts:
        yield from _index(
            site,
            part.address,
            f"Authors: {part.name}",
            "author",
            [(listing.as_part(), "") for listing in letters[part.name]],
            parts=[other for other in parts if other != part],
            above=Part(addresses.AUTHORS, "Authors", 0),
        )


def _index(
    site: Site,
    start: str,
    heading: str,
    noun: str,
    rows: Sequence[Row],
    *,
    parts: Sequence[Part] = (),
    above: Part | None = None,
    count: int = 0,
) -> Pages:
    count = count or len(rows)
    for number, pages, some in cut(rows, PER_INDEX):
        address = addresses.numbered(start, number)
        yield Single(
            template="index.md.j2",
            address=address,
            front={
                "title": _numbered(heading, number),
                "description": f"The {count:,} {noun}s of this catalog."
                if count > 1
                else f"The {noun} of this catalog.",
                "search": {"exclude": True},
            },
            values={
                "start": start,
                "heading": heading,
                "noun": noun,
                "rows": some,
                "parts": parts,
                "above": above,
                "shown": len(rows),
                "count": count,
                "paper_count": len(site.catalog.current),
                "number": number,
                "pages": pages,
            },
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One page of a list of papers."""

    listing: Listing
    """The list, without its papers."""

    papers: tuple[str, ...]
    """The ids of those on this page."""

    groups: tuple[tuple[str, tuple[str, ...]], ...]
    """Their entries, under their headings; see `entries.entry`."""

    total: int
    """Papers on all its pages."""

    number: int
    pages: int
    topics: tuple[tuple[str, int], ...]
    """What stands beside it: slugs, and how many of the papers have them."""

    @property
    def address(self) -> str:
        """Where it will be."""
        return addresses.numbered(self.listing.address, self.number)

    def markdown(self, templates: Templates) -> str:
        """The page, with its front matter, linked forward and back."""
        listing, number = self.listing, self.number
        heading = _numbered(listing.heading, number)
        summary = f"{self.total:,} paper{'' if self.total == 1 else 's'}"
        description = listing.description or f"{summary}: {listing.heading}."
        front: dict[str, Any] = {
            "title": text.metadata(heading),
            "description": text.metadata(description),
            "head": metadata.listing_head(
                heading,
                description,
                self.address,
                self.papers,
                templates.shown.settings,
                has_feed=listing.has_feed,
                start=listing.address,
            ),
            "previous": number > 1 and _page_beside(listing, number, number - 1),
            "next": number < self.pages and _page_beside(listing, number, number + 1),
            "search": {"exclude": True},
        }
        return templates.page(
            "listing.md.j2",
            self.address,
            front,
            listing=listing,
            total=self.total,
            groups=[(name, letter_anchor(name), entries) for name, entries in self.groups],
            topics=self.topics,
            number=number,
            pages=self.pages,
        )


def paged(site: Site, listing: Listing) -> Iterator[Draft]:
    """The pages of a list of papers."""
    topics = _topics(listing.papers, listing.own_topic) if listing.topics_name else []
    about: dict[str, Any] = {
        "listing": replace(listing, papers=()),
        "total": len(listing.papers),
        "topics": tuple(topics),
    }
    same = templates.key(b"", [about, [site.names[slug] for slug, _ in topics]])
    for number, pages, papers in cut(listing.papers, site.settings.papers_per_page):
        yield Draft(
            addresses.numbered(listing.address, number),
            templates.key(same, [number, pages, [site.digest(paper) for paper in papers]]),
            "",
            partial(_page, site, papers, number=number, pages=pages, **about),
        )


def _page(site: Site, papers: Sequence[Paper], listing: Listing, **about: Any) -> ListPage:
    groups = groupby(papers, partial(subjects.heading, listing.headings))
    return ListPage(
        listing=listing,
        papers=tuple(paper.id for paper in papers),
        groups=tuple((name, tuple(map(site.entry, some))) for name, some in groups),
        **about,
    )


def pages_of(site: Site, listing: Listing) -> int:
    """How many pages a list of papers has."""
    return max(1, -(-len(listing.papers) // site.settings.papers_per_page))


def _page_beside(listing: Listing, number: int, other: int) -> str:
    return addresses.relative(
        addresses.numbered(listing.address, number), addresses.numbered(listing.address, other)
    )


def _numbered(title: str, number: int) -> str:
    return title if number == 1 else f"{title}, page {number}"


def _topics(papers: Sequence[Paper], without: str = "") -> list[tuple[str, int]]:
    """The topics that most of the papers have, with how many do."""
    return common((slug for paper in papers for slug in paper.topics if slug != without), BESIDE)
