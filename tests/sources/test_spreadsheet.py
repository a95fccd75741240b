"""Spreadsheets: the cells as a person sees them, every sheet, and nothing that bursts."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources import read
from generator.sources.records import FAULT
from tests.sources import fixture

EXCEL = fixture("spreadsheet/two-sheets.xlsx")
OPEN_DOCUMENT = fixture("spreadsheet/one-sheet.ods")


def changed(data: bytes, **members: Callable[[bytes], bytes]) -> bytes:
    """The archive with members changed: `sheet1=…` is the one whose path has that in it."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            for part, change in members.items():
                content = change(content) if part in name else content
            new.writestr(name, content)
    return made.getvalue()


def test_every_sheet_of_papers_is_read() -> None:
    found = read(EXCEL, "list.xlsx")
    assert (found.format, found.refused) == ("spreadsheet", 0)
    assert [(one.id, one.title, one.published) for one in found.papers] == [
        ("2401.00010", "Moths & Lamps", "2024-05-14"),
        ("2401.00020", "On Bees", "2023"),
        ("10-5555-ants", "On Ants", ""),
        ("on-wasps", "On Wasps", "2020"),
    ]
    assert [author.name for author in found.papers[0].authors] == ["Ida Moth", "Otto Wasp"]
    assert found.papers[0].links[-1].url == "https://lamp.example/1"
    assert [one.sources[0].position for one in found.papers] == [
        "sheet Papers, row 4",
        "sheet Papers, row 5",
        "sheet Papers, row 6",
        "sheet More, row 2",
    ]
    assert found.unused == (("Room", 2), ("sheet People", 1))
    zero, name = found.problems
    assert "lost its last zero: 2401.00030?" in zero.reason or "2401.00030?" in name.reason
    assert "#NAME?" in zero.reason + name.reason


def test_sheet_of_open_document_is_read() -> None:
    found = read(OPEN_DOCUMENT, "list.ods")
    one, two = found.papers
    assert (one.id, one.title, one.published) == ("2401.00010", "Moths & Lamps", "2024-05-14")
    assert one.links[-1].url == "https://lamp.example/1"
    assert (two.id, two.sources[0].position) == ("2401.00020", "sheet Papers, row 5")
    assert found.problems == ()


def test_workbook_of_2003_is_read() -> None:
    found = read(fixture("spreadsheet/of-2003.xls"), "submissions.xls")
    (one,) = found.papers
    assert (one.id, one.title, one.abstract) == ("2401.00010", "Moths & Lamps", "Light is near.")
    assert [author.name for author in one.authors] == ["Ida Moth", "Otto Wasp"]
    assert (found.problems, one.sources[0].position) == ((), "sheet Submissions, row 4")


def test_days_may_be_counted_from_1904() -> None:
    data = changed(
        EXCEL, workbook=lambda book: book.replace(b"<workbookPr ", b'<workbookPr date1904="1" ')
    )
    assert read(data, "x.xlsx").papers[0].published == "2028-05-15"


def test_workbook_without_papers_says_what_a_header_needs() -> None:
    data = changed(EXCEL, sharedStrings=lambda strings: strings.replace(b"Title", b"Topic"))
    found = read(data, "x.xlsx")
    assert (found.papers, found.problems[0].position) == ((), "")
    assert "whose header has “title”" in found.problems[0].reason


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda sheet: sheet.replace(b'r="F4"', b'r="XFD4"'), "at most 1,000 columns"),
        (lambda sheet: sheet + b" " * 70_000_000, "at most 64 MB"),
        (lambda sheet: b'<!DOCTYPE x [<!ENTITY a "b">]>' + sheet[55:], "<!ENTITY"),
        (lambda _: b"", "expected XML"),
    ],
)
def test_workbook_that_bursts_is_refused(change: Callable[[bytes], bytes], said: str) -> None:
    found = read(changed(EXCEL, sheet1=change), "x.xlsx")
    assert (found.papers, said in found.problems[0].reason) == ((), True)


def test_cells_that_are_repeated_without_end_are_refused() -> None:
    data = changed(
        OPEN_DOCUMENT,
        content=lambda text: text.replace(
            b"<table:table-cell ",
            b'<table:table-cell table:number-columns-repeated="999999999" ',
            1,
        ),
    )
    assert "at most 1,000 columns" in read(data, "x.ods").problems[0].reason


@given(st.data())
def test_broken_workbook_ends_in_a_problem(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([EXCEL, OPEN_DOCUMENT]))
    place = data.draw(st.integers(0, len(whole)))
    broken = data.draw(
        st.sampled_from(
            [
                whole[:place],
                whole[:place] + b"\0\xff" + whole[place + 2 :],
                whole[:4] + whole[place:],
            ]
        )
    )
    found = read(broken, "x.xlsx")
    assert found.papers or found.problems
    assert not any(FAULT in problem.reason for problem in found.problems)


@given(
    st.binary(max_size=200),
    st.sampled_from(["sheet1", "styles", "sharedStrings", "workbook", "rels"]),
)
def test_workbook_with_any_part_ends_in_a_problem(part: bytes, name: str) -> None:
    cut = zlib.crc32(part)

    def change(content: bytes) -> bytes:
        return content[: cut % len(content)] + part + content[cut % len(content) :]

    found = read(changed(EXCEL, **{name: change}), "x.xlsx")
    assert found.papers or found.problems
    assert not any(FAULT in problem.reason for problem in found.problems)


def test_other_archives_and_old_workbooks_say_what_to_do() -> None:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "On Moths")
    assert "archive. Unpack it" in read(made.getvalue(), "x.zip").problems[0].reason
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    assert "Save the workbook as .xlsx" in read(old, "x.xls").problems[0].reason


def test_hidden_sheets_and_rows_are_read_and_said() -> None:
    def hidden(book: bytes) -> bytes:
        return book.replace(b'<sheet name="More"', b'<sheet state="hidden" name="More"')

    rows = changed(EXCEL, sheet1=lambda sheet: sheet.replace(b"<row ", b'<row hidden="1" '))
    for data, said in (
        (changed(EXCEL, workbook=hidden), "The sheet is"),
        (rows, "of its rows are"),
    ):
        found = read(data, "x.xlsx")
        assert len(found.papers) == 4
        assert sum(f"{said} hidden" in problem.reason for problem in found.problems) == 1


def test_paragraphs_of_a_cell_are_lines() -> None:
    cell = "<text:p>Ida Moth</text:p><text:p>Otto Wasp</text:p>"
    data = changed(
        OPEN_DOCUMENT,
        content=lambda text: text.replace(b"<text:p>Ida Moth; Otto Wasp</text:p>", cell.encode()),
    )
    one = read(data, "list.ods").papers[0]
    assert [author.name for author in one.authors] == ["Ida Moth", "Otto Wasp"]
