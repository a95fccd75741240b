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

from generator.sources import author_lists, field_names, fields, identifiers, marked, tables
from generator.sources.content import Content
from generator.sources.links import holds_paper, is_generic
from generator.sources.marked import Block, Link
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "markdown"
LABEL = "a Markdown or Org list, or a table, whose links lead to papers"

_CITED: Final = re.compile(
    r"(?=[^\W\d_a-z])(?P<authors>[^()\n]{3,600})\((?:19|20)\d\d[a-z]?(?:, [^()]{1,30})?\)[.,:]?\s+"
    r"(?P<title>[^\n]{3,500}?[.?!])(?=\s|\Z)"
)
"""`Lee, A., & Li, B. (2024). Title. Journal.` of the APA."""

_CITED_ACM: Final = re.compile(
    r"(?=[^\W\d_a-z])(?P<authors>[^()\[\n]{3,600})\. (?:19|20)\d\d\. "
    r"(?P<title>[^\n]{3,500}?[.?!])(?=\s|\Z)"
)
"""`Ada Lee and Bo Li. 2024. Title. In Proceedings.` of the ACM."""

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_VENUE: Final = re.compile(
    r"(?<![\w-])(?![IVX]+\b)((?:[A-Z][\w&+/-]{0,20}[A-Z][\w&+/-]{0,20}|arXiv|Nature|Science|Interspeech|Findings)"
    r"(?: [A-Z][\w&-]{0,20}){0,3})[ ,]{0,2}['’]?((?:20|19)?\d\d)(?!\d)"
)
_BEFORE: Final = re.compile(r"\W{0,9}[(\[]([^()\[\]]{2,60})[)\]][\s:,.-]*|[\s:,.–—-]+")
_BOLD: Final = re.compile(r"(?:\*\*|__)(?=\S)(.{2,600}?)(?:\*\*|__)")
_QUOTED: Final = re.compile(r"[\"“]([^\"“”]{4,600})[\"”]")
_ITALIC: Final = re.compile(r"(?<![*_\w])[*_](?=[^\s*_])([^*_\n]{3,2000})[*_](?![*_\w])")
_NAMES: Final = re.compile(r"(?:(?:[^\W\d_a-z][\w'’.-]*|van|von|de|der|del|la|et|al\.?) )+")
_HEADLINE: Final = re.compile(
    r"\A(?:[A-Z]{4,8}\s+)?(?:\[#[A-Z]\]\s+)?|(?<=[ \t]):[\w@:]{1,200}:\s*$"
)
_DAY: Final = re.compile(r"(?<!\d)\d{4}[-/.]\d\d[-/.]\d\d(?!\d)")
"""On which a group reads a paper, most often."""

_DATED: Final = re.compile(r"(?:19|20)\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?")
_BEHIND: Final = re.compile(r"\bet al\.?,? (?!arXiv)([A-Z][\w&-]+(?: [A-Z][\w&-]+){0,4})\.?[*_]")
_BY: Final = re.compile(r"\A(?:by|authors?:)\s+", re.IGNORECASE)
_UNQUOTED: Final = re.compile(r"^[\"“”'‘’]+|[\"“”]+(?=\W{0,9}$)")
_HINT: Final = re.compile(r"\||https?://|arxiv|doi", re.IGNORECASE)
_FRONT: Final = re.compile(r"---[^\S\n]*\n.*?\n---[^\S\n]*\n", re.DOTALL)
_YAML: Final = re.compile(
    r"(?:#.*\n|---[^\S\n]*\n|\s)*+(?:-\s+)?[A-Za-z_][\w-]*:(?=\s|\Z)(?![^\n]*\]\()"
)
_PLAIN: Final = re.compile(r"\[?(?:link|url|here|paper|pdf|page|website|site|homepage)\]?")
_ADDRESS: Final = re.compile(r"<?https?://\S+>?")
_MARKUP: Final = re.compile(
    r"\]\(|\*\*|__|\[\[|<a\s|^\||^#|^:\w+:|(?<![\w*])[*_](?=[^\s*_])|`", re.MULTILINE
)
"""What plain text has not, which other readers know."""

_LISTING: Final = re.compile(r"arXiv:\S+(?:\s*\[[^\]\n]*\])?\s*(?:\n|\Z|Title:)")
"""How papers begin in a listing of arXiv, which another reader knows."""

_ID: Final = re.compile(r"arxiv\s*:|doi\s*:", re.IGNORECASE)


def detect(content: Content) -> bool:
    """Whether papers are most of what the file has, in rows of a table or at least two items."""
    if content.kind != "text" or not _HINT.search(content.head):
        return False
    if not _MARKUP.search(content.head):
        return False
    if _YAML.match(content.head) and not _FRONT.match(content.head):
        return False
    papers = others = tabled = missed = 0
    for part in _parts(marked.blocks(content.head)):
        if isinstance(part, _Table):
            tabled += len(part.rows)
        elif part.kind == "other" and part.is_paper:
            missed += 1
            others += 1
        elif part.is_paper:
            if _LISTING.match(part.text):
                return False
            papers += 1
        elif part.kind != "contents":
            others += 1
    if 2 * missed >= papers:  # plain text, some of whose titles begin like an item
        return tabled > others
    return (papers > 1 or tabled > 0) and papers + tabled > others


