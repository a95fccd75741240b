"""The names in front of a reference, in the form that its style gives them.

`Kovacs M, Wei C`, `Kovacs, M., & Wei, C.` and `M. Kovacs and C. Wei` take the same letters for
different parts of names. A list of references keeps to one form, which its reader tries out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import Final

from generator.sources.copied import bylines


class Form(Enum):
    """How a style writes names."""

    TURNED = "Kovacs, M."
    """The first name of a list, or all of them, with the family name first and a comma."""

    BARE = "Kovacs M"
    """The family name first, initials behind it, nothing between."""

    STRAIGHT = "M. Kovacs"
    """Names as they are spoken."""


LONGEST: Final = 20_000
"""Characters of the names of one reference."""

_UPPER: Final = "[A-ZÀ-ÖØ-ÞĀ-ſА-Я]"
_INITIAL: Final = re.compile(rf"{_UPPER}h?\.(?:-?{_UPPER}h?\.)*|[a-z]\.|St\.|Jr\.|Sr\.")
_SHORT: Final = re.compile(rf"{_UPPER}[^\W\d_]?h?\.|{_UPPER}{{1,4}}|[a-z]\.")
_BARE: Final = re.compile(
    rf"(?P<family>[^\W\d_][^\d_.]*?(?:St\. [^\d_.]+)?) "
    rf"(?P<given>{_UPPER}{{1,4}}(?:-{_UPPER}{{1,2}})?"
    rf"|(?:{_UPPER}h?\.[ -]?){{1,5}}|{_UPPER}(?:[ -]{_UPPER}){{1,4}})"
    r"(?: (?P<suffix>Jr|Sr|II|III|IV|2nd|3rd)\.?)?"
)
_SUFFIX: Final = re.compile(r"(?:jr|sr|ii|iii|iv|2nd|3rd)\.?", re.IGNORECASE)
_GROUP: Final = re.compile(
    r"\b(?:collaborations?|consortium|group|team|committee|initiative|network|society|association"
    r"|institute|university|foundation|organi[sz]ation|council|agency|investigators|task force)\b",
    re.IGNORECASE,
)
_COINED: Final = re.compile(r"[A-Z][\w-]*[a-z][A-Z][\w-]*|[A-Z][a-z]+-AI|[A-Z][a-z]+ AI")
_ET_AL: Final = re.compile(
    r"[\s,;]*(?:\b(?:and|&)\s+)?(?:\bet\.?\s+al\b\.?|\b(?:and|&) others\b|…|\.\.\.|等)\s*$",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(
    r"\s*,\s*(?:…|\.{3})\s*|\s*[,，]\s*(?:(?:and|&|und|et|y)\s+)?|\s+(?:and|&|und|y)\s+"
)
_AND: Final = re.compile(r",?\s+(?:and|&)\s+|,?\s*;\s*(?:(?:and|&)\s+)?")
_MARKS: Final = re.compile(r"[*†‡§¶#]+")


@lru_cache(maxsize=1 << 12)
def people(text: str, form: Form) -> tuple[str, ...] | None:
    """The names in a text of nothing else, as `names.author` takes them; `None` if it is none.

    `Kovacs M, Wei C` gives `Kovacs, M` and `Wei, C`. What stands for more names, `et al.`, is left.
    """
    if len(text) > LONGEST or "://" in text:
        return None
    text = _MARKS.sub("", text).strip(" ,;:")
    text = _ET_AL.sub("", text).strip(" ,;:")
    if form is Form.BARE or not is_initials(re.split(r"[ ,.]+", f" {text.rstrip('.')}")[-1]):
        text = text.rstrip(" .")
    if not text:
        return None
    if _is_group(text):
        return (text,)
    parts = [part for part in _AND.split(text) if part]
    if form is Form.TURNED and len(parts) > 1 and all(part.count(",") == 1 for part in parts):
        whole = [_turned(*(each.strip() for each in part.split(","))) for part in parts]
        if all(whole):
            return tuple(filter(None, whole))
    if ";" in text and form is Form.TURNED:
        return None
    pieces = [piece for piece in _BETWEEN.split(text.replace(";", ",")) if piece]
    signed = list(_walk(pieces, form))
    return tuple(filter(None, signed)) if signed and all(signed) else None


def _walk(pieces: list[str], form: Form) -> Iterator[str | None]:
    """Each name, with the suffix behind it; `None` for what is none."""
    place = 0
    pairs = zip(pieces[::2], pieces[1::2], strict=False) if form is Form.TURNED else ()
    is_paired = len(pieces) % 2 == 0 and all(_turned(*pair) for pair in pairs)
    if is_paired and len(pieces) > 2:
        is_paired = not any(map(is_initials, pieces[1::2]))
    while place < len(pieces):
        piece = pieces[place]
        after = pieces[place + 1] if place + 1 < len(pieces) else ""
        used = 1
        name: str | None = None
        if form is Form.BARE:
            match = _BARE.fullmatch(piece)
            if match and _is_family(match["family"]) and not _SUFFIX.fullmatch(match["given"]):
                suffix = f", {match['suffix']}" if match["suffix"] else ""
                name = f"{match['family']}, {match['given'].strip()}{suffix}"
        elif form is Form.TURNED:
            first = place == 0 or is_paired
            if after and (is_initials(after) or (first and _is_given(after))):
                name, used = _turned(piece, after), 2
            elif place and not is_initials(piece):
                name = _straight(piece)
        else:
            name = _straight(piece)
        if name is None and _is_group(piece):
            name, used = piece, 1
        behind = pieces[place + used] if place + used < len(pieces) else ""
        if name and behind and _SUFFIX.fullmatch(behind):
            name, used = f"{name}, {behind}", used + 1
        yield name
        if name is None:
            return
        place += used


def is_initials(text: str) -> bool:
    """Whether it is initials alone: `M.`, `M. K.`, `J.-P.`, `MK`."""
    words = re.split(r"[ -]+|(?<=\.)(?=\w)", text.strip())
    return bool(words) and len(words) <= 6 and all(map(_SHORT.fullmatch, filter(None, words)))


def _turned(family: str, given: str) -> str | None:
    """`Kovacs, M.`; `Mira Kovacs, Chen Wei` are two names."""
    is_one = " " not in family or " " not in given or is_initials(given) or not family.istitle()
    return f"{family}, {given}" if is_one and _is_family(family) and _is_given(given) else None


def _straight(piece: str) -> str | None:
    """A name as it is spoken; its last word is no initial."""
    words = piece.split()
    if len(words) < 2 or is_initials(words[-1]) or any(map(str.isdigit, piece)):
        return None
    dotted = [word for word in words if word.endswith(".") and not _INITIAL.fullmatch(word)]
    if dotted and (dotted != words[:1] or not _SHORT.fullmatch(words[0])):
        return None  # `Ba. Adam`; but `Yu. Kovacs`
    return piece if len(bylines.names(piece)) == 1 else None


def _is_given(text: str) -> bool:
    if is_initials(text):
        return True
    words = [word for word in text.split() if not is_initials(word)]
    most = 1 if is_initials(text.split()[0]) else 3  # `J. Robert`, `Mira Anna T.`
    return len(words) <= most and text[:1].isupper() and _is_family(" ".join(words))


def _is_family(text: str) -> bool:
    """Whether it may be a family name: `Kovacs`, `van der Berg`, `O’Neill`, `de la Cruz Lopez`."""
    words = text.split()
    is_short = len(words) <= 5 and 1 < len(text) <= 50 and not any(map(str.isdigit, text))
    is_spelt = not any(
        (len(word) == 1 and word.isupper()) or (word.endswith(".") and word != "St.")
        for word in words
    )
    return is_short and is_spelt and len(bylines.names(text)) == 1


def _is_group(text: str) -> bool:
    if len(text) > 120 or not text[:1].isupper():
        return False
    if _COINED.fullmatch(text) and not is_initials(text):
        return True
    words = text.split()
    capitals = sum(word[0].isupper() for word in words)
    is_named = 2 * capitals >= len(words) and not re.search(r"[,.:?!;]", text)
    return is_named and len(words) > 1 and _GROUP.search(text) is not None


_STOP: Final = re.compile(r"(?P<more>\bet\.? al\b\.?,?|…\.?)[ ]+|\.(?P<comma>,?)[ ]+")
_GOES_ON: Final = re.compile(
    rf"(?:{_UPPER}h?\.(?:[ ,;:-]|{_UPPER}\.)|[,;&-]|and\b|et al|Jr\b|Sr\b|I{{2,3}}\b)"
)
MOST_TRIED: Final = 6
"""Full stops that names are tried to end at."""


def leading(text: str, form: Form) -> tuple[tuple[str, ...], str] | None:
    """The names that a text begins with and all behind them; `None` where it begins with none.

    They end at the first full stop that no initial follows and that only names stand before.
    """
    tried = 0
    for match in _STOP.finditer(text, 0, LONGEST):
        if not match["more"] and (match["comma"] or _GOES_ON.match(text, match.end())):
            continue
        tried += 1
        if tried > MOST_TRIED:
            return None
        if signed := people(text[: match.end()], form):
            return signed, text[match.end() :]
    return None
