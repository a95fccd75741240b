"""axe (https://github.com/dequelabs/axe-core) finds nothing on any kind of page, in any state."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Browse, size
from tests.browser.server import Host

KINDS = {
    "front page": "",
    "paper with mathematics": "papers/mathematics/",
    "paper with links and many authors": "papers/many-authors/",
    "paper written from right to left": "papers/right-to-left/",
    "paper without anything": "papers/bare/",
    "day": "days/2026-03-02/",
    "second page of a day": "days/2026-03-02/2/",
    "undated list": "days/undated/",
    "month": "days/2026-03/",
    "year": "days/2026/",
    "days": "days/",
    "topics": "topics/",
    "topic": "topics/evaluation/",
    "page in the middle of a topic": "topics/evaluation/3/",
    "titles": "titles/",
    "search": "search/",
    "about": "about/",
    "missing page": "404.html",
}

WIDTHS = (1280, 390)

AXE = Axe().axe_script

COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules that look at colours. All others find the same on light and dark pages."""


def violations_at_all_widths(page: Page) -> list[str]:
    """What axe finds on a page on a computer's screen and on a telephone's."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size(size(width))
        found += [f"{width}: {violation}" for violation in violations(page)]
    return found


def violations(page: Page) -> list[str]:
    """What axe finds on a page as it is, in light colours and in dark ones."""
    found = []
    page.evaluate(AXE)
    for scheme, rules in (("default", {}), ("slate", COLOURS)):
        page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", scheme)
        # Colours that still fade would be measured half way.
        page.wait_for_function("document.getAnimations().every(a => a.playState !== 'running')")
        options = {"resultTypes": ["violations"], **rules}  # not all that is right, at length
        results = page.evaluate("options => axe.run(options)", options)
        found += [
            f"{scheme}: {violation['id']}: {violation['help']}: {node['html'][:200]} "
            f"{node['failureSummary']}"
            for violation in results["violations"]
            for node in violation["nodes"]
        ]
    return found


@pytest.mark.parametrize(("prefers", "scheme"), [("light", "default"), ("dark", "slate")])
def test_a_page_is_as_dark_as_its_reader_likes(
    browse: Browse, showcase_host: Host, prefers: str, scheme: str
) -> None:
    page = browse(showcase_host.url, color_scheme=prefers)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_no_violation(browse: Browse, showcase_host: Host, kind: str) -> None:
    page = browse(showcase_host.url + KINDS[kind])
    assert violations_at_all_widths(page) == []


LISTS = {
    "authors": "authors/",
    "authors of a letter": "authors/letter-l/",
    "author": "authors/mei-lin/",
    "venues": "venues/",
    "trending": "trending/",
    "subscribe": "subscribe/",
    "downloads": "downloads/",
    "reading list": "reading-list/",
    "changes": "changes/",
}


@pytest.mark.parametrize("kind", LISTS)
def test_what_readers_take_away_has_no_violation(
    browse: Browse, library_host: Host, kind: str
) -> None:
    page = browse(library_host.url + LISTS[kind])
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert violations_at_all_widths(page) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("query", ["plain", "nothingatall"])
def test_the_open_search_box_has_no_violation(
    browse: Browse, showcase_host: Host, query: str, width: int
) -> None:
    page = browse(showcase_host.url, width=width)
    page.keyboard.press("/")
    page.keyboard.type(query)
    expect(page.locator(".md-search-result__meta")).to_have_text(
        "36 papers" if query == "plain" else "Nothing matches “nothingatall”"
    )
    assert violations(page) == []


@pytest.mark.parametrize("width", [700, 390])
def test_the_open_drawer_has_no_violation(browse: Browse, showcase_host: Host, width: int) -> None:
    page = browse(showcase_host.url, width=width)
    page.locator(".ps-menu").click()
    expect(page.get_by_role("link", name="Topics", exact=True)).to_be_in_viewport()
    assert violations(page) == []
