"""A build from a catalog on: it fills the pages folder and the new site, and notes what it did.

What is made comes as a stream, a few files at a time, so that memory does not grow with the site.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain
from operator import itemgetter
from pathlib import Path, PurePath
from typing import Final

from mkdocs.config.defaults import MkDocsConfig

from generator import (
    addresses,
    bibliographies,
    cards,
    drafts,
    exports,
    feeds,
    files,
    manifest,
    pages,
    render,
    reuse,
    search,
    slices,
    text,
    work,
    writing,
)
from generator.catalog import Catalog
from generator.drafts import Draft, File, Later
from generator.front_matter import is_generated
from generator.ledger import Ledger
from generator.listings import Listing
from generator.listings.paging import CITATIONS
from generator.listings.subjects import LETTERS
from generator.memory import UnsureError
from generator.ownership import Owned, OwnedAsNoted
from generator.papers import PARTS, Brief, Paper, parts
from generator.slices import NOWHERE, Slices, whole
from generator.templates import Page, Site
from generator.tree import Seen, Tree
from generator.work import Advance
from generator.writing import Job, Made

TOGETHER: Final = 500
"""Pages that are noted together."""

SHARDS: Final = 100
"""Shards that are given out at once where few pages may differ."""

CARDS: Final = 1_000
"""Pictures that are drawn before they are written."""


@dataclass(frozen=True, kw_only=True)
class Places:
    """The folders that a build fills."""

    pages: Path
    """The pages folder, of which MkDocs makes a site."""

    fresh: Path | None = None
    """The site to fill; without one, only the pages folder is filled."""

    old: Path | None = None
    """The site before, if there is one."""

    twin: Path | None = None
    """A second site to fill; see `Tree`."""

    is_looked_through: bool = True
    """Whether all files are looked at first; else what was noted of them is believed."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What may differ from the site before, where that is known."""

    papers: frozenset[str]
    """The ids of those whose pages may differ."""

    fresh: Sequence[Brief]
    """The papers that are new or differ themselves."""

    was: Sequence[Brief]
    """What was known before of those that changed or are gone."""

    gone: frozenset[str]
    """The ids of those that are no more."""

    folders: frozenset[str]
    """The addresses of lists by author that may be no more, or differ."""


