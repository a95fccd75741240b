"""One process at a time: what a run has alone, others are told of."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from generator.build import files
from generator.model.errors import BusyError, UsageError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextmanager
def journal(path: Path) -> Iterator[tuple[list[str], Callable[[str], None]]]:
    """The lines of a file that only grows, and what adds one; no other process may have it now.

    A line that was added is on the disk. One that was cut off, since the process that wrote it was
    killed, is taken away.

    Raises:
        BusyError: another process has the file.
        UsageError: from what adds a line, that there is no room.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b", buffering=0) as file:
        _lock(file, path)
        file.seek(0)
        kept = file.read() or b""
        whole = kept[: kept.rfind(b"\n") + 1]
        file.truncate(len(whole))

        def add(line: str) -> None:
            data = line.encode() + b"\n"
            try:
                if file.write(data) != len(data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(file.fileno())
            except OSError as error:
                raise UsageError(f"{path}: expected to write there, found: {error}.") from None

        yield whole.decode("utf-8", "replace").splitlines(), add


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Within the block, no other process is in a block of the same file.

    Raises:
        BusyError: another process is.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab", buffering=0) as file:
        with files.naming(path):
            _lock(file, path)
        yield


def _lock(file: FileIO, path: Path) -> None:
    """Keep a file to this process until it is closed, or the process ends in any way."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        raise BusyError(
            f"{path}: expected to have it alone, found that another run has it. Wait for its end."
        ) from None


def lock(folder: Path) -> Path:
    """The file that a process has alone while it makes what is to replace a folder."""
    return folder.with_name(f".{folder.name}.lock")
