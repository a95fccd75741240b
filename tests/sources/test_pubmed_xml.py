"""The reader of PubMed's XML."""

from __future__ import annotations

from generator.sources.content import Content
from generator.sources.formats import pubmed_xml
from tests.sources import fixture

TWO = fixture("pubmed-xml/two.xml")


def test_fields_are_those_of_the_citation() -> None:
    reading = pubmed_xml.read(Content(TWO, "two.xml"))
    (paper,) = reading.papers
    assert paper.title == "On H₂O and Ants"
    assert [author.name for author in paper.authors] == [
        "Berta T Ameise, Jr",
        "Society of Ants, Berlin",
    ]
    assert paper.authors[0].orcid == "0000-0002-1825-0097"
    assert (paper.published, paper.venue) == ("2019-05", "Letters of the ant")
    assert paper.abstract == "METHODS: We waited.\n\nRESULTS: Ants waited."
    assert (paper.doi, paper.keywords) == ("10.5555/ants.12", ("Ants",))
    assert (paper.withdrawn, paper.sources[0].position) == ("retracted", "PMID 90000011")
    assert (reading.refused, reading.problems[0].position) == (1, "record 2")


def test_doi_of_a_reference_is_not_that_of_the_paper() -> None:
    data = TWO.replace(b'EIdType="doi"', b'EIdType="pii"')
    assert pubmed_xml.read(Content(data, "x")).papers[0].doi == ""


def test_pubmed_is_told_from_other_xml() -> None:
    assert pubmed_xml.detect(Content(TWO, "x"))
    assert not pubmed_xml.detect(Content(fixture("jats/one.nxml"), "x"))
