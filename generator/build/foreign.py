"""The files of a folder that are not ours: told without a look at all, where little changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Container
from contextlib import suppress
from pathlib import Path

import msgspec

from generator.build import files


class Foreign(msgspec.Struct, frozen=True):
    """Which files below a folder are not ours, and how to tell that again without a look at all."""

    folders: dict[str, int] = {}
    """When each folder was changed, by path, which ends in a slash; that of itself is empty."""

    files: list[str] = []
    """Paths of the files, but for hidden ones."""


def below(
    folder: Path,
    ours: Callable[[], Container[str]],
    last: Foreign,
    touched: Container[str] | None = None,
) -> Foreign:
    """The files below a folder that are not ours.

    Args:
        folder: need not exist.
        ours: gives the paths of those that are.
        last: what was found the last time. A folder in which no file was made or deleted since
            is not looked through again.
        touched: folders, as `Foreign` names them, in which we changed something since then;
            without it, all are looked at. Another that somebody changed will be found to differ.
    """
    known: dict[str, list[str]] = {}
    for path in last.files:
        known.setdefault(f"{path.rpartition('/')[0]}/".lstrip("/"), []).append(path)
    found = Foreign({}, [])
    left = [] if last.folders else [""]
    for path, changed in last.folders.items():
        if touched is not None and path not in touched:
            found.folders[path] = changed
            found.files.extend(known.get(path, ()))
            continue
        try:
            now = os.stat(f"{folder}/{path}").st_mtime_ns
        except OSError:
            continue  # it is no more
        if now == changed:
            found.folders[path] = now
            found.files.extend(known.get(path, ()))
        else:
            left.append(path)
    owned = ours() if left else ()
    while left:
        path = left.pop()
        here = f"{folder}/{path}"
        try:
            found.folders[path] = os.stat(here).st_mtime_ns
            entries = list(os.scandir(here))
        except OSError:  # what is wrong with it is said when pages are rendered
            continue
        for entry in entries:
            name = path + entry.name
            if name in owned or entry.name[0] == ".":  # nearly all
                continue
            with suppress(OSError):
                if not files.is_text(entry.name):
                    continue
                if entry.is_dir():
                    is_new = f"{name}/" not in last.folders
                    if is_new and not (entry.is_symlink() and files.is_above(entry.path, here)):
                        left.append(f"{name}/")
                elif entry.is_file():
                    found.files.append(name)
    return Foreign(found.folders, sorted(found.files))
