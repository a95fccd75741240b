"""The whole way from sources to a site: `build` reads top-down, each step timed."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig

from generator import search
from generator.build import (
    config,
    files,
    gather,
    locks,
    owner,
    removal,
    reuse,
    shelf,
    unchanged,
    work,
)
from generator.build.build import Build, Step, logged, site_of
from generator.build.filling import Filling
from generator.build.kept import Kept
from generator.build.ledger import Ledger
from generator.build.noting import Notes, Places
from generator.build.report import Report, nothing_changed
from generator.build.work import Advance
from generator.catalog import Catalog
from generator.exports.cards import Undrawn
from generator.model.errors import UsageError
from generator.model.settings import Settings


def quiet(name: str) -> AbstractContextManager[Advance]:
    """A `Step` that says nothing."""
    return nullcontext(work.ignore)


def build(
    root: Path,
    *,
    site_dir: Path | None = None,
    jobs: int = 0,
    clean: bool = False,
    scheduler: str = "",
    search_later: bool = False,
    allow_removal: bool = False,
    step: Step = quiet,
) -> Report:
    """Build the catalog in `root` into a site.

    1. Read the settings, the taxonomy and all sources; merge them into one catalog.
    2. Write its pages and exports below MkDocs' `docs_dir`, and render them beside the old site.
    3. Put the result in its place.

    Args:
        root: the catalog's folder, which holds `mkdocs.yml`.
        site_dir: where the site goes; by default MkDocs' setting, `site/`.
        jobs: processes at most; by default one a core, or one alone for a small catalog.
        clean: forget what earlier builds left, and make all anew.
        scheduler: the address of a Dask scheduler whose workers do the work, if any.
        search_later: where few papers changed, leave the search index to the next build; for who
            waits for a page.
        allow_removal: also where most papers of the last build are gone.
        step: is told what is going on.

    Raises:
        RemovalError: most papers of the last build are gone.
        PapershelfError: the catalog cannot be built before a person mends it.
    """
    seconds: dict[str, float] = {}
    timed = partial(_timed, seconds, step)
    settings, mkdocs = config.load(root)
    jobs = jobs or processes(settings)
    target = Path(os.path.realpath(site_dir or mkdocs.site_dir))
    _keep_apart(target, settings)
    # Another run has this catalog, or another catalog is built into the same site.
    alone = locks.alone(root / LOCK), locks.alone(locks.lock(target))
    # An error of the system that names no file is one of MkDocs, which writes the site alone.
    with files.placed(target), alone[0], alone[1], work.workers(jobs, scheduler):
        left, last = unchanged.load(target, Report)
        extensions = reuse.extensions(mkdocs)
        before = unchanged.inputs(settings, extensions, left)
        before.outputs = unchanged.outputs(settings, target)
        lay, lies = (left.others, left.outputs), (before.others, before.outputs)
        is_like_before = lay == lies and not clean
        if is_like_before and left.sources == before.sources and left.is_searched:
            return nothing_changed(last)
        work.warm(jobs)
        build = Build(settings, mkdocs, target, jobs, timed, search_later=search_later)
        try:
            with timed("read") as advance:
                found = build.find() if is_like_before else None
                read = None if found else shelf.read(settings, jobs, advance)
            look = partial(unchanged.inputs, settings, extensions, before)
            updated = build.update(found, look) if found else None
            found = None  # it is large, and so is what was read
            if updated:
                report, looked = updated
            else:
                read = read or shelf.read(settings, jobs)
                if not allow_removal:
                    removal.check(read[0].catalog.papers, settings, target)
                report, looked = build.whole(*read, clean=clean), look
                read = None
        except sqlite3.DatabaseError as error:
            build.forget()
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target)) from None
            raise UsageError(
                f"{target}: expected to note there what is made, found: {error}. "
                "What was noted before is forgotten, so build again."
            ) from None
        finally:
            build.close()
        report = replace(report, seconds=seconds)
        # What was put there while this build ran is not in it, so the next one has to look.
        after = looked()
        if (before.others, before.sources) == (after.others, after.sources):
            after.outputs = unchanged.outputs(settings, target)
            after.is_searched = not (updated and search_later)
            unchanged.save(target, after, nothing_changed(report))
    return report


def publish(
    catalog: Catalog,
    settings: Settings,
    mkdocs: MkDocsConfig,
    target: Path,
    *,
    jobs: int = 1,
    clean: bool = False,
    step: Step = quiet,
) -> Report:
    """Write the pages of a catalog, and the site made of them in place of the one at `target`."""
    build = Build(settings, mkdocs, target, jobs, step)
    try:
        return build.whole(shelf.shelve(catalog, settings, jobs), {}, clean=clean)
    finally:
        build.close()


SMALL: Final = 200_000
"""Bytes of sources that one process has read and published before others have started to help."""


def processes(settings: Settings) -> int:
    """How many processes build a catalog if nobody says so: one a core, or one alone."""
    size = sum(lie[0] for lie in gather.lying(settings.sources).values())
    return (os.cpu_count() or 1) if size > SMALL else 1


LOCK: Final = ".papershelf/lock"
PAGES: Final = ".papershelf/pages"
"""Names the notes of a run that makes no site."""


def _keep_apart(target: Path, settings: Settings) -> None:
    """Refuse a site that would take the place of the catalog, or lie within its pages.

    The pages folder holds the same exports as a site, so it could be mistaken for one.
    """
    files.check_name(target)
    for folder in (Path(os.path.realpath(one)) for one in (settings.pages, settings.sources)):
        if target.is_relative_to(folder) or folder.is_relative_to(target):
            raise UsageError(
                f"{target}: expected a place for the site apart from {folder}, which the site is "
                "made of. Name another with --site-dir."
            )


def write_pages(
    catalog: Catalog, settings: Settings, jobs: int = 1, *, allow_removal: bool = False
) -> tuple[int, tuple[str, ...], Undrawn]:
    """Write all that is generated into the pages folder, beside what is written by hand.

    Args:
        catalog: what is published.
        settings: of the catalog.
        jobs: processes at most.
        allow_removal: also where most papers of the last build are gone.

    Returns:
        How many pages there are, the paths where a page by hand stands instead, and the letters
        that are missing from cards.

    Raises:
        RemovalError: most papers of the last build are gone.
    """
    if not allow_removal:
        removal.check(catalog.papers, settings)
    found = shelf.shelve(catalog, settings, jobs)
    made = Ledger.anew(settings.root / PAGES)
    try:
        site = site_of(found, settings, jobs)
        notes = Notes(Places(pages=settings.pages), made)
        site.log = logged(site, settings, None)
        owner.keep_permanent(settings.permanent, site.briefs)
        filling = Filling(site, notes, jobs)
        kept = Kept(settings.kept, reuse.code())
        index = search.begin(found.catalog, jobs, kept, found.volume)
        filling.export()
        filling.write()
        filling.finish(index)
        return made.count_sources(), tuple(sorted(notes.owned.kept)), filling.undrawn
    finally:
        made.close()


@contextmanager
def _timed(seconds: dict[str, float], step: Step, name: str) -> Iterator[Advance]:
    start = time.perf_counter()
    with step(name) as advance:
        yield advance
    seconds[name] = time.perf_counter() - start
