"""Which papers a digest is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from generator.digest import Digest
from generator.model.errors import UsageError
from tests.digest import letters
from tests.digest.letters import voted


def ids(digest: Digest | None) -> list[str]:
    return [paper.id for paper in digest.papers] if digest else []


def test_the_most_upvoted_come_first_then_the_order_of_the_catalog() -> None:
    found = [voted("a", None), voted("b", 3), voted("c", 0), voted("d", 3), voted("e", None)]
    assert ids(letters.chosen(found)) == ["b", "d", "c", "a", "e"]
    short = letters.digest(found, top=2)
    assert (ids(short), short.total) == (["b", "d"], 5)


def test_days_are_the_first_of_a_list_and_both_ends_count() -> None:
    days = [date(2026, 3, day) for day in (1, 2, 3, 4)]
    found = [voted(f"on-{day.day}", 0, days=(day, date(2026, 4, 1))) for day in days]
    chosen = letters.chosen(found, since=date(2026, 3, 2), until=date(2026, 3, 3))
    assert ids(chosen) == ["on-2", "on-3"]


@pytest.mark.parametrize(
    ("published", "day"), [("2026-03-05", (2026, 3, 5)), ("2026-03", (2026, 3, 1))]
)
def test_papers_of_no_list_are_of_their_own_date(published: str, day: tuple[int, int, int]) -> None:
    found = [voted("own", 0, days=(), published=published)]
    assert ids(letters.chosen(found, since=date(*day), until=date(*day))) == ["own"]
    assert letters.chosen(found, since=date(2026, 3, 6)) is None


def test_undated_and_withdrawn_papers_are_in_none() -> None:
    found = [voted("undated", 9, days=()), voted("withdrawn", 9, withdrawn="retracted")]
    assert letters.chosen(found) is None


def test_topics_are_those_asked_for_and_a_paper_has_any() -> None:
    found = [voted(name, 0, topics=topics) for name, topics in
             (("a", ("ants",)), ("b", ("bees", "ants")), ("c", ("bees",)), ("d", ()))]  # fmt: skip
    assert ids(letters.chosen(found, topics=["ants"])) == ["a", "b"]
    assert ids(letters.chosen(found, topics=["ants", "bees", "ants"])) == ["a", "b", "c"]
    assert letters.digest(found, topics=["ants"]).subject == (
        "Ant Shelf: 2 new papers on Ants, 2 March 2026"
    )


def test_a_topic_that_is_not_there_is_said_with_one_that_is_near() -> None:
    with pytest.raises(UsageError, match=r"no topic `bee`\. Did you mean `bees`\?"):
        letters.chosen([], topics=["bee"])
    with pytest.raises(UsageError, match=r"no topic `wasps`\. Known: ants, bees\."):
        letters.chosen([], topics=["wasps"])


@pytest.mark.parametrize("site_url", ["", "/shelf/", "javascript:alert(1)", "mailto:a@b.org"])
def test_a_site_without_an_address_has_no_digest(site_url: str) -> None:
    with pytest.raises(UsageError, match="expected `site_url`"):
        letters.chosen(letters.papers(1), letters.settings(site_url=site_url))


@pytest.mark.parametrize(
    ("days", "span", "listing"),
    [
        (["2026-03-02"], "2 March 2026", "days/2026-03-02/"),
        (["2026-03-02", "2026-03-09"], "2–9 March 2026", "days/2026-03/"),
        (["2026-02-27", "2026-03-02"], "27 February – 2 March 2026", "days/2026/"),
        (["2025-12-31", "2026-01-01"], "31 December 2025 – 1 January 2026", "days/"),
    ],
)
def test_the_days_are_said_and_the_list_of_all_is_the_nearest(
    days: Sequence[str], span: str, listing: str
) -> None:
    found = [voted(day, 0, days=(date.fromisoformat(day),), topics=("ants",)) for day in days]
    digest = letters.digest(found)
    assert digest.span == span
    assert digest.listing == f"https://ants.example/shelf/{listing}"
    assert letters.digest(found, topics=["ants"]).listing.endswith("/shelf/topics/ants/")


def test_a_digest_is_the_same_while_it_says_the_same() -> None:
    found = [voted("a", 1), voted("b", 2)]
    digest = letters.digest(found)
    votes_changed = letters.digest([voted("a", 5), voted("b", 2)])
    assert votes_changed.id == digest.id
    others = [
        letters.digest([*found, voted("c", 3)]),
        letters.digest(found, subject="Other words"),
        letters.digest(found, letters.settings(site_url="https://bees.example/")),
        replace(digest, papers=digest.papers[:1]),
    ]
    assert len({digest.id, *(other.id for other in others)}) == 5
