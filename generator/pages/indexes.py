"""The pages that lead to lists: the front page, that of all days, and lists of lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, pairwise
from typing import TypeVar

from generator import text
from generator.catalog.listings.authors import Signer
from generator.catalog.listings.dates import dated
from generator.catalog.listings.paging import Listing, Pager, Part, pager
from generator.exports import metadata
from generator.model import addresses, outputs
from generator.model.chunks import content_defined_starts
from generator.model.outputs import Draft
from generator.pages.lists import topics_of
from generator.pages.templates import Single, Site, Templates
from generator.text.unicode_math import readable

PER_INDEX = 200
"""Lists that are named on one page."""

PER_LETTER = 150
"""Authors on one page of a letter, on average; chance makes up to twice as many of them."""

TITLE = 50
"""Characters of the title of a paper beside the name of its author."""

LATEST_DAYS = 31
PROLIFIC = 60
"""Authors that the page of all authors names; the others stand under their letters."""

Pages = Iterator[Single]

Row = tuple[Part, str | tuple[Part, ...]]
Term = TypeVar("Term")
"""A link to a list, and what it is about; or the name of somebody who has no page, and papers."""


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
            "topics": topics_of(catalog.current),
            "ways": {
                "trends": bool(listings.trends),
                "authors": bool(listings.authors.by_letter),
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


def named(site: Site) -> Iterator[Draft]:
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


def authors(site: Site) -> Iterator[Draft]:
    """The page that leads to the authors with most papers, and those of all, by letter."""
    letters, least = site.listings.authors.by_letter, site.listings.authors.least
    if not letters:
        return
    parts = [
        Part(addresses.letter(text.slug(name)), name, len(found)) for name, found in letters.items()
    ]
    everyone = list(chain.from_iterable(letters.values()))
    listed = (_part(signer) for signer in everyone if signer.total >= least)
    prolific = sorted(listed, key=lambda part: -part.total)[:PROLIFIC]
    yield from _index(
        site,
        addresses.AUTHORS,
        "Authors",
        "author",
        [(part, "") for part in prolific],
        parts=parts,
        count=len(everyone),
    )
    others = [replace(part, total=0) for part in parts]
    for part in parts:
        yield from _of_a_letter(
            site, part, letters[part.name], others, Part(addresses.AUTHORS, "Authors", 0)
        )


def _part(signer: Signer) -> Part:
    return Part(addresses.author(signer.id), signer.name, signer.total)


def _row(site: Site, signer: Signer) -> Row:
    """An author with the way to the papers: a page of theirs, or else the papers themselves."""
    if not signer.papers:
        return _part(signer), ""
    papers = (site.by_id[paper] for paper in signer.papers.split())
    titles = (
        Part(addresses.paper(one.id), text.excerpt(readable(one.title), TITLE), 0) for one in papers
    )
    return Part("", signer.name, 0), tuple(titles)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPage:
    """One page of a list of lists."""

    address: str
    heading: str
    title: str
    """Tells it from the other pages."""

    description: str
    noun: str
    """What each of the lists is of: `topic`."""

    rows: tuple[Row, ...]
    parts: tuple[Part, ...]
    within: tuple[Part, ...]
    """The other pages, where these are not numbered; on the first page."""

    above: Part | None
    shown: int
    """Lists on all its pages."""

    count: int
    """Lists that there are; zero where the page does not say."""

    paper_count: int
    """Papers in all of the lists; zero where the page does not say."""

    name: str
    pager: Pager
    pages: int

    def markdown(self, templates: Templates) -> str:
        """The page, with its front matter."""
        front = {
            "title": self.title,
            "description": self.description,
            "search": {"exclude": True},
        }
        return templates.page(
            "index.md.j2",
            self.address,
            front,
            heading=self.heading,
            noun=self.noun,
            rows=self.rows,
            parts=self.parts,
            within=self.within,
            above=self.above,
            shown=self.shown,
            count=self.count,
            paper_count=self.paper_count,
            name=self.name,
            pager=self.pager,
            pages=self.pages,
        )


def _index(
    site: Site,
    start: str,
    heading: str,
    noun: str,
    rows: Sequence[Row],
    *,
    parts: Sequence[Part] = (),
    count: int = 0,
) -> Iterator[Draft]:
    """The pages of a list of lists, numbered.

    Args:
        site: what it is part of.
        start: the address of the first page.
        heading: of all pages.
        noun: what each of the lists is of.
        rows: the lists.
        parts: where else to go from here.
        count: how many lists there are, if not all are named.
    """
    starts = list(range(0, len(rows), PER_INDEX)) or [0]
    names = ["", *map(str, range(2, len(starts) + 1))]
    count = count or len(rows)
    about = (
        f"The {count:,} {noun}s of this catalog." if count > 1 else f"The {noun} of this catalog."
    )
    for place, (name, some) in enumerate(_cut(rows, starts, names)):
        yield _drafted(
            IndexPage(
                address=addresses.page(start, name),
                heading=heading,
                title=f"{heading}, page {name}" if name else heading,
                description=about,
                noun=noun,
                rows=some,
                parts=tuple(parts),
                within=(),
                above=None,
                shown=len(rows),
                count=count,
                paper_count=len(site.catalog.current),
                name=name,
                pager=pager(start, names, place),
                pages=len(names),
            )
        )


def _of_a_letter(
    site: Site, own: Part, signers: Sequence[Signer], parts: Sequence[Part], above: Part
) -> Iterator[Draft]:
    """The pages of authors whose names begin with a letter.

    One more author is to leave nearly all of them as they are. So they begin where chance says so
    and are named by what they begin with, and only the first one says how many authors there are.
    """
    ids = [signer.id for signer in signers]
    starts = list(content_defined_starts(ids, PER_LETTER))
    names = ["", *(ids[place] for place in starts[1:])]
    shards = list(_cut(signers, starts, names))
    later = tuple(
        Part(addresses.page(own.address, name), f"from {some[0].name}", 0)
        for name, some in shards[1:]
    )
    heading = f"Authors: {own.name}"
    for place, (name, some) in enumerate(shards):
        first, last = some[0].name, some[-1].name
        total = 0 if name else len(signers)
        page = IndexPage(
            address=addresses.page(own.address, name),
            heading=heading,
            title=f"{heading}, from {first}" if name else heading,
            description=f"{heading}, {first} to {last}.",
            noun="author",
            rows=(),
            parts=tuple(part for part in parts if name or part.address != own.address),
            within=() if name else later,
            above=above,
            shown=total,
            count=total,
            paper_count=0,
            name=name,
            pager=pager(own.address, names, place, ""),
            pages=1,
        )
        yield Draft(
            page.address,
            outputs.key(page, some, [_titles(site, signer) for signer in some]),
            "",
            "",
            partial(_with_rows, site, page, some),
        )


def _titles(site: Site, signer: Signer) -> list[str]:
    return [site.by_id[paper].title for paper in signer.papers.split()]


def _with_rows(site: Site, page: IndexPage, signers: Sequence[Signer]) -> IndexPage:
    return replace(page, rows=tuple(_row(site, signer) for signer in signers))


def _cut(
    rows: Sequence[Term], starts: Sequence[int], names: Sequence[str]
) -> Iterator[tuple[str, tuple[Term, ...]]]:
    """The rows of each page, with its name."""
    for name, (begin, end) in zip(names, pairwise([*starts, len(rows)]), strict=True):
        yield name, tuple(rows[begin:end])


def _drafted(page: IndexPage) -> Draft:
    return Draft(page.address, outputs.key(page), "", "", partial(_itself, page))


def _itself(page: IndexPage) -> IndexPage:
    return page
