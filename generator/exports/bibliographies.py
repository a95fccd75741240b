"""Files of citations: of the whole catalog by year."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from generator.catalog.listings import Listings
from generator.catalog.listings.paging import CITATIONS
from generator.exports import citations, hosts
from generator.model import addresses, chunks
from generator.model.fragments import Texts
from generator.model.outputs import File, Later, key
from generator.model.papers import Paper

Citing = Callable[[Sequence[Paper], str], Iterable[str] | Texts]
"""Gives some papers as a format has them that is told by the ending of its files."""


def by_year(
    listings: Listings,
    citing: Citing,
    sizes: Callable[[Paper], Sequence[int]],
    digests: Callable[[Sequence[Paper]], bytes] | None = None,
) -> Iterator[File]:
    """The files of the whole catalog.

    `downloads/2025.bib` has the papers of a year; where they are too many, it has the oldest of
    them, and newer ones are in `downloads/2025-2.bib`.

    Args:
        listings: the catalog and its lists.
        citing: see `Citing`.
        sizes: how many bytes a paper has in each format.
        digests: changes with those of some papers; without it, nothing tells whether they did.
    """
    for name, papers in _by_year(listings.catalog.current, sizes):
        same = key(digests(papers)) if digests else b""
        for ending in CITATIONS:
            make = Later(joined, partial(_made_of, ending, papers, citing))
            yield File(f"{addresses.DOWNLOADS}{name}.{ending}", same, make, papers)


def _made_of(ending: str, papers: Sequence[Paper], citing: Citing) -> tuple[object, ...]:
    return ending, citing(papers, ending)


def cited_as(paper: Paper, key: str, site_url: str) -> dict[str, str]:
    """The paper in each format."""
    url = addresses.absolute(site_url, addresses.paper(paper.id))
    return {
        "bib": citations.bibtex(paper, key, url),
        "ris": citations.ris(paper, key, url),
        "csl.json": json.dumps(citations.csl(paper, key, url), ensure_ascii=False),
    }


def references(paper: Paper, key: str, site_url: str) -> str:
    """The paper as JSON, in the formats that have no files of their own.

    Of these, `apa`, `ieee` and `acl` are a line of HTML each; see `citations.styles`. `coins`
    is for Zotero, which reads it in lists.
    """
    url = addresses.absolute(site_url, addresses.paper(paper.id))
    every = {
        "id": paper.id,
        "apa": citations.apa(paper, url),
        "ieee": citations.ieee(paper, url),
        "acl": citations.acl(paper, url),
        "biblatex": citations.biblatex(paper, key, url),
        "coins": citations.coins(paper),
    }
    return json.dumps(every, ensure_ascii=False, separators=(",", ":"))


def _by_year(
    papers: Sequence[Paper], sizes: Callable[[Paper], Sequence[int]]
) -> Iterator[tuple[str, list[Paper]]]:
    """The papers of each year, in parts that are not too large, each with its name."""
    years: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        years[paper.date[: len("2025")] or addresses.UNDATED].append(paper)
    frames = [FRAMES.get(ending, _PLAIN) for ending in CITATIONS]
    most = hosts.LARGEST_FILE - max(len(head + tail) for head, _, tail in frames)
    for year, members in years.items():
        rows = (
            (
                paper.id,
                [
                    size + len(between)
                    for size, (_, between, _) in zip(sizes(paper), frames, strict=True)
                ],
                paper,
            )
            for paper in reversed(members)
        )
        for number, part in enumerate(chunks.parts_by_size(rows, most), 1):
            yield _named(year, number), part[::-1]


def _named(year: str, number: int) -> str:
    return year if number == 1 else f"{year}-{number}"


def joined(ending: str, cited: Iterable[str] | Texts) -> bytes:
    """One file of these citations; CSL-JSON is an array with an entry on each line."""
    head, between, tail = FRAMES.get(ending, _PLAIN)
    return head + between.join(_pieces(cited)) + tail


def _pieces(cited: Iterable[str] | Texts) -> Iterator[bytes]:
    return cited.pieces() if isinstance(cited, Texts) else map(str.encode, cited)


_PLAIN: Final = (b"", b"\n", b"")
FRAMES: Final = {"csl.json": (b"[\n", b",\n", b"\n]\n")}
"""What a file begins with, has between two entries, and ends with."""
