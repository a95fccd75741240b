"""Reader for the text of a “Daily Papers” page, selected in a browser and pasted into a file.

Such a page is a few lines of furniture, a day, then for each paper its title and its abstract,
with empty lines between:

    Daily Papers

    byAK and the research community

    Aug 7

    Lumina-Next: Making Lumina-T2X Stronger and Faster with Next-DiT

    Lumina-T2X is a nascent family of …

What is what is told by structure alone. An abstract is prose: long, or made of sentences. A title
is short and does not end like a sentence. Furniture is what stands before the first day, and
whatever repeats it further down. The page names no year: it comes from a line `date: 2025-08-07`
at the top of the file, else from the file's name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, auto
from itertools import chain, pairwise

from generator import text as foreign
from generator.sources.content import Content
from generator.sources.days import DAY, Anchor, resolve
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "daily-page"
LABEL = "the text of a “Daily Papers” page: a day, then titles and abstracts between empty lines"

LONGEST_TITLE = 300
"""Characters. Real titles end at about 250; an abstract as short as this ends like a sentence."""

LONGEST_FOLD = 120
"""Characters. An editor that folds paragraphs makes its lines no longer."""


def detect(content: Content) -> bool:
    """Whether it begins as such a page does, or is plainly titles with abstracts.

    A day, a curator or a `date:` before any prose is such a beginning. Elsewhere they may be an
    example in a README; then, as without them, two pairs of a title and an abstract are asked for,
    and few signs of Markdown or of a program.
    """
    if content.kind != "text" or content.head[:1] in ("@", "%"):  # BibTeX, PDF
        return False
    rows = [row for row in content.head.split("\n") if row.strip()]
    if 2 * sum(bool(_TAGGED.match(row)) for row in rows) >= len(rows) > 3:
        return False
    front, blocks = _parse(content.text)
    kinds = [block.kind for block in blocks]
    opening = kinds[: kinds.index(_Kind.PROSE)] if _Kind.PROSE in kinds else kinds
    if (front.date and not front.faults) or {_Kind.DAY, _Kind.CURATOR} & set(opening):
        return _Kind.TITLE in kinds
    pairs = sum(pair == (_Kind.TITLE, _Kind.PROSE) for pair in pairwise(kinds))
    signs = sum(bool(_OTHER.match(block.text)) for block in blocks)
    return pairs >= 2 and 6 * signs < len(blocks)


def read(content: Content) -> Reading:
    """Every paper of the page, dated where its year is known, and what could not be read."""
    front, blocks = _parse(content.text)
    anchor = front.date or Anchor.in_name(content.file)
    records = Records(content, NAME)
    days = sum(block.kind is _Kind.DAY for block in blocks)
    drafts: list[_Draft] = []
    curators: dict[date | None, str] = {}
    problems = list(front.faults)

    day = anchor.day if anchor else None
    curator, rank = "", 0
    for block in _without_furniture(blocks):
        match block.kind:
            case _Kind.CURATOR:
                curator = foreign.clean(_CURATOR.sub("", block.text, count=1))
            case _Kind.DAY:
                day, rank = resolve(block.text, anchor), 0
                if day is None:
                    problems.append((block.line, _no_year(block.text, anchor)))
                elif days == 1 and front.date and front.date.day not in (None, day):
                    problems.append((block.line, _two_days(block.text, front.date, day)))
            case _Kind.PROSE if drafts and drafts[-1].day == day and rank:
                drafts[-1].prose.append(block.text)
            case _Kind.PROSE:
                problems.append((block.line, _UNTITLED))
            case _Kind.TITLE:
                rank += 1
                drafts.append(_Draft(title=block.text, line=block.line, day=day, rank=rank))
        if curator and drafts:
            curators.setdefault(day, curator)

    for draft in drafts:
        position = f"line {draft.line}"
        with records.record(position):
            if draft.is_scrap():
                records.refuse(position, _scrap(draft.title))
            else:
                records.add(
                    position,
                    title=draft.title,
                    abstract="\n\n".join(draft.prose),
                    days=[draft.day],
                    rank=draft.rank,
                )
    if drafts and day is None and not days:
        problems.append((1, _NO_DAY))
    if not drafts and not problems:
        problems.append((1, _NO_PAPERS))
    for line, reason in problems:
        records.remark(f"line {line}", reason)
    return records.reading(curators.items())


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A paper while its paragraphs are still coming in."""

    title: str
    line: int
    day: date | None
    rank: int
    prose: list[str] = field(default_factory=list)

    def is_scrap(self) -> bool:
        """Whether this is rather a button's label: without an abstract, a title says something."""
        title = foreign.fold(self.title)
        return not title or (not self.prose and len(title) < 12 and len(title.split()) < 3)


