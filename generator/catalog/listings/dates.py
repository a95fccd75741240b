"""Papers by the day, month and year of their list, and by the year of their publication."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from generator.catalog import Catalog
from generator.catalog.listings.paging import Listing, Part, unique
from generator.model import addresses
from generator.model.dates import day_name
from generator.model.papers import Paper

_YEAR, _MONTH, _DAY = len("2025"), len("2025-08"), len("2025-08-07")
"""How long a date is that is known as far as that."""

_ALL_DAYS = Part(addresses.DAYS, "Days", 0)


def days(catalog: Catalog) -> tuple[list[Listing], list[Listing], list[Listing]]:
    """A listing for each day (and for papers without one), each month and each year."""
    single = [
        dated(catalog, date, papers)
        for date, papers in catalog.by_date.items()
        if len(date) in (0, _DAY)
    ]
    months = [
        _span(catalog, month, [day for day in single if day.address.startswith(f"days/{month}-")])
        for month in _prefixes(catalog.by_date, _MONTH)
    ]
    years = [
        _span(catalog, year, [month for month in months if f"days/{year}-" in month.address])
        for year in _prefixes(catalog.by_date, _YEAR)
    ]
    return _in_a_row(single), _in_a_row(months), _in_a_row(years)


def dated(catalog: Catalog, date: str, papers: Sequence[Paper]) -> Listing:
    """The papers of one day, or of one month or year where the day is unknown."""
    return Listing(
        address=addresses.date(date),
        heading=day_name(date),
        brief=day_name(date, "short"),
        papers=papers,
        day=date if len(date) == _DAY else "",
        curator=catalog.curators.get(date, ""),
        order="listed" if any(paper.rank for paper in papers) else "title",
        above=_above(date),
        dated=len(date) in (_MONTH, _YEAR),
    )


def years(catalog: Catalog) -> list[Listing]:
    """A listing for each year of publication, where that is not what `days` shows already."""
    if not any(paper.days and paper.published for paper in catalog.current):
        return []
    return _in_a_row(
        [
            Listing(
                address=addresses.year(year),
                heading=f"Published in {year}",
                brief=year,
                papers=papers,
                lines=True,
                above=Part(addresses.YEARS, "Years", 0),
            )
            for year, papers in catalog.by_year.items()
        ]
    )


def _span(catalog: Catalog, date: str, parts: Sequence[Listing]) -> Listing:
    """All papers of a month or a year."""
    within = (papers for day, papers in catalog.by_date.items() if day.startswith(date))
    return Listing(
        address=addresses.date(date),
        heading=day_name(date),
        papers=unique(within),
        lines=True,
        above=_above(date),
        parts=[
            part.as_part((part.brief or part.heading).rpartition(" ")[0])  # without the year
            for part in reversed(parts)
        ],
    )


def _above(date: str) -> Part:
    """The month that a day is in, the year of a month, the page of all days above a year."""
    wider = date.rpartition("-")[0]
    return Part(addresses.date(wider), day_name(wider), 0) if wider else _ALL_DAYS


def _prefixes(dates: Iterable[str], length: int) -> list[str]:
    """The months or years among dates, in their order."""
    return list(dict.fromkeys(date[:length] for date in dates if len(date) >= length))


def _in_a_row(listings: Sequence[Listing]) -> list[Listing]:
    """Lists in a row, each with links to the newer and the older one."""
    links = [None, *(one.as_part(one.brief) for one in listings), None]
    return [
        replace(one, newer=newer, older=older)
        for one, newer, older in zip(listings, links, links[2:], strict=False)
    ]
