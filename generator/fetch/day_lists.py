"""Lists of days: which of them are to be fetched, and which may still change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from generator.build import walking
from generator.fetch.batches import Daily
from generator.fetch.fetching import Outcome, Say, fetch_batches, silent
from generator.fetch.http import Manners
from generator.fetch.memory import Known, remembered
from generator.model.errors import UsageError
from generator.model.settings import Settings

FIRST_DAYS: Final = 7
"""How many days are fetched where there are none yet."""


def fetch_days(
    settings: Settings,
    daily: Daily,
    *,
    today: date,
    since: date | None = None,
    until: date | None = None,
    most: int | None = None,
    manners: Manners,
    say: Say = silent,
) -> Iterator[Outcome]:
    """Fetch the days that are not there yet, and those that may have changed since.

    Args:
        settings: of the catalog.
        daily: the service.
        today: in UTC. A day may change until `daily.settles` days after it.
        since: the first day. By default the day after the latest one that is there, and all
            that failed or may have changed; or the last seven days where there is none.
        until: the last day, by default today.
        most: no further day is asked for once so many records came.
        manners: how to ask.
        say: is told why it takes long.

    Raises:
        UsageError: `since` is after `until`.
    """
    until = min(until or today, today)
    memory = remembered(settings)
    days = _days(settings, daily, memory, today, since, until)
    batches = {daily.batch(day): _changes(day, daily, today) for day in days}
    yield from fetch_batches(settings, batches, memory, manners, most, say, alike=True)


def _days(
    settings: Settings,
    daily: Daily,
    memory: Mapping[str, Known],
    today: date,
    since: date | None,
    until: date,
) -> list[date]:
    """The days to ask for, the earliest first."""
    folder = settings.sources / daily.folder
    there = {day for path in walking.relative_files(folder) if (day := _day(path))}
    settled = {
        day: entry
        for name, entry in memory.items()
        if name.rpartition("/")[0] == daily.folder and (day := _day(name.rpartition("/")[2]))
    }
    # A file of which nothing is remembered is settled by its age.
    fresh = {day for day in there - settled.keys() if _changes(day, daily, today)}
    again = {day for day, entry in settled.items() if entry.again} | fresh
    wanted = set()
    if since is None:
        latest = max(there | settled.keys(), default=until - timedelta(days=FIRST_DAYS))
        since = latest + timedelta(days=1)
        wanted = {day for day in again if day <= until}
    elif since > until:
        raise UsageError(f"expected --since to be at most {until}, found {since}. Correct it.")
    asked = {since + timedelta(days=n) for n in range((until - since).days + 1)}
    return sorted(wanted | asked - ((there | settled.keys()) - again))


def _changes(day: date, daily: Daily, today: date) -> bool:
    """Whether the list of the day may still change."""
    return day >= today - timedelta(days=daily.settles)


def _day(name: str) -> date | None:
    """The day of `2025-08-07.json`, not of another page nor of another file."""
    ending = r"(?:\.(?:json|(?:oai\.|rss\.)?xml))?"
    match = re.fullmatch(rf"(\d{{4}}-\d\d-\d\d){ending}", name, re.ASCII)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None
