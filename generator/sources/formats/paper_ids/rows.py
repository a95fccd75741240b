"""What one line of a text is: a heading, a title, an id, or of the page and no paper."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import replace
from typing import Final

from generator.sources import identifiers
from generator.sources.copied import bylines, furniture, labels, wording
from generator.sources.copied.lines import Line, lines
from generator.sources.copied.naming import Named
from generator.sources.days import DAY
from generator.sources.links import holds_paper

_SHOWN: Final = re.compile(r"\[([^\[\]]{2,500})\]\((https?://[^\s()]+)\)[.,;]?\Z")


def rows_of(text: str, start: int) -> list[Line]:
    """The lines of a text; a title that is a link of Markdown has its address behind it."""
    return [
        replace(part, text=_SHOWN.sub(r"\1 \2", part.text)) if part.text[-1] in ").,;" else part
        for row in lines(text, start)
        for part in _apart(row)
    ]


_ID: Final = re.compile(
    r"(?:arxiv:|doi:)?(?:https?://\S+|10\.\d{4,9}/\S+|\d{4}\.\d{4,5}(?:v\d+)?)", re.IGNORECASE
)
_BETWEEN: Final = re.compile(r"[,;]\s+|\s+|[,;](?=\d{4}\.\d|https?:|arxiv:|doi:)", re.IGNORECASE)
_NOTE: Final = re.compile(r"\s(?:#|//|--)\s.*\Z")
_SAID: Final = re.compile(
    r"(?:\[\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d\d(?::\d\d)?(?:\s?[AP]M)?\] [^:]{1,40}: "
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d\d(?::\d\d)?(?:\s?[AP]M)? - [^:]{1,40}: )",
    re.IGNORECASE,
)
"""Who says what follows, and when, in the export of a chat."""


def _apart(row: Line) -> Iterator[Line]:
    """A line of several ids as a line for each, without a note behind it or who said it before."""
    if said := _SAID.match(row.text):
        if rest := row.text[said.end() :].strip():
            yield Line(row.number, rest, is_first=True)
        return
    text = _NOTE.sub("", row.text[:5000], count=1)
    ids = [one.strip(",;") for one in _BETWEEN.split(text)]
    if not all(_ID.fullmatch(one) for one in ids if one):
        yield row
        return
    for place, one in enumerate(filter(None, ids)):
        yield Line(row.number, one, row.is_first and not place)


_FURNITURE: Final = re.compile(
    r"total of \d|showing (?:up to|\d)|(?:new|cross|replacement) submissions\b|cross-lists$"
    r"|replacements$|see (?:recent|today)|authors and titles|fewer\s*\||search v\d|sort by|help \|"
    r"|submission history|view pdf|view a pdf|references & citations|current browse context"
    r"|download:|access paper|bookmark|focus to learn"
    r"|r/\w+\Z|u/\S+\Z|[•·]\Z|html \(experimental\)\Z"
    r"|(?:posted by .*|\d+|an?) (?:minute|hour|hr|day|week|month|year)s? ago\Z"
    r"|(?:up|down)vote\Z|:[\w+-]+:\Z|\d+ (?:comments?|replies|reply)\Z|share\Z|reply\Z|arxiv\.org\Z"
    r"|(?:week|lecture|session) \d+\b(?!.*(?:://|10\.\d|\d\.\d{4})).{0,80}\Z"
    r"|pages \d|from: |\[v\d+\]|\(or arxiv:|\d+[-–]\d+ of \d+|quick links|cite as:",
    re.IGNORECASE,
)
HEADING: Final = re.compile(
    rf"(?:showing new listings for |new submissions for |received from .* to )?({DAY.pattern})"
    r"\s*(?:\((?:continued, )?showing .*\))?",
    re.IGNORECASE,
)
SUBMITTED: Final = re.compile(
    rf"\[?submitted (?:on )?({DAY.pattern})"
    rf"(?:.*?(?:v1 submitted|\(v1\)[, ]*)\s*({DAY.pattern})?)?.*",
    re.IGNORECASE,
)
FIELD: Final = re.compile(r"(?:- )?[a-z_-]+:(?:\s|$)")
PROGRAM: Final = re.compile(
    r"[{}<]|//|/\*|(?:import|from|def|class|return|const|let|var)\s|\w+\(|>>>|#!"
)


def is_of_papers(row: Line, days: Container[int]) -> bool:
    """Whether a line belongs to papers, not to the page, a day or the sender of a message."""
    return row.number not in days and not is_around(row) and not SENDER.fullmatch(row.text[:200])


TITLE_LABEL: Final = re.compile(r"(?:\A|\]\s*)Title:\s*")
SENDER: Final = re.compile(
    r"\[?\d{1,2}:\d\d(?: ?[AP]M)?\](?: .{1,60})?"
    r"|.{1,60}?\s(?:[—–-]\s+)?(?:(?:today|yesterday)(?: at)?,? )?\d{1,2}:\d\d(?: ?[AP]M)?",
    re.IGNORECASE,
)
"""Who says what follows, and when: `Ada  10:12 AM`, `ada — Today at 10:12`, `[10:12] Ada`."""


def leads(named: Named) -> bool:
    """Whether it has an id, or an address where papers are read."""
    return bool(named.arxiv or named.doi or named.anthology) or any(
        holds_paper(url) and "//scholar.google." not in url for url in named.links
    )


def is_label(named: Named) -> bool:
    """Whether an address stands behind its name: `Code: https://…`."""
    text = named.row.text
    return named.rest != "" and (labels.FIELD.match(text) is not None or wording.is_remark(text))


def without_buttons(told: list[tuple[Line, Named | None]]) -> list[tuple[Line, Named | None]]:
    """The lines without those that recur beside the title of paper after paper."""
    papers = len({named.id for _, named in told if named})
    often = Counter(row.text for row, named in told if not named and _may_be_button(row.text))
    most = max(2, papers // 2)
    others = [(row, named) for row, named in told if named or often[row.text] < most]
    return others if sum(not named for _, named in others) >= papers else told


def _may_be_button(text: str) -> bool:
    """Whether a line that comes back for paper after paper says nothing of them: `ARTICLE`."""
    is_category = all(map(identifiers.is_category, text.split(None, 12)))
    return (
        len(text) < 60
        and text.count(" ") < 2
        and not is_category
        and not labels.FIELD.match(text)
        and bylines.likeness(text) < 0
    )


def is_around(row: Line) -> bool:
    """Whether a line is of the page and not of a paper."""
    return len(row.text) < 200 and _FURNITURE.match(row.text) is not None


def is_title(rest: str) -> bool:
    """Whether what stands beside an id may be a title: words that are no categories of arXiv."""
    words = rest.split()
    return len(words) >= 2 and not all(map(identifiers.is_category, words))


def is_said(row: Line) -> bool:
    """Whether a line says something of a paper: its title, authors or abstract."""
    match = labels.FIELD.match(row.text)
    if match:
        return labels.LABELS[match[1].lower()] in ("title", "authors", "abstract")
    return not labels.ADDRESS.fullmatch(row.text) and not furniture.is_count(row.text)
