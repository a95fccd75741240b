"""Answers of the arXiv API, and arXiv's daily feeds."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.model.errors import ContentError
from generator.sources import Reading
from generator.sources.content import Content
from generator.sources.formats import arxiv_atom

DATA = Path(__file__).parent / "data/arxiv"
API = (DATA / "api.xml").read_bytes()
FEED = (DATA / "feed.rss").read_bytes()


def reading(data: bytes) -> Reading:
    return arxiv_atom.read(Content(data, "a.xml"))


def test_answer_of_the_api_is_read() -> None:
    assert arxiv_atom.detect(Content(API, "a"))
    found = reading(API)
    ants, knots = found.papers
    assert (found.problems, found.refused) == ((), 0)
    assert ants.title == r"Ants at Work: A Study of $\alpha$-Colonies"
    assert ants.abstract == "We watch ants & bees for a year."
    assert [author.name for author in ants.authors] == ["Ada Ant", "Bo Bee"]
    assert (ants.arxiv, ants.doi, ants.published) == ("2508.90001", "10.9999/ants.1", "2025-08-05")
    assert (ants.venue, ants.days) == ("Journal of Ants 3 (2025) 1-9", ())
    assert ants.categories == ("q-bio.PE", "cs.MA")
    assert {link.kind: link.url for link in ants.links} == {
        "abs": "https://arxiv.org/abs/2508.90001",
        "pdf": "https://arxiv.org/pdf/2508.90001",
        "doi": "https://doi.org/10.9999/ants.1",
        "code": "https://github.com/ada/ants",
    }
    assert (knots.arxiv, knots.id, knots.withdrawn) == ("math/0501990", "math-0501990", "withdrawn")
    assert (ants.withdrawn, ants.sources[0].position) == ("", "2508.90001")


def test_daily_feed_is_a_list_of_its_day() -> None:
    assert arxiv_atom.detect(Content(FEED, "a"))
    found = reading(FEED)
    (ants,) = found.papers
    assert found.problems == ()
    assert (ants.title, ants.abstract) == ("Ants at Work", "We watch ants.")
    assert [author.name for author in ants.authors] == ["Ada Ant", "Bo Bee"]
    assert (ants.days, ants.rank, ants.published) == ((date(2025, 8, 7),), 1, "")
    assert (ants.arxiv, ants.categories) == ("2508.90001", ("cs.MA", "cs.RO"))


def test_error_of_the_api_is_a_problem() -> None:
    data = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry>'
        b"<id>http://arxiv.org/api/errors#incorrect_id_format</id><title>Error</title>"
        b"<summary>incorrect id format for ants</summary></entry></feed>"
    )
    assert arxiv_atom.detect(Content(data, "a"))
    found = reading(data)
    assert (found.papers, found.refused) == ((), 1)
    assert "incorrect id format for ants" in found.problems[0].reason


def test_answer_without_entries_is_remarked() -> None:
    start, end = API.index(b"  <entry>"), API.rindex(b"</feed>")
    found = reading(API[:start] + API[end:])
    assert found.records == 0
    assert len(found.problems) == 1


def test_broken_answer_is_remarked_and_read_as_far_as_possible() -> None:
    found = reading(API[: API.rindex(b"<summary>")])
    assert len(found.papers) == 2
    assert "broken" in found.problems[0].reason


@pytest.mark.parametrize(
    "text",
    [
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>https://example.org/</id>'
        '<entry><link href="https://arxiv.org/abs/2508.90001"/></entry></feed>',
        "<rss><channel><link>https://example.org</link></channel></rss>",
        "<OAI-PMH><id>http://arxiv.org/abs/2508.90001</id></OAI-PMH>",
        "arxiv.org",
        "",
    ],
)
def test_other_feeds_are_left_to_other_readers(text: str) -> None:
    assert not arxiv_atom.detect(Content(text.encode(), "a"))


@given(st.sampled_from([API, FEED]), st.data())
def test_any_element_may_be_missing_or_there_twice(raw: bytes, data: st.DataObject) -> None:
    root = etree.fromstring(raw)
    element = data.draw(st.sampled_from(list(root.iterdescendants())))
    parent = element.getparent()
    assert parent is not None
    if data.draw(st.booleans()):
        parent.append(deepcopy(element))
    else:
        parent.remove(element)
    entries = [*root.iter("{*}entry"), *root.iter("item")]
    found = reading(etree.tostring(root))
    assert found.records == len(entries)
    assert found.records or found.problems


@given(st.sampled_from([API, FEED]), st.data())
def test_any_damage_to_the_bytes_gives_a_reading_or_says_why_not(
    raw: bytes, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 400)))
    content = Content(raw[:start] + data.draw(st.binary(max_size=4)) + raw[end:], "a")
    try:
        arxiv_atom.detect(content)
        found = arxiv_atom.read(content)
        said = bool(found.records or found.problems)
    except ContentError as error:
        said = bool(str(error))
    assert said
