"""The pages for people with a list: their tables are the code's, their commands are commands."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from generator.cli import main
from generator.sources import READERS, read
from tests.docs_tables import MARKED, PAGES, readers, written

SOURCES = [path for path in PAGES if path.name.startswith(("from-", "a-copied"))]
README = (PAGES[0].parent.parent / "README.md").read_text("utf-8")


def text(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_tables_are_those_of_the_code(path: Path) -> None:
    assert text(path) == written(text(path)), "python -m tests.docs_tables writes them anew"


def test_a_page_without_its_table_is_seen() -> None:
    page = "<!-- readers: table -->\n<!-- end -->"
    assert readers("table") in written(page)
    assert all(MARKED.search(text(path)) for path in SOURCES)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_page_is_linked_and_links_to_what_there_is(path: Path) -> None:
    assert f"(docs/{path.name})" in README
    assert f"({path.name})" in text(path.parent / "formats.md")
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", text(path))
    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_command_of_a_page_is_one(path: Path) -> None:
    """Its name and its options are known, and it has all that it needs."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text(path), re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    lines += [line for line in re.findall(r"`(papershelf [^`]+)`", text(path)) if "…" not in line]
    assert lines
    for line in lines:
        program, *arguments = shlex.split(line, comments=True)
        assert program == "papershelf"
        command: click.Command = main
        while isinstance(command, click.Group) and arguments:
            name, *arguments = arguments
            found = command.get_command(click.Context(command), name)
            assert found, line
            command = found
        if arguments and not {"FILE", "--replace"} & set(arguments[-1:]):
            command.make_context(command.name, arguments)


def test_the_columns_that_are_told_make_a_table() -> None:
    page = text(next(path for path in SOURCES if "spreadsheet" in path.name))
    rows = re.findall(r"^\| ([\w ]+) \| (`.+`) \|$", page, re.MULTILINE)
    names = dict(rows)["title"].replace("`", "").split(", ")
    for name in names:
        reading = read(f"{name},year\nOn Ants,2024\n".encode(), "x.csv")
        assert [paper.title for paper in reading.papers] == ["On Ants"]


def test_kinds_that_are_told_are_kinds() -> None:
    known = {reader.NAME for reader in READERS}
    for path in SOURCES:
        told = {name for match in MARKED.finditer(text(path)) for name in match[3].split()}
        assert told <= known
