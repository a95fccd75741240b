"""A build from a catalog on: it fills the pages folder and the new site.

What is made comes as a stream, a few files at a time, so that memory does not grow with the site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig

from generator import pages, render, search, text
from generator.build import files, reuse, slices, work, writing
from generator.build.memory import UnsureError
from generator.build.noting import TOGETHER, Notes, Scope
from generator.build.slices import NOWHERE, Slices, Volume, whole
from generator.build.tree import Tree
from generator.build.work import Advance
from generator.build.writing import Job, Made
from generator.catalog import Catalog
from generator.catalog.listings.paging import CITATIONS
from generator.catalog.listings.subjects import LETTERS
from generator.exports import (
    bibliographies,
    cards,
    catalog_records,
    feeds,
    hosts,
    llms,
    paper_markdown,
    redirects,
    sitemap,
)
from generator.model import addresses, chunks, outputs
from generator.model.outputs import File, Later
from generator.model.papers import Brief, Paper, parts
from generator.pages.lists import Paged
from generator.pages.templates import Page, Site

SHARDS: Final = 100
"""Shards that are given out at once where few pages may differ."""

CARDS: Final = 1_000
"""Pictures that are drawn before they are written."""

NO_JEKYLL: Final = ".nojekyll"
"""An empty file of the site that tells GitHub Pages, where it publishes a branch, to leave names
that begin with an underscore as they are. MkDocs takes no such name from the pages folder."""


class Filling:
    """The work of one build. Its methods are called once each, in their order here."""

    def __init__(self, site: Site, notes: Notes, jobs: int = 1) -> None:
        """Args:
        site: what is published.
        notes: say where, and what was there before; what is done is noted there.
        jobs: processes at most.
        """
        self._site = site
        self._settings = site.settings
        self._notes = notes
        self._places = places = notes.places
        self._made = notes.made
        self._before = notes.before
        self._scope = notes.scope
        self._jobs = jobs
        self._ours: set[str] = set()
        """Files that there is one of."""

        self._cited: Iterator[list[Made]] = iter(())
        """Files of citations that are being made, whose sizes a page names."""

        self._begun: Iterator[list[Made]] = iter(())
        """Other files that are being made."""

        self._paged: Iterator[list[Made]] = iter(())
        """Pages that are being made."""

        self._shown: list[str] = []
        """Pages of the navigation that changed, which MkDocs has to render."""

        self.undrawn = cards.Undrawn()
        """What is missing from the cards of the papers that were looked at."""

        self._job = Job(
            pages=places.pages,
            shown=site.shown,
            fresh=places.fresh,
            old=places.old,
            twin=places.twin,
            same_code=notes.before is not None,
        )

    # What is no page

    def export(self) -> None:
        """Write what is no page: what pages need, and the rest in other processes meanwhile."""
        site, settings = self._site, self._settings
        lists = None if self._lists is None else [one.listing for one in self._lists]
        found = feeds.write(site.listings, site.shown.volume, site.digests, lists)
        by_year = bibliographies.by_year(site.listings, self._citing, _cited_sizes, site.digests)
        self._cited = self._spread(self._shards(chain(self._records, by_year)))
        self._begun = self._spread(self._shards(found))
        some = self._scope.fresh if self._scope else site.catalog.papers
        self._put(catalog_records.schema().items())
        self._put(redirects.redirects(some, settings.site_url).items())
        if site.shown.has_cards:
            shards = slices.shards(some, site.shown.volume, CARDS)
            for shard in shards:
                drawn = cards.write(list(whole(shard)), settings, site.names, self._jobs)
                self._put(drawn.items())
            papers = chain.from_iterable(map(whole, shards))
            self.undrawn = cards.undrawn(papers, settings, site.names)

    @cached_property
    def _records(self) -> list[File]:
        return records(self._site)

    @cached_property
    def _lists(self) -> list[Paged] | None:
        """The lists to be looked at; `None` for all."""
        return pages.lists.changed(self._site, self._made.keys) if self._scope else None

    def _search(self, index: search.Index) -> None:
        self._put(index.files.items())
        self._notes.stay(index.stay)
        volume = self._site.shown.volume
        packs = (
            File(one.path, one.name.encode(), Later(search.content, partial(_made_of, volume, one)))
            for one in index.packs
        )
        for made in chain.from_iterable(self._spread(self._shards(packs))):
            self._notes.note(made)

    def _slices(self, papers: Iterable[Paper], part: str) -> Slices:
        return Slices(self._site.shown.volume, parts(papers, part))

    def _citing(self, papers: Sequence[Paper], ending: str) -> Slices:
        return self._slices(papers, ending)

    # Pages

    def write(self, mkdocs: MkDocsConfig | None = None) -> None:
        """Begin to write all pages; with a site to fill, to render them and those by hand.

        Args:
            mkdocs: MkDocs' view of the catalog; without it, nothing is rendered.

        Raises:
            PapershelfError: MkDocs cannot render a page written by hand, or the theme is broken.
            UnsureError: something else differs than what is in scope.
        """
        site, only = self._site, self._scope.papers if self._scope else None
        notes = self._notes
        for one in chain.from_iterable(self._cited):
            notes.note(one)
        singles = list(pages.singles(site, notes.downloads))
        in_navigation: set[str] = set()
        shown = self._shown
        fresh = self._places.fresh
        if mkdocs and fresh:
            # These have to be there before anything is rendered, and MkDocs renders them.
            in_navigation = render.named(mkdocs)
            before = self._before.sources(in_navigation) if self._before else {}
            for page, day in _named(site, singles, in_navigation - notes.by_hand, self._lists):
                self._write_one(page, day, is_rendered=False)
                path = addresses.file(page.address)
                known = before.get(path)
                if not (known and notes.tree.is_there(path, known)):
                    shown.append(path)
            for path in in_navigation:
                if notes.owned.is_ours(path) and not notes.owned.is_claimed(path):
                    files.delete(self._places.pages, path)  # it is no more, and must not be shown
            self._prepare(mkdocs, fresh)
        for single in singles:
            if addresses.file(single.address) not in in_navigation:
                self._write_one(single)
        rest = (
            draft
            for draft in pages.many(site, only, self._lists)
            if addresses.file(draft.address) not in in_navigation
        )
        claimed = notes.claim_pages(rest, companions=self._settings.companions)
        shards = writing.shards(self._job, claimed, notes.tree, self._before, notes.same)
        self._paged = self._spread(shards)

    def finish(
        self,
        index: Callable[[], search.Index],
        mkdocs: MkDocsConfig | None = None,
        advance: Advance = work.ignore,
    ) -> None:
        """Wait for all that was begun, and write what names all pages.

        Args:
            index: waits for the search index, which is made meanwhile.
            mkdocs: as `write` was given it.
            advance: called as pages are done.

        Raises:
            PapershelfError: MkDocs cannot render a page written by hand.
        """
        notes, fresh = self._notes, self._places.fresh
        count = 0
        total = pages.count(self._site, self._scope.papers if self._scope else None, self._lists)
        for made in self._paged:
            for one in made:
                notes.note(one)
            count += len(made)
            advance(min(count, total), total)
        for one in chain.from_iterable(self._begun):
            notes.note(one)
        advance(total, total)
        self._search(index())
        if self._scope:
            notes.stayed.update(self._made.fact(_REST, list[str]) or ())
            notes.forget(self._gone(self._scope))
            notes.forget_papers(self._scope)
        self._name()
        if mkdocs and fresh:
            self._rest(mkdocs, fresh)
        notes.finish()

    def _spread(self, shards: Iterable[bytes | Sequence[writing.Wanted]]) -> Iterator[list[Made]]:
        """Have pages or files written; where they are few, all are given out at once."""
        ahead = SHARDS if self._scope else 0
        return work.spread(partial(writing.write, self._job), shards, self._jobs, ahead)

    def _prepare(self, mkdocs: MkDocsConfig, fresh: Path) -> None:
        """Find out what all pages depend on."""
        navigation = render.navigation(mkdocs, fresh)
        shown = repr(replace(self._site.shown, names={}, keywords={}, volume=NOWHERE))
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

    def _rest(self, mkdocs: MkDocsConfig, fresh: Path) -> None:
        """Have MkDocs make what is not generated, and the pages of the navigation that changed."""
        notes = self._notes
        is_generated = notes.owned.is_ours if self._scope else notes.owned.is_claimed
        linked = sorted(filter(is_generated, render.linked(mkdocs, notes.by_hand)))
        if self._scope and linked == self._made.fact(_LINKED, list[str]):
            made = render.some(mkdocs, fresh, self._shown)
        else:
            ours = self._ours
            made = render.rest(mkdocs, fresh, notes.by_hand, is_generated, linked, ours)
            files.write_file(fresh / NO_JEKYLL, b"")
            made.append(NO_JEKYLL)
            self._made.set_fact(_LINKED, linked)
            self._made.set_fact(_REST, made)
        for path in made:
            notes.note(Made("", b"", None, None, [(path, *notes.tree.settled(path))]))

    def whole(self, mkdocs: MkDocsConfig, fresh: Path) -> None:
        """Have MkDocs render all that `write` left to it.

        Raises:
            PapershelfError: it cannot.
        """
        render.whole(mkdocs, fresh)
        files.write_file(fresh / NO_JEKYLL, b"")
        site = self._site
        papers = site.catalog.papers if self._settings.companions else ()
        for some in chunks.batches(papers, TOGETHER):
            for paper in whole(slices.shards(some, site.shown.volume, TOGETHER)[0]):
                text = paper_markdown.markdown(paper, site.names, self._settings.site_url)
                files.write_file(fresh / addresses.markdown_twin(paper.id), text)
        tree = Tree(self._places.pages, fresh, self._places.old)
        for path in files.relative_files(fresh, hidden=True):
            self._notes.note(Made("", b"", None, None, [(path, *tree.settled(path))]))
        self._notes.flush()

    # Putting

    def _put(self, found: Iterable[tuple[str, str | bytes]]) -> None:
        """Put files into the pages folder and the site, in this process."""
        every = [outputs.made(path, content) for path, content in found]
        self._ours.update(file.path for file in every)
        for shard in self._shards(every):
            for one in writing.write(self._job, shard):
                self._notes.note(one)

    def _shards(self, found: Iterable[File]) -> Iterator[list[writing.Wanted]]:
        notes = self._notes
        claimed = notes.claim_files(found)
        return writing.file_shards(self._job, claimed, notes.tree, self._before, notes.same)

    def _write_one(self, page: Page, day: str = "", *, is_rendered: bool = True) -> None:
        notes = self._notes
        if notes.owned.claim([addresses.file(page.address)]):
            tree = self._job.tree
            made = writing.write_page(self._job, tree, page, day=day, is_rendered=is_rendered)
            notes.note(made)
            notes.stayed.add(f"{page.address}index.html")

    # What names all pages, and what is no more

    def _name(self) -> None:
        """Write what names all pages: the sitemap, and guides for crawlers."""
        lists = [one.address for one in self._site.listings.impersonal()]
        self._notes.name(lists, latest_day(self._site.catalog))
        settings = self._settings
        self._put(sitemap.sitemaps(settings.site_url, self._made.days()).items())
        if self._scope:
            before = {*self._made.like("sitemap*.xml")} - self._notes.stayed
            self._notes.forget(before - self._ours)
        catalog = [file.path for file in self._records]
        self._put({llms.LLMS: llms.llms_txt(self._site.listings, catalog)}.items())
        self._put({sitemap.ROBOTS: sitemap.robots(settings.site_url)}.items())

    def _gone(self, scope: Scope) -> set[str]:
        """Files that lists and papers had which changed, and have no more."""
        made = self._made

        def below(folders: Iterable[str]) -> set[str]:
            return set(chain.from_iterable(map(made.below, folders)))

        every = {listing.address for listing in self._site.listings.every()}
        lists = {one.listing.address for one in self._lists or ()}
        lists |= scope.folders.union(self._notes.lists_before()) - every
        within = (address for address in every - lists if address.startswith(tuple(lists)))
        letters = (addresses.letter(text.slug(letter)) for letter in LETTERS)
        others = (*letters, addresses.CHANGES, addresses.DOWNLOADS, addresses.SEARCH)
        some = below(lists) - below(within) | below(others)
        some.update(self._made.like(catalog_records.CATALOGS))
        named = {*_OF_LISTS}.union(*map(made.numbered, _OF_LISTS)) - every
        some |= {f"{address}index.html" for address in named}
        papers = {*scope.gone, *(old for one in scope.was for old in one.former_ids)}
        for one in papers:
            beside = addresses.twin(one), addresses.markdown_twin(one), addresses.card(one)
            some |= {f"{addresses.paper(one)}index.html", *beside}
        return set(made.files(some - self._notes.stayed))


_MAKER: Final = "maker"
_LINKED: Final = "linked"
_REST: Final = "rest"
"""Facts of a build: what all pages depend on, the generated files that pages by hand lead to, and
what MkDocs made."""

_OF_LISTS: Final = (
    *(addresses.DAYS, addresses.TOPICS, addresses.VENUES, addresses.YEARS, addresses.AUTHORS),
)
"""Folders of lists, with numbered pages that name them."""


def records(site: Site) -> list[File]:
    """The files of the catalog, a paper a line: one, or parts of which the first has the oldest."""
    rows = ((paper.id, [paper.part("record")[1]], paper) for paper in reversed(site.briefs))
    cut = list(chunks.parts_by_size(rows, hosts.LARGEST_FILE)) or [[]]
    return [
        _records(site, catalog_records.catalog(number, len(cut)), papers[::-1])
        for number, papers in enumerate(cut, 1)
    ]


def _made_of(volume: Volume, pack: search.Pack) -> tuple[object, ...]:
    return volume, pack.cut.pieces()


def _records(site: Site, path: str, papers: Sequence[Brief]) -> File:
    make = Later(_joined, lambda: (Slices(site.shown.volume, parts(papers, "record")),))
    return File(path, outputs.key(site.digests(papers)), make)


def _joined(records: Slices) -> bytes:
    return b"".join(records.pieces())


def _cited_sizes(paper: Paper) -> list[int]:
    """How many bytes its citations have in each format."""
    return [paper.part(ending)[1] if isinstance(paper, Brief) else 0 for ending in CITATIONS]


def latest_day(catalog: Catalog) -> str:
    """The latest day of a list that the catalog knows of; empty if it knows none."""
    return max((paper.days[-1].isoformat() for paper in catalog.papers if paper.days), default="")


def _named(
    site: Site, singles: Iterable[Page], paths: set[str], lists: Iterable[Paged] | None
) -> Iterator[tuple[Page, str]]:
    """The pages of these paths, each with the day of its latest change.

    Args:
        site: what is published.
        singles: the pages that there is one of.
        paths: below the pages folder.
        lists: some that are cut into pages already.
    """
    cut = {one.listing.address: one for one in lists or ()}
    left = {addresses.of_file(path) for path in paths}
    found = [page for page in singles if page.address in left]
    yield from ((page, "") for page in found)
    left -= {page.address for page in found}
    near = (
        draft
        for listing in site.listings.every()
        if any(address.startswith(listing.address) for address in left)
        for draft in (cut.get(listing.address) or Paged.of(site, listing)).drafts(site)
    )
    authors = pages.indexes.authors(site) if any(map(_is_of_authors, left)) else ()
    papers = {address.split("/")[1] for address in left if address.startswith("papers/")}
    others = (pages.indexes.named(site), near, authors, pages.paper.papers(site, papers))
    for draft in chain.from_iterable(others):
        if not left:
            break
        if draft.address in left:
            yield draft.make(), draft.day
            left.discard(draft.address)


def _is_of_authors(address: str) -> bool:
    return address.startswith(addresses.AUTHORS)
