"""The reader of copied “Daily Papers” pages: golden cases, one behaviour each, then properties."""

from __future__ import annotations

import codecs
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources import Reading, read
from generator.sources.content import Content
from generator.sources.formats import daily_page
from tests.conftest import REAL_PAGE
from tests.sources.real_page import needs_real_page, real_pairs

GOLDEN = Path(__file__).parent.parent / "golden/daily_page"
"""`NAME.txt` is a page, written for its one behaviour; `NAME.expected.json` is what it holds."""

NAMES = sorted(path.stem for path in GOLDEN.glob("*.txt"))


def as_json(reading: Reading) -> dict[str, Any]:
    """A reading as golden files hold it: what is empty is left out."""
    papers = [
        {
            "title": paper.title,
            "abstract": paper.abstract,
            "days": [day.isoformat() for day in paper.days],
            "rank": paper.rank,
            "links": {link.kind: link.url for link in paper.links},
            "position": paper.sources[0].position,
        }
        for paper in reading.papers
    ]
    return {
        "curators": {str(day or "undated"): name for day, name in reading.curators},
        "papers": [{key: value for key, value in paper.items() if value} for paper in papers],
        "problems": [f"{problem.position}: {problem.reason}" for problem in reading.problems],
    }


def golden(name: str) -> tuple[bytes, dict[str, Any]]:
    expected = json.loads((GOLDEN / f"{name}.expected.json").read_text("utf-8"))
    return (GOLDEN / f"{name}.txt").read_bytes(), expected


def page(*blocks: str) -> bytes:
    return "\n\n".join(blocks).encode()


# Golden cases


def test_there_are_golden_cases_and_each_says_what_it_expects() -> None:
    expected = sorted(path.name.removesuffix(".expected.json") for path in GOLDEN.glob("*.json"))
    assert expected == NAMES
    assert len(NAMES) > 15


@pytest.mark.parametrize("name", NAMES)
def test_page_is_read(name: str) -> None:
    data, expected = golden(name)
    assert expected == as_json(read(data, f"{name}.txt"))


@pytest.mark.parametrize("name", NAMES)
def test_windows_and_old_mac_line_ends_change_nothing(name: str) -> None:
    data, expected = golden(name)
    assert expected == as_json(read(data.replace(b"\n", b"\r\n"), f"{name}.txt"))
    assert expected == as_json(read(data.replace(b"\n", b"\r"), f"{name}.txt"))


@pytest.mark.parametrize("name", NAMES)
def test_byte_order_mark_changes_nothing(name: str) -> None:
    data, expected = golden(name)
    assert expected == as_json(read(codecs.BOM_UTF8 + data, f"{name}.txt"))


@pytest.mark.parametrize("name", NAMES)
def test_missing_end_of_last_line_and_spaces_at_line_ends_change_nothing(name: str) -> None:
    data, expected = golden(name)
    assert expected == as_json(read(data.rstrip(), f"{name}.txt"))
    assert expected == as_json(read(data.replace(b"\n", b" \t\n"), f"{name}.txt"))


@pytest.mark.parametrize("name", NAMES)
def test_empty_lines_between_paragraphs_may_be_many(name: str) -> None:
    data, expected = golden(name)

    def without_positions(found: dict[str, Any]) -> dict[str, Any]:
        papers = [{k: v for k, v in paper.items() if k != "position"} for paper in found["papers"]]
        problems = [problem.partition(": ")[2] for problem in found["problems"]]
        return found | {"papers": papers, "problems": problems}

    spaced = read(data.replace(b"\n\n", b"\n\n\n \n"), f"{name}.txt")
    assert without_positions(expected) == without_positions(as_json(spaced))


# Days and years


@pytest.mark.parametrize(
    "file",
    [
        "2025-08-07.txt",
        "20250807.txt",
        "daily_2025_08_07 (copy).txt",
        "2025/page.txt",
        "2025/08/papers-2025.txt",
        "lists of 2025/page.txt",
        "2019/2025-08-07.txt",
    ],
)
def test_year_comes_from_the_last_part_of_the_path_that_has_one(file: str) -> None:
    reading = read(page("Aug 7", "A Paper of That Day", "It has an abstract. It ends."), file)
    assert ((date(2025, 8, 7),), ()) == (reading.papers[0].days, reading.problems)


