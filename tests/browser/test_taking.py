"""Citations of whole lists, made in the browser: the files that Python makes, to the byte."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from generator.build import config
from generator.catalog.listings import Listings
from generator.exports import bibliographies, citations
from generator.model.papers import Paper
from generator.search import saved
from tests.browser.conftest import Browse
from tests.browser.library import library
from tests.browser.observing import violations
from tests.browser.server import Host, serve

FORMATS = {"BibTeX": "bib", "RIS": "ris", "CSL-JSON": "csl.json"}

every_format = pytest.mark.parametrize("name", FORMATS)


def made_here(host: Host, papers: Sequence[Paper], name: str) -> bytes:
    """The file that Python makes of the citations of papers."""
    settings, _ = config.load(host.folder.parent)
    keys, ending = citations.keys(library().papers), FORMATS[name]
    cited = [bibliographies.cited_as(one, keys[one.id], settings.site_url) for one in papers]
    return bibliographies.joined(ending, [one[ending] for one in cited])


def listed(host: Host, address: str) -> Sequence[Paper]:
    """The papers of a list."""
    settings, _ = config.load(host.folder.parent)
    catalog = library()
    found = saved.find(catalog, [one["query"] for one in settings.searches])
    every = Listings(catalog=catalog, settings=settings, found=found).every()
    return next(listing.papers for listing in every if listing.address == address)


def taken(page: Page, buttons: Locator, name: str) -> bytes:
    """The file that a press on a button brings."""
    with page.expect_download() as download:
        buttons.get_by_role("button", name=name, exact=True).click()
    return Path(download.value.path()).read_bytes()


def shown(page: Page, entries: str) -> list[Paper]:
    """The papers that a page shows, in their order."""
    by_id = {paper.id: paper for paper in library().papers}
    ids = page.locator(entries).evaluate_all("all => all.map((one) => one.dataset.id)")
    return [by_id[one] for one in ids]


@every_format
@pytest.mark.parametrize(
    "address",
    [
        *("topics/ants/", "days/2026-03-12/", "days/2026-03/", "saved/on-queens/"),
        *("authors/mei-lin/", "venues/insect-letters/", "days/2024/", "trending/", "titles/"),
    ],
)
def test_list_is_taken_along_as_python_writes_it(
    browse: Browse, library_host: Host, address: str, name: str
) -> None:
    papers = listed(library_host, address)
    assert papers
    page = browse(library_host.url + address)
    tools = page.locator(".ps-tools")
    assert taken(page, tools, name) == made_here(library_host, papers, name)
    expect(tools.locator(".ps-taking").last).to_contain_text(f"{len(papers)} paper")


@every_format
def test_search_is_taken_along_in_its_order(browse: Browse, library_host: Host, name: str) -> None:
    page = browse(f"{library_host.url}search/?q=nests")
    expect(page.locator("[data-search-result]").first).to_be_visible()
    papers = shown(page, "[data-search-result]")
    assert 1 < len(papers) < 10
    file = taken(page, page.get_by_role("region", name="Export"), name)
    assert file == made_here(library_host, papers, name)


@every_format
def test_reading_list_is_taken_along_in_its_order(
    browse: Browse, library_host: Host, name: str
) -> None:
    link = f"{library_host.url}reading-list/#papers=paper-20,paper-03,ants-before"
    page = browse(link)
    page.locator(".ps-add").click()
    entries = page.locator(".ps-own .ps-entry")
    expect(entries).to_have_count(3)
    file = taken(page, page.locator(".ps-reading-tools"), name)
    by_id = {paper.id: paper for paper in library().papers}
    papers = [by_id[one] for one in ("paper-20", "paper-03", "paper-05")]  # which was ants-before
    assert file == made_here(library_host, papers, name)


def test_list_without_javascript_leads_to_the_downloads(browse: Browse, library_host: Host) -> None:
    page = browse(f"{library_host.url}topics/ants/", java_script_enabled=False)
    assert page.locator(".ps-tools button").count() == 0
    page.get_by_role("link", name="Downloads").click()
    expect(page.get_by_role("link", name="2026.bib")).to_be_visible()


def test_papers_of_a_day_take_few_requests(browse: Browse, library_host: Host) -> None:
    page = browse(f"{library_host.url}days/2026-03-12/")
    page.wait_for_load_state("networkidle")
    start = len(library_host.requests)
    taken(page, page.locator(".ps-tools"), "RIS")
    asked = [one.path for one in library_host.requests[start:] if "/search/" in one.path]
    files = [path for path in asked if "/assets/" not in path]
    assert len(files) <= 4  # the manifest, the keys, the directory, and one pack
    assert not [one.path for one in library_host.requests[start:] if "/papers/" in one.path]


@pytest.mark.parametrize("address", ["topics/ants/", "titles/"])
def test_list_that_is_too_long_says_how_much_is_there_and_where_the_rest_is(
    broken: Page, library_host: Host, address: str
) -> None:
    script = (library_host.folder / "assets/take.js").read_text("utf-8")
    assert "MOST = 5000" in script
    few = script.replace("MOST = 5000", "MOST = 3")
    broken.route(
        "**/take.js", lambda route: route.fulfill(body=few, content_type="text/javascript")
    )
    broken.goto(library_host.url + address)
    tools = broken.locator(".ps-tools")
    papers = listed(library_host, address)
    assert taken(broken, tools, "RIS") == made_here(library_host, papers[:3], "RIS")
    line = tools.locator(".ps-taking").last
    expect(line).to_contain_text("The first 3 papers of ")
    line.get_by_role("link", name="downloads by year").click()
    expect(broken).to_have_url(f"{library_host.url}downloads/")


def test_what_could_not_be_loaded_is_said_and_tried_again(broken: Page, library_host: Host) -> None:
    broken.goto(f"{library_host.url}days/2026-03-12/")
    broken.route("**/search/*.bin", lambda route: route.abort())
    tools = broken.locator(".ps-tools")
    tools.get_by_role("button", name="RIS").click()
    line = tools.locator(".ps-taking").last
    expect(line).to_contain_text("4 of 4 papers could not be loaded")
    assert violations(broken) == []
    broken.unroute("**/search/*.bin")
    with broken.expect_download():
        line.get_by_role("button", name="Try again").click()
    expect(line).to_contain_text("4 papers in 2026-03-12.ris")


def test_packs_are_read_from_a_host_that_unpacks_files(
    browse: Browse, library_host: Host, tmp_path: Path
) -> None:
    shutil.copytree(library_host.folder, tmp_path / "site")
    for path in (tmp_path / "site/search").glob("*.bin"):
        path.write_bytes(gzip.decompress(path.read_bytes()))
    with serve(tmp_path / "site", "/shelf/") as host:
        page = browse(f"{host.url}search/?q=nests")
        expect(page.locator("[data-search-result]").first).to_be_visible()
        papers = shown(page, "[data-search-result]")
        file = taken(page, page.get_by_role("region", name="Export"), "RIS")
        assert file == made_here(library_host, papers, "RIS")
        page.goto(f"{host.url}reading-list/#papers=paper-20")
        expect(page.locator(".ps-brought .ps-entry")).to_have_count(1)
