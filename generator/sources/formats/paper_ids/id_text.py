"""A text, cut into its papers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from generator.sources import identifiers
from generator.sources.copied import bylines, drafts, furniture, labels, page_pieces
from generator.sources.copied.drafts import Draft
from generator.sources.copied.inline import read_inline
from generator.sources.copied.lines import Line
from generator.sources.copied.naming import id_in
from generator.sources.days import DAY
from generator.sources.formats.paper_ids.parts import PaperLines, Where, blocks_of, parts_of, where
from generator.sources.formats.paper_ids.rows import (
    HEADING,
    SUBMITTED,
    TITLE_LABEL,
    is_of_papers,
    without_buttons,
)


class IdText:
    """A text, cut into its papers."""

    def __init__(self, rows: Sequence[Line]) -> None:
        self.headings = [
            (row.number, match[1])
            for row in rows
            if len(row.text) < 120 and (match := HEADING.fullmatch(row.text))
        ]
        days = {number for number, _ in self.headings}
        told = [(row, id_in(row)) for row in rows if is_of_papers(row, days)]
        self.is_labelled = sum(
            TITLE_LABEL.search(row.text[:100]) is not None for row in rows
        ) * 5 >= 4 * max(len({named.id for _, named in told if named}), 1)
        bare = [named for _, named in told if named and not named.rest]
        said = [row for row, named in told if named or row.text[0] not in "#%/"]  # no notes
        self.is_bare = 5 * len(bare) >= 4 * len(said) > 0
        self.columns = _columns(named.row for _, named in told if named)
        self.stray = [row for row, named in told if self.is_bare and not named]
        told = without_buttons(told)
        self.place = Where.ABOVE if self.is_labelled else where(told)
        parts: Iterable[PaperLines]
        blocks = None if self.is_bare or self.is_labelled else blocks_of(rows, days)
        self.is_in_blocks = blocks is not None
        if blocks:
            self.place = Where.INLINE
            parts, self.stray = blocks
        else:
            parts = parts_of(told, self.place)
        self.drafts = [self._draft(part) for part in parts]
        drafts.uncounted(self.drafts)

    def _draft(self, part: PaperLines) -> Draft:
        named = part.named
        draft = Draft(line=named.row.number, arxiv=named.arxiv, doi=named.doi)
        if named.anthology:
            draft.links.append(("url", f"https://aclanthology.org/{named.anthology}/"))
        draft.links += [("url", url) for url in named.links]
        if "(replaced)" in named.row.text.lower():
            draft.is_replaced = True
        texts: list[str] = []
        if self.is_bare:
            return draft
        for row in part.rows:
            _read_row(draft, texts, row)
        words = named.rest.split()
        if "\t" in named.row.text and self.columns[0] >= 0:
            words = []
            _read_cells(draft, named.row.text, self.columns)
        if title := TITLE_LABEL.search(named.rest):
            words, draft.title = [], named.rest[title.end() :]
        if words and all(map(identifiers.is_category, words)):
            draft.categories += words
        elif words and (self.place is Where.INLINE or not (texts or draft.title)):
            read_inline(draft, " ".join(words))
        if texts and not draft.title:
            draft.title = texts.pop(0)
        draft.title = _FLAIR.sub("", draft.title, count=1)
        texts = [text for text in texts if text != draft.title]  # a preview repeats it
        if (
            texts
            and not draft.authors
            and bylines.likeness(texts[0]) > (0 if self.is_labelled or self.is_in_blocks else 1)
        ):
            draft.authors = list(bylines.names(texts.pop(0)))
        draft.paragraphs += texts
        return draft


def _columns(rows: Iterable[Line]) -> tuple[int, int]:
    """Which cells of rows that name no columns have the title and the authors; -1 for none."""
    cells = [row.text.split("\t") for row in rows if "\t" in row.text][:100]
    people: dict[int, float] = {}
    lengths: dict[int, float] = {}
    for place in range(max(map(len, cells), default=0)):
        column = [row[place].strip() for row in cells if place < len(row)]
        told = [cell for cell in column if _says(cell)]
        if 2 * len(told) > len(column):
            people[place] = sum(map(bylines.likeness, told)) / len(told)
            lengths[place] = sum(map(len, told)) / len(told)
    titles = [place for place in people if people[place] <= 1] or list(people)
    title = max(titles, key=lambda place: lengths[place], default=-1)
    others = [place for place in people if place != title and people[place] > 0]
    return title, max(others, key=lambda place: people[place], default=-1)


def _says(cell: str) -> bool:
    """Whether a cell is a title or names, and no number, date, id or address."""
    is_word = sum(map(str.isalpha, cell)) > 1 and not labels.ADDRESS.fullmatch(cell)
    return is_word and not (id_in(Line(0, cell, is_first=True)) or DAY.fullmatch(cell))


def _read_cells(draft: Draft, text: str, columns: tuple[int, int]) -> None:
    """Give a paper the cells of a row that names no columns."""
    for place, cell in enumerate(map(str.strip, text.split("\t"))):
        if place == columns[0]:
            draft.title = cell
        elif place == columns[1]:
            draft.authors = labels.authors(cell)
        elif re.fullmatch(r"(?:19|20)\d\d(?:-\d\d){0,2}", cell):
            draft.published = cell
        elif _says(cell):
            draft.unused.append("cell without a name")


_FLAIR: Final = re.compile(r"\A\[(?:[RDPN]|Research|Discussion|Project|News)\]\s+")
"""What Reddit puts before a title."""


def _read_row(draft: Draft, texts: list[str], row: Line) -> None:
    """Give a paper what one of its lines says."""
    text = row.text
    match = labels.FIELD.match(text)
    words = text.split(None, 12)
    if submitted := SUBMITTED.fullmatch(text):
        draft.published = submitted[2] or submitted[1]
    elif match and (match[2] or len(text) < 30):
        labels.fill(draft, labels.LABELS[match[1].lower()], match[2])
    elif labels.ADDRESS.fullmatch(text):
        labels.fill(draft, "url", text)
    elif len(words) < 12 and all(map(identifiers.is_category, words)) and "." in text:
        draft.categories += words
    elif identifiers.doi(text) and len(words) < 3:
        draft.doi = draft.doi or identifiers.doi(text)
    elif not (
        furniture.is_count(text)
        or all(piece.role is not furniture.Role.TEXT for piece in page_pieces.pieces([row]))
    ):
        texts.append(text)
