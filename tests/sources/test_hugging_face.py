"""Daily Papers of Hugging Face: every shape of the API's answer, and the saved page."""

from __future__ import annotations

import html
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.errors import ContentError
from generator.model.papers import Votes
from generator.sources import Reading
from generator.sources.content import Content
from generator.sources.formats import hugging_face

LIST = Path(__file__).parent / "data/hugging-face/2025-08-07.json"
ENTRIES: list[dict[str, Any]] = json.loads(LIST.read_text("utf-8"))
DAY = date(2025, 8, 7)


def reading(value: object, file: str = "2025-08-07.json") -> Reading:
    return hugging_face.read(Content(json.dumps(value).encode(), file))


def is_detected(value: object) -> bool:
    return hugging_face.detect(Content(json.dumps(value).encode(), "a.json"))


def page(entries: object, day: str = "2025-08-07") -> str:
    props = html.escape(json.dumps({"dailyPapers": entries, "dateString": day}))
    return (
        "<!DOCTYPE html><html><body><main>"
        f'<div class="contents" data-target="DailyPapers" data-props="{props}"><p>Daily</p></div>'
        "</main></body></html>"
    )


def test_list_of_the_api_is_read() -> None:
    found = reading(ENTRIES)
    ants, bees, wasps = found.papers
    assert (found.problems, found.refused) == ((), 0)
    assert ants.title == "Ants at Work: A Study of Colonies"
    assert ants.abstract == "We watch ants for a year. They carry 4% more than we thought."
    assert [author.name for author in ants.authors] == ["Ada Ant", "Bo Bee"]
    assert (ants.id, ants.arxiv, ants.published) == ("2508.90001", "2508.90001", "2025-08-05")
    assert (ants.days, ants.rank, ants.keywords) == ((DAY,), 1, ("colonies", "foraging"))
    assert {link.kind: link.url for link in ants.links} == {
        "abs": "https://arxiv.org/abs/2508.90001",
        "pdf": "https://arxiv.org/pdf/2508.90001",
        "code": "https://github.com/ada/ants",
        "project": "https://ants.example.org/",
    }
    assert ants.votes == Votes(upvotes=31, comments=2, counted=DAY)
    assert (ants.organizations, bees.organizations) == (("Ada Lab",), ())
    assert ants.sources[0].position == "2508.90001"
    assert (bees.days, bees.rank, bees.withdrawn) == ((DAY,), 2, "withdrawn")
    assert (wasps.title, wasps.abstract) == ("Wasps Are Misunderstood", "They only want jam.")
    assert (wasps.arxiv, wasps.rank, wasps.published) == ("", 3, "2025-08-06")


def test_missing_votes_are_not_zero_and_zero_is_not_missing() -> None:
    _, bees, wasps = reading(ENTRIES).papers
    assert bees.votes == Votes(upvotes=None, comments=0, counted=DAY)
    assert wasps.votes == Votes(upvotes=0, comments=None, counted=DAY)


@pytest.mark.parametrize(
    "value",
    [
        ENTRIES,
        {"date": "2025-08-07", "data": ENTRIES},
        {"date": "2025-08-07", "papers": ENTRIES},
        {"dateString": "2025-08-07", "dailyPapers": ENTRIES},
        [{"date": "2025-08-07", "papers": ENTRIES}],
    ],
)
def test_every_envelope_gives_the_same_papers(value: object) -> None:
    assert is_detected(value)
    expected = [(paper.title, paper.days, paper.rank) for paper in reading(ENTRIES).papers]
    assert expected == [(paper.title, paper.days, paper.rank) for paper in reading(value).papers]


@pytest.mark.parametrize("value", [ENTRIES[0], ENTRIES[0]["paper"]])
def test_one_paper_with_or_without_its_wrapper_is_a_list_of_one(value: object) -> None:
    assert is_detected(value)
    (paper,) = reading(value, "a.json").papers
    assert (paper.title, paper.days) == ("Ants at Work: A Study of Colonies", (DAY,))


def test_lines_of_papers_are_read() -> None:
    data = "\n".join(json.dumps(entry) for entry in ENTRIES).encode()
    assert hugging_face.detect(Content(data, "a.jsonl"))
    assert len(hugging_face.read(Content(data + b"\n{broken", "a.jsonl")).papers) == 3
    assert hugging_face.read(Content(data + b"\n{broken", "a.jsonl")).refused == 1


def test_saved_page_gives_the_same_papers_as_the_api() -> None:
    content = Content(page(ENTRIES).encode(), "Daily Papers.html")
    assert hugging_face.detect(content)
    expected = [(p.title, p.authors, p.days, p.votes) for p in reading(ENTRIES).papers]
    found = hugging_face.read(content)
    assert expected == [(p.title, p.authors, p.days, p.votes) for p in found.papers]
    assert found.problems == ()


