"""What stands on pages of cards beside the papers, and is none."""

from __future__ import annotations

import pytest

from generator.sources import Reading, read

TOP = "Daily Papers\nby AK and the research community\n"


def card(title: str, *, votes: str = "245", below: str = "Ada Lab\n·\n12 authors\n5\n") -> str:
    return f"Submitted by\nsomeone-7\n{votes}\n{title}\n{below}"


def listed(text: str, file: str = "2025-08-07.txt") -> Reading:
    return read(text.encode(), file)


def titles(found: Reading) -> list[str]:
    return [paper.title for paper in found.papers]


@pytest.mark.parametrize(
    "below",
    [
        "Ada Lab\nAda Lab\n·\n12 authors\n5\n",
        "Ada Lab\nAda Lab\n· 12 authors\n· Published on Aug 5\n5\n",
        "Ada Lab\n·\n12 authors · 5\n",
    ],
)
def test_organization_is_named_once_or_twice(below: str) -> None:
    text = f"{TOP}Aug 7\n{card('Slow Light', below=below)}{card('Ants?', below=below)}"
    found = listed(text)
    assert titles(found) == ["Slow Light", "Ants?"]
    assert [paper.organizations for paper in found.papers] == [("Ada Lab",)] * 2
    assert [paper.votes and paper.votes.comments for paper in found.papers] == [5, 5]


def test_pages_of_several_days_may_follow_each_other() -> None:
    text = f"{TOP}Aug 7\n{card('Slow Light')}{card('Ants')}{TOP}Aug 8\n{card('Bees')}"
    found = listed(text, "2025-08-08.txt")
    assert [(paper.title, str(paper.listed)) for paper in found.papers] == [
        ("Slow Light", "2025-08-07"),
        ("Ants", "2025-08-07"),
        ("Bees", "2025-08-08"),
    ]


@pytest.mark.parametrize("file", ["2025-08-07.txt", "page-of-2025.txt"])
def test_day_between_the_one_before_and_the_one_after_is_that_of_the_list(file: str) -> None:
    text = f"{TOP}Aug 6\nAug 7\nAug 8\n{card('Slow Light')}{card('Ants')}"
    assert {str(paper.listed) for paper in listed(text, file).papers} == {"2025-08-07"}


def test_no_paper_is_of_a_day_after_its_list() -> None:
    below = "3 authors\n·\nJan 9\n"
    cards = "".join(f"12\n{title}\nIt is studied.\n{below}" for title in ("Slow Light", "Ants"))
    found = listed(f"{TOP}Aug 7\n{cards}")
    assert [paper.published for paper in found.papers] == ["2025-01-09"] * 2


def test_whoever_put_it_there_is_no_abstract() -> None:
    text = (
        TOP + "Aug 7\n" + "".join(f"24\n{t}\nada-7\n12 authors 5\n" for t in ("Slow Light", "Ants"))
    )
    found = listed(text)
    assert titles(found) == ["Slow Light", "Ants"]
    assert {paper.abstract for paper in found.papers} == {""}
    assert found.unused == (("name below the title", 2),)


def test_paper_of_the_day_is_no_title() -> None:
    text = (
        f"{TOP}Aug 7\n#1 Paper of the day\n{card('Slow Light')}#2 Paper of the day\n{card('Ants')}"
    )
    assert titles(listed(text)) == ["Slow Light", "Ants"]


def test_topics_on_a_card_do_not_push_its_title_out() -> None:
    text = (
        "alphaXiv\nExplore\nHot\nSlow Light: A Study\n05 Aug 2025\ncomputer-science\nlibraries\n"
        "We let lists wait.\nView blog\nResources\n117\n1,204\n"
        "Ants and Bees\n04 Aug 2025\nbiology\nWe compare ants and bees.\nView blog\nResources\n64\n"
    )
    found = listed(text)
    assert titles(found) == ["Slow Light: A Study", "Ants and Bees"]
    assert found.papers[0].abstract == "We let lists wait."
    assert found.problems == ()


def test_labels_of_a_volume_stand_above_what_they_say() -> None:
    text = (
        "Anthology ID:\n2025.ants-1\nMonth:\nJuly\nYear:\n2025\nAddress:\nVienna, Austria\n"
        "Venue:\nANTS\nPublisher:\nAnt Press\nURL:\nhttps://aclanthology.org/2025.ants-1/\n"
        "pdf bib\nProceedings of the Ants\nAda Ant | Bo Bee\n"
        "pdf bib abs\nSlow Light\nAda Ant | Bo Bee\npdf bib abs\nBees\nCy Wasp\n"
    )
    assert titles(listed(text)) == ["Slow Light", "Bees"]


@pytest.mark.parametrize(
    "placed",
    [
        "Published: 22 Jan 2025, Last Modified: 28 Feb 2025ICLR 2025 OralReaders: Everyone\n",
        "Published: 22 Jan 2025, Last Modified: 28 Feb 2025\nICLR 2025 Oral\nEveryone\nRevisions\n"
        "BibTeX\nCC BY 4.0\n",
    ],
)
def test_venue_and_license_stand_below_the_dates(placed: str) -> None:
    below = "Keywords: ants, light\nAbstract: We wait.\nSubmission Number: 7\n"
    text = "".join(
        f"{title}\nAda Ant, Bo Bee\n{placed}{below}" for title in ("Slow Light", "Ants and Bees")
    )
    found = listed(text + "«‹\n1\n2\n›»\n")
    assert titles(found) == ["Slow Light", "Ants and Bees"]
    assert [(p.venue, p.published, p.abstract) for p in found.papers] == [
        ("ICLR 2025 Oral", "2025-01-22", "We wait.")
    ] * 2


def test_abstract_that_a_search_of_arxiv_cuts_off_is_named() -> None:
    text = "".join(
        f"arXiv:2508.0470{n} [pdf, ps, other] cs.AI\nTitle {n} of Ants\nAuthors: Ada Ant\n"
        "Abstract: …ants are compared with bees… ▽ More\n"
        "Submitted 1 August, 2025; originally announced August 2025.\n"
        for n in (1, 2)
    )
    found = listed(text)
    assert [(paper.title, paper.abstract) for paper in found.papers] == [
        ("Title 1 of Ants", ""),
        ("Title 2 of Ants", ""),
    ]
    assert found.unused == (("abstract (cut off)", 2),)
