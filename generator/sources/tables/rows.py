"""Rows of a table that are no papers: headings, totals, rows that only divide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_BREAK: Final = re.compile(
    r"(?:\w+[- ])?break(?: (?:&|and) \w+)?|coffee|lunch|(?:\w+ )?dinner|(?:welcome )?reception"
    r"|no (?:meeting|session|class|seminar|talk|paper)s?|cancell?ed|(?:public )?holiday|vacation"
    r"|(?:opening|closing)(?: remarks)?|registration|welcome|poster session(?: \d)?",
    re.IGNORECASE,
)
"""What stands between the papers of a programme."""

_HEADING: Final = re.compile(
    r"(?:(?:oral|poster|paper|spotlight|keynote) )?(?:session|track|day|block|sitzung|sesión)"
    r" (?:\d{1,2}|[A-Z]|[IVX]{1,4})[A-Za-z]?\b.{0,100}",
    re.IGNORECASE,
)
_TOTAL: Final = re.compile(
    r"(?:grand )?(?:total|sum|count|average|mean|median|summe|gesamt|insgesamt|somme|suma|合计|合計"
    r"|总计|总数|共)\b(?: (?:number )?(?:of )?(?:papers|citations|articles))?[\s:=\d.,%]*"
    r"(?:papers|articles|citations|篇)?",
    re.IGNORECASE,
)


def is_break(title: str) -> bool:
    """Whether it is what stands between the papers of a programme: `Coffee break`."""
    return _BREAK.fullmatch(title) is not None


def is_no_paper(cells: Sequence[str], title: str) -> bool:
    """Whether a row without authors or an id is a total, a break, or the heading of a session."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if is_break(title) or (filled and _TOTAL.fullmatch(filled[0])):
        return True
    return len(filled) == 1 and _HEADING.fullmatch(filled[0]) is not None


def is_total(cells: Sequence[str]) -> bool:
    """Whether nothing but numbers stands behind `Total`."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled and _TOTAL.fullmatch(filled[0])) and all(map(_NUMBER.fullmatch, filled[1:]))


_NUMBER: Final = re.compile(r"[\d.,%]+")


CITATION: Final = re.compile(
    r"\s*[^\W\d_][\w’'-]+(?:, (?:[A-Z]\.-? ?)+[,&]?| [A-Z]{1,3}[,.]) [^()]{0,300}?"
    r"(?:\(?(?:19|20)\d\d[a-z]?\)?[.,:]?\s+\S)"
)
"""`Lee, A., & Ng, B. (2023). On Moths. Lamps.`, which a column may have where titles should be."""


def is_alone(cells: Sequence[str]) -> bool:
    """Whether one cell alone of a row says anything."""
    return sum(bool(cell.strip()) for cell in cells) == 1
