"""Files of citations by year."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from generator import catalog
from generator.catalog.listings import Listings
from generator.exports import bibliographies, citations, hosts
from generator.model.papers import Author, Paper
from generator.model.settings import Settings
from generator.sources import Reading
from tests.shelves import texts

ADA = (Author(name="Ada Lovelace"),)
ANTS = Paper(id="ants", title="Ants", authors=ADA, days=(date(2025, 5, 1),), rank=1)
BEES = Paper(id="bees", title="Bees", authors=ADA, days=(date(2025, 5, 1),), rank=2)
CATS = Paper(id="cats", title="Cats", published="2024-01")
GONE = Paper(id="gone", title="Gone", published="2024", withdrawn="withdrawn")
LONE = Paper(id="lone", title="Lone")


def written(*papers: Paper) -> dict[str, str]:
    found = catalog.build([Reading(file="a.txt", papers=papers)])
    settings = Settings(root=Path("/s"), pages=Path("/s"))
    listings = Listings(catalog=found, settings=settings)
    keys = citations.keys(found.papers)

    def cited(paper: Paper) -> dict[str, str]:
        return bibliographies.cited_as(paper, keys[paper.id], "")

    def citing(papers: Sequence[Paper], ending: str) -> list[str]:
        return [cited(paper)[ending] for paper in papers]

    def sizes(paper: Paper) -> list[int]:
        return [len(text.encode()) for text in cited(paper).values()]

    return texts(bibliographies.by_year(listings, citing, sizes))


def titles(text: str, ending: str) -> list[str]:
    """The titles that another program reads in a file."""
    if ending == "bib":
        return [entry["title"].strip("{}") for entry in parse_string(text).entries]
    if ending == "ris":
        return [entry.get("title", entry.get("primary_title")) for entry in rispy.loads(text)]
    return [item["title"] for item in json.loads(text)]


@pytest.mark.parametrize("ending", ["bib", "ris", "csl.json"])
def test_each_year_has_a_file_of_its_current_papers(ending: str) -> None:
    found = written(ANTS, BEES, CATS, GONE, LONE)
    assert titles(found[f"downloads/2025.{ending}"], ending) == ["Ants", "Bees"]
    assert titles(found[f"downloads/2024.{ending}"], ending) == ["Cats"]
    assert titles(found[f"downloads/undated.{ending}"], ending) == ["Lone"]


def test_lists_have_none() -> None:
    assert {path.partition("/")[0] for path in written(ANTS, BEES, CATS)} == {"downloads"}


def test_key_is_the_same_in_every_file() -> None:
    found = written(ANTS, BEES)
    key = citations.keys([ANTS, BEES])["ants"]
    texts = [text for path, text in found.items() if "Ants" in text]
    assert len(texts) == 3
    assert all(key in text for text in texts)


@pytest.mark.parametrize("ending", ["bib", "ris", "csl.json"])
def test_year_that_is_too_large_goes_on_in_another_file(
    ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosts, "LARGEST_FILE", 400)
    papers = [Paper(id=f"p{n}", title=f"Paper {n}", published="2024") for n in range(9)]
    found = written(*papers)
    parts = {path: text for path, text in found.items() if path.startswith("downloads/2024")}
    files = sorted(path for path in parts if path.endswith(ending))
    assert f"downloads/2024-2.{ending}" in files
    assert all(len(parts[path].encode()) <= 400 for path in files)
    names = [f"downloads/2024-{n}.{ending}" for n in range(len(files), 1, -1)]
    newest_first = [*names, f"downloads/2024.{ending}"]
    read = [title for path in newest_first for title in titles(parts[path], ending)]
    assert read == [f"Paper {n}" for n in range(9)]
