"""Whether most papers of the last build are gone, as when their lists were not copied along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from generator import changes, exports, files
from generator.config import Settings
from generator.errors import RemovalError
from generator.papers import Paper

FEW: Final = 10
"""Papers that may go at once, however few there were."""


def check(papers: Iterable[Paper], settings: Settings, target: Path | None = None) -> None:
    """Have nothing be made of a catalog that has lost most of its papers, or the folder of sources.

    Args:
        papers: all that there are now.
        settings: of the catalog.
        target: the site that is to be replaced, if any.

    Raises:
        RemovalError: more than half of the papers of the last build, and more than ten, are gone,
            or there is no folder of sources.
    """
    here = {known for paper in papers for known in (paper.id, *paper.former_ids)}
    is_there = settings.sources.is_dir()
    for place, before in _last(settings, target):
        gone = len(before - here)
        if (gone > FEW and 2 * gone > len(before)) or (gone and not is_there):
            found = "fewer" if is_there else "no such folder"
            raise RemovalError(
                f"{settings.sources}: expected the papers of {place}, found {found}: {gone:,} of "
                f"{len(before):,} papers would be removed. Nothing was changed. Put the lists "
                "back, or add --allow-removal if the papers are to go."
            )


def _last(settings: Settings, target: Path | None) -> Iterator[tuple[Path, set[str]]]:
    """What tells which papers there were: the pages and the site, else the log of changes."""
    places = [folder / exports.CATALOG for folder in (settings.pages, target) if folder]
    is_known = False
    for number, place in enumerate(places):
        if files.status(place):
            is_known = True
            if not any(files.are_same(place, other) for other in places[:number]):
                yield place, set(_ids(place))
    if not is_known:
        log = changes.load(settings.changes)
        named: set[str] = set()
        for change in log:
            named = named.union(change.added, change.updated).difference(change.removed)
        yield settings.changes, named


class _Record(msgspec.Struct):
    id: str


_DECODER: Final = msgspec.json.Decoder(_Record)


def _ids(records: Path) -> Iterator[str]:
    for line in files.lines_of(records):
        try:
            yield _DECODER.decode(line).id
        except msgspec.DecodeError:
            continue  # a build was killed while it wrote this
