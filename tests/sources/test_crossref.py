"""The reader of Crossref's XML."""

from __future__ import annotations

from generator.sources.content import Content
from generator.sources.formats import crossref
from tests.sources import fixture

TWO = fixture("crossref/two.xml")


def test_fields_are_those_of_the_work() -> None:
    reading = crossref.read(Content(TWO, "two.xml"))
    (paper,) = reading.papers
    assert paper.title == "On the Patience of Ants: A Study"
    assert [author.name for author in paper.authors] == ["Society of Ants, Berlin", "Berta Ameise"]
    assert paper.authors[1].orcid == "0000-0002-1825-0097"
    assert (paper.published, paper.venue) == ("2019-05-14", "Letters of the Ant")
    assert paper.doi == "10.5555/ants.14"
    assert "https://ants.example/14" in {link.url for link in paper.links}
    assert (reading.refused, reading.problems[0].position) == (1, "record 2")


def test_crossref_is_told_from_other_xml() -> None:
    assert crossref.detect(Content(TWO, "x"))
    assert not crossref.detect(Content(fixture("mods/two.xml"), "x"))
