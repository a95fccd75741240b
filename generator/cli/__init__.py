"""The `papershelf` command; each of its commands is a module that is loaded when it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any, Final

import click

from generator import __version__
from generator.model.errors import PapershelfError

COMMANDS: Final = {
    "add": "Copy each FILE into content/sources/, and say what is in it.",
    "build": "Build the whole site.",
    "check": "Say what each FILE is, what it would give and what is wrong with it.",
    "digest": "Make a mail of what is new, and write it to a file or send it.",
    "fetch": "Get lists from services into content/sources/, as the services answer.",
    "new": "Make a catalog in DIR, with a small example in it.",
    "pages": "Write the Markdown pages only, for `mkdocs build` to take from there.",
    "serve": "Show the site at a local address; build it anew and reload on every change.",
}
"""What each command does, in a sentence. To load all of them for it would take a second."""


class _Commands(click.Group):
    """Turns our own errors into a line on standard error and exit status 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All of them, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"generator.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Called by Click for `--help`."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except PapershelfError as error:
            _fail(str(error), error.status)
        except OSError as error:  # no room, no permission, a file where a folder should be
            from generator.build import files

            _fail(files.explained(error), 2)


def _fail(reason: str, status: int) -> None:
    from generator.text import message

    click.echo(f"papershelf: {message(reason)}", err=True)
    sys.exit(status)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="papershelf")
def main() -> None:
    """Lists of research papers in, a static website out.

    All commands but `new` work on the catalog in the current folder.
    """
