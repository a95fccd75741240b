"""Whether anything changed since the last build: told from what files are called and how they lie.

No file is read for it. What is compared are names, sizes, times and numbers of inodes, for equality
only, so a clock that jumps does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from generator.build import files, foreign, ownership, reuse, spare
from generator.build.foreign import Foreign
from generator.build.ledger import Ledger
from generator.model import addresses
from generator.model.settings import MKDOCS_YML, Settings


class Left(msgspec.Struct):
    """What a build leaves: how all lay before and after it."""

    others: str = ""
    """Digest of how that lay which a site is made of, but for the sources."""

    sources: str = ""
    """The same of the sources."""

    outputs: str = ""
    """The same of what the build made."""

    by_hand: Foreign = Foreign()
    """The pages that people wrote."""

    is_searched: bool = True
    """Whether the search index is of these sources, or left to the next build."""


def inputs(
    settings: Settings, extensions: Iterable[Path], last: Left, made: Iterable[str] | None = None
) -> Left:
    """How that lies which a site is made of.

    Args:
        settings: of the catalog.
        extensions: the files of the theme, and of hooks.
        last: what the last build left.
        made: what was made and deleted in the site since, if only little was.
    """

    def ours() -> set[str]:
        return ownership.paths(settings.pages, lambda path: False)

    touched = None if made is None else _folders(made)
    by_hand = foreign.below(settings.pages, ours, last.by_hand, touched)
    others = [*_inputs(settings), *extensions, *(settings.pages / path for path in by_hand.files)]
    sources = files.relative_files(settings.sources, hidden=True)
    lying = _lying(settings.sources / path for path in sources)
    faults = ascii(sorted(files.faults(settings.sources).items()))
    return Left(
        others=sha256(reuse.code().encode() + _lying(others)).hexdigest(),
        sources=sha256(lying + faults.encode()).hexdigest(),
        by_hand=by_hand,
    )


def _folders(made: Iterable[str]) -> set[str]:
    """The folders below the pages folder of these files of a site, and of the Markdown of pages."""
    found = {""}
    for path in made:
        for one in (path, addresses.file(path.removesuffix("index.html"))):
            while (folder := one.rpartition("/")[0]) and f"{folder}/" not in found:
                found.add(f"{folder}/")
                one = folder
    return found


def outputs(settings: Settings, target: Path) -> str:
    """Digest of how that lies which a build leaves; of large sites not of every file."""
    made = [
        *sorted(target.glob("build-manifest*")),
        settings.pages / ownership.MANIFEST,
        settings.changes,
        settings.permanent,
    ]
    if last := Ledger.last(target, reuse.code()):
        if last.count() <= spare.LOOKED_THROUGH:
            made += (target / path for path in last.paths())
            made += (settings.pages / path for path in last.source_paths())
        last.close()
    return sha256(_lying(made)).hexdigest()


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


def load(target: Path, report: Any) -> tuple[Left, Any]:
    """What the last build left, and what it reported.

    Args:
        target: the site that it made.
        report: the type of the report.
    """
    try:
        found = msgspec.msgpack.decode(
            _path(target).read_bytes(),
            type=tuple[Left, report],
            dec_hook=lambda kind, value: kind(value),
        )
    except (OSError, msgspec.DecodeError):
        return Left(), None
    return found


def save(target: Path, left: Left, report: Any) -> None:
    """Leave both for the next build."""
    files.write_whole(_path(target), msgspec.msgpack.encode((left, report), enc_hook=str))


def _path(target: Path) -> Path:
    return target.with_name(f".{target.name}.report")
