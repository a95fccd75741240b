"""The page of a paper: what it is, how to cite it, what is like it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date as day
from urllib.parse import quote

from generator import addresses, citations, metadata, text
from generator.config import Settings
from generator.papers import Author, Paper
from generator.templates import Site

AUTHORS_SHOWN = 30
"""Authors above an abstract; the rest of them, thousands in physics, unfold on a click."""

AUTHORS_CITED = 30
"""Authors in the citations on a page; files of citations name all."""


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
                    "head": metadata.paper_head(
                        paper, site.settings, site.names, has_card=site.has_cards
                    ),
                    "previous": previous and _beside(address, previous),
                    "next": following and _beside(address, following),
                },
                paper=paper,
                authors_shown=AUTHORS_SHOWN,
                place=index + 1,
                total=len(listed),
                previous=previous,
                following=following,
                key=site.keys[paper.id],
                cited=_cited(site, paper),
                similar=[
                    (site.by_id[near.paper], near.words) for near in site.similar.get(paper.id, ())
                ],
                report_url=_report_url(site.settings, paper),
            ),
        )


def _cited(site: Site, paper: Paper) -> list[tuple[str, str, str]]:
    """Each format that the paper is cited in: its ending, its name, and the text as HTML."""
    url = addresses.absolute(site.settings.site_url, addresses.paper(paper.id))
    key = site.keys[paper.id]
    if len(paper.authors) > AUTHORS_CITED:
        paper = replace(paper, authors=(*paper.authors[:AUTHORS_CITED], Author(name="others")))
    item = json.dumps(citations.csl(paper, key, url), ensure_ascii=False, separators=(",", ":"))
    return [
        ("apa", "APA", citations.apa(paper, url)),
        ("ieee", "IEEE", citations.ieee(paper, url)),
        ("acl", "ACL", citations.acl(paper, url)),
        *(
            (ending, name, text.preformatted(source))
            for ending, name, source in (
                ("bib", "BibTeX", citations.bibtex(paper, key, url)),
                ("biblatex", "BibLaTeX", citations.biblatex(paper, key, url)),
                ("ris", "RIS", citations.ris(paper, key, url)),
                ("csl.json", "CSL-JSON", item),
            )
        ),
    ]


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
