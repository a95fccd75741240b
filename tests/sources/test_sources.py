"""What may be put into `content/sources/`: which bytes are text, which text is a list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import sources
from generator.model.errors import Problem
from generator.sources import READERS, Reading, read
from tests.conftest import REPOSITORY

PAGE = "Aug 7\n\nA Naïve Paper\n\nIt has an abstract. It ends.\n"


def refusal(data: bytes, file: str = "list.txt") -> Problem:
    """The one problem that a file with nothing readable in it gives."""
    reading = read(data, file)
    assert reading.papers == ()
    (problem,) = reading.problems
    assert (file, "") == (problem.file, problem.position)
    return problem


WIDE = ["utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", [*WIDE, "utf-8", "utf-8-sig"])
def test_any_unicode_encoding_is_read_without_a_doubt(encoding: str) -> None:
    reading = read(PAGE.encode(encoding), "2025-08-07.txt")
    assert [paper.title for paper in reading.papers] == ["A Naïve Paper"]
    assert reading.problems == ()


def test_windows_encoding_is_read_and_the_byte_and_its_line_are_said() -> None:
    reading = read(PAGE.encode("cp1252"), "2025-08-07.txt")
    assert [paper.title for paper in reading.papers] == ["A Naïve Paper"]
    (problem,) = reading.problems
    assert "found the byte 0xEF in line 3" in problem.reason
    assert "save it again as UTF-8" in problem.reason


@pytest.mark.parametrize("data", [b"", b"\n", b" \t\r\n\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_empty_file_is_a_problem_that_says_so(data: bytes) -> None:
    assert "the file is empty" in refusal(data).reason


POEM = """\
The river keeps no ledger of the rain
And lends its silver out to every field
It asks for none of it to come again
And yet it has the sea for all its yield
"""

EMAIL = """\
From: ada@example.org
Subject: The list of this week
Date: Thu, 7 Aug 2025 10:00:00 +0200

Dear all,

please find the list attached. It is long.

Best regards

Ada
"""

SOMETHING_ELSE = {
    "JSON of something else": '{"dependencies": {"left-pad": "1.0"}, "version": 3}',
    "a list of numbers": "[1, 2, 3]",
    "JSON lines of something else": '{"user": "a", "post": 1}\n{"user": "b", "post": 2}\n',
    "XML of something else": '<?xml version="1.0"?>\n<svg><path d="M0 0"/></svg>\n',
    "CSV of something else": "user,post\na,1\nb,2\n",
    "HTML": "<!doctype html>\n<title>Daily Papers</title>\n\n<p>Aug 7</p>\n",
    "a Python file": (REPOSITORY / "generator/build/site.py").read_text("utf-8"),
    "a Python file with an example": (
        REPOSITORY / "generator/sources/formats/daily_page.py"
    ).read_text("utf-8"),
    "this file": Path(__file__).read_text("utf-8"),
    "a style sheet": (REPOSITORY / "site_templates/theme/assets/papershelf.css").read_text("utf-8"),
    "TOML": (REPOSITORY / "pyproject.toml").read_text("utf-8"),
    "YAML": (REPOSITORY / "mkdocs.yml").read_text("utf-8"),
    "a README with an example": (
        "# My List\n\nIt is a list of papers. Put them in like this.\n\n```\nAug 7\n\nA Paper\n\n"
        "It has an abstract. It ends.\n```\n\n## Build\n\nRun the build. It takes a second.\n"
    ),
    "a page of Markdown": (REPOSITORY / "content/pages/about.md").read_text("utf-8"),
    "a poem": POEM,
    "a longer poem": POEM + "\n" + POEM,
    "an email": EMAIL,
    "one word": "Hello",
    "one sentence": "This is a sentence that stands alone. It is no list.",
}


@pytest.mark.parametrize("text", SOMETHING_ELSE.values(), ids=SOMETHING_ELSE.keys())
def test_something_else_is_refused_in_a_line_that_says_what_it_is(text: str) -> None:
    reason = refusal(text.encode()).reason
    assert re.fullmatch(r"expected a list of papers, found .+\. .+\.", reason)
    assert len(reason) < 400


def test_name_of_a_file_does_not_decide_what_it_is() -> None:
    names = ["list.txt", "list", "list.json", "list.md", "LISTE (1).TXT", "列表.html"]
    titles = [[paper.title for paper in read(PAGE.encode(), name).papers] for name in names]
    assert [["A Naïve Paper"]] * len(names) == titles


def test_every_reader_has_a_name_and_a_label_of_its_own() -> None:
    assert len({reader.NAME for reader in READERS}) == len(READERS)
    assert len({reader.LABEL for reader in READERS}) == len(READERS)


def test_record_says_its_file_and_format() -> None:
    (paper,) = read(PAGE.encode(), "2025/08 lists/a b.txt").papers
    (source,) = paper.sources
    assert (
        source.file,
        source.format,
        source.position,
    ) == ("2025/08 lists/a b.txt", "daily-page", "line 3")


@given(st.binary())
def test_reading_depends_on_the_bytes_alone(data: bytes) -> None:
    assert read(data, "x") == read(bytes(data), "x")
    assert isinstance(sources.read(data, "x"), Reading)
