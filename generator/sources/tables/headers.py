"""Headers of tables of papers, whatever draws the lines between their cells, and rows without one.

A table of papers is one whose header has a title under any of the names in `field_names.FIELDS`, or
whose rows have ids of papers.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from typing import Final

from generator.sources import identifiers
from generator.sources.fields import names as field_names
from generator.sources.fields import vocabulary
from generator.sources.links import holds_paper

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
ERROR: Final = re.compile(r"#(?:NAME\?|REF!|VALUE!|NULL!|NUM!|DIV/0!|SPILL!|CALC!)|#{3,}")
"""What a spreadsheet puts where it cannot tell a value."""

_SPEAKERS: Final = frozenset(map(field_names.key, vocabulary.SPEAKERS))
_GIVEN: Final = ("first", "firstname", "givenname", "given", "authorfirstname")
_FAMILY: Final = ("last", "lastname", "familyname", "surname", "family", "authorlastname")
_PERSON: Final = ("name", "author", "authorname", "fullname")
_OF_PERSON: Final = ("email", "affiliation", "authoremail", "emailaddress", "institution")


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
    if max(map(len, cells), default=0) > LONGEST_NAME or any(map(ERROR.fullmatch, cells)):
        return []
    columns = [field_names.canonical(cell.strip()) for cell in cells]
    fields = [field for field in map(field_names.field_of, columns) if field]
    if len(fields) > 1 and set(fields) == {"title"}:
        return []  # `--title`, “Title of the paper”: of a manual
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
    if not weak or not is_sure or (weak == "name" and person(columns)):
        return columns if not links and _are_ids(columns, below) else []
    return ["title" if field_names.key(column) == weak else column for column in columns]


_PROOF: Final = ("authors", "doi", "arxiv", "venue", "anthology", "abstract")


def another(cells: Sequence[str]) -> list[str]:
    """The columns that a row in the middle of a table begins; empty for the row of a paper.

    All of its cells, two at least, are names of columns, and one of them is the title.
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    fields = [field_names.field_of(cell) for cell in filled if len(cell) <= LONGEST_NAME]
    if len(filled) < 2 or "title" not in fields or len(fields) < len(filled):
        return []
    is_header = all(fields) or 2 * sum(map(bool, fields)) > len(filled) > 2
    return header(cells) if is_header and len(set(filled)) == len(filled) else []


def _are_ids(columns: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether most rows have an id of a paper, and none of the other columns may have titles."""
    kinds = list(map(field_names.field_of, columns))
    named = {place for place, kind in enumerate(kinds) if kind in (*IDS, "link")}
    told = sum(any(_has_id(row[place]) for place in named if place < len(row)) for row in below)
    return 2 * told > len(below) and not any(
        2 * len({row[place] for row in below if place < len(row) and " " in row[place].strip()})
        > len(below)
        for place, (column, kind) in enumerate(zip(columns, kinds, strict=True))
        if not kind and field_names.key(column) not in _NOTES
    )


IDS: Final = ("arxiv", "doi", "anthology")
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


def is_proof(column: str) -> bool:
    """Whether what is in a column of this name is of a paper: authors, speakers, an id, a venue."""
    return field_names.field_of(column) in _PROOF or field_names.key(column) in _SPEAKERS


def known(columns: Sequence[str]) -> int:
    """How many of the columns have a name that papers have."""
    return sum(
        bool(field_names.field_of(column)) or field_names.key(column) in _SPEAKERS
        for column in columns
    )


def person(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns with the one person of a row: family and given name, or both in one."""
    names = {field_names.key(column): column for column in reversed(columns)}
    family = next((names[name] for name in _FAMILY if name in names), "")
    given = next((names[name] for name in _GIVEN if name in names), "")
    if family and given:
        return family, given
    whole = next((names[name] for name in _PERSON if name in names), "")
    return (whole,) if whole and any(name in names for name in _OF_PERSON) else ()


def is_table(head: str) -> bool:
    """Whether lines are rows of as many cells each, with more in them than a title and an address.

    A text where an id or an address stands beside each title is none, nor a sentence with commas.
    """
    rows = [row for row in head.split("\n")[:40] if row.strip()]
    for mark in "\t;,":
        cells = cells_of(rows, mark)
        width = len(cells[0]) if cells else 0
        if (
            width < 3
            or len(cells) < 2
            or 10 * sum(len(row) == width for row in cells) < 9 * len(cells)
        ):
            continue
        spaced = sum(any(cell[:1] == " " for cell in row) for row in cells)
        said = sum(len([cell for cell in row if _says(cell)]) > 1 for row in cells)
        if 2 * spaced < len(cells) < 2 * said:
            return True
    return False


_SAYS_NOTHING: Final = re.compile(
    r"\W*|[#(\[]?\d{1,4}[)\].]?|\S+://\S*|\[?(?:arxiv|doi):\S+|10\.\d{4,9}/\S+"
    r"|\d{4}\.\d{4,5}(?:v\d+)?|\[?(?:pdf|link|html|abs|code|paper)\]?", re.IGNORECASE
)  # fmt: skip


def _says(cell: str) -> bool:
    """Whether it has more than a number, an address, an id or a label."""
    return not _SAYS_NOTHING.fullmatch(cell.strip())


def cells_of(rows: list[str], mark: str) -> list[list[str]]:
    """The cells of rows with this mark between them; none where quotes are broken."""
    try:
        return list(csv.reader(rows, delimiter=mark))
    except csv.Error:
        return []
