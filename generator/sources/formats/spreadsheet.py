"""Reader for spreadsheets: every sheet with a header that has a title, as in `formats.table`."""

from __future__ import annotations

from generator.model.errors import ContentError
from generator.sources import tables
from generator.sources.content import Content
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.tables import headers, workbooks
from generator.sources.tables.sheets import Sheet

NAME = "spreadsheet"
LABEL = "a spreadsheet of Excel (.xlsx) or OpenDocument (.ods) with a header that has “title”"

MOST_ABOVE = 30
"""Rows above a header."""


def detect(content: Content) -> bool:
    """Whether it is a spreadsheet."""
    return content.kind in ("zip", "xml") and workbooks.is_workbook(content)


def read(content: Content) -> Reading:
    """Every row of every sheet of papers; the names of other sheets are among what is not used."""
    records = Records(content, NAME)
    sheets = workbooks.sheets(content)
    headers = [_header(sheet) for sheet in sheets]
    if not any(columns for _, columns in headers):
        raise ContentError(
            "expected a sheet whose header has “title”, found none. Give each column a name, such "
            "as Title, Authors, Year, DOI, Link."
        )
    for sheet, (start, columns) in zip(sheets, headers, strict=True):
        if sheet.doubt and columns:
            records.remark(f"sheet {sheet.name}", sheet.doubt)
        if columns:
            tables.add(records, columns, sheet.rows[start:])
        elif sheet.rows:
            records.count_unused([f"sheet {sheet.name}"])
    return records.reading()


def _header(sheet: Sheet) -> tuple[int, list[str]]:
    """Where the rows of papers begin, and the names of their columns; no names where none are."""
    for place, row in enumerate(sheet.rows[: MOST_ABOVE + 1]):
        columns = headers.header(row.cells, [each.cells for each in sheet.rows[place + 1 :]])
        if columns and (headers.known(columns) > 1 or not place):
            return place + 1, columns
    return 0, []
