"""Hosts that forbid all that is inline, and browsers that keep nothing."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from generator.build import files
from generator.catalog import changes
from generator.catalog.changes import Change
from generator.model.settings import CHANGES
from tests import shelves
from tests.browser import library
from tests.browser.conftest import Browse
from tests.browser.server import Host, serve

PHONE = 390
DESKTOP = 1280

POLICY = {"Content-Security-Policy": "default-src 'self'"}

GUIDE = """\
# Guide

| left | middle | right |
| :--- | :----: | ----: |
| 1    | 2      | 3     |

!!! note "A note"
    With text.

??? tip "Folded"
    With more.

=== "One"
    The first tab.

=== "Two"
    The second tab.

- [x] done
- [ ] to do

A footnote.[^1]

[^1]: Here it is.

```python title="x.py" linenums="1"
print("x")  # (1)!
```

1. An annotation.
"""
"""A page by hand with all that Material has icons for."""

EXTENSIONS = [
    *("tables", "fenced_code", "toc", "admonition", "footnotes", "attr_list"),
    *("pymdownx.details", "pymdownx.superfences", "pymdownx.highlight"),
    {"pymdownx.tabbed": {"alternate_style": True}},
    {"pymdownx.tasklist": {"custom_checkbox": True}},
]


@pytest.fixture(scope="module")
def strict_host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A site of every kind of page, on a host that forbids what is inline."""
    root = tmp_path_factory.mktemp("strict") / "shelf"
    settings = {
        "papers_per_page": library.PER_PAGE,
        "newsletter": {"action": "https://lists.example.org/subscribe"},
        "searches": [{"title": "On queens", "query": "+queens"}],
    }
    first, *others = library.library().papers
    papers = [replace(first, published="2026-01"), *others]
    catalog = dataclasses.replace(library.library(), papers=tuple(papers))
    shelves.publish(
        root,
        catalog,
        papershelf=settings,
        markdown_extensions=EXTENSIONS,
        theme={"name": "papershelf", "features": ["content.code.copy", "content.tabs.link"]},
    )
    files.write_file(root / "content/pages/guide.md", GUIDE)
    log = [Change(date="2026-03-12", added=("paper-01",), removed=("lost",))]
    files.write_file(root / CHANGES, changes.lines(log))
    with serve(shelves.rebuild(root, catalog), "/shelf/", headers=POLICY) as host:
        yield host


KINDS = {
    *("", "404.html", "about", "authors", "changes", "days", "downloads", "guide", "papers"),
    *(
        "reading-list",
        "saved",
        "search",
        "subscribe",
        "titles",
        "topics",
        "trending",
        "venues",
        "years",
    ),
}
"""The folders of a site, by the names of which its kinds of page are known."""


INLINE = re.compile(
    r"""<script(?![^>]*\ (?:src=|type="application/(?:ld\+)?json"))[^>]*>"""
    r"""|<style|<[a-z][^>]*\s(?:style|on[a-z]+)=[^>]*>|(?:src|href)="data:""",
)


def kinds(folder: Path) -> list[str]:
    """Two addresses of every kind of page: the first and the last in a folder, at each depth."""
    alike: dict[tuple[str, int], list[str]] = {}
    for page in sorted(folder.rglob("*.html")):
        address = page.relative_to(folder).as_posix().removesuffix("index.html")
        alike.setdefault((address.partition("/")[0], address.count("/")), []).append(address)
    return [address for some in alike.values() for address in {some[0], some[-1]}]


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_every_kind_of_page_runs_where_all_that_is_inline_is_forbidden(
    browse: Browse, strict_host: Host, width: int
) -> None:
    addresses = [*kinds(strict_host.folder), "search/?q=survey", "papers/paper-03/?h=nests"]
    addresses.append(f"papers/{library.FORMER}/")  # which leads on
    assert {address.partition("/")[0] for address in addresses} == KINDS
    page = browse("about:blank", width=width, host=strict_host)
    for address in addresses:
        served = strict_host.folder / address.partition("?")[0]
        html = (served / "index.html" if served.is_dir() else served).read_text("utf-8")
        assert INLINE.findall(html) == []
        page.goto(strict_host.url + address, wait_until="networkidle")
        page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
        if width == PHONE and address in ("", "subscribe/", "guide/"):
            page.locator(".ps-menu").click()
        page.wait_for_timeout(50)  # what is unfolded is painted


