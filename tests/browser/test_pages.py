"""What every page keeps: a quiet console, its width, its place, its weight; with and without
JavaScript, on screen and on paper.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import validation
from tests.browser.conftest import Browse
from tests.browser.observing import SHIFTS
from tests.browser.server import Host

LARGEST_FIRST_VISIT = 250_000
PHONE = 390
PAPER = "papers/lumina-next-making-lumina-t2x-stronger-and-faster-with-next-dit/"

HOSTS = ["demo_host", "showcase_host", "library_host", "hostile_host"]


def pages_of(host: Host) -> list[str]:
    """The path of every page, below the site's root."""
    return sorted(
        path.relative_to(host.folder).as_posix().removesuffix("index.html")
        for path in host.folder.rglob("*.html")
    )


def test_every_page_is_valid_html(request: pytest.FixtureRequest) -> None:
    folders = [request.getfixturevalue(host).folder for host in HOSTS]
    assert validation.errors(*folders) == []


def test_the_validator_knows_an_error_when_it_sees_one(tmp_path: Path) -> None:
    page = "<!doctype html><html lang=en><title>x</title><p id=a>x<p id=a><center>y</center>"
    (tmp_path / "index.html").write_text(page)
    found = "\n".join(validation.errors(tmp_path))
    assert "Duplicate ID" in found
    assert "“center” element is obsolete" in found


@pytest.mark.parametrize("host", ["demo_host", "hostile_host"])
def test_every_page_is_quiet_and_no_wider_than_a_phone(
    request: pytest.FixtureRequest, browse: Browse, host: str
) -> None:
    site: Host = request.getfixturevalue(host)
    page = browse(site.url, width=PHONE, is_mobile=True)
    wide = {}
    every = pages_of(site)
    if host == "demo_host":  # of papers that nobody made up to break a page, some are enough
        every = [path for n, path in enumerate(every) if n % 3 == 0 or "papers/" not in path]
    for path in every:
        page.goto(site.url + path)
        width, harm = page.evaluate("[document.documentElement.scrollWidth, window.__pwned]")
        if width > PHONE or harm:
            wide[path] = (width, harm)
    assert wide == {}


LOADS = 3
"""Loads of a page, one of which must be still."""


@pytest.mark.parametrize("width", [PHONE, 1280])
@pytest.mark.parametrize("path", ["", "days/2025-08-07/2/", "titles/", "topics/", PAPER])
def test_nothing_jumps_while_a_page_loads(
    browse: Browse, demo_host: Host, path: str, width: int
) -> None:
    # A busy machine paints a page before all of it is read, and lines that went on then move on
    # their own. What scripts, styles and pictures move moves every time.
    for _ in range(LOADS):
        page = browse("about:blank", width=width, host=demo_host)
        page.add_init_script(SHIFTS)
        page.goto(demo_host.url + path, wait_until="networkidle")
        page.mouse.wheel(0, 400)
        page.wait_for_timeout(300)
        shifts = page.evaluate("window.shifts")
        if not shifts:
            break
    assert shifts == []


def test_a_first_visit_weighs_less_than_250_kilobytes(browse: Browse, demo_host: Host) -> None:
    for path in ("", PAPER, "titles/"):
        start = len(demo_host.requests)
        browse(demo_host.url + path).wait_for_load_state("networkidle")
        fetched = {request.path: request.compressed for request in demo_host.requests[start:]}
        assert demo_host.mount + "assets/papershelf.js" in fetched
        assert sum(fetched.values()) < LARGEST_FIRST_VISIT, fetched


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_a_listing_reads_well_without_javascript(
    browse: Browse, demo_host: Host, width: int
) -> None:
    page = browse(demo_host.url, width=width, java_script_enabled=False)
    entries = page.locator(".ps-entry")
    expect(entries).to_have_count(50)
    first = entries.first
    expect(first.get_by_role("heading").get_by_role("link")).to_be_visible()
    expect(first.locator(".ps-lead")).to_be_visible()
    expect(first.locator(".ps-meta a").first).to_be_visible()
    expect(page.locator(".ps-search")).to_be_hidden()
    first.get_by_role("heading").get_by_role("link").click()
    expect(page.locator(".ps-abstract").first).to_be_visible()
    page.get_by_role("link", name="Next paper").click()
    expect(page.locator(".ps-place")).to_have_text("2 of 78")


def test_the_drawer_opens_without_javascript(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url, width=PHONE, java_script_enabled=False)
    page.locator(".ps-menu").click()
    page.get_by_role("link", name="Topics", exact=True).click()
    expect(page).to_have_url(f"{demo_host.url}topics/")


def test_every_icon_has_a_shape(browse: Browse, demo_host: Host) -> None:
    page = browse(demo_host.url)
    page.wait_for_load_state("networkidle")
    icons = page.locator(".md-header svg:visible")
    assert icons.evaluate_all("icons => icons.map(icon => icon.getBBox().width > 9)") == [True] * 2
    named = page.locator("use").evaluate_all("uses => uses.map(use => use.href.baseVal)")
    shapes = (demo_host.folder / "assets/icons.svg").read_text("utf-8")
    assert named
    assert all(f'id="{name.partition("#")[2]}"' in shapes for name in named)


def sheets(page: Page) -> int:
    """How many sheets of A4 the page prints on."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


def test_a_paper_prints_on_one_sheet_without_furniture(browse: Browse, demo_host: Host) -> None:
    longest = max(
        (demo_host.folder / "papers").glob("*/"),
        key=lambda folder: len((folder / "index.html").read_bytes()),
    )
    page = browse(f"{demo_host.url}papers/{longest.name}/")
    page.emulate_media(media="print")
    expect(page.locator(".ps-abstract").first).to_be_visible()
    for furniture in (".md-header", ".ps-footer", ".ps-trail", ".md-sidebar", ".md-search"):
        expect(page.locator(furniture)).to_be_hidden()
    assert sheets(page) == 1


def test_a_listing_prints_on_several_sheets(browse: Browse, demo_host: Host) -> None:
    assert sheets(browse(demo_host.url)) > 3


def test_a_missing_page_is_shown_in_full(browse: Browse, demo_host: Host) -> None:
    page = browse(f"{demo_host.url}404.html")
    seen: list[Any] = []
    page.on("response", lambda response: seen.append((response.url, response.status)))
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    expect(page.get_by_role("navigation", name="Sections")).to_be_visible()
    page.get_by_role("link", name="latest papers").click()
    expect(page).to_have_url(demo_host.url)
