"""Which papers trend: by votes and days, whatever the order of the papers."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.catalog.trending import MOST, SPANS, rank
from generator.model.papers import Paper, Votes

TODAY = date(2025, 5, 31)


def paper(id: str, upvotes: int | None, age: int | None = 0, withdrawn: str = "") -> Paper:
    """A paper that was listed so many days before the latest one."""
    return Paper(
        id=id,
        title=id,
        days=() if age is None else (TODAY - timedelta(days=age),),
        votes=None if upvotes is None else Votes(upvotes=upvotes),
        withdrawn=withdrawn,
    )


def ranked(span: str, *papers: Paper) -> list[str]:
    return [paper.id for paper in rank(papers, span)]


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        ("day", [0]),
        ("week", [0, 1, 6]),
        ("month", [0, 1, 6, 7, 30]),
        ("all", [0, 1, 6, 7, 30, 31]),
    ],
)
def test_span_ends_with_the_latest_day_of_any_paper(span: str, shown: list[int]) -> None:
    papers = [paper(f"{age:02}", 1000, age) for age in (0, 1, 6, 7, 30, 31)]
    assert ranked(span, *papers) == [f"{age:02}" for age in shown]
    unvoted = paper("unvoted", None)
    assert ranked(span, *papers[1:], unvoted) == [f"{age:02}" for age in shown[1:]]


def test_votes_count_half_after_three_days() -> None:
    fresh, old = paper("fresh", 10), paper("old", 19, 3)
    assert ranked("week", old, fresh) == ["fresh", "old"]
    assert ranked("week", replace(old, votes=Votes(upvotes=21)), fresh) == ["old", "fresh"]


def test_votes_keep_their_worth_for_all_time() -> None:
    assert ranked("all", paper("fresh", 10), paper("old", 11, 900)) == ["old", "fresh"]


def test_the_latest_of_its_days_counts() -> None:
    again = replace(paper("again", 10), days=(TODAY - timedelta(days=90), TODAY))
    assert ranked("day", again) == ["again"]


def test_equal_votes_go_by_day_then_by_id() -> None:
    papers = [paper("b", 5), paper("a", 5), paper("aa", 5, 1)]
    assert ranked("all", *papers) == ["a", "b", "aa"]


@pytest.mark.parametrize("span", SPANS)
def test_without_votes_or_a_day_or_withdrawn_nothing_trends(span: str) -> None:
    none = (paper("none", None), paper("zero", 0), paper("undated", 9, None))
    gone = paper("gone", 9, withdrawn="withdrawn")
    assert ranked(span, *none, gone) == []
    assert ranked(span) == []


def test_ranking_ends_somewhere() -> None:
    papers = [paper(f"{number:03}", 500 - number) for number in range(MOST + 20)]
    assert ranked("all", *papers) == [f"{number:03}" for number in range(MOST)]


@given(
    st.lists(st.tuples(st.none() | st.integers(0, 99), st.none() | st.integers(0, 40))),
    st.sampled_from(list(SPANS)),
    st.randoms(use_true_random=False),
)
def test_order_of_the_papers_does_not_matter(
    facts: list[tuple[int | None, int | None]], span: str, random: Random
) -> None:
    papers = [paper(f"{n}", upvotes, age) for n, (upvotes, age) in enumerate(facts)]
    shuffled = random.sample(papers, len(papers))
    assert rank(papers, span) == rank(shuffled, span)
