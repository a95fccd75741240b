"""Every page and file is reached by following links, at the root and below a path."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from generator import text
from tests.browser.conftest import MAILING_LIST, REPOSITORY
from tests.browser.server import Host
from tests.search import reader

PUBLISHED = "https://papershelf.example"
"""The origin in the settings' `site_url`, which the server stands in for."""

POINTERS = {"href", "src", "action", "data", "poster"}
_CSS_URL = re.compile(rb"""url\(["']?(?!data:)([^"')]+)""")
_SHARD = re.compile('"([0-9a-f]{12})"')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MODULE = re.compile(r'"(\.\.?/[a-z/-]+\.js)"')


class Links(HTMLParser):
    """Where a page points, and where in it one can point."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.anchors: set[str] = set()
        self.in_config = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.targets += [value for name, value in attributes.items() if name in POINTERS]
        self.targets += [
            source.split()[0]
            for source in attributes.get("srcset", "").split(",")
            if source.strip()
        ]
        self.anchors |= {attributes[name] for name in ("id", "name") if name in attributes}
        self.in_config = attributes.get("id") == "__config"
        if attributes.get("property") == "og:image":
            self.targets.append(attributes["content"])

    def handle_data(self, data: str) -> None:
        if self.in_config:
            settings = json.loads(data)
            base = settings["base"].rstrip("/")
            self.targets.append(f"{base}/")

    def handle_endtag(self, tag: str) -> None:
        self.in_config = False


def connected(host: Host) -> closing[HTTPConnection]:
    return closing(HTTPConnection(urlsplit(host.origin).netloc))


def get(connection: HTTPConnection, path: str) -> tuple[HTTPResponse, bytes]:
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer, answer.read()


@dataclass(kw_only=True)
class Crawl:
    """What a walk over all links found."""

    host: Host
    statuses: dict[str, int] = field(default_factory=dict)
    """By path; each was asked for once."""

    pages: dict[str, Links] = field(default_factory=dict)
    drawings: dict[str, Links] = field(default_factory=dict)
    """Those whose parts have names."""

    fragments: set[tuple[str, str, str]] = field(default_factory=set)
    """Page, target and fragment of every link that has one."""

    outside: set[tuple[str, str]] = field(default_factory=set)
    """Page and address of every link that leaves the site."""

    def follow(self) -> None:
        """Start at the front page and follow everything."""
        queue = [self.host.mount, f"{self.host.mount}robots.txt"]
        with connected(self.host) as connection:
            while queue:
                path = queue.pop()
                if path not in self.statuses:
                    answer, body = get(connection, quote(path))
                    self.statuses[path] = answer.status
                    for target in self._targets(path, answer, body):
                        queue.extend(self._inside(path, target))

    def _targets(self, path: str, answer: HTTPResponse, body: bytes) -> Iterator[str]:
        kind = answer.headers.get_content_type()
        if answer.status != 200:
            return
        if kind == "text/html":
            page = self.pages[path] = Links(body.decode())
            yield from page.targets
        elif kind == "text/css":
            yield from (url.decode() for url in _CSS_URL.findall(body))
        elif path.endswith(".jsonl"):
            yield from (json.loads(line)["url"] for line in body.splitlines())
        elif path.endswith("search/manifest.json"):
            yield from (f"{name}.bin" for name in _SHARD.findall(body.decode()))
            folder = (self.host.folder / "search").glob("*")
            files = {f"search/{path.name}": path.read_bytes() for path in folder}
            yield from (f"{name}.bin" for name in reader.packs(files))
        elif kind == "image/svg+xml":
            self.drawings[path] = Links(body.decode())
        elif path.endswith(".js") and "/assets/" in path:
            yield from _MODULE.findall(_COMMENT.sub("", body.decode()))  # types come from anywhere
            if path.endswith("/search/start.js"):
                search = f"{self.host.mount}search/"
                yield from (f"{search}manifest.json", f"{search}search.js")
        elif path.endswith(".xml"):
            for element in ElementTree.fromstring(body).iter():
                if element.tag.endswith("}loc"):
                    yield element.text or ""
                yield from (element.get(name, "") for name in ("href",) if element.get(name))
        elif path.endswith("robots.txt"):
            yield from re.findall(r"(?m)^Sitemap: (\S+)$", body.decode())

    def _inside(self, path: str, target: str) -> Iterator[str]:
        if target.startswith("data:"):
            return
        url, fragment = urldefrag(urljoin(PUBLISHED + quote(path, safe="/%"), target))
        if not url.startswith(PUBLISHED + self.host.mount):
            self.outside.add((path, target))
            return
        found = unquote(urlsplit(url).path)
        if fragment:
            self.fragments.add((path, found, unquote(fragment)))
        yield found


@pytest.fixture(
    scope="module",
    params=["demo_host", "root_host", "showcase_host", "hostile_host"],
)
def crawl(request: pytest.FixtureRequest) -> Crawl:
    crawled = Crawl(host=request.getfixturevalue(request.param))
    crawled.follow()
    return crawled


def test_no_link_is_broken(crawl: Crawl) -> None:
    assert {path: status for path, status in crawl.statuses.items() if status != 200} == {}


def test_every_page_is_reached_by_links(crawl: Crawl) -> None:
    folder = crawl.host.folder
    pages = {
        crawl.host.mount + path.relative_to(folder).as_posix().removesuffix("index.html")
        for path in folder.rglob("*.html")
    }
    assert pages - {f"{crawl.host.mount}404.html"} == crawl.pages.keys()


def test_every_file_that_is_ours_is_reached(crawl: Crawl) -> None:
    folder = crawl.host.folder
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    reached = {path.removeprefix(crawl.host.mount) for path in crawl.statuses}
    missed = {file for file in files - reached if not file.endswith("index.html")}
    positions = {file for file in missed if file.endswith(".bin")}  # named by those of postings
    assert len(positions) == 1
    assert {file for file in missed - positions if not file.startswith("assets/")} == {
        *("404.html", "build-manifest.json", ".nojekyll")
    }
    assert {file for file in missed if "papershelf" in file} == set()
    # Pages by hand may need Material's, and so may those who switch on more of it.
    assert all(file.startswith("assets/javascripts/") for file in missed - positions if "/" in file)


def test_every_fragment_is_somewhere(crawl: Crawl) -> None:
    broken = {
        (page, target, fragment)
        for page, target, fragment in crawl.fragments
        if fragment not in (crawl.pages | crawl.drawings)[target].anchors
    }
    assert broken == set()


def test_only_papers_links_leave_the_site(crawl: Crawl) -> None:
    lines = (crawl.host.folder / "catalog.jsonl").read_text("utf-8").splitlines()
    kinds = {f"https://schema.org/{kind}" for kind in ("AboutPage", "ScholarlyArticle")}
    allowed: set[str | None] = {REPOSITORY, MAILING_LIST, *kinds}
    for paper in map(json.loads, lines):
        allowed |= set(paper.get("links", {}).values())
        allowed |= {text.safe_url(url) for url in text.urls(paper.get("abstract", ""))}
    strange = {
        (page, url)
        for page, url in crawl.outside
        if url not in allowed and not url.startswith(f"{REPOSITORY}/issues/new?")
    }
    assert strange == set()
    assert all(urlsplit(url).scheme in ("http", "https", "mailto") for _, url in crawl.outside)


def test_a_missing_page_has_a_way_back_from_any_depth(demo_host: Host) -> None:
    with connected(demo_host) as connection:
        for path in ("nowhere", "papers/nowhere/", "days/2025-08-07/nowhere/else/"):
            answer, body = get(connection, demo_host.mount + path)
            assert answer.status == 404
            targets = Links(body.decode()).targets
            assert demo_host.mount + "topics/" in targets
            for target in targets:
                if target.startswith("#"):
                    continue
                linked, _ = get(connection, urljoin(demo_host.mount + path, target))
                assert linked.status == 200, (path, target)


def test_pages_share_no_address_but_in_case(demo_site: Path) -> None:
    paths = [path.relative_to(demo_site).as_posix().lower() for path in demo_site.rglob("*")]
    assert len(paths) == len(set(paths))
