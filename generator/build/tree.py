"""The two folders that a build fills: the pages folder, and the new site beside the old one.

A file that comes out as it was is not written again: it stays where it is, and in the new site it
is the same file as in the old one, or in the pages folder, by a hard link. So it keeps its time,
and a build costs what changed. The new site is filled where the one before the old one stood; what
that has already is left as it is. A stamp says what a file held and how it lay on the disk when it
was made; only where both still hold is it taken for what it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Final, NamedTuple

from generator.build import files


class Stamp(NamedTuple):
    """What a file held, and how it lay there."""

    digest: bytes
    """The first 16 bytes of the SHA-256 of its content: `sha-256-128` in RFC 6920."""

    size: int
    modified: int
    """In nanoseconds, as the file system says. It is compared, never ordered."""

    def holds(self, path: files.Place) -> bool:
        """Whether the file at `path` is still the one that was stamped."""
        found = files.status(path)
        return found is not None and (found.st_size, found.st_mtime_ns) == self[1:]


_DIGEST: Final = 16
"""Bytes of a digest."""


def digest(data: bytes) -> bytes:
    """The digest that a `Stamp` has."""
    return sha256(data).digest()[:_DIGEST]  # processors have instructions for it


class Tree:
    """Where files go."""

    def __init__(
        self,
        pages: Path,
        fresh: Path | None = None,
        old: Path | None = None,
        twin: Path | None = None,
        *,
        is_believed: bool = False,
    ) -> None:
        """Args:
        pages: the pages folder, of which MkDocs makes a site.
        fresh: the new site, which may hold some files already; without one, only the pages folder
            is filled.
        old: the site that the new one replaces, if there is one.
        twin: a second new site, of the same files by hard links, which the next build begins with.
        is_believed: whether what the new site is said to hold is there; else each file is looked
            at.
        """
        self._pages = str(pages)
        self._fresh = str(fresh) if fresh else ""
        self._old = str(old) if old else ""
        self._twin = str(twin) if twin else ""
        self._is_believed = is_believed

    def source(self, path: str, data: bytes, known: Stamp | None) -> Stamp:
        """Put a file into the pages folder.

        Args:
            path: below the folder.
            data: what it is to hold.
            known: its stamp, if an earlier build left one.
        """
        digested = digest(data)
        if known and known.digest == digested and self.is_there(path, known):
            return known
        target = f"{self._pages}/{path}"
        files.write_file(target, data)
        return _stamped(digested, target)

    def is_there(self, path: str, known: Stamp) -> bool:
        """Whether a file is in the pages folder as it was."""
        return known.holds(f"{self._pages}/{path}")

    def still_both(self, path: str, known: Stamp) -> bool:
        """Have a file of both as it is, if it is still there as it was."""
        if not self.is_there(path, known):
            return False
        if self._fresh and not self._is_fresh(path, known):
            files.link(f"{self._pages}/{path}", f"{self._fresh}/{path}")
            self._double(path)
        return True

    def both(self, path: str, data: bytes, known: Stamp | None) -> tuple[Stamp, bool]:
        """Put a file into the pages folder and the site; whether the site has changed by it."""
        was = not known and self._was(path, data)
        if was:  # so that it keeps its time
            files.link(f"{self._old}/{path}", f"{self._pages}/{path}")
        stamp = self.source(path, data, known)
        if self._fresh and not stamp.holds(f"{self._fresh}/{path}"):
            files.link(f"{self._pages}/{path}", f"{self._fresh}/{path}")
            self._double(path)
        same = known.digest == stamp.digest if known else was
        return stamp, not same

    def published(self, path: str, data: bytes, known: Stamp | None) -> tuple[Stamp, bool]:
        """Put a file into the site only; whether the site has changed by it."""
        digested = digest(data)
        if known and known.digest == digested and self.taken(path, known):
            return known, False
        if self._was(path, data):
            return self._linked(path, digested), False
        files.write_file(f"{self._site}/{path}", data)
        self._double(path)
        return _stamped(digested, f"{self._site}/{path}"), True

    def streamed(self, path: str, pieces: Iterable[bytes]) -> tuple[Stamp, bool]:
        """The same of a large file, in pieces that need not all be in memory."""
        files.write_pieces(f"{self._site}/{path}", pieces)
        return self.settled(path)

    def taken(self, path: str, known: Stamp) -> bool:
        """Have a file as it is in the old site, if it is still there as it was."""
        if not self._fresh:
            return False
        if self._is_fresh(path, known):
            return True
        if not self._old or not known.holds(f"{self._old}/{path}"):
            return False
        files.link(f"{self._old}/{path}", f"{self._fresh}/{path}")
        return True

    def _is_fresh(self, path: str, known: Stamp) -> bool:
        """Whether a file is in the new site already."""
        return self._is_believed or (bool(self._fresh) and known.holds(f"{self._fresh}/{path}"))

    def settled(self, path: str) -> tuple[Stamp, bool]:
        """The stamp of a file that others put into the site; whether the site changed by it."""
        place = f"{self._site}/{path}"
        with Path(place).open("rb") as file:  # it may be large
            digested = file_digest(file, sha256).digest()[:_DIGEST]
        if self._old and files.are_same(f"{self._old}/{path}", place):
            return self._linked(path, digested), False
        self._double(path)
        return _stamped(digested, place), True

    @property
    def _site(self) -> str:
        if not self._fresh:
            raise ValueError("there is no site to fill")
        return self._fresh

    def _double(self, path: str) -> None:
        if self._twin:
            files.link(f"{self._site}/{path}", f"{self._twin}/{path}")

    def _was(self, path: str, data: bytes) -> bool:
        return bool(self._old) and files.holds(f"{self._old}/{path}", data)

    def _linked(self, path: str, digested: bytes) -> Stamp:
        if self._old:
            files.link(f"{self._old}/{path}", f"{self._site}/{path}")
        return _stamped(digested, f"{self._site}/{path}")


def _stamped(digested: bytes, path: str) -> Stamp:
    found = files.status(path)
    if not found:
        raise FileNotFoundError(path)
    return Stamp(digested, found.st_size, found.st_mtime_ns)
