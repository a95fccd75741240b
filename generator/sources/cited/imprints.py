"""What stands behind the title of a reference: its venue, and where in it the paper stands.

All styles say the same few things with the same few marks, whatever their order:

    J Ant Res. 2025 Aug;12(3):45-67.
    J. Ant Res., vol. 12, no. 3, pp. 45–67, Aug. 2025.
    In Proceedings of AntConf 2025, pages 1–9, Rome, Italy. Ant Society.
    Journal of Ant Research 12, no. 3 (2025): 45–67.

The numbers are told by their marks; the venue is what stands before the first of them.
"""

from __future__ import annotations

import re
from typing import Final

from generator.sources.cited.imprint_marks import (
    ANY_YEAR,
    DATES,
    LENGTH,
    PAGES,
    SIGNS,
    WORDED,
    WORDS,
)
from generator.sources.cited.reference import Imprint
from generator.sources.cited.signatures import Form, people
from generator.sources.cited.venues import REPORT, SERIES, THESIS, fill_venue

_IN: Final = re.compile(r"(?:In[:.]?|in:?)\s+(?=\S)|//\s*")
_PAGES_FIRST: Final = re.compile(rf"Pp?\. (?P<pages>{PAGES}) in (?=\S)")
_EDITION: Final = re.compile(
    r"\(?\b(?P<edition>\d{1,2})(?:st|nd|rd|th) (?:ed(?:ition|n)?\b\.?)\)?", re.IGNORECASE
)
_EDITORS: Final = (
    # `In: Hopper, G. (ed.) The Book`, `In G. Hopper & A. Lee (Eds.), The Book`
    re.compile(
        r"\A(?P<names>[^()]{3,600}?),? \((?:Eds?|eds?|Hrsg)\.?\)[,.:]?\s+(?P<rest>\S.*)\Z",
        re.DOTALL,
    ),
    # `In Grace Hopper, editor, The Book`, `In Grace Hopper and Ada Lee, editors, The Book`
    re.compile(r"\A(?P<names>[^()]{3,600}?), editors?[,.:] (?P<rest>\S.*)\Z", re.DOTALL),
    # `The Book, G. Hopper and A. Lee, Eds.`
    re.compile(
        r"\A(?P<rest>[^,]{3,300}), (?P<names>[^()]{3,600}?), Eds?\.(?P<more>.*)\Z", re.DOTALL
    ),
)


def parse(text: str, *, date: str = "", is_in: bool = False) -> Imprint:
    """The venue, the date and the numbers in what stands behind a title.

    Args:
        text: of one line, without identifiers and addresses.
        date: where the year stood before the title already.
        is_in: whether `In` stood before it.
    """
    imprint = Imprint(date=date)
    said = imprint.publication
    text = LENGTH.sub("", text.strip(" ,;"))
    if match := _PAGES_FIRST.match(text):  # of the American Sociological Association
        said["pages"] = match["pages"]
        text, is_in = text[match.end() :], True
    if match := _IN.match(text):
        text, is_in = text[match.end() :], True
    for index, pattern in enumerate(_EDITORS):
        match = pattern.match(text) if index < 2 or is_in else None
        if match and (editors := _editors(match["names"])):
            said["editors"] = editors
            text = match["rest"] + (match.groupdict().get("more") or "")
            is_in = True
            break
    first = len(text)
    spans: list[tuple[int, int]] = []

    def take(match: re.Match[str] | None) -> bool:
        nonlocal first
        if match is None or any(a < match.end() and match.start() < b for a, b in spans):
            return False
        groups = {name: value for name, value in match.groupdict().items() if value}
        if any(name in said for name in groups if name not in ("date", "year")):
            return False
        when = groups.pop("date", "") or groups.pop("year", "")
        imprint.date = imprint.date or when
        said.update(groups)
        spans.append(match.span())
        first = min(first, match.start())
        return True

    if match := SERIES.search(text, 1 if text else 0):
        said["series"] = match["series"]
        spans.append(match.span())
        first = min(first, match.start())
    take(THESIS.search(text)) and said.setdefault("type", "thesis")
    if "type" not in said and take(REPORT.search(text)):
        said["type"] = "report"
    take(_EDITION.search(text))
    is_worded = WORDED.search(text)
    for pattern in (*WORDS, *SIGNS) if is_worded else (*SIGNS, *WORDS):
        take(pattern.search(text))
    for pattern in DATES:
        for match in pattern.finditer(text):
            if take(match):
                break
    before, behind = text[:first], _left(text, first, spans)
    fill_venue(imprint, before, behind, is_in=is_in)
    if not imprint.date and (match := ANY_YEAR.search(text)):
        imprint.date = match["year"]
    return imprint


def _editors(text: str) -> list[str] | None:
    for form in Form:
        if signed := people(text.strip(), form):
            return list(signed)
    return None


def _left(text: str, first: int, spans: list[tuple[int, int]]) -> list[str]:
    """What stands between and behind the numbers."""
    parts, place = [], first
    for start, end in sorted(spans):
        parts.append(text[place:start])
        place = max(place, end)
    parts.append(text[place:])
    stripped = (re.sub(r"\A[\s,.;:()\[\]]+|[\s,.;:(\[]+\Z", "", part) for part in parts)
    return [part for part in stripped if any(map(str.isalpha, part))]
