"""Pieces of a page that are of its papers, without those of the page itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.sources.copied import bylines, cards, paragraphs, wording
from generator.sources.copied.furniture import Piece, Role

SAID = ("title", "authors", "abstract")
"""Fields that say what they are, and that a page of papers has for each."""


def plain(piece: Piece, marks: Counter[str]) -> Piece:
    """A piece of a page without cards: what looks like a button or a field may be a title."""
    if piece.role in (Role.TEXT, Role.DAY, Role.COUNT, Role.CURATOR):
        return piece
    if piece.role is Role.FIELD and piece.name in SAID:
        return piece
    if piece.role is Role.MARK and marks[piece.name] > 1:
        return replace(piece, role=Role.BUTTON)
    return replace(piece, role=Role.TEXT, text=piece.row)


def without_furniture(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces of a page without cards that are neither its head nor repeat it, nor recur."""
    days = [n for n, piece in enumerate(pieces) if piece.role is Role.DAY]
    start = days[0] if days and not _is_of_a_paper(pieces, days[0]) else 0
    above = {piece.text for piece in pieces[:start]}
    bare = Counter(
        piece.text
        for index, piece in enumerate(pieces)
        if piece.role is Role.TEXT and not _prose_follows(pieces, index)
    )
    for index, piece in enumerate(pieces):
        if piece.role is Role.CURATOR:
            beside = pieces[max(index - 1, 0) : index + 2]
            is_beside_day = any(other.role is Role.DAY for other in beside)
            if index < start or (is_beside_day and not _prose_follows(pieces, index)):
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


def _is_of_a_paper(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a day is the date of the title above it, since authors or an abstract follow."""
    if not cards.is_between_texts(pieces, index):
        return False
    below = pieces[index + 1].text
    return bylines.likeness(below) > 1 or wording.likeness(below) < -1


def _prose_follows(pieces: Sequence[Piece], index: int) -> bool:
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    if after is None or after.role is not Role.TEXT:
        return False
    is_prose = wording.likeness(after.text) < 0 or after.text.endswith((".", "。"))
    return is_prose or bylines.likeness(after.text) > 0
