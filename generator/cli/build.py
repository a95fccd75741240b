"""`papershelf build`: parse, call, print."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.build import explaining, site
from generator.cli.options import jobs_option, removal_option
from generator.cli.output import (
    near,
    print_by_hand,
    print_json,
    print_problems,
    print_undrawn,
    progress,
)
from generator.exports import hosts
from generator.text.words import counted


@click.command("build")
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
@click.option(
    "--explain",
    metavar="PATH",
    help="Build nothing; say what a file is made of, and why the last build made it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, last.")
def command(
    site_dir: Path | None,
    jobs: int | None,
    clean: bool,
    scheduler: str,
    allow_removal: bool,
    strict: bool,
    explain: str | None,
    as_json: bool,
) -> None:
    """Build the whole site."""
    if explain is not None:
        click.echo(explaining.explain(Path.cwd(), explain, jobs or 0))
        return
    report = site.build(
        Path.cwd(),
        site_dir=site_dir,
        jobs=jobs or 0,
        clean=clean,
        scheduler=scheduler,
        allow_removal=allow_removal,
        step=progress,
    )
    if report.anew:
        click.echo(report.anew, err=True)
    print_problems(report.problems)
    print_by_hand(report.by_hand)
    print_undrawn(report.undrawn)
    if as_json:
        print_json(report.as_json())
    else:
        seconds = sum(report.seconds.values())
        click.echo(
            f"{counted(report.papers, 'paper')} ({report.rendered:,} new or changed), "
            f"{counted(len(report.problems), 'problem')}, "
            f"{report.size.files:,} files in {near(report.site_dir)}/ "
            f"({len(report.changed):,} new or changed, {len(report.removed):,} removed), "
            f"{seconds:.1f} s"
        )
        index = report.index
        click.echo(
            f"Search index: {index.changed_files:,} of {index.files:,} files new or changed, "
            f"{index.changed_bytes / 1e6:.2f} of {index.bytes / 1e6:.2f} MB"
        )
        click.echo(hosts.verdict(report.size, report.helpful))
        click.echo(f"Kept for the next build, and may be deleted: {report.kept_bytes / 1e6:.1f} MB")
    if strict and report.problems:
        sys.exit(1)
