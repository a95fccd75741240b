"""What workbooks of any program consist of: archives of XML, and sheets with rows of text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from zipfile import ZipFile

from lxml import etree

from generator.model.errors import ContentError
from generator.sources.content import LARGEST_DOCUMENT, Content
from generator.sources.tables import Row

MOST_COLUMNS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet."""

    name: str
    rows: list[Row]
    """The rows that are not empty."""

    doubt: str = ""
    """Where the sheet is broken, and perhaps incomplete, or hidden, and perhaps not meant."""


class Archive:
    """The members of a workbook; no more of them is unpacked than a document may have."""

    def __init__(self, data: bytes) -> None:
        self._zip = ZipFile(BytesIO(data))
        self.names = frozenset(self._zip.namelist())
        self._room = LARGEST_DOCUMENT

    def document(self, name: str) -> Content:
        """A member that has to be there.

        Raises:
            ContentError: the members read so far are too large.
        """
        with self._zip.open(name) as member:
            data = member.read(self._room + 1)
        self._room -= len(data)
        if self._room < 0:
            raise ContentError(
                f"expected at most {LARGEST_DOCUMENT // 2**20} MB in a spreadsheet, found more. "
                "Split it, or save it as CSV."
            )
        return Content(data, name)

    def xml(self, name: str) -> etree._Element | None:
        """The root of a member; `None` where it is absent."""
        return self.document(name).xml if name in self.names else None


def row_of(position: str, cells: dict[int, tuple[str, str]]) -> Row:
    """A row of cells by their columns, each a text and an address."""
    if max(cells, default=0) >= MOST_COLUMNS:
        raise ContentError(f"expected at most {MOST_COLUMNS:,} columns, found more. Remove some.")
    texts = [cells.get(place, ("", ""))[0] for place in range(max(cells, default=-1) + 1)]
    return Row(
        position,
        texts,
        tuple((place, text, url) for place, (text, url) in sorted(cells.items()) if url),
    )


def whole(text: str) -> int:
    """The number that digits are; -1 for other text."""
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else -1
