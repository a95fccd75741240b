"""Reader for the text of a page of papers, selected in a browser and pasted into a file.

Two shapes are known. On a page of cards, as today's Hugging Face, alphaXiv, the ACL Anthology or
papers.cool have it, something stands between any two papers: votes, buttons, `3 authors`; see
`cards`. Any other page is titles, authors and abstracts, perhaps below a day; see `paragraphs`:

    Daily Papers

    byAK and the research community

    Aug 7

    Lumina-Next: Making Lumina-T2X Stronger and Faster with Next-DiT

    Lumina-T2X is a nascent family of …

What is what is told by the structure of the whole page. Furniture is what stands before the first
day, and whatever repeats it further down. The page names no year: it comes from a line
`date: 2025-08-07` at the top of the file, else from the file's name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from generator import text as foreign
from generator.sources import bylines, cards, drafts, furniture, paragraphs, wording
from generator.sources.content import Content
from generator.sources.days import Anchor, resolve
from generator.sources.drafts import Draft
from generator.sources.furniture import Piece, Role
from generator.sources.inline import read_inline
from generator.sources.lines import front_matter, head, lines, unfolded
from generator.sources.naming import COUNTER
from generator.sources.paragraphs import Kind
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "daily-page"
LABEL = "the text of a copied page: a day, then titles and abstracts, as “Daily Papers” has them"

MARKS = 2
"""Buttons, counts and labels of papers that make a text a page of cards."""

LONGEST_TITLE = 500
"""Characters. Real titles end at about 250."""


def detect(content: Content) -> bool:
    """Whether it is plainly a page of papers: prose of another kind, or a program, is none.

    Cards have marks that no other text has. Elsewhere a day or a curator above titles, lines of
    authors below them, or abstracts that speak as abstracts do are asked for.
    """
    if content.kind != "text" or content.head[:1] in ("@", "%"):  # BibTeX, PDF
        return False
    page = _parse(head(content))
    rows = page.rows
    told = (piece.row for piece in page.pieces if piece.role is Role.TEXT)
    signs = sum(bool(_OTHER.match(row)) for row in told)
    if 2 * signs > len(rows) and not page.is_inline:
        return False
    _tell(page)
    if page.is_inline:
        return len(page.drafts) > 1
    if page.is_cards:
        odd = sum(wording.likeness(draft.title) < -4 for draft in page.drafts)
        return 4 * odd <= len(page.drafts) > 0 and 4 * signs < len(rows)
    tagged = sum(bool(_TAGGED.match(row)) for row in rows)
    if 2 * tagged >= len(rows) > 3 or (4 if page.is_headed else 6) * signs > len(rows):
        return False
    return _speaks(page) if page.drafts else page.is_headed and page.is_named


def _speaks(page: _Page) -> bool:
    """Whether titles, authors and abstracts are plainly those of papers."""
    papers = page.drafts
    told = [draft for draft in papers if draft.paragraphs]
    signed = [draft for draft in papers if draft.authors]
    titled = [draft for draft in papers if _is_titled(draft.title)]
    scholarly = [draft for draft in told if wording.is_scholarly(" ".join(draft.paragraphs)[:3000])]
    if 2 * sum(bylines.likeness(draft.title) > 1 for draft in papers) > len(papers):
        return False  # a list of people
    if page.is_headed or page.is_named:
        return page.is_named or 2 * len(titled) >= len(papers) or 3 * len(scholarly) >= len(papers)
    fields = sum(piece.role is Role.FIELD for piece in page.pieces if piece.name in _SAID)
    if len(papers) > 1 and fields >= len(papers):
        return True
    words = median(len(draft.title.split()) for draft in papers)
    if len(signed) >= 2 and 10 * len(signed) >= 7 * len(papers) and words >= 3:
        return True
    if len(told) >= 2 and 10 * len(told) >= 6 * len(papers) and words >= 3:
        return 2 * len(scholarly) >= len(told)
    return False


_SAID = ("title", "authors", "abstract")
"""Fields that say what they are, and that a page of papers has for each."""


def _is_titled(title: str) -> bool:
    """Whether it is written as titles are: with capitals, or longer than a heading of prose."""
    share = wording.capitals(title)
    if share is not None:
        return share > 0.6 or len(title.split()) >= 6
    return not title.isascii() or " " not in title or any(map(str.istitle, title.split()[1:]))


def read(content: Content) -> Reading:
    """Every paper of the page, dated where its year is known, and what could not be read."""
    page = _parse(content.text)
    _tell(page)
    anchor = page.date or Anchor.in_name(content.file)
    records = Records(content, NAME)
    curators: dict[date | None, str] = {}
    problems = list(page.faults)

    day = anchor.day if anchor else None
    curator, rank, _left = "", 0, 0
    days = sum(piece.role is Role.DAY for piece in page.headings)
    headings = iter([*page.headings, None])
    heading = next(headings)
    for draft in [*page.drafts, None]:
        while heading and (draft is None or heading.line < draft.line):
            if heading.role is Role.CURATOR:
                curator = foreign.clean(heading.text)
            else:
                day, rank = resolve(heading.text, anchor), 0
                if day is None:
                    problems.append((heading.line, _no_year(heading.text, anchor)))
                elif days == 1 and page.date and page.date.day not in (None, day):
                    problems.append((heading.line, _two_days(heading.text, page.date, day)))
            heading = next(headings)
        if draft:
            rank += 1
            draft.day, draft.rank = day, rank
            if curator:
                curators.setdefault(day, curator)

    for draft in page.drafts:
        position = f"line {draft.line}"
        with records.record(position):
            if not page.is_cards and _is_scrap(draft):
                records.refuse(position, _scrap(draft.title))
            else:
                drafts.add(records, position, draft, anchor)
    dated = sum(bool(draft.published or draft.authors) for draft in page.drafts)
    if day is None and not days and len(page.drafts) > 2 * dated:
        problems.append((1, _NO_DAY))
    for piece in page.stray:
        problems.append((piece.line, _stray(piece.text, page.is_cards)))
    if not page.drafts and not problems:
        problems.append((1, _NO_PAPERS))
    for line, reason in problems:
        records.remark(f"line {line}", reason)
    return records.reading(curators.items())


def _is_scrap(draft: Draft) -> bool:
    """Whether this is rather a button's label: with nothing below it, a title says something."""
    title = foreign.fold(draft.title)
    if not title:
        return True
    is_bare = not (draft.paragraphs or draft.authors or draft.arxiv or draft.upvotes is not None)
    return is_bare and len(title) < 12 and len(title.split()) < 3


