"""Listings of arXiv as JSON: daily ones, and the data set."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.errors import ContentError
from generator.sources import Reading
from generator.sources.content import Content
from generator.sources.formats import arxiv_listing

DATA = Path(__file__).parent / "data/arxiv"
DAILY = (DATA / "2025-08-07.jsonl").read_bytes()
DATA_SET = (DATA / "data-set.jsonl").read_bytes()
DAY = date(2025, 8, 7)


def reading(data: bytes, file: str = "2025-08-07.jsonl") -> Reading:
    return arxiv_listing.read(Content(data, file))


def objects(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


def test_daily_listing_is_read() -> None:
    found = reading(DAILY)
    assert arxiv_listing.detect(Content(DAILY, "a"))
    ants, bees, wasps = found.papers
    assert found.problems == ()
    assert (ants.title, ants.abstract) == ("Ants at Work: $O(n)$ Colonies", "We watch ants.")
    assert [author.name for author in ants.authors] == ["Ada Ant", "Bo Bee"]
    assert (ants.categories, ants.venue, ants.published) == (("cs.MA", "q-bio.PE"), "", "")
    assert [(paper.days, paper.rank) for paper in found.papers] == [
        ((DAY,), 1),
        ((DAY,), 2),
        ((DAY,), 3),
    ]
    assert [(link.kind, link.url) for link in ants.links] == [
        ("abs", "https://arxiv.org/abs/2508.90001"),
        ("pdf", "https://arxiv.org/pdf/2508.90001"),
        ("code", "https://github.com/ada/ants"),
    ]
    assert (bees.withdrawn, wasps.withdrawn) == ("", "withdrawn")
    assert ants.sources[0].position == "2508.90001"


def test_list_of_the_same_objects_gives_the_same_papers() -> None:
    data = json.dumps(objects(DAILY)).encode()
    assert arxiv_listing.detect(Content(data, "a"))
    assert reading(data).papers == reading(DAILY).papers


def test_listing_without_a_day_in_its_name_is_undated() -> None:
    assert {paper.days for paper in reading(DAILY, "new.jsonl").papers} == {()}


def test_records_of_the_data_set_are_read() -> None:
    assert arxiv_listing.detect(Content(DATA_SET, "a"))
    found = reading(DATA_SET)
    old, new = found.papers
    assert (found.problems, old.arxiv, old.id) == ((), "cs/0501990", "cs-0501990")
    assert [(a.name, a.family) for a in old.authors] == [
        ("Ada Ant", "Ant"),
        ("Bo von Bee, Jr.", "von Bee"),
        ("CY", ""),
    ]
    assert (old.title, old.abstract, old.published) == ("Ants of Old", "Old ants.", "2005-01-03")
    assert (old.venue, old.doi) == ("J. Ants 3 (2005) 1-9", "10.9999/ants.3")
    assert (old.categories, old.days, old.rank) == (("cs.MA", "q-bio.PE"), (), 0)
    assert (new.published, new.venue) == ("", "")


def test_broken_lines_are_refused_where_they_stand() -> None:
    found = reading(DAILY + b'{"id": \n7\n')
    assert (len(found.papers), found.refused) == (3, 2)
    assert [problem.position for problem in found.problems] == ["line 4", "line 5"]


def test_empty_listing_is_remarked() -> None:
    assert "empty" in reading(b"[]").problems[0].reason


def test_fields_of_another_type_are_remarked() -> None:
    value = objects(DAILY)[0] | {"authors": 3, "categories": {}, "comment": [], "summary": [1]}
    found = reading(json.dumps([value]).encode())
    assert len(found.papers) == 1
    assert len(found.problems) == 3


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"id": "2508.90001", "title": "A", "abstract": "B", "authors": []},
        {"id": "x", "title": "A", "summary": "B", "abs": "C", "categories": []},
        {"id": 3, "title": "A", "summary": "B", "abs": "C", "categories": []},
    ],
)
def test_other_json_is_left_to_other_readers(value: object) -> None:
    assert not arxiv_listing.detect(Content(json.dumps([value]).encode(), "a"))


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.sampled_from([DAILY, DATA_SET]), JUNK, st.data())
def test_any_value_replaced_by_another_gives_papers_or_problems(
    listing: bytes, junk: object, data: st.DataObject
) -> None:
    values: list[Any] = objects(listing)
    number = data.draw(st.integers(0, len(values) - 1))
    field = data.draw(st.sampled_from([None, *values[number]]))
    if field is None:
        values[number] = junk
    else:
        values[number][field] = junk
    raw = json.dumps(values).encode()
    arxiv_listing.detect(Content(raw, "a"))
    assert reading(raw).records == len(values)


@given(st.sampled_from([DAILY, DATA_SET]), st.data())
def test_any_damage_to_the_bytes_gives_a_reading_or_says_why_not(
    raw: bytes, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    content = Content(raw[:start] + data.draw(st.binary(max_size=4)) + raw[end:], "a")
    try:
        arxiv_listing.detect(content)
        found = arxiv_listing.read(content)
        said = bool(found.records or found.problems)
    except ContentError as error:
        said = bool(str(error))
    assert said
