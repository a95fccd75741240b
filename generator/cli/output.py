"""What several commands print: progress, problems, JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from generator.build.work import Advance
from generator.exports.cards import Undrawn
from generator.model.errors import Problem
from generator.model.settings import MKDOCS_YML, SOURCES
from generator.text.words import counted

STEPS: Final = {
    "read": "Reading sources",
    "list": "Listing papers",
    "write": "Writing feeds and citations",
    "render": "Writing pages",
    "index": "Writing the search index",
    "publish": "Putting the site in place",
}


@contextmanager
def progress(name: str) -> Iterator[Advance]:
    """Announces a step: a line, and a bar on a terminal where it tells how far it is.

    Both go to standard error.
    """
    click.echo(f"{STEPS[name]} …", err=True)
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    with ExitStack() as stack:
        bars: list[Any] = []

        def advance(done: int, total: int) -> None:
            if not bars:
                bar = click.progressbar(length=total, show_pos=True, file=sys.stderr)
                bars.append(stack.enter_context(bar))
            bars[0].length = total
            bars[0].update(done - bars[0].pos)

        yield advance


def print_problems(problems: Sequence[Problem]) -> None:
    """Print each on a line of standard error, with its file and position."""
    for problem in problems:
        click.echo(f"{SOURCES}/{problem}", err=True)


def print_by_hand(paths: Sequence[str]) -> None:
    """Say where pages that people wrote stand in place of generated ones."""
    for path in paths:
        click.echo(f"{path}: written by hand, so the generated page was left out.", err=True)


def print_undrawn(undrawn: Undrawn) -> None:
    """Say which letters the fonts of cards lack."""
    if undrawn.papers:
        letters = ", ".join(f"{script} ({one})" for script, one in undrawn.letters.items())
        click.echo(
            f"The cards of {counted(undrawn.papers, 'paper')} leave out letters that their fonts "
            f"lack: {letters}. Name a font that has them: {MKDOCS_YML}, "
            "extra.papershelf.card_font.",
            err=True,
        )


def print_json(answer: dict[str, Any]) -> None:
    """Print one JSON object on standard output."""
    click.echo(msgspec.json.encode(answer))


def near(path: Path) -> Path:
    """A path as a person in the current folder would name it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
