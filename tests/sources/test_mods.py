"""The reader of MODS."""

from __future__ import annotations

from generator.sources.content import Content
from generator.sources.formats import mods
from tests.sources import fixture

TWO = fixture("mods/two.xml")


def test_fields_are_those_of_the_record_and_not_of_its_host() -> None:
    reading = mods.read(Content(TWO, "two.xml"))
    (paper,) = reading.papers
    assert paper.title == "The Patience of Ants: a study"
    assert [author.name for author in paper.authors] == ["Berta Ameise, Jr.", "Carl Bee"]
    assert (paper.published, paper.venue) == ("2019-05", "Letters of the Ant")
    assert (paper.doi, paper.abstract, paper.keywords) == (
        "10.5555/ants.10",
        "Ants wait.",
        ("ants",),
    )
    assert "https://ants.example/10" in {link.url for link in paper.links}
    assert (reading.refused, reading.problems[0].position) == (1, "record 2")


def test_editors_stand_in_where_there_is_no_author() -> None:
    data = b"<mods><titleInfo><title>Of Bees</title></titleInfo><name><namePart>Bee, A.</namePart>"
    data += b"<role><roleTerm>editor</roleTerm></role></name></mods>"
    assert mods.read(Content(data, "x")).papers[0].authors[0].name == "A. Bee"


def test_host_dates_a_paper_that_has_no_date() -> None:
    data = b"<mods><titleInfo><title>Of Bees</title></titleInfo><relatedItem type='host'><part>"
    data += b"<date>2000</date></part></relatedItem></mods>"
    assert mods.read(Content(data, "x")).papers[0].published == "2000"


def test_mods_is_told_from_other_xml() -> None:
    assert mods.detect(Content(TWO, "x"))
    assert mods.detect(Content(b"<OAI-PMH><metadata><mods:mods/></metadata></OAI-PMH>", "x"))
    assert not mods.detect(Content(b"<OAI-PMH><metadata><arXiv/></metadata></OAI-PMH>", "x"))
