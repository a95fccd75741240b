"""Papers by what they are about, where they appeared, what was searched for, and how they rank."""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate
from urllib.parse import quote

from generator import text
from generator.catalog import Catalog, trending
from generator.catalog.listings.paging import Listing, Part, cut
from generator.model import addresses
from generator.model.papers import Paper, PaperSummary
from generator.model.settings import Settings

LETTERS = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0–9", "Others"]

_LETTERS = {name: place for place, name in enumerate(LETTERS)}

SPANS = {"day": "Today", "week": "This week", "month": "This month", "all": "All time"}
"""The times that trending papers are shown of, the latest day of the catalog being today."""


def topics(catalog: Catalog) -> list[Listing]:
    """A listing for each topic that has papers, in the order of the taxonomy."""
    return [
        Listing(
            address=addresses.topic(topic.slug),
            heading=topic.name,
            papers=catalog.by_topic[topic.slug],
            description=topic.description,
            above=Part(addresses.TOPICS, "Topics", 0),
            topics_name="Often together with",
            own_topic=topic.slug,
            has_feed=True,
            filter=f"topic={topic.slug}",
        )
        for topic in catalog.topics
        if topic.slug in catalog.by_topic
    ]


def venues(catalog: Catalog) -> list[Listing]:
    """A listing for each venue, by name."""
    listings = []
    for slug, papers in catalog.by_venue.items():
        spellings = Counter(paper.venue for paper in papers)
        name = min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
        listings.append(
            Listing(
                address=addresses.venue(slug),
                heading=name,
                papers=papers,
                above=Part(addresses.VENUES, "Venues", 0),
                has_feed=True,
                # Results can be narrowed to one spelling.
                filter=f"venue={quote(name)}" if len(spellings) == 1 else "",
            )
        )
    return sorted(listings, key=lambda listing: (text.fold(listing.heading), listing.address))


def saved(settings: Settings, found: Sequence[Sequence[Paper]]) -> list[Listing]:
    """A listing for each search that the settings declare.

    Args:
        settings: of the catalog.
        found: what `search.saved.find` found for each of them.
    """
    return [
        Listing(
            address=addresses.saved(text.slug(search["title"])),
            heading=search["title"],
            papers=papers,
            description=f"Papers that the search “{search['query']}” finds.",
            has_feed=True,
            filter=f"q={quote(search['query'])}",
        )
        for search, papers in zip(settings.searches, found, strict=True)
    ]


def trends(catalog: Catalog) -> list[Listing]:
    """The most upvoted papers of the latest day, week and month and of all time, if any."""
    ranked = {span: trending.rank(catalog.current, span) for span in SPANS}
    found = {span: papers for span, papers in ranked.items() if papers}
    parts = [
        Part(addresses.trending(span), SPANS[span], len(papers)) for span, papers in found.items()
    ]
    return [
        Listing(
            address=addresses.trending(span),
            heading=f"Trending: {SPANS[span].lower()}",
            papers=papers,
            order="upvotes" if span == "all" else "trending",
            parts=[part for part in parts if part.address != addresses.trending(span)],
            has_feed=True,
        )
        for span, papers in found.items()
    ]


def titles(catalog: Catalog, settings: Settings) -> Listing:
    """All papers from A to Z, with a row of letters that leads into the pages."""
    groups: dict[str, list[tuple[str, str, Paper]]] = defaultdict(list)
    for paper in catalog.current:
        folded = _folded(paper)
        groups[_letter(folded)].append((folded, paper.id, paper))
    names = sorted(groups, key=_LETTERS.__getitem__)
    listing = Listing(
        address=addresses.TITLES,
        heading="Titles",
        papers=[paper for name in names for _, _, paper in sorted(groups[name])],
        order="title",
        topics_name="",
        lines=True,
        headings="letter",
    )
    pages = cut(listing, settings.papers_per_page)
    ends = list(accumulate(len(page.papers) for page in pages))
    parts, start = [], 0
    for name in names:
        address = addresses.page(addresses.TITLES, pages[bisect(ends, start)].name)
        parts.append(Part(f"{address}#{letter_anchor(name)}", name, len(groups[name])))
        start += len(groups[name])
    return replace(listing, parts=parts)


def heading(kind: str, paper: Paper) -> str:
    """What the paper stands under in a list with such headings; empty in one without."""
    if kind == "year":
        return paper.date[: len("2025")] or "Undated"
    return _letter(_folded(paper)) if kind else ""


def _folded(paper: Paper) -> str:
    return paper.folded if isinstance(paper, PaperSummary) else text.fold(paper.title)


def letter(name: str) -> str:
    """The heading that a name stands under: its letter without accents, `0–9` or `Others`."""
    first = name[:1]
    if first.isascii() and first.isalnum():  # for these, folding changes the case alone
        return _letter(first)
    return _letter(text.fold(name))


def _letter(folded: str) -> str:
    return _of_first(folded[:1])


@cache  # there are few
def _of_first(character: str) -> str:
    first = character.upper()
    if first in LETTERS:
        return first
    return "0–9" if first.isdigit() else "Others"


@cache
def letter_anchor(heading: str) -> str:
    """The id of a heading within a list."""
    return f"letter-{text.slug(heading)}"
