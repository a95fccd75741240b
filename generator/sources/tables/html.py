"""Tables of web pages → rows, each cell in every column and row that it spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from generator.sources import tables
from generator.sources.fields import names as field_names
from generator.sources.links import is_generic
from generator.sources.tables import headers

ELSE: Final = re.compile(r"\Z|#|(?!https?:|doi:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
"""No address of a page: `mailto:`, a place in this one."""


def paper_tables(root: etree._Element) -> Iterator[tuple[list[str], list[tables.Row]]]:
    """Each table that has a header with a title: its columns, and the rows below the header."""
    for table in root.iter("table"):
        made = [(row, above) for row, above in _rows(table) if row.cells]
        rows = [row for row, _ in made]
        for place, row in enumerate(rows[:5]):
            below = rows[place + 1 :]
            texts, links = [each.cells for each in below], [each.links for each in below]
            if below and (columns := headers.header(row.cells, texts, links)):
                kinds = list(map(field_names.field_of, columns))
                title = kinds.index("title") if "title" in kinds else -1
                yield columns, _joined(made[place + 1 :], title)
                break


def _joined(made: list[tuple[tables.Row, frozenset[int]]], title: int) -> list[tables.Row]:
    """The rows; those beside which one title stands are one, as with a row for each author."""
    rows: list[tables.Row] = []
    for row, above in made:
        if title not in above or not rows:
            rows.append(row)
            continue
        cells = list(rows[-1].cells)
        for place, text in enumerate(row.cells):
            if place < len(cells) and place not in above and text:
                cells[place] = f"{cells[place]}; {text}".removeprefix("; ")
        links = [link for link in row.links if link[0] not in above]
        rows[-1] = tables.Row(rows[-1].position, cells, (*rows[-1].links, *links))
    return rows


MOST_COLUMNS: Final = 100
HIGHEST: Final = 200
"""Rows that one cell may be as high as."""


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    links: tuple[tuple[str, str], ...]
    """The text of each, and its address."""


def _rows(table: etree._Element) -> Iterator[tuple[tables.Row, frozenset[int]]]:
    """The rows, and which of their columns a cell of the row above fills: one may be as high as
    several, and stands in each.
    """
    above: dict[int, tuple[int, _Cell]] = {}  # how many rows further down, by column
    for row in children(table, "./tr|./*/tr"):
        cells = {place: cell for place, (_, cell) in above.items()}
        high = {place: (more - 1, cell) for place, (more, cell) in above.items() if more > 1}
        place = 0
        for element in children(row, "./td|./th"):
            while place in above:
                place += 1
            if place >= MOST_COLUMNS:
                break
            cells[place] = _cell(element)
            if (more := min(_span(element, "rowspan"), HIGHEST) - 1) > 0:
                high[place] = more, cells[place]
            place += _span(element, "colspan")
        if place:
            yield _row(f"line {row.sourceline}", cells), frozenset(above)
        above = high


def _span(cell: etree._Element, name: str) -> int:
    said = cell.get(name, "").strip()
    return int(said) if re.fullmatch("[1-9][0-9]{0,3}", said) else 1


def _row(position: str, cells: dict[int, _Cell]) -> tables.Row:
    texts = [""] * (max(cells) + 1)
    for place, cell in cells.items():
        if not (cell.links and is_generic(cell.text)):
            texts[place] = cell.text
    return tables.Row(
        position,
        texts,
        tuple((place, *link) for place, cell in sorted(cells.items()) for link in cell.links),
    )


def _cell(element: etree._Element) -> _Cell:
    for ending in element.iter("br", "li", "p", "div"):
        ending.tail = f"\u2028{ending.tail or ''}"
    lines = (" ".join(line.split()) for line in "".join(element.itertext()).split("\u2028"))
    links = (
        (" ".join("".join(link.itertext()).split()), link.get("href", "").strip())
        for link in element.iter("a")
    )
    return _Cell(
        "\n".join(filter(None, lines)), tuple(one for one in links if not ELSE.match(one[1]))
    )


def children(element: etree._Element, path: str) -> list[etree._Element]:
    """The elements at an XPath."""
    elements = element.xpath(path)
    return (
        [each for each in elements if isinstance(each, etree._Element)]
        if isinstance(elements, list)
        else []
    )
