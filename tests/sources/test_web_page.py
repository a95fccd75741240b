"""Web pages that say which paper they are of, or that have a table of papers."""

from __future__ import annotations

import pytest

from generator.model.papers import Publication
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


def test_page_says_where_its_paper_stands_and_who_signs_it() -> None:
    found = read(
        meta(
            citation_title="On Moths",
            citation_author="Moth, Ida",
            citation_author_email="ida@moth.example",
            citation_author_orcid="https://orcid.org/0000-0002-1825-0097",
            citation_journal_title="Lamps",
            citation_volume="3",
            citation_issue="4",
            citation_firstpage="11",
            citation_lastpage="19",
            citation_publisher="Lamp Press",
            citation_issn="1234-5679",
            citation_language="en",
            citation_section="Night",
        ),
        "x",
    )
    (one,) = found.papers
    assert one.publication == Publication(
        type="article-journal",
        volume="3",
        issue="4",
        pages="11–19",
        publisher="Lamp Press",
        issn="1234-5679",
        language="en",
    )
    assert [(each.name, each.orcid) for each in one.authors] == [
        ("Ida Moth", "0000-0002-1825-0097")
    ]
    assert found.unused == (("citation_section", 1),)


@pytest.mark.parametrize(
    ("name", "kind", "publisher"),
    [
        ("citation_conference_title", "paper-conference", ""),
        ("citation_dissertation_institution", "thesis", "Lamps"),
        ("citation_technical_report_institution", "report", "Lamps"),
    ],
)
def test_page_says_what_kind_of_thing_its_paper_is(name: str, kind: str, publisher: str) -> None:
    (one,) = read(meta(citation_title="On Moths", **{name: "Lamps"}), "x").papers
    assert (one.publication.type, one.publication.publisher) == (kind, publisher)


ROWS = (
    "<table><tr><th>Track<th>Title<th>Authors<th>PDF</tr>"
    "<tr><td rowspan=2>A<td>On\nMoths<td>Ida Moth<br>Otto Wasp<td><a href=m.pdf>PDF</a></tr>"
    "<tr><td><a href='#b'>On Bees</a><td>Emil Fly<td><a href='/b.pdf'>PDF</a></tr></table>"
)


@pytest.mark.parametrize(
    "page",
    [
        f"<html><head><base href='https://lamp.example/25/'></head>{ROWS}</html>",
        f"<html><link rel=canonical href='https://lamp.example/25/list.html'>{ROWS}</html>",
        f"<html><meta property='og:url' content='https://lamp.example/25/'>{ROWS}</html>",
        "<!DOCTYPE html>\n<!-- saved from url=(0029)https://lamp.example/25/a.php -->\n"
        f"<html>{ROWS}</html>",
    ],
)
def test_links_of_a_page_start_from_its_address(page: str) -> None:
    found = read(page.encode(), "x.html")
    assert [(one.title, [each.name for each in one.authors]) for one in found.papers] == [
        ("On Moths", ["Ida Moth", "Otto Wasp"]),
        ("On Bees", ["Emil Fly"]),
    ]
    assert [one.links[0].url for one in found.papers] == [
        "https://lamp.example/25/m.pdf",
        "https://lamp.example/b.pdf",
    ]
    assert found.problems == ()


def test_rows_beside_one_title_are_one_paper() -> None:
    page = (
        "<html><table><tr><th>Title<th>Authors</tr><tr><td rowspan=2>On Moths<td>Ida Moth</tr>"
        "<tr><td>Otto Wasp</tr><tr><td>On Bees<td>Emil Fly</tr></table></html>"
    )
    found = read(page.encode(), "x.html")
    assert [(one.title, [each.name for each in one.authors]) for one in found.papers] == [
        ("On Moths", ["Ida Moth", "Otto Wasp"]),
        ("On Bees", ["Emil Fly"]),
    ]


def test_page_declares_its_encoding() -> None:
    page = f"<html><meta http-equiv=x content='text/html; charset=iso-8859-2'>{ROWS}</html>"
    found = read(page.replace("Ida Moth", "Łucja Dąb").encode("iso-8859-2"), "x.html")
    assert found.papers[0].authors[0].name == "Łucja Dąb"


def test_links_without_the_address_of_the_page_are_said() -> None:
    found = read(f"<html>{ROWS}</html>".encode(), "x.html")
    assert [one.links for one in found.papers] == [(), ()]
    (problem,) = found.problems
    assert problem.reason.startswith("2 links say a part of their address alone")


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
