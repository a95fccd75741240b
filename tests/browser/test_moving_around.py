"""Keyboard, search box, drawer and palette, as people use them."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Browse
from tests.browser.server import Host

PHONE = 390
PAPER = "papers/lumina-next-making-lumina-t2x-stronger-and-faster-with-next-dit/"


def field(page: Page) -> Locator:
    return page.locator(".md-search__input")


def results(page: Page) -> Locator:
    return page.locator(".md-search-result__item > a")


def count(page: Page) -> Locator:
    return page.locator(".md-search-result__meta")


def search(page: Page, query: str) -> None:
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    field(page).fill("")
    page.keyboard.type(query)
    page.keyboard.press("End")  # letters of other scripts come without a key, as from a real IME
    expect(count(page)).to_have_text(re.compile(r"^[\d,]+ papers?$|^Nothing matches"))


def test_slash_opens_the_search_and_arrows_choose_a_paper(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url)
    search(page, "speculative decoding")
    expect(results(page).first).to_be_visible()
    addresses = results(page).evaluate_all("links => links.map(link => link.pathname)")
    assert all(address.startswith("/demo/papers/") for address in addresses[:-1])
    assert addresses[-1] == "/demo/search/"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{demo_host.origin}{addresses[0]}?h=speculative+decoding")
    expect(page.locator(".ps-abstract").first).to_be_visible()


def test_escape_leaves_the_search(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url)
    search(page, "token")
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    expect(page.locator(".md-search__output")).to_have_css("opacity", "0")


@pytest.mark.parametrize(
    ("query", "paper"),
    [
        ("right hands report", "many-authors"),
        ("forty people wrote", "many-authors"),
        ("Lovelace", "mathematics"),
        ("lovel", "mathematics"),
        ("للعربية", "right-to-left"),
        ("attention", "mathematics"),
    ],
)
def test_a_paper_is_found_by_title_abstract_and_author(
    browse: Browse, showcase_host: Host, query: str, paper: str
) -> None:
    page = browse(showcase_host.url)
    search(page, query)
    link = results(page).first
    expect(link).to_have_attribute("href", re.compile(rf"/shelf/papers/{paper}/(\?h=|$)"))


def test_papers_are_found_by_topic(browse: Browse, showcase_host: Host) -> None:
    page = browse(showcase_host.url)
    search(page, "surveys")
    lines = (showcase_host.folder / "catalog.jsonl").read_text("utf-8").splitlines()
    papers = [paper for paper in map(json.loads, lines) if "surveys" in paper.get("topics", ())]
    expect(results(page).last).to_have_text(f"All {len(papers)} results")


@pytest.mark.parametrize("query", ["titles", "about", "days", "page", "august 2025", "undated"])
def test_search_never_lists_a_listing(browse: Browse, demo_host: Host, query: str) -> None:
    page = browse(demo_host.url)
    search(page, query)
    page.wait_for_timeout(200)
    for link in results(page).all():
        assert re.search(r"/demo/(papers/|search/\?q=)", link.get_attribute("href") or "")


def test_hostile_text_is_found_and_shown_as_text(browse: Browse, hostile_host: Host) -> None:
    page = browse(hostile_host.url)
    for query in ("script", "img onerror", "click", "raw", "textarea", "MASK", "evil"):
        search(page, query)
        expect(results(page).first).to_be_visible()
        page.locator(".md-search__scrollwrap").evaluate("box => box.scrollTo(0, box.scrollHeight)")
        assert (
            page.locator(".md-search-result :is(script, img, svg svg, iframe, input)").all() == []
        )
        assert page.evaluate("window.__pwned") is None
    search(page, "pwned = 1")
    title = "<script>window.__pwned = 1</script>"
    expect(page.locator(".md-search-result h2").filter(has_text=title).first).to_be_visible()
    page.locator(".md-search-result h2").filter(has_text=title).first.click()
    expect(page.locator("h1")).to_have_text(title)
    assert page.evaluate("window.__pwned") is None


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_an_address_with_a_query_opens_the_search(
    browse: Browse, demo_host: Host, width: int
) -> None:
    page = browse(f"{demo_host.url}?q=quantization", width=width)
    expect(field(page)).to_have_value("quantization")
    expect(results(page).first).to_be_visible()
    page.wait_for_timeout(300)
    expect(page.locator("#__search")).to_be_checked()


def test_n_and_p_turn_the_pages(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url)
    page.locator(".ps-entry a").first.click()
    place = page.locator(".ps-place")
    expect(place).to_have_text("1 of 78")
    for key, number in (("n", 2), ("n", 3), ("p", 2)):
        page.wait_for_load_state()  # before it, no script listens
        page.keyboard.press(key)
        expect(place).to_have_text(f"{number} of 78")


@pytest.mark.parametrize("path", ["", PAPER, "days/2025-08-07/2/", "about/", "404.html"])
def test_the_first_tab_stop_skips_to_the_content(
    browse: Browse, demo_host: Host, path: str
) -> None:
    page = browse(demo_host.url + path)
    page.keyboard.press("Tab")
    skip = page.locator(".md-skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    target = page.locator(f"[id='{page.url.partition('#')[2]}']")
    expect(target).to_be_in_viewport()


def test_the_palette_switches_and_is_remembered(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url, color_scheme="light")
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    light = body.evaluate("body => getComputedStyle(body).backgroundColor")
    page.get_by_title("Switch to dark").click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    expect(body).not_to_have_css("background-color", light)
    page.goto(f"{demo_host.url}topics/")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_title("Switch to light").click()
    expect(body).to_have_attribute("data-md-color-scheme", "default")


def test_the_drawer_leads_to_the_topics_on_a_phone(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url, width=PHONE)
    link = page.get_by_role("link", name="Topics", exact=True)
    expect(link).not_to_be_in_viewport()
    page.locator(".ps-menu").click()
    link.click()
    expect(page).to_have_url(f"{demo_host.url}topics/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Topics")


def test_a_formula_too_wide_for_the_page_scrolls_by_keyboard(
    browse: Browse, showcase_host: Host
) -> None:
    page = browse(f"{showcase_host.url}papers/mathematics/", width=PHONE)
    formula = page.locator("math[display=block]")
    formula.focus()
    page.keyboard.press("ArrowRight")
    expect(formula).to_be_focused()
    page.wait_for_function("document.activeElement.scrollLeft > 0")
