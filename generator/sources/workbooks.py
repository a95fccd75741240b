"""Spreadsheets of Excel (`.xlsx`, ECMA-376) and OpenDocument (`.ods`), as rows of text.

They are archives of XML, or one document of it (Excel's of 2003, as Microsoft CMT exports), which
`Content` parses within its limits, so that nothing is unpacked but what is read, and not more of it
than a document may have. Cells are as a person sees them: `2401.00010` where the format of the cell
says five digits, a day where it says a date.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile

from lxml import etree

from generator.sources.content import LARGEST_DOCUMENT, Content, ContentError
from generator.sources.tables import Row

MOST_COLUMNS: Final = 1_000
_BROKEN: Final = (
    *(BadZipFile, zlib.error, struct.error, KeyError, NotImplementedError, RuntimeError),
    *(EOFError, OSError, ValueError),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet."""

    name: str
    rows: list[Row]
    """Those that are not empty."""

    doubt: str = ""
    """Where it is broken, and so perhaps incomplete."""


def is_workbook(content: Content) -> bool:
    """Whether an archive or XML is a spreadsheet."""
    if content.kind != "zip":
        return content.root == "Workbook"
    try:
        with ZipFile(BytesIO(content.data)) as archive:
            if "xl/workbook.xml" in archive.namelist():
                return True
            with archive.open("mimetype") as kind:
                return b"opendocument.spreadsheet" in kind.read(200)
    except _BROKEN:
        return False


def sheets(content: Content) -> list[Sheet]:
    """All sheets.

    Raises:
        ContentError: the archive is broken, or has more in it than is read.
    """
    if content.kind != "zip":
        return list(_excel_2003(content))
    try:
        archive = _Archive(content.data)
        made = _excel if "xl/workbook.xml" in archive.names else _open_document
        return list(made(archive))
    except ContentError:
        raise
    except _BROKEN as error:
        raise ContentError(
            f"expected a spreadsheet, found a broken one ({str(error)[:100]}). Save it again, or "
            "as CSV."
        ) from None


class _Archive:
    def __init__(self, data: bytes) -> None:
        self._zip = ZipFile(BytesIO(data))
        self.names = frozenset(self._zip.namelist())
        self._room = LARGEST_DOCUMENT

    def document(self, name: str) -> Content:
        with self._zip.open(name) as member:
            data = member.read(self._room + 1)
        self._room -= len(data)
        if self._room < 0:
            raise ContentError(
                f"expected at most {LARGEST_DOCUMENT // 2**20} MB in a spreadsheet, found more. "
                "Split it, or save it as CSV."
            )
        return Content(data, name)

    def xml(self, name: str) -> etree._Element | None:
        return self.document(name).xml if name in self.names else None


def _row(position: str, cells: dict[int, tuple[str, str]]) -> Row:
    """A row of cells by their columns, each a text and an address."""
    if max(cells, default=0) >= MOST_COLUMNS:
        raise ContentError(f"expected at most {MOST_COLUMNS:,} columns, found more. Remove some.")
    texts = [cells.get(place, ("", ""))[0] for place in range(max(cells, default=-1) + 1)]
    return Row(
        position,
        texts,
        tuple((place, text, url) for place, (text, url) in sorted(cells.items()) if url),
    )


# Excel

_HYPERLINK: Final = re.compile(r'\s*HYPERLINK\(\s*"([^"]*)"(?:\s*[,;]\s*"([^"]*)")?', re.IGNORECASE)
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})[0-9]+")


def _excel(archive: _Archive) -> Iterator[Sheet]:
    book = archive.document("xl/workbook.xml").xml
    first_day = (
        date(1904, 1, 1)
        if book.find("workbookPr[@date1904='1']") is not None
        else date(1899, 12, 30)
    )
    targets = _targets(archive, "xl/_rels/workbook.xml.rels")
    strings = archive.xml("xl/sharedStrings.xml")
    shared = [_text(item) for item in strings.iter("si")] if strings is not None else []
    formats = _formats(archive.xml("xl/styles.xml"))
    for sheet in book.iter("sheet"):
        name = _path(targets.get(sheet.get("id", ""), ""))
        if name not in archive.names:
            continue  # a sheet of charts
        document = archive.document(name)
        title = sheet.get("name", "")
        folder, _, file = name.rpartition("/")
        urls = _targets(archive, f"{folder}/_rels/{file}.rels")
        linked = {
            link.get("ref", ""): urls.get(link.get("id", ""), "")
            for link in document.xml.iter("hyperlink")
        }
        rows = []
        for number, row in enumerate(document.xml.iter("row"), 1):
            cells = {}
            for place, cell in enumerate(row.iterchildren("c")):
                text, url = _cell(cell, shared, formats, first_day)
                url = url or linked.get(cell.get("r", ""), "")
                if text or url:
                    cells[_column(cell.get("r", ""), place)] = text, url
            if cells:
                rows.append(_row(f"sheet {title}, row {row.get('r', number)}", cells))
        yield Sheet(title, rows, document.xml_doubt)


