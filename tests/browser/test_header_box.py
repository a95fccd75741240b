"""The box in the header: papers as one types, and *Enter* for all of them."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Browse
from tests.browser.server import Host

PHONE = 390
DESKTOP = 1280


@pytest.fixture(params=["below a path", "at the root"])
def host(request: pytest.FixtureRequest) -> Host:
    name = "demo_host" if request.param == "below a path" else "root_host"
    found: Host = request.getfixturevalue(name)
    return found


def field(page: Page) -> Locator:
    return page.locator(".md-search__input")


def entries(page: Page) -> Locator:
    """Papers, and last the way to all of them where there are more."""
    return page.locator(".md-search-result__item > a")


def papers(page: Page) -> Locator:
    return page.locator('.md-search-result__item > a[href*="/papers/"]')


def type_in(page: Page, query: str) -> None:
    """Type a query and wait for what is found by just that."""
    if page.viewport_size and page.viewport_size["width"] < 600:
        page.locator(".md-header__button[for=__search]").tap()
    else:
        page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    field(page).fill("")
    page.keyboard.type(query)
    page.keyboard.press("End")  # letters of other scripts come without a key, as from a real IME
    wait_for(page, query)


def wait_for(page: Page, query: str) -> None:
    """Wait until what is shown is of this query: links say so."""
    page.wait_for_function(
        """(query) => {
          const links = [...document.querySelectorAll(".md-search-result__item > a")];
          const said = (link, name) => new URL(link.href).searchParams.get(name);
          return links.some((link) => said(link, "q") === query)
            || links.some((link) => said(link, "h") === query.toLowerCase());
        }""",
        arg=query,
    )


def held_back(page: Page, files: str) -> list[Route]:
    """The requests for some files, of which none is answered until a test does it."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(files, hold)
    return held


def shards(host: Host) -> list[str]:
    return [request.path for request in host.requests if request.path.endswith(".bin")]


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_last_word_is_completed_as_one_types(
    browse: Browse, demo_host: Host, width: int
) -> None:
    page = browse(demo_host.url, width=width)
    type_in(page, "quanti")
    first = papers(page).first
    expect(first).to_be_visible()
    expect(first.locator("h2")).to_contain_text(re.compile("quanti[sz]", re.IGNORECASE))
    for link in papers(page).all():
        assert (link.get_attribute("href") or "").startswith(f"{demo_host.url}papers/")
        expect(link).to_contain_text(re.compile("quanti", re.IGNORECASE))


def test_only_the_last_word_is_completed(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url)
    type_in(page, "speculative deco")
    expect(papers(page).first).to_contain_text(re.compile("speculative decoding", re.IGNORECASE))
    type_in(page, "quantization decod")
    whole = papers(page).evaluate_all("links => links.map(link => link.textContent)")
    assert whole
    assert all(re.search("quantiz|decod", text, re.IGNORECASE) for text in whole)


def test_what_is_shown_is_of_the_last_letter_typed(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url)
    type_in(page, "quantization")
    expected = papers(page).evaluate_all("links => links.map(link => link.pathname)")
    field(page).fill("")
    for query in ("speculative", "token", "m", "quantization"):
        field(page).fill(query)  # no time between for an answer
        page.keyboard.press("End")
    wait_for(page, "quantization")
    page.wait_for_timeout(300)  # nor does a late answer replace the last
    wait_for(page, "quantization")
    assert papers(page).evaluate_all("links => links.map(link => link.pathname)") == expected


def test_arrows_go_through_the_entries_and_enter_opens_one(browse: Browse, host: Host) -> None:
    page = browse(host.url)
    type_in(page, "quantization")
    page.keyboard.press("ArrowDown")
    expect(entries(page).first).to_be_focused()
    page.keyboard.press("ArrowDown")
    second = entries(page).nth(1)
    expect(second).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field(page)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(entries(page).last).to_be_focused()
    second.focus()
    address = second.evaluate("link => link.pathname")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{host.origin}{address}**")
    expect(page.locator("h1")).to_be_visible()


def test_enter_in_the_box_leads_to_all_results(browse: Browse, host: Host) -> None:
    page = browse(host.url)
    type_in(page, "quantization")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{host.url}search/?q=quantization")
    expect(page.locator("[data-search-result]").first).to_be_visible()


@pytest.mark.parametrize(
    "slow", ["search/search.js", "assets/search/box.js", "assets/papershelf.js"]
)
def test_enter_waits_for_nothing(browse: Browse, demo_host: Host, slow: str) -> None:
    page = browse("about:blank", host=demo_host)
    held_back(page, f"{demo_host.url}{slow}")
    with page.expect_request(f"{demo_host.url}{slow}"):
        page.goto(demo_host.url, wait_until="commit")
        field(page).click()
        page.keyboard.type("mixture & experts")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{demo_host.url}search/?q=mixture+%26+experts", wait_until="commit")


def test_what_is_typed_before_the_search_is_there_is_answered(
    browse: Browse, demo_host: Host
) -> None:
    page = browse("about:blank", host=demo_host)
    held = held_back(page, "**/search/box.js")
    page.goto(demo_host.url)
    field(page).click()
    page.keyboard.type("quantization")
    expect(papers(page)).to_have_count(0)
    held[0].continue_()
    expect(papers(page).first).to_be_visible()


def test_how_many_there_are_is_announced(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url)
    said = page.get_by_role("dialog").get_by_role("status")
    page.keyboard.press("/")
    expect(said).to_have_text("Titles, abstracts, topics, authors")
    for query, sentence in (("quanti", r"\d+ papers"), ("qqzzxxyy", "Nothing matches “qqzzxxyy”")):
        field(page).fill(query)
        expect(said).to_have_text(re.compile(f"^{sentence}$"))
    page.get_by_role("button", name="Clear").click()
    expect(said).to_have_text("Titles, abstracts, topics, authors")
    expect(field(page)).to_be_focused()


