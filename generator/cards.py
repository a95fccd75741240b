r"""Cards: the picture of a paper that other sites show beside a link to it, drawn with Pillow.

A card is a PNG of eight colours with the paper's title, authors and topics. It says within itself
what it was drawn from, so that one which is still right is not drawn again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Final

import PIL
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from generator import addresses, lettering, work
from generator.config import Settings
from generator.lettering import TIE, Face, Texts, drawable
from generator.papers import Paper
from generator.plain import readable
from generator.text import excerpt

MOST_PAPERS: Final = 10_000
"""Catalogs of more papers have no cards unless they are asked for."""

PAPERS_A_SHARD: Final = 200

FORMAT: Final = 2
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
    for drawn in work.spread(_draw_all, work.cut(missing, PAPERS_A_SHARD), jobs):
        cards |= drawn
    return cards


def card(paper: Paper, settings: Settings, names: Mapping[str, str]) -> bytes:
    """The picture of one paper.

    Raises:
        ConfigError: `card_font` cannot be read.
    """
    return _draw(_card(paper, settings, names))


def key(paper: Paper, settings: Settings, names: Mapping[str, str]) -> str:
    """Digest of all that the picture depends on, fonts and Pillow included; it is written in it."""
    return _card(paper, settings, names).key


def is_ours(data: bytes, key: str = "") -> bool:
    """Whether a file is a card, whole, and that of `key`, if that is given."""
    # The chunk that names the key: https://www.w3.org/TR/png-3/#11tEXt
    mark = f"tEXt{_KEYWORD}\0{key}".encode()
    return data.startswith(_PNG_START) and mark in data[:400] and data.endswith(_PNG_END)


_PNG_START: Final = b"\x89PNG"
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
    site = [excerpt(settings.site_name, _NAME)]
    about = [excerpt(names[slug], _NAME) for slug in paper.topics[:_TOPICS]]
    signed = [excerpt(author.name, _NAME) for author in paper.authors[:_AUTHORS]]
    note = paper.venue or (f"arXiv:{paper.arxiv}" if paper.arxiv else paper.date[: len("2025")])

    title = drawable(
        [readable(excerpt(paper.title, _TITLE)).translate(_ON_THE_LINE)], serif, lost=1 / 3
    )
    topics = drawable(about, sans)
    if not title.words:
        # A title in letters that we lack: what it is about stands there, or at least where it is.
        title, topics = drawable([", ".join(about)], serif), Texts(sans[0])
    authors = drawable(signed, sans)
    return _Card(
        site=drawable(site, sans),
        title=title if title.words else drawable(site, serif),
        authors=authors,
        others=len(paper.authors) - len(authors.words),
        topics=topics,
        note=drawable([excerpt(note, _NOTE)], sans, lost=1 / 3),
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
_TITLE_SIZES: Final = (88, 76, 66, 58, 50, 44)
_TITLE_LEADING: Final = 1.24
_SMALL: Final = 30
_SMALL_LEADING: Final = 45

_PAPER: Final = (0xFC, 0xFB, 0xF8)
_LINE: Final = (0xE2, 0xDD, 0xD3)
_INKS: Final = {"accent": (0x17, 0x50, 0x6D), "ink": (0x1D, 0x1B, 0x18), "soft": (0x5D, 0x58, 0x50)}
"""The colours of the site, by light."""

_STEPS: Final = 2
"""From paper to an ink in full, where the edges of letters fade: one between makes small files."""

_STEP_OF: Final = [round(level * _STEPS / 255) for level in range(256)]


def _draw_all(cards: Sequence[tuple[str, _Card]]) -> dict[str, bytes]:
    return {path: _draw(card) for path, card in cards}


def _draw(card: _Card) -> bytes:
    sheet = Image.new("L", CARD_SIZE)
    pen = ImageDraw.Draw(sheet)
    _line(pen, _FIRST_LINE, "".join(card.site.words), card.site.face)

    size, lines = _fitted("".join(card.title.words), card.title.face)
    baseline = _TITLE_TOP + size
    for number, line in enumerate(lines):
        baseline += round(size * _TITLE_LEADING) if number else 0
        _line(pen, baseline, line, card.title.face, size)
    title_end = baseline + size // 4  # below its last descender

    baseline += _SMALL // 2
    for line in _signed(card.authors, card.others):
        baseline += _SMALL_LEADING
        _line(pen, baseline, line, card.authors.face)

    note = "".join(card.note.words)
    _line(pen, _LAST_LINE, note, card.note.face, anchor="rs")
    room = _ROOM - lettering.width(note, card.note.face, _SMALL) - 2 * _SMALL
    _line(pen, _LAST_LINE, _joined(card.topics, room), card.topics.face, anchor="ls")
    return _png(sheet, {"accent": _TITLE_TOP, "ink": title_end, "soft": _HEIGHT}, card.key)


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


def _fitted(title: str, face: Face) -> tuple[int, list[str]]:
    """The largest size that the whole title has room in; the smallest, cut, if none is."""
    for size in _TITLE_SIZES:
        lines = lettering.wrapped(title, face, size, _ROOM)
        most = int(_TITLE_HEIGHT / (size * _TITLE_LEADING))
        if len(lines) <= most:
            return size, lines
    last = lines[most - 1]
    while last and lettering.width(f"{last}…", face, size) > _ROOM:
        last = last.rpartition(" ")[0] or last[:-1]
    return size, [*lines[: most - 1], f"{last.rstrip(' ,;:.-–—')}…"]


def _signed(authors: Texts, others: int) -> list[str]:
    """As many authors as two lines hold, and the number of the others."""
    names = [name.replace(" ", TIE) for name in authors.words]
    for count in range(len(names), 0, -1):
        rest = others + len(names) - count
        more = f" and{TIE}{rest:,}{TIE}more" if rest else ""
        joined = ", ".join(names[:count]) + more
        lines = lettering.wrapped(joined, authors.face, _SMALL, _ROOM)
        if len(lines) <= 2:
            return lines
    return []


def _joined(topics: Texts, room: float) -> str:
    """As many as fit into one line."""
    joined = (" · ".join(topics.words[:count]) for count in range(len(topics.words), 0, -1))
    fitting = (line for line in joined if lettering.width(line, topics.face, _SMALL) <= room)
    return next(fitting, "")


def _png(sheet: Image.Image, bands: Mapping[str, int], key: str) -> bytes:
    """The picture of a sheet of light on dark.

    Args:
        sheet: of grey letters; grey is how much ink there is.
        bands: each ink, and to which height it is used.
        key: is written in it.
    """
    palette = [*_PAPER, *_LINE]
    image = Image.new("L", CARD_SIZE)
    top = 0
    for ink, bottom in bands.items():
        paler = len(palette) // 3 - 1
        band = sheet.crop((0, top, _WIDTH, bottom))
        image.paste(band.point([paler + step if step else 0 for step in _STEP_OF]), (0, top))
        top = bottom
        palette += [
            round(paper + (full - paper) * step / _STEPS)
            for step in range(1, _STEPS + 1)
            for paper, full in zip(_PAPER, _INKS[ink], strict=True)
        ]
    pen = ImageDraw.Draw(image)
    pen.rectangle((_MARGIN, _RULE, _WIDTH - _MARGIN, _RULE + 1), 1)
    pen.rectangle((0, 0, _SPINE - 1, _HEIGHT), 1 + _STEPS)  # the first ink, in full
    image.putpalette(palette)
    said = PngInfo()
    said.add_text(_KEYWORD, key)
    file = BytesIO()
    # The level above makes it a thirtieth smaller and takes twice as long, as long as all else.
    image.save(file, "PNG", pnginfo=said, bits=4, compress_level=4)
    return file.getvalue()
