r"""Cards: the picture of a paper that other sites show beside a link to it, drawn with Pillow.

A card is a PNG of four colours and 8 KB at most, with the paper's title, authors and topics. It
says within itself what it was drawn from, so that one which is still right is not drawn again.
"""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
import PIL
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from generator.build import work
from generator.exports import lettering
from generator.exports.lettering import TIE, Face, Texts, drawable
from generator.model import addresses, chunks
from generator.model.papers import Paper
from generator.model.settings import Settings
from generator.text import excerpt
from generator.text.plain import readable

MOST_PAPERS: Final = 2_000
"""Catalogs of more papers have no cards unless they are asked for."""

PAPERS_A_SHARD: Final = 200

FORMAT: Final = 3
"""Counted up whenever the same texts are drawn in another way."""


@dataclass(frozen=True, slots=True)
class _Card:
    """All that a picture depends on."""

    site: Texts
    title: Texts
    authors: Texts
    """As many as there may be room for."""

    others: int
    """How many authors are not among them."""

    topics: Texts
    note: Texts
    """Where or when it appeared."""

    lost: frozenset[str] = field(default=frozenset(), repr=False)
    """Letters that should stand there, and no font has."""

    @property
    def key(self) -> str:
        return sha256(repr((FORMAT, PIL.__version__, self)).encode()).hexdigest()


def wanted(settings: Settings, papers: int) -> bool:
    """Whether a catalog of so many papers has cards."""
    if not settings.site_url:  # no other site could say where they are
        return False
    return settings.cards == "always" or (settings.cards == "auto" and papers <= MOST_PAPERS)


def write(
    papers: Sequence[Paper], settings: Settings, names: Mapping[str, str], jobs: int
) -> dict[str, bytes]:
    """The card of each paper, by its path below the pages folder.

    Those that lie there from an earlier time and are still right are taken as they are.

    Args:
        papers: those to draw.
        settings: those of the site.
        names: the names of topics, by slug.
        jobs: how many processes may draw.

    Raises:
        ConfigError: `card_font` cannot be read.
    """
    cards: dict[str, bytes] = {}
    missing: list[tuple[str, _Card]] = []
    for paper in papers:
        path = addresses.card(paper.id)
        planned = _card(paper, settings, names)
        found = _found(settings.pages / path)
        if is_ours(found, planned.key):
            cards[path] = found
        else:
            missing.append((path, planned))
    for drawn in work.spread(_draw_all, chunks.cut(missing, PAPERS_A_SHARD), jobs):
        cards |= drawn
    return cards


def card(paper: Paper, settings: Settings, names: Mapping[str, str]) -> bytes:
    """The picture of one paper.

    Raises:
        ConfigError: `card_font` cannot be read.
    """
    return _draw(_card(paper, settings, names))


@dataclass(frozen=True, slots=True)
class Undrawn:
    """Letters that are missing from cards, since no font for them has those."""

    papers: int = 0
    """How many papers miss some."""

    letters: dict[str, str] = field(default_factory=dict)
    """By the name of a script, the one that most papers miss: `{"Thai": "ก"}`."""


def undrawn(papers: Iterable[Paper], settings: Settings, names: Mapping[str, str]) -> Undrawn:
    """The letters that are missing from the cards of papers; the arguments are those of `write`."""
    every = [lost for paper in papers if (lost := _card(paper, settings, names).lost)]
    totals = Counter(chain.from_iterable(every))
    common = sorted(totals, key=lambda letter: (-totals[letter], letter))
    letters: dict[str, str] = {}
    for letter in common:
        letters.setdefault(_script(letter), letter)
    return Undrawn(len(every), dict(sorted(letters.items())))


def _script(letter: str) -> str:
    """The script of a letter, by its name in Unicode: `Thai`, `CJK`; `signs` for all else."""
    if unicodedata.category(letter) not in ("Lu", "Ll", "Lt", "Lo"):
        return "signs"
    word = unicodedata.name(letter, "others").partition(" ")[0]
    return word if word == "CJK" else word.capitalize()


def key(paper: Paper, settings: Settings, names: Mapping[str, str]) -> str:
    """Digest of all that the picture depends on, fonts and Pillow included; it is written in it."""
    return _card(paper, settings, names).key


def is_ours(data: bytes, key: str = "") -> bool:
    """Whether a file is a card, whole, and that of `key`, if that is given."""
    # The chunk that names the key: https://www.w3.org/TR/png-3/#11tEXt
    mark = f"tEXt{_KEYWORD}\0{key}".encode()
    return data.startswith(_PNG_START) and mark in data[:400] and data.endswith(_PNG_END)


