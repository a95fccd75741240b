"""The pages of lists: of papers, cut where they are long, and of the lists themselves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, groupby, pairwise
from typing import Any, NamedTuple

from generator import addresses, drafts, metadata, plain, text
from generator.drafts import Draft
from generator.listings import subjects
from generator.listings.dates import dated
from generator.listings.paging import (
    Listing,
    Page,
    Pager,
    Part,
    common,
    cut,
    latest,
    pager,
    starts_by_chance,
)
from generator.listings.subjects import letter_anchor
from generator.papers import Paper
from generator.templates import Entry, Single, Site, Templates
from generator.work import batches

BESIDE = 12
"""Topics that stand beside a list; the rest is one click away."""

PER_INDEX = 200
"""Lists that are named on one page."""

TITLE = 50
"""Characters of the title that names a page of a list by title."""

LATEST_DAYS = 31
PROLIFIC = 60
"""Authors that the page of all authors names; the others stand under their letters."""

Pages = Iterator[Single]

TOGETHER = 500
"""Lists that are asked for together."""

Keys = Callable[[Collection[str]], Mapping[str, bytes]]

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


def indexes(site: Site) -> Iterator[Draft]:
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
    """The page that leads to all authors with a page, and those of their letters."""
    letters = site.listings.authors.by_letter
    if not letters:
        return
    parts = [
        Part(addresses.letter(text.slug(name)), name, len(found)) for name, found in letters.items()
    ]
    everyone = list(chain.from_iterable(letters.values()))
    prolific = sorted(everyone, key=lambda part: -part.total)[:PROLIFIC]
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
        rows = [(author, "") for author in letters[part.name]]
        yield from _of_a_letter(part, rows, others, Part(addresses.AUTHORS, "Authors", 0))


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
    """The same of papers."""

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
    own: Part, rows: Sequence[Row], parts: Sequence[Part], above: Part
) -> Iterator[Draft]:
    """The pages of authors whose names begin with a letter.

    One more author is to leave nearly all of them as they are. So they begin where chance says so
    and are named by what they begin with, and only the first one says how many authors there are.
    """
    ids = [part.address.split("/")[-2] for part, _ in rows]
    starts = list(starts_by_chance(ids, PER_INDEX))
    names = ["", *(ids[place] for place in starts[1:])]
    shards = list(_cut(rows, starts, names))
    later = tuple(
        Part(addresses.page(own.address, name), f"from {some[0][0].name}", 0)
        for name, some in shards[1:]
    )
    heading = f"Authors: {own.name}"
    for place, (name, some) in enumerate(shards):
        first, last = some[0][0].name, some[-1][0].name
        total = 0 if name else len(rows)
        yield _drafted(
            IndexPage(
                address=addresses.page(own.address, name),
                heading=heading,
                title=f"{heading}, from {first}" if name else heading,
                description=f"{heading}, {first} to {last}.",
                noun="author",
                rows=some,
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
        )


def _cut(
    rows: Sequence[Row], starts: Sequence[int], names: Sequence[str]
) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """The rows of each page, with its name."""
    for name, (begin, end) in zip(names, pairwise([*starts, len(rows)]), strict=True):
        yield name, tuple(rows[begin:end])


def _drafted(page: IndexPage) -> Draft:
    return Draft(page.address, drafts.key(page), "", "", partial(_itself, page))


def _itself(page: IndexPage) -> IndexPage:
    return page


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One page of a list of papers."""

    listing: Listing
    """The list, without its papers; on all pages but the first, without what changes with it."""

    name: str
    """That of the page within the list; see `paging.Page`."""

    papers: tuple[str, ...]
    """The ids of those on this page."""

    groups: tuple[tuple[str, tuple[Entry, ...]], ...]
    """Their entries, under their headings."""

    about: str
    """Which part of the list this is; empty for the first page."""

    pager: Pager
    whole: Whole | None
    """On the first page."""

    @property
    def address(self) -> str:
        """Where it will be."""
        return addresses.page(self.listing.address, self.name)

    def markdown(self, templates: Templates) -> str:
        """The page, with its front matter, linked forward and back."""
        listing, whole = self.listing, self.whole
        heading = f"{listing.heading}, {self.about}" if self.about else listing.heading
        total = whole.total if whole else len(self.papers)
        count = f"{total:,} paper{'' if total == 1 else 's'}"
        description = listing.description or f"{count}: {heading}."
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
            "previous": self._relative(self.pager.previous),
            "next": self._relative(self.pager.next),
            "search": {"exclude": True},
        }
        return templates.page(
            "listing.md.j2",
            self.address,
            front,
            listing=listing,
            groups=[
                (name, letter_anchor(name), "\n".join(map(templates.entry, entries)))
                for name, entries in self.groups
            ],
            about=self.about,
            pager=self.pager,
            whole=whole,
        )

    def _relative(self, address: str | None) -> str:
        return "" if address is None else addresses.relative(self.address, address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What a list's first page says of all its pages."""

    total: int
    """Papers."""

    names: tuple[str, ...]
    """Those of the pages after the first."""

    topics: tuple[tuple[str, int], ...]
    """What stands beside it: slugs, and how many of the papers have them."""

    co_authors: tuple[Part, ...]
    has_votes: bool
    """Whether any of the papers has upvotes."""


class Paged(NamedTuple):
    """A list of papers, cut into pages.

    Only the first one says anything of the whole, so the others stay as they are when it grows.
    """

    listing: Listing
    pages: Sequence[Page]
    digests: Sequence[bytes]
    """Of each page; changes with anything that is known of its papers."""

    key: bytes
    """Of the first page; changes with anything that any page shows, or the list's feed and files
    of citations."""

    @classmethod
    def of(cls, site: Site, listing: Listing) -> Paged:
        """A list of a site."""
        pages = cut(listing, site.settings.papers_per_page)
        digests = [site.digests(page.papers) for page in pages]
        about: tuple[object, ...] = ([page.name for page in pages], b"".join(digests))
        if listing.person:
            about += (b"".join(map(site.people, listing.papers)),)
        return cls(listing, pages, digests, drafts.key(listing.shown, about))

    def drafts(self, site: Site) -> Iterator[Draft]:
        """Its pages."""
        listing, pages = self.listing, self.pages
        names = [page.name for page in pages]
        days = [latest(page.papers) for page in pages]
        yield Draft(
            listing.address,
            self.key,
            "",
            max(*days, listing.day),
            partial(_first_page, site, listing, names, pages[0]),
        )
        if len(pages) > 1:
            later = replace(listing, newer=None, older=None, parts=_places(listing))
            shown = drafts.key(later.shown)
            for place, page in enumerate(pages[1:], 1):
                ways = _pager(listing, names, place)
                yield Draft(
                    addresses.page(listing.address, page.name),
                    drafts.key(shown, page.name, ways, self.digests[place]),
                    "",
                    days[place],
                    partial(_page, site, later, page, ways),
                )


def changed(site: Site, known: Keys) -> list[Paged]:
    """The lists that differ from what was noted of them.

    Args:
        site: the catalog, its lists and what the pages show of it.
        known: gives the keys of pages by address, as far as they were noted.
    """
    found: list[Paged] = []
    for some in batches(site.listings.every(), TOGETHER):
        keys = known([listing.address for listing in some])
        every = map(partial(Paged.of, site), some)
        found += (one for one in every if one.key != keys.get(one.listing.address))
    return found


def _first_page(site: Site, listing: Listing, names: Sequence[str], page: Page) -> ListPage:
    topics = _topics(listing.papers, listing.own_topic) if listing.topics_name else []
    co_authors = site.listings.authors.beside(listing.person) if listing.person else []
    whole = Whole(
        total=len(listing.papers),
        names=tuple(names[1:]),
        topics=tuple(topics),
        co_authors=tuple(co_authors),
        has_votes=any(paper.votes and paper.votes.upvotes for paper in listing.papers),
    )
    return _page(site, listing, page, _pager(listing, names, 0), whole)


def _page(
    site: Site, listing: Listing, page: Page, ways: Pager, whole: Whole | None = None
) -> ListPage:
    groups = groupby(page.papers, partial(subjects.heading, listing.headings))
    return ListPage(
        listing=replace(listing, papers=()),
        name=page.name,
        papers=tuple(paper.id for paper in page.papers),
        groups=tuple((name, tuple(map(site.entry, some))) for name, some in groups),
        about=_about(listing, page),
        pager=ways,
        whole=whole,
    )


def _pager(listing: Listing, names: Sequence[str], place: int) -> Pager:
    first = "Newest" if listing.order == "newest" else "1" if listing.headings != "letter" else ""
    return pager(listing.address, names, place, first)


def _about(listing: Listing, page: Page) -> str:
    """Which part of the list a page is."""
    if not page.name:
        return ""
    if listing.headings == "letter":
        return f"from “{text.excerpt(plain.readable(page.papers[0].title), TITLE)}”"
    return f"page {page.name}" + (" from the oldest" if listing.order == "newest" else "")


def _places(listing: Listing) -> list[Part]:
    """The places within a list that all its pages lead to, without how many are there."""
    if listing.headings != "letter":
        return []
    return [replace(part, total=0) for part in listing.parts]


def _topics(papers: Sequence[Paper], without: str = "") -> list[tuple[str, int]]:
    """The topics that most of the papers have, with how many do."""
    return common((slug for paper in papers for slug in paper.topics if slug != without), BESIDE)
