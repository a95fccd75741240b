"""Files and folders that are ours: writes what changed, deletes only what was made here."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.model.errors import UsageError


@contextmanager
def naming(path: AnyPath) -> Iterator[None]:
    """Within the block, an error of the system that names no file names this one.

    A write to a full disk is such an error.
    """
    try:
        yield
    except OSError as error:
        _name_path(error, path)
        raise


def _name_path(error: OSError, path: AnyPath) -> None:
    if error.filename is None and error.errno is not None:
        error.filename = str(path)


def explained(error: OSError) -> str:
    """What an error of the system says to a person: where and what, and which disk is full."""
    place = error.filename2 or error.filename  # the second is what is written
    text = f"{error.strerror or error}."
    if place and error.errno in (errno.ENOSPC, errno.EDQUOT):
        disk = os.path.realpath(place)
        while not os.path.ismount(disk):
            disk = os.path.dirname(disk)
        text += f" Make room in {disk}."
    if isinstance(error, PermissionError):
        text += " Look at its permissions."
    return f"{place}: {text}" if place else text


AnyPath = str | Path
"""Where a file is. By the hundred thousand, text takes less time than an object."""


def write_file(path: AnyPath, content: str | bytes) -> bool:
    """Write a file unless it holds just this; whether it was written.

    What was there before is not changed but replaced, since it may be linked from elsewhere.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        _create(path, data)
    except FileExistsError:
        if holds(path, data):
            return False
        os.unlink(path)
        _create(path, data)
    except FileNotFoundError:
        _make_room(path)
        _create(path, data)
    return True


def write_pieces(path: AnyPath, pieces: Iterable[bytes]) -> None:
    """Write a file, in a folder that is there, of pieces that need not all be in memory."""
    with suppress(FileNotFoundError):
        os.unlink(path)  # it may be linked from elsewhere
    with naming(path), open(path, "xb") as file:
        file.writelines(pieces)


def _create(path: AnyPath, data: bytes) -> None:
    """Write a file that is not there yet; by the system's own calls, which take half the time."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(data)
        while rest:  # a disk that is nearly full takes a part
            rest = rest[os.write(file, rest) :]
    except OSError as error:
        _name_path(error, path)
        raise
    finally:
        os.close(file)


def _make_room(path: AnyPath) -> None:
    """Make the folder of a file, and those above it."""
    folder = os.path.dirname(path)
    try:
        os.mkdir(folder)
    except FileExistsError:
        return
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


def holds(path: AnyPath, data: bytes) -> bool:
    """Whether there is a file that holds just this."""
    found = status(path)
    return found is not None and found.st_size == len(data) and content(path) == data


def are_same(one: AnyPath, other: AnyPath) -> bool:
    """Whether there are both files, and they hold the same."""
    found, there = status(one), status(other)
    if not (found and there and found.st_size == there.st_size):
        return False
    if os.path.samestat(found, there):
        return True
    with open(one, "rb") as first, open(other, "rb") as second:
        while some := first.read(_READ):
            if some != second.read(_READ):
                return False
    return True


_READ = 1 << 20
"""Bytes that are compared at once."""


def content(path: AnyPath) -> bytes:
    """What a file holds."""
    with open(path, "rb") as file:
        return file.read()


def status(path: AnyPath) -> os.stat_result | None:
    """What the system says of a file; `None` where there is none that can be reached."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def write_whole(path: Path, data: bytes) -> bool:
    """Write a file as `write_file` does, in one step: it is never there in part."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")  # hidden, so it is no source if we are killed now
    with naming(path), fresh.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return True


def link(source: AnyPath, target: AnyPath) -> None:
    """Make `target` the same file as `source`, or a copy where the system has no hard links."""
    try:
        os.link(source, target)
    except OSError:  # there is another file, or no folder yet, or there are no hard links
        _make_room(target)
        with suppress(FileNotFoundError):
            os.unlink(target)
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)


def check_name(path: Path) -> None:
    """Refuse a path that is no text.

    Raises:
        UsageError: it is none.
    """
    if not is_text(str(path)):
        shown = os.fsencode(path).decode("utf-8", "replace")
        raise UsageError(f"{shown}: expected a path in UTF-8, found other bytes. Rename it.")


def is_text(name: str) -> bool:
    """Whether a name is text, and not bytes that only this system understands."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def linked_folder(folder: Path, path: str) -> Path | None:
    """The first folder on the way from `folder` to a file that is a link, and so leads elsewhere.

    Args:
        folder: may be a link itself.
        path: of the file, below `folder`.
    """
    end = path.find("/")
    while end >= 0:
        if os.path.islink(place := f"{folder}/{path[:end]}"):
            return Path(place)
        end = path.find("/", end + 1)
    return None


def keep_within(folder: Path, path: str) -> None:
    """Refuse to write or delete a file that lies elsewhere.

    Raises:
        UsageError: a folder on the way to it is a link.
    """
    if link := linked_folder(folder, path):
        raise UsageError(
            f"{link}: expected a folder, since generated files lie there, found a link to "
            f"{link.resolve()}, where nothing is written or deleted. Remove the link, or give it "
            "another name."
        )


def delete(folder: Path, path: str) -> None:
    """Delete a file and the folders that this leaves empty, if it is there.

    Raises:
        UsageError: a folder on the way to it is a link.
    """
    target = folder / path
    if not target.is_file():
        return
    keep_within(folder, path)
    target.unlink()
    for parent in target.parents:
        if parent == folder or not _is_empty(parent):
            break
        parent.rmdir()


def _is_empty(folder: Path) -> bool:
    """Whether nothing is in it; without listing the thousands that may be."""
    with os.scandir(folder) as entries:
        return next(entries, None) is None


def clear_away(folder: Path) -> None:
    """Delete a folder with all that is in it, if it is there."""
    shutil.rmtree(folder, ignore_errors=True)


def emptied(folder: Path) -> Path:
    """The folder, with nothing in it."""
    clear_away(folder)
    folder.mkdir(parents=True)
    return folder
