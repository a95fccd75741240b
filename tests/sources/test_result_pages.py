"""Pages of services that show a paper in several lines of a fixed order, copied or saved."""

from __future__ import annotations

from typing import Any

import pytest

from generator.model.papers import Paper
from generator.sources import Reading, read
from tests.sources import fixture


def said(paper: Paper) -> dict[str, Any]:
    """What a paper says, without what is unknown."""
    found = {
        "title": paper.title,
        "authors": [author.name for author in paper.authors],
        "published": paper.published,
        "venue": paper.venue,
        "abstract": paper.abstract,
        "keywords": list(paper.keywords),
        "arxiv": paper.arxiv,
        "doi": paper.doi,
    }
    return {name: value for name, value in found.items() if value}


def reading(name: str, text: str = "") -> Reading:
    return read(text.encode() if text else fixture(name), name.rpartition("/")[2])


WASPS = {
    "title": "Wasps That Count & Bees That Do Not",
    "authors": ["Dora Dorn", "Emil van Egg"],
    "abstract": "We count wasps that count.",
    "published": "2024-03-02",
    "venue": "Journal of Stings",
    "doi": "10.5555/stings.7",
    "keywords": ["wasps", "counting"],
}
HONEY = {"title": "Honey at Rest", "authors": ["Fay Fig"], "arxiv": "2403.00123"}
PAGES: dict[str, list[dict[str, Any]]] = {
    "named-fields/report.html": [WASPS, HONEY],
    "named-fields/report.txt": [
        WASPS | {"abstract": "We count wasps that count.\n\nThe second paragraph says: nothing."},
        HONEY,
    ],
    "named-fields/notion.md": [
        {
            "title": "Honey at Rest: A Study",
            "authors": ["Fay Fig", "Gus Gale"],
            "arxiv": "2403.00123",
            "venue": "Hive Letters",
            "published": "2024",
            "keywords": ["honey", "rest"],
        }
    ],
    "semantic-page/search.txt": [
        {
            "title": "Honey at Rest: A Study",
            "authors": ["Fay Fig", "G. Gale", "H. Hive"],
            "published": "2024-03-02",
            "venue": "Hive Letters",
            "abstract": "Honey that rests is found to keep for longer.",
            "keywords": ["Biology", "Computer Science"],
        },
        {
            "title": "Wasps That Count",
            "authors": ["Dora Dorn"],
            "published": "2023",
            "keywords": ["Physics"],
        },
    ],
    "scholar-profile/profile.txt": [
        {
            "title": "Wasps that count and bees that do not",
            "authors": ["D Dorn", "E van Egg", "FA Fig"],
            "published": "2024",
            "venue": "Journal of Stings",
        },
        {
            "title": "Honey at rest",
            "authors": ["F Fig", "D Dorn"],
            "published": "2023",
            "arxiv": "2303.00123",
        },
        {"title": "On the sting of numbers", "authors": ["D Dorn"], "published": "2022"},
    ],
}
UNUSED = {
    "named-fields/report.html": {"attachments": 1, "Date Added": 1},
    "named-fields/report.txt": {"attachments": 1, "Date Added": 1},
    "named-fields/notion.md": {"Status": 1, "text": 1},
    "semantic-page/search.txt": {"other authors": 1, "cited by": 2, "snippet": 1},
    "scholar-profile/profile.txt": {"cited by": 2, "venue (cut off)": 1},
}


@pytest.mark.parametrize("name", PAGES)
def test_page_is_its_papers_and_what_has_no_place_is_named(name: str) -> None:
    found = reading(name)
    assert (found.format, found.problems, found.refused) == (name.partition("/")[0], (), 0)
    assert [said(paper) for paper in found.papers] == PAGES[name]
    assert dict(found.unused) == UNUSED[name]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("end", ["\r\n", "\n\n"])
def test_line_ends_and_empty_lines_make_no_difference(name: str, end: str) -> None:
    found = reading(name, fixture(name).decode().replace("\n", end))
    assert [paper.title for paper in found.papers] == [paper["title"] for paper in PAGES[name]]


