"""`papershelf check`: parse, call, print."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click
from msgspec.structs import asdict

from generator.build import config, folders, walking
from generator.build.loading import read_catalog
from generator.catalog import Catalog, merging, topics
from generator.cli import preview
from generator.cli.output import print_json, print_problems
from generator.model.errors import MissingError, Problem, UnreadableError, UsageError
from generator.model.settings import SOURCES
from generator.sources import Reading, read
from generator.sources.content import LARGEST_FILE
from generator.text.words import counted


@click.command("check")
@click.argument("arguments", metavar="[FILE…]", nargs=-1)
@click.option("--topics", "explain", is_flag=True, help="Say which phrase gave which topic.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(arguments: Sequence[str], explain: bool, as_json: bool) -> None:
    """Say what each FILE is, what it would give and what is wrong with it.

    It may lie anywhere; a folder stands for the files in it, and - for what comes through a pipe.

    Without a FILE, read all sources of the catalog and list what is wrong with them. With
    --topics WORD…, explain the topics of every paper, or of those with all WORDs in their id or
    title. Exit status 1 if anything is wrong.
    """
    if arguments and not explain:
        _preview([Path(argument) for argument in arguments], as_json)
    settings, _ = config.load(Path.cwd())
    catalog = read_catalog(settings)
    if explain:
        _explain(catalog, arguments)
    elif as_json:
        problems = [asdict(problem) for problem in catalog.problems]
        counts = merging.as_json(catalog.accounts)
        print_json({"papers": len(catalog.papers), **counts, "problems": problems})
    else:
        print_problems(catalog.problems)
        click.echo(
            f"{counted(len(catalog.papers), 'paper')}, {counted(len(catalog.problems), 'problem')}"
        )
    sys.exit(1 if catalog.problems else 0)


def _preview(paths: Sequence[Path], as_json: bool) -> NoReturn:
    """What each file would give, and each file in a folder, whether or not it lies in a catalog."""
    sources = Path.cwd() / SOURCES
    each = [
        path / name if name else path
        for path in paths
        for name in (walking.relative_files(path) if path.is_dir() else [""])
    ]
    readings = {path: _read_apart(path, sources) for path in dict.fromkeys(each)}
    if not readings:
        raise UsageError(f"{paths[0]}: expected a file, found none in this folder. Name another.")
    if as_json:
        answers = [preview.as_json(reading, str(path)) for path, reading in readings.items()]
        print_json({"files": answers})
    else:
        reports = [preview.lines(one, str(path)) for path, one in readings.items()]
        columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        shown = (
            preview.wrapped(line, columns) if columns else line
            for number, report in enumerate(reports)
            for line in (*([""] if number else []), *report)
        )
        click.echo("\n".join(shown))
        if len(readings) > 1:
            click.echo(f"\n{preview.total(readings.values())}")
    sys.exit(1 if any(reading.problems for reading in readings.values()) else 0)


def _read_apart(path: Path, sources: Path) -> Reading:
    """What a file gives; one that cannot be opened is told of as the others are."""
    if str(path) == "-":
        return read(sys.stdin.buffer.read(LARGEST_FILE), "-")
    try:
        return folders.reading(path, sources)
    except MissingError:
        raise
    except UnreadableError as error:
        return Reading(file=path.name, problems=(Problem(file=path.name, reason=error.reason),))


def _explain(catalog: Catalog, words: Sequence[str]) -> None:
    """Which phrase gave each topic to a paper, and which topics it nearly had."""
    for paper in catalog.papers:
        if not all(word.lower() in f"{paper.id} {paper.title.lower()}" for word in words):
            continue
        click.echo(f"\n{paper.title}\n  {paper.id}")
        for verdict in topics.explain(paper, catalog.topics):
            mentions = ", ".join(_mention(match) for match in verdict.matches)
            given = "given" if verdict.given else "not given"
            click.echo(
                f"  {verdict.topic}: {given}, {verdict.score} of {verdict.enough} ({mentions})"
            )
        if not paper.topics:
            click.echo("  no topic: no phrase of the taxonomy is in its title or abstract")


def _mention(match: topics.Match) -> str:
    places = (("title", match.title), ("abstract", match.abstract))
    counted = " and ".join(f"{count}× in the {place}" for place, count in places if count)
    return f"“{match.phrase}” {counted}"
