"""The readers of tagged text of the Web of Science, RefWorks, Ovid, Cochrane and NoteExpress."""

from __future__ import annotations

import pytest

from generator.sources import read
from tests.sources import fixture


def test_records_of_the_web_of_science_are_read() -> None:
    reading = read(fixture("web-of-science/savedrecs.txt"), "savedrecs.txt")
    first, second = reading.papers
    assert (reading.format, reading.records, reading.problems) == ("web-of-science", 2, ())
    assert first.title == "On the Patience of Ants: A Survey of Waiting"
    assert [author.name for author in first.authors] == [
        *("Berta Ameise", "Carl L. Bee", "Ants Consortium"),
    ]
    assert (first.published, first.doi, first.withdrawn, first.keywords) == (
        *("2019-05-14", "10.5555/ants.7", "retracted", ("patience", "ants")),
    )
    assert (first.abstract, first.venue) == ("Ants wait. They wait long.", "LETTERS OF THE ANT")
    assert (second.authors[0].name, second.published) == ("N Marsh", "2019-06")


def test_records_of_refworks_are_read() -> None:
    reading = read(fixture("refworks/export.txt"), "export.txt")
    first, second = reading.papers
    assert (reading.format, reading.problems) == ("refworks", ())
    assert (first.title, first.published, first.doi, first.venue) == (
        *("On the Patience of Ants", "2019-05-14", "10.5555/ants.7", "Letters of the Ant"),
    )
    assert (first.abstract, first.keywords) == (
        "Ants wait.\nThey wait long.".replace("\n", " "),
        ("patience", "ants"),
    )
    assert [author.name for author in second.authors] == ["陈小雨", "李安"]


def test_citations_of_ovid_are_read() -> None:
    reading = read(fixture("ovid/citations.txt"), "citations.txt")
    first, second = reading.papers
    assert (reading.format, reading.problems) == ("ovid", ())
    assert (first.title, first.published, first.doi, first.venue) == (
        *("On the patience of ants", "2019-05-14", "10.5555/ants.7", "Letters of the Ant"),
    )
    assert [author.name for author in first.authors] == ["B Ameise", "CL Bee"]
    assert [author.name for author in second.authors] == ["Nora Marsh", "Otto Berg"]
    assert (second.title, second.published) == ("Do bees wait?", "2019-06")


def test_tagged_citations_of_ovid_are_read() -> None:
    text = (
        "<1. >\nVN  - Ovid Technologies\nAU  - Marsh, Nora [Inventor]\nAU  - Berg, Otto MD +\n"
        "TI  - On Ants.[Article]\nSO  - Ants. 1(2), May 2019.\n\n<2. >\nTI  - On Bees\nYR  - 2018\n"
    )
    first, second = read(text.encode(), "a.txt").papers
    assert (first.title, first.published, first.venue) == ("On Ants", "2019-05", "Ants")
    assert [author.name for author in first.authors] == ["Nora Marsh", "Otto Berg"]
    assert (second.title, second.published) == ("On Bees", "2018")


def test_records_of_note_express_are_read() -> None:
    reading = read(fixture("note-express/cnki.txt"), "cnki.txt")
    first, second = reading.papers
    assert (reading.format, reading.problems) == ("note-express", ())
    assert (first.title, first.published, first.doi, first.venue) == (
        *("蚂蚁的耐心", "2019", "10.5555/ants.7", "蚂蚁通讯"),
    )
    assert [author.name for author in first.authors] == ["陈小雨", "李安"]
    assert first.keywords == ("耐心", "蚂蚁")
    assert [author.name for author in second.authors] == ["Nora Marsh", "Otto Berg"]


@pytest.mark.parametrize(
    "text",
    ["PT J\nWe met at PT J\nTI was there", "RT was sent\nand T1 too", "<1>\nWe came\n", "PT X\n"],
)
def test_other_text_is_none_of_them(text: str) -> None:
    assert read(text.encode(), "a.txt").format not in ("web-of-science", "refworks", "ovid")


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize(
    "name",
    [
        *("web-of-science/savedrecs.txt", "refworks/export.txt", "ovid/citations.txt"),
        "note-express/cnki.txt",
    ],
)
def test_line_ends_and_a_byte_order_mark_change_nothing(name: str, end: str) -> None:
    changed = b"\xef\xbb\xbf" + fixture(name).replace(b"\n", end.encode())
    assert read(changed, "a").papers == read(fixture(name), "a").papers


@pytest.mark.parametrize(
    ("stated", "name"),
    [("Marsh N.", "N Marsh"), ("Marsh NP.", "NP Marsh"), ("Marsh, Nora P.", "Nora P. Marsh")],
)
def test_the_full_stop_of_ovid_is_no_part_of_a_name(stated: str, name: str) -> None:
    text = f"<1>\nTitle\n  On the patience of ants.\nAuthors\n  {stated}\n"
    (paper,) = read(text.encode(), "citations.txt").papers
    assert [author.name for author in paper.authors] == [name]


def test_citations_of_cochrane_are_read() -> None:
    reading = read(fixture("cochrane/citations.txt"), "citations.txt")
    first, second = reading.papers
    assert (reading.format, reading.problems) == ("cochrane", ())
    assert (first.title, first.published, first.doi, first.venue) == (
        *("On the patience of ants: a trial", "2019", "10.5555/ants.7", "Letters of the Ant"),
    )
    assert [author.name for author in first.authors] == ["B Ameise", "CL Bee"]
    assert (first.publication.volume, first.publication.pages) == ("1", "1–20")
    assert first.abstract == "BACKGROUND: Ants wait. RESULTS: They wait long."
    assert (second.title, second.authors) == ("Do bees wait?", ())


def test_abstracts_of_pubmed_as_text_are_read() -> None:
    reading = read(fixture("pubmed-text/abstracts.txt"), "abstract-ants-set.txt")
    first, second, third = reading.papers
    assert (reading.format, reading.problems) == ("pubmed-text", ())
    assert first.title == "On the patience of ants: a study of waiting in the nest and elsewhere"
    assert [author.name for author in first.authors] == [
        *("BT Ameise, Jr", "CL Bee", "O van der Berg", "Ant Group"),
    ]
    assert first.abstract == (
        "BACKGROUND: Ants wait in the nest, and elsewhere.\n\nRESULTS: They wait long."
    )
    assert (first.venue, first.published, first.doi, first.publication.pages) == (
        *("Lett Ant", "2019-05-14", "10.5555/ants.7", "1–20"),
    )
    assert (second.title, second.published, second.withdrawn, second.abstract) == (
        *("Do bees wait?", "2018-06", "retracted", ""),
    )
    assert [author.name for author in second.authors] == ["N Marsh"]
    assert (third.title, third.authors, third.venue) == ("Wasps do not", (), "Wasps")


def test_numbered_references_with_numbers_of_pubmed_are_no_abstracts() -> None:
    text = (
        "1. Marsh N. On ants. Lett Ant. 2019;1:2-3.\nPMID: 7\n\n2. Bee C. On bees. J Bees. 2018.\n"
    )
    assert read(text.encode(), "list.txt").format != "pubmed-text"
