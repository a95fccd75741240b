"""Reader for tables with a header: CSV (RFC 4180), tabs, semicolons or bars between the cells.

The header names the fields by any of the names in `fields.FIELDS`; one of them is the title.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from generator.sources import fields
from generator.sources.content import Content
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "table"
LABEL = "a CSV or TSV table with a header that has “title”"

csv.field_size_limit(16 * 2**20)


def detect(content: Content) -> bool:
    """Whether the first line is a header: several names, a title among them."""
    if content.kind != "text":
        return False
    header = _header(content.head.partition("\n")[0])
    known = {name for names in (*fields.FIELDS.values(), *fields.LINKS.values()) for name in names}
    found = [cell for cell in header if cell in known or cell in ("id", "uid", "day", "listed")]
    return bool({"title", "paper_title"} & set(header)) and 2 * len(found) >= len(header) > 1


def _header(line: str) -> list[str]:
    mark = _mark(line)
    try:
        cells = next(csv.reader([line.strip()], delimiter=mark), [])
    except csv.Error:
        return []
    return [cell.strip().lower() for cell in cells]


def _mark(line: str) -> str:
    return max("\t,;|", key=line.count)


def read(content: Content) -> Reading:
    """Every row below the header."""
    records = Records(content, NAME)
    text = content.text.lstrip()
    first = text.partition("\n")[0]
    header = _header(first)
    for line, cells in _rows(records, text, _mark(first)):
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            records.refuse(
                f"line {line}",
                f"expected {len(header)} cells, found {len(cells)}. Put a cell that holds the "
                "mark between cells in double quotes.",
            )
        else:
            fields.add(records, f"line {line}", dict(zip(header, cells, strict=False)))
    return records.reading()


def _rows(records: Records, text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, with the line each begins in."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            records.refuse(f"line {line}", f"expected a row of a table, found: {error}.")
            line = reader.line_num + 1
            continue
        if line > 1 and any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1
