"""Merging, order and grouping: the same records make the same catalog, however they come."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator import catalog
from generator.catalog import Catalog
from generator.catalog.taxonomy import Topic
from generator.model.errors import Problem
from generator.model.papers import Author, Link, Paper, Source
from generator.sources import Reading, read
from generator.text import slug
from tests.command import page

MAY_1, MAY_2, MAY_3 = (date(2025, 5, day) for day in (1, 2, 3))


def paper(title: str, day: date | None = None, rank: int = 1, **more: object) -> Paper:
    values: dict[str, object] = {
        "id": slug(title),
        "title": title,
        "abstract": f"About {title}.",
        "days": (day,) if day else (),
        "rank": rank,
        "sources": (Source(file=f"{day}.txt", format="test", position=f"line {rank}"),),
    }
    return Paper(**(values | more))  # type: ignore[arg-type]


def built(*papers: Paper) -> Catalog:
    return catalog.build([Reading(file="a.txt", papers=papers)])


def titles(found: Catalog) -> list[str]:
    return [one.title for one in found.papers]


# Order


def test_latest_day_comes_first_then_the_order_of_the_list_then_undated() -> None:
    found = built(
        paper("Undated"),
        paper("First of May 1", MAY_1, 1),
        paper("Second of May 2", MAY_2, 2),
        paper("First of May 2", MAY_2, 1),
    )
    assert titles(found) == ["First of May 2", "Second of May 2", "First of May 1", "Undated"]


def test_two_lists_of_one_day_are_merged_by_rank_and_then_by_id() -> None:
    lists = [
        Reading(file="a.txt", papers=(paper("Zebra", MAY_1, 1), paper("Yak", MAY_1, 2))),
        Reading(file="a.txt", papers=(paper("Ant", MAY_1, 1), paper("Bee", MAY_1, 2))),
    ]
    assert titles(catalog.build(lists)) == ["Ant", "Zebra", "Bee", "Yak"]
    assert titles(catalog.build(lists[::-1])) == ["Ant", "Zebra", "Bee", "Yak"]


def test_paper_without_a_list_is_sorted_by_its_own_date() -> None:
    found = built(
        paper("Listed", MAY_2), paper("Published", published="2025-05-03"), paper("Earlier", MAY_1)
    )
    assert titles(found) == ["Published", "Listed", "Earlier"]
    assert list(found.by_date) == ["2025-05-03", "2025-05-02", "2025-05-01"]


# One paper, many records


def test_paper_on_two_days_is_one_and_stands_under_both() -> None:
    found = built(paper("Again", MAY_2, 7), paper("Other", MAY_2, 1), paper("Again", MAY_1, 3))
    (again,) = (one for one in found.papers if one.title == "Again")
    assert again.days == (MAY_1, MAY_2)
    assert again.listed == MAY_1
    assert again.rank == 3
    assert len(again.sources) == 2
    assert {day: [one.title for one in papers] for day, papers in found.by_date.items()} == {
        "2025-05-02": ["Other", "Again"],
        "2025-05-01": ["Again"],
    }
    assert found.problems == ()


def test_title_twice_in_one_list_is_one_paper_at_its_first_place() -> None:
    reading = read(page("2025-05-01", ["On Ants", "On Bees", "On Ants"]).encode(), "x.txt")
    found = catalog.build([reading])
    assert titles(found) == ["On Ants", "On Bees"]
    assert [source.position for source in found.papers[0].sources] == ["line 11", "line 3"]


def test_title_that_differs_in_case_accents_or_punctuation_is_the_same_paper() -> None:
    found = built(paper("Naïve Models: A Study", MAY_1), paper("Naive models, a study", MAY_2))
    assert titles(found) == ["Naïve Models: A Study"]


def test_what_one_record_lacks_another_gives() -> None:
    found = built(
        paper("Same", MAY_1, abstract=""),
        paper(
            "Same",
            MAY_2,
            abstract="The abstract.",
            authors=(Author(name="Ada"),),
            links=(Link(kind="code", url="https://github.com/a/b"),),
            keywords=("ants",),
            published="2025-05-01",
        ),
    )
    (same,) = found.papers
    assert same.abstract == "The abstract."
    assert same.authors == (Author(name="Ada", id="ada"),)
    assert same.links == (Link(kind="code", url="https://github.com/a/b"),)
    assert same.keywords == ("ants",)
    assert same.published == "2025-05-01"
    assert same.listed == MAY_1
    assert found.problems == ()


def test_records_that_contradict_each_other_are_a_problem_and_the_longest_abstract_wins() -> None:
    found = built(
        paper("Same", MAY_1, abstract="One thing."), paper("Same", MAY_2, abstract="Quite another.")
    )
    assert [one.abstract for one in found.papers] == ["Quite another."]
    (problem,) = found.problems
    assert (problem.file, problem.position) == ("2025-05-01.txt", "line 1")
    assert "listed again with another abstract" in problem.reason


def test_shortened_abstract_is_no_contradiction() -> None:
    found = built(
        paper("Same", MAY_1, abstract="One thing."),
        paper("Same", MAY_2, abstract="One thing. And more."),
    )
    assert found.problems == ()


# Curators and problems


def test_curators_of_a_day_are_all_named_once() -> None:
    lists = [
        Reading(file="a.txt", curators=((MAY_1, "Ben"), (MAY_2, "Ada"))),
        Reading(file="a.txt", curators=((MAY_1, "Ada"),)),
        Reading(file="a.txt", curators=((MAY_1, "Ben"), (None, "Cy"))),
    ]
    found = catalog.build(lists)
    assert list(found.curators.items()) == [
        ("2025-05-02", "Ada"),
        ("2025-05-01", "Ada; Ben"),
        ("", "Cy"),
    ]
    assert found.curators == catalog.build(lists[::-1]).curators


def test_problems_of_all_files_are_kept_and_sorted_by_file() -> None:
    problems = [
        Problem(file="b.txt", position="line 2", reason="two"),
        Problem(file="b.txt", position="line 10", reason="ten"),
        Problem(file="a.txt", position="", reason="one"),
    ]
    found = catalog.build(
        [
            Reading(file="a.txt", problems=tuple(problems[:2])),
            Reading(file="a.txt", problems=(problems[2],)),
        ]
    )
    assert list(found.problems) == [problems[2], problems[0], problems[1]]


def test_nothing_makes_an_empty_catalog() -> None:
    found = catalog.build([])
    assert found == Catalog(papers=(), curators={})
    assert dict(found.by_date) == {}
    assert dict(found.by_topic) == {}


# Topics


def test_topics_stand_in_the_order_of_the_taxonomy_and_only_where_they_have_papers() -> None:
    taxonomy = tuple(
        Topic(slug=name, name=name.title(), phrases=(name,)) for name in ("yaks", "bees", "ants")
    )
    found = catalog.build(
        [Reading(file="a.txt", papers=(paper("On Ants", MAY_2), paper("On Yaks and Ants", MAY_1)))],
        taxonomy,
    )
    assert {slug: [p.title for p in papers] for slug, papers in found.by_topic.items()} == {
        "yaks": ["On Yaks and Ants"],
        "ants": ["On Ants", "On Yaks and Ants"],
    }
    assert list(found.by_topic) == ["yaks", "ants"]
    assert found.topics == taxonomy


def test_keywords_become_topics_where_there_is_no_taxonomy() -> None:
    found = built(
        *(paper(f"Paper {name}", MAY_1, keywords=("Ant colonies",)) for name in "ABC"),
        *(paper(f"Other paper {number}", MAY_1) for number in range(40)),
    )
    assert [topic.name for topic in found.topics if topic.slug == "ant-colonies"] == [
        "Ant colonies"
    ]
    assert len(found.by_topic["ant-colonies"]) == 3


# Whatever the records


RECORDS = st.lists(
    st.builds(
        paper,
        st.sampled_from(["Ants", "Bees", "Cats", "Dogs"]),
        st.sampled_from([None, MAY_1, MAY_2, MAY_3]),
        st.integers(1, 3),
        abstract=st.sampled_from(["", "Short.", "Short. Long.", "Another."]),
        published=st.sampled_from(["", "2025-05-01"]),
        keywords=st.sampled_from([(), ("one",), ("two",)]),
        authors=st.sampled_from([(), (Author(name="Ada"),)]),
    ),
    max_size=8,
)


@given(RECORDS, st.randoms())
def test_order_of_the_input_changes_nothing(records: list[Paper], random: object) -> None:
    found = catalog.build([Reading(file="a.txt", papers=(record,)) for record in records])
    shuffled = records.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = catalog.build([Reading(file="a.txt", papers=tuple(shuffled))])
    assert found.papers == again.papers
    assert found.problems == again.problems


@given(RECORDS)
def test_names_of_the_files_change_nothing_but_the_sources(records: list[Paper]) -> None:
    def named(prefix: str) -> list[Paper]:
        return [
            replace(r, sources=tuple(replace(s, file=prefix + str(n)) for s in r.sources))
            for n, r in enumerate(records)
        ]

    found = catalog.build([Reading(file="a.txt", papers=tuple(named("a")))])
    again = catalog.build([Reading(file="a.txt", papers=tuple(named("z")[::-1]))])
    assert [replace(p, sources=()) for p in found.papers] == [
        replace(p, sources=()) for p in again.papers
    ]


@given(RECORDS)
def test_every_record_ends_in_exactly_one_paper(records: list[Paper]) -> None:
    found = catalog.build([Reading(file="a.txt", papers=tuple(records))])
    assert len({p.id for p in found.papers}) == len(found.papers)
    assert {replace(s, fields=()) for p in found.papers for s in p.sources} == {
        s for r in records for s in r.sources
    }
    (account,) = found.accounts
    assert account.records == account.papers + account.merged == len(records)
    assert account.papers == len(found.papers)
    assert {(p.id, day) for p in found.papers for day in p.days} == {
        (r.id, day) for r in records for day in r.days
    }
