"""Reader for tables with a header: CSV (RFC 4180), tabs, semicolons or bars between the cells.

The header names the fields by any of the names in `fields.FIELDS`; one of them is the title.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from generator.sources import fields
from generator.sources.content import Content
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "table"
LABEL = "a CSV or TSV table with a header that has “title”"

csv.field_size_limit(16 * 2**20)

MOST_OPEN = 20
"""Quotes that are never closed; each has the rest of the file read again, the last ends it."""

_OPEN = "a double quote opens in this row and is never closed. Close it, or remove it."


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
        if len(cells) < len(header):
            records.remark(
                f"line {line}",
                f"expected {len(header)} cells, found {len(cells)}; the others count as empty. "
                "Add the missing marks between cells.",
            )
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            records.refuse(
                f"line {line}",
                f"expected {len(header)} cells, found {len(cells)}. Put a cell that holds the "
                "mark between cells in double quotes.",
            )
        else:
            with records.record(f"line {line}"):
                fields.add(records, f"line {line}", dict(zip(header, cells, strict=False)))
    return records.reading()


def _rows(records: Records, text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, with the line each begins in.

    A quote that is open at the end of the file would make one cell of all the rows behind it: that
    row is refused, and what follows is read as if it were not there. One that a quote further down
    happens to close cannot be told from a cell of many lines.
    """
    lines = text.rstrip("\n").split("\n")
    line, before, open_rows = 1, 0, 0  # `before`: lines that this reader has not seen
    reader = csv.reader((f"{row}\n" for row in lines), delimiter=mark)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            records.refuse(f"line {line}", f"expected a row of a table, found: {error}.")
            line = before + reader.line_num + 1
            continue
        end = before + reader.line_num
        if end == len(lines) > line and "\n".join(lines[line - 1 :]).count('"') % 2:
            records.refuse(f"line {line}", _OPEN)
            open_rows += 1
            if open_rows == MOST_OPEN:
                records.remark(
                    f"line {line + 1}",
                    f"from here on nothing was read, after {MOST_OPEN} such rows.",
                )
                return
            before, line = line, line + 1
            reader = csv.reader((f"{row}\n" for row in lines[before:]), delimiter=mark)
            continue
        if line > 1 and any(cell.strip() for cell in cells):
            yield line, cells
        line = end + 1
