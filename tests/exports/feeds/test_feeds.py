"""Feeds as readers see them: through a grammar, a schema, and a library that reads feeds."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from generator import catalog, text
from generator.catalog.listings import Listings
from generator.catalog.taxonomy import Topic
from generator.exports import feeds
from generator.model.papers import Author, Link, Paper, Votes
from generator.model.settings import Settings
from generator.sources import Reading
from generator.text.unicode_math import readable
from tests import shelves
from tests.exports.feeds.validity import ATOM, GRAMMAR, SCHEMA, assert_valid, parsed
from tests.shelves import texts

SITE_URL = "https://papers.example.org/shelf/"
TOPICS = (Topic(slug="ants", name="Ants & Co", phrases=("ants",)),)
ANTS = Paper(
    id="2401.00001",
    arxiv="2401.00001",
    title="Ants in $O(n)$",
    abstract="A bound $\\frac{1}{n}$ & more.\n\nAnts <b>march</b>.",
    authors=(Author(name="Ada Lovelace"), Author(name="Lord Byron")),
    links=(Link(kind="abs", url="https://arxiv.org/abs/2401.00001"),),
    published="2024-01-02",
    revised="2024-03-04",
    days=(date(2024, 2, 3),),
    votes=Votes(upvotes=3),
)
BEES = Paper(id="bees", title="Bees", published="2023-05")


def written(*papers: Paper, site_url: str = SITE_URL, **more: Any) -> dict[str, str]:
    """All feeds of a catalog of these papers."""
    found = catalog.build([Reading(file="a.txt", papers=papers)], TOPICS)
    root = Path("/shelf")
    settings = Settings(root=root, pages=root, site_name="The “Shelf”", site_url=site_url, **more)
    return texts(feeds.write(Listings(catalog=found, settings=settings)))


def test_feeds_are_valid() -> None:
    assert_valid(written(ANTS, BEES, author_pages=1, websub_hub="https://hub.example.org/"))


def test_feeds_of_a_site_without_an_address_are_valid() -> None:
    found = written(ANTS, BEES, site_url="")
    assert_valid(found)
    (entry,) = etree.fromstring(found["topics/ants/feed.xml"].encode()).iter(f"{ATOM}entry")
    pages = entry.findall(f"{ATOM}link[@rel='alternate']")
    assert [page.get("href") for page in pages] == ["../../papers/2401.00001/"]


def test_feed_of_an_empty_catalog_is_valid() -> None:
    assert_valid(written())


def test_entry_has_title_authors_topics_links_and_the_whole_abstract() -> None:
    feed = parsed(written(ANTS)["feed.xml"])
    (entry,) = feed.entries
    assert feed.feed.title == "The “Shelf”"
    assert entry.title == "Ants in O(n)"
    assert [author.name for author in entry.authors] == ["Ada Lovelace", "Lord Byron"]
    assert [tag.term for tag in entry.tags] == ["Ants & Co"]
    assert entry.link == f"{SITE_URL}papers/2401.00001/"
    related = [link.href for link in entry.links if link.rel == "related"]
    assert related == ["https://arxiv.org/abs/2401.00001"]
    html = "<p>A bound 1/n &amp; more.</p><p>Ants &lt;b&gt;march&lt;/b&gt;.</p>"
    assert entry.content[0].value == html
    (item,) = json.loads(written(ANTS)["feed.json"])["items"]
    assert (item["title"], item["content_html"]) == ("Ants in O(n)", html)


def test_dates_are_those_of_the_data() -> None:
    ants, bees = parsed(written(ANTS, BEES)["feed.xml"]).entries
    assert (ants.updated, ants.published) == ("2024-03-04T00:00:00Z", "2024-02-03T00:00:00Z")
    assert (bees.updated, bees.published) == ("2023-05-01T00:00:00Z", "2023-05-01T00:00:00Z")
    assert parsed(written(ANTS, BEES)["feed.xml"]).feed.updated == "2024-03-04T00:00:00Z"


def test_ids_stay_when_the_site_moves_and_when_papers_come() -> None:
    here = parsed(written(ANTS)["feed.xml"]).entries[0].id
    there = parsed(written(ANTS, BEES, site_url="https://else.example/")["feed.xml"]).entries[0].id
    assert here == there
    assert here.startswith("urn:uuid:")


def test_ids_are_the_same_for_ever() -> None:
    feed = parsed(written(ANTS)["topics/ants/feed.xml"])
    assert feed.feed.id == "urn:uuid:e106f465-3c27-54f1-a67b-6cdf3adab021"
    assert feed.entries[0].id == "urn:uuid:24c9b0a1-01a9-5620-b7d3-d735d6ed005c"
    (item,) = json.loads(written(ANTS)["feed.json"])["items"]
    assert item["id"] == feed.entries[0].id


def test_every_list_has_its_feed_and_its_own_id() -> None:
    found = written(ANTS, replace(ANTS, id="two", arxiv="", title="More ants", venue="ACL"))
    ids = {path: parsed(feed).feed.id for path, feed in found.items() if path.endswith(".xml")}
    lists = ["", "topics/ants/", "venues/acl/"]
    lists += ["trending/", "trending/all/", "trending/day/", "trending/month/"]
    assert sorted(ids) == sorted(f"{address}feed.xml" for address in lists)
    assert len(set(ids.values())) == len(ids)


def test_feed_names_itself_its_page_and_its_hub() -> None:
    found = written(ANTS, websub_hub="https://hub.example.org/")
    links = {link.rel: link.href for link in parsed(found["topics/ants/feed.xml"]).feed.links}
    assert links == {
        "self": f"{SITE_URL}topics/ants/feed.xml",
        "alternate": f"{SITE_URL}topics/ants/",
        "hub": "https://hub.example.org/",
    }
    data = json.loads(found["feed.json"])
    assert (data["feed_url"], data["home_page_url"]) == (f"{SITE_URL}feed.json", SITE_URL)
    assert data["hubs"] == [{"type": "WebSub", "url": "https://hub.example.org/"}]


def test_feed_has_the_first_thirty() -> None:
    papers = [replace(BEES, id=f"bees-{n}", title=f"Bees {n}", rank=n) for n in range(1, 32)]
    found = written(*papers)
    first = [paper.title for paper in papers[:30]]
    assert [entry.title for entry in parsed(found["feed.xml"]).entries] == first
    assert [item["title"] for item in json.loads(found["feed.json"])["items"]] == first


def test_authors_have_a_feed_from_as_many_papers_on_as_the_settings_say() -> None:
    papers = [replace(BEES, id=f"bees-{n}", title=f"Bees {n}") for n in range(3)]
    ada, byron = ANTS.authors
    papers = [replace(paper, authors=(ada,)) for paper in papers]
    papers[0] = replace(papers[0], authors=(ada, byron))

    def fed(**more: Any) -> list[str]:
        found = written(*papers, author_pages=1, **more)
        named = etree.fromstring(found[feeds.OPML].encode()).iter("outline")
        urls = [outline.get("xmlUrl") for outline in named if outline.get("xmlUrl")]
        atom = [path for path in found if path.endswith("feed.xml")]
        assert sorted(map(str, urls)) == sorted(f"{SITE_URL}{path}" for path in atom)
        return sorted(path for path in atom if path.startswith("authors/"))

    assert fed() == fed(author_feeds=4) == []
    assert fed(author_feeds=3) == ["authors/ada-lovelace/feed.xml"]
    everybody = ["authors/ada-lovelace/feed.xml", "authors/lord-byron/feed.xml"]
    assert fed(author_feeds=1) == everybody


def test_only_the_feed_of_all_papers_is_a_json_feed_too() -> None:
    found = written(ANTS, replace(BEES, venue="ACL"), author_pages=1, author_feeds=1)
    assert {path for path in found if path.endswith(".json")} == {"feed.json"}


PLAIN = "C++: 50% of <T> & 'a' < \"b\" > c, #1: (x_y) [z] ~ * `e` é 漢"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (PLAIN, PLAIN),
        ("An $O(n^2 \\log n)$ bound", "An O(n² log n) bound"),
        ("$\\frac{a+b}{2} < x_i$ & more", "(a+b)/2 < xᵢ & more"),
        ("It costs $5 or $6", "It costs $5 or $6"),
        ("See https://example.org/a_b?c=1&d=+2.", "See https://example.org/a_b?c=1&d=+2."),
        ("Code: github.com/a/b+c", "Code: github.com/a/b+c"),
    ],
)
def test_without_its_tags_a_feed_says_the_text_and_nothing_twice(source: str, shown: str) -> None:
    paper = replace(ANTS, title=source, abstract=f"{source}\n\n{source}")
    found = written(paper)
    (entry,) = parsed(found["feed.xml"]).entries
    (item,) = json.loads(found["feed.json"])["items"]
    assert (entry.title, item["title"]) == (shown, shown)
    for html in (entry.content[0].value, item["content_html"]):
        assert [
            etree.tostring(one, method="text", encoding="unicode")
            for one in etree.fromstring(f"<x>{html}</x>")
        ] == [shown, shown]
        assert "&#" not in html
    assert "annotation" not in found["feed.xml"] + found["feed.json"]


def test_plain_characters_are_written_as_they_are() -> None:
    topic = "Ants' C++: 50% (of #1) – é"
    shelf = catalog.Catalog(
        papers=(replace(ANTS, title=topic, abstract=topic, topics=("ants",)),),
        topics=(Topic(slug="ants", name=topic),),
        curators={},
    )
    settings = Settings(root=Path("/s"), pages=Path("/s"), site_name=topic, site_url=SITE_URL)
    found = texts(feeds.write(Listings(catalog=shelf, settings=settings)))
    for path in ("feed.xml", "topics/ants/feed.xml", "feed.json", feeds.OPML):
        assert topic in found[path]
        assert not re.search("&(?!amp;|lt;|gt;)", found[path])


def test_addresses_in_an_abstract_are_links() -> None:
    paper = replace(ANTS, abstract="See https://example.org/a_b?c=1&d=2, and github.com/a/b.")
    (item,) = json.loads(written(paper)["feed.json"])["items"]
    links = [link.get("href") for link in etree.fromstring(item["content_html"]).iter("a")]
    assert links == ["https://example.org/a_b?c=1&d=2", "https://github.com/a/b"]


def test_new_paper_changes_only_the_feeds_that_it_is_in() -> None:
    before = written(ANTS, replace(BEES, authors=(Author(name="Ada Lovelace"),)))
    cats = Paper(id="cats", title="Cats", days=(date(2024, 2, 3),))
    after = written(ANTS, replace(BEES, authors=(Author(name="Ada Lovelace"),)), cats)
    changed = {path for path in after if before.get(path) != after[path]}
    assert changed == {"feed.xml", "feed.json"}


def test_all_feeds_are_named_in_one_file() -> None:
    found = written(ANTS, author_pages=1)
    tree = etree.fromstring(found[feeds.OPML].encode())
    assert tree.get("version") == "2.0"
    named = [str(url) for outline in tree.iter("outline") if (url := outline.get("xmlUrl"))]
    assert sorted(named) == sorted(
        f"{SITE_URL}{path}" for path in found if path.endswith("feed.xml")
    )


ANY = st.text(st.characters())
"""Characters that XML does not allow and halves of surrogate pairs are among them."""


def hostile_feeds(papers: Sequence[Paper]) -> dict[str, str]:
    settings = Settings(root=Path("/s"), pages=Path("/s"), site_name="]]>&\x00", site_url=SITE_URL)
    found = catalog.Catalog(papers=tuple(papers), curators={})
    return texts(feeds.write(Listings(catalog=found, settings=settings)))


def test_hostile_text_stays_text() -> None:
    shelf = shelves.hostile()
    settings = Settings(root=Path("/s"), pages=Path("/s"), site_name="S", site_url=SITE_URL)
    found = texts(feeds.write(Listings(catalog=shelf, settings=settings)))
    assert_valid(found)
    entries = etree.fromstring(found["feed.xml"].encode()).iter(f"{ATOM}entry")
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert titles == [text.printable(readable(paper.title)) for paper in shelf.current[:30]]


@given(st.lists(st.tuples(ANY, ANY, ANY), max_size=3))
def test_any_text_makes_a_valid_feed(texts: list[tuple[str, str, str]]) -> None:
    papers = [
        Paper(id=f"p{n}", title=title, abstract=abstract, authors=(Author(name=name, id=f"a{n}"),))
        for n, (title, abstract, name) in enumerate(texts)
    ]
    for path, feed in hostile_feeds(papers).items():
        if path.endswith("feed.xml"):
            GRAMMAR.assertValid(etree.fromstring(feed.encode()))
        elif path.endswith("feed.json"):
            SCHEMA.validate(json.loads(feed.encode()))


def test_names_of_the_site_and_of_topics_are_hostile_too() -> None:
    name = "]]>\ud800\x00 &lt; <b>\u202e👩\u200d💻"
    topic = Topic(slug="ants", name=name)
    shelf = catalog.Catalog(papers=(replace(ANTS, topics=("ants",)),), topics=(topic,), curators={})
    settings = Settings(root=Path("/s"), pages=Path("/s"), site_name=name, site_url=SITE_URL)
    found = texts(feeds.write(Listings(catalog=shelf, settings=settings)))
    assert_valid(found)
    shown = text.printable(name)
    feed = json.loads(found["feed.json"])
    assert (feed["title"], feed["items"][0]["tags"]) == (shown, [shown])
    tree = etree.fromstring(found["topics/ants/feed.xml"].encode())
    assert tree.findtext(f"{ATOM}title") == f"{shown} · {shown}"
    assert [one.get("term") for one in tree.iter(f"{ATOM}category")] == [shown]
    outlines = etree.fromstring(found[feeds.OPML].encode()).iter("outline")
    assert shown in [outline.get("title") for outline in outlines]


def test_paper_without_any_date_is_dated_the_same_in_every_build() -> None:
    (entry,) = parsed(written(Paper(id="cats", title="Cats"))["feed.xml"]).entries
    assert entry.updated == "1970-01-01T00:00:00Z"
    assert "published" not in entry


@pytest.mark.parametrize("known", ["2023", "2023-05", "2023-05-06"])
def test_date_that_is_known_in_part_is_its_beginning(known: str) -> None:
    (entry,) = parsed(written(replace(BEES, published=known))["feed.xml"]).entries
    assert (
        entry.updated
        == {
            "2023": "2023-01-01T00:00:00Z",
            "2023-05": "2023-05-01T00:00:00Z",
            "2023-05-06": "2023-05-06T00:00:00Z",
        }[known]
    )
