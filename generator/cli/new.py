"""`papershelf new`: parse, call, print."""

from __future__ import annotations

from pathlib import Path

import click

from generator.build import folders


@click.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Make a catalog in DIR, with a small example in it."""
    folders.new(folder)
    click.echo(f"{folder} is a catalog now. Next:\n")
    click.echo(f"  cd {folder}")
    click.echo("  papershelf check FILE  # says what a file is, and which papers it would give")
    click.echo("  papershelf add FILE    # puts a list of papers into content/sources/")
    click.echo("  papershelf serve       # shows the site, made anew on every change")
