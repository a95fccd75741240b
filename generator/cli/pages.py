"""`papershelf pages`: parse, call, print."""

from __future__ import annotations

from pathlib import Path

import click

from generator.build import config, locks, site, work
from generator.build.loading import read_catalog
from generator.cli.options import jobs_option, removal_option
from generator.cli.output import near, print_by_hand, print_problems, print_undrawn, progress
from generator.text.words import counted


@click.command("pages")
@jobs_option
@removal_option
def command(jobs: int | None, allow_removal: bool) -> None:
    """Write the Markdown pages only, for `mkdocs build` to take from there."""
    settings, _ = config.load(Path.cwd())
    jobs = jobs or site.processes(settings)
    with locks.alone(settings.root / site.LOCK), work.workers(jobs):
        with progress("read") as advance:
            catalog = read_catalog(settings, jobs, advance)
        with progress("write"):
            written, by_hand, undrawn = site.write_pages(
                catalog, settings, jobs, allow_removal=allow_removal
            )
    print_problems(catalog.problems)
    print_by_hand(by_hand)
    print_undrawn(undrawn)
    folder = near(settings.pages)
    click.echo(f"{counted(len(catalog.papers), 'paper')}, {written:,} pages in {folder}/")
