"""Days as lists name them."""

from __future__ import annotations

from datetime import date

import pytest

from generator.sources.days import (
    DAY,
    Anchor,
    is_day_first,
    is_undecided,
    listed,
    of_serial,
    published,
    resolve,
)


@pytest.mark.parametrize(
    "line",
    [
        "Aug 7",
        "August 7, 2025",
        "7 Aug",
        "7th August 2025",
        "Thu, Aug 7",
        "Thursday 7 August",
        "Sept. 7",
        "2025-08-07",
        "tuesday, sep 2nd",
    ],
)
def test_a_line_that_names_a_day_is_one(line: str) -> None:
    assert DAY.fullmatch(line)
    assert resolve(line, Anchor(2025)) is not None


@pytest.mark.parametrize(
    "line",
    ["Decoder 2", "Octopus 2", "Janus 1", "Marvel 2025", "May", "7", "Aug 7 papers", "Mono 3"],
)
def test_a_title_that_begins_like_a_month_is_no_day(line: str) -> None:
    assert not DAY.fullmatch(line)


def test_a_day_that_no_year_has_is_none() -> None:
    assert resolve("Feb 30", Anchor(2025)) is None
    assert resolve("Feb 29", Anchor(2025)) is None
    assert resolve("Feb 29", Anchor(2024)) == date(2024, 2, 29)


def test_the_year_is_the_one_that_brings_the_day_nearest() -> None:
    anchor = Anchor(2025, date(2025, 1, 2))
    assert resolve("Dec 31", anchor) == date(2024, 12, 31)
    assert resolve("Jan 1", anchor) == date(2025, 1, 1)


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("listed-2025-08-07-export.bib", date(2025, 8, 7)),
        ("mine/listed-2025-08-07.csv", date(2025, 8, 7)),
        ("listed-2025-08-07/export.bib", date(2025, 8, 7)),
        ("listed-2025-08-07/listed-2025-08-08-a.bib", date(2025, 8, 8)),
        ("listed-2025-13-07-export.bib", None),
        ("listed-2025-08-071.bib", None),
        ("2025-08-07-export.bib", None),
        ("unlisted-2025-08-07.bib", None),
        ("listed.bib", None),
    ],
)
def test_a_name_that_begins_with_listed_states_a_day(path: str, day: date | None) -> None:
    assert listed(path) == day


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("5/14/2024", "2024-05-14"),
        ("14/05/2024", "2024-05-14"),
        ("05-14-2024", "2024-05-14"),
        ("14.05.2024", "2024-05-14"),
        ("04.05.2024", "2024-05-04"),
        ("5/14/24", "2024-05-14"),
        ("5/14/2024 3:30:00 PM", "2024-05-14"),
        ("5/5/1998", "1998-05-05"),
        ("04/05/2024", "2024"),
        ("05/2024", "2024-05"),
        ("May-24", "2024-05"),
        ("14-May-24", "2024-05-14"),
        ("14-May-2024", "2024-05-14"),
        ("14 mai 2024", "2024-05-14"),
        ("14. März 2024", "2024-03-14"),
        ("1er août 2024", "2024-08-01"),
        ("14 de mayo de 2024", "2024-05-14"),
        ("Dez 2024", "2024-12"),
        ("2024年5月14日", "2024-05-14"),
        ("2024年5月", "2024-05"),
        ("1715644800", "2024-05-14"),
        ("1715644800000", "2024-05-14"),
        ("2024.0", "2024"),
        ("2023-24", "2023"),
        ("45426", None),
    ],
)
def test_date_is_read_as_any_country_writes_it(said: str, found: str | None) -> None:
    assert published(said) == found


def test_order_of_day_and_month_is_that_of_the_other_dates() -> None:
    for dates, day_first, found in (
        (["14/05/2024", "04/05/2024"], True, "2024-05-04"),
        (["5/14/2024", "04/05/2024"], False, "2024-04-05"),
        (["5/14/2024", "14/05/2024"], None, "2024"),
        (["04/05/2024", "3/3/2024", "2024"], None, "2024"),
    ):
        assert is_day_first(dates) is day_first
        assert published("04/05/2024", day_first) == found
    assert is_undecided("04/05/2024")
    assert not any(map(is_undecided, ["04.05.2024", "4/4/2024", "14/05/2024", "2024-05-04"]))


def test_day_that_a_spreadsheet_counts_is_one() -> None:
    assert [of_serial(text) for text in ("45426", "45426.5", "20000", "2024", "99999")] == [
        "2024-05-14",
        "2024-05-14",
        "1954-10-03",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jan 10", None),
        ("Jan-10", "2010-01"),
        ("Jan '10", "2010-01"),
        ("14 Jan 10", "2010-01-14"),
        ("Jan 98", "1998-01"),
        ("2024. 5. 14.", "2024-05-14"),
        ("14 мая 2024", "2024-05-14"),
    ],
)
def test_date_of_a_table_says_as_much_as_is_sure(text: str, found: str | None) -> None:
    assert published(text) == found