# What a page is made of


class _Kind(Enum):
    DAY = auto()
    CURATOR = auto()
    TITLE = auto()
    PROSE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """What stands between two empty lines."""

    kind: _Kind
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Front:
    """What the top of the file says about it."""

    date: Anchor | None
    faults: tuple[tuple[int, str], ...]


def _parse(text: str) -> tuple[_Front, list[_Block]]:
    lines = text.split("\n")
    front, start = _front_matter(lines)
    spans = list(_spans(lines, start))
    unspaced = all(line.strip() for line in "\n".join(lines[start:]).strip().split("\n"))

    blocks: list[_Block] = []
    for line, rows in chain.from_iterable(_apart(*span, unspaced) for span in spans):
        untitled = not blocks or blocks[-1].kind is not _Kind.TITLE
        titled = untitled and len(rows) > 1 and _heads(rows)
        for offset, part in [(0, rows[:1]), (1, rows[1:])] if titled else [(0, rows)]:
            joined = " ".join(part)
            blocks.append(_Block(kind=_kind(joined), text=joined, line=line + offset))
    return front, blocks


def _spans(lines: list[str], start: int) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines that are not empty, with the number of the first; a day stands alone."""
    run: list[str] = []
    for number, row in enumerate([*lines[start:], ""], start + 1):
        row = row.strip()
        alone = bool(DAY.fullmatch(row))
        if run and (alone or not row):
            yield number - len(run), run
            run = []
        if alone:
            yield number, [row]
        elif row:
            run.append(row)


def _apart(line: int, rows: list[str], unspaced: bool) -> Iterator[tuple[int, list[str]]]:
    """These lines as one block; each as its own if none or few empty lines were pasted.

    The latter shows where titles and abstracts take turns, and some abstract is a line too long
    to be a folded one.
    """
    kinds = [_kind(row) for row in rows]
    pairs = [_Kind.TITLE, _Kind.PROSE] * (len(rows) // 2)
    if unspaced or (len(rows) > 2 and kinds == pairs and max(map(len, rows)) > LONGEST_FOLD):
        yield from ((line + index, [row]) for index, row in enumerate(rows))
    else:
        yield line, rows


def _heads(rows: list[str]) -> bool:
    """Whether the first of these lines is a title and the rest its abstract.

    A paragraph folded into lines looks alike, but for its first line being as long as the others.
    """
    first, *rest = rows
    return (
        _kind(first) is _Kind.TITLE
        and _kind(" ".join(rest)) is _Kind.PROSE
        and (len(rest) == 1 or len(first) < 0.8 * max(map(len, rest)))
    )


# A line of a format that names its fields: `TI  - A title`, `AU Smith, J`, `%T Title`, `title: …`.
_TAGGED = re.compile(
    r"[A-Z][A-Z0-9]{1,3} *-|[A-Z][A-Z0-9] \S|%\w |\s*(?:- )?[a-z_-]+:(?:\s|$)|\s{3,}\S"
)

_CURATOR = re.compile(r"by\s*(?=[A-Z@])")
_SENTENCE_END = re.compile(r"""[.!?…。][”"'’)\]]*(?=\s|$)""")
_OPEN_END = re.compile(r"[.。;:…][”\"'’)\]]*$")
_ADDRESS = re.compile(r"https?://\S")
_OTHER = re.compile(  # how paragraphs begin in Markdown and in programs
    r"#|```|~~~|\||[-*+]\s|//|/\*|[\"']{3}|[@{}<\[]"
    r"|(?:from|import|def|class|return|const|let|var|function|package|use|pub|fn)\s+[\w.*]+"
    r"(?:\s+import\b|\s*[;={(:]|\s*$)"
)
_BULLET = re.compile(r"[-*•–·]\s|\(?\w{1,2}\)\s")