@pytest.mark.parametrize("files", ["search/search.js", "search/*.bin", "assets/search/box.js"])
def test_a_search_that_does_not_come_is_said(broken: Page, demo_host: Host, files: str) -> None:
    broken.route(f"{demo_host.url}{files}", lambda route: route.abort())
    broken.goto(demo_host.url)
    field(broken).click()
    broken.keyboard.type("quantization")
    said = broken.locator(".md-search-result__meta")
    expect(said).to_contain_text("The search could not be loaded")
    broken.unroute(f"{demo_host.url}{files}")
    broken.keyboard.press("Enter")
    broken.wait_for_url(f"{demo_host.url}search/?q=quantization")


def test_what_is_typed_on_an_entry_goes_on_in_the_box(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url)
    type_in(page, "quanti")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("zation")
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("quantization")


def test_who_tabs_on_leaves_the_box(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url)
    type_in(page, "quanti")
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.locator("#__search")).not_to_be_checked()


def test_escape_closes_the_box_and_goes_nowhere(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url)
    type_in(page, "quantization")
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    expect(page.locator(".md-search__output")).to_have_css("opacity", "0")
    expect(page).to_have_url(demo_host.url)


def test_matches_are_marked_and_nothing_else(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url)
    type_in(page, "quantization")
    marks = page.locator(".md-search-result__item mark")
    expect(papers(page).first.locator("h2 mark").first).to_be_visible()
    for text in marks.all_inner_texts():
        assert re.match("quanti[sz]", text, re.IGNORECASE), text


@pytest.mark.parametrize("query", ["quantization", "Speculative Decoding", "quanti"])
def test_the_words_are_marked_on_the_paper_that_is_opened(
    browse: Browse, demo_host: Host, query: str
) -> None:
    page = browse(demo_host.url)
    type_in(page, query)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/papers/[^/]+/\?h=[a-z+]"))
    marked = page.locator("article mark[data-md-highlight]:visible")
    expect(marked.first).to_be_visible()
    stems = [word[:6].lower() for word in query.split()]
    for text in marked.all_inner_texts():
        words = re.findall(r"\w+", text.lower())
        assert words
        assert all(any(word.startswith(stem) for stem in stems) for word in words), text


@pytest.mark.parametrize(
    ("query", "width"),
    [("model", PHONE), ("language mod", DESKTOP), ("model&token=a+b#c %41 é", PHONE)],
)
def test_the_last_entry_leads_to_all_results(
    browse: Browse, host: Host, query: str, width: int
) -> None:
    page = browse(host.url, width=width)
    type_in(page, query)
    assert papers(page).count() == entries(page).count() - 1
    last = entries(page).last
    address = urlsplit(last.get_attribute("href") or "")
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{host.url}search/"
    assert parse_qs(address.query)["q"] == [query]
    last.click()
    page.wait_for_url(re.compile(re.escape(f"{host.url}search/?q=")))
    root = page.locator("[data-search-state]")
    expect(root).to_have_attribute("data-search-state", "done")
    expect(root.locator("[name=q]")).to_have_value(query)


def test_nothing_found_is_said(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url)
    page.keyboard.press("/")
    page.keyboard.type("qqzzxxyy")
    expect(page.locator(".md-search-result__meta")).to_contain_text(re.compile("no|nothing", re.I))
    expect(papers(page)).to_have_count(0)


def test_hostile_text_is_shown_as_text(browse: Browse, hostile_host: Host) -> None:
    page = browse(hostile_host.url)
    for query in ("script", "img onerror", "click", "raw", "textarea", "mask", "evil", "pwned"):
        type_in(page, query)
        expect(papers(page).first).to_be_visible()
        within = page.locator(".md-search-result__list")
        assert within.locator("script, img, iframe, input, object, style, svg svg").all() == []
        assert within.locator("[onerror], [onload], [onclick]").all() == []
        assert page.evaluate("window.__pwned") is None
    type_in(page, "pwned 1 script")
    title = "<script>window.__pwned = 1</script>"
    found = papers(page).locator("h2").filter(has_text=title).first
    expect(found).to_be_visible()
    found.click()
    expect(page.locator("h1")).to_have_text(title)
    assert page.evaluate("window.__pwned") is None


@pytest.mark.parametrize(
    "query",
    ["<img src=x onerror=window.__pwned=1>", '"><script>window.__pwned=2</script>', "&lt;b"],
)
def test_a_hostile_query_is_shown_as_text(browse: Browse, hostile_host: Host, query: str) -> None:
    page = browse(hostile_host.url)
    type_in(page, "script")
    field(page).fill("")
    page.keyboard.type(query)
    page.wait_for_timeout(500)  # nothing need be found
    assert page.locator(".md-search-result :is(script, img, iframe)").all() == []
    assert page.evaluate("window.__pwned") is None


def test_no_part_of_the_index_is_fetched_before_somebody_types(browse: Browse, host: Host) -> None:
    host.requests.clear()
    page = browse(host.url)
    page.wait_for_load_state("networkidle")
    page.locator(".ps-entry a").first.click()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    assert shards(host) == []
    type_in(page, "quantization")
    assert shards(host)


def test_what_the_browser_keeps_is_not_fetched_again(browse: Browse, host: Host) -> None:
    page = browse(host.url)
    host.requests.clear()
    type_in(page, "quantization")
    fetched = shards(host)
    assert fetched
    assert len(fetched) == len(set(fetched))
    address = papers(page).first.evaluate("link => link.pathname")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{host.origin}{address}**")
    type_in(page, "quantization")
    page.wait_for_timeout(300)
    assert shards(host) == fetched
