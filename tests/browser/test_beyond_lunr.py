"""What the search can that lunr cannot: phrases, ranges, other scripts, ids and whole titles; and
hosts that unpack files, cut them short, or change while a page is open.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from generator.model.papers import Paper
from tests import shelves
from tests.browser.conftest import Browse, browsing
from tests.browser.exact import PAPERS, START, catalog
from tests.browser.server import Host, serve

ASK = """request => client.ask(request).catch(({ kind, message }) => ({ kind, message }))"""


@pytest.fixture(scope="module")
def asked(chromium: Browser, exact_host: Host) -> Iterator[Page]:
    """A page that is asked many queries and stays as it is."""
    with browsing(chromium) as browse:
        yield opened(browse, exact_host)


@pytest.fixture
def page(browse: Browse, exact_host: Host) -> Page:
    """A page that may be meddled with."""
    return opened(browse, exact_host)


def opened(browse: Browse, host: Host) -> Page:
    page = browse(f"{host.url}about/")
    page.evaluate(START, host.url)
    return page


def ask(page: Page, query: str, **request: Any) -> dict[str, Any]:
    answer: dict[str, Any] = page.evaluate(ASK, {"query": query, "count": 50} | request)
    return answer


def found(page: Page, query: str, **request: Any) -> list[str]:
    return [result["id"] for result in ask(page, query, **request)["results"]]


@pytest.mark.parametrize(
    ("query", "papers"),
    [
        ('"mixture of experts"', {"10-1234-abc-5"}),
        ("“Mixture of Experts”", {"10-1234-abc-5"}),
        ('title:"mixture most other experts"', {"2023-acl-long-1"}),
        ('title:"mixture of experts"', set()),
        ('"experts"', {"10-1234-abc-5", "2023-acl-long-1", "experts", "old"}),
        ('experts -"mixture of experts"', {"2023-acl-long-1", "experts", "old"}),
        ('"mixture of experts', {"10-1234-abc-5"}),
        ('"jurgen muller"', {"2401.00001"}),
        ('"garcia jurgen"', set()),  # two authors side by side
        ('"mixture nowhere"', set()),
        ('"语言模型"', {"chinese"}),
        ('"模型的推理"', {"chinese"}),
        ('"模型语言"', set()),
        ('"データ中心"', {"japanese"}),
        ('"理"', {"chinese"}),
    ],
)
def test_a_phrase_is_words_in_a_row_in_one_field(asked: Page, query: str, papers: set[str]) -> None:
    assert set(found(asked, query)) == papers


@pytest.mark.parametrize(
    ("query", "papers"),
    [
        ("year:2022..2023", ["2023-acl-long-1", "10-1234-abc-5"]),
        ("year:>2022", ["2401.00001", "2023-acl-long-1"]),
        ("year:>=2022", ["2401.00001", "2023-acl-long-1", "10-1234-abc-5"]),
        ("year:<2018", ["old"]),
        ("year:..2018", ["experts", "old"]),
        ("year:2023", ["2023-acl-long-1"]),
        ("experts -year:>2018", ["experts", "old"]),
        ("has:code", ["2023-acl-long-1", "10-1234-abc-5"]),
        ("has:code has:pdf", ["2023-acl-long-1"]),
        ("has:pdf -has:code", ["2401.00001"]),
        ("HAS:CODE year:2022", ["10-1234-abc-5"]),
    ],
)
def test_years_and_links_narrow_a_search(asked: Page, query: str, papers: list[str]) -> None:
    assert sorted(found(asked, query)) == sorted(papers)
    if not query.startswith("experts"):
        assert found(asked, query) == papers  # nothing else to sort by: the newest first


def test_a_filter_is_no_word_that_is_still_being_typed(asked: Page) -> None:
    assert found(asked, "dislike has:code", complete=True) == ["2023-acl-long-1"]


def test_what_has_cannot_know_is_said(asked: Page) -> None:
    assert ask(asked, "has:slides")["problem"] == "“has:” knows code and pdf, not “slides”."


@pytest.mark.parametrize(
    ("query", "paper"),
    [
        ("muller", "2401.00001"),
        ("MÜLLER", "2401.00001"),
        ("Muller's", "2401.00001"),
        ("author:garcia", "2401.00001"),
        ("state\u2011of\u2011the\u2011art", "2401.00001"),
        ("title:state-of-the-art", "2401.00001"),
        ("语言模型", "chinese"),
        ("言模", "chinese"),
        ("理", "chinese"),
        ("title:推理", "chinese"),
        ("中心", "japanese"),
        ("デ", "japanese"),
        ("ai", "japanese"),
        ("언어", "korean"),
        ("델", "korean"),
    ],
)
def test_accents_case_hyphens_and_parts_of_cjk_do_not_matter(
    asked: Page, query: str, paper: str
) -> None:
    assert found(asked, query)[0] == paper


@pytest.mark.parametrize(
    ("query", "paper"),
    [
        *((paper.title, paper.id) for paper in PAPERS),
        *((f"  {paper.title.upper()} ", paper.id) for paper in PAPERS),
        ("2401.00001", "2401.00001"),
        ("arXiv:2401.00001v3", "2401.00001"),
        ("https://arxiv.org/abs/2401.00001v2", "2401.00001"),
        ("http://arxiv.org/pdf/2401.00001.pdf", "2401.00001"),
        ("10.1234/ABC.5", "10-1234-abc-5"),
        ("doi:10.1234/abc.5", "10-1234-abc-5"),
        ("https://doi.org/10.1234/abc.5", "10-1234-abc-5"),
        ("2023.acl-long.1", "2023-acl-long-1"),
        ("https://aclanthology.org/2023.acl-long.1/", "2023-acl-long-1"),
    ],
)
def test_a_whole_title_or_an_id_comes_first(asked: Page, query: str, paper: str) -> None:
    assert found(asked, query)[0] == paper


def test_results_are_sorted_by_votes_and_by_date(asked: Page) -> None:
    assert "upvotes" in ask(asked, "experts")["sorts"]
    everything = "year:>2000"
    assert found(asked, everything, sort="upvotes")[:2] == ["10-1234-abc-5", "2401.00001"]
    assert found(asked, everything, sort="newest")[:2] == ["2401.00001", "2023-acl-long-1"]


def test_a_misspelt_word_is_corrected_by_the_vocabulary(asked: Page) -> None:
    assert ask(asked, "mixtrue year:>2000")["suggestion"] == "mixture year:>2000"
    assert ask(asked, "mixture")["suggestion"] is None
    assert ask(asked, "zzzzqqqq")["suggestion"] is None


def test_papers_with_all_words_are_offered(asked: Page) -> None:
    strict = ask(asked, "the mixture of experts")["strict"]
    assert strict == {"total": 3, "query": "+mixture +experts"}
    assert len(found(asked, strict["query"])) == 3
    assert ask(asked, "mixture")["strict"] is None


def test_a_snippet_is_where_the_words_are(asked: Page) -> None:
    (result,) = ask(asked, '"mixture of experts"')["results"]
    text = "".join(piece for piece, _ in result["snippet"])
    assert "Here stands the mixture of experts" in text
    assert len(text) < 400
    assert [piece for piece, is_marked in result["snippet"] if is_marked] == ["mixture", "experts"]


def test_a_host_may_unpack_what_is_packed(page: Page, exact_host: Host) -> None:
    def unpacked(route: Route) -> None:
        path = exact_host.folder / "search" / route.request.url.rpartition("/")[2]
        route.fulfill(body=gzip.decompress(path.read_bytes()))

    page.route("**/search/*.bin", unpacked)
    assert "10-1234-abc-5" in found(page, '"mixture of experts"')


@pytest.mark.parametrize("length", [0, 3, 60])
def test_a_file_cut_short_is_a_failure_of_the_network(
    page: Page, exact_host: Host, length: int
) -> None:
    def cut(route: Route) -> None:
        path = exact_host.folder / "search" / route.request.url.rpartition("/")[2]
        route.fulfill(body=path.read_bytes()[:length])

    page.route("**/search/*.bin", cut)
    assert ask(page, "mixture")["kind"] == "network"
    page.unroute("**/search/*.bin")
    # Files that were on their way when the first one failed may still arrive cut.
    page.wait_for_function("() => client.ask({ query: 'mixture' }).then(() => true, () => false)")
    assert len(found(page, "mixture")) == 3


def test_a_site_may_change_while_a_page_is_open(browse: Browse, tmp_path: Path) -> None:
    root = tmp_path / "shelf"
    with serve(shelves.publish(root, catalog(PAPERS[:4])), "/") as host:
        page = opened(browse, host)
        assert len(found(page, "mixture")) == 2
        more = [
            Paper(id=f"new-{n}", title=f"New Thoughts {n}", days=(date(2025, 1, n),))
            for n in (1, 2)
        ]
        shelves.rebuild(root, catalog([*PAPERS, *more]))
        page.on("console", lambda message: None)
        assert sorted(found(page, "thoughts")) == ["new-1", "new-2"]
        assert len(found(page, "mixture")) == 3
