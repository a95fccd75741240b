"""Files of citations: of the whole catalog by year, and of lists of papers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from generator import addresses, citations
from generator.listings import Listings
from generator.papers import Paper

LARGEST: Final = 40_000_000
"""Bytes of a file at most; editors of LaTeX on the web refuse those over 50 MB."""


def write(listings: Listings, keys: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """All files of citations, with their paths.

    `downloads/2025.bib` has the papers of a year; a year that is too large goes on in
    `downloads/2025-2.bib`. `topics/retrieval/papers.bib` has those of one list.

    Args:
        listings: the catalog and its lists.
        keys: citation keys, by paper.
    """
    cited = _Cited(listings.settings.site_url, keys)
    yield from _by_year(listings.catalog.current, cited)
    for listing in listings.every():
        for ending in listing.citations:
            path = addresses.citations(listing.address, ending)
            yield path, _joined(ending, (cited.of(paper)[ending] for paper in listing.papers))


class _Cited:
    """The citations of papers, which stand in several files, made once."""

    def __init__(self, site_url: str, keys: Mapping[str, str]) -> None:
        self._site_url = site_url
        self._keys = keys
        self._known: dict[str, dict[str, str]] = {}

    def of(self, paper: Paper) -> dict[str, str]:
        """The paper in each format, by the ending of its files."""
        if paper.id not in self._known:
            key = self._keys[paper.id]
            url = addresses.absolute(self._site_url, addresses.paper(paper.id))
            self._known[paper.id] = {
                "bib": citations.bibtex(paper, key, url),
                "ris": citations.ris(paper, key, url),
                "csl.json": json.dumps(citations.csl(paper, key, url), ensure_ascii=False),
            }
        return self._known[paper.id]


def _by_year(papers: Sequence[Paper], cited: _Cited) -> Iterator[tuple[str, str]]:
    years: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        years[paper.date[: len("2025")] or addresses.UNDATED].append(paper)
    for year, members in years.items():
        for number, part in enumerate(_parts(members, cited), 1):
            name = year if number == 1 else f"{year}-{number}"
            for ending in ("bib", "ris", "csl.json"):
                entries = (cited.of(paper)[ending] for paper in part)
                yield f"{addresses.DOWNLOADS}{name}.{ending}", _joined(ending, entries)


def _parts(papers: Sequence[Paper], cited: _Cited) -> Iterator[list[Paper]]:
    """The papers in parts of which no file is too large in any format."""
    part: list[Paper] = []
    size = 0
    for paper in papers:
        length = max(len(text.encode()) for text in cited.of(paper).values()) + 2
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
