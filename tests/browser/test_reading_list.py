"""The reading list: papers that a reader saves, which stay in the browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Browse
from tests.browser.observing import violations, violations_at_all_widths
from tests.browser.server import Host

NO_STORAGE = "Storage.prototype.setItem = () => { throw new Error('no'); }"


def save(page: Page, url: str) -> None:
    """Save the paper whose page this is."""
    page.goto(url)
    page.locator(".ps-actions").get_by_role("button", name="Save").click()
    expect(page.locator(".ps-actions .ps-save")).to_have_attribute("aria-pressed", "true")


def titles(page: Page) -> list[str]:
    return page.locator(".ps-own .ps-entry h2 a").all_inner_texts()


@pytest.fixture
def listed(browse: Browse, library_host: Host) -> Page:
    """The reading list, with two papers on it."""
    page = browse(f"{library_host.url}papers/paper-01/")
    save(page, f"{library_host.url}papers/paper-01/")
    save(page, f"{library_host.url}papers/paper-06/")
    page.goto(f"{library_host.url}reading-list/")
    expect(page.locator(".ps-own .ps-entry")).to_have_count(2)
    return page


def test_empty_list_says_how_to_fill_it(browse: Browse, library_host: Host) -> None:
    page = browse(f"{library_host.url}reading-list/")
    expect(page.locator(".ps-none")).to_contain_text("Nothing is saved yet")
    assert violations_at_all_widths(page) == []


def test_saved_papers_stay_until_they_are_removed(listed: Page, library_host: Host) -> None:
    assert len(titles(listed)) == 2
    listed.reload()
    expect(listed.locator(".ps-own .ps-entry")).to_have_count(2)
    assert violations(listed) == []
    save_button = f"{library_host.url}papers/paper-01/"
    listed.goto(save_button)
    listed.locator(".ps-actions .ps-save").click()
    listed.goto(f"{library_host.url}reading-list/")
    expect(listed.locator(".ps-own .ps-entry")).to_have_count(1)


def test_paper_is_saved_from_a_list_and_by_key(browse: Browse, library_host: Host) -> None:
    page = browse(f"{library_host.url}topics/ants/")
    bookmark = page.locator(".ps-entry .ps-save").first
    bookmark.click()
    expect(bookmark).to_have_attribute("aria-pressed", "true")
    page.goto(f"{library_host.url}papers/paper-19/")
    expect(page.locator(".ps-actions .ps-save")).to_have_text("Save")
    page.keyboard.press("s")
    expect(page.locator(".ps-actions .ps-save")).to_have_text("Saved")
    page.goto(f"{library_host.url}reading-list/")
    expect(page.locator(".ps-own .ps-entry")).to_have_count(2)


def test_removed_paper_comes_back_where_that_is_undone(listed: Page) -> None:
    before = titles(listed)
    listed.locator(".ps-own .ps-entry .ps-save").first.click()
    expect(listed.get_by_role("button", name="Undo")).to_be_visible()
    listed.get_by_role("button", name="Undo").click()
    expect(listed.locator(".ps-own .ps-entry")).to_have_count(2)
    listed.reload()
    expect(listed.locator(".ps-own .ps-entry")).to_have_count(2)
    assert titles(listed) == before


@pytest.mark.parametrize(
    ("name", "sign"), [("BibTeX", "author = "), ("RIS", "TY  - "), ("CSL-JSON", '"id"')]
)
def test_list_is_exported_with_the_citations_of_its_papers(
    listed: Page, name: str, sign: str
) -> None:
    with listed.expect_download() as download:
        listed.locator(".ps-reading-tools").get_by_role("button", name=name, exact=True).click()
    text = Path(download.value.path()).read_text("utf-8")
    if name == "CSL-JSON":
        assert len(json.loads(text)) == 2
    else:
        assert text.count(sign) == 2


def test_link_shares_the_list(listed: Page, browse: Browse, library_host: Host) -> None:
    link = listed.evaluate(
        "[...document.querySelectorAll('.ps-own [data-id]')].map(e => e.dataset.id).join(',')"
    )
    other = browse(f"{library_host.url}reading-list/#papers={link}")
    expect(other.locator(".ps-brought .ps-entry")).to_have_count(2)
    other.locator(".ps-add").click()
    expect(other.locator(".ps-own .ps-entry")).to_have_count(2)


def test_paper_that_is_gone_is_said(browse: Browse, library_host: Host) -> None:
    page = browse(f"{library_host.url}reading-list/#papers=paper-01")
    expect(page.locator(".ps-brought .ps-entry")).to_have_count(1)
    page.locator(".ps-add").click()
    expect(page.locator(".ps-own .ps-entry")).to_have_count(1)


def test_without_storage_nothing_is_offered_that_cannot_be_kept(
    browse: Browse, library_host: Host
) -> None:
    page = browse("about:blank", host=library_host)
    page.add_init_script(NO_STORAGE)
    page.goto(f"{library_host.url}reading-list/")
    expect(page.locator(".ps-unkept")).to_be_visible()


def test_without_javascript_the_page_says_so(browse: Browse, library_host: Host) -> None:
    page = browse(f"{library_host.url}reading-list/", java_script_enabled=False)
    expect(page.locator(".ps-none").first).to_contain_text("needs JavaScript")
