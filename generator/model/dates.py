"""How dates are said: a day, or a month or year where no more is known."""

from __future__ import annotations

from datetime import date as calendar


def day_name(date: str, form: str = "long") -> str:
    """A day as people say it, or a month or year where no more is known.

    `long` is `Thursday, 7 August 2025`, `plain` is `7 August 2025`, `short` is `7 Aug 2025`; a
    month is `August 2025`, and empty is `Undated`.
    """
    if len(date) < len("2025-08"):
        return date or "Undated"
    day = calendar.fromisoformat(f"{date}-01"[: len("2025-08-07")])
    month = f"{day:%b} {day.year}" if form == "short" else f"{day:%B} {day.year}"
    if len(date) == len("2025-08"):
        return month
    return f"{day:%A}, {day.day} {month}" if form == "long" else f"{day.day} {month}"
