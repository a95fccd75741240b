"""The reader of RIS."""

from __future__ import annotations

import codecs

import pytest

from generator.sources.content import Content
from generator.sources.formats import ris
from tests.sources import fixture

MESSY = fixture("ris/messy.ris")


def test_messy_file_gives_every_record() -> None:
    reading = ris.read(Content(MESSY, "messy.ris"))
    assert [paper.title for paper in reading.papers] == [
        "On the Patience of Ants",
        "A Paper with One Space",
        "A Paper behind a Missing End",
        "A Paper without a Type",
    ]
    assert (reading.records, reading.refused) == (5, 1)
    assert [problem.position for problem in reading.problems] == ["line 1", "line 37"]


def test_fields_are_those_of_the_record() -> None:
    paper, *others = ris.read(Content(MESSY, "messy.ris")).papers
    assert [author.name for author in paper.authors] == ["Berta Ameise", "Carl Bee"]
    assert (paper.venue, paper.doi) == ("Letters of the Ant", "10.5555/ants.1")
    assert paper.published == "2019-05-14"
    assert paper.abstract == "Ants wait. II - this line is no tag.\n\nThey wait long."
    assert paper.keywords == ("ants", "patience", "waiting")
    assert paper.sources[0].position == "line 2"
    assert [author.name for author in others[0].authors] == ["Anna Editor"]
    assert [other.published for other in others] == ["2020", "2015-10", "2009"]


def test_attached_files_are_no_links_and_no_problem() -> None:
    reading = ris.read(Content(MESSY, "messy.ris"))
    assert {link.url for link in reading.papers[0].links} == {
        "https://doi.org/10.5555/ants.1",
        "https://ants.example/paper",
    }


@pytest.mark.parametrize("change", [(b"\n", b"\r\n"), (b"\n", b"\r"), (b"Exp", codecs.BOM_UTF8)])
def test_line_ends_and_byte_order_mark_change_nothing(change: tuple[bytes, bytes]) -> None:
    papers = ris.read(Content(MESSY.replace(*change), "messy.ris")).papers
    assert papers == ris.read(Content(MESSY, "messy.ris")).papers


def test_ris_is_told_from_other_tagged_text() -> None:
    assert ris.detect(Content(MESSY, "x"))
    assert ris.detect(Content(b"TI  - A\nAU  - B\nER  - \n", "x"))
    assert not ris.detect(Content(fixture("nbib/two.nbib"), "x"))
    assert not ris.detect(Content(fixture("refer/two.enw"), "x"))
    assert not ris.detect(Content(b" \n", "x"))
    assert not ris.detect(Content(b"Aug 7\n\nA Title\n\nProse - of ants.", "x"))


def test_several_names_in_one_field_are_several_people() -> None:
    text = "TY  - JOUR\nTI  - Ants\nAU  - Li Na; Wang Bo\nAU  - Marsh, Nora; Berg, Otto\nER  - \n"
    (paper,) = ris.read(Content(text.encode(), "a.ris")).papers
    names = ["Li Na", "Wang Bo", "Nora Marsh", "Otto Berg"]
    assert [author.name for author in paper.authors] == names


def test_headings_of_a_library_are_no_record_and_no_problem() -> None:
    record = "TY  -  JOUR\nTI  - On Ants\nAU  - Marsh, N\nER  -  \n\n"
    heading = "Record #1 of 2\nProvider: A Publisher\nContent: text/plain\n\n"
    reading = ris.read(Content((heading + record).encode() * 2, "a.ris"))
    assert [paper.authors[0].name for paper in reading.papers] == ["N Marsh"] * 2
    assert reading.problems == ()


def test_lines_outside_of_records_are_said_once_where_they_begin() -> None:
    text = "A note\nof two lines\n\nTY  - JOUR\nTI  - On Ants\nER  - \nAnother note\n"
    reading = ris.read(Content(text.encode(), "a.ris"))
    assert [problem.position for problem in reading.problems] == ["line 1", "line 7"]


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("Marsh N.", "N. Marsh"),
        ("van der Berg O.-A.", "O.-A. van der Berg"),
        ("N. Marsh", "N. Marsh"),
    ],
)
def test_initials_behind_a_name_without_a_comma_are_given_names(stated: str, name: str) -> None:
    record = f"TY  - JOUR\nTI  - On Ants\nA1  - {stated}\nER  - \n"
    (paper,) = ris.read(Content(record.encode(), "a.ris")).papers
    assert [author.name for author in paper.authors] == [name]
