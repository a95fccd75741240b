"""Rows below a header, whatever draws the lines between them; shared by the readers of tables.

A table of papers is one whose header has a title under any of the names in `field_names.FIELDS`, or
whose rows have ids of papers.
Cells are as spreadsheets leave them: dates in the order of their country or as a number, ids that
were taken for numbers, `#NAME?`, and `NaN` where nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from generator.sources import field_names, fields, identifiers
from generator.sources.days import is_day_first, is_undecided, of_serial, published
from generator.sources.links import holds_paper
from generator.sources.records import Records
from generator.sources.references import pubmed_title

LONGEST_NAME: Final = 80
"""Characters of the name of a column; what is longer is a sentence."""

_WEAK: Final = (
    *("name", "paper", "papers", "article", "publication", "presentation", "talk", "contribution"),
    *("manuscript", "preprint", "submission", "work", "reference", "名称", "论文", "文献"),
)
"""Names of the title where authors, ids, venues or addresses say that these are papers."""

_WEB_OF_SCIENCE: Final = {
    **{"TI": "title", "AF": "author full names", "AU": "authors", "SO": "source title"},
    **{"AB": "abstract", "DE": "author keywords", "PD": "publication month", "PY": "year"},
    **{"DI": "doi", "UT": "id"},
}
_GIVEN: Final = ("first", "firstname", "givenname", "given", "authorfirstname")
_FAMILY: Final = ("last", "lastname", "familyname", "surname", "family", "authorlastname")
_PERSON: Final = ("name", "author", "authorname", "fullname")
_OF_PERSON: Final = ("email", "affiliation", "authoremail", "emailaddress", "institution")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    position: str
    """Where a person would look for it: `line 13`."""

    cells: Sequence[str]

    links: tuple[tuple[int, str, str], ...] = ()
    """Columns, from 0, and what their cells lead to: the text of a link, and its address."""


def header(
    cells: Sequence[str],
    below: Sequence[Sequence[str]] = (),
    links: Sequence[Sequence[tuple[int, str, str]]] = (),
) -> list[str]:
    """The names of the columns as `fields.add` knows them, or nothing if these are no papers.

    One of them is `title`, but in a table of ids, whose papers are known by these alone.

    Args:
        cells: the first row.
        below: the texts of others, where they are at hand: a column “Paper” may have titles.
        links: columns and addresses of those rows, for tables that are no more than a part of a
            text, and need more evidence than a title: authors, say, or links to papers.
    """
    if max(map(len, cells), default=0) > LONGEST_NAME or any(map(_ERROR.fullmatch, cells)):
        return []
    columns = [field_names.canonical(cell.strip()) for cell in cells]
    if "TI" in columns and {"AU", "PY", "SO"} & set(columns):
        return [_WEB_OF_SCIENCE.get(column, column) for column in columns]
    for place, name in enumerate(columns):
        if below and field_names.key(name) in ("paper", "papers"):
            told = [place < len(row) and _is_words(row[place]) for row in below]
            columns[place] = "paper title" if 2 * sum(told) > len(told) else "link"
    keys = list(map(field_names.key, columns))
    leading = sum(any(holds_paper(url) for _, _, url in row) for row in links)
    weak = next((name for name in _WEAK if name in keys), "")
    is_sure = 2 * leading > len(below) or any(
        field_names.field_of(column) in _PROOF and field_names.key(column) != "description"
        for column in columns
        if field_names.key(column) != weak
    )
    if "title" in map(field_names.field_of, columns):
        return columns if is_sure or not links else []
    if weak and not is_sure and not links:
        of_papers = sum(any(map(_is_address, row)) for row in below)
        is_sure = 2 * of_papers > len(below) or any(name in keys for name in _SPEAKERS)
    if not weak or not is_sure or (weak == "name" and _person(columns)):
        return columns if not links and _are_ids(columns, below) else []
    return ["title" if field_names.key(column) == weak else column for column in columns]


_PROOF: Final = ("authors", "doi", "arxiv", "venue", "anthology", "abstract")


def _are_ids(columns: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether most rows have an id of a paper, and none of the other columns may have titles."""
    kinds = list(map(field_names.field_of, columns))
    named = {place for place, kind in enumerate(kinds) if kind in (*_IDS, "link")}
    told = sum(any(_has_id(row[place]) for place in named if place < len(row)) for row in below)
    return 2 * told > len(below) and not any(
        2 * len({row[place] for row in below if place < len(row) and " " in row[place].strip()})
        > len(below)
        for place, (column, kind) in enumerate(zip(columns, kinds, strict=True))
        if not kind and field_names.key(column) not in _NOTES
    )


