"""The reader of PubMed's tagged text."""

from __future__ import annotations

from generator.sources.content import Content
from generator.sources.formats import medline
from tests.sources import fixture

TWO = fixture("nbib/two.nbib")


def test_fields_are_those_of_the_record() -> None:
    paper = medline.read(Content(TWO, "two.nbib")).papers[0]
    assert paper.title == "On the Patience of Ants"
    assert [author.name for author in paper.authors] == [
        "Berta T Ameise",
        "CD Bee",
        "Society of Ants, Berlin",
    ]
    assert [author.orcid for author in paper.authors] == ["0000-0002-1825-0097", "", ""]
    assert paper.abstract == "BACKGROUND: Ants wait and wait. RESULTS: They are patient."
    assert (paper.published, paper.venue) == ("2019-05-14", "Letters of the ant")
    assert (paper.doi, paper.withdrawn) == ("10.5555/ants.2", "retracted")
    assert paper.keywords == ("patience",)
    assert paper.sources[0].position == "PMID 90000001"


def test_second_record_falls_back_on_lesser_fields() -> None:
    paper = medline.read(Content(TWO, "two.nbib")).papers[1]
    assert (paper.title, paper.published) == ("Bees in the U.S.", "2019-12-24")
    assert [author.name for author in paper.authors] == ["Anna Editor"]
    assert (paper.doi, paper.keywords, paper.withdrawn) == ("10.5555/bees.2", ("Bees",), "")


def test_what_cannot_be_read_is_a_problem() -> None:
    reading = medline.read(Content(TWO, "two.nbib"))
    assert (reading.records, reading.refused) == (3, 1)
    assert [problem.position for problem in reading.problems] == ["line 28", "PMID 90000003"]


def test_records_without_a_number_are_told_apart() -> None:
    data = b"OWN - ERIC\nTI  - First One\nAB  - Ants.\nOWN - ERIC\nTI  - Second One\n"
    papers = medline.read(Content(data, "eric.nbib")).papers
    assert [paper.title for paper in papers] == ["First One", "Second One"]


def test_medline_is_told_from_other_tagged_text() -> None:
    assert medline.detect(Content(TWO, "x"))
    assert not medline.detect(Content(fixture("ris/messy.ris"), "x"))
    assert not medline.detect(Content(b"Aug 7\n\nA Title\n\nPMID - what it is.", "x"))
