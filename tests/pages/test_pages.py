"""The Markdown of papers' own pages, and what holds of every generated page."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import catalog, pages
from generator.catalog.changes import Change
from generator.catalog.listings import Listings
from generator.catalog.taxonomy import Topic
from generator.model.papers import Author, Link, Publication, Source, Votes
from generator.model.settings import Settings
from generator.pages.front_matter import is_generated
from generator.pages.templates import Site
from generator.similar import Neighbour
from generator.sources import Reading
from tests.pages.written import MAY_1, MAY_2, TAXONOMY, arrived, front_matter, links, paper, written

# Front matter


def test_front_matter_says_title_date_tags_and_description() -> None:
    abstract = ("What bees say of ants. " * 30).strip()
    page = written(paper("On Ants", abstract=abstract))["papers/on-ants/"]
    front = front_matter(page)
    assert list(front) == ["title", "date", "tags", "description", "head", "generator"]
    assert front["title"] == "On Ants"
    assert front["date"] == MAY_1
    assert front["tags"] == ["Ants &amp; Co", "Bees"]
    assert front["description"].startswith("What bees say of ants. What bees")
    assert 150 < len(front["description"]) <= 200
    assert front["generator"] == "papershelf"


def test_what_is_unknown_is_not_in_the_front_matter() -> None:
    front = front_matter(written(paper("On Cats", None, abstract=""))["papers/on-cats/"])
    assert list(front) == ["title", "head", "generator"]
    assert front["title"] == "On Cats"


def test_authors_are_in_the_front_matter() -> None:
    authors = (Author(name="Ada Lovelace"), Author(name="No: 1 & Co"))
    front = front_matter(written(paper("On Cats", authors=authors))["papers/on-cats/"])
    assert front["authors"] == ["Ada Lovelace", "No: 1 &amp; Co"]


SOURCES = (Source(file="a.txt", format="test", position="line 1"),)
HOSTILE = st.one_of(
    st.text(min_size=1, max_size=60),
    st.sampled_from(["---", "...", "# x", "a: b", "- a", "{{ 7*7 }}", "{% raw %}", "null", "true"]),
    st.sampled_from(["'", '"', "\\", "!!python/object:x", "&a *a", "@x", "`x`", "%", "2025-01-01"]),
)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(HOSTILE, HOSTILE), min_size=1, max_size=40))
def test_any_title_comes_back_from_the_front_matter(texts: list[tuple[str, str]]) -> None:
    found = written(
        *(
            paper(title, id=f"p{n}", arxiv=f"2501.{n:05}", abstract=rest, sources=SOURCES)
            for n, (title, rest) in enumerate(texts)
        )
    )
    for number, (title, _) in enumerate(texts):
        page = found[f"papers/p{number}/"]
        assert is_generated(page)
        front = front_matter(page)
        assert unescape(front.get("title", "")) in (title, unescape(title))
        assert "{{" not in page.split("\n---\n", 1)[1]


# The page of a paper


def test_page_has_the_title_the_abstract_and_its_topics() -> None:
    page = written(paper("On Ants", abstract="First.\n\nSecond, on bees and bees and bees."))
    body = page["papers/on-ants/"]
    assert "\n# On Ants\n" in body
    assert re.findall(r'<p class="ps-abstract"[^>]*>(.*)</p>', unescape(body)) == [
        "First.",
        "Second, on bees and bees and bees.",
    ]
    assert [arrived("papers/on-ants/", link) for link in links(body) if "topics" in link] == [
        "topics/ants/",
        "topics/bees/",
    ]


def test_withdrawn_paper_keeps_its_page_is_marked_and_leaves_all_lists() -> None:
    gone = paper("On Ants Withdrawn", withdrawn="retracted", authors=(Author(name="Ada"),))
    found = written(gone, paper("On Bees"))
    page = found["papers/on-ants-withdrawn/"]
    assert "This paper was retracted." in page
    lists = {address: text for address, text in found.items() if not address.startswith("papers/")}
    assert not [address for address, text in lists.items() if "On Ants Withdrawn" in text]
    assert "topics/ants/" not in found
    assert all("Withdrawn" not in other for at, other in found.items() if other is not page)


def test_page_says_who_published_a_paper() -> None:
    page = written(paper("On Cats", organizations=("Cats <& Co>", "Ada Lab")))["papers/on-cats/"]
    assert "Cats <& Co> · Ada Lab</span>" in unescape(page)


def test_page_says_the_venue_the_votes_and_the_sources() -> None:
    sources = (
        Source(file="a b/2025.json", format="test", position="record 4", fields=("title",)),
        Source(file="refs.bib", format="test", position="byron2025", fields=("venue",)),
    )
    votes = Votes(upvotes=1, comments=0, counted=MAY_2)
    page = written(paper("On Cats", venue="Proc. of <Ants>", votes=votes, sources=sources))[
        "papers/on-cats/"
    ]
    assert 'href="../../venues/proc-of-ants/">Proc. of <Ants></a></span>' in unescape(page)
    assert "1 upvote · 0 comments as of 2 May 2025" in page
    assert "<summary>2 sources</summary>" in page
    assert "record 4: title" in unescape(page)
    assert "byron2025: venue" in unescape(page)


@pytest.mark.parametrize(
    ("published", "shown", "above"),
    [
        ("2019", "published <time", "../../days/2019/"),
        ("2019-05", "May 2019", "../../days/2019-05/"),
        ("2019-05-14", "14 May 2019", "../../days/2019-05-14/"),
    ],
)
def test_date_is_shown_as_far_as_it_is_known(published: str, shown: str, above: str) -> None:
    found = written(paper("On Cats", None, published=published))
    page = found["papers/on-cats/"]
    assert shown in page
    assert f'class="ps-up" href="{above}"' in page
    for part in ("2019", "2019-05", "2019-05-14"):
        listing = found.get(f"days/{part}/", "")
        assert ("On Cats" in listing) == published.startswith(part)


def test_missing_abstract_is_said() -> None:
    body = written(paper("On Ants", abstract=""))["papers/on-ants/"]
    assert "gives no abstract" in body
    assert "ps-abstract" not in body


def test_authors_own_date_and_links_are_shown_where_they_are_known() -> None:
    found = paper(
        "On Ants",
        authors=(Author(name="Ada <Lovelace>"),),
        published="2024-12-31",
        links=(
            Link(kind="code", url="https://github.com/a/b?c=1&d=2"),
            Link(kind="code-2", url="https://gitlab.com/a/b"),
            Link(kind="pdf", url="https://example.org/a.pdf"),
        ),
    )
    body = written(found)["papers/on-ants/"]
    assert "Ada <Lovelace>" not in body
    assert "Ada <Lovelace>" in unescape(body)
    assert '<time datetime="2024-12-31">31 December 2024</time>' in body
    outside = dict(re.findall(r'<a href="([^"]*)"[^>]*>(Code|Code 2|Read PDF)</a>', body))
    assert {unescape(url): name for url, name in outside.items()} == {
        "https://github.com/a/b?c=1&d=2": "Code",
        "https://gitlab.com/a/b": "Code 2",
        "https://example.org/a.pdf": "Read PDF",
    }


def neighbours(body: str) -> tuple[list[str], list[str]]:
    return links(body, 'rel="prev"'), links(body, 'rel="next"')


def test_paper_leads_to_the_one_before_and_after_it_in_its_list() -> None:
    found = written(paper("One"), paper("Two", rank=2), paper("Three", rank=3))
    one, two, three = (found[f"papers/{name}/"] for name in ("one", "two", "three"))
    assert neighbours(one) == ([], ["../two/"])
    assert neighbours(two) == (["../one/"], ["../three/"])
    assert neighbours(three) == (["../two/"], [])
    assert "2 of 3" in two


@pytest.mark.parametrize("published", ["2019", "2019-05", ""])
def test_a_page_does_not_count_papers_of_which_no_day_is_known(published: str) -> None:
    names = [f"paper-{number}" for number in range(5)]
    papers = [paper(name, None, published=published) for name in names]
    few, all_ = written(*papers[:4]), written(*papers)
    path = "papers/paper-1/"
    assert neighbours(all_[path]) == (["../paper-0/"], ["../paper-2/"])
    assert "ps-place" not in all_[path]
    assert [few[f"papers/{name}/"] == all_[f"papers/{name}/"] for name in names[:4]] == [
        *(True, True, True),
        False,  # the one before the new one
    ]


def test_lists_of_two_days_are_not_joined() -> None:
    found = written(paper("New", MAY_2), paper("Old", MAY_1), paper("Undated", None))
    for name in ("new", "old", "undated"):
        assert neighbours(found[f"papers/{name}/"]) == ([], [])
        assert "1 of 1" not in found[f"papers/{name}/"]


def test_paper_on_two_days_has_one_page_in_the_list_that_first_had_it() -> None:
    found = written(
        paper("Again", MAY_2, 1),
        paper("New", MAY_2, 2),
        paper("Old", MAY_1),
        paper("Again", MAY_1, 2),
    )
    body = found["papers/again/"]
    assert neighbours(body) == (["../old/"], [])
    assert "2 of 2" in body
    assert front_matter(body)["date"] == MAY_1
    assert neighbours(found["papers/new/"]) == ([], ["../again/"])


# The search page


def test_search_page_has_examples_that_find_something_here() -> None:
    taxonomy = (
        Topic(slug="odd", name="C++ & <b>", phrases=("ants",)),
        Topic(slug="neural-networks", name="Neural networks", phrases=("ants",)),
    )
    page = written(paper("Ants", arxiv="2501.00001"), taxonomy=taxonomy)["search/"]
    queries = [parse_qs(urlsplit(link).query)["q"][0] for link in links(page, r'href="\./\?')]
    assert queries[:3] == ["neural networks", '"neural networks"', "title:networks"]
    assert {"networ" not in q for q in queries if "~" in q} == {True}
    assert {"networks year:2023..2025", "networks year:>2023", "2501.00001"} < set(queries)
    assert front_matter(page)["search_page"] is True


def test_search_page_knows_names_that_slugs_do_not_tell() -> None:
    taxonomy = (
        Topic(slug="odd", name='C++ & "<b>"', phrases=("ants",)),
        Topic(slug="neural-networks", name="Neural networks", phrases=("ants",)),
        Topic(slug="unused", name="UNUSED", phrases=("yaks",)),
    )
    page = written(paper("Ants"), taxonomy=taxonomy)["search/"]
    (known,) = re.findall(r'data-topics="([^"]*)"', page)
    assert json.loads(unescape(known)) == {"odd": 'C++ & "<b>"'}
    assert json.loads(unescape(re.findall(r'data-topics="([^"]*)"', written()["search/"])[0])) == {}


# Reporting a mistake


def report(**settings: str) -> str | None:
    given: dict[str, Any] = {"site_url": "https://example.org/shelf/"} | settings
    body = written(paper("On Ants & Bees: 100%?"), **given)["papers/on-ants-and-bees-100/"]
    found = re.search(r'<p class="ps-report"><a href="([^"]*)"', body)
    return unescape(found[1]) if found else None


def test_mistake_is_reported_as_an_issue_on_github() -> None:
    for repo_url in ("https://github.com/ada/shelf", "https://github.com/ada/shelf/"):
        url = urlsplit(report(repo_url=repo_url) or "")
        assert f"{url.scheme}://{url.netloc}{url.path}" == "https://github.com/ada/shelf/issues/new"
        assert parse_qs(url.query) == {
            "title": ["On Ants & Bees: 100%?"],
            "body": ["https://example.org/shelf/papers/on-ants-and-bees-100/"],
        }


@pytest.mark.parametrize("host", ["gitlab.com", "gitlab.example.org"])
def test_mistake_is_reported_as_an_issue_on_gitlab(host: str) -> None:
    url = urlsplit(report(repo_url=f"https://{host}/ada/shelf") or "")
    assert url.path == "/ada/shelf/-/issues/new"
    assert parse_qs(url.query) == {
        "issue[title]": ["On Ants & Bees: 100%?"],
        "issue[description]": ["https://example.org/shelf/papers/on-ants-and-bees-100/"],
    }


def test_mistake_is_reported_where_the_setting_says() -> None:
    pattern = "mailto:ada@example.org?subject={title}&body={url}"
    assert report(report_url=pattern, repo_url="https://github.com/ada/shelf") == (
        "mailto:ada@example.org?subject=On%20Ants%20%26%20Bees%3A%20100%25%3F"
        "&body=https%3A%2F%2Fexample.org%2Fshelf%2Fpapers%2Fon-ants-and-bees-100%2F"
    )
    assert report(report_url="https://example.org/form") == "https://example.org/form"


def test_nothing_is_offered_where_mistakes_cannot_be_reported() -> None:
    assert report() is None
    assert report(report_url="javascript:alert(1)") is None


def test_report_names_the_paper_also_where_the_site_has_no_address() -> None:
    url = urlsplit(report(repo_url="https://github.com/ada/shelf", site_url="") or "")
    assert parse_qs(url.query)["body"] == ["papers/on-ants-and-bees-100/"]


# Every page


@pytest.fixture(scope="module")
def everything() -> dict[str, str]:
    """A catalog with all kinds of pages: days, undated papers, several pages a list."""
    known = {
        "authors": (Author(name="Ada Lovelace"), Author(name="Lord Byron")),
        "venue": "Letters & Co 2024",
        "published": "2024-11-30",
        "votes": Votes(upvotes=3, counted=MAY_2),
    }
    papers = [
        *(paper(f"Ants {n}", date(2025, 1 + n % 3, 1 + n % 5), n) for n in range(40)),
        *(paper(f"Bees {n}", None, n) for n in range(12)),
        *(paper(f"Bees {n}", MAY_2, n, **known) for n in range(3)),
    ]
    near = {"ants-0": (Neighbour("ants-1", ("ants",)),)}
    log = [Change(date="2025-05-02", added=("ants-1", "bees-0"), removed=("gone",))]
    return written(
        *papers, papers_per_page=5, curators=((MAY_2, "Ada & Co"),), similar=near, log=log
    )


def pages_linked(address: str, page: str) -> set[str]:
    """Where the links on a page lead, without files and other sites."""
    inside = [link for link in links(page) if not urlsplit(link).scheme]
    arrivals = {arrived(address, link) for link in inside}
    return {where for where in arrivals if "." not in where.rstrip("/").rpartition("/")[2]}


def test_every_link_within_the_site_leads_to_a_page(everything: dict[str, str]) -> None:
    for address, page in everything.items():
        assert pages_linked(address, page) <= everything.keys()
        assert pages_linked(address, page), address
        for key in ("previous", "next"):
            if key in (front := front_matter(page)):
                assert arrived(address, front[key]) in everything


def test_every_page_can_be_reached_from_the_front_page(everything: dict[str, str]) -> None:
    found, waiting = set(), ["", "days/", "topics/", "titles/", "search/"]  # the navigation
    while waiting:
        address = waiting.pop()
        if address not in found:
            found.add(address)
            waiting += pages_linked(address, everything[address])
    assert found == everything.keys()


def test_every_page_is_known_as_generated_and_has_title_and_description(
    everything: dict[str, str],
) -> None:
    for page in everything.values():
        assert is_generated(page)
        front = front_matter(page)
        assert front["title"]
        assert front["generator"] == "papershelf"
    assert [a for a, page in everything.items() if "description" not in front_matter(page)] == [""]


def test_every_page_has_one_heading_of_the_first_level(everything: dict[str, str]) -> None:
    for address, page in everything.items():
        body = page.split("\n---\n", 1)[1]
        assert len(re.findall(r"^# |<h1", body, re.MULTILINE)) == 1, address


def test_page_by_hand_is_not_taken_for_a_generated_one() -> None:
    for page in (
        "",
        "# About\n",
        "---\ntitle: About\n---\n",
        "---\ntitle: About\n---\ngenerator: papershelf\n",
        "generator: papershelf\n---\n",
        "---\ngenerator: papershelf\ntitle: Mine\n---\n",
        "---\ntitle: On generator: papershelf\n",
    ):
        assert not is_generated(page)


# What stands around the papers


def test_form_for_mail_is_there_only_where_a_list_is_set() -> None:
    form = {"action": "https://lists.example.org/subscribe", "email": "EMAIL", "hidden": {"l": "1"}}
    page = written(paper("On Ants"), newsletter=form)["subscribe/"]
    assert (
        '<form class="ps-subscribe" action="https://lists.example.org/subscribe" method="post">'
        in page
    )
    assert 'name="EMAIL"' in page
    assert '<input type="hidden" name="l" value="1">' in page
    assert "<form" not in written(paper("On Ants"))["subscribe/"]


FEED = 'type="application/atom.xml"'


@pytest.mark.parametrize(
    ("settings", "feeds", "others"),
    [
        ({}, [], ["../../search/?q=authors:%22Ada+%26+Co%22&sort=newest"]),
        ({"author_feeds": 3}, [], ["../../search/?q=authors:%22Ada+%26+Co%22&sort=newest"]),
        ({"author_feeds": 2}, ["feed.xml"], []),
        (
            {"searches": ({"title": "By Ada", "query": 'authors:"ada & co"'},)},
            ["../../saved/by-ada/feed.xml"],
            [],
        ),
    ],
    ids=["no feeds", "too few papers", "a feed", "a saved search"],
)
def test_author_is_followed_by_a_feed_if_there_is_one_else_by_a_search_to_bookmark(
    settings: dict[str, Any], feeds: list[str], others: list[str]
) -> None:
    ada = (Author(name="Ada & Co"),)
    site = written(paper("On Ants", authors=ada), paper("On Bees", authors=ada), **settings)
    page = site["authors/ada-and-co/"]
    assert links(page, FEED) == feeds
    assert links(" ".join(re.findall("<a [^>]*>Follow</a>", page))) == others
    assert ("Authors with 2 papers or more" in site["subscribe/"]) is (
        settings == {"author_feeds": 2}
    )


def test_feeds_are_named_on_the_front_page_on_lists_and_where_all_are(
    everything: dict[str, str],
) -> None:
    lists = {f"topics/{topic.slug}/" for topic in TAXONOMY} & everything.keys()
    lists |= {"venues/letters-and-co-2024/", "trending/", "trending/all/"}
    for address in lists:
        assert links(everything[address], FEED) == ["feed.xml"]
    assert links(everything[""], FEED) == ["feed.xml"]
    named = {arrived("subscribe/", link) for link in links(everything["subscribe/"], FEED)}
    assert named >= {f"{address}feed.xml/" for address in lists} | {"feed.xml/"}


def test_lists_of_papers_by_thousands_stay_small_and_the_papers_name_all() -> None:
    many = tuple(Author(name=f"Ada Lee{number:04}") for number in range(3000))
    papers = (paper(f"On Ants {number}", authors=many) for number in range(20))
    found = written(*papers, author_pages=21)
    assert len(found["days/2025-05-01/"].encode()) < 20 * 2**10
    assert "Ada Lee2999" in found["papers/on-ants-0/"]


def test_bibtex_stands_on_the_page_and_other_forms_do_not() -> None:
    page = written(paper("On Ants", authors=(Author(name="Ada Lovelace"),)))["papers/on-ants/"]
    assert re.findall('data-cite="([^"]*)"', page) == ["bib"]
    assert "author = {Lovelace, Ada}" in page


def test_bibtex_on_a_page_names_thirty_and_others() -> None:
    crowd = tuple(Author(name=f"Ada Lee{number}") for number in range(31))
    page = written(paper("On Ants", authors=crowd))["papers/on-ants/"]
    assert "Lee29, Ada and others}" in page
    page = written(paper("On Ants", authors=crowd[:30]))["papers/on-ants/"]
    assert "Lee29, Ada}" in page


def test_version_is_said_from_the_second_on() -> None:
    third = paper("On Ants", published="2024-01-02", version=3, revised="2024-03-05")
    page = written(third)["papers/on-ants/"]
    assert "version 3 of <time" in page
    assert "5 March 2024" in page
    assert "version" not in written(paper("On Ants", version=1))["papers/on-ants/"]


def test_similar_papers_are_named_with_the_words_they_share() -> None:
    near = {"on-ants": (Neighbour("on-bees", ("hive", "small brains")),)}
    page = written(paper("On Ants"), paper("On Bees"), similar=near)["papers/on-ants/"]
    assert '<a href="../on-bees/">On Bees</a> <i>hive, small brains</i>' in page


def test_page_says_where_in_its_venue_a_paper_stands() -> None:
    said = Publication(type="paper-conference", volume="36", pages="1–20", publisher="PMLR <x>")
    page = written(paper("On Ants", venue="ICML", publication=said))["papers/on-ants/"]
    assert "ICML</a>, volume 36, pages 1–20, PMLR &lt;x&gt;</span>" in page
    book = Publication(type="book", publisher="Ant Press", edition="2")
    page = written(paper("On Ants", publication=book))["papers/on-ants/"]
    assert '<span class="ps-venue">edition 2, Ant Press</span>' in page


def test_page_names_its_only_source_without_a_click() -> None:
    source = Source(file="2025-08-07.txt", format="daily-page", position="line 13")
    page = written(paper("On Ants", sources=(source,)))["papers/on-ants/"]
    assert '<p class="ps-sources">Source: <code>2025-08-07.txt</code>, line 13</p>' in page


def test_pages_of_authors_leave_the_abstract_to_the_page_of_the_paper() -> None:
    ada = (Author(name="Ada Lovelace"),)
    pages = written(
        paper("On Ants", authors=ada, abstract="We count ants.", venue="ANTS 2025"),
        author_pages=1,
    )
    assert "We count ants." not in pages["authors/ada-lovelace/"]
    assert "<i>ANTS 2025</i>" in pages["authors/ada-lovelace/"]
    assert "We count ants." in pages["venues/ants-2025/"]


def test_downloads_name_each_year_with_the_size_of_its_files() -> None:
    found = catalog.build([Reading(file="a.txt", papers=(paper("On Ants"),))], TAXONOMY)
    root = Path("/shelf")
    site = Site(Listings(catalog=found, settings=Settings(root=root, pages=root)))
    sizes = {
        f"downloads/{name}.{ending}": 1_500_000
        for name in ("2024", "2025", "2025-2", "undated")
        for ending in ("bib", "ris", "csl.json")
    }
    page = dict(pages.write(site, sizes))["downloads/index.md"]
    assert re.findall("<tr><th>(.*?)</th><td>", page) == ["2025, part 2", "2025", "2024", "Undated"]
    assert "2025.bib" in page
    assert "1.5 MB" in page
