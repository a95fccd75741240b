"""Files and folders: reads what is a file, writes what changed, deletes only what is ours."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.model.errors import MissingError, UnreadableError, UsageError


@contextmanager
def placed(path: Place) -> Iterator[None]:
    """Within the block, an error of the system that names no file names this one.

    A write to a full disk is such an error.
    """
    try:
        yield
    except OSError as error:
        _place(error, path)
        raise


def _place(error: OSError, path: Place) -> None:
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
            raise UnreadableError(path, _NOWHERE) from None
        reason = "cannot be opened: No such file. Look at its name."
        raise MissingError(path, reason) from None
    if len(data) > most:
        raise UnreadableError(path, _too_large(len(data), most))
    return data


def _fault(found: os.stat_result, most: int) -> str:
    """Why something is not read, by what the system says of it; empty if it is."""
    if not stat.S_ISREG(found.st_mode):
        return _no_file(found.st_mode)
    return _too_large(found.st_size, most) if found.st_size > most else ""


def _no_file(mode: int) -> str:
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


Place = str | Path
"""Where a file is. By the hundred thousand, text takes less time than an object."""


def write_file(path: Place, content: str | bytes) -> bool:
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


def write_pieces(path: Place, pieces: Iterable[bytes]) -> None:
    """Write a file, in a folder that is there, of pieces that need not all be in memory."""
    with suppress(FileNotFoundError):
        os.unlink(path)  # it may be linked from elsewhere
    with placed(path), open(path, "xb") as file:
        file.writelines(pieces)


def _create(path: Place, data: bytes) -> None:
    """Write a file that is not there yet; by the system's own calls, which take half the time."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(data)
        while rest:  # a disk that is nearly full takes a part
            rest = rest[os.write(file, rest) :]
    except OSError as error:
        _place(error, path)
        raise
    finally:
        os.close(file)


def _make_room(path: Place) -> None:
    """Make the folder of a file, and those above it."""
    folder = os.path.dirname(path)
    try:
        os.mkdir(folder)
    except FileExistsError:
        return
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


def holds(path: Place, data: bytes) -> bool:
    """Whether there is a file that holds just this."""
    found = status(path)
    return found is not None and found.st_size == len(data) and content(path) == data


def are_same(one: Place, other: Place) -> bool:
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


def difference(before: Path, after: Path) -> tuple[list[str], list[str]]:
    """What a folder has that another one had not or otherwise, and what it has no more; sorted.

    Args:
        before: need not exist.
        after: the folder.
    """
    changed = (
        path
        for path in below(after, hidden=True)
        if not are_same(f"{before}/{path}", f"{after}/{path}")
    )
    removed = (path for path in below(before, hidden=True) if not status(f"{after}/{path}"))
    return sorted(changed), sorted(removed)


def content(path: Place) -> bytes:
    """What a file holds."""
    with open(path, "rb") as file:
        return file.read()


def status(path: Place) -> os.stat_result | None:
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
    with placed(path), fresh.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return True


def link(source: Place, target: Place) -> None:
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


def relative_files(folder: Path, *, hidden: bool = False) -> list[str]:
    """The files below `folder`, sorted, with forward slashes.

    Args:
        folder: need not exist.
        hidden: also those that begin with a dot, or lie in a folder that does.
    """
    return sorted(below(folder, hidden=hidden))


def below(folder: Path, *, hidden: bool = False) -> Iterator[str]:
    """The same in any order, one after another, so that they need not be in memory."""
    return (path for path, fault in _below(str(folder), hidden) if not fault)


def faults(folder: Path) -> dict[str, str]:
    """What is below `folder` and no file that `relative_files` names, and why.

    These are folders that nobody may look into, links that lead nowhere or in a circle, devices,
    pipes and sockets, and whatever has a name that is no text.
    """
    return {path: fault for path, fault in _below(str(folder), hidden=False) if fault}


def _below(root: str, hidden: bool) -> Iterator[tuple[str, str]]:
    """All that is below a folder and no folder, and what is wrong with it if it is no file."""
    folders = [""]
    while folders:
        prefix = folders.pop()
        folder = f"{root}/{prefix}"
        try:
            with os.scandir(folder) as listing:
                entries = list(listing)
        except FileNotFoundError:
            if not prefix and os.path.islink(root):
                yield ".", _NOWHERE
            continue
        except NotADirectoryError:
            yield ".", "expected a folder, found something else. Put a folder in its place."
            continue
        except OSError as error:
            yield prefix.rstrip("/") or ".", why_unreadable(error)
            continue
        for entry in entries:
            path = prefix + entry.name
            if entry.name[0] == "." and not hidden:
                continue
            if not is_text(entry.name):
                yield path, "has a name that is not UTF-8. Give it another name."
                continue
            if _CONTROLS.search(entry.name):
                yield path, "has a name with control characters. Give it another name."
                continue
            try:
                if not entry.is_dir():
                    yield path, "" if entry.is_file() else _no_file(entry.stat().st_mode)
                elif entry.is_symlink() and is_above(entry.path, folder):
                    yield path, _CIRCLE
                else:
                    folders.append(f"{path}/")
            except FileNotFoundError:
                yield path, _NOWHERE
            except OSError as error:  # a link to itself, or to where nobody may look
                yield path, why_unreadable(error)


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


_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")

_NOWHERE = "is a link to a file that is not there. Correct or remove the link."
_CIRCLE = "is a link to a folder that it is in, which is read already. Remove the link."


def is_above(link: str, folder: str) -> bool:
    """Whether a link leads to a folder that it is in, or was reached through, and so nowhere new.

    Args:
        link: to a folder.
        folder: where it is; through other links, perhaps.
    """
    there = os.path.realpath(link)
    while folder != os.path.dirname(folder):
        if f"{os.path.realpath(folder)}{os.sep}".startswith(f"{there.rstrip(os.sep)}{os.sep}"):
            return True
        folder = os.path.dirname(folder)
    return False


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