class Filling:
    """The work of one build. Its methods are called once each, in their order here."""

    def __init__(
        self,
        site: Site,
        places: Places,
        made: Ledger,
        *,
        before: Ledger | None = None,
        scope: Scope | None = None,
        jobs: int = 1,
    ) -> None:
        """Args:
        site: what is published.
        places: where.
        made: what is done is noted there.
        before: what an earlier build noted, if anything.
        scope: what has to be looked at, if not everything; `made` is then `before`.
        jobs: processes at most.
        """
        self._site = site
        self._settings = site.settings
        self._places = places
        self._made = made
        self._before = before
        self._scope = scope
        self._jobs = jobs
        self.owned: Owned
        """What is ours of the pages folder."""

        seen = None
        if not scope:
            looked = places.fresh if places.is_looked_through else None
            seen = Seen(files.lying(places.pages), files.lying(looked) if looked else None)
            self.owned = Owned(places.pages, _was_generated)
            self._by_hand = seen.pages.keys() - self.owned.before
        else:
            self.owned = self._few = OwnedAsNoted(places.pages, self._noted_as_ours)
            self.owned.kept.update(made.fact(_KEPT, list[str]) or ())
            self._by_hand = set(made.fact(_BY_HAND, list[str]) or ())
        self._tree = Tree(places.pages, places.fresh, places.old, seen, places.twin)
        self._stayed: set[str] = set()
        """Files of the site that were looked at and stay, or were made; within a scope."""

        self._ours: set[str] = set()
        """Files that there is one of."""

        self.removed: list[str] = []
        """Files of the site before that are no more, sorted."""

        self._begun: Iterator[list[Made]] = iter(())
        """Files that are being made."""

        self._noted: list[Made] = []
        self._sizes: dict[str, int] = {}
        self._job = Job(
            pages=places.pages,
            shown=site.shown,
            fresh=places.fresh,
            old=places.old,
            twin=places.twin,
            same_code=before is not None,
        )

    # What is no page

    def has(self, paths: Collection[str]) -> bool:
        """Whether all of these files are there from the last time."""
        if not self._before:
            return False
        known = self._before.files(paths)
        return all(path in known and self._tree.still_both(path, known[path]) for path in paths)

    def export(self) -> None:
        """Write what is no page: what pages need, and the rest in other processes meanwhile."""
        site, settings = self._site, self._settings
        records = Later(_joined, lambda: (self._slices(site.catalog.papers, "record"),))
        lists = self._lists
        found = chain(
            [File(exports.CATALOG, records_key(site), records)],
            bibliographies.of_lists(
                site.listings.every() if lists is None else lists, self._citing, site.digests
            ),
            feeds.write(site.listings, self._fed, site.digests, lists),
        )
        self._begun = self._spread(self._shards(found))
        some = self._scope.fresh if self._scope else site.catalog.papers
        self._put(exports.schema().items())
        self._put(exports.redirects(some, settings.site_url).items())
        if site.shown.has_cards:
            volume = site.shown.volume
            for shard in slices.shards(some, volume, CARDS):
                drawn = cards.write(list(whole(shard)), settings, site.names, self._jobs)
                self._put(drawn.items())
        self._fill(bibliographies.by_year(site.listings, self._citing, _cited_size, site.digests))

    @cached_property
    def _lists(self) -> list[Listing] | None:
        """The lists to be looked at; `None` for all."""
        return pages.lists.changed(self._site, self._made.keys) if self._scope else None

    def _noted_as_ours(self, paths: Collection[str]) -> Set[str]:
        made = self._made
        return (made.sources(paths).keys() | made.files(paths).keys()) - self._by_hand

    def _search(self, index: search.Index) -> None:
        self._put(index.files.items())
        self._stay(index.stay)

    def _slices(self, papers: Iterable[Paper], part: str) -> Slices:
        return Slices(self._site.shown.volume, parts(papers, part))

    def _citing(self, papers: Sequence[Paper], ending: str) -> Slices:
        return self._slices(papers, ending)

    def _fed(self, papers: Sequence[Paper]) -> feeds.Entries:
        return feeds.Entries(self._slices(papers, "atom"), self._slices(papers, "json"))

    # Pages

    def write(
        self,
        index: Callable[[], search.Index],
        mkdocs: MkDocsConfig | None = None,
        advance: Advance = work.ignore,
    ) -> None:
        """Write all pages; with a site to fill, render them and those written by hand.

        Args:
            index: waits for the search index, which is made meanwhile.
            mkdocs: MkDocs' view of the catalog; without it, nothing is rendered.
            advance: called as pages are done.

        Raises:
            PapershelfError: MkDocs cannot render a page written by hand, or the theme is broken.
            UnsureError: something else differs than what is in scope.
        """
        site, only = self._site, self._scope.papers if self._scope else None
        sizes = {
            path: size for path, size in self._sizes.items() if path.startswith(addresses.DOWNLOADS)
        }
        singles = list(pages.singles(site, sizes))
        in_navigation: set[str] = set()
        shown: list[str] = []
        fresh = self._places.fresh
        if mkdocs and fresh:
            # These have to be there before anything is rendered, and MkDocs renders them.
            in_navigation = render.named(mkdocs)
            before = self._before.sources(in_navigation) if self._before else {}
            for page, day in _named(site, singles, in_navigation - self._by_hand):
                self._write_one(page, day, is_rendered=False)
                path = addresses.file(page.address)
                known = before.get(path)
                if not (known and self._tree.is_there(path, known)):
                    shown.append(path)
            for path in in_navigation - self.owned.now:
                if path in self.owned:  # it is no more, and must not be shown
                    files.delete(self._places.pages, path)
            self._prepare(mkdocs, fresh)
        for single in singles:
            if addresses.file(single.address) not in in_navigation:
                self._write_one(single)
        rest = (
            draft
            for draft in pages.many(site, only, self._lists)
            if addresses.file(draft.address) not in in_navigation
        )
        job, count, total = self._job, 0, pages.count(site, only, self._lists)
        shards = writing.shards(job, self._claimed(rest), self._tree, self._before, self._same)
        for made in self._spread(shards):
            for one in made:
                self._note(one)
            count += len(made)
            advance(min(count, total), total)
        for one in chain.from_iterable(self._begun):
            self._note(one)
        advance(total, total)
        self._search(index())
        if self._scope:
            self._stayed.update(self._made.fact(_REST, list[str]) or ())
            self._forget(self._gone(self._scope))
        self._name()
        if mkdocs and fresh:
            self._rest(mkdocs, fresh, shown)
        self._note_all()
        self._made.set_fact(_KEPT, sorted(self.owned.kept))
        if not self._scope:
            self._forget(self._missing())
            self.owned.finish()

    def _spread(self, shards: Iterable[bytes | Sequence[writing.Wanted]]) -> Iterator[list[Made]]:
        """Have pages or files written; where they are few, all are given out at once."""
        ahead = SHARDS if self._scope else 0
        return work.spread(partial(writing.write, self._job), shards, self._jobs, ahead)

    def _prepare(self, mkdocs: MkDocsConfig, fresh: Path) -> None:
        """Find out what all pages depend on."""
        navigation = render.navigation(mkdocs, fresh)
        shown = repr(replace(self._site.shown, names={}, volume=NOWHERE))
        maker = reuse.maker_of(mkdocs, navigation, shown)
        was = self._before.fact(_MAKER, str) if self._before else None
        self._made.set_fact(_MAKER, maker)
        if maker != was:
            if self._scope:  # the navigation names a page that came, or went
                raise UnsureError
            files.emptied(self._settings.frames)
        self._job = replace(
            self._job,
            config_file=str(mkdocs.config_file_path),
            maker=maker,
            same_maker=maker == was,
        )

    def _rest(self, mkdocs: MkDocsConfig, fresh: Path, shown: Collection[str]) -> None:
        """Have MkDocs make what is not generated, and the pages of the navigation that changed."""
        generated = self.owned if self._scope else self.owned.now
        linked = sorted(render.linked(mkdocs, self._by_hand, generated))
        if self._scope and linked == self._made.fact(_LINKED, list[str]):
            made = render.some(mkdocs, fresh, shown)
        else:
            ours = self._ours
            made = render.rest(mkdocs, fresh, self._by_hand, generated, linked, ours)
            self._made.set_fact(_LINKED, linked)
            self._made.set_fact(_REST, made)
        for path in made:
            self._note(Made("", b"", None, None, [(path, *self._tree.settled(path))]))

    def whole(self, mkdocs: MkDocsConfig, fresh: Path) -> None:
        """Have MkDocs render all that `write` left to it.

        Raises:
            PapershelfError: it cannot.
        """
        render.whole(mkdocs, fresh)
        site = self._site
        for some in work.batches(site.catalog.papers, TOGETHER):
            for paper in whole(slices.shards(some, site.shown.volume, TOGETHER)[0]):
                text = exports.markdown_twin(paper, site.names, self._settings.site_url)
                files.write_file(fresh / addresses.markdown_twin(paper.id), text)
        tree = Tree(self._places.pages, fresh, self._places.old)
        for path in files.relative_files(fresh):
            self._note(Made("", b"", None, None, [(path, *tree.settled(path))]))
        self._note_all()
        self._forget(self._missing())

    # Putting, noting and taking away

    def _put(self, found: Iterable[tuple[str, str | bytes]]) -> None:
        """Put files into the pages folder and the site."""
        every = [drafts.made(path, content) for path, content in found]
        self._ours.update(file.path for file in every)
        self._fill(every)

    def _fill(self, found: Iterable[File]) -> None:
        """Put files into both, and make those that are not there, in this process."""
        for shard in self._shards(found):
            for one in writing.write(self._job, shard):
                self._note(one)

    def _shards(self, found: Iterable[File]) -> Iterator[list[writing.Wanted]]:
        return writing.file_shards(
            self._job, self._claimed_files(found), self._tree, self._before, self._same
        )

    def _stay(self, paths: Iterable[str]) -> None:
        """Have files stay that would be made the same."""
        for some in work.batches(paths, TOGETHER):
            known = self._before.files(some) if self._before else {}
            for path in self.owned.claim(some):
                self._same(Made(path, b"", None, None, [(path, known[path], False)]))

    def _write_one(self, page: Page, day: str = "", *, is_rendered: bool = True) -> None:
        if self.owned.claim([addresses.file(page.address)]):
            tree = self._job.tree
            made = writing.write_page(self._job, tree, page, day=day, is_rendered=is_rendered)
            self._note(made)
            self._stayed.update(writing.outputs(page.address, ""))

    def _claimed(self, found: Iterable[Draft]) -> Iterator[Draft]:
        """The pages that are not written by hand."""
        for some in work.batches(found, TOGETHER):
            self.owned.claim(addresses.twin(draft.paper) for draft in some if draft.paper)
            free = set(self.owned.claim(addresses.file(draft.address) for draft in some))
            yield from (draft for draft in some if addresses.file(draft.address) in free)

    def _claimed_files(self, found: Iterable[File]) -> Iterator[File]:
        for some in work.batches(found, TOGETHER):
            free = set(self.owned.claim(file.path for file in some))
            yield from (file for file in some if file.path in free)

    def _same(self, made: Made) -> None:
        """Note what stays as it was; within a scope it is noted already."""
        if self._scope:
            self._look(made)
        else:
            self._note(made)

    def _note(self, made: Made) -> None:
        """Note what was made."""
        self._look(made)
        self._noted.append(made)
        if len(self._noted) >= TOGETHER:
            self._note_all()

    def _look(self, made: Made) -> None:
        if self._scope:
            self._stayed.update(path for path, _, _ in made.files)
        if made.name.startswith(addresses.DOWNLOADS) and made.day is None:
            self._sizes[made.name] = made.files[0][1].size

    def _note_all(self) -> None:
        made = self._noted
        self._made.note_drafts(
            (one.name, one.key, one.day) for one in made if one.key or one.day is not None
        )
        self._made.note_sources(one.source for one in made if one.source)
        self._made.note_files(file for one in made for file in one.files)
        made.clear()

    # What names all pages, and what is no more

    def _name(self) -> None:
        """Write what names all pages: the sitemap, and guides for crawlers."""
        self._note_all()
        by_hand = (path for path in self._by_hand if path.endswith(".md"))
        self._made.note_drafts((addresses.of_file(path), b"", "") for path in by_hand)
        self._made.set_fact(_BY_HAND, sorted(self._by_hand))
        every = self._site.listings.every()
        self._made.set_fact(_LISTS, [one.address for one in every if not one.person])
        self._made.note_drafts([(addresses.FRONT, b"", latest_day(self._site.catalog))])
        settings = self._settings
        self._put(exports.sitemaps(settings.site_url, self._made.days()).items())
        if self._scope:
            self._forget({*self._made.sitemaps()} - self._ours)
        self._put({exports.LLMS: exports.llms_txt(self._site.listings)}.items())
        self._put({exports.ROBOTS: exports.robots(settings.site_url)}.items())

    def _forget(self, gone: Collection[str]) -> None:
        """Delete what the old site has and the new one has not."""
        self.removed = sorted({*self.removed, *gone})
        for path in gone:
            if self._places.fresh:
                files.delete(self._places.fresh, path)
        if self._scope:
            pages = [path.removesuffix("index.html") for path in gone]
            sources = list(map(addresses.file, pages))
            self._few.drop([*gone, *sources])
            self._made.forget("files", gone)
            self._made.forget("drafts", pages)
            self._made.forget("sources", sources)

    def _missing(self) -> set[str]:
        """Files that the site before had and this one has not."""
        if self._before:
            return set(self._made.missing(self._before))
        old = files.relative_files(self._places.old) if self._places.old else ()
        return set(old) - set(self._made.paths()) - {manifest.NAME} if old else set()

    def _gone(self, scope: Scope) -> set[str]:
        """Files that lists and papers had which changed, and have no more."""
        made = self._made

        def below(folders: Iterable[str]) -> set[str]:
            return set(chain.from_iterable(map(made.below, folders)))

        every = {listing.address for listing in self._site.listings.every()}
        lists = {listing.address for listing in self._lists or ()}
        lists |= scope.folders.union(made.fact(_LISTS, list[str]) or ()) - every
        within = (address for address in every - lists if address.startswith(tuple(lists)))
        letters = (addresses.letter(text.slug(letter)) for letter in LETTERS)
        others = (*letters, addresses.DOWNLOADS, addresses.SEARCH)
        some = below(lists) - below(within) | below(others)
        named = {*_OF_LISTS}.union(*map(made.numbered, _OF_LISTS)) - every
        some |= {f"{address}index.html" for address in named}
        papers = {*scope.gone, *(old for one in scope.was for old in one.former_ids)}
        for one in papers:
            some |= {*writing.outputs(addresses.paper(one), one), addresses.card(one)}
        return set(made.files(some - self._stayed))


