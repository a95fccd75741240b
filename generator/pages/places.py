"""The pages that are no lists: search, reading list, subscribing, downloads, changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.exports import catalog_records
from generator.model import addresses
from generator.pages.templates import Single, Site

TOPICS_NAMED = 500
"""Topics whose names the search page knows before it is told; others it learns from answers."""

FEEDS_NAMED = 200
"""Topics, venues or searches whose feeds stand on the page about subscribing."""

CHANGES_SHOWN = 20
"""Days on the page of changes, and papers of each kind of change on one of them."""

Pages = Iterator[Single]


def search_page(site: Site) -> Pages:
    """The page of search results. What it shows comes by script; its examples find papers here."""
    current = site.catalog.current
    yield Single(
        template="search.md.j2",
        address=addresses.SEARCH,
        front={
            "title": "Search",
            "description": "Search titles, abstracts, authors, topics, venues and years.",
            "search_page": True,
        },
        values={
            "total": len(current),
            "names": _unlike_their_slugs(site),
            "subject": _subject(site),
            "year": next((int(paper.date[:4]) for paper in current if paper.date), 2025),
            "identifier": next((paper.arxiv for paper in current if paper.arxiv), "2305.02309"),
            "doi": next((paper.doi for paper in current if paper.doi), "10.1038/nphys1170"),
        },
    )


def _unlike_their_slugs(site: Site) -> dict[str, str]:
    """Names of topics that cannot be told from their slugs, as `multimodal-llms` can not."""
    common = sorted(site.catalog.by_topic, key=lambda slug: -len(site.catalog.by_topic[slug]))
    names = {slug: site.names[slug] for slug in common[:TOPICS_NAMED]}
    return {
        slug: name
        for slug, name in names.items()
        if name != slug[:1].upper() + slug[1:].replace("-", " ")
    }


def _subject(site: Site) -> tuple[str, str]:
    """Two plain words that many papers here are about, for examples of queries.

    The second ends so that its stem stays as it is where a letter is lost.
    """
    papers = site.catalog.by_topic
    names = (site.names[slug].lower() for slug in sorted(papers, key=lambda s: -len(papers[s])))
    first, _, second = next(filter(_TWO_WORDS.fullmatch, names), "language models").partition(" ")
    return first, second


_TWO_WORDS = re.compile("[a-z]{4,} [a-z]{5,}(?:s|ing)")


def reading_list() -> Pages:
    """The page of the papers that a reader saved, which only that reader's browser knows."""
    yield _place(
        "reading_list.md.j2",
        addresses.READING_LIST,
        "Reading list",
        "The papers that you saved, in this browser only.",
    )


def subscribe(site: Site) -> Pages:
    """The page that says how to be told of new papers."""
    listings = site.listings
    yield _place(
        "subscribe.md.j2",
        addresses.SUBSCRIBE,
        "Subscribe",
        "How to be told of new papers: by mail, in a feed reader, or as data.",
        groups=[
            (name, feeds_found[:FEEDS_NAMED], len(feeds_found) - FEEDS_NAMED)
            for name, feeds_found in (
                ("Saved searches", listings.saved),
                ("Trending", listings.trends),
                ("Topics", listings.topics),
                ("Venues", listings.venues),
            )
            if feeds_found
        ],
        has_authors=bool(listings.authors.by_letter),
        changes=bool(site.log),
    )


def downloads(site: Site, sizes: Mapping[str, int]) -> Pages:
    """The page that leads to all files of citations and data.

    Args:
        site: what it is part of.
        sizes: bytes of each file of the catalog, and below `downloads/`, by path.
    """
    catalog = [(path, size) for path, size in sizes.items() if catalog_records.is_catalog(path)]
    parts: dict[str, dict[str, tuple[str, int]]] = {}
    for path, size in sizes.items():
        if catalog_records.is_catalog(path):
            continue
        name, _, ending = path.removeprefix(addresses.DOWNLOADS).partition(".")
        parts.setdefault(name, {})[ending] = (path, size)
    yield _place(
        "downloads.md.j2",
        addresses.DOWNLOADS,
        "Downloads",
        "All papers as BibTeX, RIS, CSL-JSON and JSON lines.",
        parts={name: parts[name] for name in sorted(parts, key=_newest_first)},
        catalog=sorted(catalog, key=lambda one: (len(one[0]), one[0]), reverse=True),
        total=len(site.catalog.current),
    )


def changes(site: Site) -> Pages:
    """The page that says what became of the catalog from build to build, if that is known."""
    if site.log:
        yield _place(
            "changes.md.j2",
            addresses.CHANGES,
            "Changes",
            "Papers that were added, updated or withdrawn.",
            changes=site.log[-CHANGES_SHOWN:][::-1],
            most=CHANGES_SHOWN,
            by_id=site.by_id,
        )


def _newest_first(name: str) -> tuple[bool, int, int]:
    """`2025-2` before `2025` before `2024`, and `undated` last."""
    year, _, part = name.partition("-")
    return (not year.isdigit(), -int(year) if year.isdigit() else 0, -int(part or 1))


def _place(template: str, address: str, title: str, description: str, **values: object) -> Single:
    front = {"title": title, "description": description, "search": {"exclude": True}}
    return Single(template=template, address=address, front=front, values=values)
