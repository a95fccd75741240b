"""The `papershelf` command: parse, call, print."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from generator import __version__
from generator.build import config, files, folders, live, locks, site, work
from generator.build.report import Report
from generator.build.shelf import read_catalog
from generator.build.work import Advance
from generator.catalog import Catalog, merging, topics
from generator.cli import preview
from generator.cli.preview import counted
from generator.exports import hosts
from generator.exports.cards import Undrawn
from generator.model.errors import (
    MissingError,
    NoPapersError,
    PapershelfError,
    Problem,
    UnreadableError,
    UsageError,
)
from generator.model.settings import MKDOCS_YML, SOURCES
from generator.sources import Reading, read
from generator.sources.content import LARGEST_FILE
from generator.text import message

STEPS = {
    "read": "Reading sources",
    "write": "Writing feeds, citations and the search index",
    "render": "Writing pages",
}


class _Commands(click.Group):
    """Turns our own errors into a line on standard error and exit status 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All of them, sorted."""
        return sorted([*super().list_commands(ctx), *_APART])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; what takes long to load and few need is loaded for it alone."""
        if cmd_name in _APART:
            return _APART[cmd_name]()
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except PapershelfError as error:
            click.echo(f"papershelf: {message(str(error))}", err=True)
            sys.exit(error.status)
        except OSError as error:  # no room, no permission, a file where a folder should be
            click.echo(f"papershelf: {message(files.explained(error))}", err=True)
            sys.exit(2)


def _fetch() -> click.Command:
    from generator.cli import fetch as fetch_commands

    return fetch_commands.group


def _digest() -> click.Command:
    from generator.cli import digest as digest_commands

    return digest_commands.command


_APART = {"fetch": _fetch, "digest": _digest}

jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1),
    help="Processes at most; by default one a core, or one alone for a small catalog.",
)

removal_option = click.option(
    "--allow-removal", is_flag=True, help="Go on where most papers of the last build are gone."
)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="papershelf")
def main() -> None:
    """Lists of research papers in, a static website out.

    All commands but `new` work on the catalog in the current folder.
    """


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Make a catalog in DIR, with a small example in it."""
    folders.new(folder)
    click.echo(f"{folder} is a catalog now. Next:\n")
    click.echo(f"  cd {folder}")
    click.echo("  papershelf check FILE  # says what a file is, and which papers it would give")
    click.echo("  papershelf add FILE    # puts a list of papers into content/sources/")
    click.echo("  papershelf serve       # shows the site, made anew on every change")


@main.command()
@click.argument(
    "files",
    metavar="FILE…",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of the list, 2025-08-07: papers that say none of their own are on its list.",
)
@click.option("--replace", is_flag=True, help="Take the place of another list of that name.")
def add(files: Sequence[Path], day: datetime | None, replace: bool) -> None:
    """Copy each FILE into content/sources/, and say what is in it.

    A file that gives no paper is not copied; exit status 1 then.
    """
    settings, _ = config.load(Path.cwd())
    refused = False
    for file in files:
        try:
            target, reading = folders.add(
                file, settings, day.date() if day else None, replace=replace
            )
        except NoPapersError as error:
            refused = True
            click.echo(f"papershelf: {message(str(error))}", err=True)
            continue
        place = target.relative_to(settings.root)
        click.echo(f"{place}: {counted(len(reading.papers), 'paper')}")
        _print(reading.problems)
    sys.exit(1 if refused else 0)


@main.command()
@click.argument("arguments", metavar="[FILE…]", nargs=-1)
@click.option("--topics", "explain", is_flag=True, help="Say which phrase gave which topic.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(arguments: Sequence[str], explain: bool, as_json: bool) -> None:
    """Say what each FILE is, what it would give and what is wrong with it; it may lie anywhere.

    A folder stands for the files in it, and - for what comes through a pipe.

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
        _print_json({"papers": len(catalog.papers), **counts, "problems": problems})
    else:
        _print(catalog.problems)
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
        for name in (files.relative_files(path) if path.is_dir() else [""])
    ]
    readings = {path: _read_apart(path, sources) for path in dict.fromkeys(each)}
    if not readings:
        raise UsageError(f"{paths[0]}: expected a file, found none in this folder. Name another.")
    if as_json:
        found = [preview.as_json(reading, str(path)) for path, reading in readings.items()]
        _print_json({"files": found})
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


@main.command()
@jobs_option
@removal_option
def pages(jobs: int | None, allow_removal: bool) -> None:
    """Write the Markdown pages only, for `mkdocs build` or `mkdocs serve` to take from there."""
    settings, _ = config.load(Path.cwd())
    jobs = jobs or site.processes(settings)
    with locks.alone(settings.root / site.LOCK), work.workers(jobs):
        with _progress("read") as advance:
            catalog = read_catalog(settings, jobs, advance)
        with _progress("write"):
            written, by_hand, undrawn = site.write_pages(
                catalog, settings, jobs, allow_removal=allow_removal
            )
    _print(catalog.problems)
    _print_by_hand(by_hand)
    _print_undrawn(undrawn)
    folder = _near(settings.pages)
    click.echo(f"{counted(len(catalog.papers), 'paper')}, {written:,} pages in {folder}/")


