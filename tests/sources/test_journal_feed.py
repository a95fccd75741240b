"""The reader of feeds of journals."""

from __future__ import annotations

import pytest

from generator.sources import read
from generator.sources.content import Content
from generator.sources.formats import journal_feed
from tests.sources import fixture


def test_items_are_papers_of_the_journal() -> None:
    reading = read(fixture("journal-feed/two.rss"), "a.rss")
    first, second = reading.papers
    assert (reading.format, first.doi, first.venue, first.published) == (
        *("journal-feed", "10.5555/ants.7", "Letters of the Ant", "2019-05-14"),
    )
    assert first.abstract == "Ants wait.\n\nThey wait long."
    assert [author.name for author in first.authors] == [
        *("Berta Ameise", "Carl Bee", "Otto van der Berg"),
    ]
    # What Elsevier has in its description alone
    assert (second.venue, second.published, second.abstract) == ("Journal of Bees", "2019-06", "")
    assert [author.name for author in second.authors] == ["Nora Marsh", "Otto Berg"]


def test_rss_1_and_atom_are_read() -> None:
    (first,) = read(fixture("journal-feed/one.rdf"), "a").papers
    assert (first.doi, first.venue) == ("10.1101/2019.05.14.000007", "bioRxiv")
    assert [author.name for author in first.authors] == ["B. Ameise", "C. L. Bee"]
    (second,) = read(fixture("journal-feed/one.atom"), "a").papers
    assert (second.title, second.doi, second.abstract) == (
        *("Do Bees Wait?", "10.5555/bees.1", "Bees do not wait."),
    )


@pytest.mark.parametrize(
    ("description", "abstract"),
    [
        ("<p>Ants, Published online: 14 May 2019; doi:10.5555/ants.1</p>Ants wait.", "Ants wait."),
        (
            "<p>Ants. Online ahead of print.</p><p>ABSTRACT</p><p>Ants wait.</p><p>PMID:7</p>",
            "Ants wait.",
        ),
        ("Abstract Ants wait.", "Ants wait."),
    ],
)
def test_abstract_is_told_from_what_stands_around_it(description: str, abstract: str) -> None:
    text = (
        "<rss><channel><title>x</title><item><title>On the Patience of Ants</title><link>"
        f"https://doi.org/10.5555/ants.1</link><description><![CDATA[{description}]]></description>"
        "</item></channel></rss>"
    )
    (paper,) = read(text.encode(), "a.rss").papers
    assert (paper.abstract, paper.doi) == (abstract, "10.5555/ants.1")


def test_feed_of_a_blog_is_no_list_of_papers() -> None:
    blog = b"<rss><channel><title>Ants</title><item><title>My Day</title></item></channel></rss>"
    assert not journal_feed.detect(Content(blog, "a"))
    assert not journal_feed.detect(Content(fixture("zotero-rdf/library.rdf"), "a"))
    assert read(fixture("arxiv/feed.rss"), "a").format == "arxiv-atom"


@pytest.mark.parametrize(
    ("title", "link"),
    [
        ("Journal of Ants", "https://ants.example/1"),
        ("New", "https://proceedings.mlr.press/v1/a.html"),
        ("New", "https://ants.example/index.php/ja/article/view/1"),
    ],
)
def test_feed_without_dois_is_told_by_its_name_or_its_links(title: str, link: str) -> None:
    item = f"<item><title>On the Patience of Ants</title><link>{link}</link></item>"
    text = f"<rss><channel><title>{title}</title>{item}</channel></rss>"
    (paper,) = read(text.encode(), "a.rss").papers
    assert paper.title == "On the Patience of Ants"


