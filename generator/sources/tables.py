"""Rows below a header, see `headers`, whatever draws the lines between them.

Cells are as spreadsheets leave them: dates in the order of their country or as a number, ids that
were taken for numbers, `#NAME?`, and `NaN` where nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from generator.sources import author_lists, field_links, field_names, fields, headers
from generator.sources.days import is_day_first, is_undecided, of_serial, published
from generator.sources.records import Records
from generator.sources.references import pubmed_title


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    position: str
    """Where a person would look for it: `line 13`."""

    cells: Sequence[str]

    links: tuple[tuple[int, str, str], ...] = ()
    """Columns, from 0, and what their cells lead to: the text of a link, and its address."""


def add(records: Records, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Make a paper, or a problem, of every row.

    Rows of one paper and a person each, as HotCRP has them, are one paper.

    Args:
        records: takes them.
        columns: what `headers.header` gave.
        rows: below it; one that repeats the header, as in files put together, does not count.
    """
    kinds = list(map(field_names.field_of, columns))
    told = ("title", *headers.IDS, "link")
    place = next(kinds.index(kind) for kind in told if kind in kinds)
    kept = [
        row
        for row in rows
        if place >= len(row.cells)
        or field_names.field_of(row.cells[place]) != kinds[place]
        or list(map(field_names.canonical, row.cells)) != list(columns)
    ]
    dates = [place for place, kind in enumerate(kinds) if kind == "published"]
    day_first = is_day_first(
        row.cells[place] for row in kept for place in dates if place < len(row.cells)
    )
    named = [place for place, kind in enumerate(kinds) if kind == "authors"]
    pairs = author_lists.pairs_of_names(
        row.cells[place] for row in kept for place in named if place < len(row.cells)
    )
    person = headers.person(columns)
    told_by = [name for name in columns if headers.is_proof(name)]
    papers: dict[object, tuple[Row, dict[str, str], list[str]]] = {}
    for number, row in enumerate(kept):
        with records.record(row.position):
            record = _record(records, columns, kinds, row, day_first, pairs)
            shown = row.cells[place] if place < len(row.cells) else ""
            if _BREAK.fullmatch(shown.strip()) and not any(map(record.get, told_by)):
                records.refuse(row.position, f"“{shown.strip()}” is no paper of a programme.")
                continue
            name = ", ".join(filter(None, (record.pop(column, "") for column in person)))
            paper = tuple(record.get(column, "") for column in columns if _tells(column))
            _, _, people = papers.setdefault(paper if person else number, (row, record, []))
            people.append(name)
    for row, record, people in papers.values():
        with records.record(row.position):
            signed = people if len(people) > 1 else people[0]
            links = [
                (_kind(text, columns[place]), url)
                for place, text, url in row.links
                if place < len(columns)
            ]
            fields.add(
                records, row.position, record | {"authors": signed} if person else record, links
            )


def _kind(text: str, column: str) -> str:
    """The kind of a link, by its text, else by its column; those of papers have any."""
    kind = field_links.kind_of(text)
    return field_links.kind_of(column) if kind == "url" else kind


def _tells(column: str) -> bool:
    """Whether it says which paper a row is of."""
    return field_names.field_of(column) in ("title", "doi") or field_names.key(column) in _NUMBERS


_NUMBERS: Final = ("id", "paper", "paperid", "number", "submission", "submissionid")


def _record(
    records: Records,
    columns: Sequence[str],
    kinds: Sequence[str],
    row: Row,
    day_first: bool | None,
    pairs: frozenset[str],
) -> dict[str, str]:
    """The cells by the names of their columns; of several of one name the first that is filled."""
    record: dict[str, str] = {}
    linked = {place for place, _, _ in row.links}
    is_pubmed = set(columns) >= _PUBMED
    for place, (column, field, raw) in enumerate(zip(columns, kinds, row.cells, strict=False)):
        cell = raw.strip()
        if formula := _AS_TEXT.fullmatch(cell):
            cell = formula[1]
        if headers.ERROR.fullmatch(cell):
            records.remark(
                row.position,
                f"the column “{column[:60]}” has “{cell[:60]}”, an error of a spreadsheet. Mend it "
                "there.",
            )
            cell = ""
        if field != "title" and _NOTHING.fullmatch(cell):
            cell = ""
        elif field == "link" and place in linked:
            cell = ""  # the text of the link
        elif field == "published":
            cell = of_serial(cell) or cell
            if is_undecided(cell) and day_first is not None:
                cell = published(cell, day_first) or cell
        elif field == "authors" and raw in pairs:
            records.remark(
                row.position,
                f"“{cell[:60]}” was taken for two names, since other rows have names as they are "
                "spoken. Write a semicolon between two, and “Ada Byron” for one.",
            )
            cell = cell.replace(",", ";")
        elif is_pubmed and field == "title":
            cell = pubmed_title(cell)
        elif is_pubmed and field == "authors":
            cell = cell.removesuffix(".")  # of the list
        elif field in ("arxiv", "doi") or column == "id":
            cell = cell.removeprefix("'")
            if re.fullmatch(r"[7-9]\d\d\.\d{4}", cell, re.ASCII):
                cell = f"0{cell}"  # 0705.0001 was taken for a number
        column = column or f"column {place + 1}"
        if not record.get(column):
            record[column] = cell
    return record


_BREAK: Final = re.compile(
    r"(?:\w+[- ])?break(?: (?:&|and) \w+)?|coffee|lunch|(?:\w+ )?dinner|(?:welcome )?reception"
    r"|(?:opening|closing)(?: remarks)?|registration|welcome|poster session(?: \d)?",
    re.IGNORECASE,
)
"""What stands between the papers of a programme."""

_PUBMED: Final = frozenset({"PMID", "Title", "Journal/Book"})
"""Columns of what PubMed exports, whose titles and lists of authors end in a full stop."""

_AS_TEXT: Final = re.compile(r'="([^"]*)"')
_NOTHING: Final = re.compile(r"[-–—]+|#?n/?a|nan|none|null|nil|<na>|\?", re.IGNORECASE)
