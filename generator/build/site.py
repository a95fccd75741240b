"""The whole way from sources to a site: `build` reads top-down, each step timed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from functools import partial, wraps
from pathlib import Path
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig

from generator.build import (
    changelog,
    config,
    files,
    indexing,
    loading,
    locks,
    memory,
    neighbours,
    owned,
    owner,
    previous,
    publishing,
    reading,
    removal,
    rendering,
    reuse,
    swap,
    work,
)
from generator.build.inputs import Inputs
from generator.build.making import Job
from generator.build.report import Report, nothing_changed
from generator.build.state import State, anew
from generator.build.store import DamagedError
from generator.build.work import Advance
from generator.build.writer import Writer
from generator.catalog import Catalog
from generator.catalog.listings import Listings
from generator.exports import catalog_records
from generator.exports.cards import Undrawn
from generator.model.errors import UsageError
from generator.model.settings import Settings
from generator.pages.templates import Site
from generator.search import saved

Step = Callable[[str], AbstractContextManager[Advance]]
"""Announces a step; within it, its progress can be told."""

LOCK: Final = ".papershelf/lock"


def quiet(name: str) -> AbstractContextManager[Advance]:
    """A `Step` that says nothing."""
    return nullcontext(work.ignore)


def _again_if_damaged(build: Callable[..., Report]) -> Callable[..., Report]:
    """A build that begins again, clean, where it finds that its store is damaged."""

    @wraps(build)
    def builds(root: Path, *, clean: bool = False, **options: Any) -> Report:
        try:
            return build(root, clean=clean, **options)
        except DamagedError:
            report = build(root, clean=True, **options)
            report.anew = anew(root, "a damaged file")
            return report

    return builds


@_again_if_damaged
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
    2. List its papers by day, topic, author, venue, search and likeness.
    3. Write and render all of it beside the old site, but for what is there as it should be.
    4. Put the result in its place.

    Args:
        root: the catalog's folder, which holds `mkdocs.yml`.
        site_dir: where the site goes; by default MkDocs' setting, `site/`.
        jobs: processes at most; by default one a core, or one alone for a small catalog.
        clean: forget what earlier builds left, and make all anew.
        scheduler: the address of a Dask scheduler whose workers do the work, if any.
        search_later: leave the search index to the next build; for who waits for a page.
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
    with (
        alone(root, target),
        work.workers(jobs, scheduler),
        closing(State(settings, target, clean=clean)) as state,
    ):
        extensions = reuse.extensions(mkdocs)
        before = Inputs.of(settings, extensions, state.by_hand)
        if state.report and state.is_of(before):
            return nothing_changed(state.report)
        work.warm(jobs)
        with timed("read") as advance:
            catalog = loading.load(settings, state.store, jobs, advance)
        if not allow_removal:
            removal.check(catalog.papers, settings, target)
        with timed("list"):
            site = listed(catalog, state, jobs)
            _record(site, state)
        report = _published(site, mkdocs, target, state, jobs, timed, search_later=search_later)
        report.seconds = seconds
        # What was put there while this build ran is not in it, so the next one has to look.
        by_hand = owned.by_hand(settings.pages, state.pages.now)
        after = Inputs.of(settings, extensions, by_hand)
        is_sure = after.are_as_before(before) and not search_later
        state.keep_report(report, after if is_sure else None)
        return report


def publish(
    catalog: Catalog,
    settings: Settings,
    mkdocs: MkDocsConfig,
    target: Path,
    *,
    jobs: int = 1,
    step: Step = quiet,
) -> Report:
    """Build a site of a catalog that was read, in place of the one at `target`."""
    with closing(State(settings, target)) as state:
        catalog = loading.summarised(catalog, settings, state.store, jobs)
        site = listed(catalog, state, jobs)
        _record(site, state)
        return _published(site, mkdocs, target, state, jobs, step)


def listed(catalog: Catalog, state: State, jobs: int) -> Site:
    """What the pages of a catalog show, whose papers are in the store."""
    settings, texts = state.settings, state.store.fragments()
    with memory.keeping_everything():
        searches = [search["query"] for search in settings.searches]
        found = saved.find(catalog, searches, texts)
        listings = Listings(catalog=catalog, settings=settings, found=found)
        near = neighbours.find(catalog.current, state.store, jobs)
        return Site(listings, near, fragments=texts)


def _record(site: Site, state: State) -> None:
    """Add to the catalog's content what only time can tell: changes, and what is permanent."""
    site.log = changelog.lengthened(site, state.pages)
    owner.keep_permanent(site.settings.permanent, site.summaries)


