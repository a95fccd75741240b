"""Options that several commands take."""

from __future__ import annotations

import click

jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1),
    help="Processes at most; by default one a core, or one alone for a small catalog.",
)

removal_option = click.option(
    "--allow-removal", is_flag=True, help="Go on where most papers of the last build are gone."
)