def read(content: Content) -> Reading:
    """Every item and row that leads to a paper."""
    records = Records(content, NAME)
    left: list[str] = []
    for part in _parts(marked.blocks(content.text)):
        if isinstance(part, _Table):
            tables.add(records, part.columns, part.rows)
        elif part.is_paper and part.kind != "other":
            with records.record(f"line {part.line}"):
                _add(records, part)
        elif part.kind == "item":
            left.append(str(part.line))
    if left:
        lines = ", ".join(left[:10]) + (", …" if len(left) > 10 else "")
        records.remark(
            "",
            f"expected links to papers, found none in {len(left)} items (line {lines}), "
            "which were left out. Give those that are papers an address of arXiv or a DOI.",
        )
    return records.reading()


@dataclass(frozen=True, slots=True)
class _Table:
    columns: list[str]
    rows: list[tables.Row]


@dataclass(frozen=True, slots=True)
class _Part:
    """An item with all that belongs to it, a heading with its paragraphs, or a paragraph."""

    line: int
    kind: Literal["item", "heading", "contents", "other"]
    text: str
    properties: dict[str, str]
    is_paper: bool


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
            is_paper = leads[start] and _ADDRESS.fullmatch(block.lines[-1].strip()) is not None
            yield _Part(block.line, "other", "", {}, is_paper=is_paper and len(block.lines) > 1)


def _is_within(block: Block, item: Block) -> bool:
    return block.kind in ("item", "text") and block.indent > item.indent


def _part(group: list[Block], leads: bool) -> _Part:
    text = "\n".join(line for block in group for line in block.lines)
    known = {field_names.field_of(name) for name in group[0].properties}
    is_contents = re.match(r"\[[^\]]*\]\(#", text) is not None
    return _Part(
        group[0].line,
        "contents" if is_contents else "item" if group[0].kind == "item" else "heading",
        text,
        group[0].properties,
        is_paper=leads or bool({"doi", "arxiv", "authors"} & known),
    )


def _leads(block: Block) -> bool:
    """Whether a link, or an id in the text, leads to a paper."""
    text = "\n".join(block.lines)
    return any(holds_paper(link.url) for link in marked.links(text)) or bool(
        _ID.search(text) and (identifiers.arxiv(text) or identifiers.doi(text))
    )


def _has_title(block: Block) -> bool:
    """Whether the link to its paper is the title, or that stands in bold type."""
    text = "\n".join(block.lines)
    links = marked.links(text)
    shown = any(holds_paper(link.url) and not _is_generic(link.text) for link in links)
    bold = _BOLD.match(text)
    return shown or (bold is not None and " " in bold[1] and not _is_generic(bold[1]))


def _is_generic(text: str) -> bool:
    return is_generic(text) or _VENUE.fullmatch(text.strip("[]() ")) is not None


def _table(rows: list[Block]) -> Iterator[_Table | _Part]:
    """A table, or as many parts that are none if it is not one of papers."""
    header, *below = (
        [marked.without_images(cell) for cell in marked.cells(row.lines[0])] for row in rows
    )
    links = [
        tuple(
            (place, link.url)
            for place, cell in enumerate(row)
            for link in marked.links(cell)
            if place < len(header)
            if _counts(link) or _kind_of(marked.plain(header[place])) != "url"
        )
        for row in below
    ]
    shown = [[_shown(cell) for cell in row] for row in below]
    columns = tables.header([marked.plain(cell) for cell in header], shown, links)
    if not columns:
        yield from (_Part(row.line, "other", "", {}, is_paper=False) for row in rows)
        return
    title = next(
        place for place, name in enumerate(columns) if field_names.field_of(name) == "title"
    )
    made = []
    for block, row, texts, found in zip(rows[1:], below, shown, links, strict=True):
        if title < len(row):
            texts[title] = _shown(_in_bold(row[title]))
        made.append(tables.Row(f"line {block.line}", texts, found))
    yield _Table(columns, made)


def _in_bold(cell: str) -> str:
    """What stands in bold at the beginning of a cell, behind a number perhaps; else all of it."""
    bold = _BOLD.search(cell)
    return bold[1] if bold and len(marked.plain(cell[: bold.start()])) < 5 else cell


def _shown(cell: str) -> str:
    """The text of a cell; links by their text, but for those that say what they are: `PDF`."""
    pieces, end = [], 0
    for link in marked.links(cell):
        pieces += [cell[end : link.start], "" if _is_generic(link.text) else link.text]
        end = link.end
    text = marked.plain("".join([*pieces, cell[end:]]))
    return re.sub(r"[(\[][\s,|/]*[)\]]", "", text).strip()


