"""Hosts that answer with a page and status 200 where there is no file, and sites that change."""

from __future__ import annotations

import dataclasses
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from tests import shelves
from tests.browser import library
from tests.browser.conftest import Browse
from tests.browser.server import Host, serve

MISSING = "files are missing on this host"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A library before and after a deploy, with no file of the index in both."""
    root = tmp_path_factory.mktemp("deployed")
    own = {"papers_per_page": library.PER_PAGE}
    old = shelves.publish(root / "old", library.library(), papershelf=own)
    catalog = library.newer(library.library(), 3)
    papers = (replace(paper, abstract=f"{paper.abstract} New.") for paper in catalog.papers)
    new = shelves.publish(
        root / "new", dataclasses.replace(catalog, papers=tuple(papers)), papershelf=own
    )
    names = [{path.name for path in (site / "search").glob("*.bin")} for site in (old, new)]
    assert names[0].isdisjoint(names[1])
    return old, new


@pytest.fixture(params=["index.html", "404.html"])
def host(
    request: pytest.FixtureRequest, sites: tuple[Path, Path], tmp_path: Path
) -> Iterator[Host]:
    """A copy of it, on a host that answers with this page where there is no file."""
    shutil.copytree(sites[0], tmp_path / "site")
    with serve(tmp_path / "site", "/shelf/", fallback=request.param) as host:
        yield host


def search(page: Page, query: str) -> None:
    page.locator(".ps-find [name=q]").fill(query)
    page.keyboard.press("Enter")


def test_a_tab_from_before_a_deploy_goes_on_searching(
    browse: Browse, host: Host, sites: tuple[Path, Path]
) -> None:
    page = browse(f"{host.url}search/?q=survey")
    expect(page.locator("[data-search-result]").first).to_be_visible()
    host.folder = sites[1]
    search(page, "fresh finding")
    expect(page.locator("[data-search-result=fresh-1]")).to_be_visible()
    expect(page.locator("[data-search-total]")).to_have_text("3")


def test_a_box_from_before_a_deploy_goes_on_searching(
    browse: Browse, host: Host, sites: tuple[Path, Path]
) -> None:
    page = browse(host.url)
    field = page.locator(".md-search__input")
    field.click()
    field.fill("survey ")  # nothing to complete, so some of the index is not asked for
    expect(page.locator(".md-search-result__meta")).to_have_text(re.compile(r"^\d papers"))
    host.folder = sites[1]
    field.fill("fresh")
    expect(page.locator('.md-search-result__link[href*="/fresh-1/"]')).to_be_visible()


@pytest.mark.parametrize("address", ["search/?q=survey", "topics/bees/", "days/2026-01-05/"])
def test_a_tab_from_before_a_deploy_takes_citations_along(
    browse: Browse, host: Host, sites: tuple[Path, Path], address: str
) -> None:
    page = browse(host.url + address)
    expect(page.locator(".ps-entry").first).to_be_visible()
    buttons = page.locator(".ps-tools, .ps-export").get_by_role("button", name="RIS")
    with page.expect_download():
        buttons.click()
    host.folder = sites[1]
    with page.expect_download() as download:
        buttons.click()
    assert "ER  - \n" in Path(download.value.path()).read_text("utf-8")


def test_citations_come_to_a_tab_from_before_a_deploy(
    browse: Browse, host: Host, sites: tuple[Path, Path]
) -> None:
    page = browse(f"{host.url}papers/paper-03/")
    host.folder = sites[1]
    page.locator("#cite > summary").click()
    expect(page.locator("[data-cite=ris] pre")).to_contain_text("TY  - ")


def test_what_a_browser_kept_of_a_missing_file_does_not_stay(browse: Browse, host: Host) -> None:
    away = host.folder / "away"
    away.mkdir()
    for path in (host.folder / "search").glob("*.bin"):  # as while a site is being uploaded
        shutil.move(path, away / path.name)
    page = browse(f"{host.url}search/?q=survey")
    failed = page.locator(".ps-failed")
    expect(failed).to_contain_text(MISSING)
    for path in away.iterdir():
        shutil.move(path, host.folder / "search" / path.name)
    failed.get_by_role("button", name="Try again").click()
    expect(page.locator("[data-search-result]").first).to_be_visible()
    expect(failed).to_be_hidden()


@pytest.mark.parametrize("files", ["search/*.bin", "search/manifest.json"])
def test_a_search_without_its_files_says_so(browse: Browse, host: Host, files: str) -> None:
    for path in host.folder.glob(files):
        path.unlink()
    page = browse(f"{host.url}search/?q=survey")
    expect(page.locator(".ps-failed")).to_contain_text(MISSING)
    expect(page.locator("p[role=status]").first).to_contain_text(MISSING)
    page.goto(host.url)
    page.locator(".md-search__input").click()
    page.keyboard.type("survey")
    expect(page.locator(".md-search-result__meta")).to_contain_text(MISSING)


@pytest.mark.parametrize("answer", ["", "Not here.", '{"error": "none"}', "\x1f\x8b\x08 no gzip"])
def test_a_host_that_answers_with_anything_is_found_out(
    broken: Page, host: Host, answer: str
) -> None:
    broken.route("**/search/*.bin", lambda route: route.fulfill(body=answer, status=200))
    broken.goto(f"{host.url}search/?q=survey")
    failed = broken.locator(".ps-failed")
    expect(failed).to_be_visible()
    expect(failed).to_contain_text("The search could not be loaded")
    broken.unroute("**/search/*.bin")
    failed.get_by_role("button", name="Try again").click()
    expect(broken.locator("[data-search-result]").first).to_be_visible()


def test_an_index_of_another_format_asks_for_a_new_page(broken: Page, host: Host) -> None:
    body = '{"version": 999, "segments": "of another kind"}'
    broken.route("**/manifest.json", lambda route: route.fulfill(body=body))
    broken.goto(f"{host.url}search/?q=survey")
    expect(broken.locator(".ps-failed")).to_contain_text("Load the page again")
    expect(broken.get_by_role("button", name="Try again")).to_be_hidden()


def test_a_browser_that_cannot_unpack_the_index_says_so(broken: Page, host: Host) -> None:
    script = (host.folder / "search/search.js").read_text("utf-8")
    old = f"delete self.DecompressionStream; {script}"
    broken.route(
        "**/search/search.js", lambda route: route.fulfill(body=old, content_type="text/javascript")
    )
    broken.goto(f"{host.url}search/?q=survey")
    expect(broken.locator(".ps-failed")).to_contain_text("Open this page in a newer one")


def test_a_paper_that_is_gone_is_said_to_be(browse: Browse, host: Host) -> None:
    page = browse(f"{host.url}reading-list/#papers=paper-03,no-such-paper")
    expect(page.locator(".ps-brought .ps-entry")).to_have_count(1)
    expect(page.locator(".ps-missing")).to_contain_text("no-such-paper is no longer")
    page.get_by_role("button", name="Save").first.click()
    with page.expect_download():
        page.get_by_role("button", name="BibTeX").click()
    expect(page.locator(".ps-taking")).to_contain_text("1 is no longer in the catalog")


def test_a_list_of_which_a_page_is_gone_shows_no_other_papers(browse: Browse, host: Host) -> None:
    page = browse(f"{host.url}titles/")
    for folder in (host.folder / "titles").glob("*/"):
        shutil.rmtree(folder)
    page.get_by_label("Sort by").select_option("Newest first")
    expect(page.locator(".ps-taking").first).to_contain_text("could not be loaded")
