"""What the last build left of a catalog and one of its sites, and what this one leaves."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from generator.build import files, owned, reuse, summaries
from generator.build.folder import Entry, Folder
from generator.build.inputs import Inputs
from generator.build.report import Report, nothing_changed
from generator.build.store import Store, read_table
from generator.build.writer import Reason
from generator.model.settings import Settings

STORE: Final = ".papershelf/build.db"

_UNKNOWN: Final = Entry(b"", b"", -1, 0)
"""What is known of a file that says itself that we made it."""

_FORMER: Final = ("readings", "parts", "similar", "kept", "frames")
"""Folders beside the store in which earlier versions left what the store has now."""

_FORMER_BESIDE: Final = ("building.old", "made", "memory", "report", "spare", "twin")
"""How what they left beside a site was called, after the site's own name."""


class State:
    """The store of a catalog, opened, and the folders that a build fills."""

    def __init__(self, settings: Settings, target: Path | None, *, clean: bool = False) -> None:
        """Open the store.

        Args:
            settings: of the catalog.
            target: the folder of the site; `None` where only the pages folder is filled.
            clean: forget what earlier builds left, but for which files are theirs.
        """
        self.settings = settings
        self.target = target
        self.is_clean = clean
        self._name = _name(settings, target)
        path = settings.root / STORE
        ours = read_table(path, "pages", Entry) if clean else {}
        self.store = store = Store(path, reuse.code(), clean=clean)
        is_first = not (target and target.is_dir())
        self.anew = "" if is_first or clean else anew(settings.root, store.found)
        """Why nothing of the last build is of use, in a line; empty where something is."""

        left = store.table("pages", Entry)
        ours |= left
        self.by_hand = owned.by_hand(settings.pages, ours)
        """The files of the pages folder that people wrote."""

        if not left:
            _clear_former(path.parent, settings.pages, target)
            marked = owned.marked(settings.pages, self.by_hand)
            self.by_hand -= marked
            ours |= dict.fromkeys(marked, _UNKNOWN)
        self._stale = sorted(ours) if clean else []
        self.pages = Folder(settings.pages, {} if clean else ours)
        self.site = self._site(target) if target else None
        self.report: Report | None = None
        self.inputs: Inputs | None = None
        self.maker = store.get("maker", self._name, str)
        if data := store.get("report", self._name, bytes):
            with suppress(msgspec.DecodeError):
                self.inputs, self.report = msgspec.msgpack.decode(
                    data,
                    type=tuple[Inputs | None, Report],
                    dec_hook=lambda kind, value: kind(value),
                )

    def close(self) -> None:
        """Forget what was not kept."""
        self.store.close()

    def _site(self, target: Path) -> Folder:
        return Folder(target, self.store.table(f"site {self._name}", Entry))

    def is_of(self, inputs: Inputs) -> bool:
        """Whether the last build was of these inputs, and all that it made is still there."""
        folders = [self.pages, self.site] if self.site else [self.pages]
        return inputs == self.inputs and all(
            len(folder.intact) == len(folder.before) for folder in folders
        )

    def begin(self) -> list[str] | None:
        """Note that the folders are about to change; delete the pages if all is made anew.

        Returns:
            Files of the site before the last one that the last one has not; `None` where that site
            is not what it was.
        """
        removed = self.store.get("removed", self._name, list[str])
        with self.store.transaction():
            self.store.drop("counts", ["pages", f"site {self._name}"])
            self.store.drop("removed", [self._name])
        for path in self._stale:
            files.delete(self.settings.pages, path)
        return removed

    def reason(self, path: str) -> Reason | None:
        """Why the last build made a file of the pages folder, if it did."""
        return self.store.get(f"reasons {self._name}", path, Reason)

    def keep(self, removed: Sequence[str], maker: str, reasons: Mapping[str, Reason]) -> None:
        """Leave what was made to the next build, and why."""
        with self.store.transaction():
            for kind, folder in (("pages", self.pages), (f"site {self._name}", self.site)):
                if folder:
                    self.store.put_table(kind, folder.now)
            summaries.forget_changes(self.store)
            self.store.drop_all(f"reasons {self._name}")
            self.store.put(f"reasons {self._name}", reasons.items())
            self.store.put("removed", [(self._name, removed)])
            self.store.put("maker", [(self._name, maker)])
            self.store.drop("report", [self._name])

    def keep_report(self, report: Report, inputs: Inputs | None) -> None:
        """Leave what was reported to the next build, and of which inputs, if that is sure."""
        data = msgspec.msgpack.encode((inputs, nothing_changed(report)), enc_hook=str)
        self.store.put("report", [(self._name, data)])


def generated(settings: Settings) -> set[str]:
    """The files of the pages folder that the last build made."""
    return set(read_table(settings.root / STORE, "pages", Entry))


def _name(settings: Settings, target: Path | None) -> str:
    """What a site is called, wherever the catalog lies; empty where there is none."""
    if not target:
        return ""
    root = Path(os.path.realpath(settings.root))
    return str(target.relative_to(root) if target.is_relative_to(root) else target)


def anew(root: Path, found: str) -> str:
    """A line that says why a build made everything anew; empty where it did not.

    Args:
        root: of the catalog.
        found: what there was instead of a store; see `Store.found`.
    """
    if not found:
        return ""
    return f"{root / STORE}: expected what the last build left, found {found}: all is made anew."


def _clear_former(folder: Path, pages: Path, target: Path | None) -> None:
    """Delete what earlier versions left beside the store, in the pages folder and beside a site."""
    for name in _FORMER:
        files.clear_away(folder / name)
    files.delete(pages, ".papershelf.files")
    if target:
        for name in _FORMER_BESIDE:
            place = target.with_name(f".{target.name}.{name}")
            files.clear_away(place)
            files.delete(place.parent, place.name)
