"""The catalog for machines: JSON lines, sitemaps, robots.txt."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from generator import sources
from generator.catalog import Catalog
from generator.catalog.listings import Listings
from generator.catalog.taxonomy import Topic
from generator.exports import catalog_records, hosts, llms, paper_markdown, redirects, sitemap
from generator.model import addresses
from generator.model.papers import Author, Link, Paper, Publication, Source, Votes
from generator.model.settings import Settings
from generator.text import SLUG_LIMIT, segments
from tests import shelves

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
PUBLICATION = Publication(
    type="paper-conference",
    editors=(Author(name="Grace Hopper"),),
    **{
        name: f"{name} 1"
        for name in Publication.__struct_fields__
        if name not in ("type", "editors")
    },
)


def catalog(*papers: Paper) -> Catalog:
    return Catalog(papers=papers, curators={})


def lines(*papers: Paper, site_url: str = "") -> list[dict[str, object]]:
    texts = [catalog_records.record(one, site_url) for one in papers]
    assert all(text.count("\n") == 1 and text.endswith("\n") for text in texts)
    return [json.loads(text) for text in texts]


# catalog.jsonl


def test_record_has_these_keys_in_this_order() -> None:
    (record,) = lines(FULL)
    assert list(record.items()) == [
        ("id", "full"),
        ("url", "papers/full/"),
        ("title", "Größe & “<b>Form</b>” $x^2$ \u2028"),
        ("plain_title", "Größe & “<b>Form</b>” x² \u2028"),
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


def test_letters_stand_as_they_are() -> None:
    assert "Größe" in catalog_records.record(FULL, "")


# Former addresses


def test_former_address_leads_to_the_paper_and_is_known_as_ours() -> None:
    moved = replace(FULL, id="2305.02309", former_ids=("full",))
    pages = redirects.redirects((moved, BARE), SITE_URL)
    (page,) = pages.values()
    assert list(pages) == ["papers/full/index.html"]
    assert 'http-equiv="refresh" content="0; url=../2305.02309/"' in page
    assert 'rel="canonical" href="https://example.org/shelf/papers/2305.02309/"' in page
    assert '<a href="../2305.02309/">Größe &amp; “&lt;b&gt;Form' in page
    assert redirects.is_redirect(page)
    assert not redirects.is_redirect("<!doctype html><title>By hand</title>")


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
        (addresses.paper("full"), FULL.last),
        (addresses.paper("bare"), BARE.last),
        ("", "2025-08-09"),
        ("about/", ""),
        (addresses.date("2025-08-07"), "2025-08-07"),
    ]
    found = sitemap.sitemaps(SITE_URL, pages)
    assert list(found) == ["sitemap.xml"]
    assert entries(found["sitemap.xml"]) == [
        ("https://example.org/shelf/", "2025-08-09"),
        ("https://example.org/shelf/about/", None),
        ("https://example.org/shelf/days/2025-08-07/", "2025-08-07"),
        ("https://example.org/shelf/papers/bare/", None),
        ("https://example.org/shelf/papers/full/", "2025-08-09"),
    ]
    assert found["sitemap.xml"].startswith(b'<?xml version="1.0" encoding="utf-8"?>\n')


@given(st.sets(st.integers(0, 9999), min_size=9), st.integers(4, 8))
def test_sitemap_of_many_pages_is_an_index_of_several(numbers: set[int], per_file: int) -> None:
    pages = [addresses.paper(f"p{number:04}") for number in numbers]
    found = sitemap.sitemaps(SITE_URL, ((page, "") for page in pages), per_file=per_file)
    names = [f"sitemap-{number}.xml" for number in range(1, len(found))]
    assert sorted(found) == sorted([*names, "sitemap.xml"])
    parts = [f"https://example.org/shelf/{name}" for name in names]
    assert [location for location, _ in entries(found["sitemap.xml"], "sitemap")] == parts
    listed = [entries(found[name]) for name in names]
    assert max(map(len, listed)) <= per_file
    expected = [(addresses.absolute(SITE_URL, page), None) for page in sorted(pages)]
    assert [entry for part in listed for entry in part] == expected


def test_new_page_leaves_nearly_all_sitemaps_as_they_are() -> None:
    pages = [(addresses.paper(f"p{number:04}"), "") for number in range(2_000)]
    before = sitemap.sitemaps(SITE_URL, pages, per_file=100)
    after = sitemap.sitemaps(SITE_URL, [*pages, (addresses.paper("p0100-new"), "")], per_file=100)
    assert len(before) > 20
    assert len(dict(before.items() ^ after.items())) <= 2


@pytest.mark.parametrize("count", [0, 1, 3])
def test_sitemap_is_cut_only_where_it_must_be(count: int) -> None:
    pages = [(f"{number}/", "") for number in range(count)]
    assert list(sitemap.sitemaps(SITE_URL, pages, per_file=3)) == ["sitemap.xml"]


def test_sitemap_is_as_large_as_the_protocol_allows_at_most() -> None:
    assert sitemap.ADDRESSES_PER_SITEMAP <= 50_000


def test_characters_that_xml_minds_are_escaped() -> None:
    url = "https://example.org/a&b/"
    found = sitemap.sitemaps(url, [("x/", "")])["sitemap.xml"]
    assert b"a&amp;b" in found
    assert entries(found) == [("https://example.org/a&b/x/", None)]


def test_sitemap_of_long_addresses_is_no_larger_than_hosts_take() -> None:
    site_url = f"https://{'a' * 60}.example.org/{'b' * 60}/"
    pages = [(f"titles/{'c' * SLUG_LIMIT}-{number}/", "2025-08-07") for number in range(60_000)]
    found = sitemap.sitemaps(site_url, pages)
    assert len(found) > 2
    assert max(map(len, found.values())) <= hosts.LARGEST_FILE


def test_site_without_an_address_has_no_sitemap() -> None:
    assert sitemap.sitemaps("", [("papers/full/", "")]) == {}


# catalog.schema.json

SCHEMA = json.loads(catalog_records.schema()[catalog_records.SCHEMA])


def test_schema_is_one_and_says_of_each_member_what_it_is_with_an_example() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for name, member in SCHEMA["properties"].items():
        assert member["description"].endswith("."), name
        validator = jsonschema.Draft202012Validator(member)
        assert all(validator.is_valid(example) for example in member["examples"]), name


def test_schema_knows_every_member_of_a_record() -> None:
    paper = replace(
        FULL,
        version=2,
        revised="2025-08-02",
        venue="ACL",
        publication=PUBLICATION,
        organizations=("Ada Lab",),
        categories=("cs.CL",),
        arxiv="2508.00001",
        doi="10.1/x",
        anthology="P19-1001",
        votes=Votes(upvotes=0, comments=1, counted=DAY),
        withdrawn="withdrawn",
        former_ids=("old",),
        authors=(Author(name="A", family="A", orcid="0000-0002-1825-0097", id="a"),),
    )
    (record,) = lines(paper)
    assert list(record) == list(SCHEMA["properties"])
    jsonschema.validate(record, SCHEMA)


@pytest.mark.parametrize("wrong", [{"title": ""}, {"colour": "red"}, {"topics": []}, {"rank": "1"}])
def test_schema_refuses_what_is_no_record(wrong: dict[str, object]) -> None:
    (record,) = lines(FULL)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record | wrong, SCHEMA)


def test_every_line_of_hostile_and_of_common_papers_is_as_the_schema_says() -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    sources = (Source(file="a.txt", format="daily-page", position="line 3"),)
    for shelf in (shelves.hostile(), shelves.showcase()):
        for paper in shelf.papers:
            (record,) = lines(replace(paper, sources=sources), site_url=SITE_URL)
            validator.validate(record)


# Markdown for programs, and the guide for language models


def markdown_of(paper: Paper) -> str:
    names = {"ants": "Ants", "bees": "Bees & Co"}
    return paper_markdown.markdown(paper, names, SITE_URL)


def test_text_of_a_paper_is_plain_markdown() -> None:
    assert markdown_of(replace(FULL, title="Ants march")).splitlines() == [
        "# Ants march",
        "",
        "- Authors: Ada Lovelace, 王",
        "- Published: 2025-08-01",
        "- Listed: 2025-08-07",
        "- Topics: Bees & Co, Ants",
        "- code: <https://github.com/a/b>",
        "- pdf: <https://x.org>",
        "- page: <https://example.org/shelf/papers/full/>",
        "",
        "One.",
        "",
        "Two.",
    ]


def test_links_of_a_paper_are_text_in_its_markdown_too() -> None:
    kind = "x> <script>alert(2)</script> [click](javascript:alert(3))"
    (link,) = read_link(kind, "https://example.org/y><script>alert(1)</script>")
    html = MarkdownIt("commonmark").render(markdown_of(replace(BARE, links=(link,))))
    assert "<script" not in html
    assert re.findall('href="(.*?)"', html)[0].startswith("https://example.org/y%3E%3Cscript%3E")
    assert "javascript:" not in "".join(re.findall('href="(.*?)"', html))


def read_link(kind: str, url: str) -> tuple[Link, ...]:
    line = json.dumps({"title": "On Ants", "links": {kind: url}})
    return sources.read(line.encode(), "a.json").papers[0].links


@pytest.mark.parametrize(
    "text",
    [
        *("# no heading", "1. no list", "- no list", "a *b* _c_ `d` [e](f) <g> | h", "&amp; &#38;"),
        *("***", "~~~", "> no quotation", "a \\ b", "<script>alert(1)</script>", "=== x", "5) x"),
        *("a~~b~~c ~d~", "an_under_score, __init__ and _x_", "C #"),
    ],
)
def test_what_looks_like_markdown_stays_text(text: str) -> None:
    assert_shown(text, paper_markdown.as_markdown(text))


@given(st.text("ab1 \\`*_{}[]()<>#+-.!|~&;:/='\"\u00e9", min_size=1))
def test_any_text_is_shown_as_it_stands(words: str) -> None:
    text = " ".join(words.split())
    assume(text and all(part.kind != "mathematics" for part in segments(text)))
    assert_shown(text, paper_markdown.as_markdown(text))


def assert_shown(text: str, markdown: str) -> None:
    """In a paragraph as in a heading, with what GitHub adds to CommonMark."""
    renderer = MarkdownIt("commonmark").enable("strikethrough")
    assert unescape(renderer.render(markdown)) == f"<p>{text}</p>\n"
    assert unescape(renderer.render(f"# {markdown}")) == f"<h1>{text}</h1>\n"


def test_mathematics_keeps_its_tex() -> None:
    assert "$x_1 \\times y^*$" in markdown_of(replace(BARE, abstract="So $x_1 \\times y^*$ holds."))


@pytest.mark.parametrize(
    "text",
    ["$<script>alert(1)</script>$", "$[a](javascript:alert(1))$", "$a<!--$ hidden $-->b$"],
)
def test_mathematics_makes_no_tags_and_no_links(text: str) -> None:
    html = MarkdownIt("commonmark").render(paper_markdown.as_markdown(text))
    assert re.findall("<.*?>", html) == ["<p>", "</p>"]
    assert unescape(html).replace(" ", "") == f"<p>{text}</p>\n".replace(" ", "")


def test_address_in_a_text_can_be_copied_from_its_markdown() -> None:
    text = "Code: https://github.com/ada/on_ants_2"
    assert paper_markdown.as_markdown(text) == text


@pytest.mark.parametrize(
    ("companions", "text", "said"),
    [
        (True, "papers/bare.md", "ending in `.md`"),
        (False, "papers/bare/", "a line of what is named “All papers”"),
    ],
)
def test_guide_names_the_latest_papers_the_data_and_the_topics(
    companions: bool, text: str, said: str
) -> None:
    topics = (Topic(slug="ants", name="Ants"), Topic(slug="bees", name="Bees"))
    found = Catalog(papers=(FULL, BARE), topics=topics, curators={})
    settings = Settings(
        root=Path("/s"),
        pages=Path("/s"),
        site_name="Shelf",
        site_url=SITE_URL,
        companions=companions,
    )
    guide = llms.llms_txt(Listings(catalog=found, settings=settings)).splitlines()
    assert guide[0] == "# Shelf"
    assert guide[2].startswith("> ")
    assert [line for line in guide if line.startswith("## ")] == [
        "## Latest papers",
        "## Data",
        "## Topics",
        "## Optional",
    ]
    assert f"- [Bare]({SITE_URL}{text})" in guide
    assert any(said in line for line in guide)
    assert f"- [Ants]({SITE_URL}topics/ants/): 1 papers" in guide


# robots.txt


def test_robots_may_read_all_and_are_told_of_the_sitemap() -> None:
    expected = "User-agent: *\nAllow: /\n\nSitemap: https://example.org/shelf/sitemap.xml\n"
    assert sitemap.robots(SITE_URL) == expected
    assert sitemap.robots("") == "User-agent: *\nAllow: /\n"