@pytest.mark.parametrize("file", ["page.txt", "2501.00001.txt", "120250807.txt", "v2025b1234.txt"])
def test_number_that_is_no_date_gives_no_year(file: str) -> None:
    data = page("Aug 7", "A Paper of That Day", "It has an abstract. It ends.")
    if file == "v2025b1234.txt":
        assert read(data, file).papers[0].days[0].year == 2025
    else:
        assert read(data, file).papers[0].days == ()


def test_problem_of_a_missing_year_says_how_to_mend_it() -> None:
    reading = read(page("Aug 7", "A Paper of That Day", "It has an abstract. It ends."), "page.txt")
    (problem,) = reading.problems
    assert (problem.file, problem.position) == ("page.txt", "line 1")
    for words in ("Aug 7", "2025-08-07.txt", "`date: 2025-08-07`", "papershelf add --date"):
        assert words in problem.reason
    assert [paper.title for paper in reading.papers] == ["A Paper of That Day"]


def test_front_matter_wins_over_the_name_of_the_file() -> None:
    data = page("---\ndate: 2024-08-07\n---", "Aug 7", "A Paper of That Day", "It ends. So soon.")
    assert (date(2024, 8, 7),) == read(data, "2025-08-07.txt").papers[0].days


def test_page_without_a_day_is_of_the_day_in_its_name() -> None:
    data = page(
        *("A Paper of That Day", "We show that it has an abstract. It ends."),
        *("Another One of It", "This paper proposes that it too ends."),
    )
    reading = read(data, "2025-08-07.txt")
    assert [(date(2025, 8, 7),)] * 2 == [paper.days for paper in reading.papers]
    assert reading.problems == ()


def test_page_without_any_date_is_undated_and_says_so_once() -> None:
    data = page(
        *("A Paper of No Day", "We show that it has an abstract. It ends."),
        *("Another One of None", "This paper proposes that it too ends."),
    )
    reading = read(data, "page.txt")
    assert [paper.days for paper in reading.papers] == [(), ()]
    (problem,) = reading.problems
    assert "names no day" in problem.reason


@given(st.dates(date(1990, 1, 1), date(2089, 12, 31)), st.integers(-150, 150))
def test_day_is_found_again_however_far_the_known_one_is_within_half_a_year(
    known: date, distance: int
) -> None:
    day = date.fromordinal(known.toordinal() + distance)
    data = page(f"{day:%b} {day.day}", "A Paper of Some Day", "It has an abstract. It ends.")
    assert (day,) == read(data, f"{known}.txt").papers[0].days


# Whatever the words


LETTERS = "abcdefghijklmnopqrstuvwxyzäéßøλжक語ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
WORD = st.text(LETTERS, min_size=1, max_size=12)
JOINT = st.sampled_from([" "] * 8 + [": ", ", ", "-", " & ", " + ", " (", "/", "’s "])


@st.composite
def titles(draw: st.DrawFn) -> str:
    words = draw(st.lists(WORD, min_size=3, max_size=16))
    joined = "".join(word + draw(JOINT) for word in words[:-1]) + words[-1]
    return "On " + " ".join(joined.split()) + draw(st.sampled_from(["", "", "?", "!"]))


@st.composite
def abstracts(draw: st.DrawFn) -> str:
    sentences = draw(st.lists(st.lists(WORD, min_size=4, max_size=20), min_size=1, max_size=6))
    return " ".join("Here " + " ".join(words) + "." for words in sentences)


PAIRS = st.lists(st.tuples(titles(), abstracts()), min_size=1, max_size=8)


@given(PAIRS)
def test_every_title_and_abstract_is_given_back(pairs: list[tuple[str, str]]) -> None:
    blocks = [block for pair in pairs for block in pair]
    reading = read(page("Daily Papers", "byAda", "Aug 7", *blocks), "2025-08-07.txt")
    assert pairs == [(paper.title, paper.abstract) for paper in reading.papers]
    assert list(range(1, len(pairs) + 1)) == [paper.rank for paper in reading.papers]
    assert reading.problems == ()
    assert reading.curators == ((date(2025, 8, 7), "Ada"),)


