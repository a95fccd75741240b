"""The reader of CSL-JSON and of Crossref's answers."""

from __future__ import annotations

from generator.sources.content import Content
from generator.sources.formats import csl_json
from tests.sources import fixture

ITEMS = fixture("csl-json/items.json")
CROSSREF = fixture("csl-json/crossref.json")


def test_fields_are_those_of_the_record() -> None:
    reading = csl_json.read(Content(ITEMS, "items.json"))
    paper, book = reading.papers
    assert paper.title == "On the Patience of Ants"
    assert [author.name for author in paper.authors] == [
        "Jan van der Berg, Jr.",
        "Society of Ants, Berlin",
        "Carl Bee",
    ]
    assert (paper.authors[0].family, paper.authors[2].orcid) == (
        "van der Berg",
        "0000-0002-1825-0097",
    )
    assert (paper.published, paper.venue) == ("2019-05-14", "Letters of the Ant")
    assert (paper.doi, paper.keywords) == ("10.5555/ants.4", ("ants", "patience"))
    assert "Ants wait.\n\nLong." in paper.abstract
    assert "https://ants.example/csl" in {link.url for link in paper.links}
    assert (book.authors[0].name, book.published) == ("Editor", "2001-05")


def test_records_that_are_no_papers_are_refused() -> None:
    reading = csl_json.read(Content(ITEMS, "items.json"))
    assert (reading.records, reading.refused) == (4, 2)
    assert [problem.position for problem in reading.problems] == ["record 3", "record 4"]


def test_answer_of_crossref_is_read() -> None:
    (paper,) = csl_json.read(Content(CROSSREF, "crossref.json")).papers
    assert paper.title == "On the Patience of Ants: A Study"
    assert [author.name for author in paper.authors] == ["Berta Ameise", "Ant Group"]
    assert (paper.published, paper.venue) == ("2019-03-02", "Letters of the Ant")
    assert paper.withdrawn == "retracted"
    assert "https://ants.example/5.pdf" in {link.url for link in paper.links}


def test_json_lines_are_read_one_by_one() -> None:
    row = b'{"type": "book", "title": "Ants of %d", "issued": {"date-parts": [[2019]]}}\n'
    reading = csl_json.read(Content(row % 1 + row % 2 + b"{broken\n", "x"))
    assert [paper.title for paper in reading.papers] == ["Ants of 1", "Ants of 2"]
    assert reading.problems[0].position == "line 3"


def test_csl_is_told_from_other_json() -> None:
    assert csl_json.detect(Content(ITEMS, "x"))
    assert csl_json.detect(Content(CROSSREF, "x"))
    for other in ("openalex/works.json", "datacite/one.json"):
        assert not csl_json.detect(Content(fixture(other), "x"))
    assert not csl_json.detect(Content(b'[{"title": "A", "authors": ["B"]}]', "x"))
