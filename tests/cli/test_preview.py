"""`papershelf check FILE`: what a file is, and what a catalog would make of it."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import struct
import subprocess
import termios
from pathlib import Path

import pytest

from generator.cli import preview
from generator.model.errors import Problem
from generator.model.papers import Paper, Votes
from generator.sources import Reading
from generator.sources.formats import table
from tests.command import BIN, contents, page, papershelf
from tests.conftest import MakeCatalog

TABLE = """\
title,authors,listed,arxiv,venue
On Ants,"Ada Byron; Ben Ali",2025-08-07,2508.00001,Ant Days
On Bees,,,,
On $n^2$ Cats,"A One; B Two; C Three; D Four; E Five; F Six; G Seven; H Eight",,,
On Dogs,,,,
,,2025-08-08,,
"""

REPORT = f"""\
list.csv: 4 papers, 1 problem
  Read as {table.LABEL} (table).

  1. On Ants
     Ada Byron, Ben Ali
     on the list of 2025-08-07 · Ant Days · arXiv:2508.00001
     abs: https://arxiv.org/abs/2508.00001
     pdf: https://arxiv.org/pdf/2508.00001
     id: 2508.00001

  2. On Bees
     (no authors)
     on no day's list
     id: on-bees

  3. On n² Cats
     A One, B Two, C Three, D Four, E Five, F Six and 2 more
     on no day's list
     id: on-n-2-cats

  … and 1 more. Of all, 2 have authors, 1 a date, 1 an id or a link.

  Problems:
  - line 6: the record has no title. Add one.