def test_all_works_where_all_that_is_inline_is_forbidden(browse: Browse, strict_host: Host) -> None:
    page = browse(strict_host.url, color_scheme="light")
    search_and_save(page, strict_host)
    with page.expect_download():
        page.goto(f"{strict_host.url}reading-list/")
        page.get_by_role("button", name="BibTeX").click()
    page.goto(strict_host.url)
    page.get_by_title("Switch to dark").click()
    page.goto(f"{strict_host.url}guide/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_text("Two", exact=True).click()
    page.goto(f"{strict_host.url}guide/")
    expect(page.get_by_text("The second tab.")).to_be_visible()
    aligned = page.locator("td").evaluate_all(
        "cells => cells.map(c => getComputedStyle(c).textAlign)"
    )
    assert [side.removeprefix("-webkit-") for side in aligned[:3]] == ["left", "center", "right"]


def search_and_save(page: Page, host: Host) -> None:
    """Find a paper by the box in the header and by the page of results, and save it if one can."""
    page.keyboard.press("/")
    page.keyboard.type("survey")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{host.url}search/?q=survey")
    expect(page.locator("[data-search-result]").first).to_be_visible()
    expect(page.locator(".ps-facets input").first).to_be_visible()
    if page.locator(".ps-save").count():
        page.locator(".ps-save").first.click()
    page.locator("[data-search-result] h2 a").first.click()
    expect(page.locator("article mark").first).to_be_visible()


# Where nothing may be kept

STORES = {
    "forbidden": """
      for (const name of ["localStorage", "sessionStorage"])
        Object.defineProperty(window, name, {
          get() { throw new DOMException("Access is denied for this document.", "SecurityError"); },
        });
    """,
    "missing": """
      for (const name of ["localStorage", "sessionStorage"])
        Object.defineProperty(window, name, { value: null });
    """,
    "full": """
      Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
    """,
    "broken": """
      Storage.prototype.getItem = () => "{not JSON";
    """,
}
"""What browsers give in place of a store, when cookies are blocked or a disk is full."""


@pytest.mark.parametrize("store", STORES)
def test_all_works_where_nothing_can_be_kept(
    browse: Browse, library_host: Host, store: str
) -> None:
    page = browse("about:blank", host=library_host, color_scheme="light")
    page.add_init_script(STORES[store])
    page.goto(library_host.url)
    search_and_save(page, library_host)
    page.goto(f"{library_host.url}topics/ants/")
    page.get_by_label("Sort by").select_option("Most upvoted first")
    expect(page.locator(".ps-entry a").first).to_have_attribute("href", re.compile("/paper-12/$"))
    page.get_by_title("Switch to dark").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    for path in ("search/", "reading-list/", "days/", "papers/paper-03/", "about/"):
        page.goto(library_host.url + path, wait_until="networkidle")
    page.goto(f"{library_host.url}reading-list/#papers=paper-03")
    expect(page.locator(".ps-brought .ps-entry")).to_have_count(1)


def test_a_search_kept_apart_by_another_page_says_so(
    broken: Page, library_host: Host, tmp_path: Path
) -> None:
    sandbox = f'sandbox="allow-scripts allow-forms" src="{library_host.url}"'
    (tmp_path / "index.html").write_text(f"<iframe {sandbox} width=1280 height=700>")
    with serve(tmp_path, "/") as around:
        broken.goto(around.url)
        frame = broken.frame_locator("iframe")
        frame.locator(".md-search__input").fill("survey")
        frame.locator(".md-search__input").press("Enter")
        expect(frame.locator(".ps-find [name=q]")).to_have_value("survey")
        expect(frame.locator(".ps-failed")).to_contain_text("Open this page in a tab of its own")
        expect(frame.get_by_role("button", name="Try again")).to_be_hidden()
