"""The reader of records of DataCite."""

from __future__ import annotations

from generator.sources.content import Content
from generator.sources.formats import datacite
from tests.sources import fixture

ONE = fixture("datacite/one.json")


def test_fields_are_those_of_the_record() -> None:
    reading = datacite.read(Content(ONE, "one.json"))
    (paper,) = reading.papers
    assert (paper.title, paper.abstract) == ("On the Patience of Ants", "Ants wait.")
    assert [author.name for author in paper.authors] == ["Berta Ameise", "Society of Ants, Berlin"]
    assert paper.authors[0].orcid == "0000-0002-1825-0097"
    assert (paper.published, paper.venue) == ("2019-05", "Letters of the Ant")
    assert (paper.doi, paper.keywords) == ("10.5555/ants.8", ("ants",))
    assert "https://ants.example/8" in {link.url for link in paper.links}
    assert reading.problems == ()


def test_datacite_is_told_from_other_json() -> None:
    assert datacite.detect(Content(ONE, "x"))
    for other in ("csl-json/items.json", "csl-json/crossref.json", "openalex/works.json"):
        assert not datacite.detect(Content(fixture(other), "x"))
