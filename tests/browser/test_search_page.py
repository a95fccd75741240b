"""The page of search results: asked, refined, sorted, paged, shared, left and come back to."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Browse
from tests.browser.observing import SHIFTS, violations
from tests.browser.server import Host

PHONE = 390
both_widths = pytest.mark.parametrize("width", [PHONE, 1280])

FOREIGN = "img, script, iframe, svg:not(.ps-save svg), a[href^=javascript]"
"""What text of papers must not become."""


def root(page: Page) -> Locator:
    return page.locator("[data-search-state]")


def answered(page: Page) -> Page:
    expect(root(page)).to_have_attribute("data-search-state", "done")
    return page


def ids(page: Page) -> list[str]:
    """The papers shown, in their order."""
    found = page.locator("[data-search-result]")
    return found.evaluate_all("all => all.map(one => one.dataset.searchResult)")  # type: ignore[no-any-return]


def total(page: Page) -> int:
    shown = page.locator("[data-search-total]").text_content() or ""
    return int(shown.replace(",", ""))


def box(page: Page) -> Locator:
    return page.get_by_role("searchbox")


def papers(host: Host) -> list[dict[str, Any]]:
    lines = (host.folder / "catalog.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def facet(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True)


def choose(page: Page, name: str, value: str) -> None:
    """Tick or clear a value of a facet, and wait until the answer is there."""
    page.evaluate("window.list = document.querySelector('.ps-list').firstChild")
    facet(page, name).get_by_label(re.compile(f"^{re.escape(value)} ")).click()
    page.wait_for_function("window.list !== document.querySelector('.ps-list').firstChild")
    answered(page)


# Asking


def test_an_address_is_a_search(browse: Browse, demo_host: Host) -> None:
    page = answered(browse(f"{demo_host.url}search/?q=quantization"))
    expect(page).to_have_title("quantization · Search · Papershelf")
    expect(box(page)).to_have_value("quantization")
    expect(page.locator("[data-search-result] h2 mark").first).to_have_text(
        re.compile("quantization", re.IGNORECASE)
    )
    assert 1 < total(page) < 78
    assert len(ids(page)) == min(total(page), 10)


def test_a_search_from_the_box_is_in_the_address(browse: Browse, demo_host: Host) -> None:
    page = browse(f"{demo_host.url}search/")
    expect(root(page)).to_have_attribute("data-search-state", "idle")
    box(page).fill("speculative decoding")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(f"{demo_host.url}search/?q=speculative+decoding")
    answered(page)
    first = ids(page)
    box(page).fill("quantization")
    page.keyboard.press("Enter")
    expect(page).to_have_title("quantization · Search · Papershelf")
    answered(page)
    page.go_back()
    expect(box(page)).to_have_value("speculative decoding")
    answered(page)
    expect(page.locator(f"[data-search-result='{first[0]}']")).to_be_visible()
    assert ids(page) == first
    page.go_back()
    expect(root(page)).to_have_attribute("data-search-state", "idle")
    expect(page).to_have_title("Search · Papershelf")
    assert ids(page) == []


def test_a_result_shows_what_is_known_of_the_paper(browse: Browse, showcase_host: Host) -> None:
    page = answered(browse(f"{showcase_host.url}search/?q=report+hands"))
    entry = page.locator("[data-search-result='many-authors']")
    title = entry.get_by_role("heading", level=2)
    expect(title).to_have_text("A Report by Many Hands")
    assert [mark.lower() for mark in title.locator("mark").all_text_contents()] == [
        "report",
        "hands",
    ]
    expect(entry.locator(".ps-authors")).to_have_text(
        "Author Number 1, Author Number 2, Author Number 3 + 37"
    )
    links = {
        link.text_content(): link.evaluate("link => link.href")
        for link in entry.locator(".ps-meta a").all()
    }
    assert links == {
        "2 Mar 2026": f"{showcase_host.url}days/2026-03-02/",
        "Retrieval": f"{showcase_host.url}topics/retrieval/",
        "Evaluation": f"{showcase_host.url}topics/evaluation/",
        "PDF": "https://example.org/many.pdf",
        "Code": "https://example.org/many/code",
        "Model": "https://example.org/many/model",
    }
    expect(entry.locator(".ps-lead")).to_contain_text("Forty people wrote this.")


def test_a_result_leads_to_the_paper_with_its_matches_marked(
    browse: Browse, demo_host: Host
) -> None:
    page = answered(browse(f"{demo_host.url}search/?q=speculative+decoding"))
    first = ids(page)[0]
    page.locator("[data-search-result] h2 a").first.click()
    expect(page).to_have_url(re.compile(rf"/papers/{re.escape(first)}/\?h=speculative\+decoding$"))
    expect(page.locator("article mark").first).to_be_visible()


VIEWED = """
async (paper) => {
  const { entry } = await import(new URL("assets/search/page-view.js", document.baseURI));
  const shown = entry({ id: paper.id, paper, title: [[paper.title, false]], snippet: [] }, [],
                      document.baseURI, new Map());
  return [...shown.querySelectorAll("li")].map((part) =>
    [part.textContent, part.querySelector("a")?.pathname]);
}
"""


@pytest.mark.parametrize(
    ("known", "shown"),
    [
        ({}, []),
        ({"date": "2019"}, [["2019", "/shelf/days/2019/"]]),
        ({"date": "2019-05"}, [["May 2019", "/shelf/days/2019-05/"]]),
        ({"date": "2025-08-07"}, [["7 Aug 2025", "/shelf/days/2025-08-07/"]]),
        ({"upvotes": 1234, "venue": "ACL"}, [["ACL", None], ["1,234 upvotes", None]]),
        (
            {"withdrawn": "retracted", "date": "2025-08-07", "topics": ["ants"]},
            [["retracted", None], ["7 Aug 2025", None]],
        ),
        (
            {"links": {"pdf": "javascript:alert(1)", "code": "nonsense", "doi": "https://doi.org"}},
            [],
        ),
        ({"topics": ["no-name"]}, [["No name", "/shelf/topics/no-name/"]]),
    ],
)
def test_a_result_says_what_is_known_and_no_more(
    browse: Browse, showcase_host: Host, known: dict[str, Any], shown: list[list[str | None]]
) -> None:
    page = browse(showcase_host.url)
    assert page.evaluate(VIEWED, {"id": "x", "title": "A <b>Title</b>"} | known) == shown


def test_words_that_are_everywhere_are_not_marked(browse: Browse, demo_host: Host) -> None:
    page = answered(browse(f"{demo_host.url}search/?q=the+size+of+models"))
    page.locator("[data-search-result] h2 a").first.click()
    page.wait_for_url(re.compile(r"\?h=size\+models$"))


def test_a_title_is_shown_without_tex(browse: Browse, showcase_host: Host) -> None:
    title = "Attention in O(n log n) Time and ℝᵈ Memory"
    page = answered(browse(f"{showcase_host.url}search/?q=attention"))
    expect(page.locator("[data-search-result=mathematics] h2")).to_have_text(title)
    page.goto(f"{showcase_host.url}reading-list/#papers=mathematics")
    expect(page.locator(".ps-entry h2")).to_have_text(title)
    page.keyboard.press("/")
    page.keyboard.type("attention")
    page.keyboard.press("End")
    expect(page.locator(".md-search-result__item h2").first).to_have_text(title)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_title(f"{title} · Showcase")
    page.goto(showcase_host.url)
    names = page.locator(".ps-save").evaluate_all("all => all.map((one) => one.ariaLabel)")
    assert any("Attention in" in name for name in names)
    assert not any("$" in name or "\\" in name for name in names)


def test_text_of_any_direction_has_its_own(browse: Browse, showcase_host: Host) -> None:
    page = answered(browse(f"{showcase_host.url}search/?q=للعربية"))
    entry = page.locator("[data-search-result='right-to-left']")
    for part in (entry.get_by_role("heading"), entry.locator(".ps-lead")):
        expect(part).to_have_css("direction", "rtl")


# Refining, sorting, paging


def test_facets_count_and_refine_without_a_reload(browse: Browse, showcase_host: Host) -> None:
    page = answered(browse(f"{showcase_host.url}search/?q=plain"))
    plain = [paper for paper in papers(showcase_host) if paper["id"].startswith("plain")]
    assert total(page) == len(plain) == 36
    for slug, name in (("evaluation", "Evaluation"), ("surveys", "Surveys")):
        count = sum(slug in paper["topics"] for paper in plain)
        expect(facet(page, "Topic").get_by_label(f"{name} {count}", exact=True)).to_be_visible()
    expect(facet(page, "Venue")).to_have_count(0)
    expect(facet(page, "With")).to_have_count(0)

    page.evaluate("window.same = true")
    choose(page, "Topic", "Surveys")
    assert total(page) == 12
    assert parse_qs(urlsplit(page.url).query) == {"q": ["plain"], "topic": ["surveys"]}
    expect(facet(page, "Topic").get_by_label(re.compile("Surveys"))).to_be_focused()
    choose(page, "Topic", "Evaluation")
    assert total(page) == 36
    choose(page, "Topic", "Surveys")
    assert total(page) == 24
    page.go_back()
    expect(page.locator("[data-search-total]")).to_have_text("36")
    page.go_back()
    expect(page.locator("[data-search-total]")).to_have_text("12")
    expect(facet(page, "Topic").get_by_label(re.compile("Surveys"))).to_be_checked()
    page.get_by_role("link", name="Clear filters").click()
    expect(page.locator("[data-search-total]")).to_have_text("36")
    assert page.evaluate("window.same")


def test_results_of_a_large_catalog_do_not_wait_for_its_filters(
    browse: Browse, showcase_host: Host
) -> None:
    page = browse(showcase_host.url)

    def enlarge(route: Route) -> None:
        found = route.fetch()
        body = found.text().replace("const SMALL = 500;", "const SMALL = 5;")
        assert body != found.text()
        route.fulfill(response=found, body=body)

    page.route("**/search/search.js", enlarge)
    page.goto(f"{showcase_host.url}search/?q=plain")
    expect(page.locator("[data-search-result]")).to_have_count(10)
    expect(facet(page, "Topic")).to_be_visible()
    choose(page, "Topic", "Surveys")
    assert total(page) == 12
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".ps-pager [aria-current]")).to_have_text("2")
    expect(facet(page, "Topic").get_by_label(re.compile("Surveys"))).to_be_checked()


def test_a_new_query_keeps_the_filters_that_are_in_sight(
    browse: Browse, showcase_host: Host
) -> None:
    page = answered(browse(f"{showcase_host.url}search/?q=plain&topic=surveys&page=2"))
    box(page).fill("kind")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{showcase_host.url}search/?q=kind&topic=surveys")
    answered(page)
    assert total(page) == 12


def test_a_search_is_sorted_by_date(browse: Browse, showcase_host: Host) -> None:
    page = answered(browse(f"{showcase_host.url}search/?q=plain"))
    page.get_by_label("Sort by").select_option("newest")
    expect(page).to_have_url(f"{showcase_host.url}search/?q=plain&sort=newest")
    listed = {paper["id"]: paper.get("listed", "") for paper in papers(showcase_host)}
    newest = sorted((listed[one] for one in listed if one.startswith("plain")), reverse=True)
    page.wait_for_function("document.querySelector('.ps-list time').dateTime >= '2026-03-02'")
    answered(page)
    assert [listed[one] for one in ids(page)] == newest[:10]


def test_papers_of_one_day_are_sorted_as_their_list_was(browse: Browse, demo_host: Host) -> None:
    catalog = [paper["id"] for paper in papers(demo_host)]
    shown = ids(answered(browse(f"{demo_host.url}search/?q=model&sort=newest")))
    assert len(shown) == 10
    assert shown == sorted(shown, key=catalog.index)


def test_there_is_no_sorting_by_votes_that_nobody_gave(browse: Browse, demo_host: Host) -> None:
    assert not any("upvotes" in paper for paper in papers(demo_host))
    page = answered(browse(f"{demo_host.url}search/?q=model"))
    options = page.locator("[name=sort] option:not([hidden])")
    assert options.all_text_contents() == ["relevance", "newest"]


def test_pages_are_links_and_hold_every_result_once(browse: Browse, showcase_host: Host) -> None:
    page = answered(browse(f"{showcase_host.url}search/?q=plain"))
    seen = ids(page)
    for number in (2, 3, 4):
        link = page.get_by_role("link", name="Next")
        assert link.evaluate("link => link.href").endswith(f"?q=plain&page={number}")
        link.click()
        expect(page.locator(".ps-pager [aria-current]")).to_have_text(str(number))
        answered(page)
        assert page.evaluate("scrollY") == 0
        seen += ids(page)
    assert len(seen) == len(set(seen)) == total(page) == 36
    expect(page.get_by_role("link", name="Next")).to_have_count(0)
    expect(page).to_have_title("plain, page 4 · Search · Showcase")
    page.get_by_role("link", name="Previous").click()
    expect(page.locator(".ps-pager [aria-current]")).to_have_text("3")


def test_a_page_after_the_last_says_so(browse: Browse, showcase_host: Host) -> None:
    page = answered(browse(f"{showcase_host.url}search/?q=plain&page=99"))
    assert ids(page) == []
    page.get_by_role("link", name="Go to the last page").click()
    expect(page.locator("[data-search-result]")).to_have_count(6)


def test_everything_is_in_the_address(browse: Browse, showcase_host: Host) -> None:
    page = answered(browse(f"{showcase_host.url}search/?q=plain"))
    choose(page, "Topic", "Evaluation")
    page.get_by_label("Sort by").select_option("newest")
    expect(page).to_have_url(re.compile("sort=newest"))
    answered(page)
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".ps-pager [aria-current]")).to_have_text("2")
    answered(page)
    other = answered(browse(page.url))
    assert ids(other) == ids(page)
    assert total(other) == total(page) == 24
    expect(facet(other, "Topic").get_by_label(re.compile("Evaluation"))).to_be_checked()
    expect(other.get_by_label("Sort by")).to_have_value("newest")


@pytest.mark.parametrize(
    "address",
    [
        "?q=plain&page=0",
        "?q=plain&page=-3",
        "?q=plain&page=x",
        "?q=plain&sort=nonsense",
        "?q=plain&topic=",
        "?page=2&q=plain&page=7&unknown=1",
        "?q=plain&%E0%A4%A=%",
    ],
)
def test_what_makes_no_sense_in_an_address_is_left_out(
    browse: Browse, showcase_host: Host, address: str
) -> None:
    page = answered(browse(f"{showcase_host.url}search/{address}"))
    assert total(page) == 36
    assert len(ids(page)) == 10


# Leaving and coming back


@both_widths
def test_coming_back_from_a_paper_finds_the_same_place(
    browse: Browse, showcase_host: Host, width: int
) -> None:
    page = answered(browse(f"{showcase_host.url}search/?q=plain&page=2", width=width))
    before = ids(page)
    page.locator("[data-search-result] h2 a").nth(6).scroll_into_view_if_needed()
    page.mouse.wheel(0, 60)
    page.wait_for_timeout(200)
    scrolled = page.evaluate("scrollY")
    assert scrolled > 100
    page.locator("[data-search-result] h2 a").nth(6).click()
    expect(page.locator(".ps-trail")).to_be_visible()
    page.go_back()
    answered(page)
    page.wait_for_function("scrolled => Math.abs(scrollY - scrolled) < 2", arg=scrolled)
    assert ids(page) == before


def test_going_back_within_the_page_finds_the_same_place(
    browse: Browse, showcase_host: Host
) -> None:
    page = answered(browse(f"{showcase_host.url}search/?q=plain"))
    page.get_by_role("link", name="Next").scroll_into_view_if_needed()
    scrolled = page.evaluate("scrollY")
    assert scrolled > 100
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".ps-pager [aria-current]")).to_have_text("2")
    page.go_back()
    expect(page.locator(".ps-pager [aria-current]")).to_have_text("1")
    page.wait_for_function("scrolled => Math.abs(scrollY - scrolled) < 2", arg=scrolled)
    page.reload()
    answered(page)
    page.wait_for_function("scrolled => Math.abs(scrollY - scrolled) < 2", arg=scrolled)


# Keyboard and screen readers


def test_the_keyboard_does_it_all(browse: Browse, showcase_host: Host) -> None:
    page = answered(browse(f"{showcase_host.url}search/?q=plain"))
    links = page.locator("[data-search-result] h2 a")
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(links.nth(place)).to_be_focused()
        expect(links.nth(place)).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("body")).to_be_focused()
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    page.keyboard.type("junk kj/")  # over what was there, since it was selected
    expect(box(page)).to_have_value("junk kj/")
    page.keyboard.press("Escape")
    expect(box(page)).not_to_be_focused()
    expect(box(page)).to_have_value("junk kj/")
    page.keyboard.press("Control+j")
    expect(links.first).not_to_be_focused()
    first = ids(page)[0]
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/papers/{first}/"))


def test_the_last_result_is_the_end(browse: Browse, showcase_host: Host) -> None:
    page = answered(browse(f"{showcase_host.url}search/?q=plain"))
    for _ in range(15):
        page.keyboard.press("j")
    expect(page.locator("[data-search-result] h2 a").last).to_be_focused()


def test_what_was_found_is_announced(browse: Browse, showcase_host: Host) -> None:
    page = answered(browse(f"{showcase_host.url}search/?q=plain"))
    status = page.locator("p[role=status]")
    expect(status).to_have_text("36 papers")
    choose(page, "Topic", "Surveys")
    expect(status).to_have_text("12 papers")
    page.get_by_role("link", name="Next").click()
    expect(status).to_have_text("12 papers, page 2 of 2")
    box(page).fill("xyzzyplugh")
    page.keyboard.press("Enter")
    expect(status).to_have_text("Nothing matches “xyzzyplugh”")


def failing(what: str) -> Callable[[Route], None]:
    def fail(route: Route) -> None:
        if what == "offline":
            route.abort()
        else:
            route.fulfill(status=int(what), body="no")

    return fail


# What it says


def test_without_a_query_there_is_help(browse: Browse, demo_host: Host) -> None:
    page = browse(f"{demo_host.url}search/")
    help_ = page.locator(".ps-help")
    expect(help_).to_have_attribute("open", "")
    for name in ("days", "topics", "titles"):
        link = root(page).locator(".ps-ways").get_by_role("link", name=name)
        assert link.evaluate("link => link.href") == f"{demo_host.url}{name}/"
    examples = help_.locator("dl a").all_text_contents()
    assert len(examples) >= 12
    for example in examples:
        page.locator(".ps-help dl a").get_by_text(example, exact=True).click()
        expect(box(page)).to_have_value(example)
        answered(page)
        expect(page.locator(".ps-failed")).to_be_hidden()
        expect(help_).not_to_have_attribute("open", "")
        page.go_back()
        expect(root(page)).to_have_attribute("data-search-state", "idle")
        expect(help_).to_have_attribute("open", "")


def test_examples_of_words_find_something(browse: Browse, demo_host: Host) -> None:
    page = browse(f"{demo_host.url}search/")
    examples = page.locator(".ps-help dl a").all_text_contents()
    empty = []
    for example in examples:
        box(page).fill(example)
        page.keyboard.press("Enter")
        expect(page).to_have_title(f"{example} · Search · Papershelf")
        answered(page)
        if not ids(page):
            empty.append(example)
    # The demo knows neither code nor PDFs nor identifiers.
    assert [e for e in empty if not re.search(r"has:|\d{4}\.|^10\.|year:>", e)] == []


def test_nothing_found_is_said_plainly(browse: Browse, showcase_host: Host) -> None:
    page = answered(browse(f"{showcase_host.url}search/?q=xyzzyplugh"))
    expect(page.locator(".ps-note")).to_contain_text("Nothing matches “xyzzyplugh”.")
    assert total(page) == 0
    page.goto(f"{showcase_host.url}search/?q=right+hands&topic=surveys")
    answered(page)
    expect(page.locator(".ps-note")).to_contain_text("“right hands” with these filters.")
    page.get_by_role("link", name="Search without filters").click()
    expect(page.locator("[data-search-result]").first).to_be_visible()


def test_a_misspelt_query_is_mended_with_one_click(browse: Browse, demo_host: Host) -> None:
    page = answered(browse(f"{demo_host.url}search/?q=quantizaton"))
    page.locator(".ps-note").get_by_role("link", name="quantization").click()
    expect(page).to_have_url(f"{demo_host.url}search/?q=quantization")
    expect(page.locator("[data-search-result]").first).to_be_visible()


def test_a_field_that_does_not_exist_is_explained(browse: Browse, demo_host: Host) -> None:
    page = answered(browse(f"{demo_host.url}search/?q=foo:bar"))
    expect(page.locator(".ps-note")).to_contain_text("foo")
    expect(page.locator(".ps-note")).to_contain_text("title")


@pytest.mark.parametrize("what", ["offline", "404", "500"])
@pytest.mark.parametrize("files", ["search/*.bin", "assets/search/client.js*", "search/search.js"])
def test_a_failed_network_is_said_and_tried_again(
    broken: Page, demo_host: Host, files: str, what: str
) -> None:
    page = broken
    fail = failing(what)
    page.route(f"**/{files}", fail)
    page.goto(f"{demo_host.url}search/?q=quantization&sort=newest")
    expect(root(page)).to_have_attribute("data-search-state", "done")
    again = page.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    expect(page.locator("p[role=status]")).to_contain_text("could not be loaded")
    again.click()
    expect(again).to_be_visible()
    page.unroute(f"**/{files}", fail)
    again.click()
    expect(page.locator("[data-search-result]").first).to_be_visible()
    expect(again).to_be_hidden()
    expect(page).to_have_url(f"{demo_host.url}search/?q=quantization&sort=newest")


@pytest.mark.parametrize("module", ["page", "page-view"])
def test_a_script_that_does_not_come_is_said_too(
    broken: Page, demo_host: Host, module: str
) -> None:
    fail = failing("404")
    broken.route(f"**/assets/search/{module}.js", fail)
    broken.goto(f"{demo_host.url}search/?q=quantization")
    again = broken.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    broken.unroute(f"**/assets/search/{module}.js", fail)
    again.click()
    expect(broken.locator("[data-search-result]").first).to_be_visible()


def test_a_mistake_in_the_search_is_not_blamed_on_the_network(
    broken: Page, demo_host: Host
) -> None:
    script = """
    export class Client {
      async ask() { throw Object.assign(new Error("no"), { kind: "failed" }); }
    }"""
    broken.route(
        "**/client.js", lambda route: route.fulfill(body=script, content_type="text/javascript")
    )
    broken.goto(f"{demo_host.url}search/?q=quantization")
    expect(broken.get_by_role("button", name="Try again")).to_be_visible()
    expect(broken.locator("p[role=status]")).to_contain_text("The search failed.")


SLOW_CLIENT = """
export class Client {
  async ask({ query, start }) {
    await new Promise((done) => setTimeout(done, Number(query.split(" ")[1])));
    const id = query.replaceAll(" ", "-");
    const paper = { id, title: query };
    return { total: 1, results: [{ id, paper, title: [[query, false]], snippet: [] }], facets: {},
             sorts: ["relevance"], suggestion: null, problem: null, words: [] };
  }
}
"""


@pytest.fixture
def slow(browse: Browse, demo_host: Host) -> Page:
    """The page with a client that takes as many milliseconds as its query says."""
    page = browse(demo_host.url)
    script = "text/javascript"
    page.route("**/client.js", lambda route: route.fulfill(body=SLOW_CLIENT, content_type=script))
    page.goto(f"{demo_host.url}search/")
    return page


def test_an_outdated_answer_never_shows(slow: Page) -> None:
    for query in ("first 900", "second 300", "third 10"):
        box(slow).fill(query)
        slow.keyboard.press("Enter")
    answered(slow)
    assert ids(slow) == ["third-10"]
    slow.wait_for_timeout(1100)
    assert ids(slow) == ["third-10"]
    expect(root(slow)).not_to_have_attribute("aria-busy", "true")
    expect(slow).to_have_title(re.compile("^third"))


def test_only_a_slow_answer_is_said_to_be_waited_for(slow: Page) -> None:
    slow.evaluate("""() => {
      window.said = [];
      const wait = document.querySelector(".ps-wait");
      new MutationObserver(() => said.push(wait.checkVisibility()))
        .observe(document.querySelector("[data-search-state]"), {attributes: true});
    }""")
    for query, busy in (("quick 50", False), ("slow 700", True)):
        box(slow).fill(query)
        slow.keyboard.press("Enter")
        expect(slow.locator("[data-search-result]")).to_have_text(query)
        answered(slow)
        assert slow.evaluate("said.splice(0).some(Boolean)") is busy
        expect(root(slow)).not_to_have_attribute("aria-busy", "true")


# Hostile text and queries

QUERIES = [
    "[", "(.*)+$", "\\", "\\u0000", "+", "-", "~", ":", "^", "*", "\"", "\"\"", "' OR 1=1",
    "title:<script>window.__pwned=1</script>", "<img src=x onerror=window.__pwned=2>", "a~99999",
    "a^-1", "a^", "year:..", "year:>", "has:", "title:", ":x", "++a", "--a", "x" * 10_000,
    "w " * 3_000, "\u202e\u200b\ufeff", "💥", "%", "%E0%A4%A", "constructor", "__proto__",
    "toString",
]  # fmt: skip


def test_no_query_breaks_the_page(browse: Browse, hostile_host: Host) -> None:
    page = browse(f"{hostile_host.url}search/")
    for query in QUERIES:
        page.evaluate("history.replaceState({}, '', './')")
        box(page).fill(query)
        page.keyboard.press("Enter")
        page.wait_for_function(
            "query => document.title.startsWith(query.trim().slice(0, 200))", arg=query
        )
        answered(page)
        assert ids(page) or page.locator(".ps-note").text_content(), query[:50]
        expect(page.locator(".ps-failed")).to_be_hidden()
        assert page.evaluate("window.__pwned") is None
        assert root(page).locator(FOREIGN).all() == []


@pytest.mark.parametrize("address", ["?q=%E0%A4%A", "?q=100%", "?q=%", "?q=script&topic=%FF"])
def test_no_address_breaks_the_page(browse: Browse, hostile_host: Host, address: str) -> None:
    page = answered(browse(f"{hostile_host.url}search/{address}"))
    expect(page.locator(".ps-failed")).to_be_hidden()


def test_hostile_papers_are_shown_as_text(browse: Browse, hostile_host: Host) -> None:
    page = browse(f"{hostile_host.url}search/?q=script", width=PHONE)
    for query in ("script", "img onerror", "click", "textarea", "evil", "mathematics"):
        box(page).fill(query)
        page.keyboard.press("Enter")
        expect(page).to_have_title(re.compile(f"^{query} "))
        answered(page)
        expect(page.locator("[data-search-result]").first).to_be_visible()
        assert root(page).locator(FOREIGN).all() == []
        assert page.evaluate("[window.__pwned ?? 0, document.documentElement.scrollWidth]") == [
            0,
            PHONE,
        ]


# The page itself


@both_widths
@pytest.mark.parametrize(
    "address", ["", "?q=plain", "?q=report+hands&topic=surveys", "?q=plain&topic=surveys&page=2"]
)
def test_the_search_page_has_no_violation(
    browse: Browse, showcase_host: Host, address: str, width: int
) -> None:
    page = browse(f"{showcase_host.url}search/{address}", width=width)
    if address:
        answered(page)
        page.locator(".ps-help summary").click()
        if width == PHONE:
            page.locator(".ps-facets summary").click()
    assert violations(page) == []


@both_widths
def test_a_failed_search_has_no_violation(broken: Page, demo_host: Host, width: int) -> None:
    broken.set_viewport_size({"width": width, "height": 800})
    broken.route("**/client.js", failing("404"))
    broken.goto(f"{demo_host.url}search/?q=quantization")
    expect(broken.get_by_role("button", name="Try again")).to_be_visible()
    assert violations(broken) == []


@both_widths
@pytest.mark.parametrize("address", ["", "?q=quantization", "?q=model&page=2", "?q=xyzzyplugh"])
def test_nothing_jumps_when_results_come(
    browse: Browse, demo_host: Host, address: str, width: int
) -> None:
    page = browse("about:blank", width=width, host=demo_host)
    page.add_init_script(SHIFTS)
    page.goto(f"{demo_host.url}search/{address}", wait_until="networkidle")
    expect(root(page)).to_have_attribute("data-search-state", "done" if address else "idle")
    page.wait_for_timeout(300)
    assert page.evaluate("window.shifts") == []


def test_nothing_jumps_when_a_slow_answer_refines(browse: Browse, showcase_host: Host) -> None:
    page = browse("about:blank", host=showcase_host)
    page.add_init_script(SHIFTS)
    page.goto(f"{showcase_host.url}search/?q=plain")
    answered(page)
    # As long after the click as the browser no longer takes it for the cause.
    page.evaluate("""() => {
      const box = [...document.querySelectorAll(".ps-facets input")].find(
        (one) => one.value === "surveys");
      setTimeout(() => box.click(), 800);
    }""")
    expect(page.locator("[data-search-total]")).to_have_text("12")
    page.wait_for_timeout(200)
    assert page.evaluate("window.shifts") == []


def test_filters_unfold_on_a_phone(browse: Browse, showcase_host: Host) -> None:
    page = answered(browse(f"{showcase_host.url}search/?q=plain", width=PHONE))
    expect(facet(page, "Topic")).to_be_hidden()
    page.get_by_text("Filters").click()
    choose(page, "Topic", "Surveys")
    expect(facet(page, "Topic")).to_be_visible()
    expect(page.get_by_text("Filters (1 chosen)")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE


def test_everything_is_large_enough_for_a_thumb(browse: Browse, showcase_host: Host) -> None:
    page = answered(browse(f"{showcase_host.url}search/?q=plain&topic=surveys", width=PHONE))
    page.locator(".ps-facets summary").click()
    page.locator(".ps-help summary").click()
    small = root(page).evaluate("""root => [...root.querySelectorAll(
        "button, select, summary, label:has(input), input[type=search], dt a, .ps-clear, " +
        ".ps-meta a, .ps-pager a, h2 a")]
      .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 23.9)
      .map(one => one.outerHTML.slice(0, 80))""")
    assert small == []


def test_there_is_one_box_on_the_search_page(browse: Browse, demo_host: Host) -> None:
    start = len(demo_host.requests)
    page = answered(browse(f"{demo_host.url}search/?q=quantization"))
    page.wait_for_load_state("networkidle")
    expect(page.locator(".md-search, [for=__search], #__search")).to_have_count(0)
    asked = {request.path for request in demo_host.requests[start:]}
    assert not any(path.endswith("box.js") for path in asked)


@both_widths
def test_without_javascript_the_boxes_lead_to_the_listings(
    browse: Browse, demo_host: Host, width: int
) -> None:
    page = browse(f"{demo_host.url}topics/", width=width, java_script_enabled=False)
    if width == PHONE:
        page.locator(".md-header__button[for=__search]").click()
    page.locator(".md-search__input").fill("quantization")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{demo_host.url}search/?q=quantization")
    expect(page.locator("noscript p")).to_contain_text("Search needs JavaScript")
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.locator(".ps-find-bar")).to_be_hidden()
    for name in ("days", "topics", "titles"):
        link = page.locator(".ps-note").get_by_role("link", name=name)
        assert link.get_attribute("href") == f"../{name}/"
    assert page.evaluate("1") == 1


def test_the_front_pages_form_leads_to_the_results(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url, width=PHONE)
    page.locator("#ps-query").fill("quantization")
    page.locator(".ps-search button").click()
    expect(page).to_have_url(f"{demo_host.url}search/?q=quantization")
    answered(page)


def test_the_palette_is_the_same_here_and_elsewhere(browse: Browse, demo_host: Host) -> None:
    page = browse(f"{demo_host.url}search/", color_scheme="light")
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    page.get_by_title("Switch to dark").click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.goto(f"{demo_host.url}about/")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_title("Switch to light").click()
    page.goto(f"{demo_host.url}search/")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    expect(page.get_by_title("Switch to dark")).to_be_visible()
    expect(page.get_by_title("Switch to light")).to_be_hidden()


def test_results_come_from_a_few_packs(browse: Browse, demo_host: Host) -> None:
    start = len(demo_host.requests)
    page = answered(browse(f"{demo_host.url}search/?q=language+models"))
    expect(page.locator("[data-search-result]")).to_have_count(10)
    page.wait_for_load_state("networkidle")
    paths = [request.path for request in demo_host.requests[start:]]
    index = [
        path for path in paths if path.startswith(f"{demo_host.mount}search/") and path[-1] != "/"
    ]
    # The script, the manifest, lengths, facets, terms, keys, a directory, and packs of 78 papers.
    assert len(index) <= 15
    assert not [path for path in paths if "/papers/" in path]


def test_a_search_asks_for_no_file_twice(browse: Browse, demo_host: Host) -> None:
    start = len(demo_host.requests)
    answered(browse(f"{demo_host.url}search/?q=language+models")).wait_for_timeout(300)
    paths = [request.path for request in demo_host.requests[start:]]
    assert f"{demo_host.mount}search/search.js" in paths
    twice = {path for path in paths if paths.count(path) > 1}
    assert twice <= {f"{demo_host.mount}assets/papershelf.svg"}  # the icon of a changed address


def test_follow_on_the_page_of_an_author_finds_their_papers_newest_first(
    browse: Browse, showcase_host: Host
) -> None:
    page = browse(f"{showcase_host.url}authors/mei-lin/")
    page.get_by_role("link", name="Follow").click()
    answered(page)
    theirs = [
        paper
        for paper in papers(showcase_host)
        if "Mei Lin" in [author["name"] for author in paper.get("authors", [])]
    ]
    assert total(page) == len(theirs) > 10
    assert page.locator("[name=sort]").input_value() == "newest"
    listed = {paper["id"]: paper.get("listed", "") for paper in theirs}
    days = list(map(listed.__getitem__, ids(page)))
    assert days == sorted(days, reverse=True)
