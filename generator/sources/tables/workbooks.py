"""Spreadsheets of Excel (`.xlsx`, ECMA-376) and OpenDocument (`.ods`), as rows of text.

They are archives of XML, or one document of it (Excel's of 2003, as Microsoft CMT exports), which
`Content` parses within its limits, so that nothing is unpacked but what is read, and not more of it
than a document may have. Cells are as a person sees them: `2401.00010` where the format of the cell
says five digits, a day where it says a date.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile

from generator.model.errors import ContentError
from generator.sources.content import Content
from generator.sources.tables import excel
from generator.sources.tables.sheets import MOST_COLUMNS, Archive, Sheet, row_of, whole

_BROKEN: Final = (
    *(BadZipFile, zlib.error, struct.error, KeyError, NotImplementedError, RuntimeError),
    *(EOFError, OSError, ValueError),
)


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
        return list(excel.excel_2003(content))
    try:
        archive = Archive(content.data)
        made = excel.excel if "xl/workbook.xml" in archive.names else _open_document
        return list(made(archive))
    except ContentError:
        raise
    except _BROKEN as error:
        raise ContentError(
            f"expected a spreadsheet, found a broken one ({str(error)[:100]}). Save it again, or "
            "as CSV."
        ) from None


def _open_document(archive: Archive) -> Iterator[Sheet]:
    document = archive.document("content.xml")
    for table in document.xml.iter("table"):
        title, rows, number = table.get("name", ""), [], 1
        for row in table.iter("table-row"):
            cells: dict[int, tuple[str, str]] = {}
            place = 0
            for cell in row.iterchildren("table-cell", "covered-table-cell"):
                text = "\n".join("".join(p.itertext()).strip() for p in cell.iterchildren("p"))
                url = next((link.get("href", "") for link in cell.iter("a")), "")
                if cell.get("value-type") == "date":
                    text = cell.get("date-value", text)
                times = max(1, whole(cell.get("number-columns-repeated", "1")))
                if text or url:
                    for at in range(place, min(place + times, MOST_COLUMNS + 1)):
                        cells[at] = text, url
                place += times
            if cells:
                rows.append(row_of(f"sheet {title}, row {number}", cells))
            number += max(1, whole(row.get("number-rows-repeated", "1")))
        yield Sheet(title, rows, document.xml_doubt)
