"""Web pages that say which paper they are of, or that have a table of papers."""

from __future__ import annotations

import pytest

from generator.sources import read
from generator.sources.content import Content
from generator.sources.formats import web_page
from tests.sources import fixture


def test_page_of_a_paper_gives_all_that_it_says() -> None:
    found = read(fixture("html/paper.html"), "moth.html")
    (one,) = found.papers
    assert (found.format, found.problems) == ("html", ())
    assert (one.title, one.doi) == ("Moths & Lamps: Light at Night", "10.5555/moth.1")
    assert [author.name for author in one.authors] == ["Ida Moth", "Otto Wasp"]
    assert (one.published, one.venue) == ("2025-08-07", "Letters of the Lamp")
    assert (one.abstract, one.keywords) == ("Light is near.", ("moths", "lamps"))
    assert [link.url for link in one.links] == [
        "https://doi.org/10.5555/moth.1",
        "https://lamp.example/moth.pdf",
    ]


def test_table_of_a_page_gives_a_record_for_each_row() -> None:
    found = read(fixture("html/table.html"), "accepted.html")
    one, two = found.papers
    assert (found.format, found.problems, found.unused) == ("html", (), (("Session", 2),))
    assert (one.title, one.arxiv) == ("Moths and Lamps", "2508.01234")
    assert [author.name for author in one.authors] == ["Ida Moth", "Otto Wasp"]
    assert (two.title, two.doi, len(two.authors)) == ("Do Bees Read?", "10.5555/bees.7", 1)
    assert [paper.sources[0].position for paper in found.papers] == ["line 7", "line 9"]


def test_rows_of_one_line_are_several() -> None:
    rows = "".join(f"<tr><td>On Moths {n}<td>Ida Moth</tr>" for n in range(3))
    page = f"<html><table><tr><th>Title<th>Authors</tr>{rows}</table></html>"
    assert len(read(page.encode(), "x").papers) == 3


def meta(**said: str) -> bytes:
    rows = "".join(f'<meta name="{name}" content="{value}">' for name, value in said.items())
    return f"<html><head>{rows}</head><body></body></html>".encode()


@pytest.mark.parametrize(
    "said",
    [
        {"bepress_citation_title": "On Moths", "bepress_citation_author": "Moth, Ida"},
        {
            "eprints.title": "On Moths",
            "eprints.creators_name": "Moth, Ida",
            "eprints.id_number": "10.5555/moth",
        },
        {"DC.title": "On Moths", "DC.Creator": "Moth, Ida", "DC.Identifier": "doi:10.5555/moth"},
        {"citation_title": "On Moths", "citation_authors": "Moth, Ida; "},
    ],
)
def test_page_may_speak_in_other_ways(said: dict[str, str]) -> None:
    (one,) = read(meta(**said), "x").papers
    assert (one.title, [author.name for author in one.authors]) == ("On Moths", ["Ida Moth"])


def test_page_of_an_issue_has_several_papers() -> None:
    rows = "".join(
        f'<meta name="citation_title" content="On {name}">'
        f'<meta name="citation_author" content="{name}">'
        for name in ("Moths", "Bees")
    )
    papers = read(f"<!DOCTYPE html><html><head>{rows}</head></html>".encode(), "x").papers
    assert [(one.title, one.authors[0].name) for one in papers] == [
        ("On Moths", "Moths"),
        ("On Bees", "Bees"),
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>On Moths</title></head><body><p>citation_title</p></body></html>",
        "<html><head><meta name='DC.title' content='Our garden'></head></html>",
        "<html><table><tr><th>Title</th><th>Status</th></tr><tr><td>Buy</td><td>1</td></tr></table>",
        "<html><table><tr><th>Name</th><th>Mail</th></tr><tr><td>Ida</td><td>x</td></tr></table>",
        "<html><table><tr><td>Title</td><td>Authors</td></tr></table></html>",
    ],
)
def test_other_pages_are_left_to_others(page: str) -> None:
    assert not web_page.detect(Content(page.encode(), "x"))
    assert read(page.encode(), "x").papers == ()