# What a page is made of


@dataclass(slots=True, kw_only=True)
class _Page:
    """A page, told apart."""

    date: Anchor | None
    """What the top of the file says."""

    faults: list[tuple[int, str]]
    rows: list[str]
    """All lines below that which say something."""

    pieces: list[Piece]
    drafts: list[Draft]
    headings: list[Piece]
    """Days and curators, in order."""

    stray: list[Piece]
    is_cards: bool
    is_inline: bool
    """Whether each line is a title and its authors."""

    is_headed: bool
    """Whether a day or a curator stands above its first paragraph."""

    is_named: bool
    """Whether it calls itself a page of papers."""


def _parse(text: str) -> _Page:
    fields, start = front_matter(text)
    anchor, faults = drafts.stated_day(fields)
    rows = lines(text, start)
    found = furniture.pieces(unfolded(rows))
    scholars = sum(bylines.scholar(p.text) is not None for p in found if p.role is Role.TEXT)
    is_cards = cards.strong_marks(found) + scholars >= MARKS
    return _Page(
        date=anchor,
        faults=faults,
        rows=[row.text for row in rows],
        pieces=found,
        drafts=[],
        headings=[],
        stray=[],
        is_cards=is_cards,
        is_inline=not is_cards and _is_inline(found),
        is_headed=False,
        is_named=any(piece.text.lower() == "daily papers" for piece in found[:20]),
    )