"""


def test_a_file_outside_any_catalog_is_told_whole(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(TABLE, "utf-8")
    run = papershelf(tmp_path, "check", "list.csv")
    assert (run.stdout, run.stderr, run.returncode) == (REPORT, "", 1)
    assert list(contents(tmp_path)) == ["list.csv"]


def test_several_files_follow_one_another_and_what_is_not_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "2025-08-07.txt").write_text(page("Aug 7", ["On Ants"]), "utf-8")
    (tmp_path / "page.html").write_text("<!doctype html><title>Ants</title>", "utf-8")
    run = papershelf(tmp_path, "check", "2025-08-07.txt", "page.html")
    first, second = run.stdout.split("\n\npage.html: not read\n")
    assert first.startswith("2025-08-07.txt: 1 paper\n  Read as the text of a copied page")
    assert "on the list of 2025-08-07" in first
    assert second.startswith("  expected a list of papers, found a web page (“Ants”)")
    assert second.endswith("\n\n2 files: 1 paper, 0 problems, 1 not read\n")
    assert run.returncode == 1
    assert papershelf(tmp_path, "check", "2025-08-07.txt").returncode == 0


def test_a_program_gets_the_papers_as_lines_of_the_catalog(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(TABLE, "utf-8")
    run = papershelf(tmp_path, "check", "list.csv", "--json")
    (found,) = json.loads(run.stdout)["files"]
    assert [found[key] for key in ("file", "format", "records", "papers")] == [
        "list.csv",
        "table",
        5,
        4,
    ]
    assert [paper["id"] for paper in found["first"]] == ["2508.00001", "on-bees", "on-n-2-cats"]
    assert found["first"][0]["listed"] == "2025-08-07"
    assert found["problems"] == [
        {"position": "line 6", "reason": "the record has no title. Add one."}
    ]


def test_a_file_of_the_catalog_is_told_by_its_path_there(make_catalog: MakeCatalog) -> None:
    root = make_catalog({"2025-08-07/list.txt": page("Aug 7", ["On Ants"])})
    run = papershelf(root, "check", "content/sources/2025-08-07/list.txt")
    assert "on the list of 2025-08-07" in run.stdout
    assert run.returncode == 0


def test_a_folder_stands_for_the_files_in_it(tmp_path: Path) -> None:
    for name in ("b.csv", "a/2025-08-07.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("title,year\nOn Ants,2024\n", "utf-8")
    run = papershelf(tmp_path, "check", ".", "b.csv")
    assert [line for line in run.stdout.splitlines() if line[:1].strip()] == [
        "a/2025-08-07.csv: 1 paper",
        "b.csv: 1 paper",
        "2 files: 2 papers, 0 problems, 0 not read",
    ]
    assert run.returncode == 0


def test_what_comes_through_a_pipe_is_read(tmp_path: Path) -> None:
    run = subprocess.run(
        [str(BIN / "papershelf"), "check", "-"],
        input="title,year\nOn Ants,2024\n",
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.startswith("-: 1 paper\n")


def test_a_file_that_cannot_be_opened_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    (tmp_path / "list.csv").write_text("title,year\nOn Ants,2024\n", "utf-8")
    run = papershelf(tmp_path, "check", "loop.csv", "list.csv")
    assert run.returncode == 1
    assert "loop.csv: not read\n  is a link that leads back to itself." in run.stdout
    assert "list.csv: 1 paper\n" in run.stdout


def test_what_is_no_file_is_wrong_usage(tmp_path: Path) -> None:
    run = papershelf(tmp_path, "check", "no-such-file.csv")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("papershelf: ")


def test_words_after_topics_are_no_files(make_catalog: MakeCatalog) -> None:
    root = make_catalog({"2025-08-07.txt": page("Aug 7", ["On Ants", "On Bees"])})
    run = papershelf(root, "check", "--topics", "ants")
    assert "On Ants" in run.stdout
    assert "On Bees" not in run.stdout


def test_votes_and_papers_known_by_an_id_alone_are_told() -> None:
    papers = (
        Paper(id="a", title="arXiv:2508.00001", arxiv="2508.00001"),
        Paper(id="b", title="doi:10.1000/b", doi="10.1000/b"),
        Paper(id="c", title="On Ants", arxiv="2508.00003", votes=Votes(upvotes=12)),
    )
    told = "\n".join(preview.lines(Reading(file="x", format="table", papers=papers), "x"))
    assert "  2 papers known by id alone; `papershelf fetch ids` fills them in." in told
    assert "on no day's list · arXiv:2508.00003 · 12 votes" in told


def test_what_is_not_used_is_named_with_how_much_there_is_of_it() -> None:
    names = [f"c{number}" for number in range(14)]
    unused = tuple((name, 3) for name in names)
    papers = (Paper(id="a", title="A"),)
    found = {
        name: "\n".join(
            preview.lines(Reading(file="x", format=name, papers=papers, unused=unused), "x")
        )
        for name in ("table", "bibtex")
    }
    assert f"14 columns not used: {', '.join(names[:12])} and 2 more" in found["table"]
    assert "14 fields not used: c0" in found["bibtex"]
    one = Reading(file="x", format="table", papers=papers, unused=(("room", 1),))
    assert "1 column not used: room" in "\n".join(preview.lines(one, "x"))


def test_a_report_holds_nothing_that_commands_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2J.csv").write_text(
        "title,\x1b[31mroom,authors\n\x1b[2JOn Ants,\x1b[31m,\x07Ada Byron\n", "utf-8"
    )
    for arguments in ((), ("--json",)):
        run = papershelf(tmp_path, "check", "a\x1b[2J.csv", *arguments)
        assert "On Ants" in run.stdout
        assert not {"\x1b", "\x07"} & set(run.stdout + run.stderr)


def test_a_file_that_add_refuses_stops_no_other(make_catalog: MakeCatalog, tmp_path: Path) -> None:
    root = make_catalog()
    (tmp_path / "run.py").write_text("import os\n\n\ndef run():\n    pass\n", "utf-8")
    (tmp_path / "list.csv").write_text("title,year\nOn Ants,2024\n", "utf-8")
    run = papershelf(root, "add", tmp_path / "run.py", tmp_path / "list.csv")
    assert run.returncode == 1
    assert run.stdout == "content/sources/list.csv: 1 paper\n"
    (line,) = run.stderr.splitlines()
    assert "run.py: not added: expected a list of papers, found Python source." in line
    assert list((root / "content/sources").iterdir()) == [root / "content/sources/list.csv"]


def test_problems_of_one_kind_are_one_line() -> None:
    papers = (Paper(id="a", title="A"),)
    problems = (
        *(Problem(file="x", position=f"line {n}", reason="no title.") for n in range(2, 5)),
        Problem(file="x", reason="cut off."),
    )
    reading = Reading(file="x", format="table", papers=papers, problems=problems)
    told = list(preview.lines(reading, "x"))
    assert told[-2:] == ["  - line 2 and 2 more: no title.", "  - cut off."]


def test_it_is_told_how_many_papers_have_what() -> None:
    bare = tuple(Paper(id=name, title=name) for name in "abcd")

    def more(papers: tuple[Paper, ...]) -> str:
        told = preview.lines(Reading(file="x", papers=papers, format="table"), "x")
        return next(line for line in told if "…" in line)

    assert more(bare) == "  … and 1 more. None has more than a title."
    some = (*bare, Paper(id="e", title="e", abstract="Ants.", published="2024"))
    assert more(some) == "  … and 2 more. Of all, 1 have an abstract, 1 a date."


@pytest.mark.parametrize("columns", [40, 80])
def test_on_a_terminal_a_report_is_as_wide_as_it(columns: int, tmp_path: Path) -> None:
    title = "On the Patience of Ants That Wait in Lines " * 4
    url = f"https://ants.example/{'a' * 90}"
    (tmp_path / "list.csv").write_text(f"title,authors,url\n{title},Ada Byron,{url}\n", "utf-8")
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    command = [str(BIN / "papershelf"), "check", "list.csv"]
    variables = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    subprocess.run(command, cwd=tmp_path, env=variables, stdout=theirs, stdin=theirs, check=True)
    os.close(theirs)
    rows = os.read(ours, 65536).decode().splitlines()
    os.close(ours)
    # One word alone may be longer: an address is no link any more where it is broken.
    assert [row for row in rows if len(row) > columns and " " in row.strip()] == []
    assert f"     {url}" in rows
    start = next(place for place, row in enumerate(rows) if row.startswith("  1. On the"))
    assert rows[start + 1].startswith("     ")
    assert " ".join(" ".join(rows).split()).count(title.strip()) == 1
