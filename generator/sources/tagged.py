"""Parser of tagged lines (`TI  - On Ants`); shared by the readers of RIS, MEDLINE and Refer.

Each format says by a pattern what a line with a tag is, and by a function where a record begins.
A line without a tag goes on with the field above it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from generator.sources.content import Content


@dataclass(slots=True)
class Tagged:
    """One record: its fields in their order."""

    line: int
    """Where it begins, from 1."""

    fields: list[tuple[str, str]] = field(default_factory=list)

    @property
    def position(self) -> str:
        """Where a person looks for it."""
        return f"line {self.line}"

    def first(self, *tags: str) -> str:
        """The first value that says anything, of the first of these tags that has one."""
        return next(iter([value for tag in tags for value in self.every(tag)]), "")

    def every(self, *tags: str) -> list[str]:
        """All values of these tags that say anything, in the order of the record."""
        values = (value.strip() for tag, value in self.fields if tag in tags)
        return [value for value in values if value]


Begins = Callable[[Tagged, str, bool], bool]
"""Whether a tag begins the next record, by the record so far, the tag, an empty line before."""


def parse(
    text: str, line: re.Pattern[str], begins: Begins, continues: re.Pattern[str], end: str = ""
) -> tuple[list[Tagged], list[tuple[int, str]]]:
    """The records of a text; and the lines, with their numbers, that belong to none.

    Args:
        text: the whole file.
        line: a line with a tag; its groups are the tag and the value.
        begins: see `Begins`.
        continues: a line that may go on with the field above.
        end: the tag that ends a record.
    """
    records: list[Tagged] = []
    stray: list[tuple[int, str]] = []
    current: Tagged | None = None
    empty = False
    values: list[str] = []
    for number, row in enumerate(text.split("\n"), 1):
        match = line.match(row)
        if match:
            tag, value = match[1], match[2] or ""
            _close(current, values)
            if end and tag == end:
                current = None
            else:
                if current is None or begins(current, tag, empty):
                    current = Tagged(number)
                    records.append(current)
                current.fields.append((tag, ""))
                values = [value]
        elif current is not None and (not row.strip() or continues.match(row)):
            values.append(row.strip())
        elif row.strip():
            stray.append((number, row.strip()))
        empty = not row.strip()
    _close(current, values)
    return records, stray


def _close(record: Tagged | None, values: list[str]) -> None:
    """Give the last field the lines that were collected for it."""
    if record is not None and record.fields:
        record.fields[-1] = (record.fields[-1][0], "\n".join(values).strip())


def begins_near_top(content: Content, start: re.Pattern[str], signs: tuple[str, ...]) -> bool:
    """Whether a file is text in which a record begins within ten lines, and says what it must.

    Args:
        content: the file.
        start: the line that a record begins with.
        signs: patterns of lines, all of which have to stand behind it.
    """
    if content.kind != "text":
        return False
    match = start.search(content.head)
    return bool(
        match
        and content.head.count("\n", 0, match.start()) < 10
        and all(re.search(sign, content.head[match.end() :], re.MULTILINE) for sign in signs)
    )
