"""The log of changes of a catalog, with what differs from the build before."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain

from generator.build import emit, files, opening, owner
from generator.build.folder import Folder
from generator.catalog import changes
from generator.catalog.changes import Change
from generator.exports import catalog_records
from generator.model.errors import UsageError
from generator.pages.templates import Site
from generator.text.safe_yaml import shown


def lengthened(site: Site, pages: Folder) -> Sequence[Change]:
    """The log, with what differs from the catalog that the last build left in the pages folder."""
    path = site.settings.changes
    log = owner.load_changes(path)
    names = [name for name in pages.before if catalog_records.is_catalog(name)]
    keys = {file.path: file.key for file in emit.records(site)}
    if keys == {name: pages.before[name].key for name in names} and all(
        pages.has(*item) for item in keys.items()
    ):
        return log
    before = chain.from_iterable(
        map(opening.lines_of, catalog_records.catalogs(site.settings.pages))
    )

    def lines(digests: set[bytes]) -> Iterator[bytes]:
        return emit.lines(site, [paper for paper in site.summaries if paper.recorded in digests])

    recorded = (paper.recorded for paper in site.summaries)
    longer = changes.extended(log, changes.compare(before, recorded, lines, today()))
    if longer != log:
        files.write_whole(path, changes.lines(longer).encode())
    return longer


def today() -> str:
    """The day of this build in UTC: that of `SOURCE_DATE_EPOCH`, where the environment has it.

    It is what https://reproducible-builds.org/specs/source-date-epoch/ says: seconds since 1970.

    Raises:
        UsageError: it is no such number.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        now = datetime.fromtimestamp(int(epoch), UTC) if epoch is not None else datetime.now(UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            f"SOURCE_DATE_EPOCH: expected seconds since 1970, found “{shown(epoch)}”. "
            "Set it to the output of `date +%s`, or leave it unset."
        ) from None
    return now.date().isoformat()
