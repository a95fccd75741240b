"""Reader for tables with a header: CSV (RFC 4180), tabs, semicolons or bars between the cells.

The header names the fields by any of the names in `field_names.FIELDS`; one of them is the title,
or has the ids of the papers.
Above it may stand `sep=;`, which Excel asks for, and lines about the export.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from generator.model.errors import ContentError
from generator.sources import tables
from generator.sources.content import HEAD, Content
from generator.sources.fields import names as field_names
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.tables import headers, marked

NAME = "table"
LABEL = "a CSV or TSV table with a header that has “title”"

csv.field_size_limit(16 * 2**20)

MOST_ABOVE = 30
"""Lines above a header."""

LONGEST_ROW = 400
"""Characters of a title in a table of titles alone."""

_NO_MARK = "\x1f"
_RULE = frozenset("-:|+ ")

MOST_OPEN = 20
"""Quotes that are never closed; each has the rest of the file read again, the last ends it."""

_OPEN = "a double quote opens in this row and is never closed. Close it, or remove it."


def detect(content: Content) -> bool:
    """Whether one of the first lines is the header of a table of papers."""
    if content.kind != "text" or _NAMED.search(content.head):
        return False
    return _start(_text(content.head), content.file) is not None


_NAMED = re.compile(r"^title\t[^\t\n]*\n{1,3}authors?\t", re.IGNORECASE | re.MULTILINE)
"""Rows that name a field each, which are of `formats.named_fields`."""


def _text(text: str) -> str:
    """The text; of a table of Jira, whose header is `||Title||Authors||`, as of any with bars."""
    return text.replace("||", "|") if re.match(r"\|\|.*\|\|\s*(?:\n|\Z)", text) else text


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a table begins."""

    line: int
    """The line of its header, from 0."""

    mark: str
    """Between cells."""

    columns: list[str]


def _start(text: str, file: str) -> _Start | None:
    """The first line that is a header, below `sep=;` and what programs say about their export."""
    lines = re.split(r"\r\n|\n|\r", text[:HEAD])
    declared = re.fullmatch(r'"?sep=(.)"?', lines[0].strip())
    is_first = True
    for place, line in enumerate(lines[: MOST_ABOVE + 1]):
        if not line.strip() or (declared and not place):
            continue
        columns_known = -1
        for mark in declared[1] if declared else _marks(line):
            first, *below = _cells(lines[place:], mark, 6)
            header = headers.header(first, below)
            if headers.known(header) > columns_known:
                columns_known, columns, rows, best = headers.known(header), header, below, mark
        if columns and _is_table(columns, rows, is_first):
            return _Start(place, best, columns)
        others = lines[place + 1 :]
        if file.lower().endswith((".csv", ".tsv")):  # no text is: its rows may be far apart
            others = [row for row in others if row.strip()]
        if len(columns) == 1 and is_first and _is_column(line, others):
            return _Start(place, _NO_MARK, columns)
        is_first = False
    return None


def _is_table(columns: list[str], rows: list[list[str]], is_first: bool) -> bool:
    """Whether rows of the same number of cells follow, or the first line leaves no doubt."""
    if len(columns) < 2 or any(set("".join(row)) <= _RULE for row in rows[:1]):
        return False  # a rule below its header is that of Markdown or Org
    is_said = headers.known(columns) > 1
    is_drawn = any(len(row) == len(columns) for row in rows)
    if len(rows) > 1 and 2 * sum(len(row) > 1 for row in rows) < len(rows):
        return False  # of a text that begins with “Title, Authors”
    return (is_said and (is_first or is_drawn)) or (is_first and is_drawn)


def _is_column(header: str, lines: list[str]) -> bool:
    """Whether lines are titles or ids of a table with one column, and no text below “Title”."""
    if not field_names.field_of(header.strip(' "')) or header.rstrip().endswith(":"):
        return False
    rows = lines[: len(lines) - (not lines[-1])] if lines else []
    return bool(rows) and all(
        0 < len(row.strip()) < LONGEST_ROW and not field_names.field_of(row) for row in rows[:200]
    )


def _cells(lines: list[str], mark: str, count: int) -> list[list[str]]:
    """The first rows that are not empty; one empty row where there is none."""
    reader = csv.reader(
        (f"{line}\n" for line in lines[:200]),
        delimiter=mark,
        skipinitialspace=_is_spaced(lines, mark),
    )
    try:
        return list(islice((row for row in reader if any(map(str.strip, row))), count)) or [[]]
    except csv.Error:
        return [[]]


