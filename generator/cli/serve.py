"""`papershelf serve`: parse, call, print."""

from __future__ import annotations

from pathlib import Path

import click

from generator.build import live
from generator.build.report import Report
from generator.cli.options import removal_option
from generator.cli.output import print_problems
from generator.text.words import counted


@click.command("serve")
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
def command(host: str, port: int, allow_removal: bool) -> None:
    """Show the site at a local address; build it anew and reload on every change."""
    live.serve(Path.cwd(), host, port, _built, allow_removal=allow_removal)


def _built(report: Report) -> None:
    print_problems(report.problems)
    click.echo(f"{counted(report.papers, 'paper')}, {counted(len(report.problems), 'problem')}")
