"""The readers of what conferences publish: lists of submissions, Mini-Conf, OpenReview."""

from __future__ import annotations

import json

import pytest

from generator.model.papers import Author
from generator.sources import Reader
from generator.sources.content import Content
from generator.sources.formats import conference_list, mini_conf, openreview
from tests.sources import fixture

LIST = fixture("conference-list/antconf2023.json")
MINI = fixture("mini-conf/papers.json")
NOTES = fixture("openreview/notes.json")


def test_list_gives_every_submission_and_what_became_of_it() -> None:
    reading = conference_list.read(Content(LIST, "lists/antconf2023.json"))
    assert (reading.records, reading.refused) == (5, 2)
    assert [(paper.title, paper.venue, paper.withdrawn) for paper in reading.papers] == [
        ("Ants in the Dark", "ANTCONF 2023", ""),
        ("Ants, Rejected", "Submitted to ANTCONF 2023", ""),
        ("Ants, Withdrawn", "ANTCONF 2023", "withdrawn"),
    ]
    assert {paper.published for paper in reading.papers} == {"2023"}


def test_list_gives_the_fields_of_a_submission() -> None:
    paper, rejected, _ = conference_list.read(Content(LIST, "antconf2023.json")).papers
    assert paper.authors == (
        Author(name="Ada Byron", orcid="0000-0002-1825-0097"),
        Author(name="Ben Ali"),
    )
    assert (paper.arxiv, paper.keywords) == ("2305.01234", ("ants", "dark"))
    assert ("code", "https://github.com/ada/dark") in {(k.kind, k.url) for k in paper.links}
    assert [author.name for author in rejected.authors] == ["Carl Bee", "Dora Cow"]
    assert rejected.links == ()


def test_name_without_a_year_gives_no_venue() -> None:
    papers = conference_list.read(Content(LIST, "papers.json")).papers
    assert {(paper.venue, paper.published) for paper in papers} == {("", "")}


def test_mini_conf_gives_titles_without_their_kind() -> None:
    reading = mini_conf.read(Content(MINI, "papers.json"))
    assert [(p.title, p.anthology) for p in reading.papers] == [
        ("Ants on Stage", "2023.acl-long.1"),
        ("Ants Off Stage", ""),
    ]
    assert [author.name for author in reading.papers[0].authors] == ["Ada Byron", "Ben Ali"]
    assert {link.url for link in reading.papers[1].links} == {"https://ants.example/2.pdf"}
    assert reading.problems == ()


def test_openreview_gives_notes_of_both_versions() -> None:
    reading = openreview.read(Content(NOTES, "notes.json"))
    assert (reading.records, reading.refused) == (3, 1)
    new, old = reading.papers
    assert (new.title, new.venue, new.published) == ("Ants Reviewed", "ANT 2023 oral", "2023-07-22")
    assert (new.withdrawn, old.withdrawn) == ("", "withdrawn")
    assert {link.kind: link.url for link in new.links} == {
        "abs": "https://openreview.net/forum?id=AbC1",
        "pdf": "https://openreview.net/pdf?id=AbC1",
    }
    assert [author.name for author in old.authors] == ["Ben Ali"]
    assert new.sources[0].position == "AbC1"


def test_openreview_without_notes_says_so() -> None:
    reading = openreview.read(Content(b'{"notes": [], "count": 0}', "a.json"))
    assert "expected notes, found none" in reading.problems[0].reason


def test_reply_to_a_submission_is_no_paper() -> None:
    reply = {"id": "r1", "forum": "a", "replyto": "a", "content": {"title": "Good but weak"}}
    paper = {"id": "a", "forum": "a", "content": {"title": "On Ants", "authors": "Ada, Ben"}}
    data = json.dumps({"notes": [paper, reply]}).encode()
    reading = openreview.read(Content(data, "notes.json"))
    assert [paper.title for paper in reading.papers] == ["On Ants"]
    assert (reading.records, reading.refused) == (1, 0)
    assert reading.problems[0].reason == "what is no paper was passed over: 1 “reply”."


def test_replies_of_openreview_are_counted_by_what_they_are() -> None:
    reviews = [
        {"id": f"r{n}", "replyto": "a", "content": {}, "invitations": [f"Ants.org/-/{kind}"]}
        for n, kind in enumerate(["Official_Review", "Official_Review", "Decision"])
    ]
    paper = {"id": "a", "content": {"title": {"value": "On Ants"}}}
    reading = openreview.read(Content(json.dumps({"notes": [*reviews, paper]}).encode(), "a"))
    (problem,) = reading.problems
    assert "2 “Official Review”, 1 “Decision”" in problem.reason
    assert [paper.title for paper in reading.papers] == ["On Ants"]


def test_authors_and_keywords_may_be_text_or_lists() -> None:
    content = {"title": "On Ants", "authors": "Ada Byron, Ben Ali", "keywords": "ants; bees"}
    note = json.dumps({"forum": "a", "content": content}).encode()
    row = {"title": "On Ants", "status": "Poster", "author": "A"}
    more = row | {"author": ["Ada Byron", "Ben Ali"], "keywords": ["ants", "bees"]}
    for paper in (
        openreview.read(Content(note, "x")).papers[0],
        conference_list.read(Content(json.dumps([row, more]).encode(), "x")).papers[1],
    ):
        assert [author.name for author in paper.authors] == ["Ada Byron", "Ben Ali"]
        assert paper.keywords == ("ants", "bees")


MODULES: list[tuple[Reader, bytes]] = [
    (conference_list, LIST),
    (mini_conf, MINI),
    (openreview, NOTES),
]


@pytest.mark.parametrize(("module", "data"), MODULES)
def test_each_is_told_from_the_others(module: Reader, data: bytes) -> None:
    claimed = [other for other, _ in MODULES if other.detect(Content(data, "x"))]
    assert claimed == [module]
    assert not module.detect(Content(json.dumps([{"title": "T", "authors": ["A"]}]).encode(), "x"))
