"""One paper from many records: which are one, whom to believe, and what a person should decide."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.catalog import merging
from generator.model.errors import Problem
from generator.model.papers import Author, Link, Paper, Publication, Source, Votes
from generator.sources import READERS, Reading
from generator.sources.identifiers import paper_id

TRUSTED, LESS = READERS[0].NAME, "a-reader-of-tomorrow"
ADA, BEN = Author(name="Ada Byron", family="Byron"), Author(name="Ben Ali")
LONG = "A Long Title That Nobody Else Has"


def record(title: str = LONG, *, file: str = "a.json", format: str = LESS, **more: Any) -> Paper:
    ids = {kind: more.get(kind, "") for kind in ("arxiv", "doi", "anthology")}
    position = more.pop("position", "record 1")
    values: dict[str, Any] = {
        "id": paper_id(title=title, **ids),
        "title": title,
        "sources": (Source(file=file, format=format, position=position),),
    }
    return Paper(**(values | more))


def merged(*records: Paper) -> tuple[list[Paper], list[Problem]]:
    """What becomes of records, which is the same in any order."""
    readings = [Reading(file=r.sources[0].file, papers=(r,)) for r in records]
    papers, problems, *_ = merging.merge(readings)
    backward, others, *_ = merging.merge(readings[::-1])
    assert sorted(papers, key=repr) == sorted(backward, key=repr)
    assert sorted(problems) == sorted(others)
    return papers, problems


def one(*records: Paper) -> Paper:
    (paper,), _ = merged(*records)
    return paper


def many(*records: Paper) -> int:
    return len(merged(*records)[0])


# Which records are one paper


@pytest.mark.parametrize(
    "ids",
    [{"arxiv": "2305.02309"}, {"doi": "10.1038/nphys1170"}, {"anthology": "P19-1001"}],
)
def test_same_id_is_the_same_paper_whatever_else_differs(ids: dict[str, str]) -> None:
    records = (
        record("On Ants", authors=(ADA,), published="2019", **ids),
        record("Ants, Revisited", authors=(BEN,), published="2020", **ids),
    )
    assert many(*records) == 1


@pytest.mark.parametrize(
    ("other", "title"), [("On Ants", "On Ants"), ("doi:10.1000/x", "arXiv:2305.02309")]
)
def test_any_real_title_wins_over_an_id_that_stands_for_one(other: str, title: str) -> None:
    listed = record("arXiv:2305.02309", arxiv="2305.02309", format=TRUSTED)
    found = one(listed, record(other, arxiv="2305.02309"))
    assert (found.title, found.id) == (title, "2305.02309")


def test_organizations_are_those_of_the_first_record_that_has_some() -> None:
    found = one(record(arxiv="2305.02309"), record(arxiv="2305.02309", organizations=("Ada Lab",)))
    assert found.organizations == ("Ada Lab",)


def test_ids_join_through_a_third_record() -> None:
    assert (
        many(
            record("One", arxiv="2305.02309"),
            record("Two", doi="10.1038/x"),
            record("Three", arxiv="2305.02309", doi="10.1038/x"),
        )
        == 1
    )


@pytest.mark.parametrize(
    ("fields", "others", "papers"),
    [
        ({"authors": (ADA,)}, {"authors": (Author(name="A. Byron"),)}, 1),
        ({"authors": (ADA,)}, {"authors": (BEN,)}, 2),
        ({"authors": (ADA,), "published": "2019"}, {"published": "2019-05"}, 1),
        ({"authors": (ADA,), "published": "2019"}, {"days": (date(2019, 5, 1),)}, 1),
        ({"authors": (ADA,), "published": "2019"}, {"published": "2012"}, 2),
        ({"published": "2019"}, {"published": "2019"}, 1),
        ({"authors": (ADA,), "published": "2010"}, {"authors": (ADA,), "published": "2020"}, 2),
        ({"authors": (ADA,), "published": "2010"}, {"authors": (ADA,), "published": "2011"}, 1),
        ({"authors": (ADA,), "published": "2010-03"}, {"authors": (ADA,), "published": "2010"}, 1),
        (
            {"authors": (ADA,), "published": "2010-03"},
            {"authors": (ADA,), "published": "2010-6"},
            2,
        ),
    ],
)
def test_short_title_needs_an_author_or_a_year(
    fields: dict[str, Any], others: dict[str, Any], papers: int
) -> None:
    assert many(record("Introduction", **fields), record("INTRODUCTION", **others)) == papers


def test_two_files_that_date_one_paper_apart_contradict_each_other() -> None:
    papers, problems = merged(
        record(authors=(ADA,), published="2010", file="a.bib"),
        record(authors=(ADA,), published="2020", file="b.bib"),
    )
    assert len(papers) == len(problems) == 1
    assert "is dated" in problems[0].reason


def test_long_title_alone_is_enough_where_only_one_paper_has_it() -> None:
    assert many(record(authors=(ADA,), published="2019"), record(days=(date(2025, 1, 1),))) == 1
    assert many(record(authors=(ADA,)), record(authors=(BEN,)), record(published="2025")) == 3


def test_preprint_and_proceedings_are_one_paper() -> None:
    paper = one(
        record(arxiv="2305.02309", authors=(ADA,), published="2023-05-03"),
        record(doi="10.18653/v1/2023.acl-long.1", anthology="2023.acl-long.1", authors=(ADA,)),
    )
    assert paper.id == "2305.02309"
    assert (paper.doi, paper.anthology) == ("10.18653/v1/2023.acl-long.1", "2023.acl-long.1")


def test_same_title_and_author_with_two_ids_are_kept_apart_and_said() -> None:
    papers, problems = merged(
        record(doi="10.1038/a", authors=(ADA,), published="2019", file="a.bib"),
        record(doi="10.1038/b", authors=(ADA,), published="2019-05", file="b.bib"),
    )
    assert sorted(paper.doi for paper in papers) == ["10.1038/a", "10.1038/b"]
    (problem,) = problems
    assert "10.1038/a" in problem.reason
    assert "10.1038/b" in problem.reason
    assert {"a.bib", "b.bib"} == {problem.file} | {
        w for w in ("a.bib", "b.bib") if w in problem.reason
    }


OTHER = "How Bees Find Their Way Home"


@pytest.mark.parametrize(
    ("one", "other", "papers", "problems"),
    [
        # one file has one id for two papers
        ({"authors": (ADA,)}, {"title": OTHER, "authors": (BEN,)}, 2, 1),
        ({}, {"title": OTHER}, 2, 1),
        # the same author: perhaps a new title, perhaps not; it is said
        ({"authors": (ADA,)}, {"title": OTHER, "authors": (ADA, BEN)}, 1, 1),
        # versions of a title
        ({"authors": (ADA,)}, {"title": f"{LONG}: A Survey", "authors": (BEN,)}, 1, 0),
        ({"authors": (ADA,)}, {"title": "A Title That Nobody Has", "authors": (BEN,)}, 1, 0),
        # another file may know it under another name
        ({"authors": (ADA,)}, {"title": OTHER, "authors": (BEN,), "file": "b.json"}, 1, 0),
    ],
)
def test_one_file_that_gives_an_id_to_two_papers_makes_no_paper_vanish(
    one: dict[str, Any], other: dict[str, Any], papers: int, problems: int
) -> None:
    made, said = merged(record(doi="10.5555/a", **one), record(doi="10.5555/a", **other))
    assert (len(made), len(said)) == (papers, problems)
    assert len({paper.id for paper in made}) == papers


def test_record_of_another_file_joins_the_paper_whose_title_it_has() -> None:
    papers, problems = merged(
        record(doi="10.5555/a", authors=(ADA,)),
        record(OTHER, doi="10.5555/a", authors=(BEN,)),
        record(OTHER, doi="10.5555/a", authors=(BEN,), file="b.json", published="2019"),
    )
    assert {paper.title: paper.published for paper in papers} == {LONG: "", OTHER: "2019"}
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Author(name="Otto van der Berg", family="van der Berg"), Author(name="Otto van der Berg")),
        (Author(name="Otto Berg, Jr.", family="Berg"), Author(name="Otto Berg")),
        (Author(name="陈小雨", family="陈"), Author(name="陈小雨")),
    ],
)
def test_family_name_is_one_however_much_of_it_a_source_tells_apart(
    one: Author, other: Author
) -> None:
    assert many(record(authors=(one,)), record(authors=(other,), file="b.json")) == 1


def test_formula_in_a_title_is_compared_by_what_it_shows() -> None:
    titles = (r"On $\beta$-Carotene in the Legs of Ants", "On β-Carotene in the Legs of Ants")
    assert many(*(record(title, authors=(ADA,)) for title in titles)) == 1


def test_titles_of_signs_alone_are_compared_as_they_are() -> None:
    assert many(record("!!!", published="2019"), record("???", published="2019")) == 2


# Whom to believe


def test_more_trusted_source_is_believed_and_the_other_fills_in() -> None:
    paper = one(
        record(
            "On ants", format=LESS, arxiv="2305.02309", venue="arXiv", abstract="Long abstract."
        ),
        record("On Ants", format=TRUSTED, arxiv="2305.02309", venue="ACL 2023", file="b.json"),
    )
    assert (paper.title, paper.venue, paper.abstract) == ("On Ants", "ACL 2023", "Long abstract.")
    assert {source.file: source.fields for source in paper.sources} == {
        "a.json": ("abstract",),
        "b.json": ("arxiv", "title", "venue"),
    }


def test_days_add_up_and_votes_are_the_latest_known() -> None:
    may_1, may_2 = date(2025, 5, 1), date(2025, 5, 2)
    paper = one(
        record(days=(may_2,), rank=3, votes=Votes(upvotes=5, comments=1, counted=may_2)),
        record(days=(may_1,), rank=7, votes=Votes(upvotes=9, comments=0, counted=may_1)),
    )
    assert (paper.days, paper.rank) == ((may_1, may_2), 7)
    assert paper.votes == Votes(upvotes=5, comments=1, counted=may_2)


def test_most_precise_date_wins_among_those_that_agree() -> None:
    assert one(record(published="2019"), record(published="2019-05-14")).published == "2019-05-14"
    believed = one(
        record(published="2019", format=TRUSTED, doi="10.1038/a"),
        record(published="2018-12-31", doi="10.1038/a"),
    )
    assert believed.published == "2019"


def test_links_of_every_source_stand_together() -> None:
    code, pdf = Link(kind="code", url="https://github.com/a/b"), Link(kind="pdf", url="https://x.y")
    assert set(one(record(links=(code,)), record(links=(pdf,))).links) == {code, pdf}


def test_orcid_of_any_source_is_known() -> None:
    orcid = "0000-0002-1825-0097"
    paper = one(
        record(authors=(ADA, BEN), format=TRUSTED),
        record(authors=(Author(name="Ada Byron", orcid=orcid), BEN)),
    )
    assert [author.orcid for author in paper.authors] == [orcid, ""]


@pytest.mark.parametrize(("said", "known"), [("", ""), ("withdrawn", "withdrawn")])
def test_one_source_is_enough_to_withdraw_a_paper(said: str, known: str) -> None:
    assert one(record(withdrawn=said), record(format=TRUSTED)).withdrawn == known


# What a person should decide


def test_two_dois_of_one_paper_are_a_problem_at_the_less_trusted_record() -> None:
    _, (problem,) = merged(
        record(arxiv="2305.02309", doi="10.1038/a", format=TRUSTED),
        record(arxiv="2305.02309", doi="10.1038/b", file="b.bib", position="byron2023"),
    )
    assert (problem.file, problem.position) == ("b.bib", "byron2023")
    assert "has the DOI 10.1038/b here and 10.1038/a in a.json, record 1" in problem.reason


@pytest.mark.parametrize(("year", "problems"), [("2023", 0), ("2022-12-31", 0), ("2021", 1)])
def test_dates_two_years_apart_are_a_problem(year: str, problems: int) -> None:
    found = merged(
        record(doi="10.1038/a", published="2023-05-01", format=TRUSTED),
        record(doi="10.1038/a", published=year, file="b.bib"),
    )[1]
    assert len(found) == problems
    assert all("is dated" in problem.reason for problem in found)


# Ids


def test_better_id_takes_over_and_the_old_one_leads_to_it() -> None:
    listed = record(LONG, days=(date(2023, 5, 4),))
    assert one(listed).id == "a-long-title-that-nobody-else-has"
    paper = one(listed, record(LONG, arxiv="2305.02309", published="2023-05-03"))
    assert (paper.id, paper.former_ids) == ("2305.02309", ("a-long-title-that-nobody-else-has",))


def test_two_papers_of_one_title_have_two_ids_and_the_earlier_keeps_its_own() -> None:
    early = record("Introduction", authors=(ADA,), published="2001")
    late = record("Introduction", authors=(BEN,), published="2009", file="b.json")
    assert one(early).id == "introduction"
    papers, _ = merged(early, late)
    assert {paper.published: paper.id for paper in papers} == {
        "2001": "introduction",
        "2009": "introduction-ali-2009",
    }


def test_former_id_never_leads_away_from_a_paper_that_has_it() -> None:
    papers, _ = merged(
        record("Introduction", published="2001", authors=(ADA,)),
        record("Introduction", published="2009", authors=(BEN,), arxiv="0901.00001"),
        record("Introduction", published="2009", authors=(BEN,)),
    )
    assert sorted((paper.id, paper.former_ids) for paper in papers) == [
        ("0901.00001", ()),
        ("introduction", ()),
    ]


# Whatever the records

YEARS = st.sampled_from(["", "2001", "2001-05", "2009-05-04", "2010"])
RECORDS = st.lists(
    st.builds(
        record,
        st.sampled_from(["Introduction", "introduction", LONG, "???"]),
        file=st.sampled_from(["a", "b"]),
        position=st.integers(0, 99).map(str),
        format=st.sampled_from([TRUSTED, LESS]),
        authors=st.sampled_from([(), (ADA,), (BEN,), (BEN, ADA)]),
        published=YEARS,
        arxiv=st.sampled_from(["", "", "2305.00001", "2305.00002"]),
        doi=st.sampled_from(["", "", "10.1038/a", "10.1038/b"]),
        anthology=st.sampled_from(["", "", "P19-1001"]),
        abstract=st.sampled_from(["", "Short.", "Short. Long."]),
    ),
    max_size=7,
)


def comparable(papers: list[Paper]) -> list[str]:
    return sorted(repr(paper) for paper in papers)


@given(RECORDS, st.randoms())
def test_order_of_the_records_changes_nothing(records: list[Paper], random: Any) -> None:
    shuffled = random.sample(records, len(records))
    papers, problems, *_ = merging.merge([Reading(file="x", papers=tuple(records))])
    again, others, *_ = merging.merge([Reading(file="x", papers=tuple(shuffled))])
    assert comparable(papers) == comparable(again)
    assert sorted(problems) == sorted(others)


@given(RECORDS)
def test_names_of_the_files_change_no_id(records: list[Paper]) -> None:
    def renamed(name: str) -> Reading:
        papers = tuple(replace(r, sources=(replace(r.sources[0], file=name),)) for r in records)
        return Reading(file=name, papers=papers)

    before, after = (
        sorted((p.id, p.former_ids, p.title) for p in merging.merge([renamed(name)])[0])
        for name in ("a", "z")
    )
    assert before == after


@given(RECORDS)
def test_ids_are_unique_and_lead_to_one_paper(records: list[Paper]) -> None:
    papers, _, (account,) = merging.merge([Reading(file="x", papers=tuple(records), refused=2)])
    every = [known for paper in papers for known in (paper.id, *paper.former_ids)]
    assert len(set(every)) == len(every)
    assert {r.id for r in records} <= set(every)
    assert account.records == len(records) + 2
    assert account.records == account.papers + account.merged + account.problems
    assert account.papers == len(papers)


PMLR = Publication(type="paper-conference", volume="36", pages="1–20")


def test_where_in_its_venue_a_paper_stands_comes_with_the_venue() -> None:
    arxiv = record(format=TRUSTED, arxiv="2508.00001", publication=Publication(type="article"))
    icml = record(file="b.json", arxiv="2508.00001", venue="ICML", publication=PMLR)
    assert one(arxiv, icml).publication == PMLR
    journal = Publication(type="article-journal", volume="7", issue="2")
    other = record(file="c.json", arxiv="2508.00001", venue="Ant Letters", publication=journal)
    assert one(arxiv, icml, other).publication in (PMLR, journal)


def test_records_of_one_venue_complete_each_other() -> None:
    first = record(format=TRUSTED, doi="10.1/x", venue="ICML", publication=Publication(volume="36"))
    second = record(file="b.json", doi="10.1/x", venue="icml", publication=PMLR)
    assert one(first, second).publication == PMLR
