"""A folder takes the place of another one in one step, such as a site that of the last build."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.build import files, walking
from generator.model.errors import UsageError


@contextmanager
def replaced(folder: Path, sign: str, *, reuse: bool = False) -> Iterator[Path]:
    """A folder to fill, which takes the place of `folder` when the block ends well.

    Until then the old one stays as it is; when the block fails, or the process is killed, it stays
    for good. When all went well, the old one is where the new one was made.

    Args:
        folder: what is replaced; it need not exist.
        sign: the name of a file that an earlier site holds. Any other folder with something in it
            is refused, since it would be deleted.
        reuse: fill what stands there from the last time, and not an empty folder.

    Raises:
        UsageError: `folder` holds something else than a site.
    """
    if folder.exists() and not (folder.is_dir() and _is_site(folder, sign)):
        raise UsageError(
            f"{folder}: expected a site built before (with {sign}), an empty folder or none, found "
            "something else, which building there would delete. Name another with --site-dir."
        )
    fresh = building(folder)
    if not reuse:
        files.emptied(fresh)
    try:
        yield fresh
        if folder.exists():
            _exchange(folder, fresh)
        else:
            fresh.rename(folder)
    except BaseException:
        files.clear_away(fresh)
        raise


def building(folder: Path) -> Path:
    """Where what is to replace a folder is made, and what was replaced stays."""
    return folder.with_name(f".{folder.name}.building")


def _is_site(folder: Path, sign: str) -> bool:
    return (folder / sign).is_file() or not any(folder.iterdir())


def _exchange(one: Path, other: Path) -> None:
    """Swap two folders, in one step where the system can."""
    if sys.platform == "linux":
        here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE: see renameat2(2)
        rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
        if rename and rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0:
            return
    aside = one.with_name(f".{one.name}.old")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        one.rename(aside)
    except OSError as error:
        if not _stays_there(error):
            raise
        _exchange_files(one, other)
        return
    other.rename(one)
    aside.rename(other)


def _stays_there(error: OSError) -> bool:
    """Whether a folder could not be renamed since it lies in a lower layer, or is a mount."""
    return error.errno in (errno.EXDEV, errno.EBUSY)


def _exchange_files(one: Path, other: Path) -> None:
    """Swap what is in two folders, file by file; each is there all the time, old or new."""
    for path in sorted({*walking.below(one, hidden=True), *walking.below(other, hidden=True)}):
        places = f"{one}/{path}", f"{other}/{path}"
        if files.are_same(*places):
            continue
        is_there = [files.status(place) is not None for place in places]
        for source, target in (places, places[::-1]):
            if files.status(source):
                files.link(source, f"{target}{_FRESH}")
        for place in places:
            if files.status(f"{place}{_FRESH}"):
                Path(f"{place}{_FRESH}").replace(place)
        for folder, was_there in zip((other, one), is_there, strict=True):
            if not was_there:
                files.delete(folder, path)


_FRESH = ".papershelf-new"
"""How a file ends that is about to take the place of the one without."""
