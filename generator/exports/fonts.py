"""Fonts for pictures: what their letters are, how wide words are, and where lines end.

The letters are Roboto Slab and Lato, which MkDocs carries for one of its themes: Latin, Greek and
Cyrillic. The setting `card_font` adds others. What a font cannot draw is replaced or left out, so
that there are never boxes.
"""

from __future__ import annotations

import errno
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from PIL import ImageFont, features

from generator.model.errors import ConfigError
from generator.model.settings import MKDOCS_YML, Settings

SERIF: Final = "Roboto-Slab-Regular.woff"
SANS: Final = "lato-normal.woff"

TIE: Final = "\xa0"
"""Between words that stay on one line."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font file."""

    path: str
    """Absolute; empty is the font that Pillow carries, which has ASCII only."""

    digest: str
    """Digest of the file, and of what joins its letters."""

    is_shaped: bool = False
    """Whether letters are joined and ordered as their script wants it."""

    def __repr__(self) -> str:
        """Without the path, so that the same font is the same wherever it is installed."""
        return f"Face({self.digest!r}, {self.is_shaped})"


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts in letters that a font has."""

    face: Face
    words: tuple[str, ...] = ()


def faces(settings: Settings, name: str) -> tuple[Face, ...]:
    """The font `SERIF` or `SANS` and, if set, the one for other scripts.

    Raises:
        ConfigError: `card_font` cannot be read.
    """
    if not settings.card_font:
        return (_bundled(name),)
    path = settings.root / settings.card_font
    try:
        if not path.is_file():
            raise FileNotFoundError(errno.ENOENT, "no such file", str(path))
        return (_bundled(name), _chosen(str(path), path.stat().st_mtime_ns))
    except OSError as error:
        raise ConfigError(
            f"{settings.root / MKDOCS_YML}: extra.papershelf.card_font: expected a TrueType "
            f"or OpenType font, found {path}, which cannot be read ({error}). "
            "Give its path from the folder of mkdocs.yml, or remove the setting."
        ) from None


@cache
def _bundled(name: str) -> Face:
    spec = find_spec("mkdocs")
    package = Path(spec.origin).parent if spec and spec.origin else Path()
    path = package / "themes/readthedocs/css/fonts" / name
    if not path.is_file():
        return Face("", "")
    return Face(str(path), sha256(path.read_bytes()).hexdigest())


@lru_cache(maxsize=8)
def _chosen(path: str, stamp: int) -> Face:
    """The face that `card_font` names.

    Args:
        path: of the font.
        stamp: when it was written, since a file that was written anew is another font.
    """
    ImageFont.truetype(path, 30)
    shaper = str(features.version("raqm") or "")
    digest = sha256(Path(path).read_bytes() + shaper.encode()).hexdigest()
    return Face(path, digest, is_shaped=bool(shaper))


@lru_cache(maxsize=64)
def font(face: Face, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """What Pillow draws with, in a size in pixels."""
    if not face.path:
        return ImageFont.load_default(size)
    layout = ImageFont.Layout.RAQM if face.is_shaped else ImageFont.Layout.BASIC
    return ImageFont.truetype(face.path, size, layout_engine=layout)


# What a font can draw.


def drawable(texts: Sequence[str], faces: Sequence[Face], lost: float = 0) -> Texts:
    """The texts in the font that has most of them, without those that it cannot draw.

    Args:
        texts: of one line each.
        faces: the one to be preferred first.
        lost: which part of a text may be left out.
    """
    best, least = Texts(faces[0]), len("".join(texts)) + 1
    for face in faces:
        drawn = [(text, *_without_boxes(text, face)) for text in texts]
        drawable_words = tuple(
            words for text, words, gone in drawn if words and gone <= lost * len(text)
        )
        missing = sum(gone for _, _, gone in drawn)
        if missing < least:
            best, least = Texts(face, drawable_words), missing
    return best


def _without_boxes(text: str, face: Face) -> tuple[str, int]:
    """What of a text a font can draw, and how many characters are lost.

    A word with a letter that it lacks becomes an ellipsis; signs that it lacks just go.
    """
    if text.isascii():
        return text, 0
    words: list[str] = []
    lost = 0
    for word in unicodedata.normalize("NFC", text).split():
        drawn = "".join(_drawn(face, character) for character in word)
        if _LOST in drawn:
            lost += len(word)
            drawn = "" if words[-1:] == ["…"] else "…"
        if drawn:
            words.append(drawn)
    return " ".join(words), lost


def lost(texts: Iterable[str], face: Face) -> set[str]:
    """The letters and signs of texts that a font can draw in no way."""
    characters = set(unicodedata.normalize("NFC", "".join(texts)))
    return {
        character
        for character in characters
        if not character.isascii()
        and unicodedata.category(character)[0] in "LNPS"
        and _drawn(face, character) in ("", _LOST)
    }


_LOST: Final = "\0"


@lru_cache(maxsize=65_536)
def _drawn(face: Face, character: str) -> str:
    """A character as the font can draw it, by another if need be; `_LOST` if it is a letter."""
    if _has(face, character):
        return character
    for simpler in (_LOOKALIKES.get(character, ""), unicodedata.normalize("NFKD", character)):
        base = "".join(c for c in simpler if not unicodedata.combining(c))
        if base and all(_has(face, c) for c in base):
            return base
    is_accent = "\u0300" <= character <= "\u036f"
    return _LOST if unicodedata.category(character)[0] in "LMN" and not is_accent else ""


_LOOKALIKES: Final = {
    **{"‐": "-", "‑": "-", "−": "-", "∼": "~", "→": "->", "←": "<-", "∈": "in", "⋆": "*"},
    **{"∗": "*", "×": "x", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"},
    **{"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe"},
    **{"đ": "d", "Đ": "D", "ı": "i"},
}


def _has(face: Face, character: str) -> bool:
    """Whether the font has a glyph for it, which is told from the one for what it lacks."""
    if character.isascii():
        return True
    category = unicodedata.category(character)[0]
    if category == "C":
        return False
    if not face.is_shaped and (category == "M" or is_leftward(character)):
        return False
    return _glyph(face, character) != _glyph(face, _NOWHERE)


_NOWHERE: Final = "\U0010fffe"
"""No character: no font has a glyph for it."""


def _glyph(face: Face, character: str) -> tuple[float, tuple[int, int], bytes]:
    mask = font(face, 30).getmask(character)
    return font(face, 30).getlength(character), mask.size, bytes(mask)


def is_leftward(words: str) -> bool:
    """Whether a text begins at the right, as Arabic and Hebrew do."""
    directions = map(unicodedata.bidirectional, words)
    return next((way != "L" for way in directions if way in ("L", "R", "AL")), False)


# Where lines end.


def width(words: str, face: Face, size: int) -> float:
    """How wide words are, in pixels, told from one size: measuring is slow, and most come again."""
    return _measured(words, face) * size / _MEASURED


_MEASURED: Final = 64


@lru_cache(maxsize=65_536)
def _measured(words: str, face: Face) -> float:
    return font(face, _MEASURED).getlength(words.replace(TIE, " "))


def wrapped(text: str, face: Face, size: int, room: int) -> list[str]:
    """A text in lines of at most `room` pixels, as near as `width` tells."""
    lines = [""]
    used = 0.0
    for part in _parts(text, face, size, room):
        if used and used + width(part.rstrip(" "), face, size) > room:
            lines.append("")
            used = 0.0
        lines[-1] += part
        used += width(part, face, size)
    return [line.rstrip(" ") for line in lines]


def _parts(text: str, face: Face, size: int, room: int) -> Iterator[str]:
    """What a line may end behind: words with their space, letters of scripts without spaces."""
    for word in _WORD.findall(text):
        wide = width(word, face, size)
        if wide <= room:
            yield word
            continue
        length = max(1, int(len(word) * room / wide * 0.9))
        yield from (word[start : start + length] for start in range(0, len(word), length))


_HAN: Final = "\u2e80-\u2fff\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
"""Ideographs, kana and hangul."""

_WORD: Final = re.compile(rf"[{_HAN}][\u3000-\u303f\uff00-\uff0f]* ?|[^ {_HAN}]+ ?| +")