@main.command()
@click.option("--site-dir", type=click.Path(path_type=Path), help="Where the site goes.")
@jobs_option
@click.option("--clean", is_flag=True, help="Forget what earlier builds left; make all anew.")
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    default="",
    help="Have the workers of a Dask scheduler do the work: tcp://node1:8786.",
)
@removal_option
@click.option("--strict", is_flag=True, help="Exit status 1 if the sources have problems.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, last.")
def build(
    site_dir: Path | None,
    jobs: int | None,
    clean: bool,
    scheduler: str,
    allow_removal: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """Build the whole site."""
    report = site.build(
        Path.cwd(),
        site_dir=site_dir,
        jobs=jobs or 0,
        clean=clean,
        scheduler=scheduler,
        allow_removal=allow_removal,
        step=_progress,
    )
    _print(report.problems)
    _print_by_hand(report.by_hand)
    _print_undrawn(report.undrawn)
    if as_json:
        _print_json(report.as_json())
    else:
        seconds = sum(report.seconds.values())
        click.echo(
            f"{counted(report.papers, 'paper')} ({report.rendered:,} new or changed), "
            f"{counted(len(report.problems), 'problem')}, "
            f"{report.size.files:,} files in {_near(report.site_dir)}/ "
            f"({len(report.changed):,} new or changed, {len(report.removed):,} removed), "
            f"{seconds:.1f} s"
        )
        index = report.index
        click.echo(
            f"Search index: {index.changed_files:,} of {index.files:,} files new or changed, "
            f"{index.changed_bytes / 1e6:.2f} of {index.bytes / 1e6:.2f} MB"
        )
        click.echo(hosts.verdict(report.size, report.helpful))
    if strict and report.problems:
        sys.exit(1)


@main.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="The port to listen on.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on; 0.0.0.0 shows it to the network.",
)
@removal_option
def serve(host: str, port: int, allow_removal: bool) -> None:
    """Show the site at a local address; build it anew and reload on every change."""
    live.serve(Path.cwd(), host, port, _built, allow_removal=allow_removal)


def _built(report: Report) -> None:
    _print(report.problems)
    click.echo(f"{counted(report.papers, 'paper')}, {counted(len(report.problems), 'problem')}")


@contextmanager
def _progress(name: str) -> Iterator[Advance]:
    """Announces a step: a bar on a terminal, a line elsewhere; on standard error."""
    console = Console(stderr=True)
    if not console.is_terminal:
        click.echo(f"{STEPS[name]} …", err=True)
        yield lambda done, total: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[count]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(STEPS[name], total=None, count="")
        start = time.monotonic()

        def advance(done: int, total: int) -> None:
            speed = done / max(time.monotonic() - start, 0.001)
            count = f"{done:,} of {total:,}, {speed:,.0f} a second"
            bar.update(task, completed=done, total=total, count=count)

        yield advance


def _print(problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo(f"{SOURCES}/{problem}", err=True)


def _print_by_hand(paths: Sequence[str]) -> None:
    for path in paths:
        click.echo(f"{path}: written by hand, so the generated page was left out.", err=True)


def _print_undrawn(undrawn: Undrawn) -> None:
    if undrawn.papers:
        letters = ", ".join(f"{script} ({one})" for script, one in undrawn.letters.items())
        click.echo(
            f"The cards of {counted(undrawn.papers, 'paper')} leave out letters that their fonts "
            f"lack: {letters}. Name a font that has them: {MKDOCS_YML}, "
            "extra.papershelf.card_font.",
            err=True,
        )


def _print_json(found: dict[str, Any]) -> None:
    click.echo(msgspec.json.encode(found))


def _near(path: Path) -> Path:
    """As a person here would name it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _explain(catalog: Catalog, words: Sequence[str]) -> None:
    """Which phrase gave each topic to a paper, and which topics it nearly had."""
    for paper in catalog.papers:
        if not all(word.lower() in f"{paper.id} {paper.title.lower()}" for word in words):
            continue
        click.echo(f"\n{paper.title}\n  {paper.id}")
        for verdict in topics.explain(paper, catalog.topics):
            found = ", ".join(_mention(match) for match in verdict.matches)
            given = "given" if verdict.given else "not given"
            click.echo(f"  {verdict.topic}: {given}, {verdict.score} of {verdict.enough} ({found})")
        if not paper.topics:
            click.echo("  no topic: no phrase of the taxonomy is in its title or abstract")


def _mention(match: topics.Match) -> str:
    places = (("title", match.title), ("abstract", match.abstract))
    counted = " and ".join(f"{count}× in the {place}" for place, count in places if count)
    return f"“{match.phrase}” {counted}"
