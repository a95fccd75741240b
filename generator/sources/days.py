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
