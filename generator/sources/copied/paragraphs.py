"""Which lines of a page are titles, authors and abstracts, where nothing but these stands on it.

One line tells little: titles end in full stops, abstracts are one sentence, authors are called like
things. So the page as a whole is read in the one way that fits it best: how each line reads by
itself, and what follows what, are weighed together (Viterbi's algorithm).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Final

from generator.sources.copied import bylines, wording
from generator.sources.copied.furniture import Piece, Role


class Kind(IntEnum):
    """What a line is for the paper that it belongs to."""

    TITLE = 0
    AUTHORS = 1
    ABSTRACT = 2
    DAY = 3
    """The day of all papers below."""

    PUBLISHED = 4
    """The date of the paper above."""

    REMARK = 5
    """What stands below an abstract and belongs to it: `Accepted at …`."""

    NOTHING = 6
    """What stands between papers and says nothing of them."""


_NEVER: Final = -99.0
_T, _U, _A, _D, _P, _R, _N = Kind

_UNSIGNED: Final[dict[tuple[Kind, Kind], float]] = {
    (_T, _A): 4.0,
    (_T, _T): -7.0,
    (_A, _T): 2.0,
    (_A, _A): -5.0,
    (_D, _T): 0.0,
    (_D, _A): -10.0,
    (_D, _D): 0.0,
    (_D, _N): 0.0,
    (_T, _D): -2.0,
    (_A, _D): 0.0,
    (_T, _P): 0.0,
    (_P, _A): 4.0,
    (_P, _T): 0.0,
    (_A, _P): 0.0,
    (_T, _R): -2.0,
    (_A, _R): 0.0,
    (_R, _R): 0.0,
    (_R, _T): 2.0,
    (_R, _A): -6.0,
    (_R, _D): 0.0,
    (_R, _N): 0.0,
    (_T, _N): -1.0,
    (_A, _N): 0.0,
    (_N, _N): 0.0,
    (_N, _T): 0.0,
    (_N, _A): -8.0,
    (_N, _D): 0.0,
    (_P, _N): 0.0,
    (_P, _D): -2.0,
}
"""What it counts that one kind follows another; what is not here is as good as impossible."""

_SIGNED: Final = _UNSIGNED | {
    (_T, _U): 3.0,
    (_U, _A): 4.0,
    (_U, _T): 2.0,
    (_U, _R): -1.0,
    (_T, _A): 2.0,
    (_P, _U): 3.0,
    (_U, _P): 1.0,
    (_U, _D): 0.0,
    (_U, _N): 0.0,
}

_START: Final = {_T: 0.0, _A: -10.0, _D: 0.0, _N: 0.0}


_COUNTER: Final = re.compile(r"[(\[#]?(\d{1,4})\s?[/.)\]:]\s+(?=\S)")


def counted(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces; where some count on from 1, these are titles, and their numbers are left out."""
    places: list[int] = []
    for place, piece in enumerate(pieces):
        match = _COUNTER.match(piece.text) if piece.role is Role.TEXT else None
        if match and int(match[1]) == len(places) + 1:
            places.append(place)
    if len(places) < 2:
        return list(pieces)
    told = list(pieces)
    for place in places:
        text = _COUNTER.sub("", told[place].text, count=1)
        told[place] = replace(told[place], role=Role.FIELD, name="title", text=text)
    return told


def kinds(pieces: Sequence[Piece]) -> list[Kind]:
    """What each of these pieces is, which are texts, days, counts and fields."""
    if not pieces:
        return []
    chances = [_chances(piece) for piece in pieces]
    texts = [piece for piece in pieces if piece.role is Role.TEXT]
    if not texts or pieces[0].role is Role.DAY or _opens_with_day(pieces):
        for piece, own in zip(pieces, chances, strict=True):
            if piece.role is Role.DAY:
                own[_P] -= 3.0
    closing = [_closes(piece.text) for piece in texts]
    if len(texts) <= 4 * sum(closing) <= 3 * len(texts):  # as where abstracts end so, and no title
        for piece, own in zip(pieces, chances, strict=True):
            if piece.role is Role.TEXT and _closes(piece.text):
                own[_T] -= 3.5
                own[_A] += 3.5
    fields = sum(piece.role is Role.FIELD for piece in pieces)
    if not fields and all(is_title(piece.text) for piece in texts):
        return [_ALONE.get(piece.role, Kind.TITLE) for piece in pieces]
    sure = sum(bylines.likeness(piece.text) > 3 for piece in texts)
    sure += fields
    unsigned, score = _best(chances, _UNSIGNED)
    if sure and 20 * sure >= len(texts):
        signed, better = _best(chances, _SIGNED)
        if better > score:
            return signed
    return unsigned


_ALONE: Final = {Role.DAY: Kind.DAY, Role.COUNT: Kind.NOTHING, Role.BUTTON: Kind.NOTHING}
"""What stands among titles that have nothing below them."""


def is_title(text: str) -> bool:
    """Whether a line, by itself, is rather a title than an abstract or authors."""
    return wording.likeness(text) > 0 and bylines.likeness(text) < 1 and not _closes(text)


def _closes(text: str) -> bool:
    return text.endswith((".", "。")) and not text.endswith(("etc.", "..."))


def _opens_with_day(pieces: Sequence[Piece]) -> bool:
    """Whether a day stands above the first paragraph that can only be an abstract."""
    for piece in pieces:
        if piece.role is Role.DAY:
            return True
        if piece.role is Role.TEXT and wording.likeness(piece.text) < 0:
            return False
    return False


def _chances(piece: Piece) -> list[float]:
    """How much speaks for each kind."""
    if piece.role is Role.DAY:
        return [_NEVER, _NEVER, _NEVER, 0.0, 0.0, _NEVER, _NEVER]
    if piece.role is Role.COUNT:
        return [-1.0, _NEVER, _NEVER, _NEVER, _NEVER, _NEVER, 0.0]
    if piece.role is Role.FIELD:
        own = {"title": _T, "authors": _U, "abstract": _A}.get(piece.name, _N)
        return [9.0 if kind is own else _NEVER for kind in Kind]
    if piece.role is not Role.TEXT:
        return [_NEVER, _NEVER, _NEVER, _NEVER, _NEVER, _NEVER, 0.0]
    titled, signed = wording.likeness(piece.text), bylines.likeness(piece.text)
    title = titled - 3.0 if signed > 3 else titled
    if wording.is_remark(piece.text):
        return [title, _NEVER, -2.0, _NEVER, _NEVER, 4.0, _NEVER]
    return [title, signed, -titled, _NEVER, _NEVER, _NEVER, _NEVER]


def _best(
    chances: Sequence[Sequence[float]], follows: Mapping[tuple[Kind, Kind], float]
) -> tuple[list[Kind], float]:
    """The kinds that fit best together, and how well they do."""
    steps = [[follows.get((one, other), _NEVER) for one in Kind] for other in Kind]
    scores = [chances[0][kind] + _START.get(kind, _NEVER) for kind in Kind]
    came: list[tuple[int, ...]] = []
    for own in chances[1:]:
        reached = []
        origins = []
        for kind in Kind:
            step = steps[kind]
            best = max(range(len(scores)), key=lambda one: scores[one] + step[one])
            origins.append(best)
            reached.append(scores[best] + step[best] + own[kind])
        scores = reached
        came.append(tuple(origins))
    last = max(range(len(scores)), key=scores.__getitem__)
    score = scores[last]
    path = [Kind(last)]
    for origins_of in reversed(came):
        last = origins_of[last]
        path.append(Kind(last))
    return path[::-1], score
