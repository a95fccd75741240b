"""Lists of accepted papers and programmes, in the ways in which conferences write them."""

from __future__ import annotations

import pytest

from generator.sources import Reading, read

SLOW, ANTS, DARK = "Slow Light: Lists That Wait", "Ants and Bees at Work", "Counting in the Dark"
SLOW_BY, ANTS_BY, DARK_BY = ["Ada Ant", "Bo Bee"], ["Tuva Tern", "Mira Moth"], ["Wei Wasp"]
PAPERS = [(SLOW, SLOW_BY), (ANTS, ANTS_BY), (DARK, DARK_BY)]


def listed(text: str) -> Reading:
    return read(text.encode(), "list.txt")


def papers(found: Reading) -> list[tuple[str, list[str]]]:
    return [(paper.title, [author.name for author in paper.authors]) for paper in found.papers]


def lines(shape: str) -> str:
    """The three papers in a shape with `{title}`, `{names}` and `{n}` for its number."""
    return "".join(
        shape.format(title=title, names=", ".join(names), n=n)
        for n, (title, names) in zip((12, 47, 123), PAPERS, strict=True)
    )


SHAPES = {
    "a gap of spaces": "{title}  {names}\n",
    "a middle dot": "{title} · {names}\n",
    "a tab": "{title}\t{names}\n",
    "a dash": "{title} — {names}\n",
    "a bullet and a full stop": "- {title}. {names}\n",
    "by": "{title} by {names}\n",
    "brackets": "{title} ({names})\n",
    "a number alone": "{n} {title}\nAuthors: {names}\n",
    "a number sign": "#{n}: {title}\n{names}\n",
    "the number of the submission above": "Paper ID {n}\n{title}\n{names}\n",
    "the number of a poster above": "Poster #{n}\n{title}\n{names}\n",
    "times of a programme": "09:20 - 10:00 {title}\n{names}\n",
    "a kind of poster above": "Spotlight Poster\n{title}\n{names}\nExhibit Hall C #{n}\n",
    "labels of links below": "{title}\n{names}\nAbstract Paper Code\n",
    "links in brackets below": "{title}\n{names}\n[pdf] [supp] [bibtex]\n",
    "a line of a volume": "{title}\n{names}; Proceedings of the Ants, 2025, pp. {n}-200\n[pdf]\n",
    "a line of a journal": "{title}\n{names}; ({n}):1−40, 2025.\n[abs][pdf][bib]\n",
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    "above", ["", "Accepted Papers\n", "Accepted Papers\n\nMain Conference\n\n"]
)
def test_title_and_names_are_told_apart(shape: str, above: str) -> None:
    assert papers(listed(above + lines(SHAPES[shape]))) == PAPERS


def test_names_may_stand_before_a_colon() -> None:
    text = f"Ada Ant, Bo Bee: {ANTS}\nTuva Tern, Mira Moth: Dark Counts - Again\n"
    assert papers(listed(text)) == [(ANTS, SLOW_BY), ("Dark Counts - Again", ANTS_BY)]


def test_line_of_a_volume_says_its_year_and_pages() -> None:
    found = listed(lines(SHAPES["a line of a volume"]))
    said = [(paper.venue, paper.published) for paper in found.papers]
    assert said == [("Proceedings of the Ants", "2025")] * 3
    assert [p.publication.pages for p in found.papers if p.publication] == [
        "12–200",
        "47–200",
        "123–200",
    ]


def test_breaks_and_sessions_are_no_papers() -> None:
    text = (
        f"Session 1: Light (Monday, 9:00-10:30)\n{SLOW}\nAda Ant, Bo Bee\n"
        f"{ANTS}\nTuva Tern, Mira Moth\nCoffee Break\n"
        "Session 2: Dark (Monday, 11:00-12:30)\nCounting Bees\nWei Wasp, Bo Bee\n"
    )
    assert papers(listed(text)) == [*PAPERS[:2], ("Counting Bees", ["Wei Wasp", "Bo Bee"])]


@pytest.mark.parametrize(
    ("names", "people"),
    [
        ("Ada Ant, Ant University, Bo Bee, ELTE Budapest", ["Ada Ant", "Bo Bee"]),
        (
            "Ada Ant and Bo Bee, Ant University; Wei Wasp, Hive Lab",
            ["Ada Ant", "Bo Bee", "Wei Wasp"],
        ),
        ("Ada Ant, Bo Bee, Ant University", ["Ada Ant", "Bo Bee"]),
        ("Ada Ant (MIT) · Bo Bee (CMU)", ["Ada Ant", "Bo Bee"]),
    ],
)
def test_places_of_work_are_no_people(names: str, people: list[str]) -> None:
    text = f"{SLOW}\n{names}\n\n{ANTS}\nTuva Tern, Mira Moth\n"
    assert papers(listed(text)) == [(SLOW, people), PAPERS[1]]


def test_titles_without_spaces_are_titles() -> None:
    text = "慢光：等待你的阅读清单\n王伟，李娜\n蚂蚁与蜜蜂的比较研究\n陈静，张强\n"
    assert papers(listed(text)) == [
        ("慢光：等待你的阅读清单", ["王伟", "李娜"]),
        ("蚂蚁与蜜蜂的比较研究", ["陈静", "张强"]),
    ]


@pytest.mark.parametrize(
    "row", ["{n}\t{title}\t{url}\n", "{title}\t{names}\t{url}\n", "{id}\t{title}\t{names}\t2025\n"]
)
def test_cells_of_rows_without_a_header_are_told_by_what_they_hold(row: str) -> None:
    ids = ["2508.03686", "2508.03687", "2508.03688"]
    text = "".join(
        row.format(n=n, title=title, names=", ".join(names), id=one, url=f"arxiv.org/abs/{one}")
        for n, (one, (title, names)) in enumerate(zip(ids, PAPERS, strict=True), 1)
    )
    found = listed(text)
    assert [(paper.title, paper.arxiv) for paper in found.papers] == [
        (title, one) for one, (title, _) in zip(ids, PAPERS, strict=True)
    ]
    if "names" in row:
        assert papers(found) == PAPERS


@pytest.mark.parametrize(
    "text",
    [
        "F967 ; [.417C.0021] # CJK IDEOGRAPH-F967\nFA70 ; [.417C.0032] # CJK IDEOGRAPH-FA70\n" * 9,
        "Monday\n09:00 Stand-up\n10:00 Ada Ant, Bo Bee\n11:00 Lunch\n12:00 Review\n",
        "Ada Ant: What is it?\nBo Bee: I do not know.\nAda Ant: Then look.\n",
        "Milk  2\nEggs  12\nBread  1\nHoney  3\n",
    ],
)
def test_tables_and_talk_are_no_papers(text: str) -> None:
    assert listed(text).papers == ()