@given(PAIRS)
def test_every_paper_is_at_the_line_it_says(pairs: list[tuple[str, str]]) -> None:
    data = page("Aug 7", *(block for pair in pairs for block in pair))
    lines = data.decode().split("\n")
    for paper in read(data, "2025-08-07.txt").papers:
        number = int(paper.sources[0].position.removeprefix("line "))
        assert paper.title == lines[number - 1]


@given(st.lists(st.one_of(titles(), abstracts()), min_size=1, max_size=12, unique=True))
def test_nothing_is_dropped_in_silence(blocks: list[str]) -> None:
    data = page("Aug 7", *blocks)
    reading = read(data, "2025-08-07.txt")
    kept = [paper.title for paper in reading.papers]
    kept += [part for paper in reading.papers for part in paper.abstract.split("\n\n")]
    said = {problem.position for problem in reading.problems}
    lost = [
        block
        for number, block in enumerate(blocks)
        if block not in kept and f"line {2 * number + 3}" not in said
    ]
    refused = said == {""}  # not a page at all, which is one problem for the whole file
    assert lost == (blocks if refused else [])


PIECES = st.sampled_from(
    [
        *("---", "date: 2025-08-07", "date: ", "Aug 7", "Feb 30", "Dec 31", "32 Jan", "0 May"),
        *("byAK", "by", "A Title of a Paper", "It is prose. It ends.", "", "\t", "\x00", "`$\\"),
        *("2025-13-45", "9999-12-31", "0001-01-01", "Jan 1, 9999", "Aug 07, 0000", "²⁵ Aug"),
        *("Aug ٣", "\u2028", "\x85", "\ufeff"),
    ]
)


@given(st.one_of(st.binary(), st.text().map(str.encode)), st.text())
def test_any_bytes_are_papers_or_problems(data: bytes, file: str) -> None:
    reading = read(data, file)
    assert reading.papers or reading.problems


@given(
    st.lists(PIECES, min_size=1).map("\n".join),
    st.sampled_from(["x", "2025-08-07", "0001-01-01", "9999-12-31", "1999", "2025-02-30"]),
)
def test_any_lines_are_papers_or_problems(text: str, file: str) -> None:
    reading = read(text.encode(), file)
    assert reading.papers or reading.problems
    if "\0" in text:
        return  # not text at all
    direct = daily_page.read(Content(text.encode(), file))
    assert all(paper.title and paper.id for paper in direct.papers)


# The page as it was copied


@needs_real_page
@pytest.mark.parametrize(
    ("file", "above"),
    [
        ("2025-08-07.txt", b""),
        ("p.txt", b"date: 2025-08-07\n"),
        ("p", b"---\ndate: 2025-08-07\n---\n"),
    ],
)
def test_real_page_gives_its_78_papers_word_for_word(file: str, above: bytes) -> None:
    reading = read(above + REAL_PAGE.read_bytes(), file)
    expected = real_pairs()
    assert len(expected) == 78
    assert expected == [(paper.title, paper.abstract) for paper in reading.papers]
    assert reading.problems == ()
    assert {(date(2025, 8, 7),)} == {paper.days for paper in reading.papers}
    assert reading.curators == ((date(2025, 8, 7), "AK and the research community"),)


@needs_real_page
def test_real_page_gives_every_address_in_it_as_a_link() -> None:
    reading = read(REAL_PAGE.read_bytes(), "2025-08-07.txt")
    for paper, (_, abstract) in zip(reading.papers, real_pairs(), strict=True):
        written = {address.rstrip(".,;:)") for address in re.findall(r"https?://[^\s)]+", abstract)}
        assert written <= {link.url for link in paper.links}
    links = [link for paper in reading.papers for link in paper.links]
    assert {"code", "project", "model"} >= {link.kind.partition("-")[0] for link in links}
    assert all(("github.com" in link.url) == link.kind.startswith("code") for link in links)
