"""The site before the last one: the folder in which the next one is made, by what differs.

To link every file of a site anew takes longer than all else that is done for a few new papers. So
the folder of the site that was replaced stays (`.site.building` beside `site/`). It may be deleted
at any time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from generator.build import files, walking
from generator.build.folder import Entry

LOOKED_THROUGH = 50_000
"""Files of a site up to which a folder is looked through for others than those that are known."""


def catch_up(
    folder: Path, site: Path, entries: Mapping[str, Entry], removed: Collection[str] | None
) -> None:
    """Make a folder hold the same files as the site, by hard links.

    Args:
        folder: the site before; anything or nothing may be there.
        site: the folder of the site.
        entries: what is known of its files that are as they were left.
        removed: files that the site before has and this one has not; `None` where that is not
            known.
    """
    is_looked_through = len(entries) <= LOOKED_THROUGH
    if removed is None or (is_looked_through and _has_links(folder, entries)):
        files.emptied(folder)
    elif is_looked_through:
        removed = set(walking.relative_files(folder, hidden=True)) - entries.keys()
    for path in removed or ():
        files.delete(folder, path)
    for path, entry in entries.items():
        place = f"{folder}/{path}"
        if entry.found_at(place) is not entry:
            files.link(f"{site}/{path}", place)


def _has_links(folder: Path, paths: Iterable[str]) -> bool:
    """Whether a folder on the way to one of these files is a link; then somebody was there."""
    folders = {path.rpartition("/")[0] for path in paths}
    return any(files.linked_folder(folder, f"{path}/") for path in folders)