@pytest.mark.parametrize(
    "signed",
    [
        "Fay Fig, G. Gale, +2 authors H. Hive",
        "Fay Fig\nG. Gale\nH. Hive",
        "Fay FigG. GaleH. Hive",
        "Fay Fig, G. Gale, H. Hive",
    ],
)
@pytest.mark.parametrize(
    "placed", ["Biology\nHive Letters\n2024", "Published in Hive Letters 2024"]
)
def test_authors_of_semantic_scholar_stand_in_any_of_its_ways(signed: str, placed: str) -> None:
    paper = f"{signed}\n{placed}\nTLDR\nIt keeps. Expand\n12\nPDF\nSave\nAlert\n"
    found = reading("list.txt", f"Honey at Rest\n{paper}Wasps That Count\n{paper}")
    assert [(paper.title, len(paper.authors)) for paper in found.papers] == [
        ("Honey at Rest", 3),
        ("Wasps That Count", 3),
    ]
    assert {(paper.venue, paper.published) for paper in found.papers} == {("Hive Letters", "2024")}


@pytest.mark.parametrize(
    "gap", ["1204\t2024", "1204\n2024", "2024", "\t1204\t2024", "1,204*\t2024"]
)
def test_count_and_year_of_a_profile_stand_in_any_of_its_ways(gap: str) -> None:
    rows = [f"Title {n} of bees\nD Dorn, E van Egg\nJournal of Stings 7, {n}-9, 2024" for n in "12"]
    text = "Cited by\nYear\n" + "".join(f"{row}\n{gap}\n" for row in rows)
    found = reading("list.txt", text.replace("\n\t", "\t"))
    assert [paper.title for paper in found.papers] == ["Title 1 of bees", "Title 2 of bees"]
    assert [paper.publication.pages if paper.publication else "" for paper in found.papers] == [
        "1–9",
        "2–9",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "My Program\n\nAuthor: Ada Ant\nDate: 2024-01-01\nVersion: 2\n\nIt counts ants.\n",
        "Meeting of the hive\n\nDate: 2024-01-01\nStatus: open\nTags: bees, wasps\n\nWe met.\n",
        "Save\nAlert\nCite\nUndo\nOpen\nSave\n",
        "Sales\n\nAnts\t1204\t2024\nBees\t12\t2023\nWasps\t3\t2022\n",
        "Ada Ant\nBo Bee\nAthens\n1990\nCy Cicada\nDora Dorn\nBerlin\n1991\n",
    ],
)
def test_what_only_looks_so_is_no_list(text: str) -> None:
    assert reading("text.txt", text).papers == ()


@pytest.mark.parametrize("gap", ["", "\n", "\n\n"])
@pytest.mark.parametrize("colon", [": ", "\t", " : "])
def test_titles_may_be_named_as_the_other_fields_are(gap: str, colon: str) -> None:
    rows = [
        ("Title", "Slow Light: A Study"),
        ("Authors", "Ada Ant, Bo Bee"),
        ("Year", "2025"),
        ("Link", "https://arxiv.org/abs/2508.90001"),
        ("Title", "Ants"),
        ("Authors", "Cy Wasp"),
        ("Year", "2024"),
    ]
    text = "".join(f"{gap if name == 'Title' else ''}{name}{colon}{said}\n" for name, said in rows)
    found = reading("list.txt", text)
    assert [said(paper) for paper in found.papers] == [
        {
            "title": "Slow Light: A Study",
            "authors": ["Ada Ant", "Bo Bee"],
            "published": "2025",
            "arxiv": "2508.90001",
        },
        {"title": "Ants", "authors": ["Cy Wasp"], "published": "2024"},
    ]


def test_names_of_fields_in_lines_of_their_own_are_no_reference() -> None:
    text = (
        "Slow Light: A Study\nAuthors\nAda Ant, Bo Bee\nStatus\nTo read\nURL\n"
        "https://arxiv.org/abs/2508.90001\nYear\n2025\n"
    )
    assert [paper.title for paper in reading("page.txt", text).papers] in (
        [],
        ["Slow Light: A Study"],
    )
