"""A folder that a build fills: what is known of each file in it, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Final

import msgspec
from msgspec import structs

from generator.build import files

_DIGEST: Final = 16
"""Bytes of a digest."""


class Entry(msgspec.Struct, array_like=True, frozen=True):
    """What is known of a generated file."""

    key: bytes
    """Digest of all that the file follows from; empty where that is not known beforehand."""

    digest: bytes
    """The first 16 bytes of the SHA-256 of its content: `sha-256-128` in RFC 6920."""

    size: int
    modified: int
    """In nanoseconds, as the file system says. It is compared, never ordered."""

    @classmethod
    def of(cls, path: files.AnyPath, key: bytes = b"", data: bytes | None = None) -> Entry:
        """That of a file that was just written.

        Args:
            path: of the file.
            key: see above.
            data: what it holds, if that is at hand; else it is read.
        """
        digest = _digest(path) if data is None else sha256(data).digest()[:_DIGEST]
        status = files.status(path)
        if not status:
            raise FileNotFoundError(path)
        return cls(key, digest, status.st_size, status.st_mtime_ns)

    def found_at(self, path: files.AnyPath) -> Entry | None:
        """What is known of the file if it is still as it was left; `None` where it is not.

        Where the file system says another time, as after a copy, its content decides.
        """
        status = files.status(path)
        if not status or status.st_size != self.size:
            return None
        if status.st_mtime_ns == self.modified:
            return self
        if _digest(path) != self.digest:
            return None
        return structs.replace(self, modified=status.st_mtime_ns)


def _digest(path: files.AnyPath) -> bytes:
    with Path(path).open("rb") as file:  # it may be large
        return file_digest(file, sha256).digest()[:_DIGEST]  # processors have instructions for it


class Folder:
    """The generated files of a folder, before and after a build."""

    def __init__(self, path: Path, before: Mapping[str, Entry]) -> None:
        """Look at what is there.

        Args:
            path: of the folder, which need not exist.
            before: what the last build left there, by path below it.
        """
        self.path = path
        self.before = before
        self.intact = {
            name: intact
            for name, entry in before.items()
            if (intact := entry.found_at(f"{path}/{name}"))
        }
        """The files of these that are as they were left."""

        self.now: dict[str, Entry] = {}
        """What this build leaves."""

    def has(self, name: str, key: bytes) -> bool:
        """Whether a file that follows from `key` is there, as it was left."""
        entry = self.intact.get(name)
        return entry is not None and entry.key == key

    def keep(self, name: str) -> None:
        """Have a file stay as it is."""
        self.now[name] = self.intact[name]

    def gone(self) -> list[str]:
        """What the last build left and this one does not, sorted."""
        return sorted(self.before.keys() - self.now.keys())
