"""Searches that `mkdocs.yml` declares, found at build time."""

from __future__ import annotations

import pytest

from generator import catalog
from generator.build import site
from generator.catalog import Catalog
from generator.model.errors import ConfigError
from generator.model.papers import Paper
from generator.search import saved
from generator.sources import Reading
from tests.conftest import MakeCatalog

ANTS = Paper(id="ants", title="Ants", abstract="They quantize the quantum.", published="2024")
BEES = Paper(id="bees", title="Bees and ants", published="2021", rank=2)
GONE = Paper(id="gone", title="Ants that are gone", published="2024", withdrawn="withdrawn")


@pytest.fixture(scope="module")
def papers() -> Catalog:
    return catalog.build([Reading(file="a.txt", papers=(BEES, GONE, ANTS))])


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("ants", ["ants", "bees"]),
        ("+ants -bees", ["ants"]),
        ("title:bees abstract:quantum", ["ants", "bees"]),
        ("quanti*", ["ants"]),
        ("+ants year:>2022", ["ants"]),
        ('"bees and ants"', ["bees"]),
        ("wasps", []),
    ],
)
def test_current_papers_are_found_the_latest_first(
    papers: Catalog, query: str, ids: list[str]
) -> None:
    (found,) = saved.find(papers, [query])
    assert [paper.id for paper in found] == ids


def test_each_query_has_its_own_papers(papers: Catalog) -> None:
    one, other = saved.find(papers, ["bees", "quantum"])
    assert ([paper.id for paper in one], [paper.id for paper in other]) == (["bees"], ["ants"])


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("", "nothing to look for"),
        ("has:money", "code and pdf"),
        ("colour:red", "no field “colour”"),
    ],
)
def test_query_that_makes_no_sense_is_said(papers: Catalog, query: str, problem: str) -> None:
    with pytest.raises(ConfigError, match=problem):
        saved.find(papers, [query])


def test_saved_search_is_a_listing_with_a_feed(make_catalog: MakeCatalog) -> None:
    searches = [{"title": "On bees", "query": "+bees"}]
    root = make_catalog(
        {"a.yml": "- title: On the Language of Bees\n- title: On the Language of Ants\n"},
        settings={"extra": {"papershelf": {"searches": searches}}},
    )
    site.build(root)
    page = (root / "site/saved/on-bees/index.html").read_text("utf-8")
    assert "On the Language of Bees" in page
    assert "On the Language of Ants" not in page
    assert "Language of Bees" in (root / "site/saved/on-bees/feed.xml").read_text("utf-8")
    assert 'href="saved/on-bees/"' in (root / "site/index.html").read_text("utf-8")
