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
