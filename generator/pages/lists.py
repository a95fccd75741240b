"""The pages of lists of papers, cut where they are long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from generator import text
from generator.catalog.listings import subjects
from generator.catalog.listings.paging import Listing, Page, Pager, Part, common, cut, latest, pager
from generator.catalog.listings.subjects import letter_anchor
from generator.exports import metadata
from generator.model import addresses, outputs
from generator.model.outputs import Draft
from generator.model.papers import Paper
from generator.pages.templates import Entry, Site, Templates
from generator.text import unicode_math
from generator.text.words import counted

BESIDE = 12
"""Topics that stand beside a list; the rest is one click away."""

TITLE = 50
"""Characters of the title that names a page of a list by title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One page of a list of papers."""

    listing: Listing
    """The list, without its papers; on all pages but the first, without what changes with it."""

    name: str
    """The name of the page within the list; see `paging.Page`."""

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
        count = counted(total, "paper")
        description = listing.description or f"{count}: {heading}."
        front: dict[str, Any] = {
            "title": text.metadata(heading),
            "description": text.metadata(description),
            "head": metadata.listing_head(
                heading,
                description,
                self.address,
                () if listing.lines else self.papers,
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
    """The names of the pages after the first."""

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
        return cls(listing, pages, digests, outputs.key(listing.shown, about))

    def drafts(self, site: Site) -> Iterator[Draft]:
        """The pages of the list."""
        listing, pages = self.listing, self.pages
        names = [page.name for page in pages]
        days = [latest(page.papers) for page in pages]
        yield Draft(
            listing.address,
            self.key,
            "",
            max(*days, listing.day),
            partial(_first_page, site, listing, names, pages[0]),
            pages[0].papers,
        )
        if len(pages) > 1:
            later = replace(listing, newer=None, older=None, parts=_places(listing))
            shown = outputs.key(later.shown)
            for place, page in enumerate(pages[1:], 1):
                ways = _pager(listing, names, place)
                yield Draft(
                    addresses.page(listing.address, page.name),
                    outputs.key(shown, page.name, ways, self.digests[place]),
                    "",
                    days[place],
                    partial(_page, site, later, page, ways),
                    page.papers,
                )


def _first_page(site: Site, listing: Listing, names: Sequence[str], page: Page) -> ListPage:
    topics = topics_of(listing.papers, listing.own_topic) if listing.topics_name else []
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
        groups=tuple(
            (name, tuple(site.entry(paper, is_line=listing.lines) for paper in some))
            for name, some in groups
        ),
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
        return f"from “{text.excerpt(unicode_math.readable(page.papers[0].title), TITLE)}”"
    return f"page {page.name}" + (" from the oldest" if listing.order == "newest" else "")


def _places(listing: Listing) -> list[Part]:
    """The places within a list that all its pages lead to, without how many are there."""
    if listing.headings != "letter":
        return []
    return [replace(part, total=0) for part in listing.parts]


def topics_of(papers: Sequence[Paper], without: str = "") -> list[tuple[str, int]]:
    """The topics that most of the papers have, with how many do."""
    return common((slug for paper in papers for slug in paper.topics if slug != without), BESIDE)
