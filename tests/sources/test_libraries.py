"""The readers of MARC, TEI and the sources of Word."""

from __future__ import annotations

from generator.sources import read
from tests.sources import fixture


def test_record_of_a_library_is_read_without_its_punctuation() -> None:
    reading = read(fixture("marc/one.xml"), "a.xml")
    (paper,) = reading.papers
    assert (reading.format, paper.title) == ("marc", "On the patience of ants: a survey")
    assert [author.name for author in paper.authors] == ["Berta Ameise", "Carl Bee"]
    assert (paper.published, paper.venue, paper.doi, paper.keywords) == (
        *("2019", "Letters of the Ant", "10.5555/ants.7", ("Patience",)),
    )
    assert paper.abstract == "Ants wait. They wait long."


def test_header_of_a_paper_is_read_and_its_references_are_not() -> None:
    reading = read(fixture("tei/header.xml"), "a.xml")
    (paper,) = reading.papers
    assert (reading.format, reading.problems) == ("tei", ())
    assert (paper.title, paper.venue, paper.published, paper.doi, paper.arxiv) == (
        *("On the Patience of Ants", "Letters of the Ant", "2019-05-14"),
        *("10.5555/ants.7", "1905.00007"),
    )
    assert [(author.name, author.orcid) for author in paper.authors] == [
        ("Berta Ameise", "0000-0002-1825-0097"),
        ("Carl L Bee", ""),
    ]
    assert (paper.abstract, paper.keywords) == ("Ants wait. They wait long.", ("patience",))


def test_list_of_references_as_tei_is_read() -> None:
    reference = (
        "<biblStruct><analytic><title>On {}</title><author><forename>Nora</forename>"
        "<surname>Marsh</surname></author></analytic><monogr><title>Ants</title><imprint>"
        "<date>2019</date></imprint></monogr></biblStruct>"
    )
    listed = f"<listBibl>{reference.format('Ants')}{reference.format('Bees')}</listBibl>"
    whole = f"<TEI><teiHeader/><text><body>{listed}</body></text></TEI>"
    for text in (listed, whole):
        papers = read(text.encode(), "a.xml").papers
        assert [(p.title, p.authors[0].name, p.published) for p in papers] == [
            ("On Ants", "Nora Marsh", "2019"),
            ("On Bees", "Nora Marsh", "2019"),
        ]


def test_sources_of_word_are_read() -> None:
    reading = read(fixture("word/Sources.xml"), "Sources.xml")
    article, report = reading.papers
    assert (reading.format, article.title, article.venue) == (
        *("word", "On the Patience of Ants", "Letters of the Ant"),
    )
    assert [author.name for author in article.authors] == ["Berta Ameise", "Carl L Bee"]
    assert (article.published, article.doi) == ("2019-05-14", "10.5555/ants.7")
    assert [author.name for author in report.authors] == ["Ant Society, Berlin"]


def test_references_that_grobid_gives_alone_are_a_list() -> None:
    reading = read(
        b"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><back><div><listBibl>
        <biblStruct><analytic><title level="a">On the Patience of Ants</title><author><persName>
        <forename>Berta</forename><surname>Ameise</surname></persName></author></analytic><monogr>
        <title level="j">Letters of the Ant</title><imprint><biblScope unit="volume">1</biblScope>
        <biblScope unit="page" from="4" to="9"/><date when="2019-05"/></imprint></monogr>
        </biblStruct><biblStruct><monogr><title level="m">Bees</title></monogr></biblStruct>
        </listBibl></div></back></text></TEI>""",
        "a.xml",
    )
    first, second = reading.papers
    assert (first.title, first.venue, first.published, first.publication.pages) == (
        *("On the Patience of Ants", "Letters of the Ant", "2019-05", "4–9"),
    )
    assert (first.publication.volume, second.title, reading.problems) == ("1", "Bees", ())
