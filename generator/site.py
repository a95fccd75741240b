"""The whole way from sources to a site: `build` reads top-down, each step timed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path, PurePath
from typing import Any

from generator import (
    addresses,
    bibliographies,
    cards,
    changes,
    config,
    exports,
    feeds,
    files,
    merging,
    pages,
    people,
    reuse,
    search,
    similar,
    taxonomy,
    work,
)
from generator import catalog as catalogs
from generator.catalog import Catalog
from generator.changes import Change
from generator.config import Settings
from generator.errors import Problem, UsageError
from generator.front_matter import is_generated
from generator.gather import gather
from generator.listings import Listings
from generator.listings.paging import CITATIONS
from generator.merging import Account
from generator.render import Advance, render
from generator.search import saved
from generator.templates import Site

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
        # MkDocs takes any `.md` for a page to render, so these do not go through its folder.
        for path, text in exports.markdown_twins(catalog, settings.site_url):
            files.write_file(fresh / path, text)
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
    lines = exports.catalog_lines(catalog, settings.site_url)
    site = Site(
        Listings(
            catalog=catalog,
            settings=settings,
            found=saved.find(catalog, [search["query"] for search in settings.searches]),
        ),
        similar.find(catalog.current, jobs),
        _extended_log(catalog, settings, lines),
    )
    content: dict[str, str | bytes] = {
        exports.CATALOG: lines,
        **exports.schema(),
        **exports.twins(catalog, settings.site_url),
        **exports.redirects(catalog, settings.site_url),
        **search.write(catalog, jobs),
        **feeds.write(site.listings),
        **bibliographies.write(site.listings, site.keys),
    }
    if site.has_cards:
        content |= cards.write(catalog.papers, settings, site.names, jobs)
    sizes = {
        path: len(text.encode() if isinstance(text, str) else text)
        for path, text in content.items()
        if path.startswith(addresses.DOWNLOADS)
    }
    content |= pages.write(site, sizes)

    by_hand = {path for path in files.relative_files(folder) if path.endswith(".md")} - owned
    everything = {
        addresses.of_file(path) for path in content.keys() | by_hand if path.endswith(".md")
    }
    content |= {
        exports.LLMS: exports.llms_txt(site.listings),
        exports.ROBOTS: exports.robots(settings.site_url),
        **exports.sitemaps(catalog, settings.site_url, everything, _last_changed(site.listings)),
    }
    written = files.write_tree(folder, content, owned)
    generated = sorted(path for path in content.keys() - set(written.kept) if path.endswith(".md"))
    return generated, written.kept


def _last_changed(listings: Listings) -> dict[str, str]:
    """The day of the latest paper on each page of each list, by address."""
    days = {addresses.FRONT: _latest_day(listings.catalog)}
    days |= {addresses.date(day): day for day in listings.catalog.by_date if len(day) == 10}
    for listing in listings.every():
        pages = -(-len(listing.papers) // listings.settings.papers_per_page)
        for number in range(1, pages + 1):
            address = addresses.numbered(listing.address, number)
            days[address] = max(listing.changed, days.get(address, ""))
    return days


def _extended_log(catalog: Catalog, settings: Settings, lines: str) -> list[Change]:
    """The log of changes, with what differs from the build before."""
    log = changes.parse(files.text_of(settings.changes), settings.changes)
    old = files.text_of(settings.pages / exports.CATALOG)
    longer = changes.extended(log, changes.compare(old, lines, _latest_day(catalog)))
    if longer != log:
        files.write_whole(settings.changes, changes.lines(longer).encode())
    return longer


def _latest_day(catalog: Catalog) -> str:
    return max((paper.days[-1].isoformat() for paper in catalog.papers if paper.days), default="")


def _was_generated(path: Path) -> bool:
    """Whether a file of the pages folder was made here; for when the manifest is lost."""
    if path.suffix == ".md":
        return is_generated(path.read_text("utf-8", errors="replace"))
    if path.suffix == ".html":
        return exports.is_redirect(path.read_text("utf-8", errors="replace"))
    if path.suffix == ".json" and path.parent.name == "papers":
        return exports.is_twin(path.read_text("utf-8", errors="replace"))
    if path.suffix == ".png":
        return cards.is_ours(path.read_bytes())
    return (
        path.name in _OURS
        or (path.parent.name == search.FOLDER and search.is_ours(path.name))
        or (path.parent.name == "downloads" and path.name.endswith(CITATIONS))
        or (path.name.startswith("sitemap") and path.suffix == ".xml")
    )


_OURS = {
    *(exports.CATALOG, exports.SCHEMA, exports.LLMS, exports.ROBOTS, feeds.OPML),
    *(PurePath(addresses.atom("")).name, PurePath(addresses.json_feed("")).name),
    *(PurePath(addresses.citations("", ending)).name for ending in CITATIONS),
}
"""Names of files that are made in many folders or once."""


@contextmanager
def _timed(seconds: dict[str, float], step: Step, name: str) -> Iterator[Advance]:
    start = time.perf_counter()
    with step(name) as advance:
        yield advance
    seconds[name] = time.perf_counter() - start
