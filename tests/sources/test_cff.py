"""The reader of `CITATION.cff`."""

from __future__ import annotations

import pytest

from generator.model.errors import ContentError
from generator.sources.content import Content
from generator.sources.formats import cff
from tests.sources import fixture

ONE = fixture("cff/one.cff")


def test_preferred_citation_is_the_paper() -> None:
    reading = cff.read(Content(ONE, "CITATION.cff"))
    (paper,) = reading.papers
    assert paper.title == "On the Patience of Ants"
    assert paper.authors[0].name == "Jan van der Berg, Jr."
    assert paper.authors[0].orcid == "0000-0002-1825-0097"
    assert (paper.published, paper.venue) == ("2019-05", "Letters of the Ant")
    assert paper.doi == "10.5555/ants.13"
    assert "https://github.com/ants/tools" in {link.url for link in paper.links}
    assert reading.problems == ()


def test_work_itself_is_the_paper_where_nothing_is_preferred() -> None:
    (paper,) = cff.read(Content(ONE[: ONE.index(b"preferred")], "CITATION.cff")).papers
    assert (paper.title, paper.authors[0].name) == ("Ant Tools", "Society of Ants")
    assert paper.published == "2019-05-14"


def test_broken_yaml_says_so() -> None:
    with pytest.raises(ContentError, match="expected YAML"):
        cff.read(Content(b"cff-version: [", "x"))


def test_cff_is_told_from_other_text() -> None:
    assert cff.detect(Content(ONE, "x"))
    assert not cff.detect(Content(b"title: A Paper\nauthors: []\n", "x"))
