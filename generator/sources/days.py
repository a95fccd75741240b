"""Days as lists name them: `Aug 7`, `Thursday, 7 August 2025`, `2025-08-07` in a file's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

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
        """The anchor that `2025-08-07`, `20250807` or `2025` gives, anywhere in `text`, if any."""
        for year, month, day in _NAMED.findall(text):
            try:
                return cls(int(year), date(int(year), int(month), int(day)) if month else None)
            except ValueError:
                continue  # 2025-13-40 is a number, not a day
        return None

    @classmethod
    def in_name(cls, file: str) -> Anchor | None:
        """The anchor that the path of a file gives, its last part first."""
        parts = reversed(file.split("/"))
        return next((anchor for part in parts if (anchor := cls.parse(part))), None)


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
        near = anchor.day
        return min(days, key=lambda day: abs(day - near), default=None)
    return days[0] if days else None


EARLIEST_YEAR = 1450
LATEST_YEAR = 2100
"""What lies outside is no year of a paper: the press is not older, and lists do not foresee."""

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?![\d])")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_DAY_OF_MONTH = re.compile(r"(?<![\d:])(\d{1,2})(?:st|nd|rd|th)?(?![\d:])")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?(?:\.0)?")
_NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?!\d)(?:[ T,].*)?", re.DOTALL)
_MONTH_OF_YEAR = re.compile(r"(0?[1-9]|1[0-2])[/.-](\d{4})")
_SHORT = re.compile(
    rf"(?:(\d{{1,2}})[- ])?({_MONTH})(?:(?:-| ?['’])|(?<=\d[- ]\w\w\w) | (?=[4-9]))(\d\d)",
    re.IGNORECASE,
)
"""`May-19`, `May '19`, `14 May 19`, `May 98`; but `May 19` is a day of a year unknown."""

_EAST = re.compile(r"(\d{4}) ?[年년]\s*(?:(\d{1,2}) ?[月월]\s*(?:(\d{1,2}) ?[日일])?)?")
_ABROAD = {
    "jan": "janvier januar jänner januari enero ene gennaio gen janeiro января январь",
    "feb": "février fevrier févr februar februari febrero febbraio fevereiro fev февраля февраль",
    "mar": "mars märz maerz mär maart marzo março marco марта март",
    "apr": "avril avr abril abr aprile апреля апрель",
    "may": "mai mei mayo maggio mag maio мая май",
    "jun": "juin juni junio giugno giu junho июня июнь",
    "jul": "juillet juil juli julio luglio lug julho июля июль",
    "aug": "août aout augustus agosto ago августа август",
    "sep": "septembre septiembre settembre setembro сентября сентябрь",
    "oct": "octobre oktober okt octubre ottobre ott outubro октября октябрь",
    "nov": "novembre noviembre novembro ноября ноябрь",
    "dec": "décembre decembre dezember dez diciembre dic dicembre dezembro декабря декабрь",
}
_ENGLISH = {word: month for month, words in _ABROAD.items() for word in words.split()}
_FOREIGN = re.compile(rf"\b(?:{'|'.join(_ENGLISH)})\b", re.IGNORECASE)


def published(text: str, day_first: bool | None = None) -> str | None:
    """A paper's own date as ISO 8601, as far as it is known; `None` where it is no date at all.

    Understands `2019`, `2019-05`, `2019/5/14`, `2019-05-14T17:59:59Z`, `20190514`, `May 2019`,
    `2019 May 14`, `14 May 2019`, `14. Mai 2019`, `14-May-19`, `May-19`, `14.05.2019`, `05/2019`,
    `2019年5月14日`, `2019. 5. 14.`, `Mon, 2 Apr 2007 19:18:42 GMT`, seconds since 1970; of a range
    (`2019-05/2019-06`, `2019 Jan-Feb`) the beginning.

    Args:
        text: the date, in one of these forms or with words around it.
        day_first: whether `05/06/2019` is the 5th of June, where that is known; else the year
            alone is. See `is_undecided`.

    Raises:
        ValueError: it is a date, but of a year before 1450 or after 2100.
    """
    text = _FOREIGN.sub(lambda match: _ENGLISH[match[0].lower()], " ".join(text.split()))
    if korean := re.fullmatch(r"(\d{4})\. ?(\d{1,2})\. ?(\d{1,2})\.?", text):
        text = "-".join(korean.groups())
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if (epoch := _EPOCH.fullmatch(text)) and len(text) != 12:
        text = (date(1970, 1, 1) + timedelta(seconds=int(epoch[1]))).isoformat()
    match = _ISO.match(text)
    months = re.findall(_MONTH, text, re.IGNORECASE)
    if numeric := _NUMERIC.fullmatch(text):
        year, month, day = _ordered(numeric, day_first)
    elif short := _SHORT.fullmatch(text):
        year, month, day = _century(short[3]), _month(short[2]), int(short[1] or 0)
    elif parts := _MONTH_OF_YEAR.fullmatch(text) or _EAST.match(text):
        numbers = [int(number or 0) for number in parts.groups()]
        year, month, day = numbers if len(numbers) == 3 else (numbers[1], numbers[0], 0)
    elif match and not months:
        year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    else:
        year_match = _YEAR.search(text)
        if not year_match:
            return None
        year = int(year_match[1])
        month = _month(months[0]) if months else 0
        number = _DAY_OF_MONTH.search(text.replace(year_match[1], " ")) if months else None
        day = int(number[1]) if number else 0
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ValueError(year)
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        month = month if 1 <= month <= 12 else 0
        day = 0  # 31 April: the month is still known
    return f"{year:04}" + (f"-{month:02}" + (f"-{day:02}" if day else "") if month else "")


def _month(word: str) -> int:
    return 1 + _MONTHS.index(word[:3].lower())


def _century(year: str) -> int:
    number = int(year)
    return number if len(year) == 4 else 1900 + number if number > 69 else 2000 + number


def _ordered(numeric: re.Match[str], day_first: bool | None) -> tuple[int, int, int]:
    """Year, month and day of `5/14/2019`; the year alone where it may be either of two days."""
    one, two, year = int(numeric[1]), int(numeric[3]), _century(numeric[4])
    if one > 12 or one == two or numeric[2] == ".":
        return year, two, one
    if two > 12:
        return year, one, two
    if day_first is None:
        return year, 0, 0
    return (year, two, one) if day_first else (year, one, two)


def is_undecided(text: str) -> bool:
    """Whether it is a date such as `05/06/2019`, one day in Paris and another in Boston."""
    match = _NUMERIC.fullmatch(" ".join(text.split()))
    return match is not None and _ordered(match, True) != _ordered(match, False)


def is_day_first(dates: Iterable[str]) -> bool | None:
    """How the dates of one table are written: `14/05/2019` or `5/14/2019`; `None` if none says."""
    orders = set()
    for text in dates:
        match = _NUMERIC.fullmatch(" ".join(text.split()))
        if match and match[2] != "." and int(match[1]) != int(match[3]):
            orders |= {True} if int(match[1]) > 12 else {False} if int(match[3]) > 12 else set()
    return orders.pop() if len(orders) == 1 else None


def of_serial(text: str) -> str:
    """The day that a spreadsheet counts as a number, `45426`, of the years 1954 to 2064; or empty.

    Day 1 is 1900-01-01, and there was a 29th of February in that year.
    """
    match = re.fullmatch(r"([2-5]\d{4})(?:\.\d+)?", text)
    return (date(1899, 12, 30) + timedelta(days=int(match[1]))).isoformat() if match else ""
