"""Whether most papers of the last build are gone, as when their lists were not copied along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

import msgspec

from generator.build import files, opening, owner
from generator.exports import catalog_records
from generator.model.errors import RemovalError
from generator.model.papers import Paper
from generator.model.settings import Settings

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
    folders = [folder for folder in (settings.pages, target) if folder]
    catalogs = [catalog for folder in folders if (catalog := catalog_records.catalogs(folder))]
    for number, catalog in enumerate(catalogs):
        if not any(_are_same(catalog, other) for other in catalogs[:number]):
            place = catalog[0] if len(catalog) == 1 else catalog[0].parent
            yield place, set(chain.from_iterable(map(_ids, catalog)))
    if not catalogs:
        log = owner.load_changes(settings.changes)
        named: set[str] = set()
        for change in log:
            named = named.union(change.added, change.updated).difference(change.removed)
        yield settings.changes, named


def _are_same(one: Sequence[Path], other: Sequence[Path]) -> bool:
    return len(one) == len(other) and all(map(files.are_same, one, other))


class _Record(msgspec.Struct):
    id: str


_DECODER: Final = msgspec.json.Decoder(_Record)


def _ids(records: Path) -> Iterator[str]:
    for line in opening.lines_of(records):
        try:
            yield _DECODER.decode(line).id
        except msgspec.DecodeError:
            continue  # a build was killed while it wrote this
