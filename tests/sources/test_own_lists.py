"""The readers of what a person writes, and of Papershelf's own catalog."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.build import config, site
from generator.build.loading import read_catalog
from generator.exports import catalog_records
from generator.model.errors import ContentError
from generator.model.papers import Author, Paper, Source, Votes
from generator.sources import Reading, read
from generator.sources.content import Content
from generator.sources.formats import table, yaml_list
from generator.sources.raw import RawRecord
from generator.sources.records import Records
from tests.build.many_sources import SOURCES
from tests.command import page
from tests.conftest import MakeCatalog
from tests.sources import fixture

CSV, YAML = fixture("table/papers.csv"), fixture("yaml/papers.yml")


# Tables and YAML


def test_table_gives_a_record_for_each_row() -> None:
    reading = table.read(Content(CSV, "papers.csv"))
    assert (reading.records, reading.refused) == (4, 2)
    one, two = reading.papers
    assert (one.title, one.arxiv, one.published) == ('Ants, and "More"', "2405.01234", "2024")
    assert [author.name for author in one.authors] == ["Ada Byron", "Ben Ali"]
    assert (one.abstract, one.keywords) == ("Two lines, one cell.", ("ants", "more"))
    assert (two.title, two.published) == ("On Bees", "2023-05")
    assert [p.sources[0].position for p in reading.papers] == ["line 2", "line 5"]
    assert [problem.position for problem in reading.problems] == ["line 6", "line 7"]


@pytest.mark.parametrize("mark", ["\t", ";", "|"])
def test_table_may_have_other_marks_between_its_cells(mark: str) -> None:
    rows = [["id", "title", "authors"], ["1", "On Ants", "Ada Byron"], ["2", "On Bees", "Ben Ali"]]
    data = "\r\n".join(mark.join(row) for row in rows).encode("utf-8-sig")
    assert table.detect(Content(data, "x"))
    papers = table.read(Content(data, "x")).papers
    assert [(p.title, p.authors[0].name) for p in papers] == [
        ("On Ants", "Ada Byron"),
        ("On Bees", "Ben Ali"),
    ]


def test_yaml_gives_a_record_for_each_element() -> None:
    assert yaml_list.detect(Content(YAML, "papers.yml"))
    reading = yaml_list.read(Content(YAML, "papers.yml"))
    assert (reading.records, reading.refused) == (4, 2)
    one, two = reading.papers
    assert (one.title, one.published, one.venue) == (
        "On Ants: A Study",
        "2024-05-06",
        "Letters of the Ant",
    )
    assert [author.name for author in one.authors] == ["Ada Byron", "Ben Ali"]
    assert {link.kind for link in one.links} == {"code"}
    assert (two.id, two.published) == ("10-5555-bees-1", "2023")
    assert [author.name for author in two.authors] == ["Carl Bee", "Dora Cow"]


def test_yaml_with_aliases_is_refused() -> None:
    laughs = "- title: &a [x, x]\n  b: &b [*a, *a, *a]\n  c: [*b, *b, *b]\n"
    with pytest.raises(ContentError, match="without aliases"):
        yaml_list.read(Content(laughs.encode(), "x.yml"))


@pytest.mark.parametrize(
    "text",
    [
        page("2025-05-01", ["On Ants"]),
        "site_name: Shelf\nnav:\n  - title: index.md\n",
        "# Notes\n\n- a title: of a note\n- another\n",
        "It has a title, and commas.\nSo it goes.\n",
        "user,post\na,1\n",
    ],
)
def test_other_text_is_left_to_others(text: str) -> None:
    assert not table.detect(Content(text.encode(), "x"))
    assert not yaml_list.detect(Content(text.encode(), "x"))


@pytest.mark.parametrize("known", ["2401.00010", "2405.01230", "1401.1230"])
def test_yaml_keeps_the_last_zero_of_an_arxiv_id(known: str) -> None:
    data = f"- title: On Ants\n  arxiv: {known}\n  former_ids: [2305.00020]\n".encode()
    (paper,) = yaml_list.read(Content(data, "x.yml")).papers
    assert (paper.id, paper.arxiv, paper.former_ids) == (known, known, ("2305.00020",))


def test_number_as_arxiv_id_is_no_id() -> None:
    reading = read(b'[{"title": "On Ants", "arxiv": 2401.00010}]', "a.json")
    assert reading.papers[0].arxiv == ""
    assert "arXiv id as text" in reading.problems[0].reason


@pytest.mark.parametrize(
    "field",
    [
        "listed: 2025-01-01 10:00:00\n  days: [2025-01-02]",
        "year: !!int ''",
        "year: !!bool ants",
        "year: !!timestamp ants",
        "year: 0x" + "F" * 6000,
        "venue: ~\n  rank: true",
    ],
)
def test_yaml_of_odd_values_is_a_paper(field: str) -> None:
    (paper,) = yaml_list.read(Content(f"- title: On Ants\n  {field}\n".encode(), "x.yml")).papers
    assert (paper.title, paper.venue, paper.rank) == ("On Ants", "", 0)


def test_deep_yaml_is_refused() -> None:
    for deep in ("[" * 200_000, "[" * 30_000 + "]" * 30_000):
        with pytest.raises(ContentError, match="levels of YAML, found more in line 2"):
            yaml_list.read(Content(f"- title: On Ants\n  x: {deep}\n".encode(), "x.yml"))


@pytest.mark.parametrize("name", ["day", "listed", "days"])
def test_day_of_a_list_is_read_from_any_kind_of_file(name: str) -> None:
    for data in (
        f"title,{name}\nOn Ants,2025-08-07\n",
        f"- title: On Ants\n  {name}: 2025-08-07\n",
        f'[{{"title": "On Ants", "{name}": "2025-08-07"}}]',
    ):
        assert read(data.encode(), "x").papers[0].days == (date(2025, 8, 7),)


def test_day_that_is_none_is_said() -> None:
    reading = read(b"title,day\nOn Ants,soon\n", "x.csv")
    assert (reading.papers[0].days, reading.problems[0].position) == ((), "line 2")


def test_last_quote_that_is_never_closed_costs_its_own_row_alone() -> None:
    data = b'title,authors\nOn Eels,"Eve\nFox"\nOn Ants,"Ada Byron\nOn Bees,Ben Ali\n'
    reading = table.read(Content(data, "x.csv"))
    assert [paper.title for paper in reading.papers] == ["On Eels", "On Bees"]
    assert [paper.sources[0].position for paper in reading.papers] == ["line 2", "line 5"]
    assert (reading.refused, reading.problems[0].position) == (1, "line 4")


def test_table_says_where_cells_are_missing_and_that_it_has_no_row() -> None:
    reading = table.read(Content(b"title,authors\nOn Ants\n", "x.csv"))
    assert (len(reading.papers), reading.problems[0].position) == (1, "line 2")
    empty = table.read(Content(b"title,authors\n", "x.csv"))
    assert "expected papers, found none" in empty.problems[0].reason


def test_table_has_counts_and_yes_as_text() -> None:
    data = b"title,upvotes,comments,retracted\nOn Ants,3,7,yes\n"
    (paper,) = table.read(Content(data, "x.csv")).papers
    assert (paper.votes, paper.withdrawn) == (Votes(upvotes=3, comments=7), "retracted")


# JSON of one's own


def test_author_that_is_no_name_is_said() -> None:
    reading = read(b'[{"title": "On Ants", "authors": [null, 7, {"name": 3}, "Ada"]}]', "a.json")
    assert [author.name for author in reading.papers[0].authors] == ["Ada"]
    assert len(reading.problems) == 2


def test_own_id_that_has_changed_leads_to_the_paper() -> None:
    line = '{"id": "%s", "title": "On Ants", "sources": [{"file": "a"}]}'
    for known, former in (("on-old-ants", ("on-old-ants",)), ("on-ants", ())):
        assert read((line % known).encode(), "a.json").papers[0].former_ids == former


def test_any_json_with_titles_is_a_list() -> None:
    for data in (
        '[{"title": "On Ants", "authors": "Ada Byron and Ben Ali", "id": "2405.01234"}]',
        '[{"title": "On Ants", "authors": ["Ada Byron", "Ben Ali"], "url": '
        '"https://arxiv.org/abs/2405.01234v2"}]',
        '{"papers": [{"title": "On Ants", "author": ["Ada Byron", "Ben Ali"], "arxiv_id": '
        '"2405.01234"}]}',
        '{"title": "On Ants", "authors": [{"name": "Ada Byron"}, "Ali, Ben"], "arxiv": '
        '"2405.01234"}\n{"title": "On Bees"}\n',
    ):
        paper = read(data.encode(), "a.json").papers[0]
        assert (paper.title, paper.id) == ("On Ants", "2405.01234")
        assert [author.name for author in paper.authors] == ["Ada Byron", "Ben Ali"]


def test_schema_of_json_is_no_list() -> None:
    data = b'{"$schema": "https://json-schema.org/draft", "title": "Ants", "type": "object"}'
    assert read(data, "a.json").format == ""


def test_broken_line_is_refused_alone() -> None:
    reading = read(b'{"title": "On Ants"}\n{"title": \n{"title": "On Bees"}\n7\n', "a.jsonl")
    assert [paper.title for paper in reading.papers] == ["On Ants", "On Bees"]
    assert [problem.position for problem in reading.problems] == ["line 2", "line 4"]
    assert reading.refused == 2


# The round trip


def written(papers: tuple[Paper, ...]) -> bytes:
    return "".join(catalog_records.record(one, "https://example.org/") for one in papers).encode()


def test_every_field_reads_back() -> None:
    records = Records(Content(b"x", "a.bib"), "bibtex")
    records.add(
        "byron2019",
        RawRecord(
            title="On Ants & <Bees> $x^2$",
            abstract="One.\n\nTwo, see https://github.com/ada/ants.",
            authors=[Author(name="Ada Byron", family="Byron", orcid="0000-0002-1825-0097"), "王伟"],
            published="2019-05",
            days=[date(2025, 8, 7), date(2025, 8, 9)],
            rank=3,
            venue="ACL 2019",
            organizations=["Ada Lab, Inc.", "Bee & Co"],
            doi="10.18653/v1/P19-1001",
            arxiv="1905.01234",
            links=[("project", "https://ants.example/"), ("code-2", "https://gitlab.com/a/b")],
            keywords=["ants", "bees"],
            categories=["cs.CL"],
            upvotes=0,
            comments=3,
            counted=date(2025, 8, 9),
            withdrawn="retracted",
            former_ids=["on-ants"],
            sources=[Source(file="a.bib", format="bibtex", position="1", fields=("title",))],
        ),
    )
    papers = records.reading().papers
    assert papers[0].votes == Votes(upvotes=0, comments=3, counted=date(2025, 8, 9))
    assert read(written(papers), "catalog.jsonl") == Reading(
        file="catalog.jsonl", format="papershelf", papers=papers
    )


def test_catalog_of_many_sources_reads_back_to_the_same_catalog(make_catalog: MakeCatalog) -> None:
    one = make_catalog(SOURCES | {"undated.txt": page("May 1", ["On Bees"])}, name="one")
    site.build(one)
    lines = (one / "site/catalog.jsonl").read_text("utf-8")
    two = make_catalog({"any name.jsonl": lines}, name="two")
    site.build(two)
    assert (two / "site/catalog.jsonl").read_text("utf-8") == lines


def test_demo_reads_back_to_the_same_catalog(
    demo: Path, demo_site: Path, make_catalog: MakeCatalog
) -> None:
    lines = (demo_site / "catalog.jsonl").read_text("utf-8")
    topics = (demo / "content/topics.yml").read_text("utf-8")
    root = make_catalog({"catalog.jsonl": lines}, topics=topics)
    settings, _ = config.load(root)
    again = read_catalog(settings)
    assert len(again.papers) == 78
    url = config.load(demo)[0].site_url
    assert "".join(catalog_records.record(one, url) for one in again.papers) == lines


TEXTS = st.text(min_size=1, max_size=30)


@example([("On Ants", "Ants.", "0;,0")])
@example([("On Ants", "Ants.", "0,Â")])
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=5))
def test_any_papers_read_back(records: list[tuple[str, Any, Any]]) -> None:
    collected = Records(Content(b"x", "a.json"), "papershelf")
    for number, (title, abstract, name) in enumerate(records):
        collected.add(f"line {number}", RawRecord(title=title, abstract=abstract, authors=[name]))
    papers = collected.reading().papers
    if not papers:
        return
    # A single line is an object by itself, which reads the same.
    again = read(written(papers), "a.json").papers
    assert [replace(paper, sources=()) for paper in again] == [
        replace(paper, sources=()) for paper in papers
    ]


@pytest.mark.parametrize("name", ["paper_title", "Paper Title", "paperTitle", "论文标题"])
def test_a_title_in_json_may_have_another_name(name: str) -> None:
    paper = {name: "On Ants", "paper_authors": "Ada Byron; Ben Ali"}
    for value in ([paper], {"accepted": [paper]}):
        reading = read(json.dumps(value).encode(), "a.json")
        assert [paper.title for paper in reading.papers] == ["On Ants"]
        assert [author.name for author in reading.papers[0].authors] == ["Ada Byron", "Ben Ali"]


@pytest.mark.parametrize(
    "value",
    [
        {"displayName": "Ants", "author": "Ada", "version": "1.0"},
        {"paper_title": "On Ants", "size": 4},
        {"songs": [{"title": "Ants", "creator": "Ada"}]},
    ],
)
def test_json_of_other_things_is_none(value: object) -> None:
    assert read(json.dumps(value).encode(), "a.json").format == ""
