"""The readers of XML that repositories and programs exchange."""

from __future__ import annotations

import pytest

from generator.sources import read
from tests.sources import fixture

BOTH = ["Berta Ameise", "Carl Bee"]
PATIENCE = "On the Patience of Ants"


@pytest.mark.parametrize(
    ("name", "authors", "venue", "published", "kind"),
    [
        ("oai-dc/harvest.xml", BOTH, "Letters of the Ant", "2019-05-14", "article-journal"),
        ("datacite-xml/one.xml", BOTH, "", "2019-05-14", "article-journal"),
        ("bibtexml/library.xml", BOTH, "Letters of the Ant", "2019", "article-journal"),
        ("orcid/works.xml", [], "Letters of the Ant", "2019-05", "article-journal"),
        (
            *("pubmed-summaries/summary.xml", ["B Ameise", "CL Bee"], "Letters of the Ant"),
            *("2019-05-14", "article-journal"),
        ),
    ],
)
def test_fields_are_those_of_the_record(
    name: str, authors: list[str], venue: str, published: str, kind: str
) -> None:
    reading = read(fixture(name), name)
    (paper,) = reading.papers
    assert (reading.format, reading.problems) == (name.partition("/")[0], ())
    assert [author.name for author in paper.authors] == authors
    assert (paper.title, paper.doi, paper.venue) == (PATIENCE, "10.5555/ants.7", venue)
    assert (paper.published, paper.publication.type) == (published, kind)
    assert paper.abstract in ("Ants wait.", "")


def test_an_article_of_ojs_has_its_volume_and_its_page() -> None:
    (paper,) = read(fixture("oai-dc/harvest.xml"), "a.xml").papers
    place = paper.publication
    assert (place.volume, place.issue, place.pages, place.publisher) == (
        "1",
        "2",
        "1–20",
        "Ant Press",
    )
    assert ("project", "https://ants.example/article/view/7") in [
        (link.kind, link.url) for link in paper.links
    ]
    assert paper.keywords == ("ants", "patience")


def test_orcid_of_datacite_is_kept() -> None:
    (paper,) = read(fixture("datacite-xml/one.xml"), "a.xml").papers
    assert paper.authors[0].orcid == "0000-0002-1825-0097"


@pytest.mark.parametrize(
    "other",
    [
        b"<resource><title>a</title></resource>",
        b"<file><entry><article><title>a</title></article></entry></file>",
        b"<works><work><title><title>a</title></title></work></works>",
    ],
)
def test_xml_of_another_kind_with_such_a_root_is_none(other: bytes) -> None:
    assert read(other, "a.xml").format == ""
