"""Text for comparing, for sorting and for addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from typing import Final

SLUG_LIMIT: Final = 80


# The accents of Latin, Greek and Cyrillic, and selectors that only change how a character looks.
# Marks of other scripts stay, since there they are letters: a vowel sign, a voicing mark.
_ACCENTS: Final = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\U000e0100-\U000e01ef]"
)
# Latin letters that have no accent to drop.
_LATIN: Final = str.maketrans(
    {"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"}
    | {"ŋ": "ng", "ŧ": "t", "ə": "e", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƒ": "f", "ĸ": "k", "ȷ": "j"}
)
_ASCII_WORDS: Final = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() else ord(" ") for code in range(128)
).ljust(256)
"""Of each byte the one that it folds to."""


def fold(text: str) -> str:
    """Return text for comparing and sorting: no accents, case or punctuation, words by one space.

    Letters of every script stay. `&` reads "and", `+` reads "plus": CodeT5+ is not CodeT5.
    """
    if text.isascii():  # nearly all; the same, only sooner
        return _ascii_words(text)
    folded = unicodedata.normalize("NFKD", text)
    folded = _ACCENTS.sub("", folded).casefold()
    folded = _spoken(_ACCENTS.sub("", unicodedata.normalize("NFKD", folded)))
    if folded.isascii():
        return _ascii_words(folded)
    folded = unicodedata.normalize("NFC", "".join(_letters(folded.translate(_LATIN))))
    return " ".join(folded.split())


def _ascii_words(text: str) -> str:
    return " ".join(_spoken(text).encode().translate(_ASCII_WORDS).decode().split())


def _spoken(text: str) -> str:
    return text.replace("&", " and ").replace("+", " plus ")


def _letters(text: str) -> Iterator[str]:
    previous = " "
    for character in text:
        category = unicodedata.category(character)
        if category == "Cf":  # a joiner inside a word does not divide it
            continue
        is_joined = category[0] == "M" and previous != " "
        previous = character if character.isalnum() or is_joined else " "
        yield previous


_NOT_ASCII_WORD: Final = re.compile(r"[^a-z0-9]+")
_RESERVED: Final = re.compile(r"index|readme|404|con|prn|aux|nul|(?:com|lpt)[0-9]")


def slug(text: str) -> str:
    """Return an address of `a-z`, `0-9` and `-`: equal for texts that fold to the same.

    Where letters are lost (other scripts, long titles) a hash of the folded text keeps it unique.
    """
    folded = fold(text)
    words = _NOT_ASCII_WORD.sub("-", folded).strip("-")
    if folded.isascii() and 0 < len(words) <= SLUG_LIMIT and not _RESERVED.fullmatch(words):
        return words
    mark = sha256((folded or text).encode("utf-8", "replace")).hexdigest()[:8]
    room = SLUG_LIMIT - len(mark) - 1
    if len(words) > room:
        words = words[: room + 1].rpartition("-")[0] or words[:room]
    return f"{words}-{mark}" if words else mark
