"""One build, from what was read to the new site in its place: all of it, or what may differ."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property, partial
from itertools import chain
from pathlib import Path, PurePath
from typing import Final

from mkdocs.config.defaults import MkDocsConfig

from generator import render, search, similar
from generator.build import files, gather, manifest, owner, reuse, shelf, spare, swap, update, work
from generator.build.filling import Filling, records
from generator.build.gather import LostError, Sources
from generator.build.kept import Kept
from generator.build.ledger import Ledger
from generator.build.memory import Memory, UnsureError
from generator.build.noting import Notes, Places, are_there
from generator.build.reach import Update
from generator.build.report import IndexChange, Report
from generator.build.shelf import Shelf
from generator.build.slices import Slices, Volume
from generator.build.tree import Tree, digest
from generator.build.unchanged import Left
from generator.build.work import Advance
from generator.catalog import Catalog, changes
from generator.catalog.changes import Change
from generator.catalog.listings import Listings
from generator.exports import catalog_records, hosts
from generator.model import addresses
from generator.model.errors import UsageError
from generator.model.papers import parts
from generator.model.settings import Settings
from generator.pages.templates import Site
from generator.search import saved
from generator.text.safe_yaml import shown

Step = Callable[[str], AbstractContextManager[Advance]]
"""Announces a step; within it, its progress can be told."""

Look = Callable[[Sequence[str]], Left]
"""Tells how that lies which a site is made of, where these files of it changed."""


class Build:
    """One build: everything is looked at, or what may differ from the last one."""

    def __init__(
        self,
        settings: Settings,
        mkdocs: MkDocsConfig,
        target: Path,
        jobs: int,
        step: Step,
        *,
        search_later: bool = False,
    ) -> None:
        """Args:
        settings: of the catalog.
        mkdocs: MkDocs' view of it.
        target: the folder of the site.
        jobs: processes at most.
        step: is told what is going on.
        search_later: where few papers changed, leave the search index as it is.
        """
        self._settings = settings
        self._target = target
        self._jobs = jobs
        self._step = step
        self._search_later = search_later
        self._before = Ledger.last(target, reuse.code())
        self._catching_up: Callable[[], bool] | None = None
        self._indexing: Callable[[], search.Index] | None = None
        self._mkdocs = mkdocs
        self._is_left_to_mkdocs = render.is_left_to_mkdocs(mkdocs)

    def close(self) -> None:
        """Leave the last build's notes to the next one."""
        if self._before:
            self._before.close()

    def forget(self) -> None:
        """Have the next build look at everything."""
        self.close()
        Ledger.forget_last(self._target)

    @cached_property
    def _is_caught_up(self) -> bool:
        """Whether what the new site is made in holds just what the old one does."""
        return (self._catching_up or self._catch_up())()

    def _catch_up(self) -> Callable[[], bool]:
        """Begin with that; of a large site, another process does it meanwhile."""
        before = self._before
        token = before and before.fact("token", bytes)
        if not (before and token):
            return partial(spare.take, self._target, b"", 0, tuple)
        count = before.count()
        if count <= spare.LOOKED_THROUGH:
            return partial(spare.take, self._target, token, count, before.paths)
        take = partial(spare.take, token=token, count=count, made=tuple)
        return work.later(take, self._target, self._jobs)

    def whole(self, found: Shelf, sources: Sources, *, clean: bool = False) -> Report:
        """Look at everything.

        Args:
            found: what is published.
            sources: what it was read of, for the next build to go on from.
            clean: forget what earlier builds left.
        """
        target, settings = self._target, self._settings
        before = None if clean else self._before
        old = target if target.is_dir() else None
        caught_up = self._is_caught_up and not clean and not self._is_left_to_mkdocs
        is_large = before is not None and before.count() > spare.LOOKED_THROUGH
        made = Ledger.anew(target)
        cleared = tuple if caught_up else self._clear(swap.building(target))
        try:
            with swap.replaced(target, catalog_records.SCHEMA, reuse=caught_up) as fresh:
                has_twin = not old and not self._is_left_to_mkdocs
                files.clear_away(spare.twin(target))  # of a build that was killed
                places = Places(
                    pages=settings.pages,
                    fresh=None if self._is_left_to_mkdocs else fresh,
                    old=old,
                    twin=files.emptied(spare.twin(target)) if has_twin else None,
                    is_believed=caught_up and is_large,
                )
                with work.keeping_everything(), self._step("write"):
                    site = site_of(found, settings, self._jobs)
                    notes = Notes(places, made, before)
                    site.log = logged(site, settings, before)
                    owner.keep_permanent(settings.permanent, site.briefs)
                    if clean:
                        notes.owned.forget()
                    filling = Filling(site, notes, self._jobs)
                    index = self._index(site.catalog, site.shown.volume, notes.has)
                    filling.export()
                self._write(filling, fresh, index)
                with work.keeping_everything():
                    memory = Memory(
                        edition=found.edition,
                        sources=sources,
                        papers=site.briefs,
                        contradictions=list(found.catalog.contradictions),
                        orcids=found.orcids,
                        found=[[paper.id for paper in papers] for papers in site.listings.found],
                        similar=similar.token(settings.similar),
                        has_cards=site.shown.has_cards,
                        least=site.listings.authors.least,
                    )
                    memory.keep(made, site)
                    token, _ = _noted(made, Tree(settings.pages, fresh, old, twin=places.twin))
                    rendered = len(site.catalog.papers) if clean else made.rendered()
                    removed = _compared(target, fresh, made)
            report = _reported(site, made, notes, target, rendered, removed)
            report.undrawn = filling.undrawn
            made.set_fact("code", reuse.code())
            made.keep()
        finally:
            made.close()
        cleared()
        if places.twin:
            swap.put_in_place(places.twin, swap.building(target))
        spare.note(target, token, () if places.twin else report.changed, report.removed)
        return report

    def _clear(self, folder: Path) -> Callable[[], object]:
        """Have another process delete a folder, which of a large site takes long; gives what waits.

        With one process it is done at once, since there may be no room for a third site.
        """
        aside = swap.set_aside(folder)
        if self._jobs > 1 and aside.is_dir():
            return work.later(files.clear_away, aside, self._jobs, roomy=True)
        files.clear_away(aside)
        return tuple

    def find(self) -> Update | None:
        """What may differ, if only sources changed; `None` where that cannot be told."""
        settings = self._settings
        named = render.named(self._mkdocs)
        if (
            self._is_left_to_mkdocs
            or any(path.startswith(_TITLED_BY_PAPERS) for path in named)
            or not (self._before and spare.has(self._target))
        ):
            return None
        topics, known = owner.load_topics(settings.taxonomy), owner.load_people(settings.people)
        if not topics:  # they are made up from all papers
            return None
        store = shelf.store(topics, settings, self._jobs)
        ledger = self._before
        try:
            with work.keeping_everything():
                memory = Memory.left(ledger)
                if memory is None:
                    return None
                reach = update.find(memory, ledger, store, settings, topics, known, self._jobs)
                # Others are at this while the rest is found.
                self._catching_up = self._catch_up()
                if not self._search_later:
                    there = partial(are_there, ledger, Tree(settings.pages))
                    self._indexing = self._index(reach.catalog, store.volume, there)
                found = reach.update()
            return found if self._is_caught_up else None
        except (UnsureError, LostError):
            return None

    def update(self, found: Update, look: Look) -> tuple[Report, Callable[[], Left]] | None:
        """Look at what may differ; `None` where all has to be looked at after all.

        Args:
            found: says what.
            look: tells how that lies now which the site is made of.

        Returns:
            What was done, and what waits for how that lay afterwards.
        """
        try:
            return self._update(found, look)
        except UnsureError:
            self.close()
            self._before = Ledger.last(self._target, reuse.code())
            self._catching_up = None
            self.__dict__.pop("_is_caught_up", None)
            return None

    def _update(self, found: Update, look: Look) -> tuple[Report, Callable[[], Left]]:
        target, settings, ledger = self._target, self._settings, self._before
        if not ledger:
            raise ValueError("there is nothing to go on from")
        ledger.settle()
        site = found.site
        with swap.replaced(target, catalog_records.SCHEMA, reuse=True) as fresh:
            with work.keeping_everything(), self._step("write"):
                site.log = _logged_update(found, settings)
                owner.keep_permanent(settings.permanent, site.briefs)
                places = Places(pages=settings.pages, fresh=fresh, old=target)
                notes = Notes(places, ledger, ledger, found.scope)
                filling = Filling(site, notes, self._jobs)
                filling.export()

            def keep() -> None:
                ledger.forget("people", found.strangers)
                found.memory.keep(ledger, site)

            self._write(filling, fresh, self._indexing or partial(_as_before, ledger), keep)
            is_large = ledger.count() > spare.LOOKED_THROUGH
            made = [*ledger.changed(), *notes.removed]
            looked: Callable[[], Left] = partial(look, made)
            if is_large:  # on this machine, since another has files of its own
                looked = work.later(look, made, self._jobs, roomy=True)
            token, gone = _noted(ledger, Tree(settings.pages, fresh, target))
            for path in gone:
                files.delete(fresh, path)
            notes.removed = sorted({*notes.removed, *gone})
            rendered = ledger.rendered()
            removed = notes.removed if is_large else _compared(target, fresh, ledger)
        report = _reported(site, ledger, notes, target, rendered, removed)
        report.undrawn = filling.undrawn
        ledger.keep()
        read = (source.name for source in found.memory.sources.values())
        gather.Remembered(settings.sources, settings.readings).keep_only(read)
        spare.note(target, token, report.changed, report.removed)
        return report, looked

    def _index(
        self, catalog: Catalog, volume: Volume, has: Callable[[Collection[str]], bool]
    ) -> Callable[[], search.Index]:
        kept = Kept(self._settings.kept, reuse.code())
        return search.begin(catalog, self._jobs, kept, volume, has)

    def _write(
        self,
        filling: Filling,
        fresh: Path,
        index: Callable[[], search.Index],
        meanwhile: Callable[[], None] | None = None,
    ) -> None:
        """Have all pages written; `meanwhile` is done while others are at it."""
        mkdocs = None if self._is_left_to_mkdocs else self._mkdocs
        with work.keeping_everything(), self._step("render") as advance:
            filling.write(mkdocs)
            if meanwhile:
                meanwhile()
            filling.finish(index, mkdocs, advance)
            if self._is_left_to_mkdocs:
                filling.whole(self._mkdocs, fresh)


