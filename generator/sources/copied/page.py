"""A page of papers, told apart: which of its shapes it has, and the papers on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from generator.sources.copied import bylines, cards, drafts, page_pieces, paragraphs, turns, wording
from generator.sources.copied.clearing import plain, without_furniture
from generator.sources.copied.drafts import Draft
from generator.sources.copied.furniture import Piece, Role
from generator.sources.copied.inline import read_inline
from generator.sources.copied.lines import front_matter, lines, unfolded
from generator.sources.copied.naming import COUNTER
from generator.sources.copied.paragraphs import Kind
from generator.sources.copied.turns import Turn
from generator.sources.days import Anchor, resolve

MARKS = 2
"""Buttons, counts and labels of papers that make a text a page of cards."""


@dataclass(slots=True, kw_only=True)
class Page:
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

    is_in_turns: bool = False
    """Whether titles and authors take turns in all of it."""


def parse(text: str) -> Page:
    """A page with its lines told apart as far as each says by itself what it is; see `tell`."""
    fields, start = front_matter(text)
    anchor, faults = drafts.stated_day(fields)
    rows = lines(text, start)
    pieces = _untimed(page_pieces.pieces(unfolded(rows)))
    scholars = sum(bylines.scholar(p.text) is not None for p in pieces if p.role is Role.TEXT)
    is_cards = cards.strong_marks(pieces) + scholars >= MARKS
    return Page(
        date=anchor,
        faults=faults,
        rows=[row.text for row in rows],
        pieces=pieces,
        drafts=[],
        headings=[],
        stray=[],
        is_cards=is_cards,
        is_inline=not is_cards and _is_inline(pieces),
        is_headed=False,
        is_named=any(piece.text.lower() == "daily papers" for piece in pieces[:20]),
    )


def tell(page: Page, near: Anchor | None = None) -> None:
    """Find the papers of a page.

    Args:
        page: what `parse` gave.
        near: what is known of its day.
    """
    strong = {piece.name for piece in page.pieces if cards.strong_marks([piece])}
    if strong <= {"decision"} and _turns(page, page.pieces):  # `Poster` below the authors
        page.is_cards = page.is_inline = False
    else:
        if page.is_cards:
            _cards(page, near)
        else:
            (_lines if page.is_inline else _paragraphs)(page)
    drafts.uncounted(page.drafts)


def _cards(page: Page, near: Anchor | None) -> None:
    pieces = page.pieces
    mark = next((n for n, piece in enumerate(pieces) if piece.role in (Role.MARK, Role.COUNT)), 0)
    days = (
        n
        for n, piece in enumerate(pieces[: mark + 1])
        if piece.role is Role.DAY and not cards.is_between_texts(pieces, n)
    )
    day = _chosen(pieces, list(days), near)
    start = 0 if day is None else day + 1
    page.drafts, stray = cards.papers(pieces[day or 0 :])
    first = min((draft.line for draft in page.drafts), default=0)
    page.headings = [
        piece
        for n, piece in enumerate(pieces)
        if (piece.line < first and piece.role is Role.CURATOR)
        or (piece.line < first and n == day)
        or (piece.line > first and piece.role is Role.DAY and _is_headed(pieces, n))
    ]
    top = next((p.line for p in pieces[start:] if p.role in cards.AROUND), first)
    page.stray = [piece for piece in stray if piece.line > min(top, first)]
    page.is_headed = bool(page.headings)


_TIME: Final = re.compile(
    r"\d{1,2}[:.]\d\d(?:\s?[ap]m)?(?:\s?[-–—]\s?\d{1,2}[:.]\d\d(?:\s?[ap]m)?)?[\s:|·–-]+(?=\S)",
    re.IGNORECASE,
)


def _untimed(pieces: list[Piece]) -> list[Piece]:
    """The pieces without the times of a programme that stand before its titles."""
    timed = [_TIME.match(piece.text) for piece in pieces if piece.role is Role.TEXT]
    if sum(match is not None for match in timed) < 2:
        return pieces
    return [
        replace(piece, text=_TIME.sub("", piece.text, count=1))
        if piece.role is Role.TEXT
        else piece
        for piece in pieces
    ]


def _chosen(pieces: Sequence[Piece], days: Sequence[int], near: Anchor | None) -> int | None:
    """Which of the days above the papers is that of the list: of three, the one between."""
    own = (n for n in days if near and near.day and resolve(pieces[n].text, near) == near.day)
    return next(own, days[1] if len(days) == 3 else days[0] if days else None)


def _is_headed(pieces: Sequence[Piece], place: int) -> bool:
    """Whether another page begins above a day: `Daily Papers`, or who picked them."""
    above = pieces[max(place - 8, 0) : place]
    return any(p.role is Role.CURATOR or p.text.lower() == "daily papers" for p in above)


def _is_inline(pieces: Sequence[Piece]) -> bool:
    """Whether nearly all lines of a page are titles with authors beside them."""
    texts = [piece for piece in pieces[:200] if _is_titled(piece)]
    drafts = [_in_line(piece) for piece in texts]
    titled = [
        (draft, piece)
        for draft, piece in zip(drafts, texts, strict=True)
        if draft.authors and len(draft.title.split()) > 1
    ]
    several = sum(len(draft.authors) > 1 for draft, _ in titled)
    signed = sum(
        len(draft.authors) > 1 or piece.text.endswith(")") or 2 * several > len(titled)
        for draft, piece in titled
    )
    return signed > 1 and 10 * signed >= 8 * (len(texts) - 1)  # but for what it is called


def _is_titled(piece: Piece) -> bool:
    return piece.role is Role.TEXT and not turns.HEADING.fullmatch(piece.text)


def _in_line(piece: Piece) -> Draft:
    draft = Draft(line=piece.line)
    text = COUNTER.sub("", piece.text, count=1).strip(" .") or piece.text
    read_inline(draft, text, is_signed=True)
    return draft


def _lines(page: Page) -> None:
    page.headings = [p for p in page.pieces if p.role in (Role.DAY, Role.CURATOR)]
    texts = [piece for piece in page.pieces if piece.role is Role.TEXT]
    for piece in texts:
        if _is_titled(piece):
            page.drafts.append(_in_line(piece))
        elif page.drafts:
            page.drafts[-1].unused.append("heading")
        if page.drafts and not page.drafts[0].authors:  # what the list is called
            page.drafts.pop(0)
    page.is_headed = bool(page.headings)


def _paragraphs(page: Page) -> None:
    marks = Counter(piece.name for piece in page.pieces if piece.role is Role.MARK)
    pieces = [plain(piece, marks) for piece in page.pieces if piece.row]
    pieces = list(without_furniture(pieces))
    told = [piece for piece in pieces if piece.role is not Role.CURATOR]
    above = next((n for n, p in enumerate(told) if not turns.HEADING.fullmatch(p.text)), 0)
    told = paragraphs.counted(told[above if above > 1 else 0 :])
    if _turns(page, told):
        return
    kinds = paragraphs.kinds(told)
    page.headings = [piece for piece in pieces if piece.role is Role.CURATOR]
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


def _turns(page: Page, told: Sequence[Piece]) -> bool:
    """Find the papers of a page where titles and authors take turns; whether they do."""
    texts = [p for p in told if p.role is Role.TEXT or (p.role is Role.FIELD and p.name == "title")]
    if any(piece.role is Role.FIELD for piece in told if piece.name != "title"):
        return False
    kinds = turns.turns([piece.text for piece in texts])
    if not kinds:
        return False
    page.is_in_turns = True
    page.headings = [piece for piece in told if piece.role is Role.DAY]
    page.headings += [piece for piece in page.pieces if piece.role is Role.CURATOR]
    page.headings.sort(key=lambda piece: piece.line)
    above = ""
    is_above = Turn.AUTHORS in kinds[: kinds.index(Turn.TITLE)]
    for piece, kind in zip(texts, kinds, strict=True):
        if kind is Turn.TITLE:
            page.drafts.append(Draft(line=piece.line, title=piece.text))
            if is_above:
                cards.sign(page.drafts[-1], above)
        elif kind is Turn.AUTHORS and is_above:
            above = piece.text
        elif kind is Turn.AUTHORS:
            cards.sign(page.drafts[-1], piece.text)
        elif kind is Turn.BELOW:
            page.drafts[-1].unused.append("line below the authors")
        elif page.drafts:
            page.drafts[-1].unused.append("heading")
    page.is_headed = bool(page.headings) and _is_head(page.pieces, page.headings[0].line)
    return True


def _is_head(pieces: Sequence[Piece], line: int) -> bool:
    """Whether only short lines stand above this one."""
    above = [piece.text for piece in pieces if piece.line < line]
    return len(above) < 60 and all(
        len(text) < 100 and wording.likeness(text) > -3 for text in above
    )