@pytest.mark.parametrize(
    "broken",
    [
        lambda text: text.replace("</div>", "").replace("</html>", "<p <b"),
        lambda text: text[text.index("<div") :],
        lambda text: text.replace("<main>", "<main <<p>&nope;"),
    ],
)
def test_page_of_broken_html_is_read(broken: Any) -> None:
    content = Content(broken(page(ENTRIES)).encode(), "a.html")
    assert hugging_face.detect(content)
    assert len(hugging_face.read(content).papers) == 3


def test_page_that_is_cut_off_within_its_list_says_so() -> None:
    data = page(ENTRIES).encode()
    with pytest.raises(ContentError, match="Save the page again"):
        hugging_face.read(Content(data[: len(data) // 2], "a.html"))


# Days


def test_paper_says_better_than_the_name_of_the_file_when_it_was_listed() -> None:
    ants, bees, _ = reading(ENTRIES, "2025-08-09.json").papers
    assert ants.days == (DAY,)
    assert bees.days == (date(2025, 8, 9),)
    assert ants.votes == Votes(upvotes=31, comments=2, counted=date(2025, 8, 9))


def test_paper_of_two_lists_is_on_both_days() -> None:
    ants = reading({"date": "2025-08-08", "data": ENTRIES}).papers[0]
    assert ants.days == (DAY, date(2025, 8, 8))


def test_list_of_several_days_ranks_each_day_by_itself() -> None:
    later = json.loads(json.dumps(ENTRIES[0]))
    later["paper"] |= {"id": "2508.90007", "submittedOnDailyAt": "2025-08-08T00:00:00.000Z"}
    ranks = [(p.days, p.rank) for p in reading([later, *ENTRIES], "a.json").papers]
    assert ranks == [((date(2025, 8, 8),), 1), ((DAY,), 1), ((), 1), ((), 2)]


def test_week_is_no_day() -> None:
    (paper,) = reading({"dateString": "2025-W32", "dailyPapers": [ENTRIES[1]]}, "a.json").papers
    assert paper.days == ()


# What is no paper


def test_elements_that_are_no_papers_are_refused() -> None:
    found = reading([*ENTRIES, None, 3, {"paper": []}, {"paper": {}}, {}])
    assert (len(found.papers), found.refused) == (3, 5)
    assert "record 4" in {problem.position for problem in found.problems}


def test_fields_of_another_type_are_remarked() -> None:
    entry = json.loads(json.dumps(ENTRIES[0]))
    entry["paper"] |= {"authors": "Ada Ant", "ai_keywords": {}, "upvotes": [], "projectPage": 3}
    found = reading([entry])
    assert len(found.papers) == 1
    assert len(found.problems) == 4


def test_empty_list_is_remarked() -> None:
    found = reading({"date": "2025-08-07", "data": []})
    assert found.records == 0
    assert "empty list" in found.problems[0].reason


@pytest.mark.parametrize(
    "value",
    [
        [],
        {},
        [1],
        {"papers": [1]},
        {"papers": [{"title": "A", "authors": "B"}]},
        {"id": "2508.90001", "title": "A", "summary": "B", "categories": ["cs.CL"]},
        {"data": {"paper": 1}},
    ],
)
def test_other_json_is_left_to_other_readers(value: object) -> None:
    assert not is_detected(value)


@pytest.mark.parametrize("text", ["<html><p>DailyPapers</p></html>", "<feed/>", "DailyPapers", ""])
def test_other_text_is_left_to_other_readers(text: str) -> None:
    assert not hugging_face.detect(Content(text.encode(), "a"))


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(JUNK, st.data())
def test_any_value_replaced_by_another_gives_papers_or_problems(
    junk: object, data: st.DataObject
) -> None:
    value = json.loads(json.dumps(ENTRIES))
    where: Any = value
    for _ in range(data.draw(st.integers(0, 4))):
        keys = list(where) if isinstance(where, dict) else list(range(len(where)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(where[key], dict | list) or not where[key]:
            break
        where = where[key]
    keys = list(where) if isinstance(where, dict) else list(range(len(where)))
    where[data.draw(st.sampled_from(keys))] = junk
    assert reading(value).records == len(ENTRIES)
    is_detected(value)


@given(st.data(), st.sampled_from([LIST.read_text("utf-8"), page(ENTRIES)]))
def test_any_damage_to_the_bytes_gives_a_reading_or_says_why_not(
    data: st.DataObject, text: str
) -> None:
    raw = text.encode()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    content = Content(raw[:start] + data.draw(st.binary(max_size=4)) + raw[end:], "a")
    try:
        hugging_face.detect(content)
        found = hugging_face.read(content)
        said = bool(found.records or found.problems)
    except ContentError as error:
        said = bool(str(error))
    assert said
