"""Whether what a site is made of changed since the last build, as the file system tells it.

No file is read for it. What is compared are names, sizes, times and numbers of inodes, for equality
only, so a clock that jumps does not matter. Where they differ, contents decide what is made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from generator.build import files, reuse, walking
from generator.model.settings import MKDOCS_YML, Settings


class Inputs(msgspec.Struct, frozen=True):
    """Digests of the names and states of all files that a site is made of."""

    sources: str
    written: str
    """Of the log of changes and what is permanent, which a build adds to."""

    others: str

    @classmethod
    def of(cls, settings: Settings, extensions: Iterable[Path], by_hand: Iterable[str]) -> Inputs:
        """The inputs of a catalog, as they are now.

        Args:
            settings: of the catalog.
            extensions: the files of the theme, and of hooks.
            by_hand: the files of the pages folder that people wrote.
        """
        sources = walking.relative_files(settings.sources, hidden=True)
        states = _states(settings.sources / path for path in sources)
        faults = ascii(sorted(walking.faults(settings.sources).items()))
        pages = (settings.pages / path for path in sorted(by_hand))
        others = [*_others(settings), *extensions, *pages]
        return cls(
            sources=sha256(states + faults.encode()).hexdigest(),
            written=sha256(_states([settings.changes, settings.permanent])).hexdigest(),
            others=sha256(reuse.code().encode() + _states(others)).hexdigest(),
        )

    def are_as_before(self, before: Inputs) -> bool:
        """Whether nobody but a build changed anything."""
        return (self.others, self.sources) == (before.others, before.sources)


def _others(settings: Settings) -> Iterator[Path]:
    """All that people put there, but for sources and pages."""
    yield from (settings.root / MKDOCS_YML, settings.taxonomy, settings.people)
    if settings.card_font:
        yield settings.root / settings.card_font


def _states(paths: Iterable[Path]) -> bytes:
    """A line for each file: its path, size, times and inode."""
    lines = []
    for path in paths:
        status = files.status(path)
        state = (
            (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
            if status
            else ()
        )
        lines.append(f"{path}\0{state}\n")
    return "".join(lines).encode("utf-8", "surrogateescape")