_PNG_START: Final = b"\x89PNG\r\n\x1a\n"
_PNG_END: Final = b"IEND\xaeB`\x82"
_KEYWORD: Final = "Papershelf"


def _found(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


# What stands on a card.


_TITLE, _NAME, _NOTE = 400, 60, 40
"""Characters of a title, of a name, and of a venue that are looked at."""

_TOPICS, _AUTHORS = 4, 8


def _card(paper: Paper, settings: Settings, names: Mapping[str, str]) -> _Card:
    serif = lettering.faces(settings, lettering.SERIF)
    sans = lettering.faces(settings, lettering.SANS)
    lost: set[str] = set()

    def drawn(texts: Sequence[str], faces: Sequence[Face], most_lost: float = 0) -> Texts:
        found = drawable(texts, faces, most_lost)
        lost.update(lettering.lost(texts, found.face))
        return found

    about = [excerpt(names[slug], _NAME) for slug in paper.topics[:_TOPICS]]
    note = paper.venue or (f"arXiv:{paper.arxiv}" if paper.arxiv else paper.date[: len("2025")])

    site = drawn([excerpt(settings.site_name, _NAME)], sans)
    words = readable(excerpt(paper.title, _TITLE)).translate(_ON_THE_LINE)
    title = drawn([words], serif, 1 / 3)
    topics = drawn(about, sans)
    authors = drawn([excerpt(author.name, _NAME) for author in paper.authors[:_AUTHORS]], sans)
    noted = drawn([excerpt(note, _NOTE)], sans, 1 / 3)
    if not title.words:
        # A title in letters that we lack: what it is about stands there, or at least where it is.
        title, topics = drawable([", ".join(about)], serif), Texts(sans[0])
    return _Card(
        site=site,
        title=title if title.words else drawable([excerpt(settings.site_name, _NAME)], serif),
        authors=authors,
        others=len(paper.authors) - len(authors.words),
        topics=topics,
        note=noted,
        lost=frozenset(lost),
    )


_ON_THE_LINE: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉ᵢⱼₙ", "0123456789ijn")
"""What fonts for text have no lowered form of."""


# From texts to a picture. All is in pixels, from above and from the left.

CARD_SIZE: Final = (1200, 630)
"""Width and height in pixels, as previews of links want it."""

_WIDTH, _HEIGHT = CARD_SIZE
_MARGIN: Final = 80
_ROOM: Final = _WIDTH - 2 * _MARGIN
_SPINE: Final = 14
"""How broad the stripe at the left edge is."""

_FIRST_LINE, _TITLE_TOP, _RULE, _LAST_LINE = 92, 128, 530, 582
"""The baselines of the first and last line, the top of the title, the hairline."""

_TITLE_HEIGHT: Final = 280
_TITLE_SIZES: Final = (84, 72, 64, 56, 50, 46, 42)
_LONG_TITLE_SIZES: Final = (50, 46, 42, 38, 34)
"""Of a title that has no room beside topics."""

_TITLE_LEADING: Final = 1.24
_SMALL: Final = 28
_SMALL_LEADING: Final = 44

MOST_BYTES: Final = 8_000
"""Of a card. Larger letters have longer edges, so a title is set smaller until this is kept; if it
would be small then, topics give way to it."""

Pixels = NDArray[np.uint8]

_PAPER, _EDGE, _INK, _ACCENT = range(4)
_PALETTE: Final = bytes.fromhex("fcfbf8 8b979d 1d1b18 17506d")
"""Those of the site, and what lies between paper and ink at the edges of letters."""


def _draw_all(cards: Sequence[tuple[str, _Card]]) -> dict[str, bytes]:
    return {path: _draw(card) for path, card in cards}


def _draw(card: _Card) -> bytes:
    title, face = "".join(card.title.words), card.title.face
    bare = replace(card, topics=Texts(card.topics.face))
    for shown, sizes in ((card, _TITLE_SIZES), (bare, _LONG_TITLE_SIZES)):
        most = float(sizes[0])
        for size, lines in _fitting(title, face, sizes):
            if size > most:
                continue
            data = _png(_pixels(shown, size, lines), card.key)
            if len(data) <= MOST_BYTES:
                return data
            most = size * MOST_BYTES / len(data)  # a larger one has no chance
    smallest = _LONG_TITLE_SIZES[-1]
    for lines in _cut(title, face, smallest):
        data = _png(_pixels(bare, smallest, lines), card.key)
        if len(data) <= MOST_BYTES:
            break
    return data


def _pixels(card: _Card, size: int, title: Sequence[str]) -> Pixels:
    """The picture, each pixel as the number of its colour.

    Args:
        card: what stands there.
        size: of the title, in pixels.
        title: its lines.
    """
    sheet = Image.new("L", CARD_SIZE)
    pen = ImageDraw.Draw(sheet)
    _line(pen, _FIRST_LINE, "".join(card.site.words), card.site.face)

    baseline = _TITLE_TOP + size
    for number, line in enumerate(title):
        baseline += round(size * _TITLE_LEADING) if number else 0
        _line(pen, baseline, line, card.title.face, size)
    title_end = baseline + size // 4  # below its last descender

    baseline += _SMALL // 2 + _SMALL_LEADING
    _line(pen, baseline, _signed(card.authors, card.others), card.authors.face)

    note = "".join(card.note.words)
    _line(pen, _LAST_LINE, note, card.note.face, anchor="rs")
    room = _ROOM - lettering.width(note, card.note.face, _SMALL) - 2 * _SMALL
    _line(pen, _LAST_LINE, _joined(card.topics, room), card.topics.face, anchor="ls")

    return _coloured(np.asarray(sheet), slice(_TITLE_TOP, title_end))


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

    pixels = np.where(cover < 128, _PAPER, _ACCENT).astype(np.uint8)
    pixels[title][pixels[title] == _ACCENT] = _INK
    pixels[is_edge & goes_on] = _EDGE
    pixels[_RULE, _MARGIN:-_MARGIN] = _EDGE
    pixels[:, :_SPINE] = _ACCENT
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
    anchor = anchor or ("rs" if lettering.is_leftward(words) else "ls")
    x = _MARGIN if anchor == "ls" else _WIDTH - _MARGIN
    pen.text((x, baseline), words.replace(TIE, " "), 255, lettering.font(face, size), anchor)


def _fitting(title: str, face: Face, sizes: Iterable[int]) -> Iterator[tuple[int, list[str]]]:
    """The sizes in which there is room for a whole title, each with its lines."""
    for size in sizes:
        lines = lettering.wrapped(title, face, size, _ROOM)
        if len(lines) <= _most_lines(size):
            yield size, lines


def _cut(title: str, face: Face, size: int) -> Iterator[list[str]]:
    """The lines of a title that is cut, each time shorter, down to one line."""
    lines = lettering.wrapped(title, face, size, _ROOM)
    for count in range(min(_most_lines(size), len(lines) - 1), 0, -1):
        last = lines[count - 1]
        while last and lettering.width(f"{last}…", face, size) > _ROOM:
            last = last.rpartition(" ")[0] or last[:-1]
        yield [*lines[: count - 1], f"{last.rstrip(' ,;:.-–—')}…"]


def _most_lines(size: int) -> int:
    return int(_TITLE_HEIGHT / (size * _TITLE_LEADING))


def _signed(authors: Texts, others: int) -> str:
    """As many authors as one line holds, and the number of the others."""
    for count in range(len(authors.words), 0, -1):
        rest = others + len(authors.words) - count
        line = ", ".join(authors.words[:count]) + (f" and {rest:,} more" if rest else "")
        if lettering.width(line, authors.face, _SMALL) <= _ROOM:
            return line
    return ""


def _joined(topics: Texts, room: float) -> str:
    """As many as fit into one line."""
    joined = (" · ".join(topics.words[:count]) for count in range(len(topics.words), 0, -1))
    fitting = (line for line in joined if lettering.width(line, topics.face, _SMALL) <= room)
    return next(fitting, "")


def _png(pixels: Pixels, key: str) -> bytes:
    """The file of a picture, with its key; Pillow's own would be larger by a twentieth.

    See https://www.w3.org/TR/png-3/: four pixels are a byte, and a row begins with its filter,
    which is none.
    """
    rows = np.zeros((_HEIGHT, 1 + _WIDTH // 4), np.uint8)
    for place in range(4):
        rows[:, 1:] |= pixels[:, place::4] << (6 - 2 * place)
    # The level above takes thrice as long, for a two hundredth.
    deflate = zlib.compressobj(8, wbits=15, memLevel=9)
    chunks = {
        b"IHDR": struct.pack(">2I5B", *CARD_SIZE, 2, 3, 0, 0, 0),
        b"tEXt": f"{_KEYWORD}\0{key}".encode(),
        b"PLTE": _PALETTE,
        b"IDAT": deflate.compress(rows.tobytes()) + deflate.flush(),
        b"IEND": b"",
    }
    return _PNG_START + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks.items()
    )
