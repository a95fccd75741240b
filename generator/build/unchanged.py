"""Whether anything changed since the last build, told from what files are called and how they lie.

No file is read for it. What is compared are names, sizes, times and numbers of inodes, for equality
only, so a clock that jumps does not matter. Where they differ, contents decide what is made again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from generator.build import files, reuse
from generator.model.settings import MKDOCS_YML, Settings


class Inputs(msgspec.Struct, frozen=True):
    """How all lies that a site is made of, as digests."""

    others: str
    """All but the sources."""

    sources: str
    written: str
    """The log of changes and what is permanent, which a build adds to."""

    def are_as_before(self, before: Inputs) -> bool:
        """Whether nobody but a build changed anything."""
        return (self.others, self.sources) == (before.others, before.sources)


def inputs(settings: Settings, extensions: Iterable[Path], ours: Collection[str]) -> Inputs:
    """How that lies which a site is made of.

    Args:
        settings: of the catalog.
        extensions: the files of the theme, and of hooks.
        ours: the generated files of the pages folder.
    """
    by_hand = sorted(path for path in files.below(settings.pages) if path not in ours)
    others = [*_inputs(settings), *extensions, *(settings.pages / path for path in by_hand)]
    sources = files.relative_files(settings.sources, hidden=True)
    lying = _lying(settings.sources / path for path in sources)
    faults = ascii(sorted(files.faults(settings.sources).items()))
    return Inputs(
        others=sha256(reuse.code().encode() + _lying(others)).hexdigest(),
        sources=sha256(lying + faults.encode()).hexdigest(),
        written=sha256(_lying([settings.changes, settings.permanent])).hexdigest(),
    )


def _inputs(settings: Settings) -> Iterator[Path]:
    """All that people put there, but for sources and pages."""
    yield from (settings.root / MKDOCS_YML, settings.taxonomy, settings.people)
    if settings.card_font:
        yield settings.root / settings.card_font


def _lying(paths: Iterable[Path]) -> bytes:
    lines = []
    for path in paths:
        at = files.status(path)
        lies = (at.st_size, at.st_mtime_ns, at.st_ctime_ns, at.st_ino) if at else ()
        lines.append(f"{path}\0{lies}\n")
    return "".join(lines).encode("utf-8", "surrogateescape")
