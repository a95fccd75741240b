"""The parts of an author's name: what goes first, and what a list is sorted by."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from generator.model.papers import Author, Paper
from generator.text import fold


class Name(NamedTuple):
    """A name in the parts that citations turn round: `van den Oord`, `Aäron`.

    Given is empty for what has no parts, which all formats print whole: groups, single words, and
    names in scripts without capitals, such as Chinese or Arabic.
    """

    family: str
    given: str = ""
    suffix: str = ""
    is_group: bool = False
    """Whether it is a team or an institution."""


_SUFFIX: Final = re.compile(r"(?:jr|sr|ii|iii|iv|ph\.? ?d|m\.?d)\.?", re.IGNORECASE)
_GROUP: Final = re.compile(
    r"\b(?:collaborations?|consortium|group|team|committee|project|network|initiative|society"
    r"|association|institut(?:e|ion)|university|universität|université|laborator(?:y|ies)|labs?"
    r"|foundation|organi[sz]ation|council|cent(?:er|re)|department|alliance|community|inc|ltd|llc"
    r"|gmbh|corporation|corp)\b|^(?-i:the)\s",
    re.IGNORECASE,
)
_PARTICLE: Final = re.compile(
    "v[ao]n|vom|d[ae][nrs]?|del|dell[ao]|dei|degli|di|dos?|du|las?|les?|l?os|lo|[ea]l|bin|ibn|bint"
    "|te[nr]?|tot|zu[mr]?|a[fv]|st\\.|'t|op|het"
)
_LINK: Final = re.compile("[yei]|und")
"""Between two family names: `Ramón y Cajal`."""
_CAPITAL_PARTICLE: Final = re.compile(r"V[ao]n|De[nr]?|Dell?|Della|D[aiu]|Dos|L[ae]|[EA]l|St\.|Mc")
# `Van` and `Le` are no particles in Vietnam: `Nguyen Van Hung`, `Minh Le Nguyen`.
_VIETNAMESE: Final = re.compile(
    "nguyen|tran|le|pham|v[uo]|do|bui|ngo|dang|hoang|ho|duong|dinh|phan|ly|trinh|truong"
)


_ELIDED: Final = re.compile("[dl]['’]")
_LETTER: Final = re.compile(r"[^\W_]")


def split(author: Author) -> Name:
    """The parts of a name.

    The family name is what the source says, with the particles before it; else it starts at the
    first particle (`van den`, `de la`, `Di`), else it is the last word. A suffix (`Jr.`, `III`)
    belongs to neither. What looks like a team or institution is taken whole.
    """
    return _split(author.name, author.family)  # by the strings, whose hashes are kept


def of(paper: Paper) -> list[Name]:
    """The names of all authors of a paper, in parts."""
    return [_split(author.name, author.family) for author in paper.authors]


@lru_cache(maxsize=1 << 16)
def _split(name: str, family: str) -> Name:
    name = " ".join(name.split())
    if _GROUP.search(name):
        return Name(name, is_group=True)
    if not name.isascii() and any(unicodedata.category(letter) == "Lo" for letter in name):
        return Name(name)
    name, suffix = _without_suffix(name)
    words = name.split()
    if len(words) < 2 or "," in name:  # an address behind a name, or two names in one
        return Name(", ".join(filter(None, (name, suffix))))
    start = _start(words)
    family_words = family.split()
    if family_words and family_words == words[-len(family_words) :]:
        start = len(words) - len(family_words)
        while start > 1 and _PARTICLE.fullmatch(words[start - 1]):
            start -= 1
    elif family_words and family_words == words[: len(family_words)]:
        words = (
            words[len(family_words) :] + family_words
        )  # printed in the order of Hungary or China
        start = len(words) - len(family_words)
    parted = Name(" ".join(words[start:]), " ".join(words[:start]), suffix)
    if not _LETTER.search(parted.family) or (parted.given and not _LETTER.search(parted.given)):
        return Name(", ".join(filter(None, (name, suffix))))  # a part of dashes alone is none
    return parted


def _without_suffix(name: str) -> tuple[str, str]:
    before, comma, after = name.rpartition(",")
    if comma and before and _SUFFIX.fullmatch(after.strip()):
        return before.rstrip(" ,"), after.strip()
    before, _, last = name.rpartition(" ")
    if " " in before and _SUFFIX.fullmatch(last) and last[0].isupper():
        return before.rstrip(" ,"), last
    return name, ""


def _start(words: list[str]) -> int:
    """The place of the word that the family name starts with."""
    last = len(words) - 1
    for place, word in enumerate(words[:-1]):
        if place > 1 and _LINK.fullmatch(word):
            return place - 1
        if _PARTICLE.fullmatch(word) or (place and _ELIDED.match(word)):
            return place
        if place and _CAPITAL_PARTICLE.fullmatch(word) and not _is_vietnamese(words):
            return place
    return last


def _is_vietnamese(words: list[str]) -> bool:
    return any(_VIETNAMESE.fullmatch(fold(word)) for word in (words[0], words[-1]))


@lru_cache(maxsize=1 << 16)
def initials(given: str) -> str:
    """`Jean-Paul Q.` → `J.-P. Q.`"""
    words = _BEFORE_HYPHEN.sub("-", given).replace(".", ". ").split()
    return " ".join(filter(None, map(_initial, words)))


_BEFORE_HYPHEN: Final = re.compile(r"\.?\s+-|\.-")  # `S. -H.`


@lru_cache(maxsize=1 << 16)
def _initial(word: str) -> str:
    letters = (re.search(r"[^\W\d_]", part) for part in word.split("-"))
    return "-".join(f"{letter[0].upper()}." for letter in letters if letter)
