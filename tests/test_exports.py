"""The catalog for machines: JSON lines, sitemaps, robots.txt."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from generator import addresses, exports
from generator.catalog import Catalog
from generator.papers import Author, Link, Paper, Source

DAY = date(2025, 8, 7)
SITE_URL = "https://example.org/shelf/"
SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

FULL = Paper(
    id="full",
    title="Größe & “<b>Form</b>” $x^2$ \u2028",
    abstract="One.\n\nTwo.",
    authors=(Author(name="Ada Lovelace"), Author(name="王")),
    links=(Link(kind="code", url="https://github.com/a/b"), Link(kind="pdf", url="https://x.org")),
    keywords=("ants",),
    topics=("bees", "ants"),
    published="2025-08-01",
    days=(DAY, date(2025, 8, 9)),
    rank=1,
    sources=(Source(file="a/b.txt", format="daily-page", position="line 3"),),
)
BARE = Paper(id="bare", title="Bare")


def catalog(*papers: Paper) -> Catalog:
    return Catalog(papers=papers, curators={})


def lines(*papers: Paper, site_url: str = "") -> list[dict[str, object]]:
    text = exports.catalog_lines(catalog(*papers), site_url)
    assert text.count("\n") == len(papers)
    return [json.loads(line) for line in text.split("\n")[:-1]]


# catalog.jsonl


def test_record_has_these_keys_in_this_order() -> None:
    (record,) = lines(FULL)
    assert list(record.items()) == [
        ("id", "full"),
        ("url", "papers/full/"),
        ("title", "Größe & “<b>Form</b>” $x^2$ \u2028"),
        ("abstract", "One.\n\nTwo."),
        ("authors", [{"name": "Ada Lovelace"}, {"name": "王"}]),
        ("published", "2025-08-01"),
        ("listed", "2025-08-07"),
        ("days", ["2025-08-09"]),
        ("rank", 1),
        ("keywords", ["ants"]),
        ("topics", ["bees", "ants"]),
        ("links", {"code": "https://github.com/a/b", "pdf": "https://x.org"}),
        ("sources", [{"file": "a/b.txt", "format": "daily-page", "position": "line 3"}]),
    ]


def test_what_is_unknown_is_absent() -> None:
    assert lines(BARE) == [{"id": "bare", "url": "papers/bare/", "title": "Bare"}]


def test_address_is_full_where_the_site_is_known() -> None:
    assert lines(BARE, site_url=SITE_URL)[0]["url"] == "https://example.org/shelf/papers/bare/"


def test_papers_stand_in_the_order_of_the_catalog() -> None:
    assert [record["id"] for record in lines(FULL, BARE)] == ["full", "bare"]


def test_empty_catalog_is_an_empty_file() -> None:
    assert exports.catalog_lines(catalog(), SITE_URL) == ""


def test_letters_stand_as_they_are() -> None:
    assert "Größe" in exports.catalog_lines(catalog(FULL), "")


# Former addresses


def test_former_address_leads_to_the_paper_and_is_known_as_ours() -> None:
    moved = replace(FULL, id="2305.02309", former_ids=("full",))
    pages = exports.redirects(catalog(moved, BARE), SITE_URL)
    (page,) = pages.values()
    assert list(pages) == ["papers/full/index.html"]
    assert 'http-equiv="refresh" content="0; url=../2305.02309/"' in page
    assert 'rel="canonical" href="https://example.org/shelf/papers/2305.02309/"' in page
    assert '<a href="../2305.02309/">Größe &amp; “&lt;b&gt;Form' in page
    assert exports.is_redirect(page)
    assert not exports.is_redirect("<!doctype html><title>By hand</title>")


# Sitemap


def entries(data: bytes, kind: str = "url") -> list[tuple[str, str | None]]:
    """Locations and dates of a sitemap; its elements are those of the protocol."""
    root = ElementTree.fromstring(data)
    assert root.tag == f"{SITEMAPS}{'urlset' if kind == 'url' else 'sitemapindex'}"
    assert {child.tag for child in root} <= {f"{SITEMAPS}{kind}"}
    return [
        (entry.findtext(f"{SITEMAPS}loc") or "", entry.findtext(f"{SITEMAPS}lastmod"))
        for entry in root
    ]


def test_sitemap_has_full_addresses_sorted_and_the_dates_of_content() -> None:
    pages = [
        addresses.paper("full"),
        addresses.paper("bare"),
        "",
        "about/",
        addresses.date("2025-08-07"),
    ]
    found = exports.sitemaps(catalog(FULL, BARE), SITE_URL, pages)
    assert list(found) == ["sitemap.xml"]
    assert entries(found["sitemap.xml"]) == [
        ("https://example.org/shelf/", "2025-08-09"),
        ("https://example.org/shelf/about/", None),
        ("https://example.org/shelf/days/2025-08-07/", "2025-08-07"),
        ("https://example.org/shelf/papers/bare/", None),
        ("https://example.org/shelf/papers/full/", "2025-08-07"),
    ]
    assert found["sitemap.xml"].startswith(b'<?xml version="1.0" encoding="utf-8"?>\n')


def test_sitemap_of_many_pages_is_an_index_of_several() -> None:
    pages = [addresses.paper(f"p{number}") for number in range(7)]
    found = exports.sitemaps(catalog(), SITE_URL, reversed(pages), per_file=3)
    assert sorted(found) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    parts = [f"https://example.org/shelf/sitemap-{number}.xml" for number in (1, 2, 3)]
    assert [location for location, _ in entries(found["sitemap.xml"], "sitemap")] == parts
    listed = [entries(found[f"sitemap-{number}.xml"]) for number in (1, 2, 3)]
    assert [len(part) for part in listed] == [3, 3, 1]
    expected = [(addresses.absolute(SITE_URL, page), None) for page in pages]
    assert [entry for part in listed for entry in part] == expected


@pytest.mark.parametrize(("count", "files"), [(0, 1), (1, 1), (3, 1), (4, 3)])
def test_sitemap_is_cut_only_where_it_must_be(count: int, files: int) -> None:
    pages = [f"{number}/" for number in range(count)]
    assert len(exports.sitemaps(catalog(), SITE_URL, pages, per_file=3)) == files


def test_sitemap_is_as_large_as_the_protocol_allows_at_most() -> None:
    assert exports.ADDRESSES_PER_SITEMAP <= 50_000


def test_characters_that_xml_minds_are_escaped() -> None:
    url = "https://example.org/a&b/"
    found = exports.sitemaps(catalog(), url, ["x/"])["sitemap.xml"]
    assert b"a&amp;b" in found
    assert entries(found) == [("https://example.org/a&b/x/", None)]


def test_site_without_an_address_has_no_sitemap() -> None:
    assert exports.sitemaps(catalog(FULL), "", ["papers/full/"]) == {}


# robots.txt


def test_robots_may_read_all_and_are_told_of_the_sitemap() -> None:
    expected = "User-agent: *\nAllow: /\n\nSitemap: https://example.org/shelf/sitemap.xml\n"
    assert exports.robots(SITE_URL) == expected
    assert exports.robots("") == "User-agent: *\nAllow: /\n"
