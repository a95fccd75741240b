"""The whole way from sources to a site: `build` reads top-down, each step timed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from generator import (
    addresses,
    config,
    exports,
    files,
    merging,
    pages,
    people,
    reuse,
    search,
    taxonomy,
    work,
)
from generator import catalog as catalogs
from generator.catalog import Catalog
from generator.config import Settings
from generator.errors import Problem, UsageError
from generator.gather import gather
from generator.merging import Account
from generator.render import Advance, render
from generator.templates import is_generated

Step = Callable[[str], AbstractContextManager[Advance]]
"""Announces a step; within it, its progress can be told."""


def _ignore(done: int, total: int) -> None: ...


def quiet(name: str) -> AbstractContextManager[Advance]:
    """A `Step` that says nothing."""
    return nullcontext(_ignore)


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
    step: Step = quiet,
) -> Report:
    """Build the catalog in `root` into a site.

    1. Read the settings, the taxonomy and all sources; merge them into one catalog.
    2. Write its pages and exports below MkDocs' `docs_dir`.
    3. Render that folder beside the old site, and put the result in its place.

    Args:
        root: the catalog's folder, which holds `mkdocs.yml`.
        site_dir: where the site goes; by default MkDocs' setting, `site/`.
        jobs: processes at most; by default one a core.
        clean: forget what earlier builds left, and make all anew.
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
    with timed("read") as advance:
        catalog = read_catalog(settings, jobs, advance, keep=True)
    with timed("write"):
        written, by_hand = write_pages(catalog, settings, clean, jobs)
    with files.replaced(target, exports.CATALOG) as fresh:
        with timed("render") as advance:
            record = render(mkdocs, fresh, written, jobs, advance, None if clean else target)
        with timed("compare"):
            same = set() if clean else files.keep_times(target, fresh)
        total = len(files.relative_files(fresh))
        index = _index_change(fresh, same)
    reuse.save(target, record)
    kept = sum(f"{addresses.paper(paper.id)}index.html" in same for paper in catalog.papers)
    return Report(
        site_dir=target,
        papers=len(catalog.papers),
        pages=len(catalog.papers),
        files=total,
        rendered=len(catalog.papers) - kept,
        index=index,
        problems=catalog.problems,
        accounts=catalog.accounts,
        by_hand=by_hand,
        seconds=seconds,
    )


def _index_change(site_dir: Path, same: set[str]) -> IndexChange:
    """Args: the new site, and which of its files are those of the old one."""
    sizes = {
        path.relative_to(site_dir).as_posix(): path.stat().st_size
        for path in (site_dir / search.FOLDER).glob("*")
        if search.is_ours(path.name)
    }
    changed = [size for path, size in sizes.items() if path not in same]
    return IndexChange(len(sizes), sum(sizes.values()), len(changed), sum(changed))


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
    settings: Settings, jobs: int = 1, advance: Advance = _ignore, *, keep: bool = False
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
        return catalogs.build(readings, topics, known)


def write_pages(
    catalog: Catalog, settings: Settings, clean: bool = False, jobs: int = 1
) -> tuple[list[str], tuple[str, ...]]:
    """Write all that is generated into the pages folder, beside what is written by hand.

    Returns:
        The generated Markdown, as sorted paths, and the paths where a page by hand stands instead.
    """
    folder = settings.pages
    owned = files.owned(folder, _was_generated)
    if clean:
        files.write_tree(folder, {}, owned)
    content: dict[str, str | bytes] = dict(pages.write(catalog, settings))
    by_hand = {path for path in files.relative_files(folder) if path.endswith(".md")} - owned
    everything = {addresses.of_file(path) for path in content.keys() | by_hand}
    content |= {
        exports.CATALOG: exports.catalog_lines(catalog, settings.site_url),
        exports.ROBOTS: exports.robots(settings.site_url),
        **exports.redirects(catalog, settings.site_url),
        **exports.twins(catalog, settings.site_url),
        **search.write(catalog, jobs),
        **exports.sitemaps(catalog, settings.site_url, everything),
    }
    written = files.write_tree(folder, content, owned)
    generated = sorted(path for path in content.keys() - set(written.kept) if path.endswith(".md"))
    return generated, written.kept


def _was_generated(path: Path) -> bool:
    """Whether a file of the pages folder was made here; for when the manifest is lost."""
    if path.suffix == ".md":
        return is_generated(path.read_text("utf-8", errors="replace"))
    if path.suffix == ".html":
        return exports.is_redirect(path.read_text("utf-8", errors="replace"))
    if path.suffix == ".json" and path.parent.name == "papers":
        return exports.is_twin(path.read_text("utf-8", errors="replace"))
    return (
        path.name in (exports.CATALOG, exports.ROBOTS)
        or (path.parent.name == search.FOLDER and search.is_ours(path.name))
        or (path.name.startswith("sitemap") and path.suffix == ".xml")
    )


@contextmanager
def _timed(seconds: dict[str, float], step: Step, name: str) -> Iterator[Advance]:
    start = time.perf_counter()
    with step(name) as advance:
        yield advance
    seconds[name] = time.perf_counter() - start