def _is_spaced(lines: list[str], mark: str) -> bool:
    """Whether quotes of cells have a space before them: `On Moths, "Moth, Ida"`."""
    quoted = re.compile(rf'{re.escape(mark)} +"[^"]*" *(?:{re.escape(mark)}|\Z)')
    return any(quoted.search(line) for line in lines[:50])


def _marks(line: str) -> str:
    """What may stand between the cells of a line, most often first."""
    marks = sorted("\t,;|", key=line.count, reverse=True)
    return "".join(mark for mark in marks if mark in line) or ","


def read(content: Content) -> Reading:
    """Every row below the header."""
    records = Records(content, NAME)
    text = _text(content.text.lstrip())
    start = _start(text, content.file)
    if not start:
        raise ContentError("expected a header with “title”, found none. Write one as first line.")
    skipped = content.text[: len(content.text) - len(text)].count("\n") + start.line
    lines = text.rstrip("\n").split("\n")[start.line :]
    width = len(start.columns)
    rows = []
    for line, cells in _rows(records, lines, start.mark, skipped):
        if header := headers.another(cells):
            width = len(header)
        if len(cells) < width:
            records.remark(
                f"line {line}",
                f"expected {width} cells, found {len(cells)}; the others count as empty. "
                "Add the missing marks between cells.",
            )
        if any(cell.strip() for cell in cells[width:]):
            records.refuse(
                f"line {line}",
                f"expected {width} cells, found {len(cells)}. Put a cell that holds the "
                "mark between cells in double quotes.",
            )
        else:
            rows.append(_row(f"line {line}", cells))
    tables.add(records, start.columns, rows)
    return records.reading()


_FORMULA: Final = re.compile(
    r'=HYPERLINK\(\s*"([^"]*)"(?:\s*[,;]\s*"([^"]*)")?\s*\)', re.IGNORECASE
)


_BEHIND: Final = re.compile(r"(?<=\w)[\s(\[<:,–-]+(https?://[^\s<>()\[\]]+)[)\]>]?\s*\Z")
"""An address behind a title."""


def _row(position: str, cells: list[str]) -> tables.Row:
    """The row; a cell may be a formula of a spreadsheet, or have links of Markdown or HTML."""
    texts, links = [], []
    for place, cell in enumerate(cells):
        if formula := _FORMULA.fullmatch(cell.strip()):
            links.append((place, formula[2] or "", formula[1]))
            cell = formula[2] or ""
        elif "](http" in cell or "<a " in cell:
            for link in reversed(marked.links(cell)):
                links.append((place, link.text, link.url))
                cell = cell[: link.start] + link.text + cell[link.end :]
        elif len(cell) < LONGEST_ROW // 2 and (behind := _BEHIND.search(cell)):
            links.append((place, "", behind[1]))
            cell = cell[: behind.start()]
        texts.append(cell)
    return tables.Row(position, texts, tuple(links))


def _rows(
    records: Records, lines: list[str], mark: str, skipped: int
) -> Iterator[tuple[int, list[str]]]:
    """The rows below the first that are not empty, with the line of the file each begins in.

    A quote that is open at the end of the file would make one cell of all the rows behind it: that
    row is refused, and what follows is read as if it were not there. One that a quote further down
    happens to close cannot be told from a cell of many lines.
    """
    line, before, open_rows = 1, 0, 0  # `before`: lines that this reader has not seen
    spaced = _is_spaced(lines, mark)
    reader = csv.reader((f"{row}\n" for row in lines), delimiter=mark, skipinitialspace=spaced)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            records.refuse(f"line {skipped + line}", f"expected a row of a table, found: {error}.")
            line = before + reader.line_num + 1
            continue
        end = before + reader.line_num
        if end == len(lines) > line and "\n".join(lines[line - 1 :]).count('"') % 2:
            records.refuse(f"line {skipped + line}", _OPEN)
            open_rows += 1
            if open_rows == MOST_OPEN:
                records.remark(
                    f"line {skipped + line + 1}",
                    f"from here on nothing was read, after {MOST_OPEN} such rows.",
                )
                return
            before, line = line, line + 1
            reader = csv.reader(
                (f"{row}\n" for row in lines[before:]), delimiter=mark, skipinitialspace=spaced
            )
            continue
        if line > 1 and any(cell.strip() for cell in cells):
            yield skipped + line, cells
        line = end + 1
