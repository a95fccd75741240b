"""The reader of works of OpenAlex."""

from __future__ import annotations

import json

from generator.sources.content import Content
from generator.sources.formats import openalex
from tests.sources import fixture

WORKS = fixture("openalex/works.json")


def test_fields_are_those_of_the_work() -> None:
    reading = openalex.read(Content(WORKS, "works.json"))
    (paper,) = reading.papers
    assert (paper.title, paper.abstract) == ("On the Patience of Ants", "Ants wait. They wait.")
    assert (paper.authors[0].name, paper.authors[0].orcid) == (
        "Berta Ameise",
        "0000-0002-1825-0097",
    )
    assert (paper.published, paper.venue) == ("2019-05-14", "Letters of the Ant")
    assert (paper.doi, paper.arxiv, paper.withdrawn) == (
        "10.5555/ants.7",
        "1905.00007",
        "retracted",
    )
    assert (paper.keywords, paper.sources[0].position) == (("Patience",), "W1")
    assert [(problem.position, reading.refused) for problem in reading.problems] == [("W2", 1)]


def test_openalex_is_told_from_other_json() -> None:
    assert openalex.detect(Content(WORKS, "x"))
    for other in ("csl-json/items.json", "csl-json/crossref.json", "datacite/one.json"):
        assert not openalex.detect(Content(fixture(other), "x"))


def test_volume_and_pages_are_those_of_the_work() -> None:
    biblio = {"volume": "3", "issue": "2", "first_page": "4", "last_page": "9"}
    work = {"id": "https://openalex.org/W1", "title": "On Ants", "type": "article"}
    data = json.dumps({"results": [{**work, "biblio": biblio, "language": "en"}]}).encode()
    place = openalex.read(Content(data, "a.json")).papers[0].publication
    assert (place.type, place.volume, place.issue, place.pages, place.language) == (
        *("article-journal", "3", "2", "4–9", "en"),
    )
