"""Which files of the pages folder are ours, beside those that people wrote there."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Set
from itertools import chain
from pathlib import Path

from generator.build import files
from generator.model.errors import UnreadableError

MANIFEST = ".papershelf.files"
"""Lists the generated files of a folder, one a line, or one that is no more after a `-`. It begins
with a dot, so MkDocs leaves it out of the site. It may be deleted: what is ours is then told from
the files themselves."""

LARGEST = 2**30
"""Bytes of that file."""

_HEAD = "# Files that Papershelf made in this folder"


class Owned:
    """The generated files of a folder, which may be written over or deleted.

    They are named in its manifest before they are there, so a run that is killed leaves no orphans.
    """

    def __init__(self, folder: Path, ours: Callable[[Path], bool]) -> None:
        """Args:
            folder: made if missing.
            ours: tells whether a file was generated, for when the manifest is lost.

        Raises:
            UsageError: a folder on the way to a generated file is a link.
        """
        self.folder = folder
        try:
            self.before = _listed(files.read(folder / MANIFEST, LARGEST).decode())
        except (UnreadableError, ValueError):
            self.before = paths(folder, ours)
            self._name(self.before)
        self._left = set(self.before)
        """Those of them that were not claimed again; to keep all that were claimed would be to have
        every path in memory twice."""

        self._new: set[str] = set()
        """What was claimed besides."""

        self.kept: set[str] = set()
        """Where a file written by hand stands in place of a generated one; it wins."""

        self._within: set[str] = set()
        """Folders that were looked at and lie in this one."""

        self._keep_within(self.before)

    def forget(self) -> None:
        """Delete all that is ours."""
        for path in sorted(self.before):
            files.delete(self.folder, path)

    def claim(self, wanted: Iterable[str]) -> list[str]:
        """Those of these paths that are to be written: all but where a file by hand stands.

        Raises:
            UsageError: a folder on the way to one is a link.
        """
        free = []
        fresh = []
        every = list(wanted)
        self._keep_within(every)
        ours = self._ours(every)
        for path in every:
            if path in ours or path in self._new:
                free.append(path)
            elif files.status(self.folder / path):
                self.kept.add(path)
            else:
                free.append(path)
                fresh.append(path)
        if fresh:
            files.append_lines(self.folder / MANIFEST, fresh)
        self._left.difference_update(free)
        self._new.update(path for path in free if path not in self.before)
        return free

    def _keep_within(self, some: Iterable[str]) -> None:
        for path in some:
            if (folder := path.rpartition("/")[0]) not in self._within:
                files.keep_within(self.folder, path)
                self._within.add(folder)

    def is_claimed(self, path: str) -> bool:
        """Whether it was claimed, and no file by hand stands there."""
        return path in self._new or (path in self.before and path not in self._left)

    def is_ours(self, path: str) -> bool:
        """Whether it was claimed, now or before."""
        return path in self._new or path in self._ours([path])

    def _ours(self, paths: Collection[str]) -> Set[str]:
        """At least those of these paths that were ours."""
        return self.before

    def finish(self) -> None:
        """Delete what was ours and was not claimed again."""
        for path in sorted(self._left):
            files.delete(self.folder, path)
        self._name(chain(self._new, (path for path in self.before if path not in self._left)))

    def _name(self, every: Iterable[str]) -> None:
        lines = "\n".join([_HEAD, *sorted(every), ""])
        files.write_whole(self.folder / MANIFEST, lines.encode())


class OwnedAsNoted(Owned):
    """The same where few files change: what is ours was noted, so the manifest is not read.

    What was deleted is named at its end, after a `-`.
    """

    def __init__(self, folder: Path, noted: Callable[[Collection[str]], Set[str]]) -> None:
        """Args:
        folder: as it was left.
        noted: gives those of some paths that are not by hand, but in the site or ours.
        """
        self.folder = folder
        self.before = set()
        self._left = set()
        self._new = set()
        self.kept = set()
        self._within = set()
        self._noted = noted

    def _ours(self, paths: Collection[str]) -> Set[str]:
        # What is in the site need not be here too.
        return {path for path in self._noted(paths) if files.status(self.folder / path)}

    def drop(self, paths: Collection[str]) -> None:
        """Delete those of these paths that were ours and were not claimed again."""
        gone = sorted(self._ours(paths) - self._new)
        for path in gone:
            files.delete(self.folder, path)
        files.append_lines(self.folder / MANIFEST, (f"-{path}" for path in gone))


def paths(folder: Path, ours: Callable[[Path], bool]) -> set[str]:
    """The files below `folder` that earlier runs generated.

    Args:
        folder: need not exist.
        ours: tells whether a file was generated, for when the manifest is lost.
    """
    try:
        return _listed(files.read(folder / MANIFEST, LARGEST).decode())
    except (UnreadableError, ValueError):
        return {
            path
            for path in files.relative_files(folder)
            if not files.linked_folder(folder, path)
            and not files.unreadable(folder / path)
            and ours(folder / path)
        }


def _listed(manifest: str) -> set[str]:
    """The paths in a manifest; `ValueError` where it was tampered with."""
    head, *lines, _ = f"{manifest}\n".split("\n")
    if head != _HEAD:
        raise ValueError
    lines = lines[: manifest.count("\n") - 1]  # one that was cut off: its file was not written
    # Nothing of the kind is in nearly all, which is told a hundred times as fast.
    may_lead_astray = ".." in manifest or "\n/" in manifest or "\n\n" in manifest
    if (may_lead_astray and _ASTRAY.search("\n".join(lines))) or (lines and not lines[-1]):
        raise ValueError
    deleted = manifest.count("\n", 0, manifest.find("\n-"))  # where that begins, or the end
    found = set(lines[:deleted])
    for line in lines[deleted:]:
        if line[0] == "-":
            found.discard(line[1:])
        else:
            found.add(line)
    return found


_ASTRAY = re.compile(r"^(?:/|\n)|(?:^|/)\.\.(?:/|$)", re.MULTILINE)
"""In lines of paths, one that leads elsewhere, or none."""