def _kind(text: str) -> _Kind:
    if DAY.fullmatch(text):
        return _Kind.DAY
    if _CURATOR.match(text) and len(text) < 80:
        return _Kind.CURATOR
    sentences = len(_SENTENCE_END.findall(text))
    prose = (
        len(text) > LONGEST_TITLE
        or _OPEN_END.search(text)
        or _ADDRESS.search(text.rsplit(None, 1)[-1])
        or _BULLET.match(text)
        or (sentences >= 2 and len(text.split()) >= 20)
    )
    return _Kind.PROSE if prose else _Kind.TITLE


def _without_furniture(blocks: list[_Block]) -> Iterator[_Block]:
    """The days, curators, titles and abstracts of the page.

    With a day, furniture is all before the first one. Without, it is all before the first title
    that an abstract follows. Further down, so is what repeats that furniture, what comes back
    again and again without an abstract (“Submitted by”), and what has no letter (counts of votes).
    """
    kinds = [block.kind for block in blocks]
    if _Kind.DAY in kinds:
        start = kinds.index(_Kind.DAY)
    elif _Kind.PROSE in kinds:
        start = max(kinds.index(_Kind.PROSE) - 1, 0)
    else:
        start = 0
    head = {block.text for block in blocks[:start]}
    bare = Counter(
        block.text
        for block, after in zip(blocks, [*kinds, None][1:], strict=True)
        if block.kind is _Kind.TITLE and after is not _Kind.PROSE
    )
    for index, block in enumerate(blocks):
        if block.kind is _Kind.CURATOR:
            beside_day = _Kind.DAY in kinds[max(index - 1, 0) : index + 2]
            before_abstract = kinds[index + 1 : index + 2] == [_Kind.PROSE]
            if index < start or (beside_day and not before_abstract):
                yield block
            else:  # a title that begins like one: `byT5: …`
                yield replace(block, kind=_Kind.TITLE)
        elif index >= start and not (
            block.kind is _Kind.TITLE
            and (
                block.text in head
                or bare[block.text] > 2
                or not any(character.isalpha() for character in block.text)
            )
        ):
            yield block


# The top of the file

_FRONT = re.compile(r"([A-Za-z_]+):\s*(.*)")


def _front_matter(lines: list[str]) -> tuple[_Front, int]:
    """The `date:` at the top, between lines of `---` or bare, and where the page begins."""
    start = next((index for index, line in enumerate(lines) if line.strip()), 0)
    fenced = lines[start].strip() == "---"
    anchor = None
    faults: list[tuple[int, str]] = []
    index = start + fenced
    while index < len(lines) and (match := _FRONT.fullmatch(lines[index].strip())):
        key, value = match.groups()
        if not fenced and key.lower() != "date":
            break  # a title such as `Liquid: …` and not a setting
        if key.lower() != "date":
            faults.append((index + 1, f"expected only `date:` up here, found `{key}:`. Remove it."))
        elif (anchor := Anchor.parse(value)) is None:
            faults.append((index + 1, f"expected a date like 2025-08-07, found “{value}”."))
        index += 1
    if fenced:
        if index == len(lines) or lines[index].strip() != "---":
            return _Front(date=None, faults=()), start  # a rule across the page, not a fence
        index += 1
    return _Front(date=anchor, faults=tuple(faults)), index


# What is said to the person

_MEND_DAY = (
    "Name the file after its day (2025-08-07.txt), write `date: 2025-08-07` in its first line, "
    "or add it with `papershelf add --date 2025-08-07`. Until then its papers are undated."
)
_UNTITLED = "an abstract without a title. Put its title in a line above it."
_NO_DAY = f"the page names no day. {_MEND_DAY}"

_NO_PAPERS = (
    "expected titles and abstracts below the day, found none. Paste them, or delete the file."
)


def _no_year(text: str, anchor: Anchor | None) -> str:
    if anchor:
        return f"there is no {text} in {anchor.year}. {_MEND_DAY}"
    return f"the page says {text} without a year. {_MEND_DAY}"


def _two_days(text: str, front: Anchor, day: date) -> str:
    return (
        f"the page says {text}, the line at the top {front.day}. "
        f"The papers are listed on {day}; correct the line that is wrong."
    )


def _scrap(title: str) -> str:
    return (
        f"“{foreign.excerpt(title, 60)}” is too short for a title without an abstract. "
        "Add the abstract below it, or delete the line."
    )