def _published(
    site: Site,
    mkdocs: MkDocsConfig,
    target: Path,
    state: State,
    jobs: int,
    step: Step,
    *,
    search_later: bool = False,
) -> Report:
    """Make the site, and put it in the place of the last one."""
    is_left_to_mkdocs = rendering.is_left_to_mkdocs(mkdocs)
    removed_before = state.begin()
    old = target if target.is_dir() else None
    site_folder = state.site
    if not site_folder:
        raise ValueError("there is no site to make")
    is_reused = old is not None and not is_left_to_mkdocs
    if is_reused:
        previous.catch_up(swap.building(target), target, site_folder.intact, removed_before)
    with (
        swap.replaced(target, catalog_records.SCHEMA, reuse=is_reused) as fresh,
        memory.keeping_everything(),
    ):
        job = Job(pages=state.settings.pages, shown=site.shown, store=state.store, old=old)
        writer = Writer(job, state.pages, state.by_hand, jobs)
        if not is_left_to_mkdocs:
            writer.fill(fresh, site_folder)
        index = publishing.index_of_before(writer) if search_later else None
        index = index or indexing.begin(
            site.catalog, site.shown.fragments, state.store, writer.has, jobs
        )
        with step("write"):
            undrawn = publishing.write_files(site, writer)
        with step("render") as advance:
            with_mkdocs = None if is_left_to_mkdocs else (mkdocs, state)
            maker = publishing.write_pages(site, writer, with_mkdocs, advance)
        with step("index"):
            publishing.write_index(site, writer, index())
        with step("publish"):
            publishing.write_guides(site, writer)
            writer.tidy_pages()
            if is_left_to_mkdocs:
                publishing.render_all(site, writer, mkdocs, site_folder, fresh)
            else:
                publishing.render_rest(writer, mkdocs, fresh)
            gone = writer.tidy_site(fresh)
            gone += publishing.write_manifest(writer, site_folder, fresh)
            removed = publishing.removed(target, site_folder, gone) if old else []
    state.keep(removed if is_reused else [], maker, writer.reasons)
    return publishing.reported(site, state, writer, removed, undrawn)


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
    with closing(State(settings, None)) as state:
        catalog = loading.summarised(catalog, settings, state.store, jobs)
        site = listed(catalog, state, jobs)
        _record(site, state)
        state.begin()
        job = Job(pages=settings.pages, shown=site.shown, store=state.store)
        writer = Writer(job, state.pages, state.by_hand, jobs)
        texts = site.shown.fragments
        index = indexing.begin(site.catalog, texts, state.store, writer.has, jobs)
        undrawn = publishing.write_files(site, writer)
        publishing.write_pages(site, writer, None, work.ignore)
        publishing.write_index(site, writer, index())
        publishing.write_guides(site, writer)
        writer.tidy_pages()
        state.keep([], "", writer.reasons)
        count = sum(path.endswith(".md") for path in state.pages.now)
        return count, tuple(sorted(writer.instead)), undrawn


SMALL: Final = 200_000
"""Bytes of sources that one process has read and published before others have started to help."""


def processes(settings: Settings) -> int:
    """How many processes build a catalog if nobody says so: one a core, or one alone."""
    return (os.cpu_count() or 1) if sum(reading.sizes(settings.sources).values()) > SMALL else 1


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


@contextmanager
def alone(root: Path, target: Path) -> Iterator[None]:
    """Within the block, no other run has this catalog, nor is another one built into the site."""
    # An error of the system that names no file is one of MkDocs, which writes the site alone.
    with files.naming(target), locks.alone(root / LOCK), locks.alone(locks.lock(target)):
        yield


@contextmanager
def _timed(seconds: dict[str, float], step: Step, name: str) -> Iterator[Advance]:
    start = time.perf_counter()
    with step(name) as advance:
        yield advance
    seconds[name] = time.perf_counter() - start