def _path(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _targets(archive: _Archive, name: str) -> dict[str, str]:
    root = archive.xml(name)
    found = root.iter("Relationship") if root is not None else ()
    return {each.get("Id", ""): each.get("Target", "") for each in found}


def _text(item: etree._Element) -> str:
    """The text of a string and of its runs, without how it is pronounced."""
    pieces = (
        t.text or "" for t in item.iter("t") if (up := t.getparent()) is None or up.tag != "rPh"
    )
    return "".join(pieces)


def _formats(styles: etree._Element | None) -> list[str]:
    """The format of each style: `0.00000`, `yyyy-mm-dd`."""
    if styles is None:
        return []
    own = {each.get("numFmtId"): each.get("formatCode", "") for each in styles.iter("numFmt")}
    dates = {
        str(number): "d"
        for number in (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))
    }
    numbers = [each.get("numFmtId", "") for each in styles.iterfind("cellXfs/xf")]
    return [own.get(number, dates.get(number, "")) for number in numbers]


def _column(reference: str, place: int) -> int:
    """The column of a cell, from 0: `B7` → 1."""
    match = _REFERENCE.fullmatch(reference)
    column = 0
    for letter in match[1] if match else "":
        column = 26 * column + ord(letter) - ord("A") + 1
    return column - 1 if match else place


def _cell(
    cell: etree._Element, shared: list[str], formats: list[str], first_day: date
) -> tuple[str, str]:
    """The text of a cell, and the address that a formula has for it."""
    kind, value = cell.get("t", "n"), cell.findtext("v") or ""
    formula = _HYPERLINK.match(cell.findtext("f") or "")
    if formula:
        return formula[2] or value, formula[1]
    if kind == "s":
        number = _whole(value)
        return (shared[number] if 0 <= number < len(shared) else ""), ""
    if kind == "inlineStr":
        return _text(cell), ""
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(value, value), ""
    if kind != "n" or not value:
        return value, ""
    style = _whole(cell.get("s", "0"))
    return _number(value, formats[style] if 0 <= style < len(formats) else "", first_day), ""


def _number(value: str, format: str, first_day: date) -> str:
    """A number as its format shows it, as far as ids and dates need it."""
    try:
        number = float(value)
        shown = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|General', "", format)
        if re.search("[yd]|mm", shown, re.IGNORECASE):
            return (first_day + timedelta(days=int(number))).isoformat()
    except (ValueError, OverflowError):
        return value
    digits = re.search(r"0\.(0{4,5})(?!0)", shown)
    return f"{number:.{len(digits[1])}f}" if digits else f"{number:.15g}"


def _whole(text: str) -> int:
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else -1


def _excel_2003(content: Content) -> Iterator[Sheet]:
    for sheet in content.xml.iter("Worksheet"):
        title, rows, number = sheet.get("Name", ""), [], 0
        for row in sheet.iter("Row"):
            number = _whole(row.get("Index", "")) if row.get("Index") else number + 1
            cells: dict[int, tuple[str, str]] = {}
            place = -1
            for cell in row.iterchildren("Cell"):
                place = _whole(cell.get("Index", "")) - 1 if cell.get("Index") else place + 1
                data = cell.find("Data")
                text = "".join(data.itertext()) if data is not None else ""
                if data is not None and data.get("Type") == "DateTime":
                    text = text.partition("T")[0]
                if (text or cell.get("HRef")) and place >= 0:
                    cells[place] = text, cell.get("HRef", "")
            if cells:
                rows.append(_row(f"sheet {title}, row {number}", cells))
        yield Sheet(title, rows, content.xml_doubt)


# OpenDocument


def _open_document(archive: _Archive) -> Iterator[Sheet]:
    document = archive.document("content.xml")
    for table in document.xml.iter("table"):
        title, rows, number = table.get("name", ""), [], 1
        for row in table.iter("table-row"):
            cells: dict[int, tuple[str, str]] = {}
            place = 0
            for cell in row.iterchildren("table-cell", "covered-table-cell"):
                text = " ".join("".join(p.itertext()).strip() for p in cell.iterchildren("p"))
                url = next((link.get("href", "") for link in cell.iter("a")), "")
                if cell.get("value-type") == "date":
                    text = cell.get("date-value", text)
                times = max(1, _whole(cell.get("number-columns-repeated", "1")))
                if text or url:
                    for at in range(place, min(place + times, MOST_COLUMNS + 1)):
                        cells[at] = text, url
                place += times
            if cells:
                rows.append(_row(f"sheet {title}, row {number}", cells))
            number += max(1, _whole(row.get("number-rows-repeated", "1")))
        yield Sheet(title, rows, document.xml_doubt)