def _add(records: Records, part: _Part) -> None:
    text = marked.without_images(_HEADLINE.sub("", part.text) if part.properties else part.text)
    links = marked.links(text)
    start, end, title, signed = _title(text, links)
    rest = _without(text, links, (start, end))
    before = _BEFORE.match(text[:start])
    dated = _DATED.fullmatch(before[1].strip()) if before and before[1] else None
    venue = _VENUE.search(f"{before[1]}, {rest}" if before and before[1] and not dated else rest)
    year = _YEAR.search(_DAY.sub("", rest))
    authors = author_lists.split(signed) or _authors(
        _YEAR.sub("", rest.replace(venue[0], "") if venue else rest)
    )
    behind = _BEHIND.search(rest)
    paper = {
        "title": title,
        "authors": authors,
        "venue": venue[0] if venue and venue[1] != "arXiv" else behind[1] if behind else "",
        "date": dated[0] if dated else f"20{venue[2]}"[-4:] if venue else year[0] if year else "",
        "arxiv": identifiers.arxiv(text) if _ID.search(text) else "",
    }
    fields.add(
        records,
        f"line {part.line}",
        {name: value for name, value in paper.items() if value} | part.properties,
        [(_kind(link), link.url) for link in links if _counts(link)],
    )


def _title(text: str, links: list[Link]) -> tuple[int, int, str, str]:
    """Where the title begins and ends, what it is, and the authors where a citation names them.

    It is bold at the beginning, the text of the first link to a paper, in quotes, or what stands
    before the first link or the first full stop.
    """
    begin = (_BEFORE.match(text) or re.match("", text)).end()  # type: ignore[union-attr]
    bold = next((match for match in _BOLD.finditer(text) if _is_title(match, text)), None)
    linked = next(
        (link for link in links if holds_paper(link.url) and not _is_generic(link.text)), None
    )
    authors = ""
    if cited := _CITED.match(text, begin) or _CITED_ACM.match(text, begin):
        start, end, title = *cited.span("title"), cited["title"]
        authors = marked.plain(cited["authors"]).strip(" ,")
    elif bold and not any(bold.start() <= link.start < bold.end() for link in links):
        start, end, title = *bold.span(), bold[1]
    elif linked:
        start, end, title = linked.start, linked.end, linked.text
    elif quoted := _QUOTED.search(text):
        start, end, title = *quoted.span(), quoted[1]
    else:
        start, end = begin, min([link.start for link in links] + [len(text)])
        italic = _ITALIC.search(text, start, end)
        end = italic.start() if italic and italic.start() > start else end
        title = text[start:end].partition("\n")[0]
        parts = re.split(r"(?<=[^\W\d_]{3})\. (?![a-z])", title)
        if len(parts) > 1 and _are_names(parts[0]):
            start, parts = start + len(parts[0]) + 2, parts[1:]
        title = parts[0]
        end = start + len(title)
    title = re.sub(r"\s[(\[]\s*$", "", marked.plain(title).rstrip(" [("))
    return start, end, _UNQUOTED.sub("", title).rstrip(" .,;:|–—-"), authors


def _is_title(bold: re.Match[str], text: str) -> bool:
    """Whether what is bold is a title, and no venue, nor the short name that begins one."""
    is_short = len(bold[1].split()) < 3 and (bold[1].endswith(":") or text[bold.end() :][:1] == ":")
    return not _is_generic(bold[1]) and not is_short


def _without(text: str, links: list[Link], title: tuple[int, int]) -> str:
    """The text without its title and links."""
    pieces, end = [], 0
    for start, stop in sorted([title, *((link.start, link.end) for link in links)]):
        if start >= end:
            pieces.append(text[end:start])
            end = stop
    rest = "".join([*pieces, text[end:]])
    return re.sub(r"[(\[][\s,|/]*[)\]]", "", rest)


def _authors(rest: str) -> list[str]:
    """The names in what is beside the title: in italics, else the first piece that is of names."""
    pieces = [
        *(match[1] for match in _ITALIC.finditer(rest)),
        *re.split(r"\n|(?<=[^\W\d_]{3})\. ?|[–—|]| - ", rest),
    ]
    listed = (_BY.sub("", marked.plain(piece).strip(" ,;:.()[]<>*")) for piece in pieces)
    before = (re.split(r"\bet al\b", piece)[0].strip(" ,") for piece in listed)
    return next((author_lists.split(piece) for piece in before if _are_names(piece)), [])


def _are_names(text: str) -> bool:
    """Whether it is a list of names: short parts in capitals, one of two words at least."""
    parts = [part.strip() for part in re.split(r",|;| and | & ", text) if part.strip()]
    return (
        bool(parts)
        and any(" " in part for part in parts)
        and all(len(part.split()) < 6 and _NAMES.fullmatch(part + " ") for part in parts)
    )


def _kind(link: Link) -> str:
    return _kind_of(link.text)


def _kind_of(name: str) -> str:
    text = field_names.key(name)
    return next((kind for kind, keys in field_names.LINK_KEYS.items() if text in keys), "url")


def _counts(link: Link) -> bool:
    """Whether it leads to the paper or what belongs to it, and not to a video or a message."""
    return (
        holds_paper(link.url)
        or not link.text
        or _kind(link) != "url"
        or _PLAIN.fullmatch(link.text.lower()) is not None
    )
