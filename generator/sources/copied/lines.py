"""The lines of a plain text, unfolded, and the fields at its top; shared by readers of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from generator.model.errors import ContentError
from generator.sources.content import HEAD, Content

MOST_LINES: Final = 500_000
"""Lines of a page that are read. What people copy has thousands."""

NARROWEST_FOLD: Final = 50
WIDEST_FOLD: Final = 120
"""Characters of a line. An editor or a mailer that folds paragraphs does so between these."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that says something, or the lines that a folded paragraph was cut into."""

    number: int
    """Where it stands in the file, from 1."""

    text: str
    """The line without white space around it."""

    is_first: bool
    """Whether an empty line, or nothing, stands above it."""


def head(content: Content) -> str:
    r"""The beginning of a text for telling what it is: whole lines, any line end as `\n`."""
    text = content.head.replace("\r\n", "\n").replace("\r", "\n")
    is_whole = len(content.data) <= HEAD
    return text if is_whole else text.rpartition("\n")[0] or text


def lines(text: str, start: int = 0) -> list[Line]:
    """The lines of a text that say something, each as it stands, from the line `start` on.

    Raises:
        ContentError: there are too many.
    """
    if text.count("\n") > MOST_LINES:
        raise ContentError(f"expected at most {MOST_LINES:,} lines, found more. Split the file.")
    rows = []
    is_first = True
    for number, row in enumerate(text.split("\n")[start:], start + 1):
        stripped = row.strip()
        if stripped:
            rows.append(Line(number, stripped, is_first))
        is_first = not stripped
    return rows


_ADDRESS: Final = re.compile(r"<?https?://")


def unfolded(rows: Sequence[Line]) -> list[Line]:
    """Lines of a text; where its paragraphs were folded, each paragraph as one line.

    That a text was folded shows in all of it: the first word of a line would not have fitted into
    the line above. So a title above its abstract stays a line of its own.
    """
    blocks = [block for block in _blocks(rows) if len(block) > 1 and _is_narrow(block)]
    width = max((len(row.text) for block in blocks for row in block), default=0)
    pairs = [pair for block in blocks for pair in pairwise(block)]
    full = [below for above, below in pairs if not _fits(above, below, width)]
    inside = sum(below.text[0].islower() for below in full)  # a sentence, which goes on
    if width < NARROWEST_FOLD or 5 * len(full) < 3 * len(pairs) or 3 * inside < len(full):
        return list(rows)
    return [line for block in _blocks(rows) for line in _joined(block, width)]


def _blocks(rows: Iterable[Line]) -> Iterator[list[Line]]:
    """Runs of lines without an empty line between them."""
    block: list[Line] = []
    for row in rows:
        if row.is_first and block:
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def _is_narrow(block: Sequence[Line]) -> bool:
    return all(len(row.text) <= WIDEST_FOLD for row in block)


def _fits(above: Line, below: Line, width: int) -> bool:
    """Whether the first word of a line would have fitted above it; addresses begin their own."""
    return (
        _ADDRESS.match(below.text) is not None
        or len(above.text) + 1 + len(below.text.split(None, 1)[0]) <= width
    )


def _joined(block: Sequence[Line], width: int) -> Iterator[Line]:
    if not _is_narrow(block):
        yield from block
        return
    run = [block[0]]
    for row in block[1:]:
        if _fits(run[-1], row, width) and _ends(run, row):
            yield _as_one(run)
            run = []
        run.append(row)
    yield _as_one(run)


def _ends(run: Sequence[Line], below: Line) -> bool:
    """Whether a paragraph may end here: behind a title, or where a sentence does."""
    if _ADDRESS.match(below.text):
        return True
    if below.text[0].islower():
        return False
    return run[-1].text.endswith((".", "?", "!", "。", ":", ")")) or len(run) < 3


def _as_one(run: Sequence[Line]) -> Line:
    return Line(run[0].number, " ".join(row.text for row in run), run[0].is_first)


_FRONT: Final = re.compile(r"([A-Za-z_]+):\s*(.*)")


def front_matter(text: str) -> tuple[list[tuple[int, str, str]], int]:
    """The fields at the top of a text with their lines, and the number of lines above the rest.

    They stand between lines of `---`; without these, only `date:` is one, since a title may begin
    `Liquid: …`.
    """
    rows = text.split("\n", 200)[:200]
    start = next((index for index, row in enumerate(rows) if row.strip()), 0)
    fenced = rows[start].strip() == "---"
    fields: list[tuple[int, str, str]] = []
    index = start + fenced
    while index < len(rows) and (match := _FRONT.fullmatch(rows[index].strip())):
        name, value = match[1].lower(), match[2]
        if not fenced and name != "date":
            break
        fields.append((index + 1, name, value))
        index += 1
    if fenced:
        if index == len(rows) or rows[index].strip() != "---":
            return [], start  # a rule across the page, not a fence
        index += 1
    return fields, index
