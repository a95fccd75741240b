"""Withdrawn papers are in no list: who searches without words does not find them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.catalog import Catalog
from generator.catalog.taxonomy import Topic
from generator.model.papers import Author, Link, Paper, Votes
from tests import shelves
from tests.browser.conftest import Browse, browsing
from tests.browser.server import Host, serve


def paper(id: str, title: str, day: date, withdrawn: str = "") -> Paper:
    """One that has all that papers are narrowed down and sorted by."""
    return Paper(
        id=id,
        title=title,
        abstract="Whispering ants were heard.",
        authors=(Author(name="Ada Marsh"),),
        topics=("ants",),
        venue="Ant Meeting",
        published=day.isoformat(),
        days=(day,),
        links=(
            Link(kind="code", url="https://example.org/code"),
            Link(kind="pdf-2", url="https://example.org/pdf"),
        ),
        votes=Votes(upvotes=day.day),
        withdrawn=withdrawn,
    )


CURRENT = [
    paper("one", "Ants that Whisper", date(2025, 5, 1)),
    paper("two", "Ants that Shout", date(2025, 5, 3)),
]
GONE = [
    paper("gone", "A Whisper that Was None", date(2025, 5, 2), "withdrawn"),
    paper("void", "A Shout that Was None", date(2025, 5, 4), "retracted"),
]


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    root = tmp_path_factory.mktemp("withdrawn") / "shelf"
    papers = sorted([*CURRENT, *GONE], key=lambda paper: paper.date, reverse=True)
    topics = (Topic(slug="ants", name="Ants"),)
    catalog = Catalog(papers=tuple(papers), topics=topics, curators={})
    with serve(shelves.publish(root, catalog), "/") as started:
        yield started


@pytest.fixture(scope="module")
def asked(chromium: Browser, host: Host) -> Iterator[Page]:
    with browsing(chromium) as browse:
        yield browse(host.url)


ASK = """async request => {
    const { Client } = await import(new URL("assets/search/client.js", document.baseURI));
    self.client ??= new Client(document.baseURI);
    return client.ask({ count: 50, facets: true, ...request });
}"""


def ask(page: Page, query: str, **request: Any) -> tuple[list[str], dict[str, Any]]:
    """The papers in their order, and the answer; its numbers agree with them."""
    answer = page.evaluate(ASK, {"query": query} | request)
    ids = [result["id"] for result in answer["results"]]
    assert answer["total"] == len(ids)
    for name, values in (("topic", 1), ("year", 1), ("venue", 1), ("has", 2)):
        counts = [value["count"] for value in answer["facets"][name]]
        assert counts == [len(ids)] * values if ids else counts == []
    return ids, answer


REFINED: list[dict[str, list[str]]] = [
    {},
    {"topic": ["ants"]},
    {"year": ["2025"]},
    {"venue": ["Ant Meeting"]},
    {"has": ["code"]},
    {"has": ["code", "pdf"], "year": ["2025"]},
]


@pytest.mark.parametrize(
    "query",
    ["", "year:2025", "year:>2000", "has:code", "has:pdf year:2025", "-bees", '-"a bee"', "*"],
)
def test_search_without_words_leaves_them_out(asked: Page, query: str) -> None:
    for refine in REFINED:
        for sort in ("relevance", "newest", "upvotes"):
            assert ask(asked, query, sort=sort, refine=refine)[0] == ["two", "one"]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("whisper", {"one", "gone"}),
        ("shout year:2025", {"two", "void"}),
        ('"was none"', {"gone", "void"}),
        ("title:whisper -title:ants", {"gone"}),
        ("A Shout that Was None", {"gone", "void"}),
        ("author:marsh has:code", {"one", "two", "gone", "void"}),
    ],
)
def test_search_by_words_finds_them_and_says_what_they_are(
    asked: Page, query: str, ids: set[str]
) -> None:
    found, answer = ask(asked, query)
    assert ids <= {*found}
    said = {paper["id"]: paper["paper"].get("withdrawn") for paper in answer["results"]}
    kinds = {paper.id: paper.withdrawn or None for paper in (*CURRENT, *GONE)}
    assert said == {id_: kinds[id_] for id_ in found}
    assert {*ask(asked, query, listed=True)[0]} == {*found} - {"gone", "void"}


@pytest.mark.parametrize("query", ["?sort=newest", "?q=year:2025", "?q=has:code&sort=upvotes"])
def test_page_of_results_leaves_them_out(browse: Browse, host: Host, query: str) -> None:
    page = browse(f"{host.url}search/{query}")
    expect(page.locator("[data-search-state=done]")).to_be_attached()
    expect(page.locator("[data-search-result]")).to_have_count(2)
    assert page.locator("[data-search-result=gone], [data-search-result=void]").count() == 0
    expect(page.locator("[data-search-total]")).to_contain_text("2")


def test_page_of_results_says_what_they_are(browse: Browse, host: Host) -> None:
    page = browse(f"{host.url}search/?q=whisper")
    expect(page.locator("[data-search-result=gone] .ps-gone")).to_have_text("withdrawn")
    page.goto(f"{host.url}search/?q=shout")
    expect(page.locator("[data-search-result=void] .ps-gone")).to_have_text("retracted")
