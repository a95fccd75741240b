"""Sites on a real host, and a real Chromium to look at them with.

Nothing here skips: without a browser the tests fail and say how to get one.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    ViewportSize,
    sync_playwright,
)
from playwright.sync_api import Request as PageRequest

from generator.build import files, site
from generator.catalog import changes
from generator.catalog.changes import Change
from generator.model.settings import CHANGES
from tests import shelves
from tests.browser import exact, library
from tests.browser.server import Host, serve

REPOSITORY = "https://github.com/papershelf/showcase"
"""Of the showcase. Material would ask GitHub for its stars."""

MAILING_LIST = "https://lists.example.org/subscribe"
"""Where the library's form for mail leads."""

CHROMIUM = next(
    filter(Path.exists, map(Path, ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium"))), None
)
"""Debian's; without one it is Playwright's. The shell opens no windows, so pages open sooner."""

ARGUMENTS = (
    "--no-sandbox --disable-background-networking --disable-component-update --disable-sync"
    " --no-first-run"
)

Browse = Callable[..., Page]


@pytest.fixture(scope="session")
def demo_host(demo_site: Path) -> Iterator[Host]:
    """The demo below the path of its own `site_url`."""
    with serve(demo_site, "/demo/") as host:
        yield host


@pytest.fixture(scope="session")
def root_host(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """The same catalog, built for the root of a host and served there."""
    root = tmp_path_factory.mktemp("root")
    for name in ("mkdocs.yml", "content/topics.yml", "content/pages/about.md"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(demo / name, root / name)
    shutil.copytree(demo / "content/sources", root / "content/sources")
    config = root / "mkdocs.yml"
    at_root = re.sub(
        r"(?m)^site_url:.*$", "site_url: https://papershelf.example/", config.read_text("utf-8")
    )
    config.write_text(at_root, "utf-8")
    with serve(site.build(root).site_dir, "/") as host:
        yield host


@pytest.fixture(scope="session")
def showcase_host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A small site with every kind of page, five papers a page."""
    root = tmp_path_factory.mktemp("showcase") / "shelf"
    built = shelves.publish(
        root,
        shelves.showcase(),
        site_name="Showcase",
        repo_url=REPOSITORY,
        papershelf={"papers_per_page": 5},
    )
    with serve(built, "/shelf/") as host:
        yield host


@pytest.fixture(scope="session")
def hostile_host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A site whose every text is hostile."""
    root = tmp_path_factory.mktemp("hostile") / "shelf"
    built = shelves.publish(root, shelves.hostile(), papershelf={"papers_per_page": 20})
    with serve(built, "/shelf/") as host:
        yield host


@pytest.fixture(scope="session")
def library_host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A small library with votes, days and lists of several pages: see `library`."""
    root = tmp_path_factory.mktemp("library") / "shelf"
    own = {
        "papers_per_page": library.PER_PAGE,
        "newsletter": {"action": MAILING_LIST, "hidden": {"l": "1"}},
        "searches": [{"title": "On queens", "query": "+queens"}],
        "companions": True,
    }
    shelves.publish(root, library.library(), site_name="Library", papershelf=own)
    log = [Change(date="2026-03-12", added=("paper-01", "paper-02"), removed=("lost",))]
    files.write_file(root / CHANGES, changes.lines(log))
    built = shelves.rebuild(root, library.library())
    with serve(built, "/shelf/") as host:
        yield host
    assert not [one.path for one in host.requests if _COMPANION.search(one.path)]


_COMPANION = re.compile(r"/papers/[^/]+\.(?:json|md)$")
"""Files for programs; nothing on a site needs them."""


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all tests; each page has its own context and storage."""
    try:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS.split())
    except Error as error:
        pytest.fail(f"browser tests need Chromium: run tests/install-browser python3\n{error}")
    yield browser
    browser.close()


@pytest.fixture
def browse(chromium: Browser) -> Iterator[Browse]:
    """Open an address; see `browsing`."""
    with browsing(chromium) as open_page:
        yield open_page


@contextmanager
def browsing(chromium: Browser) -> Iterator[Browse]:
    """Gives what opens an address; keyword arguments are those of a browser context.

    At the end of the block it is an error if a page wrote a warning or an error to its console,
    threw, or asked for anything from another host.
    """
    troubles: list[str] = []
    contexts = []

    def open_page(url: str, *, width: int = 1280, host: Host | None = None, **options: Any) -> Page:
        context = chromium.new_context(viewport=size(width), has_touch=width < 600, **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        origin = host.origin if host else "/".join(url.split("/")[:3])

        def said(message: ConsoleMessage) -> None:
            if message.type in ("warning", "error", "assert"):
                troubles.append(f"console: {message.text} ({message.location})")

        def asked(request: PageRequest) -> None:
            if not request.url.startswith((f"{origin}/", "data:")):
                troubles.append(f"request to another host: {request.url}")

        context.on("console", said)
        context.on("weberror", lambda error: troubles.append(f"page error: {error.error}"))
        context.on("request", asked)
        page = context.new_page()
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def size(width: int) -> ViewportSize:
    """That of a telephone's screen or of a computer's, by its width."""
    return {"width": width, "height": 844 if width < 600 else 800}


@pytest.fixture
def broken(chromium: Browser) -> Iterator[Page]:
    """A page that may complain on its console, since the network is made to fail."""
    context = chromium.new_context()
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    yield page
    context.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In CI, a skip in this folder is a hole: it is an error even to ask for one."""
    if os.environ.get("CI") != "true":
        return
    here = Path(__file__).parent
    marks = [
        item.nodeid
        for item in items
        if here in item.path.parents
        and (item.get_closest_marker("skip") or item.get_closest_marker("skipif"))
    ]
    if marks:
        raise pytest.UsageError(f"browser tests that may skip themselves: {marks}")


@pytest.fixture(scope="module")
def exact_host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A site of the papers of `exact`, deep on its host."""
    root = tmp_path_factory.mktemp("beyond") / "shelf"
    with serve(shelves.publish(root, exact.catalog(exact.PAPERS)), "/deep/shelf/") as started:
        yield started
