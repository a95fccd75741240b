"""The reader of the ACL Anthology's XML."""

from __future__ import annotations

import pytest

from generator.model.papers import Author
from generator.sources.content import Content
from generator.sources.formats import acl_anthology
from tests.sources import fixture

TWO = fixture("acl-anthology/two.xml")


def test_every_paper_is_a_record_and_the_front_matter_is_none() -> None:
    reading = acl_anthology.read(Content(TWO, "W05.xml"))
    assert [paper.anthology for paper in reading.papers] == ["W05-0203", "W05-0204"]
    assert (reading.records, reading.refused) == (3, 1)
    assert [problem.position for problem in reading.problems] == ["W05-0205"]


def test_fields_are_those_of_the_paper_and_its_volume() -> None:
    paper, gone = acl_anthology.read(Content(TWO, "W05.xml")).papers
    assert paper.title == "Counting Ants with $O(n)$ Steps"
    assert paper.authors == (
        Author(name="José García", family="García", orcid="0000-0002-1825-0097"),
        Author(name="Ibn"),
    )
    assert (paper.venue, paper.published) == ("Proceedings of the Workshop on Ants", "2005-06")
    assert (paper.abstract, paper.doi) == ("We count ants.", "10.5555/w05-0203")
    assert {link.kind: link.url for link in paper.links} == {
        "abs": "https://aclanthology.org/W05-0203/",
        "pdf": "https://aclanthology.org/W05-0203.pdf",
        "doi": "https://doi.org/10.5555/w05-0203",
    }
    assert gone.withdrawn == "retracted"


@pytest.mark.parametrize(
    ("collection", "volume", "paper", "known"),
    [
        ("P08", "1", "1", "P08-1001"),
        ("W05", "2", "3", "W05-0203"),
        ("D19", "50", "7", "D19-5007"),
        ("2020.acl", "main", "1", "2020.acl-main.1"),
    ],
)
def test_id_is_that_of_the_anthology(collection: str, volume: str, paper: str, known: str) -> None:
    data = TWO.replace(b"W05", collection.encode()).replace(b'id="2"', f'id="{volume}"'.encode())
    data = data.replace(b'id="3"', f'id="{paper}"'.encode())
    assert acl_anthology.read(Content(data, "x")).papers[0].anthology == known


def test_paper_without_a_volume_is_refused() -> None:
    data = TWO.replace(
        b"</collection>", b'<paper id="9"><title>On Bees</title></paper></collection>'
    )
    before, after = (acl_anthology.read(Content(each, "x")) for each in (TWO, data))
    assert (after.papers, after.refused) == (before.papers, before.refused + 1)
    assert after.problems[-1].position == "paper 9"


def test_other_xml_is_left_to_others() -> None:
    assert acl_anthology.detect(Content(TWO, "x"))
    assert not acl_anthology.detect(Content(b"<collection><record/></collection>", "x"))
