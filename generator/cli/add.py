"""`papershelf add`: parse, call, print."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from generator.build import config, folders
from generator.cli.output import print_problems
from generator.model.errors import NoPapersError
from generator.text import message
from generator.text.words import counted


@click.command("add")
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
def command(files: Sequence[Path], day: datetime | None, replace: bool) -> None:
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
        print_problems(reading.problems)
    sys.exit(1 if refused else 0)