_BY_HAND: Final = "by hand"
_KEPT: Final = "kept"
_MAKER: Final = "maker"
_LINKED: Final = "linked"
_LISTS: Final = "lists"
_REST: Final = "rest"
"""Facts of a build: pages by hand, those of them that stand in place of others, what all pages
depend on, the generated files that pages by hand lead to, the addresses of lists but for those of
authors, and what MkDocs made."""

_OF_LISTS: Final = (
    *(addresses.DAYS, addresses.TOPICS, addresses.VENUES, addresses.YEARS, addresses.AUTHORS),
)
"""Folders of lists, with numbered pages that name them."""


def _joined(records: Slices) -> bytes:
    return b"".join(records.pieces())


def _cited_size(paper: Paper) -> int:
    """About how many bytes its citations have, in all formats."""
    return sum(_CITED(paper.span)) if isinstance(paper, Brief) else 0


_CITED: Final = itemgetter(*(1 + PARTS.index(ending) for ending in CITATIONS))
"""Their places in `Brief.span`."""


def records_key(site: Site) -> bytes:
    """Changes with any record of the catalog."""
    return drafts.key(site.digests(site.catalog.papers))


def latest_day(catalog: Catalog) -> str:
    """The latest day of a list that the catalog knows of; empty if it knows none."""
    return max((paper.days[-1].isoformat() for paper in catalog.papers if paper.days), default="")


def _named(site: Site, singles: Iterable[Page], paths: set[str]) -> Iterator[tuple[Page, str]]:
    """The pages of these paths, each with the day of its latest change."""
    left = {addresses.of_file(path) for path in paths}
    found = [page for page in singles if page.address in left]
    yield from ((page, "") for page in found)
    left -= {page.address for page in found}
    near = (
        draft
        for listing in site.listings.every()
        if any(address.startswith(listing.address) for address in left)
        for draft in pages.lists.paged(site, listing)
    )
    authors = pages.lists.authors(site) if any(map(_is_of_authors, left)) else ()
    papers = {address.split("/")[1] for address in left if address.startswith("papers/")}
    others = (pages.lists.indexes(site), near, authors, pages.paper.papers(site, papers))
    for draft in chain.from_iterable(others):
        if not left:
            break
        if draft.address in left:
            yield draft.make(), draft.day
            left.discard(draft.address)


def _is_of_authors(address: str) -> bool:
    return address.startswith(addresses.AUTHORS)


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
