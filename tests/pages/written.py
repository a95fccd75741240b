"""Pages as they are written, and what they lead to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import yaml

from generator import catalog, pages
from generator.catalog.changes import Change
from generator.catalog.listings import Listings
from generator.catalog.taxonomy import Topic
from generator.model import addresses
from generator.model.papers import Paper
from generator.model.settings import Settings
from generator.pages.templates import Site
from generator.similar import Neighbour, Similar
from generator.sources import Reading
from generator.text import slug

MAY_1, MAY_2 = date(2025, 5, 1), date(2025, 5, 2)


TAXONOMY = (
    Topic(slug="ants", name="Ants & Co", description="All on ants.", phrases=("ants",)),
    Topic(slug="bees", name="Bees", phrases=("bees",)),
)


def paper(title: str, day: date | None = MAY_1, rank: int = 1, **more: Any) -> Paper:
    values = {
        "id": slug(title),
        "title": title,
        "abstract": "It is about something. It ends.",
        "days": (day,) if day else (),
        "rank": rank,
    }
    return Paper(**(values | more))


class Given(Similar):
    """Similar papers as a test has them."""

    def __init__(self, near: Mapping[str, tuple[Neighbour, ...]]) -> None:
        self._given = near

    def __getitem__(self, paper: str) -> tuple[Neighbour, ...]:
        return self._given[paper]

    def key(self, paper: str, titles: Mapping[str, str]) -> object:
        return [(one.paper, titles[one.paper], one.words) for one in self._given.get(paper, ())]


def written(
    *papers: Paper,
    curators: tuple[tuple[date | None, str], ...] = (),
    taxonomy: tuple[Topic, ...] = TAXONOMY,
    similar: Mapping[str, tuple[Neighbour, ...]] | None = None,
    log: Sequence[Change] = (),
    **given: Any,
) -> dict[str, str]:
    """All pages of a catalog of these papers, by address."""
    found = catalog.build([Reading(file="a.txt", papers=papers, curators=curators)], taxonomy)
    root = Path("/shelf")
    site = Settings(root=root, pages=root / "pages", **({"site_name": "Shelf"} | given))
    listings = Listings(catalog=found, settings=site, found=[()] * len(site.searches))
    return {
        addresses.of_file(path): page
        for path, page in pages.write(Site(listings, Given(similar or {}), log))
    }


def front_matter(page: str) -> dict[str, Any]:
    _, front, _ = page.split("---\n", 2)
    return yaml.safe_load(front)  # type: ignore[no-any-return]


def links(page: str, pattern: str = "") -> list[str]:
    """The targets of links whose tag matches a pattern, in order."""
    tags = re.findall(r"<a [^>]*>", page)
    return [
        unescape(re.search('href="([^"]*)"', tag)[1])  # type: ignore[index]
        for tag in tags
        if re.search(pattern, tag)
    ]


def arrived(address: str, link: str) -> str:
    """The address where a relative link on the page at `address` leads."""
    path = posixpath.normpath(posixpath.join("/root", address, re.split("[?#]", link)[0]))
    assert path.startswith("/root"), f"{link} on {address} leaves the site"
    return path.removeprefix("/root").lstrip("/") + ("/" if path != "/root" else "")
