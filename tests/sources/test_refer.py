"""The reader of Refer."""

from __future__ import annotations

from generator.sources.content import Content
from generator.sources.formats import refer
from tests.sources import fixture

TWO = fixture("refer/two.enw")


def test_fields_are_those_of_the_record() -> None:
    reading = refer.read(Content(TWO, "two.enw"))
    paper, book = reading.papers
    assert (paper.title, paper.venue) == ("On the Patience of Ants", "Letters of the Ant")
    assert [author.name for author in paper.authors] == ["Berta Ameise", "Carl Bee"]
    assert (paper.published, paper.doi) == ("2019-05-14", "10.5555/ants.3")
    assert (paper.abstract, paper.keywords) == ("Ants wait for long.", ("ants", "patience"))
    assert "https://ants.example/refer" in {link.url for link in paper.links}
    assert (book.title, book.authors[0].name, book.published) == (
        "A Book of Bees",
        "Anna Editor",
        "1999",
    )
    assert (reading.refused, reading.problems[0].position) == (1, "line 21")


def test_empty_line_alone_divides_records() -> None:
    papers = refer.read(Content(b"%T First One\n%D 2001\n\n%T Second One\n", "x")).papers
    assert [paper.title for paper in papers] == ["First One", "Second One"]


def test_refer_is_told_from_other_text() -> None:
    assert refer.detect(Content(TWO, "x"))
    assert not refer.detect(Content(b"% Encoding: UTF-8\n@article{a,\n", "x"))
    assert not refer.detect(Content(b"%PDF-1.4\n", "x"))
    assert not refer.detect(Content(b" \n", "x"))
