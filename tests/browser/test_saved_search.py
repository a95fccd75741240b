"""What a saved search finds at build time is what the same query finds in the browser."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from generator import search
from generator.build import config
from generator.build.loading import read_catalog
from generator.catalog import Catalog
from generator.search import saved
from tests.browser.conftest import Browse
from tests.browser.exact import PAPERS, START, catalog
from tests.browser.lunr_queries import queries
from tests.browser.server import Host

BEYOND = [
    *(
        '"mixture of experts"',
        'title:"mixture most other experts"',
        'experts -"mixture of experts"',
    ),
    *(
        '"experts',
        '"jurgen muller"',
        '"garcia jurgen"',
        '"语言模型"',
        '"模型语言"',
        "语言",
        "理",
        "언어",
    ),
    *("year:2023", "year:2020..2022", "year:..2019", "year:2022..", "year:>2022", "year:<=2019"),
    *("-year:>2019", "experts year:<2020", "has:code", "has:pdf -has:code", "has:code year:2023"),
    *("2401.00001", "https://arxiv.org/abs/2401.00001v2", "10.1234/ABC.5", "doi:10.1234/abc.5"),
    *(
        "2023.acl-long.1",
        "To Be or Not to Be",
        "to be",
        "the",
        "+the experts",
        "müller's",
        "GARCIA",
    ),
    *(
        "state-of-the-art",
        "code*",
        "*gen2",
        "c*s",
        "mixtur~1",
        "expirts~2 -code*",
        "les-sons*",
        "* a",
    ),
    *("codegen2: lessons", "nofield:experts", "author:garcia", "tag:none", '-"mixture of experts"'),
    *("“Why -Should +I Trust You?”: has:code ~ and year:1999", "~", "^2", '""', "-experts", "+ -"),
]


def found(page: Page, query: str) -> set[str]:
    """The ids of all that the browser finds."""
    answer = page.evaluate("request => client.ask(request)", {"query": query, "count": 1000})
    return {result["id"] for result in answer["results"]}


def differences(page: Page, papers: Catalog, texts: list[str]) -> dict[str, tuple[int, int]]:
    """The queries that find other papers there than here, with how many are there or here alone."""
    others = {}
    for query in texts:
        here = {paper.id for paper in saved.matching(papers, [query])[0]}
        if (there := found(page, query)) != here:
            others[query] = (len(there - here), len(here - there))
    return others


def test_phrases_filters_ids_and_other_scripts_find_the_same(
    browse: Browse,
    exact_host: Host,
) -> None:
    page = browse(f"{exact_host.url}about/")
    page.evaluate(START, exact_host.url)
    assert differences(page, catalog(PAPERS), BEYOND) == {}


def test_every_kind_of_query_finds_the_same(browse: Browse, demo: Path, demo_host: Host) -> None:
    settings, _ = config.load(demo)
    papers = read_catalog(settings)
    page = browse(f"{demo_host.url}about/")
    page.evaluate(START, demo_host.url)
    texts = [query.text for query in queries(search.documents(papers), 300)]
    assert differences(page, papers, texts) == {}
