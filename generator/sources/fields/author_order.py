"""Names whose family comes first, in pairs or with their initials last."""

from __future__ import annotations

import re
from typing import Final

from generator.sources.fields.author_pieces import ENDS_IN_INITIALS, GROUP, INITIALS, is_whole_name

_LAST_FIRST: Final = re.compile(
    r"([^,.]*(?:[^\W\d_A-Z]|[A-Z]{2})[^,.]*) (?![A-Z]{4})((?:[A-ZÀ-ÖØ-ÞĀ-ŽА-Я]\.?[ -]?){1,4})"
)
_SHOUTED: Final = re.compile(
    r"([A-ZÀ-ÖØ-Þ'’-]{2,}(?: [A-ZÀ-ÖØ-Þ'’-]{2,})*)((?: [A-ZÀ-ÖØ-Þ][^\W\d_A-Z]+(?:-[^\W\d_]+)?)+)"
)
"""Names as in France: `MOTH Ida`."""

_STOP: Final = re.compile(r"(?<=[^\W\d_]{2})\.\Z")  # of the list, behind `AB` without stops


def paired(pieces: list[str]) -> list[str]:
    """`Lee, A., Li, B. C.` in pairs, where every second part is initials; else nothing."""
    last, first = pieces[::2], pieces[1::2]
    if len(last) != len(first) or any(map(INITIALS.fullmatch, last)):
        return []
    told = [INITIALS.fullmatch(each) or ENDS_IN_INITIALS.search(each) for each in first]
    if all(told) or (any(told) and not any(map(is_whole_name, last))):
        return [", ".join(pair) for pair in zip(last, first, strict=True)]
    return []


def turned(listed: list[str]) -> list[str]:
    """Names that all have their initials last, `Lee AB` or `Lee A. B.`, as `Lee, AB`; else as they
    are. Citations write them so, and Scopus and PubMed do.
    """
    people = [name for name in listed if not GROUP.search(name)]
    if 0 < len(people) < len(listed):
        turned_people = iter(turned(people))
        return [name if GROUP.search(name) else next(turned_people) for name in listed]
    told = [_LAST_FIRST.fullmatch(name) for name in listed]
    if not all(told):
        shouted = [_SHOUTED.fullmatch(name) for name in listed]
        sure = all(shouted) and any(len(each[1]) > 3 for each in shouted if each)
        return [f"{each[1]},{each[2]}" for each in shouted if each] if sure else listed
    sizes = [len(each[2]) for each in told if each]
    is_shouted = all(each[1].isupper() for each in told if each)
    if (
        min(sizes, default=1) > 1
        and max(sizes) > (1 if is_shouted else 2)
        and "." not in "".join(listed)
    ):
        return listed  # ADA LEE, BO NG
    if len(listed) > 1 and "." not in "".join([*listed[:-1], listed[-1][:-1]]):
        told[-1] = _LAST_FIRST.fullmatch(listed[-1].removesuffix("."))  # that ends the list
    return [f"{each[1]}, {_STOP.sub('', each[2])}" for each in told if each]


def is_turned(last: str, first: str) -> bool:
    """`Lee`, `Ada` and `Lee`, `Ada B.`"""
    return not is_whole_name(last) and not (
        is_whole_name(first) and not ENDS_IN_INITIALS.search(first)
    )


def turned_apart(parts: list[str]) -> list[str]:
    """The parts, those cut that are several names: `Lee A, Li B` in `Lee A, Li B; Ant Group`."""
    cut = [part.split(",") for part in parts]
    return [
        piece
        for part, pieces in zip(parts, cut, strict=True)
        for piece in (
            pieces if all(_LAST_FIRST.fullmatch(each.strip()) for each in pieces) else [part]
        )
    ]
