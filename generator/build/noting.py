"""What a build does, as it notes it for the next one, and what the one before did that is no more.

Either all of a site is looked at, or only what may differ. Of the rest, what was noted stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePath
from typing import Final

from generator import search
from generator.build import files
from generator.build.ledger import Ledger
from generator.build.ownership import Owned, OwnedAsNoted
from generator.build.tree import Tree
from generator.build.writing import Made
from generator.catalog.listings.paging import CITATIONS
from generator.exports import card_png, catalog_records, feeds, llms, redirects, sitemap
from generator.model import addresses, chunks
from generator.model.outputs import Draft, File
from generator.model.papers import Brief
from generator.pages.front_matter import is_generated

TOGETHER: Final = 500
"""Pages that are noted together."""


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

    is_believed: bool = False
    """Whether the site to fill holds what was noted of it; else each file is looked at."""


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


class Notes:
    """The notes of one build."""

    def __init__(
        self,
        places: Places,
        made: Ledger,
        before: Ledger | None = None,
        scope: Scope | None = None,
    ) -> None:
        """Args:
        places: that are filled.
        made: what is done is noted there.
        before: what an earlier build noted, if anything.
        scope: what has to be looked at, if not everything; `made` is then `before`.
        """
        self.places = places
        self.made = made
        self.before = before
        self.scope = scope
        self.owned: Owned
        """What is ours of the pages folder."""

        self.by_hand: Set[str]
        """The paths of pages there that people wrote."""

        if not scope:
            self.owned = Owned(places.pages, _was_generated)
            ours = self.owned.before
            self.by_hand = {path for path in files.below(places.pages) if path not in ours}
        else:
            self.owned = self._few = OwnedAsNoted(places.pages, self._noted_as_ours)
            self.owned.kept.update(made.fact(_KEPT, list[str]) or ())
            self.by_hand = set(made.fact(_BY_HAND, list[str]) or ())
        self.tree = Tree(
            places.pages, places.fresh, places.old, places.twin, is_believed=places.is_believed
        )
        """Where files go."""

        self.stayed: set[str] = set()
        """Files of the site that were looked at and stay, or were made; within a scope."""

        self.removed: list[str] = []
        """Files of the site before that are no more, sorted; within a scope."""

        self.downloads: dict[str, int] = {}
        """Bytes of each file of the catalog, and of citations by year, by path."""

        self._waiting: list[Made] = []

    def _noted_as_ours(self, paths: Collection[str]) -> Set[str]:
        made = self.made
        return (made.sources(paths).keys() | made.files(paths).keys()) - self.by_hand

    # What may be written

    def claim_pages(self, found: Iterable[Draft], *, companions: bool) -> Iterator[Draft]:
        """Those that are not written by hand; records may lie beside those of papers."""
        for some in chunks.batches(found, TOGETHER):
            if companions:
                self.owned.claim(addresses.twin(draft.paper) for draft in some if draft.paper)
            free = set(self.owned.claim(addresses.file(draft.address) for draft in some))
            yield from (draft for draft in some if addresses.file(draft.address) in free)

    def claim_files(self, found: Iterable[File]) -> Iterator[File]:
        """The same of files that are no pages."""
        for some in chunks.batches(found, TOGETHER):
            free = set(self.owned.claim(file.path for file in some))
            yield from (file for file in some if file.path in free)

    # What was done

    def has(self, paths: Collection[str]) -> bool:
        """Whether all of these files are there from the last time."""
        return self.before is not None and are_there(self.before, self.tree, paths)

    def stay(self, paths: Iterable[str]) -> None:
        """Have files stay that would be made the same."""
        for some in chunks.batches(paths, TOGETHER):
            known = self.before.files(some) if self.before else {}
            for path in self.owned.claim(some):
                self.same(Made(path, b"", None, None, [(path, known[path], False)]))

    def same(self, made: Made) -> None:
        """Note what stays as it was; within a scope it is noted already."""
        if self.scope:
            self._look(made)
        else:
            self.note(made)

    def note(self, made: Made) -> None:
        """Note what was made."""
        self._look(made)
        self._waiting.append(made)
        if len(self._waiting) >= TOGETHER:
            self.flush()

    def _look(self, made: Made) -> None:
        if self.scope:
            self.stayed.update(path for path, _, _ in made.files)
        is_named = made.name.startswith(addresses.DOWNLOADS) or catalog_records.is_catalog(
            made.name
        )
        if is_named and made.day is None:
            self.downloads[made.name] = made.files[0][1].size

    def flush(self) -> None:
        """Have the ledger know all that was noted."""
        every, self._waiting = self._waiting, []
        self.made.note_drafts(
            (one.name, one.key, one.day) for one in every if one.key or one.day is not None
        )
        self.made.note_sources(one.source for one in every if one.source)
        self.made.note_files(chain.from_iterable(one.files for one in every))

    def name(self, lists: Iterable[str], front: str) -> None:
        """Note what the next build asks for by name, and the pages of which nothing else is noted.

        Args:
            lists: addresses.
            front: the day of the front page.
        """
        self.flush()
        pages = (path for path in self.by_hand if path.endswith(".md"))
        self.made.note_drafts((addresses.of_file(path), b"", "") for path in pages)
        self.made.note_drafts([(addresses.FRONT, b"", front)])
        self.made.set_fact(_BY_HAND, sorted(self.by_hand))
        self.made.set_fact(_LISTS, list(lists))

    def lists_before(self) -> list[str]:
        """The addresses that `name` was given by the build before."""
        return self.made.fact(_LISTS, list[str]) or []

    def finish(self) -> None:
        """Note the rest; where all is looked at, delete what is no more."""
        self.flush()
        self.made.set_fact(_KEPT, sorted(self.owned.kept))
        if not self.scope:
            self._forget_missing()
            self.owned.finish()

    # What is no more

    def forget(self, gone: Collection[str]) -> None:
        """Delete what the old site has and the new one has not; within a scope."""
        self.removed = sorted({*self.removed, *gone})
        for path in gone:
            if self.places.fresh:
                files.delete(self.places.fresh, path)
        self._forget_pages([path.removesuffix("index.html") for path in gone], gone)
        self.made.forget("files", gone)  # by which they were known as ours

    def forget_papers(self, scope: Scope) -> None:
        """Delete what was made for the addresses of papers that something else is made for now.

        Where a paper was, a page may lead on to another one, and the other way round; so the site
        has a file there that stays, and `forget` does not hear of it.
        """
        led = (addresses.paper(old) for one in scope.was for old in one.former_ids)
        redirects = [f"{address}index.html" for address in led]
        self._forget_pages(list(map(addresses.paper, scope.gone)), redirects)

    def _forget_pages(self, pages: Collection[str], others: Collection[str]) -> None:
        """Delete the Markdown of pages, and other files of the pages folder; within a scope."""
        sources = list(map(addresses.file, pages))
        self._few.drop([*others, *sources])
        self.made.forget("drafts", pages)
        self.made.forget("sources", sources)

    def _forget_missing(self) -> None:
        """Delete from the new site, which may hold what the one before had, what it has not."""
        if self.before and self.places.fresh:
            for path in self.made.missing(self.before):
                files.delete(self.places.fresh, path)


_BY_HAND: Final = "by hand"
_KEPT: Final = "kept"
_LISTS: Final = "lists"
"""Facts of a build: pages by hand, those of them that stand in place of others, and the addresses
of lists but for those of authors."""


def are_there(before: Ledger, tree: Tree, paths: Collection[str]) -> bool:
    """Whether all of these files are there as a build noted them."""
    known = before.files(paths)
    return all(path in known and tree.still_both(path, known[path]) for path in paths)


def _was_generated(path: Path) -> bool:
    """Whether a file of the pages folder was made here; for when the manifest is lost."""
    if path.suffix == ".md":
        return is_generated(path.read_text("utf-8", errors="replace"))
    if path.suffix == ".html":
        return redirects.is_redirect(path.read_text("utf-8", errors="replace"))
    if path.suffix == ".json" and path.parent.name == "papers":
        return catalog_records.is_record(path.read_text("utf-8", errors="replace"))
    if path.suffix == ".png":
        return card_png.is_ours(path.read_bytes())
    if catalog_records.is_catalog(path.name):
        beginning = files.beginning(path, 100).decode("utf-8", errors="replace")
        return not beginning or catalog_records.is_record(beginning)
    return (
        path.name in _OURS
        or (path.parent.name == search.FOLDER and search.is_ours(path.name))
        or (path.parent.name == "downloads" and path.name.endswith(CITATIONS))
        or re.fullmatch(r"sitemap(?:-[0-9]+)?\.xml", path.name) is not None
    )


_OURS = {
    *(catalog_records.SCHEMA, llms.LLMS, sitemap.ROBOTS, feeds.OPML),
    *(PurePath(addresses.atom("")).name, PurePath(addresses.json_feed("")).name),
}
"""Names of files that are made in many folders or once."""
