"""Files that others put there, opened only if they are what they should be."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from generator.model.errors import MissingError, UnreadableError


def read(path: Path, most: int) -> bytes:
    """What a file holds; a device, a pipe or a socket is not opened, which could last for ever.

    Args:
        path: may be a link to the file.
        most: bytes that it may hold.

    Raises:
        MissingError: nothing has this name.
        UnreadableError: what has it cannot be read; the text says why.
    """
    try:
        found = os.stat(path)
        if fault := _fault(found, most):
            raise UnreadableError(path, fault)
        with path.open("rb") as file:
            data = file.read(found.st_size + 1)
            if len(data) > found.st_size:  # some files of the system do not say how large they are
                data += file.read(most + 1 - len(data))
    except OSError as error:
        if not isinstance(error, FileNotFoundError):
            raise UnreadableError(path, why_unreadable(error)) from None
        if path.is_symlink():
            raise UnreadableError(path, NOWHERE) from None
        reason = "cannot be opened: No such file. Look at its name."
        raise MissingError(path, reason) from None
    if len(data) > most:
        raise UnreadableError(path, _too_large(len(data), most))
    return data


def _fault(found: os.stat_result, most: int) -> str:
    """Why something is not read, by what the system says of it; empty if it is."""
    if not stat.S_ISREG(found.st_mode):
        return no_file(found.st_mode)
    return _too_large(found.st_size, most) if found.st_size > most else ""


def no_file(mode: int) -> str:
    """What is wrong with something that is no file, by its mode, and how to mend it."""
    kind = _KINDS.get(stat.S_IFMT(mode), "something else")
    return f"expected a file, found {kind}. Remove it, or put a file in its place."


def _too_large(size: int, most: int) -> str:
    found = f"{size / 2**20:,.0f} MB" if size >= most + 2**20 else "more"
    return f"expected at most {most / 2**20:,.0f} MB, found {found}. Split the file."


_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
}


def why_unreadable(error: OSError) -> str:
    """What is wrong with a file or a folder that could not be opened, and how to mend it."""
    if error.errno == errno.ELOOP:
        return "is a link that leads back to itself. Correct or remove the link."
    return f"cannot be opened: {error.strerror}. Look at its permissions."


def unreadable(path: Path) -> str:
    """Why nobody can open a regular file; empty if somebody can."""
    try:
        with path.open("rb"):
            return ""
    except OSError as error:
        return why_unreadable(error)


def beginning(path: Path, size: int) -> bytes:
    """The first bytes of a file."""
    with path.open("rb") as file:
        return file.read(size)


def lines_of(path: Path) -> Iterator[bytes]:
    """The lines of a file, with their ends; none where there is no file."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        yield from file


NOWHERE = "is a link to a file that is not there. Correct or remove the link."
"""What is wrong with a link whose target is missing, and how to mend it."""