_TITLED_BY_PAPERS: Final = ("papers/", addresses.AUTHORS, addresses.VENUES)
"""Folders of pages whose titles follow from papers; all pages show those of the navigation."""


def site_of(found: Shelf, settings: Settings, jobs: int) -> Site:
    """What the pages of all that is published show, but for the log of changes."""
    catalog, volume = found.catalog, found.volume
    queries = [search["query"] for search in settings.searches]
    searched = saved.find(catalog, queries, volume)
    listings = Listings(catalog=catalog, settings=settings, found=searched)
    near = similar.find(catalog.current, jobs, settings.similar, volume)
    return Site(listings, near, volume=volume)


def logged(site: Site, settings: Settings, before: Ledger | None) -> Sequence[Change]:
    """The log of changes, with what differs from the catalog of the build before.

    Args:
        site: what is published now.
        settings: of the catalog.
        before: what the build before noted, if it is known.
    """
    log, day = owner.load_changes(settings.changes), today()
    keys = {file.path: file.key for file in records(site)}
    if before and before.keys(before.like(catalog_records.CATALOGS)) == keys:
        return log
    old = chain.from_iterable(map(files.lines_of, catalog_records.catalogs(settings.pages)))
    new = Slices(site.shown.volume, parts(site.briefs, "record")).pieces
    return _longer(log, changes.compare(old, new, day), settings)