def _tell(page: _Page) -> None:
    """Find the papers of a page."""
    (_cards if page.is_cards else _lines if page.is_inline else _paragraphs)(page)
    if len(page.drafts) > 1 and all(_NUMBERED.match(draft.title) for draft in page.drafts):
        for draft in page.drafts:
            draft.title = _NUMBERED.sub("", draft.title, count=1)


def _cards(page: _Page) -> None:
    found = page.pieces
    mark = next((n for n, piece in enumerate(found) if piece.role in (Role.MARK, Role.COUNT)), 0)
    days = (
        n
        for n, piece in enumerate(found[: mark + 1])
        if piece.role is Role.DAY and not cards.is_between_texts(found, n)
    )
    day = next(days, None)
    start = 0 if day is None else day + 1
    page.drafts, stray = cards.papers(found[day or 0 :])
    first = min((draft.line for draft in page.drafts), default=0)
    page.headings = [
        piece
        for n, piece in enumerate(found)
        if piece.line < first
        and (piece.role is Role.CURATOR or (n < start and piece.role is Role.DAY))
    ]
    page.stray = [piece for piece in stray if piece.line > first]
    page.is_headed = bool(page.headings)


def _is_inline(found: Sequence[Piece]) -> bool:
    """Whether nearly all lines of a page are titles with authors beside them."""
    texts = [piece for piece in found[:200] if piece.role is Role.TEXT]
    drafts = [_in_line(piece) for piece in texts]
    signed = sum(len(draft.authors) > 1 and len(draft.title.split()) > 2 for draft in drafts)
    return signed > 1 and 10 * signed >= 8 * (len(texts) - 1)  # but for what it is called


def _in_line(piece: Piece) -> Draft:
    draft = Draft(line=piece.line)
    read_inline(draft, COUNTER.sub("", piece.text, count=1).strip(" .") or piece.text)
    return draft


def _lines(page: _Page) -> None:
    page.headings = [p for p in page.pieces if p.role in (Role.DAY, Role.CURATOR)]
    page.drafts = [_in_line(piece) for piece in page.pieces if piece.role is Role.TEXT]
    while page.drafts and not page.drafts[0].authors:  # what the list is called
        page.drafts.pop(0)
    page.is_headed = bool(page.headings)


def _paragraphs(page: _Page) -> None:
    marks = Counter(piece.name for piece in page.pieces if piece.role is Role.MARK)
    found = [_plain(piece, marks) for piece in page.pieces if piece.row]
    found = list(_without_furniture(found))
    told = [piece for piece in found if piece.role is not Role.CURATOR]
    told = paragraphs.counted(told)
    kinds = paragraphs.kinds(told)
    page.headings = [piece for piece in found if piece.role is Role.CURATOR]
    page.headings += [piece for piece, kind in zip(told, kinds, strict=True) if kind is Kind.DAY]
    page.headings.sort(key=lambda piece: piece.line)
    first = next((n for n, kind in enumerate(kinds) if kind in (Kind.AUTHORS, Kind.ABSTRACT)), None)
    start = 0 if Kind.DAY in kinds or first is None else max(first - 1, 0)
    page.is_headed = bool(page.headings) and _is_head(page.pieces, page.headings[0].line)
    for piece, kind in list(zip(told, kinds, strict=True))[start:]:
        draft = page.drafts[-1] if page.drafts else None
        if kind is Kind.TITLE:
            page.drafts.append(Draft(line=piece.line, title=piece.text))
        elif kind is Kind.DAY or kind is Kind.NOTHING:
            pass
        elif draft is None:
            page.stray.append(piece)
        elif kind is Kind.AUTHORS:
            cards.sign(draft, piece.text)
        elif kind is Kind.PUBLISHED:
            draft.published = piece.text
        else:
            draft.paragraphs.append(piece.text)


def _is_head(found: Sequence[Piece], line: int) -> bool:
    """Whether only short lines stand above this one."""
    above = [piece.text for piece in found if piece.line < line]
    return len(above) < 60 and all(
        len(text) < 100 and wording.likeness(text) > -3 for text in above
    )


