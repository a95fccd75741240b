"""Rows below a header, see `headers`, whatever draws the lines between them.

Cells are as spreadsheets leave them: dates in the order of their country or as a number, ids that
were taken for numbers, `#NAME?`, and `NaN` where nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from generator.sources import fields
from generator.sources.days import is_day_first, is_undecided, of_serial, published
from generator.sources.fields import author_lists, author_order
from generator.sources.fields import links as field_links
from generator.sources.fields import names as field_names
from generator.sources.records import Records
from generator.sources.references import pubmed_title
from generator.sources.tables import headers
from generator.sources.tables.rows import CITATION, is_alone, is_no_paper, is_total


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

    Rows of one paper and a person each, as HotCRP has them, are one paper. A row may be the header
    of those below it, as in files put together.

    Args:
        records: takes them.
        columns: what `headers.header` gave.
        rows: below it.
    """
    part: list[Row] = []
    for row in rows:
        if header := headers.another(row.cells):
            _add(records, columns, part)
            columns, part = header, []
        else:
            part.append(row)
    _add(records, columns, part)


def _add(records: Records, columns: Sequence[str], rows: Sequence[Row]) -> None:
    kinds = list(map(field_names.field_of, columns))
    told = ("title", *headers.IDS, "link")
    place = next(kinds.index(kind) for kind in told if kind in kinds)
    dates = [place for place, kind in enumerate(kinds) if kind == "published"]
    day_first = is_day_first(
        row.cells[place] for row in rows for place in dates if place < len(row.cells)
    )
    named = [place for place, kind in enumerate(kinds) if kind == "authors"]
    pairs = author_lists.pairs_of_names(
        row.cells[place] for row in rows for place in named if place < len(row.cells)
    )
    person = headers.person(columns)
    told_by = [name for name in columns if headers.is_proof(name)]
    lead = columns[named[0]] if len(named) == 1 and not person else ""
    others = [name for name in columns if field_names.field_of(name) and name != lead]
    others += [name for name in columns if name not in person and _tells(name)]
    signed = sum(
        any(place < len(row.cells) and row.cells[place].strip() for place in named) for row in rows
    )
    papers: dict[object, tuple[Row, dict[str, str], list[str]]] = {}
    last: object = None
    for number, row in enumerate(rows):
        with records.record(row.position):
            record = _record(records, columns, kinds, row, day_first, pairs)
            shown = row.cells[place] if place < len(row.cells) else ""
            is_told = any(map(record.get, told_by)) and not is_total(row.cells)
            if not is_told and is_no_paper(row.cells, shown.strip()):
                records.refuse(
                    row.position,
                    f"“{(shown.strip() or row.cells[0])[:60]}” is no paper, but a break, a total "
                    "or the heading of others.",
                )
                continue
            is_heading = 3 * signed > 2 * len(rows) > 2 and len(columns) > 1
            _remark_title(records, row, shown.strip(), is_heading=is_heading)
            name = ", ".join(filter(None, (record.pop(column, "") for column in person)))
            name = name or record.get(lead, "")
            goes_on = last is not None and bool(name) and not any(map(record.get, others))
            paper: object = number
            if goes_on:  # the title stands in the row of the first author alone
                paper = last
                records.remark(
                    row.position,
                    f"“{name[:60]}” stands without a title, and was taken for an author of the "
                    "paper above. If it is another paper, add its title.",
                )
            elif person:
                paper = tuple(record.get(column, "") for column in columns if _tells(column))
            elif lead and shown.strip():
                paper = _but_authors(record, lead)
                if paper in papers and not _is_another(name, papers[paper][2]):
                    paper = number
            _, _, people = papers.setdefault(paper, (row, record, []))
            people.append(name)
            last = paper
    for row, record, people in papers.values():
        with records.record(row.position):
            authors = _authors(people, is_person=bool(person))
            links = [
                (_kind(text, columns[place]), url)
                for place, text, url in row.links
                if place < len(columns)
            ]
            signs = {"authors": authors} if person else {lead: authors} if len(people) > 1 else {}
            fields.add(records, row.position, record | signs, links)


def _remark_title(records: Records, row: Row, title: str, *, is_heading: bool) -> None:
    """Remark a title that looks like something else.

    Args:
        records: told of it.
        row: with the title.
        title: without space around it.
        is_heading: whether a title alone in its row is more likely the heading of others.
    """
    if CITATION.match(title):
        records.remark(
            row.position,
            f"“{title[:60]}” looks like a whole reference, and was taken for a "
            "title. Put names, year and venue into columns of their own.",
        )
    if title and is_heading and is_alone(row.cells):
        records.remark(
            row.position,
            f"“{title[:60]}” stands alone in its row, and was taken for a title. "
            "If it is the heading of others, remove it.",
        )


def _authors(people: list[str], *, is_person: bool) -> object:
    """The authors of a paper, out of the cells of its rows; each of one person or of several."""
    if len(people) == 1:
        return people[0]
    if is_person:
        return people
    return [name for each in people for name in author_order.turned(author_lists.split(each))]


def _but_authors(record: Mapping[str, str], lead: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in record.items() if name != lead)


def _is_another(name: str, people: Sequence[str]) -> bool:
    """Whether it is one name, as are these, and none of them."""
    return (
        len(people) < MOST_ROWS
        and name not in people
        and all(len(author_lists.split(each)) == 1 for each in (name, people[0]))
    )


MOST_ROWS: Final = 500
"""Rows of one paper, each with an author."""


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
            cell = "" if _NO_DAY.fullmatch(cell) else cell
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
            cell = re.sub(r"\A(\d{4}),(\d{4,5})\Z", r"\1.\2", cell.removeprefix("'"))
            cell = re.sub(r"\Aarxiv[\s:#]+(?=\d)", "arXiv:", cell, flags=re.IGNORECASE)
            if re.fullmatch(r"[7-9]\d\d\.\d{4}", cell, re.ASCII):
                cell = f"0{cell}"  # 0705.0001 was taken for a number
        elif part := field_names.PUBLICATION_OF.get(field_names.key(column)):
            cell = re.sub(r"\A'?(\d+)(?:\.0)?\Z", r"\1", cell)
            if part == "pages" and _AS_DATE.fullmatch(cell):
                records.remark(
                    row.position,
                    f"expected pages, found “{cell}”: a spreadsheet took them for a day. Make the "
                    "column text and write them anew.",
                )
                cell = ""
        column = column or f"column {place + 1}"
        if not record.get(column):
            record[column] = cell
    return record


_NO_DAY: Final = re.compile(r"1900-0?1-0?0.*|0?1/0?0/1900|0?0[./]0?1[./]1900|1899-12-3[01].*")
"""The day 0 of spreadsheets, where a cell is empty."""

_AS_DATE: Final = re.compile(
    r"(?:\d{1,2}[-. ])?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
    r"(?:[-. ]\d{1,4})?|(?:19|20)\d\d-\d\d-\d\d",
    re.IGNORECASE,
)
"""Pages that a spreadsheet took for a day: `11-19` as `Nov-19`."""

_PUBMED: Final = frozenset({"PMID", "Title", "Journal/Book"})
"""Columns of what PubMed exports, whose titles and lists of authors end in a full stop."""

_AS_TEXT: Final = re.compile(r'="([^"]*)"')
_NOTHING: Final = re.compile(r"[-–—]+|#?n/?a|nan|none|null|nil|<na>|\?", re.IGNORECASE)
