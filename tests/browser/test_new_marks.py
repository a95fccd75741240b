"""What is new since the last visit: kept in the browser, from the days of papers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import shelves
from tests.browser import library
from tests.browser.conftest import Browse
from tests.browser.observing import SHIFTS, violations_at_all_widths
from tests.browser.server import Host, serve

PHONE = 390
HOUR = 3_600_000
both_widths = pytest.mark.parametrize("width", [PHONE, 1280])

FORBIDDEN = """
for (const name of ['getItem', 'setItem', 'removeItem']) {
  const real = Storage.prototype[name];
  Storage.prototype[name] = function (key, ...rest) {
    if (key.startsWith('papershelf ')) throw new DOMException('no', 'SecurityError');
    return real.call(this, key, ...rest);
  };
}
"""
"""Storage that our keys cannot be used in; Material's can."""


@pytest.fixture(scope="module")
def growing_host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """The library on a host of its own, with a newer build of it beside."""
    root = tmp_path_factory.mktemp("growing")
    own = {"papers_per_page": library.PER_PAGE}
    old = shelves.publish(root / "old", library.library(), papershelf=own)
    shelves.publish(root / "new", library.newer(library.library(), 3), papershelf=own)
    with serve(old, "/shelf/") as host:
        yield host


@pytest.fixture
def host(growing_host: Host) -> Iterator[Host]:
    old = growing_host.folder
    yield growing_host
    growing_host.folder = old


def publish_more(host: Host) -> None:
    """Three papers of the next day come."""
    host.folder = Path(str(host.folder).replace("/old/", "/new/"))


def pass_time(page: Page, milliseconds: float) -> None:
    page.evaluate(
        """passed => {
          const key = Object.keys(localStorage).find(key => key.endsWith(" visit"));
          const state = JSON.parse(localStorage.getItem(key));
          localStorage.setItem(key, JSON.stringify({...state, at: state.at - passed}));
        }""",
        milliseconds,
    )


def settled(page: Page) -> Page:
    """When the marks are there, if there are any."""
    expect(page.locator(".ps-save").first).to_be_attached()
    page.wait_for_load_state("networkidle")
    return page


def marked(page: Page) -> list[str]:
    settled(page)
    found = page.locator(".ps-entry:has(.ps-new)")
    ids: list[str] = found.evaluate_all(
        "all => all.map(one => one.querySelector('a').pathname.split('/').at(-2))"
    )
    return ids


FRESH = ["fresh-1", "fresh-2", "fresh-3"]


def test_a_first_visit_marks_nothing(browse: Browse, host: Host) -> None:
    page = browse(host.url)
    assert marked(page) == []
    page.goto(f"{host.url}topics/ants/")
    assert marked(page) == []
    expect(page.locator(".ps-news")).to_have_count(0)


@both_widths
def test_the_next_visit_marks_what_came_since(browse: Browse, host: Host, width: int) -> None:
    page = settled(browse(host.url, width=width))
    publish_more(host)
    pass_time(page, 4 * HOUR)
    page.goto(host.url)
    assert marked(page) == FRESH
    expect(page.locator(".ps-summary").first).to_contain_text("3 new since your last visit")
    first = page.locator(".ps-entry h3").first
    assert first.evaluate("one => one.innerText").startswith("New")
    for path in ("topics/ants/", "days/2026-03-13/", "authors/mei-lin/"):
        page.goto(host.url + path)
        assert marked(page) == FRESH, path
    page.goto(f"{host.url}topics/ants/2/")
    assert marked(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_marks_stay_for_the_whole_visit_and_go_after_it(browse: Browse, host: Host) -> None:
    page = settled(browse(host.url))
    publish_more(host)
    pass_time(page, 4 * HOUR)
    for _ in range(3):
        page.goto(host.url)
        assert marked(page) == FRESH
        pass_time(page, 1 * HOUR)
    page.reload()
    assert marked(page) == FRESH
    pass_time(page, 4 * HOUR)
    page.reload()
    assert marked(page) == []


def test_an_old_list_does_not_make_all_the_others_new(browse: Browse, host: Host) -> None:
    page = browse(f"{host.url}days/2026-01-05/")
    assert marked(page) == []
    pass_nothing = page.evaluate("Object.keys(localStorage).filter(k => k.endsWith(' visit'))")
    assert pass_nothing == []
    page.goto(host.url)
    assert marked(page) == []


def test_more_than_the_page_holds_is_said_to_be_more(browse: Browse, host: Host) -> None:
    page = settled(browse(host.url))
    page.evaluate("""() => {
      const key = Object.keys(localStorage).find(key => key.endsWith(" visit"));
      localStorage.setItem(key, JSON.stringify({at: 1, before: "", newest: "2025-12-31"}));
    }""")
    page.reload()
    settled(page)
    entries = page.locator(".ps-entry").count()
    expect(page.locator(".ps-news")).to_contain_text(
        f"More than {entries} new since your last visit"
    )


@pytest.mark.parametrize(
    "kept",
    ['"no"', "[]", "{}", '{"at": "x", "newest": "y"}', '{"at": 1, "newest": "<b>"}', "null", "{"],
)
def test_whatever_is_kept_the_page_works(browse: Browse, host: Host, kept: str) -> None:
    page = settled(browse(host.url))
    page.evaluate(
        """kept => localStorage.setItem(
             Object.keys(localStorage).find(key => key.endsWith(" visit")), kept)""",
        kept,
    )
    page.reload()
    assert marked(page) == []


def test_without_storage_nothing_is_marked(browse: Browse, host: Host) -> None:
    page = browse("about:blank", host=host)
    page.add_init_script(FORBIDDEN)
    for _ in range(2):
        page.goto(host.url)
        page.wait_for_load_state("networkidle")
        expect(page.locator(".ps-entry").first).to_be_visible()
        expect(page.locator(".ps-new, .ps-news, .ps-save")).to_have_count(0)
        publish_more(host)


@both_widths
def test_nothing_jumps_when_marks_come(browse: Browse, host: Host, width: int) -> None:
    page = settled(browse(host.url, width=width))
    publish_more(host)
    pass_time(page, 4 * HOUR)
    page.add_init_script(SHIFTS)
    for path in ("", "topics/ants/", "papers/paper-03/", "titles/"):
        page.goto(host.url + path, wait_until="networkidle")
        page.wait_for_timeout(300)
        assert page.evaluate("window.shifts") == [], path


def test_marks_have_no_violation(browse: Browse, host: Host) -> None:
    page = settled(browse(host.url))
    publish_more(host)
    pass_time(page, 4 * HOUR)
    page.goto(host.url)
    assert marked(page) == FRESH
    page.locator(".ps-save").first.click()
    assert violations_at_all_widths(page) == []
