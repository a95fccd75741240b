"""The readers of what a person writes, and of Papershelf's own catalog."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import catalog as catalogs
from generator import config, exports, site
from generator.papers import Author, Paper, Source, Votes
from generator.sources import Reading, catalog_lines, read, table, yaml_list
from generator.sources.content import Content, ContentError
from generator.sources.records import Records
from tests.command import page
from tests.conftest import MakeCatalog
from tests.sources.broken import Module, check, fixture, mutated, retyped
from tests.test_many_sources import SOURCES

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


# JSON of one's own


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


def test_broken_line_is_refused_alone() -> None:
    reading = read(b'{"title": "On Ants"}\n{"title": \n{"title": "On Bees"}\n7\n', "a.jsonl")
    assert [paper.title for paper in reading.papers] == ["On Ants", "On Bees"]
    assert [problem.position for problem in reading.problems] == ["line 2", "line 4"]
    assert reading.refused == 2


MODULES: list[tuple[Module, bytes]] = [(table, CSV), (yaml_list, YAML)]
LINES = b'[{"title": "On Ants", "authors": ["Ada"], "links": {"code": "https://x.org"}, "year": 1}]'


@pytest.mark.parametrize(("module", "data"), MODULES)
def test_broken_file_ends_in_a_reading_or_a_reason(module: Module, data: bytes) -> None:
    @given(mutated(data))
    def checked(broken: bytes) -> None:
        check(module, broken)

    checked()


@given(st.one_of(mutated(LINES), retyped(LINES)))
def test_broken_json_ends_in_a_reading_or_a_reason(data: bytes) -> None:
    check(catalog_lines, data)


# The round trip


def written(papers: tuple[Paper, ...]) -> bytes:
    catalog = catalogs.Catalog(papers=papers, curators={})
    return exports.catalog_lines(catalog, "https://example.org/").encode()


def test_every_field_reads_back() -> None:
    records = Records(Content(b"x", "a.bib"), "bibtex")
    records.add(
        "byron2019",
        title="On Ants & <Bees> $x^2$",
        abstract="One.\n\nTwo, see https://github.com/ada/ants.",
        authors=[Author(name="Ada Byron", family="Byron", orcid="0000-0002-1825-0097"), "王伟"],
        published="2019-05",
        days=[date(2025, 8, 7), date(2025, 8, 9)],
        rank=3,
        venue="ACL 2019",
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
    again = site.read_catalog(settings)
    assert len(again.papers) == 78
    url = config.load(demo)[0].site_url
    assert exports.catalog_lines(again, url) == lines


TEXTS = st.text(min_size=1, max_size=30)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=5))
def test_any_papers_read_back(records: list[tuple[str, Any, Any]]) -> None:
    collected = Records(Content(b"x", "a.json"), "papershelf")
    for number, (title, abstract, name) in enumerate(records):
        collected.add(f"line {number}", title=title, abstract=abstract, authors=[name])
    papers = collected.reading().papers
    if not papers:
        return
    # A single line is an object by itself, which reads the same.
    again = read(written(papers), "a.json").papers
    assert [replace(paper, sources=()) for paper in again] == [
        replace(paper, sources=()) for paper in papers
    ]
