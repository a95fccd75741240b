"""The reader of XML of EndNote."""

from __future__ import annotations

from generator.sources.content import Content
from generator.sources.formats import endnote_xml
from tests.sources import fixture

TWO = fixture("endnote-xml/two.xml")


def test_fields_are_those_of_the_record() -> None:
    reading = endnote_xml.read(Content(TWO, "two.xml"))
    (paper,) = reading.papers
    assert (paper.title, paper.abstract) == ("On the Patience of Ants", "Ants wait.")
    assert [author.name for author in paper.authors] == ["Berta Ameise", "Carl Bee"]
    assert (paper.published, paper.venue) == ("2019-05-14", "Letters of the Ant")
    assert (paper.doi, paper.keywords) == ("10.5555/ants.9", ("ants", "patience"))
    assert {link.url for link in paper.links} == {
        "https://doi.org/10.5555/ants.9",
        "https://ants.example/9",
    }
    assert (reading.refused, [problem.position for problem in reading.problems]) == (
        1,
        ["record 2"],
    )


def test_endnote_is_told_from_other_xml() -> None:
    assert endnote_xml.detect(Content(TWO, "x"))
    assert not endnote_xml.detect(Content(b"<xml><a/></xml>", "x"))
    assert not endnote_xml.detect(Content(fixture("mods/two.xml"), "x"))
