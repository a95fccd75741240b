"""Files of citations: of the whole catalog by year, and of lists of papers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from generator import addresses, citations
from generator.listings import Listings
from generator.papers import Paper

LARGEST: Final = 40_000_000
"""Bytes of a file at most; editors of LaTeX on the web refuse those over 50 MB."""


Cited = Mapping[str, str]
"""A paper in each format, by the ending of its files."""


def write(
    listings: Listings,
    keys: Mapping[str, str],
    cited: Callable[[Paper], Cited] | None = None,
) -> Iterator[tuple[str, str]]:
    """All files of citations, with their paths.

    `downloads/2025.bib` has the papers of a year; a year that is too large goes on in
    `downloads/2025-2.bib`. `topics/retrieval/papers.bib` has those of one list.

    Args:
        listings: the catalog and its lists.
        keys: citation keys, by paper.
        cited: gives what `cited_as` would, if that was made before.
    """
    site_url = listings.settings.site_url
    cited = cited or (lambda paper: cited_as(paper, keys[paper.id], site_url))
    yield from _by_year(listings.catalog.current, cited)
    for listing in listings.every():
        for ending in listing.citations:
            path = addresses.citations(listing.address, ending)
            yield path, _joined(ending, (cited(paper)[ending] for paper in listing.papers))


def cited_as(paper: Paper, key: str, site_url: str) -> Cited:
    """The paper in each format."""
    url = addresses.absolute(site_url, addresses.paper(paper.id))
    return {
        "bib": citations.bibtex(paper, key, url),
        "ris": citations.ris(paper, key, url),
        "csl.json": json.dumps(citations.csl(paper, key, url), ensure_ascii=False),
    }


def _by_year(papers: Sequence[Paper], cited: Callable[[Paper], Cited]) -> Iterator[tuple[str, str]]:
    years: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        years[paper.date[: len("2025")] or addresses.UNDATED].append(paper)
    for year, members in years.items():
        for number, part in enumerate(_parts(members, cited), 1):
            name = year if number == 1 else f"{year}-{number}"
            for ending in ("bib", "ris", "csl.json"):
                entries = (cited(paper)[ending] for paper in part)
                yield f"{addresses.DOWNLOADS}{name}.{ending}", _joined(ending, entries)


def _parts(papers: Sequence[Paper], cited: Callable[[Paper], Cited]) -> Iterator[list[Paper]]:
    """The papers in parts of which no file is too large in any format."""
    part: list[Paper] = []
    size = 0
    for paper in papers:
        length = max(len(text.encode()) for text in cited(paper).values()) + 2
        if part and size + length > LARGEST:
            yield part
            part, size = [], 0
        part.append(paper)
        size += length
    yield part


def _joined(ending: str, entries: Iterable[str]) -> str:
    """One file of these entries; CSL-JSON is an array with an entry on each line."""
    if ending == "csl.json":
        return "[\n" + ",\n".join(entries) + "\n]\n"
    return "\n".join(entries)
