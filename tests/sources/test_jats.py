"""The reader of JATS."""

from __future__ import annotations

from generator.sources.content import Content
from generator.sources.formats import jats
from tests.sources import fixture

ONE = fixture("jats/one.nxml")


def test_fields_are_those_of_the_front() -> None:
    reading = jats.read(Content(ONE, "one.nxml"))
    (paper,) = reading.papers
    assert paper.title == "On H₂O and Ants: A Study"
    assert [author.name for author in paper.authors] == [
        "Berta Ameise, Jr",
        "Society of Ants, Berlin",
    ]
    assert paper.authors[0].orcid == "0000-0002-1825-0097"
    assert (paper.published, paper.venue) == ("2019-05-14", "Letters of the Ant")
    assert paper.abstract == "Methods: We waited.\n\nResults: Ants waited."
    assert (paper.doi, paper.keywords) == ("10.5555/ants.11", ("ants",))
    assert paper.withdrawn == "retracted"
    assert {link.url for link in paper.links} == {
        "https://doi.org/10.5555/ants.11",
        "https://ants.example/11",
    }
    assert reading.problems == ()


def test_notice_of_a_retraction_is_not_itself_retracted() -> None:
    data = ONE.replace(b"research-article", b"retraction").replace(b"retraction-forward", b"x")
    reading = jats.read(Content(data, "x"))
    assert reading.papers[0].withdrawn == ""
    assert "notice" in reading.problems[0].reason


def test_set_gives_every_article() -> None:
    article = ONE[ONE.index(b"<article ") :]
    reading = jats.read(Content(b"<articles>" + article * 2 + b"<article/></articles>", "x"))
    assert (len(reading.papers), reading.refused) == (2, 1)
    assert reading.problems[0].position == "article 3"


def test_jats_is_told_from_other_xml() -> None:
    assert jats.detect(Content(ONE, "x"))
    assert not jats.detect(Content(b"<article><title>DocBook</title></article>", "x"))
