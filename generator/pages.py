"""From the catalog to the Markdown of the site: pure, `{path: text}` out.

Every page is Markdown with front matter, so that any MkDocs theme can show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date as day
from itertools import chain
from urllib.parse import quote

from generator import addresses, listings, text
from generator.catalog import Catalog
from generator.config import Settings
from generator.papers import Paper
from generator.templates import Site

AUTHORS_SHOWN = 30
"""Authors above an abstract; the rest of them, thousands in physics, unfold on a click."""

TOPICS_NAMED = 500
"""Topics whose names the search page knows before it is told; others it learns from answers."""


def write(catalog: Catalog, settings: Settings) -> dict[str, str]:
    """Every generated page of the site.

    Returns:
        Paths below MkDocs' `docs_dir`, such as `papers/liquid.md`, and the Markdown of each.
    """
    site = Site(catalog, settings)
    return {
        addresses.file(address): page
        for address, page in chain(
            listings.front(site),
            listings.days(site),
            listings.topics(site),
            listings.titles(site),
            search_page(site),
            papers(site),
        )
    }


def papers(site: Site) -> Iterator[tuple[str, str]]:
    """The page of each paper, between its neighbours in the list that first had it."""
    places = {
        paper.id: (listed, index)
        for date, listed in site.catalog.by_date.items()
        for index, paper in enumerate(listed)
        if paper.date == date  # and not a later list that has it again
    }
    for paper in site.catalog.papers:
        listed, index = places.get(paper.id, ((paper,), 0))  # a withdrawn one is in no list
        previous = listed[index - 1] if index else None
        following = listed[index + 1] if index + 1 < len(listed) else None
        address = addresses.paper(paper.id)
        yield (
            address,
            site.page(
                "paper.md.j2",
                address,
                {
                    "title": text.metadata(paper.title),
                    "date": _front_date(paper.date),
                    "tags": [text.metadata(site.names[slug]) for slug in paper.topics],
                    "authors": [text.metadata(author.name) for author in paper.authors],
                    "venue": text.metadata(paper.venue),
                    "description": text.metadata(text.excerpt(paper.abstract or paper.title, 200)),
                    "record": addresses.relative(address, addresses.twin(paper.id)),
                    "previous": previous and _beside(address, previous),
                    "next": following and _beside(address, following),
                },
                paper=paper,
                authors_shown=AUTHORS_SHOWN,
                place=index + 1,
                total=len(listed),
                previous=previous,
                following=following,
                report_url=_report_url(site.settings, paper),
            ),
        )


def search_page(site: Site) -> Iterator[tuple[str, str]]:
    """The page of search results. What it shows comes by script; its examples find papers here."""
    current = site.catalog.current
    yield (
        addresses.SEARCH,
        site.page(
            "search.md.j2",
            addresses.SEARCH,
            {
                "title": "Search",
                "description": "Search titles, abstracts, authors, topics, venues and years.",
                "search_page": True,
            },
            total=len(current),
            names=_unlike_their_slugs(site),
            subject=_subject(site),
            year=next((int(paper.date[:4]) for paper in current if paper.date), 2025),
            identifier=next((paper.arxiv for paper in current if paper.arxiv), "2305.02309"),
            doi=next((paper.doi for paper in current if paper.doi), "10.1038/nphys1170"),
        ),
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


def _front_date(date: str) -> day | str:
    """A day as YAML's own date, which other tools understand; a month or year as text."""
    return day.fromisoformat(date) if len(date) == len("2025-08-07") else date


def _beside(address: str, neighbour: Paper) -> str:
    return addresses.relative(address, addresses.paper(neighbour.id))


def _report_url(settings: Settings, paper: Paper) -> str | None:
    """Where a reader reports a mistake in this record, if anywhere."""
    url = addresses.absolute(settings.site_url, addresses.paper(paper.id))
    pattern = settings.report_url
    if not pattern and settings.repo_url:
        repository = settings.repo_url.rstrip("/")
        pattern = (
            f"{repository}/-/issues/new?issue[title]={{title}}&issue[description]={{url}}"
            if "gitlab" in repository
            else f"{repository}/issues/new?title={{title}}&body={{url}}"
        )
    title = text.excerpt(paper.title, 120)
    return text.safe_url(
        pattern.replace("{title}", quote(title, safe="")).replace("{url}", quote(url, safe=""))
    )
