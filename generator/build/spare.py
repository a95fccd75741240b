"""The site before the last one, kept so that the next one is made by changing what differs.

To link every file of a site anew takes longer than all else that is done for a few new papers. So
the folder of the site that was replaced stays (`.site.building` beside `site/`), with a note of
what it lacks (`.site.spare`). Both may be deleted at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import msgspec

from generator.build import files, swap

LOOKED_THROUGH = 50_000
"""Files of a site up to which all are looked at. Beyond, it is taken for granted that nobody put
something among them or changed one by hand, since to look would take longer than a build may."""


class _Note(msgspec.Struct, array_like=True):
    """What a site lacks that was replaced."""

    token: bytes
    """Digest of the names and contents of the files of the site that replaced it."""

    changed: list[str]
    """Files of that site which it has not, or otherwise."""

    removed: list[str]
    """Files that it has and that one has not."""


def has(target: Path) -> bool:
    """Whether there is one, and a note of what it lacks."""
    return _path(target).is_file() and swap.building(target).is_dir()


def take(target: Path, token: bytes, count: int, made: Callable[[], Iterable[str]]) -> bool:
    """Make the site that was replaced the same as the one at `target`; whether that could be done.

    Args:
        target: the site.
        token: what the site was noted with.
        count: how many files it has.
        made: gives their paths.
    """
    spare = swap.building(target)
    note = _read(_path(target))
    files.delete(target.parent, _path(target).name)  # from here on, it is neither one nor the other
    if not note or not token or note.token != token or not spare.is_dir():
        return False
    if any(files.linked_folder(spare, path) for path in (*note.removed, *note.changed)):
        return False  # somebody was there
    try:
        for path in note.removed:
            files.delete(spare, path)
        for path in note.changed:
            files.link(target / path, spare / path)
    except OSError:  # somebody was there, or there is no room
        return False
    if count > LOOKED_THROUGH:
        return True
    every = set(made())
    folders = {path.rpartition("/")[0] for path in every}
    return set(files.relative_files(spare, hidden=True)) == every and not any(
        files.linked_folder(spare, f"{folder}/") for folder in folders
    )


def note(target: Path, token: bytes, changed: Collection[str], removed: Collection[str]) -> None:
    """Note what the site that was just replaced lacks, if there was one.

    Args:
        target: where the site is that replaced it.
        token: of that site.
        changed: files that are new or differ.
        removed: files that are no more.
    """
    if swap.building(target).is_dir():
        found = _Note(token, sorted(changed), sorted(removed))
        files.write_whole(_path(target), msgspec.msgpack.encode(found))


def twin(target: Path) -> Path:
    """Where a second site is made along with the first one that a catalog has."""
    return target.with_name(f".{target.name}.twin")


def _read(path: Path) -> _Note | None:
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=_Note)
    except (OSError, msgspec.DecodeError):
        return None


def _path(target: Path) -> Path:
    return target.with_name(f".{target.name}.spare")
