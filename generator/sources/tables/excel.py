"""Workbooks of Excel: `.xlsx` (ECMA-376), and the one document of XML of 2003 that CMT exports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from lxml import etree

from generator.sources.content import Content
from generator.sources.tables.sheets import Archive, Sheet, row_of, whole

_HYPERLINK: Final = re.compile(r'\s*HYPERLINK\(\s*"([^"]*)"(?:\s*[,;]\s*"([^"]*)")?', re.IGNORECASE)
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})[0-9]+")


def excel(archive: Archive) -> Iterator[Sheet]:
    """The sheets of `.xlsx`."""
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
                rows.append(row_of(f"sheet {title}, row {row.get('r', number)}", cells))
        hidden = sum(row.get("hidden") == "1" for row in document.xml.iter("row"))
        doubts = (
            document.xml_doubt,
            _HIDDEN.format("The sheet is") if sheet.get("state", "visible") != "visible" else "",
            _HIDDEN.format(f"{hidden:,} of its rows are") if hidden else "",
        )
        yield Sheet(title, rows, " ".join(filter(None, doubts)))


_HIDDEN: Final = "{} hidden in the workbook, and read none the less. Remove what is no part of it."


def _path(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _targets(archive: Archive, name: str) -> dict[str, str]:
    root = archive.xml(name)
    relationships = root.iter("Relationship") if root is not None else ()
    return {each.get("Id", ""): each.get("Target", "") for each in relationships}


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
        number = whole(value)
        return (shared[number] if 0 <= number < len(shared) else ""), ""
    if kind == "inlineStr":
        return _text(cell), ""
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(value, value), ""
    if kind != "n" or not value:
        return value, ""
    style = whole(cell.get("s", "0"))
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


def excel_2003(content: Content) -> Iterator[Sheet]:
    """The worksheets of the XML of 2003."""
    for sheet in content.xml.iter("Worksheet"):
        title, rows, number = sheet.get("Name", ""), [], 0
        for row in sheet.iter("Row"):
            number = whole(row.get("Index", "")) if row.get("Index") else number + 1
            cells: dict[int, tuple[str, str]] = {}
            place = -1
            for cell in row.iterchildren("Cell"):
                place = whole(cell.get("Index", "")) - 1 if cell.get("Index") else place + 1
                data = cell.find("Data")
                text = "".join(data.itertext()) if data is not None else ""
                if data is not None and data.get("Type") == "DateTime":
                    text = text.partition("T")[0]
                if (text or cell.get("HRef")) and place >= 0:
                    cells[place] = text, cell.get("HRef", "")
            if cells:
                rows.append(row_of(f"sheet {title}, row {number}", cells))
        yield Sheet(title, rows, content.xml_doubt)
