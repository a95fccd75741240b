"""From the texts of a card to its picture. All is in pixels, from above and from the left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final

import numpy as np
import PIL
from PIL import Image, ImageDraw

from generator.exports import fonts
from generator.exports.card_png import CARD_SIZE, MARGIN, WIDTH, Pixels, png
from generator.exports.fonts import TIE, Face, Texts

FORMAT: Final = 3
"""Counted up whenever the same texts are drawn in another way."""


@dataclass(frozen=True, slots=True)
class Card:
    """All that a picture depends on."""

    site: Texts
    title: Texts
    authors: Texts
    """The first authors, as many as there may be room for."""

    others: int
    """How many authors are not among them."""

    topics: Texts
    note: Texts
    """Where or when it appeared."""

    lost: frozenset[str] = field(default=frozenset(), repr=False)
    """Letters that should stand there, and no font has."""

    @property
    def key(self) -> str:
        """Digest of all of it, and of how it is drawn; the picture is marked with it."""
        # In the keys of cards that are out there this class has the name `_Card`.
        depends = f"({FORMAT}, {PIL.__version__!r}, _{self!r})"
        return sha256(depends.encode()).hexdigest()


_ROOM: Final = WIDTH - 2 * MARGIN
_SPINE: Final = 14
"""How broad the stripe at the left edge is."""

_FIRST_LINE, TITLE_TOP, RULE, LAST_LINE = 92, 128, 530, 582
"""The baselines of the first and last line, the top of the title, the hairline."""

_TITLE_HEIGHT: Final = 280
_TITLE_SIZES: Final = (84, 72, 64, 56, 50, 46, 42)
_LONG_TITLE_SIZES: Final = (50, 46, 42, 38, 34)
"""Sizes of a title that has no room beside topics."""

_TITLE_LEADING: Final = 1.24
_SMALL: Final = 28
_SMALL_LEADING: Final = 44

MOST_BYTES: Final = 8_000
"""Bytes of a card. Larger letters have longer edges, so a title is set smaller until this is kept;
if it would be small then, topics give way to it."""

_PAPER, EDGE, INK, ACCENT = range(4)


def draw(card: Card) -> bytes:
    """The picture of a card, its title as large as `MOST_BYTES` allows."""
    title, face = "".join(card.title.words), card.title.face
    bare = replace(card, topics=Texts(card.topics.face))
    for shown, sizes in ((card, _TITLE_SIZES), (bare, _LONG_TITLE_SIZES)):
        most = float(sizes[0])
        for size, lines in _fitting(title, face, sizes):
            if size > most:
                continue
            data = png(_pixels(shown, size, lines), card.key)
            if len(data) <= MOST_BYTES:
                return data
            most = size * MOST_BYTES / len(data)  # a larger one has no chance
    smallest = _LONG_TITLE_SIZES[-1]
    for lines in _cut(title, face, smallest):
        data = png(_pixels(bare, smallest, lines), card.key)
        if len(data) <= MOST_BYTES:
            break
    return data


def _pixels(card: Card, size: int, title: Sequence[str]) -> Pixels:
    """The picture, each pixel as the number of its colour.

    Args:
        card: what stands there.
        size: of the title, in pixels.
        title: its lines.
    """
    sheet = Image.new("L", CARD_SIZE)
    pen = ImageDraw.Draw(sheet)
    _line(pen, _FIRST_LINE, "".join(card.site.words), card.site.face)

    baseline = TITLE_TOP + size
    for number, line in enumerate(title):
        baseline += round(size * _TITLE_LEADING) if number else 0
        _line(pen, baseline, line, card.title.face, size)
    title_end = baseline + size // 4  # below its last descender

    baseline += _SMALL // 2 + _SMALL_LEADING
    _line(pen, baseline, _signed(card.authors, card.others), card.authors.face)

    note = "".join(card.note.words)
    _line(pen, LAST_LINE, note, card.note.face, anchor="rs")
    room = _ROOM - fonts.width(note, card.note.face, _SMALL) - 2 * _SMALL
    _line(pen, LAST_LINE, _joined(card.topics, room), card.topics.face, anchor="ls")

    return _coloured(np.asarray(sheet), slice(TITLE_TOP, title_end))


def _coloured(cover: Pixels, title: slice) -> Pixels:
    """The colour of each pixel.

    A pixel at the edge of a letter is smoothed only where the one beside it is too, in the large
    letters of the title in the same row: others are hardly seen, and take a quarter of the bytes.

    Args:
        cover: how much of it letters cover, of 255.
        title: the rows that it is in.
    """
    is_edge = (cover >= 64) & (cover < 192)
    goes_on = np.zeros_like(is_edge)
    goes_on[:, 1:] |= is_edge[:, :-1]
    goes_on[:, :-1] |= is_edge[:, 1:]
    in_title = np.array(goes_on[title])
    goes_on[1:] |= is_edge[:-1]
    goes_on[:-1] |= is_edge[1:]
    goes_on[title] = in_title

    pixels = np.where(cover < 128, _PAPER, ACCENT).astype(np.uint8)
    pixels[title][pixels[title] == ACCENT] = INK
    pixels[is_edge & goes_on] = EDGE
    pixels[RULE, MARGIN:-MARGIN] = EDGE
    pixels[:, :_SPINE] = ACCENT
    return pixels


def _line(
    pen: ImageDraw.ImageDraw,
    baseline: int,
    words: str,
    face: Face,
    size: int = _SMALL,
    anchor: str = "",
) -> None:
    """One line, at the margin that its script begins at if no anchor says otherwise."""
    anchor = anchor or ("rs" if fonts.is_leftward(words) else "ls")
    x = MARGIN if anchor == "ls" else WIDTH - MARGIN
    pen.text((x, baseline), words.replace(TIE, " "), 255, fonts.font(face, size), anchor)


def _fitting(title: str, face: Face, sizes: Iterable[int]) -> Iterator[tuple[int, list[str]]]:
    """The sizes in which there is room for a whole title, each with its lines."""
    for size in sizes:
        lines = fonts.wrapped(title, face, size, _ROOM)
        if len(lines) <= _most_lines(size):
            yield size, lines


def _cut(title: str, face: Face, size: int) -> Iterator[list[str]]:
    """The lines of a title that is cut, each time shorter, down to one line."""
    lines = fonts.wrapped(title, face, size, _ROOM)
    for count in range(min(_most_lines(size), len(lines) - 1), 0, -1):
        last = lines[count - 1]
        while last and fonts.width(f"{last}…", face, size) > _ROOM:
            last = last.rpartition(" ")[0] or last[:-1]
        yield [*lines[: count - 1], f"{last.rstrip(' ,;:.-–—')}…"]


def _most_lines(size: int) -> int:
    return int(_TITLE_HEIGHT / (size * _TITLE_LEADING))


def _signed(authors: Texts, others: int) -> str:
    """The authors that one line holds, and the number of the others."""
    for count in range(len(authors.words), 0, -1):
        rest = others + len(authors.words) - count
        line = ", ".join(authors.words[:count]) + (f" and {rest:,} more" if rest else "")
        if fonts.width(line, authors.face, _SMALL) <= _ROOM:
            return line
    return ""


def _joined(topics: Texts, room: float) -> str:
    """The topics that fit into one line."""
    joined = (" · ".join(topics.words[:count]) for count in range(len(topics.words), 0, -1))
    fitting = (line for line in joined if fonts.width(line, topics.face, _SMALL) <= room)
    return next(fitting, "")
