"""Days as lists name them."""

from __future__ import annotations

from datetime import date

import pytest

from generator.sources.days import DAY, Anchor, listed, resolve


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
