"""Days as lists name them: `Aug 7`, `Thursday, 7 August 2025`, `2025-08-07` in a file's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DAY = re.compile(
    r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
    rf"(?:{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\.?)"
    rf"(?:,?\s+\d{{4}})?|\d{{4}}-\d{{2}}-\d{{2}}",
    re.IGNORECASE,
)
"""A line that names a day and says nothing else."""

_NAMED = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_.]?(\d\d)[-_.]?(\d\d))?(?!\d)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What is known of the date before the page itself is read: a year, perhaps a day of it."""

    year: int
    day: date | None = None

    @classmethod
    def parse(cls, text: str) -> Anchor | None:
        """From `2025-08-07`, `20250807` or `2025`, anywhere in `text`; `None` without one."""
        for year, month, day in _NAMED.findall(text):
            try:
                return cls(int(year), date(int(year), int(month), int(day)) if month else None)
            except ValueError:
                continue  # 2025-13-40 is a number, not a day
        return None

    @classmethod
    def in_name(cls, file: str) -> Anchor | None:
        """From the path of a file, its last part first."""
        parts = reversed(file.split("/"))
        return next((found for part in parts if (found := cls.parse(part))), None)


_LISTED = re.compile(r"(?:\A|/)listed-(\d{4}-\d\d-\d\d)(?!\d)", re.ASCII)


def listed(file: str) -> date | None:
    """The day that the path of a file states for all in it: `listed-2025-08-07-export.bib`.

    The name of the file or of a folder begins so, the innermost counts. Other days in names, such
    as `export-2025-08-07.bib`, may as well be those of the export, and state nothing.
    """
    for day in reversed(_LISTED.findall(file)):
        try:
            return date.fromisoformat(day)
        except ValueError:
            continue
    return None


def resolve(text: str, anchor: Anchor | None) -> date | None:
    """The day that a line such as `Aug 7` names; `None` where its year or the day is unknown."""
    words = re.sub(r"(?<=\d)(?:st|nd|rd|th)|[.,]", " ", text, flags=re.IGNORECASE).split()
    if len(words) == 1:
        try:
            return date.fromisoformat(words[0])
        except ValueError:
            return None
    month = next(word[:3].title() for word in words if re.fullmatch(_MONTH, word, re.IGNORECASE))
    number = next(word for word in words if word.isdigit() and len(word) < 3)
    years = [int(word) for word in words if word.isdigit() and len(word) == 4]
    if not years and anchor:
        # A list that runs over New Year: the year that brings the day nearest to the known one.
        years = [anchor.year + step for step in (0, -1, 1)] if anchor.day else [anchor.year]
    days = []
    for year in years:
        try:
            days.append(datetime.strptime(f"{number} {month} {year}", "%d %b %Y").date())
        except ValueError:
            continue  # 31 April, or 29 February of a common year
    if anchor and anchor.day:
        known = anchor.day
        return min(days, key=lambda day: abs(day - known), default=None)
    return days[0] if days else None


EARLIEST_YEAR = 1450
LATEST_YEAR = 2100
"""What lies outside is no year of a paper: the press is not older, and lists do not foresee."""

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?![\d])")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_DAY_OF_MONTH = re.compile(r"(?<![\d:])(\d{1,2})(?:st|nd|rd|th)?(?![\d:])")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def published(text: str) -> str | None:
    """A paper's own date as ISO 8601, as far as it is known; `None` where it is no date at all.

    Understands `2019`, `2019-05`, `2019/5/14`, `2019-05-14T17:59:59Z`, `20190514`, `May 2019`,
    `2019 May 14`, `14 May 2019`, `Mon, 2 Apr 2007 19:18:42 GMT`; of a range (`2019-05/2019-06`,
    `2019 Jan-Feb`) the beginning.

    Raises:
        ValueError: it is a date, but of a year before 1450 or after 2100.
    """
    text = " ".join(text.split())
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    match = _ISO.match(text)
    months = re.findall(_MONTH, text, re.IGNORECASE)
    if match and not months:
        year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    else:
        found = _YEAR.search(text)
        if not found:
            return None
        year = int(found[1])
        month = 1 + _MONTHS.index(months[0][:3].lower()) if months else 0
        number = _DAY_OF_MONTH.search(text.replace(found[1], " ")) if months else None
        day = int(number[1]) if number else 0
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(year)
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        month = month if 1 <= month <= 12 else 0
        day = 0  # 31 April: the month is still known
    return f"{year:04}" + (f"-{month:02}" + (f"-{day:02}" if day else "") if month else "")