def _logged_update(found: Update, settings: Settings) -> Sequence[Change]:
    """The same, where it is known which papers differ."""
    log = owner.load_changes(settings.changes)
    scope, volume = found.scope, found.site.shown.volume
    lines = {paper.id: volume.read(paper.part("record")) for paper in scope.was}
    new = (volume.read(paper.part("record")) for paper in scope.fresh)
    change = changes.between(lines, new, today())
    return _longer(log, change, settings)


def _longer(log: Sequence[Change], change: Change, settings: Settings) -> Sequence[Change]:
    longer = changes.extended(log, change)
    if longer != log:
        files.write_whole(settings.changes, changes.lines(longer).encode())
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


def _noted(made: Ledger, tree: Tree) -> tuple[bytes, set[str]]:
    """Note what the site consists of, there and in the ledger.

    Args:
        made: what was made.
        tree: the site.

    Returns:
        The digest of that, and the files of the manifest before that are no more.
    """
    before = list(filter(manifest.is_part, made.like("build-manifest*")))
    made.forget("files", before)
    written = [
        (name, *tree.streamed(name, pieces)) for name, pieces in manifest.parts(made.all_lines)
    ]
    made.note_files((name, stamp._replace(modified=0), changed) for name, stamp, changed in written)
    token = digest(b"".join(stamp.digest for _, stamp, _ in written))
    made.set_fact("token", token)
    return token, {*before} - {name for name, _, _ in written}


def _compared(target: Path, fresh: Path, made: Ledger) -> list[str]:
    """Note which files of the new site the old one has not or otherwise; gives what is no more.

    What was noted before need not be what is there: somebody may have changed it, or a build was
    killed.
    """
    changed, removed = files.difference(target, fresh)
    made.set_changed(changed)
    return removed


def _reported(
    site: Site,
    made: Ledger,
    notes: Notes,
    target: Path,
    rendered: int,
    removed: Sequence[str],
) -> Report:
    catalog, size = site.catalog, hosts.measure(made.sizes())
    settings = replace(site.settings, author_pages=site.listings.authors.least)
    return Report(
        site_dir=target,
        papers=len(catalog.papers),
        pages=len(catalog.papers),
        size=size,
        helpful=tuple(hosts.helpful(size, made.sizes(), settings)),
        rendered=rendered,
        index=_index_change(made),
        changed=tuple(made.changed()),
        removed=tuple(removed),
        problems=catalog.problems,
        accounts=catalog.accounts,
        by_hand=tuple(sorted(notes.owned.kept)),
    )


def _index_change(made: Ledger) -> IndexChange:
    index = _index(made)
    sizes = [size for _, size, _ in index]
    again = [size for _, size, changed in index if changed]
    return IndexChange(len(index), sum(sizes), len(again), sum(again))


def _as_before(ledger: Ledger) -> search.Index:
    return search.Index({}, [], [path for path, *_ in _index(ledger)])


def _index(made: Ledger) -> list[tuple[str, int, bool]]:
    """The files of the search index: path, bytes, and whether they changed."""
    every = made.index(f"{search.FOLDER}/")
    return [row for row in every if search.is_ours(PurePath(row[0]).name)]
