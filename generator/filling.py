"""A build from a catalog on: it fills the pages folder and the new site, and notes what it did.

What is made comes as a stream, a few files at a time, so that memory does not grow with the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from pathlib import Path, PurePath
from typing import Final

from mkdocs.config.defaults import MkDocsConfig

from generator import (
    addresses,
    bibliographies,
    cards,
    changes,
    drafts,
    exports,
    feeds,
    files,
    pages,
    parts,
    render,
    reuse,
    search,
    similar,
    spare,
    work,
    writing,
)
from generator.catalog import Catalog
from generator.changes import Change
from generator.config import Settings
from generator.drafts import File
from generator.front_matter import is_generated
from generator.kept import Kept
from generator.listings import Listings
from generator.listings.paging import CITATIONS, cut, latest
from generator.reuse import Record
from generator.search import saved
from generator.templates import Draft, Page, Site
from generator.tree import Seen, Stamp, Tree
from generator.work import Advance

FILES: Final = 500
"""Files whose names are noted together before they are written."""


class Filling(AbstractContextManager["Filling"]):
    """The work of one build. Its methods are called once each, in their order here."""

    def __init__(
        self,
        catalog: Catalog,
        settings: Settings,
        jobs: int,
        record: Record | None = None,
        fresh: Path | None = None,
        old: Path | None = None,
        is_caught_up: bool = False,
    ) -> None:
        """Args:
        catalog: what is published.
        settings: those of the site.
        jobs: processes at most.
        record: what the build before left, if anything.
        fresh: the site to fill; without one, only the pages folder is filled.
        old: the site before, if there is one.
        is_caught_up: the site to fill holds what the old one does.
        """
        self.owned = files.Owned(settings.pages, _was_generated)
        self.made = Record(code=reuse.code())
        self.changed: set[str] = set()
        """Files of the site that are new or differ from the old one's."""

        self._catalog = catalog
        self._settings = settings
        self._jobs = jobs
        self._record = record or Record()
        self._fresh = fresh
        self._old = old
        is_known = is_caught_up and len(self._record.files) > spare.LOOKED_THROUGH
        self._seen = Seen(
            files.lying(settings.pages),
            None if is_known or not fresh else files.lying(fresh),
        )
        self._tree = Tree(settings.pages, fresh, old, self._seen)
        self._exported: dict[str, int] = {}
        self._later: Iterator[File] = iter(())
        """What is put together here while other processes write pages."""

        self._open = ExitStack()

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def export(self) -> Site:
        """Write what is no page and that pages need; what the pages will show."""
        catalog, settings, jobs = self._catalog, self._settings, self._jobs
        queries = [search["query"] for search in settings.searches]
        listings = Listings(catalog=catalog, settings=settings, found=saved.find(catalog, queries))
        site = Site(listings, similar.find(catalog.current, jobs, settings.similar))
        making = parts.Making(dict(site.names), settings.site_url, reuse.code())
        made = parts.Store(settings.parts, catalog.papers, catalog.digests, site.keys, making, jobs)
        self._open.callback(made.close)
        site.entry, site.digest = made.entry, made.digest
        site.log = self._compared(made)
        self._put(exports.schema().items())
        self._put(exports.redirects(catalog, settings.site_url).items())
        self._put(search.write(catalog, jobs, Kept(settings.kept, reuse.code())).items())
        if site.shown.has_cards:
            self._put(cards.write(catalog.papers, settings, site.names, jobs).items())
        cited = (made.cited, made.cited_size, made.digest)
        self._fill(bibliographies.by_year(listings, site.keys, *cited))
        of_lists = bibliographies.of_lists(listings, site.keys, made.cited, made.digest)
        self._later = chain(feeds.write(listings, made.feed, made.digest), of_lists)
        return site

    def _compared(self, made: parts.Store) -> Sequence[Change]:
        """Write the records of all papers; the log of changes, with what differs from before."""
        papers, settings = self._catalog.papers, self._settings
        log = changes.parse(files.text_of(settings.changes), settings.changes)

        def lines() -> Iterator[bytes]:
            return map(made.record, papers)

        records = File(
            exports.CATALOG,
            drafts.key([made.digest(paper) for paper in papers]),
            lambda: b"".join(lines()),
        )
        if not self._is_kept(records):
            old = files.lines_of(settings.pages / exports.CATALOG)
            change = changes.compare(old, lines, _latest_day(self._catalog))
            longer = changes.extended(log, change)
            if longer != log:
                files.write_whole(settings.changes, changes.lines(longer).encode())
                log = longer
        self._fill([records])
        return log

    def write(
        self, site: Site, mkdocs: MkDocsConfig | None = None, advance: Advance = work.ignore
    ) -> None:
        """Write all pages; with a site to fill, render them and those written by hand.

        Args:
            site: what the pages show.
            mkdocs: MkDocs' view of the catalog; without it, nothing is rendered.
            advance: called as pages are done.

        Raises:
            PapershelfError: MkDocs cannot render a page written by hand, or the theme is broken.
        """
        sizes = {
            path: size
            for path, size in self._exported.items()
            if path.startswith(addresses.DOWNLOADS)
        }
        singles = list(pages.singles(site, sizes))
        every = {addresses.file(address) for address in pages.addresses_of_many(site)}
        every |= {addresses.file(page.address) for page in singles}
        job = writing.Job(pages=self._settings.pages, shown=site.shown)
        in_navigation: set[str] = set()
        if mkdocs:
            # These have to be there before anything is rendered, and MkDocs renders them.
            in_navigation = render.named(mkdocs) & every
            for page in _named(site, singles, in_navigation):
                self._write_one(job, page)
            self._name(site, every)
            job = self._prepared(job, mkdocs, every)
        else:
            self._name(site, every)
        for page in singles:
            if addresses.file(page.address) not in in_navigation:
                self._write_one(job, page)
        rest = (
            draft
            for draft in pages.many(site)
            if addresses.file(draft.address) not in in_navigation
        )
        claimed = self._claimed(rest)
        shards = writing.shards(job, claimed, self._tree, self._record, self._note_page)
        for made in work.spread(partial(writing.write, job), shards, self._jobs):
            for one in made:
                self._note_page(one)
            self._fill(islice(self._later, FILES))
            advance(len(self.made.sources), len(every))
        self._fill(self._later)
        self.owned.finish()
        advance(len(every), len(every))

    def whole(self, mkdocs: MkDocsConfig, fresh: Path) -> None:
        """Have MkDocs render all that `write` left to it.

        Raises:
            PapershelfError: it cannot.
        """
        render.whole(mkdocs, fresh)
        tree = Tree(self._settings.pages, fresh, self._old)
        names = {topic.slug: topic.name for topic in self._catalog.topics}
        for paper in self._catalog.papers:
            text = exports.markdown_twin(paper, names, self._settings.site_url)
            tree.published(addresses.markdown_twin(paper.id), text.encode(), None)
        for path in files.relative_files(fresh):
            self._note(path, *tree.settled(path))

    def _prepared(self, job: writing.Job, mkdocs: MkDocsConfig, every: set[str]) -> writing.Job:
        """Render what is not generated; what all shards of pages have in common."""
        if not self._fresh:
            return job
        ours = self.owned.before | self.owned.now
        twins = {addresses.twin(paper.id) for paper in self._catalog.papers}
        by_hand = self._seen.pages.keys() - ours
        generated = (every | twins | ours) - by_hand
        navigation, rest = render.rest(
            mkdocs, self._fresh, by_hand, generated, self.made.files.keys()
        )
        for path in rest:
            self._note(path, *self._tree.settled(path))
        self.made.maker = reuse.maker_of(mkdocs, navigation, repr(replace(job.shown, names={})))
        return replace(
            job,
            config_file=str(mkdocs.config_file_path),
            fresh=self._fresh,
            old=self._old,
            maker=self.made.maker,
            same_maker=self.made.maker == self._record.maker,
        )

    def _claimed(self, drafts: Iterable[Draft]) -> Iterator[Draft]:
        """The pages that are not written by hand."""
        for some in work.batches(drafts, FILES):
            self.owned.claim(addresses.twin(draft.paper) for draft in some if draft.paper)
            free = set(self.owned.claim(addresses.file(draft.address) for draft in some))
            yield from (draft for draft in some if addresses.file(draft.address) in free)

    def _write_one(self, job: writing.Job, page: Page) -> None:
        if self.owned.claim([addresses.file(page.address)]):
            self._note_page(writing.write_page(job, Tree(job.pages, job.fresh, job.old), page))

    def _name(self, site: Site, every: set[str]) -> None:
        """Write what names all pages: the sitemap, and guides for crawlers."""
        catalog, settings = self._catalog, self._settings
        others = self._seen.pages.keys() - self.owned.before - every
        by_hand = {path for path in others if path.endswith(".md")}
        named = {addresses.of_file(path) for path in every | by_hand}
        found = exports.sitemaps(catalog, settings.site_url, named, _last_changed(site.listings))
        texts = {
            exports.LLMS: exports.llms_txt(site.listings),
            exports.ROBOTS: exports.robots(settings.site_url),
        }
        self._put([*found.items(), *texts.items()])

    def _put(self, files: Iterable[tuple[str, str | bytes]]) -> None:
        """Put files into the pages folder and the site."""
        self._fill(drafts.made(path, content) for path, content in files)

    def _fill(self, files: Iterable[File]) -> None:
        """Put files into the pages folder and the site, and make those that are not there."""
        for some in work.batches(files, FILES):
            free = set(self.owned.claim(file.path for file in some))
            for file in some:
                if file.path not in free:
                    continue
                known = self._record.files.get(file.path)
                if known and self._is_kept(file):
                    self._note(file.path, known, False)
                else:
                    content = file.make()
                    data = content.encode() if isinstance(content, str) else content
                    self._note(file.path, *self._tree.both(file.path, data, known))
                if file.key:
                    self.made.keys[file.path] = file.key
                self._exported[file.path] = self.made.files[file.path].size

    def _is_kept(self, file: File) -> bool:
        """Whether a file is there as it was, also in the new site, and would be made the same."""
        known = self._record.files.get(file.path)
        return (
            known is not None
            and self._record.code == reuse.code()
            and file.key != b""
            and file.key == self._record.keys.get(file.path)
            and self._tree.still_both(file.path, known)
        )

    def _note_page(self, made: writing.Made) -> None:
        self.made.sources[made.path] = made.source
        self.made.keys[made.path] = made.key
        for path, stamp, changed in made.files:
            self._note(path, stamp, changed)

    def _note(self, path: str, stamp: Stamp, changed: bool) -> None:
        self.made.files[path] = stamp
        if changed:
            self.changed.add(path)

    def removed(self) -> set[str]:
        """Files of the old site that the new one has not."""
        before = self._record.files or (files.relative_files(self._old) if self._old else ())
        return {path for path in before if path != reuse.MANIFEST} - self.made.files.keys()


def _named(site: Site, singles: Iterable[Page], paths: set[str]) -> Iterator[Page]:
    """The pages of these paths."""
    left = {addresses.of_file(path) for path in paths}
    found = [page for page in singles if page.address in left]
    yield from found
    left -= {page.address for page in found}
    for listing in site.listings.every() if left else ():
        if any(address.startswith(listing.address) for address in left):
            for draft in pages.lists.paged(site, listing):
                if draft.address in left:
                    yield draft.make()
                    left.discard(draft.address)
    for draft in pages.paper.papers(site) if left else ():
        if draft.address in left:
            yield draft.make()


def _last_changed(listings: Listings) -> dict[str, str]:
    """The day of the latest paper of each list, and of those on its later pages, by address."""
    days = {addresses.FRONT: _latest_day(listings.catalog)}
    days |= {addresses.date(day): day for day in listings.catalog.by_date if len(day) == 10}
    for listing in listings.every():
        for page in cut(listing, listings.settings.papers_per_page):
            address = addresses.page(listing.address, page.name)
            changed = latest(page.papers if page.name else listing.papers)
            days[address] = max(changed, days.get(address, ""))
    return days


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
