"""The index of Material's search box: what is in it, and that lunr finds it."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lunr import lunr

from generator import search
from generator.catalog import Catalog
from generator.papers import Author, Paper
from generator.taxonomy import Topic

TOPICS = (Topic(slug="ants", name="Ants & Co"), Topic(slug="bees", name="Bees"))


def index(*papers: Paper) -> dict[str, Any]:
    text = search.index(Catalog(papers=papers, curators={}, topics=TOPICS))
    return json.loads(text)  # type: ignore[no-any-return]


def test_each_paper_is_one_entry_with_its_address_texts_and_topics() -> None:
    found = index(
        Paper(
            id="full",
            title="A <b>Title</b> & More",
            abstract="One.\n\nTwo < three.",
            authors=(Author(name="Ada"), Author(name="Ben")),
            topics=("ants",),
        ),
        Paper(id="bare", title="Bare"),
    )
    assert found["docs"] == [
        {
            "location": "papers/full/",
            "title": "A &lt;b&gt;Title&lt;/b&gt; &amp; More",
            "text": "<p>Ada, Ben</p><p>One.</p><p>Two &lt; three.</p>",
            "tags": ["Ants &amp; Co"],
        },
        {"location": "papers/bare/", "title": "Bare", "text": "", "tags": []},
    ]


def test_settings_are_those_that_materials_worker_expects() -> None:
    config = index()["config"]
    assert set(config) == {"lang", "separator", "pipeline", "fields"}
    assert re.split(config["separator"], "a well-known thing") == ["a", "well", "known", "thing"]
    assert set(config["fields"]) == {"title", "tags", "text"}


@given(st.text(), st.text())
def test_text_cannot_become_markup_and_comes_back_whole(title: str, abstract: str) -> None:
    (entry,) = index(Paper(id="x", title=title, abstract=abstract))["docs"]
    assert not set(entry["title"]) & set('<>"')
    assert unescape(entry["title"]) == unescape(title) or unescape(entry["title"]) == title
    assert "<" not in entry["text"].replace("<p>", "").replace("</p>", "")


def test_lunr_finds_every_paper_by_its_own_title() -> None:
    names = ["Quick Ants", "Slow Bees", "Silent Yaks", "Loud Geese"]
    docs = index(*(Paper(id=name.lower().replace(" ", "-"), title=name) for name in names))["docs"]
    found = lunr(ref="location", fields=("title", "text"), documents=docs)
    for name in names:
        expected = f"papers/{name.lower().replace(' ', '-')}/"
        assert [match["ref"] for match in found.search(name.split()[1])] == [expected]


def test_demo_can_be_searched(demo_site: Path) -> None:
    demo_search = json.loads((demo_site / search.PATH).read_text("utf-8"))["docs"]
    assert len(demo_search) == 78
    found = lunr(ref="location", fields=("title", "text"), documents=demo_search)
    best = found.search("quantization strategies")[0]["ref"]
    assert "quantization-strategies" in best