def _plain(piece: Piece, marks: Counter[str]) -> Piece:
    """A piece of a page without cards: what looks like a button or a field may be a title."""
    if piece.role in (Role.TEXT, Role.DAY, Role.COUNT, Role.CURATOR):
        return piece
    if piece.role is Role.FIELD and piece.name in _SAID:
        return piece
    if piece.role is Role.MARK and marks[piece.name] > 1:
        return replace(piece, role=Role.BUTTON)
    return replace(piece, role=Role.TEXT, text=piece.row)


def _without_furniture(found: Sequence[Piece]) -> Iterator[Piece]:
    """A page without cards, but for its head and what repeats that, or comes back all the time."""
    days = [n for n, piece in enumerate(found) if piece.role is Role.DAY]
    start = days[0] if days and not _is_of_a_paper(found, days[0]) else 0
    above = {piece.text for piece in found[:start]}
    bare = Counter(
        piece.text
        for index, piece in enumerate(found)
        if piece.role is Role.TEXT and not _prose_follows(found, index)
    )
    for index, piece in enumerate(found):
        if piece.role is Role.CURATOR:
            beside = found[max(index - 1, 0) : index + 2]
            is_beside_day = any(other.role is Role.DAY for other in beside)
            if index < start or (is_beside_day and not _prose_follows(found, index)):
                yield piece
            else:  # a title that begins like one: `byT5: …`
                yield replace(piece, role=Role.TEXT, text=piece.row)
        elif index >= start and piece.text not in above:
            is_button = bare[piece.text] > 2 and paragraphs.is_title(piece.text)
            is_button = is_button and bylines.likeness(piece.text) < 0
            if is_button:
                yield replace(piece, role=Role.BUTTON)
            else:
                yield piece


def _is_of_a_paper(found: Sequence[Piece], index: int) -> bool:
    """Whether a day is the date of the title above it, since authors or an abstract follow."""
    if not cards.is_between_texts(found, index):
        return False
    below = found[index + 1].text
    return bylines.likeness(below) > 1 or wording.likeness(below) < -1


def _prose_follows(found: Sequence[Piece], index: int) -> bool:
    after = found[index + 1] if index + 1 < len(found) else None
    if after is None or after.role is not Role.TEXT:
        return False
    is_prose = wording.likeness(after.text) < 0 or after.text.endswith((".", "。"))
    return is_prose or bylines.likeness(after.text) > 0


_NUMBERED = re.compile(r"(?:#\d{1,6}[:.]?|\d{1,6}\s?[:.)])\s+(?=\S)")
"""The number of a paper in the system of its conference."""

# A line of a format that names its fields: `TI  - A title`, `AU Smith, J`, `%T Title`, `title: …`.
_TAGGED = re.compile(
    r"[A-Z][A-Z0-9]{1,3} *-|[A-Z][A-Z0-9] \S|%\w |\s*(?:- )?[a-z_-]+:(?:\s|$)|\s{3,}\S"
)
_OTHER = re.compile(  # how lines begin in Markdown and in programs
    r"\s*(?:#(?!\d)|```|~~~|\||[-*+]\s|//|/\*|[\"']{3}|[@{}<\[]|\.\.\s|={3,}|-{3,}|\w+\(|[\w.$-]+\s*[:+?]?=(?!=)"
    r"|(?:from|import|def|class|return|const|let|var|function|package|use|pub|fn)\s+[\w.*]+"
    r"(?:\s+import\b|\s*[;={(:]|\s*$))"
)


# What is said to the person

_MEND_DAY = (
    "Name the file after its day (2025-08-07.txt), write `date: 2025-08-07` in its first line, "
    "or add it with `papershelf add --date 2025-08-07`. Until then its papers are undated."
)
_UNTITLED = "an abstract without a title. Put its title in a line above it."
_LEFT = "belongs to no paper of the page. Delete the line, or put it right."
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


def _stray(text: str, is_cards: bool) -> str:
    return f"“{foreign.excerpt(text, 60)}” {_LEFT}" if is_cards else _UNTITLED
