"""Whether a line of a text names people and nothing else, and whom."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

LONGEST: Final = 20_000
"""Characters of a line that may name people; a title that looks so is shorter by far."""

# What stands behind a name: affiliations in brackets, marks of footnotes, an address.
_ASIDE: Final = re.compile(r"\([^()]{0,300}\)|\[[^\[\]]{0,300}\]|[^\s@]{1,64}@\S+")
_MARK: Final = re.compile(r"[\d*†‡§¶#^⁰¹²³⁴-⁹✉]+(?:\s*,\s*[\d*†‡§¶#^]+)*")
_CODE: Final = re.compile(r"\b(?=[0-9]{0,9}[A-F])(?=[A-F]{0,9}[0-9])[0-9A-F]{4,9}\b")
"""A number in hexadecimal digits, which stands in tables of codes."""

_ET_AL: Final = re.compile(
    r"(?:,|\band\b|\s)\s*(?:et\.?\s+al\.?|others|…|\.\.\.)\s*$", re.IGNORECASE
)
_AND: Final = re.compile(r"\s*(?:,|，|、)\s*(?:and|&)\s+|\s+(?:and|&|und|et|y)\s+|\s*[,，、]\s*")
_BARS: Final = re.compile(r"\s*[|·•∙;；\t]\s*")
_PLACE: Final = re.compile(
    r"\b(?:universit\w*|institut\w*|college|school|laborator\w*|labs?|inc|ltd|llc|gmbh|corp\w*"
    r"|academy|department|dept|centre|center|hospital|research|google|microsoft|meta|openai"
    r"|deepmind|nvidia|amazon|alibaba|tencent|proceedings|pmlr|huawei|bytedance|ibm|eth|mit|cnrs|inria)\b",
    re.IGNORECASE,
)
_PARTICLES: Final = re.compile(
    r"(?:a|al|af|ap|ben|bin|bint|da|dal|de|del|dela|della|den|der|des|di|do|dos|du|e|el|ibn|im|la|le"
    r"|los|mac|mc|o|san|st|ste|ten|ter|tho|van|vande|vander|vom|von|y|zu|zum|zur)"
)
_WORDS: Final = re.compile(
    # of titles and of sentences, which names do not have
    r"(?:about|across|after|against|all|an|and|are|as|at|be|before|beyond|but|by|can|do|does|for"
    r"|from|how|if|in|into|is|it|its|more|not|of|on|only|or|our|over|than|that|the|their|these"
    r"|they|this|to|toward|towards|under|using|via|was|we|what|when|where|which|while|who|why"
    r"|with|without|you|your|learning|model|models|language|network|networks|neural|data|deep"
    r"|large)"
)
_HAN: Final = re.compile(
    r"[\u3400-\u9fff\uac00-\ud7af\u3040-\u30ff]{2,5}(?:[·・][\u3040-\u30ff]+)?"
)
_ACRONYM: Final = re.compile(r"[A-Z]{3,5}")
"""Beside full names, where one works."""

_SUFFIX: Final = re.compile(r"(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d)\.?", re.IGNORECASE)


_VOLUME: Final = re.compile(r";\s*(?:Proceedings of [^;]+|\(\d+\):[\d−–-]+, \d{4}\.?)\Z")
"""What proceedings of machine learning have behind the authors."""

_SCHOLAR: Final = re.compile(
    r"(?P<names>[^-–]{3,400}?)\s[-–]\s(?P<venue>.{0,300}?)(?:,\s|\b)(?P<year>(?:19|20)\d\d)(?:\s[-–]\s\S.{0,80})?"
)


def scholar(text: str) -> re.Match[str] | None:
    """Names, venue and year in a line of Google Scholar: `A Byron, B Li - Ants, 2025 - ant.org`."""
    match = _SCHOLAR.fullmatch(text) if len(text) < 900 else None
    return match if match and names(match["names"]) else None


def is_in_volume(text: str) -> bool:
    """Whether a line is of names and the volume behind them: `Ada Byron; Proceedings of …`."""
    return _VOLUME.search(text[-1000:]) is not None and names(text) != ()


@lru_cache(maxsize=1 << 12)
def names(text: str) -> tuple[str, ...]:
    """The people that a line names; empty where it says anything else.

    `Ada Byron, Grace Hopper-Smith and Jean-Luc de la Tour`, `Ada Byron · Bo Li`,
    `Byron, A.; Li, B.`, and with affiliations `Ada Byron, Example University; Bo Li, Other Lab`.
    """
    if len(text) > LONGEST or "://" in text or text[:1].isdigit() or re.search(r"\w\.\.\w", text):
        return ()
    text = _VOLUME.sub("", " ".join(text.split()))
    if len(_CODE.findall(text)) > 1:
        return ()
    plain = _MARK.sub("", _ASIDE.sub("", text)).strip(" ,;.·|")
    plain = _ET_AL.sub("", plain).strip(" ,;")
    people: list[str] = []
    parts = _BARS.split(plain)
    for part in filter(None, parts):
        pieces = list(filter(None, _AND.split(part)))
        places = [n for n, piece in enumerate(pieces) if _PLACE.search(piece)]
        if places[:1] == [1] and len(pieces) % 2 == 0 and all(n % 2 for n in places):
            places = list(range(1, len(pieces), 2))  # each name has its own
        pieces = [piece for n, piece in enumerate(pieces) if n not in places]
        turned = (
            len(pieces) == 2
            and not places
            and len(parts) > 1
            and "," in part
            and _is_turned(*pieces)
        )
        people += [f"{pieces[1]} {pieces[0]}"] if turned else pieces
    people = [name for name in people if not _SUFFIX.fullmatch(name)]
    if people and " " in people[0]:
        people = [name for name in people if not _ACRONYM.fullmatch(name)]
    if not people or not all(map(_is_name, people)):
        return ()
    return tuple(people)


def _is_turned(family: str, given: str) -> bool:
    """Whether two pieces are one name, the last one first: `Byron, A. M.`."""
    return len(family.split()) == 1 or all(len(word.strip(".")) <= 2 for word in given.split())


def _is_name(text: str) -> bool:
    """Whether it could be the full name of a person."""
    if _HAN.fullmatch(text):
        return True
    words = text.split()
    if not 1 <= len(words) <= 6 or not 1 < len(text) <= 60:
        return False
    capitals = 0
    for word in words:
        bare = word.strip(".'’-").lower()
        if _WORDS.fullmatch(bare) or not bare:
            return False
        if not all(c.isalpha() or c in ".'’`´‘-‐‑" or not c.isascii() for c in word):
            return False
        if word[0].isupper() or (word[:2].lower() in ("d'", "d’", "o'", "o’") and len(word) > 2):
            capitals += 1
        elif not _PARTICLES.fullmatch(bare) and word[0].isascii():
            return False
        else:
            capitals += not word[0].isascii()
    return capitals > 0


def likeness(text: str) -> float:
    """How much a line is one of authors: above zero where it is, far below where it cannot be."""
    if scholar(text):
        return 5.0
    people = names(text)
    full = sum(" " in name or _HAN.fullmatch(name) is not None for name in people)
    if not people or 2 * full < len(people):
        return -9.0
    if len(people) == 1:
        return -1.0 if len(people[0].split()) > 4 else 0.5
    return min(5.0, 3.0 + 0.5 * len(people))