_IDS: Final = ("arxiv", "doi", "anthology")
_NOTES: Final = frozenset(
    ("note", "notes", "comment", "remark", "remarks", "status", "reason", "added", "addedby")
)


def _has_id(cell: str) -> bool:
    readers = (identifiers.arxiv, identifiers.doi, identifiers.anthology)
    return any(read(cell) for read in readers)


def _is_address(cell: str) -> bool:
    return re.match(
        r"\s*(?:https?://|doi:|arxiv:|10\.\d{4,9}/)", cell, re.IGNORECASE
    ) is not None and (
        holds_paper(cell.strip()) or bool(identifiers.doi(cell) or identifiers.arxiv(cell))
    )


def _is_words(cell: str) -> bool:
    return bool(cell.strip()) and not re.match(r"\s*https?://", cell)


def known(columns: Sequence[str]) -> int:
    """How many of the columns have a name that papers have."""
    return sum(bool(field_names.field_of(column)) for column in columns)


def add(records: Records, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Make a paper, or a problem, of every row.

    Rows of one paper and a person each, as HotCRP has them, are one paper.

    Args:
        records: takes them.
        columns: what `header` gave.
        rows: below it; one that repeats the header, as in files put together, does not count.
    """
    kinds = list(map(field_names.field_of, columns))
    place = next(place for kind in ("title", *_IDS, "link") for place in _places(kinds, kind))
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
    person = _person(columns)
    papers: dict[object, tuple[Row, dict[str, str], list[str]]] = {}
    for number, row in enumerate(kept):
        with records.record(row.position):
            record = _record(records, columns, kinds, row, day_first)
            name = ", ".join(filter(None, (record.pop(column, "") for column in person)))
            paper = tuple(record.get(column, "") for column in columns if _tells(column))
            _, _, people = papers.setdefault(paper if person else number, (row, record, []))
            people.append(name)
    for row, record, people in papers.values():
        with records.record(row.position):
            signed = people if len(people) > 1 else people[0]
            links = [
                (kind_of(text) or kind_of(columns[place]) or "url", url)
                for place, text, url in row.links
                if place < len(columns)
            ]
            fields.add(
                records, row.position, record | {"authors": signed} if person else record, links
            )


def _places(kinds: Sequence[str], kind: str) -> list[int]:
    return [place for place, each in enumerate(kinds) if each == kind]


def _person(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns with the one person of a row: family and given name, or both in one."""
    names = {field_names.key(column): column for column in reversed(columns)}
    family = next((names[name] for name in _FAMILY if name in names), "")
    given = next((names[name] for name in _GIVEN if name in names), "")
    if family and given:
        return family, given
    whole = next((names[name] for name in _PERSON if name in names), "")
    return (whole,) if whole and any(name in names for name in _OF_PERSON) else ()


def _tells(column: str) -> bool:
    """Whether it says which paper a row is of."""
    return field_names.field_of(column) in ("title", "doi") or field_names.key(column) in _NUMBERS


_SPEAKERS: Final = frozenset(map(field_names.key, field_names.SPEAKERS))
_NUMBERS: Final = ("id", "paper", "paperid", "number", "submission", "submissionid")


def kind_of(name: str) -> str:
    """The kind of a link whose text or column is called so; empty where it says none.

    `[PDF]` → `pdf`; a column of papers has links of any kind.
    """
    key = field_names.key(name)
    kind = next((kind for kind, keys in field_names.LINK_KEYS.items() if key in keys), "url")
    return "" if kind == "url" else kind


def _record(
    records: Records,
    columns: Sequence[str],
    kinds: Sequence[str],
    row: Row,
    day_first: bool | None,
) -> dict[str, str]:
    """The cells by the names of their columns; of several of one name the first that is filled."""
    record: dict[str, str] = {}
    linked = {place for place, _, _ in row.links}
    is_pubmed = set(columns) >= _PUBMED
    for place, (column, field, raw) in enumerate(zip(columns, kinds, row.cells, strict=False)):
        cell = raw.strip()
        if formula := _AS_TEXT.fullmatch(cell):
            cell = formula[1]
        if _ERROR.fullmatch(cell):
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


_PUBMED: Final = frozenset({"PMID", "Title", "Journal/Book"})
"""Columns of what PubMed exports, whose titles and lists of authors end in a full stop."""

_AS_TEXT: Final = re.compile(r'="([^"]*)"')
_ERROR: Final = re.compile(r"#(?:NAME\?|REF!|VALUE!|NULL!|NUM!|DIV/0!|SPILL!|CALC!)|#{3,}")
_NOTHING: Final = re.compile(r"[-–—]+|#?n/?a|nan|none|null|nil|<na>|\?", re.IGNORECASE)