NAMES = "Nora Marsh, Otto Berg, and Ada Byron"
ITEMS = {
    "acs": (
        f"<title>[ASAP] How Ants Dig</title><link>http://dx.doi.org/10.5555/a.1</link><author>{NAMES}"
        '</author><description>&lt;p&gt;&lt;img src="a.gif"/&gt;&lt;/p&gt;&lt;cite&gt;Ants'
        "&lt;/cite&gt;&lt;div&gt;DOI: 10.5555/a.1&lt;/div&gt;</description>",
        "",
    ),
    "mdpi": (
        "<title>Ants, Vol. 26, Pages 41: How Ants Dig</title><link>https://www.mdpi.com/1/2</link>"
        f"<authors>{NAMES}</authors><doi>10.5555/a.1</doi><volume>26</volume><number>5</number>"
        "<description>&lt;p&gt;Ants, Vol. 26, Pages 41: How Ants Dig&lt;/p&gt;&lt;p&gt;Ants doi: "
        "10.5555/a.1&lt;/p&gt;&lt;p&gt;Authors: Nora Marsh Otto Berg&lt;/p&gt;&lt;p&gt;They dig."
        "&lt;/p&gt;</description>",
        "They dig.",
    ),
    "oup": (
        f"<title>How Ants Dig</title><link>https://a.example/b?rss=1</link><author>{NAMES}</author>"
        "<prism:doi>10.5555/a.1</prism:doi>"
        '<description>&lt;span&gt;&lt;div class="boxTitle"&gt;Abstract'
        '&lt;/div&gt;&lt;div class="boxTitle"&gt;Motivation&lt;/div&gt;Holes.&lt;div class='
        '"boxTitle"&gt;Results&lt;/div&gt;They dig.&lt;/span&gt;</description>',
        "Motivation: Holes.\n\nResults: They dig.",
    ),
    "plos": (
        '<title>How Ants Dig</title><link rel="alternate" href="https://a.example/10.5555/a.1"/>'
        '<link rel="related" type="application/pdf" href="https://a.example/a.1.PDF"/>'
        f"<author><name>{NAMES}</name></author><id>10.5555/a.1</id>"
        "<content>&lt;p&gt;by Nora Marsh, Otto Berg&lt;/p&gt;They dig.</content>",
        "They dig.",
    ),
    "springer": (
        f"<title>How Ants Dig</title><guid>10.5555/a.1</guid><authors>{NAMES}</authors>"
        "<description>&lt;h3&gt;Abstract&lt;/h3&gt; &lt;p&gt;They dig.&lt;/p&gt;</description>",
        "They dig.",
    ),
}


@pytest.mark.parametrize("name", ITEMS)
def test_what_publishers_put_around_title_and_abstract_is_left_out(name: str) -> None:
    item, abstract = ITEMS[name]
    feed = f"<rss><channel><title>Digging</title><item>{item}</item></channel></rss>"
    reading = read(feed.encode(), "a.rss")
    (paper,) = reading.papers
    assert (paper.title, paper.doi, paper.abstract) == ("How Ants Dig", "10.5555/a.1", abstract)
    assert [author.name for author in paper.authors] == ["Nora Marsh", "Otto Berg", "Ada Byron"]
    assert (reading.format, reading.problems) == ("journal-feed", ())


@pytest.mark.parametrize(
    ("title", "venue"),
    [
        ("IEEE Transactions on Ants - new TOC", "IEEE Transactions on Ants"),
        ("bioRxiv Subject Collection: Neuroscience", "bioRxiv"),
        ("Taylor &amp; Francis: Ant Letters: Table of Contents", "Ant Letters"),
        ("Journal of Ants: Latest Articles (ACS Publications)", "Journal of Ants"),
        ("Ants and Bees Current Issue", "Ants and Bees"),
    ],
)
def test_a_journal_is_called_as_in_the_title_of_its_feed(title: str, venue: str) -> None:
    item = "<item><title>How Ants Dig</title><guid>https://doi.org/10.5555/a.1</guid></item>"
    (paper,) = read(f"<rss><title>{title}</title>{item}</rss>".encode(), "a.rss").papers
    assert paper.venue == venue


def test_what_stands_in_an_issue_beside_its_papers_is_counted() -> None:
    item = (
        "<item><title>{}</title><issue>3</issue><startPage>4</startPage><endPage>9</endPage></item>"
    )
    titles = ("Table of Contents", "How Ants Dig", "Editorial Board", "Table of Contents")
    items = "".join(map(item.format, titles))
    reading = read(f"<rss><title>Journal of Ants</title>{items}</rss>".encode(), "a.rss")
    (paper,) = reading.papers
    assert (paper.title, paper.publication.issue, paper.publication.pages) == (
        *("How Ants Dig", "3", "4–9"),
    )
    (problem,) = reading.problems
    assert "2 “Table of Contents”, 1 “Editorial Board”" in problem.reason


@pytest.mark.parametrize("said", ["Ada Byron 1 Hive, Oslo", "Ada ByronB. Lee Department of Ants"])
def test_authors_that_have_run_into_their_affiliations_are_left_out_and_told(said: str) -> None:
    item = f"<item><title>How Ants Dig</title><creator>{said}</creator></item>"
    reading = read(f"<rss><title>Journal of Ants</title>{item}</rss>".encode(), "a.rss")
    assert reading.papers[0].authors == ()
    assert "found their affiliations among them" in reading.problems[0].reason


def test_headings_that_have_run_into_their_text_are_told_apart() -> None:
    said = "IntroductionAnts wait. ResultsThey do.ConclusionWaiting works."
    item = f"<item><title>How Ants Dig</title><description>{said}</description></item>"
    (paper,) = read(f"<rss><title>Journal of Ants</title>{item}</rss>".encode(), "a.rss").papers
    assert paper.abstract == (
        "Introduction: Ants wait.\n\nResults: They do.\n\nConclusion: Waiting works."
    )
