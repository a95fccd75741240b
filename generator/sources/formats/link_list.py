"""Reader for lists and tables in Markdown and Org whose links lead to papers.

An “awesome” list has items such as `- [Title](https://arxiv.org/abs/…), Authors, Venue` or
`- **Title.** *Authors.* Venue. [[paper](…)] [[code](…)]`; a table has a header with a title. What
is no paper in such a file, a link to a tool or a video, is left out and said. A text that mentions
papers here and there is no list of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from generator.sources import identifiers, tables
from generator.sources.content import Content
from generator.sources.fields import links as field_links
from generator.sources.fields import names as field_names
from generator.sources.formats import reference_list
from generator.sources.links import holds_paper
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.tables import headers, marked, marked_items
from generator.sources.tables.marked import Block, Link

NAME = "markdown"
LABEL = "a Markdown or Org list, or a table, whose links lead to papers"

_HINT: Final = re.compile(r"[|│┃║]|https?://|arxiv|doi|\*\*", re.IGNORECASE)
_FRONT: Final = re.compile(r"---[^\S\n]*\n.*?\n---[^\S\n]*\n", re.DOTALL)
_YAML: Final = re.compile(
    r"(?:#.*\n|---[^\S\n]*\n|\s)*+(?:-\s+)?[A-Za-z_][\w-]*:(?=\s|\Z)(?![^\n]*\]\()"
)


def detect(content: Content) -> bool:
    """Whether papers are most of what the file has, in rows of a table or at least two items.

    Items of plain text, with an id or an address and no mark of Markdown or Org, are of
    `formats.paper_ids`; references without links of Markdown are of `formats.reference_list`.
    """
    if content.kind != "text" or not _HINT.search(content.head):
        return False
    if _YAML.match(content.head) and not _FRONT.match(content.head):
        return False
    papers = others = tabled = marks = 0
    for part in _parts(marked.blocks(content.head)):
        if isinstance(part, _Table):
            tabled += len(part.rows)
        elif part.is_paper:
            papers += 1
            marks += part.is_marked
        elif part.kind != "contents":
            others += 1
    if not ((papers > 1 or tabled > 0) and papers + tabled > others and (tabled or marks) > 0):
        return False
    return "](" in content.head or tabled > 0 or not reference_list.detect(content)


def read(content: Content) -> Reading:
    """Every item and row that leads to a paper."""
    records = Records(content, NAME)
    unused_lines: list[str] = []
    for part in _parts(marked.blocks(content.text)):
        if isinstance(part, _Table):
            tables.add(records, part.columns, part.rows)
            for links in part.unused:
                marked_items.leave(records, "", "", links)
        elif part.is_paper:
            with records.record(f"line {part.line}"):
                marked_items.add(records, part.line, part.text, part.properties)
        elif part.kind == "item":
            unused_lines.append(str(part.line))
    if unused_lines:
        lines = ", ".join(unused_lines[:10]) + (", …" if len(unused_lines) > 10 else "")
        records.remark(
            "",
            f"expected links to papers, found none in {len(unused_lines)} items (line {lines}), "
            "which were left out. Give those that are papers an address of arXiv or a DOI.",
        )
    return records.reading()


@dataclass(frozen=True, slots=True)
class _Table:
    columns: list[str]
    rows: list[tables.Row]
    unused: list[list[Link]]
    """Links of each row that lead neither to a paper nor to what belongs to it."""


@dataclass(frozen=True, slots=True)
class _Part:
    """An item with all that belongs to it, a heading with its paragraphs, or a paragraph."""

    line: int
    kind: Literal["item", "heading", "contents", "other"]
    text: str
    properties: dict[str, str]
    is_paper: bool

    @property
    def is_marked(self) -> bool:
        """Whether it has more than plain text: a link with a text, emphasis; or is a citation."""
        return bool(self.properties) or marked_items.is_marked(self.text)


def _parts(made: list[Block]) -> Iterator[_Part | _Table]:
    leads = list(map(_leads, made))
    titled = [lead and _has_title(block) for lead, block in zip(leads, made, strict=True)]
    place = 0
    while place < len(made):
        block, start = made[place], place
        place += 1
        if block.kind == "row" and place < len(made) and made[place].kind == "rule":
            while place < len(made) and made[place].kind in ("row", "rule"):
                place += 1
            yield from _table([each for each in made[start:place] if each.kind == "row"])
        elif block.kind == "item":
            while place < len(made) and _is_within(made[place], block) and not titled[place]:
                place += 1
            is_group = not leads[start] and place < len(made) and _is_within(made[place], block)
            if is_group:
                place = start + 1
            else:
                yield _part(made[start:place], any(leads[start:place]))
        elif block.kind == "heading" and (block.properties or leads[start]):
            while place < len(made) and made[place].kind == "text":
                place += 1
            yield _part(made[start:place], leads[start])
        elif block.kind == "text" and titled[start] and re.match(r"\*\*|\[", block.lines[0]):
            yield _part([block], leads[start])
        elif block.kind in ("text", "code", "row"):
            yield _Part(block.line, "other", "", {}, is_paper=False)


def _is_within(block: Block, item: Block) -> bool:
    return block.kind in ("item", "text") and block.indent > item.indent


def _part(group: list[Block], leads: bool) -> _Part:
    text = "\n".join(line for block in group for line in block.lines)
    fields = {field_names.field_of(name) for name in group[0].properties}
    is_contents = re.match(r"\[[^\]]*\]\(#", text) is not None
    return _Part(
        group[0].line,
        "contents" if is_contents else "item" if group[0].kind == "item" else "heading",
        text,
        group[0].properties,
        is_paper=leads
        or bool({"doi", "arxiv", "authors"} & fields)
        or marked_items.is_signed(text),
    )


def _leads(block: Block) -> bool:
    """Whether a link, or an id in the text, leads to a paper."""
    text = "\n".join(block.lines)
    return any(holds_paper(link.url) for link in marked.links(text)) or bool(
        marked_items.ID.search(text) and (identifiers.arxiv(text) or identifiers.doi(text))
    )


def _has_title(block: Block) -> bool:
    """Whether the link to its paper is the title, or that stands in bold type."""
    text = "\n".join(block.lines)
    links = marked.links(text)
    shown = any(holds_paper(link.url) and not marked_items.is_generic(link.text) for link in links)
    bold = marked_items.BOLD.match(text)
    return shown or (bold is not None and " " in bold[1] and not marked_items.is_generic(bold[1]))


def _table(rows: list[Block]) -> Iterator[_Table | _Part]:
    """A table, or as many parts that are none if it is not one of papers."""
    header, *below = (
        [marked.without_images(cell) for cell in marked.cells(row.lines[0])] for row in rows
    )
    both = [field_names.key(cell) in _BOTH for cell in header]
    if True in both:
        place = both.index(True)
        header = ["Title", *header[:place], *header[place + 1 :], "Authors"]
        below = [_parted(row, place) for row in below]
    kinds = [field_links.kind_of(marked.plain(name)) for name in header]
    links = [
        tuple(
            (place, link.text, link.url)
            for place, cell in enumerate(row)
            for link in marked.links(cell)
            if place < len(header)
            if marked_items.counts(link) or kinds[place] != "url"
        )
        for row in below
    ]
    shown = [[_shown(cell) for cell in row] for row in below]
    columns = headers.header([marked.plain(cell) for cell in header], shown, links)
    if not columns:
        yield from (_Part(row.line, "other", "", {}, is_paper=False) for row in rows)
        return
    title = next(
        place for place, name in enumerate(columns) if field_names.field_of(name) == "title"
    )
    made, unused_links = [], []
    is_signed = "authors" in map(field_names.field_of, columns)
    columns = columns if is_signed else [*columns, "Authors"]
    for block, row, texts, row_links in zip(rows[1:], below, shown, links, strict=True):
        if title < len(row):
            texts[title] = _shown(_in_bold(row[title]))
            names, linked = marked_items.signed_link(row[title])
            if names and not is_signed and len(texts) < len(columns):
                texts += [""] * (len(columns) - len(texts))
                texts[title], texts[-1] = linked, names
        made.append(tables.Row(f"line {block.line}", texts, row_links))
        addresses = {url for _, _, url in row_links}
        unused_links.append(
            [link for cell in row for link in marked.links(cell) if link.url not in addresses]
        )
    yield _Table(columns, made, unused_links)


_BOTH: Final = ("titleauthors", "titleandauthors", "paperauthors", "titleauthor")


def _parted(row: list[str], place: int) -> list[str]:
    """A row whose title and authors share a cell, with a cell for each."""
    cell = row[place] if place < len(row) else ""
    bold = marked_items.BOLD.search(cell)
    title, authors = (cell[: bold.end()], cell[bold.end() :]) if bold else (cell, "")
    return [title, *row[:place], *row[place + 1 :], authors]


def _in_bold(cell: str) -> str:
    """What stands in bold at the beginning of a cell, behind a number perhaps; else all of it."""
    bold = marked_items.BOLD.search(cell)
    return bold[1] if bold and len(marked.plain(cell[: bold.start()])) < 5 else cell


def _shown(cell: str) -> str:
    """The text of a cell; links by their text, except links that only say what they are: `PDF`."""
    pieces, end = [], 0
    for link in marked.links(cell):
        pieces += [cell[end : link.start], "" if marked_items.is_generic(link.text) else link.text]
        end = link.end
    text = marked.plain("".join([*pieces, cell[end:]]))
    return re.sub(r"[(\[][\s,|/]*[)\]]", "", text).strip()
