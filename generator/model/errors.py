"""What can go wrong, and how it is said.

Two kinds of trouble, kept apart: a `Problem` is something about the *data* (it is collected,
printed and counted, and never stops a build), a `PapershelfError` is something about the
*catalog folder or the command* (nothing sensible can be built until it is mended).
"""

from __future__ import annotations

from typing import ClassVar

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False, order=True):
    """One thing in the input that a person should look at."""

    file: str
    """Path below `content/sources/`, with forward slashes: `2025/daily-papers.txt`."""

    position: str = ""
    """Where a person would look: `line 13`, `record 4`, a key; empty for the whole file."""

    reason: str
    """What was expected, what was found and how to mend it, in one or two sentences."""

    def __str__(self) -> str:
        where = f"{self.file}, {self.position}" if self.position else self.file
        return f"{where}: {self.reason}"


class PapershelfError(Exception):
    """Base of all errors that Papershelf raises on purpose; its text is meant for the person."""

    status: ClassVar[int] = 2
    """The exit status of a command that it ends."""


class ConfigError(PapershelfError):
    """`mkdocs.yml` or `content/topics.yml` is missing, unreadable or says something impossible."""


class UnreadableError(ConfigError):
    """A file cannot be read, and no file is what stands there, or it is too large."""

    def __init__(self, path: object, reason: str) -> None:
        """A file that cannot be read, and why.

        Args:
            path: of the file, as a person knows it.
            reason: what was expected and found, and how to mend it.
        """
        super().__init__(f"{path}: {reason}")
        self.reason = reason


class MissingError(UnreadableError):
    """There is no such file."""


class UsageError(PapershelfError):
    """A command was asked for something that cannot be done, such as adding a missing file."""


class NoPapersError(UsageError):
    """A file that was to be added gives no paper; the text says why."""

    status = 1


class RemovalError(PapershelfError):
    """Most papers of the last build are gone; whether that is meant, a person has to say."""

    status = 1


class BusyError(UsageError):
    """Another run has what only one may have at a time; it can be tried again."""


class ContentError(ValueError):
    """A file cannot be read; the text says what was expected, what was found, how to mend it."""
