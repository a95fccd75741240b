"""What lies below a folder: its files, and what is no file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from generator.build import files
from generator.build.opening import NOWHERE, no_file, why_unreadable


def relative_files(folder: Path, *, hidden: bool = False) -> list[str]:
    """The files below `folder`, sorted, with forward slashes.

    Args:
        folder: need not exist.
        hidden: also those that begin with a dot, or lie in a folder that does.
    """
    return sorted(below(folder, hidden=hidden))


def below(folder: Path, *, hidden: bool = False) -> Iterator[str]:
    """The files below `folder` in any order, one after another."""
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
                yield ".", NOWHERE
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
            if not files.is_text(entry.name):
                yield path, "has a name that is not UTF-8. Give it another name."
                continue
            if _CONTROLS.search(entry.name):
                yield path, "has a name with control characters. Give it another name."
                continue
            try:
                if not entry.is_dir():
                    yield path, "" if entry.is_file() else no_file(entry.stat().st_mode)
                elif entry.is_symlink() and is_above(entry.path, folder):
                    yield path, _CIRCLE
                else:
                    folders.append(f"{path}/")
            except FileNotFoundError:
                yield path, NOWHERE
            except OSError as error:  # a link to itself, or to where nobody may look
                yield path, why_unreadable(error)


_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")

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


def difference(before: Path, after: Path) -> tuple[list[str], list[str]]:
    """What a folder has that another one had not or otherwise, and what it has no more; sorted.

    Args:
        before: need not exist.
        after: the folder.
    """
    changed = (
        path
        for path in below(after, hidden=True)
        if not files.are_same(f"{before}/{path}", f"{after}/{path}")
    )
    removed = (path for path in below(before, hidden=True) if not files.status(f"{after}/{path}"))
    return sorted(changed), sorted(removed)
