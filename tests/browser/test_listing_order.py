"""Lists in another order than their own, and their citations."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Browse
from tests.browser.library import VOTES, library
from tests.browser.observing import violations
from tests.browser.server import Host

PHONE, DESKTOP = 390, 1280


def ids(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('.ps-columns .ps-entry')]"
        ".map(entry => entry.querySelector('a').pathname.split('/').at(-2))"
    )
    return found


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_most_upvoted_of_all_pages_come_first(
    browse: Browse, library_host: Host, width: int
) -> None:
    page = browse(f"{library_host.url}topics/ants/", width=width)
    page.get_by_label("Sort by").select_option("upvotes")
    ants = [paper for paper in library().papers if "ants" in paper.topics and not paper.withdrawn]
    expect(page.locator(".ps-columns .ps-entry")).to_have_count(len(ants))
    voted = sorted((n for n in VOTES if n <= 12), key=lambda n: -VOTES[n])
    assert ids(page)[: len(voted)] == [f"paper-{n:02}" for n in voted]
    assert "sort=upvotes" in page.url
    assert violations(page) == []


def test_by_title_is_by_title(browse: Browse, library_host: Host) -> None:
    page = browse(f"{library_host.url}topics/bees/?sort=title")
    expect(page.get_by_label("Sort by")).to_have_value("title")
    bees = [paper for paper in library().papers if "bees" in paper.topics]
    expect(page.locator(".ps-columns .ps-entry")).to_have_count(len(bees))
    titles = page.locator(".ps-columns .ps-entry h2 a").all_text_contents()
    letters = [re.sub(r"[^a-z]", "", title.lower())[:3] for title in titles]
    plain = [one for one, title in zip(letters, titles, strict=True) if title[0].isalpha()]
    assert plain == sorted(plain)


def test_going_back_finds_the_order_before(browse: Browse, library_host: Host) -> None:
    page = browse(f"{library_host.url}topics/ants/")
    own = ids(page)
    page.get_by_label("Sort by").select_option("upvotes")
    expect(page).to_have_url(re.compile("sort=upvotes"))
    page.go_back()
    expect(page.locator(".ps-columns .ps-entry")).to_have_count(len(own))
    assert ids(page) == own


def test_order_is_said_without_javascript(browse: Browse, library_host: Host) -> None:
    page = browse(f"{library_host.url}topics/ants/", java_script_enabled=False)
    expect(page.locator(".ps-order")).to_have_text("Newest first")


def test_results_page_shows_all_papers_of_a_topic_without_words(
    browse: Browse, library_host: Host
) -> None:
    page = browse(f"{library_host.url}search/?topic=ants&sort=upvotes")
    expect(page.locator("[data-search-state]")).to_have_attribute("data-search-state", "done")
    first = page.locator("[data-search-result]").first
    best = max((n for n in VOTES if n <= 12), key=lambda n: VOTES[n])
    expect(first).to_have_attribute("data-search-result", f"paper-{best:02}")


@pytest.mark.parametrize("name", ["BibTeX", "RIS", "CSL-JSON"])
def test_results_are_exported(browse: Browse, library_host: Host, name: str) -> None:
    page = browse(f"{library_host.url}search/?topic=bees")
    buttons = page.get_by_role("region", name="Export")
    with page.expect_download() as download:
        buttons.get_by_role("button", name=name, exact=True).click()
    bees = [paper for paper in library().papers if "bees" in paper.topics]
    text = Path(download.value.path()).read_text("utf-8")
    keys = {"BibTeX": "author = ", "RIS": "ER  - ", "CSL-JSON": '"title":'}
    assert text.count(keys[name]) == len(bees)


@pytest.mark.parametrize("name", ["RIS", "CSL-JSON"])
def test_author_offers_the_formats_that_have_no_file(
    browse: Browse, library_host: Host, name: str
) -> None:
    page = browse(f"{library_host.url}authors/")
    page.locator(".ps-index a").first.click()
    with page.expect_download() as download:
        page.locator(".ps-tools").get_by_role("button", name=name, exact=True).click()
    assert download.value.suggested_filename
