"""From text to the words that are searched: folded, in order, with lunr's stop words and stems.

`assets/search/words.js` does the same in the browser, to queries; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Final

from lunr.stemmer import PorterStemmer
from lunr.stop_word_filter import WORDS as STOP_WORDS

_COMMAND: Final = re.compile(r"\\[A-Za-z]+")
_ACCENTS: Final = re.compile("[\u0300-\u036f]+")
_POSSESSIVE: Final = re.compile(r"['\u2019\u02bc]s(?![a-z0-9])")
_LONE_DOT: Final = re.compile(r"\.(?:(?![0-9])|(?<![0-9]\.))")  # it is found soonest by the dot

TOGETHER: Final = (
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Letters of Chinese, Japanese and Korean, which are written without spaces or inflected."""

_RUN: Final = re.compile(f"[{TOGETHER}]+")


PLAIN: Final = {
    **{"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ς": "σ"},
    **{"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "ng"},
}
"""Letters that are written out."""


class _Letters(dict[int, str]):
    """What each character becomes, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        is_kept = character == "." or unicodedata.category(character)[0] in "LNM"
        self[code] = PLAIN.get(character, character) if is_kept else " "
        return self[code]


_LETTERS: Final = _Letters()


def fold(text: str) -> str:
    """The words of a text, in lower case, with one space between.

    Accents and the names of TeX commands go, `'s` goes, letters such as `ß` are written out, and
    all that is neither letter nor digit divides words, except the dot in `2.5`. Runs of Chinese,
    Japanese and Korean letters become overlapping pairs and the last letter, so that any part of
    them is found: `大模型` is `大模 模型 型`.
    """
    return _folded(text, lambda run: f" {' '.join([*_pairs(run[0]), run[0][-1]])} ")


def fold_sought(text: str) -> str:
    """The words of a query, folded as `fold` does: of letters written together, the pairs alone."""
    return _folded(text, lambda run: f" {' '.join(_pairs(run[0]) or [run[0] + '*'])} ")


def is_together(word: str) -> bool:
    """Whether a word is of letters that are written without spaces."""
    return bool(_RUN.match(word))


def _folded(text: str, together: Callable[[re.Match[str]], str]) -> str:
    text = _COMMAND.sub(" ", text)
    if not text.isascii():
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text).lower())
        text = unicodedata.normalize("NFC", text)
    text = _POSSESSIVE.sub(" ", text.lower()).translate(_LETTERS)
    if "." in text:
        text = _LONE_DOT.sub(" ", text)
    if not text.isascii():
        text = _RUN.sub(together, text)
    return " ".join(text.split())


def _pairs(letters: str) -> list[str]:
    return ["".join(pair) for pair in pairwise(letters)]


class _Stemmer(PorterStemmer):  # type: ignore[misc]
    """The package's stemmer, with the rules in which lunr.js does otherwise."""

    b: str
    k: int
    k0: int

    def ends(self, s: str) -> bool:
        """Whether the word ends so: a suffix needs a letter before it, as in `.+?ies`."""
        alone = self.k - self.k0 + 1 == len(s) and s not in ("at", "bl", "iz")
        return not alone and bool(super().ends(s))

    def doublec(self, j: int) -> bool:
        """Whether a consonant stands twice; `yy` is left alone."""
        return self.b[j] != "y" and bool(super().doublec(j))

    def step1c(self) -> None:
        """Write a last `y` as `i` after a consonant that is not the first letter."""
        if self.k > 1 and self.b[self.k] == "y" and self.b[self.k - 1] not in "aeiou":
            self.b = self.b[: self.k] + "i"


_stemmer: Final = _Stemmer()


@cache
def term(word: str) -> str | None:
    """What lunr indexes for a folded word: its stem, or nothing for a stop word."""
    return None if word in STOP_WORDS else stem(word)


def stem(word: str) -> str:
    """What lunr looks for: the stem, also of a stop word, since `doing` is indexed as `do`."""
    return str(_stemmer.stem(word))
