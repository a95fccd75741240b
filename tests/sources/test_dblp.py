"""The reader of DBLP."""

from __future__ import annotations

import pytest

from generator.sources import read
from tests.sources import fixture


@pytest.mark.parametrize("name", ["dblp/records.xml", "dblp/search.json"])
def test_records_are_read_in_either_form(name: str) -> None:
    reading = read(fixture(name), name)
    conference, preprint = reading.papers
    assert reading.format == "dblp"
    assert (conference.title, conference.venue, conference.published) == (
        *("On the Patience of Ants", "ANT", "2019"),
    )
    assert [author.name for author in conference.authors] == ["Berta Ameise", "Carl Bee"]
    assert (conference.doi, preprint.arxiv, preprint.title) == (
        *("10.5555/ants.7", "1905.00007", "Do Bees Wait?"),
    )


def test_person_has_an_orcid_and_a_volume_is_no_paper() -> None:
    reading = read(fixture("dblp/records.xml"), "a.xml")
    assert reading.papers[0].authors[0].orcid == "0000-0002-1825-0097"
    assert [problem.reason for problem in reading.problems] == [
        "what is no paper was passed over: 1 “proceedings”."
    ]


def test_page_of_a_person_and_an_answer_as_xml_are_read() -> None:
    record = "<author>Nora Marsh</author><title>On Bees.</title><year>2020</year>"
    person = f'<dblpperson name="x"><r><article key="a">{record}</article></r></dblpperson>'
    info = f"<info><authors><author>Nora Marsh</author></authors>{record}</info>"
    answer = f"<result><hits><hit>{info}</hit></hits></result>"
    for text in (person, answer):
        (paper,) = read(text.encode(), "a.xml").papers
        assert (paper.title, paper.authors[0].name) == ("On Bees", "Nora Marsh")
