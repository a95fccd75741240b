"""The whole way from sources to a site: `build` reads top-down, each step timed."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path, PurePath
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig

from generator import (
    addresses,
    config,
    exports,
    files,
    merging,
    people,
    render,
    reuse,
    search,
    spare,
    taxonomy,
    unchanged,
    work,
)
from generator import catalog as catalogs
from generator.catalog import Catalog
from generator.config import Settings
from generator.errors import Problem, UsageError
from generator.filling import Filling
from generator.gather import gather
from generator.kept import Kept
from generator.merging import Account
from generator.tree import Stamp, Tree, digest
from generator.work import Advance

Step = Callable[[str], AbstractContextManager[Advance]]
"""Announces a step; within it, its progress can be told."""


def quiet(name: str) -> AbstractContextManager[Advance]:
    """A `Step` that says nothing."""
    return nullcontext(work.ignore)


@dataclass(frozen=True, slots=True)
class IndexChange:
    """How large the search index is, and how much of it differs from the site before."""

    files: int
    bytes: int
    changed_files: int
    changed_bytes: int


@dataclass(kw_only=True)
class Report:
    """What a build did: printed for people and, as `as_json`, for programs."""

    site_dir: Path
    papers: int
    pages: int
    """Pages of papers, one each; listings are not counted."""

    files: int
    """All files of the site."""

    rendered: int
    """Pages of papers that are new or differ from the site before."""

    index: IndexChange
    """What became of the search index."""

    changed: tuple[str, ...]
    """Files of the site that are new or differ from the site before, by path."""

    removed: tuple[str, ...]
    """Files of the site before that are no more."""

    problems: tuple[Problem, ...]
    accounts: tuple[Account, ...]
    """What became of the records of every source."""

    by_hand: tuple[str, ...]
    """Pages written by hand that stand in place of generated ones."""

    seconds: dict[str, float] = field(default_factory=dict)
    """How long each step took."""

    def as_json(self) -> dict[str, Any]:
        """The object that `papershelf build --json` prints."""
        counts = merging.as_json(self.accounts)
        return {
            "papers": self.papers,
            "records": counts["records"],
            "merged": counts["merged"],
            "pages": self.pages,
            "rendered": self.rendered,
            "unchanged": self.pages - self.rendered,
            "index": asdict(self.index),
            "changed": list(self.changed),
            "removed": list(self.removed),
            "problems": [asdict(problem) for problem in self.problems],
            "sources": counts["sources"],
            "seconds": {step: round(seconds, 3) for step, seconds in self.seconds.items()},
        }


def build(
    root: Path,
    *,
    site_dir: Path | None = None,
    jobs: int = 0,
    clean: bool = False,
    scheduler: str = "",
    step: Step = quiet,
) -> Report:
    """Build the catalog in `root` into a site.

    1. Read the settings, the taxonomy and all sources; merge them into one catalog.
    2. Write its pages and exports below MkDocs' `docs_dir`, and render them beside the old site.
    3. Put the result in its place.

    Args:
        root: the catalog's folder, which holds `mkdocs.yml`.
        site_dir: where the site goes; by default MkDocs' setting, `site/`.
        jobs: processes at most; by default one a core.
        clean: forget what earlier builds left, and make all anew.
        scheduler: the address of a Dask scheduler whose workers do the work, if any.
        step: is told what is going on.

    Raises:
        PapershelfError: the catalog cannot be built before a person mends it.
    """
    seconds: dict[str, float] = {}
    timed = partial(_timed, seconds, step)
    jobs = jobs or os.cpu_count() or 1

    settings, mkdocs = config.load(root)
    target = (site_dir or Path(mkdocs.site_dir)).resolve()
    _keep_apart(target, settings)
    with files.alone(root / LOCK), work.workers(jobs, scheduler):
        before = unchanged.inputs(settings, mkdocs)
        left, last = unchanged.load(target, Report)
        if not clean and left == (before, unchanged.outputs(settings, target)):
            return _nothing_changed(last)
        with timed("read") as advance:
            catalog = read_catalog(settings, jobs, advance, keep=True)
        report = publish(catalog, settings, mkdocs, target, jobs=jobs, clean=clean, step=timed)
        report = replace(report, seconds=seconds)
        # What was put there while this build ran is not in it, so the next one has to look.
        if before == unchanged.inputs(settings, mkdocs):
            found = (before, unchanged.outputs(settings, target))
            unchanged.save(target, found, _nothing_changed(report))
    return report


def _nothing_changed(last: Report) -> Report:
    index = replace(last.index, changed_files=0, changed_bytes=0)
    return replace(last, rendered=0, index=index, changed=(), removed=(), seconds={})


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
    left_to_mkdocs = render.is_left_to_mkdocs(mkdocs)
    record = reuse.Record() if clean else reuse.load(target)
    caught_up = spare.take(target, record.token, {*record.files, reuse.MANIFEST})
    with (
        files.replaced(target, exports.CATALOG, reuse=caught_up and not left_to_mkdocs) as fresh,
        Filling(
            catalog,
            settings,
            jobs,
            record=record,
            fresh=None if left_to_mkdocs else fresh,
            old=target if target.is_dir() and not clean else None,
            is_caught_up=caught_up,
        ) as filling,
        work.keeping_everything(),
    ):
        if clean:
            filling.owned.forget()
        with step("write"):
            site = filling.export()
        with step("render") as advance:
            filling.write(site, None if left_to_mkdocs else mkdocs, advance)
            if left_to_mkdocs:
                filling.whole(mkdocs, fresh)
        made, changed, removed = filling.made, filling.changed, filling.removed()
        for path in removed:
            files.delete(fresh, path)
        manifest = _manifest(made.files).encode()
        Tree(settings.pages, fresh, target).published(reuse.MANIFEST, manifest, None)
        made.token = digest(manifest)
    reuse.save(target, made)
    spare.note(target, made.token, {*changed, reuse.MANIFEST}, removed)
    return Report(
        site_dir=target,
        papers=len(catalog.papers),
        pages=len(catalog.papers),
        files=len(made.files) + 1,
        rendered=sum(
            f"{addresses.paper(paper.id)}index.html" in changed for paper in catalog.papers
        ),
        index=_index_change(made.files, changed),
        changed=tuple(sorted(changed)),
        removed=tuple(sorted(removed)),
        problems=catalog.problems,
        accounts=catalog.accounts,
        by_hand=tuple(sorted(filling.owned.kept)),
    )


def _manifest(made: Mapping[str, Stamp]) -> str:
    digests = {path: made[path].digest for path in sorted(made)}
    return json.dumps({"digest": "blake2b-128", "files": digests}, indent=0) + "\n"


def _index_change(made: Mapping[str, Stamp], changed: Collection[str]) -> IndexChange:
    """Args: the files of the new site, and which of them differ from those of the old one."""
    index = [
        path
        for path in made
        if path.startswith(f"{search.FOLDER}/") and search.is_ours(PurePath(path).name)
    ]
    again = [path for path in index if path in changed]
    return IndexChange(
        *(len(index), sum(made[path].size for path in index)),
        *(len(again), sum(made[path].size for path in again)),
    )


LOCK: Final = ".papershelf/lock"


def _keep_apart(target: Path, settings: Settings) -> None:
    """Refuse a site that would take the place of the catalog, or lie within its pages.

    The pages folder holds the same exports as a site, so it could be mistaken for one.
    """
    for folder in (settings.pages.resolve(), settings.sources.resolve()):
        if target.is_relative_to(folder) or folder.is_relative_to(target):
            raise UsageError(
                f"{target}: expected a place for the site apart from {folder}, which the site is "
                "made of. Name another with --site-dir."
            )


def read_catalog(
    settings: Settings, jobs: int = 1, advance: Advance = work.ignore, *, keep: bool = False
) -> Catalog:
    """Everything in `content/`: the sources, merged, with their topics and people.

    With `keep`, files that do not change until the next time are not parsed again then.

    Raises:
        ConfigError: the taxonomy or the file of authors cannot be read.
    """
    topics = taxonomy.load(settings.taxonomy)
    known = people.load(settings.people)
    with work.keeping_everything():
        readings = gather(settings.sources, settings.readings, jobs, advance, keep=keep)
        kept = Kept(settings.kept, reuse.code()) if keep else None
        return catalogs.build(readings, topics, known, jobs=jobs, kept=kept)


def write_pages(catalog: Catalog, settings: Settings, jobs: int = 1) -> tuple[int, tuple[str, ...]]:
    """Write all that is generated into the pages folder, beside what is written by hand.

    Returns:
        How many pages there are, and the paths where a page by hand stands instead.
    """
    with Filling(catalog, settings, jobs) as filling:
        filling.write(filling.export())
    return len(filling.made.sources), tuple(sorted(filling.owned.kept))


@contextmanager
def _timed(seconds: dict[str, float], step: Step, name: str) -> Iterator[Advance]:
    start = time.perf_counter()
    with step(name) as advance:
        yield advance
    seconds[name] = time.perf_counter() - start
