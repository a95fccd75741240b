"""Makes the outputs whose keys differ, and keeps the others; deletes what is no output any more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from generator.build import files, making, summaries, work
from generator.build.folder import Folder
from generator.build.making import Job, Made, Packed
from generator.model import addresses, chunks
from generator.model.outputs import Draft, File
from generator.pages.templates import Page

PAGES: Final = 400
"""Pages in a shard."""

FILES: Final = 50
"""Files in a shard; some are large."""


REASONS: Final = {
    "new": "the build before had not left it there",
    "shows": "what it shows or holds was something else before",
    "edited": "somebody had changed or deleted it",
    "with": "the theme, the settings or the program were others before",
}
"""Why an output is made."""


NAMED: Final = 10
"""Papers that a reason names, at most."""


class Reason(NamedTuple):
    """Why an output was made."""

    why: str
    """Of `REASONS` the first that holds."""

    papers: list[str]
    """Those of its papers that were new or changed."""


class Writer:
    """Fills the pages folder and the new site."""

    def __init__(self, job: Job, pages: Folder, by_hand: Set[str], jobs: int) -> None:
        """Begin with the pages folder alone.

        Args:
            job: says where, and what pages are made with.
            pages: the pages folder.
            by_hand: paths in it of files that people wrote.
            jobs: processes at most.
        """
        self.job = job
        self.pages = pages
        self.site: Folder | None = None
        """The site as the last build left it, from when it is filled too."""

        self.by_hand = by_hand
        self.instead: set[str] = set()
        """Where a file by hand stands in place of a generated one; it wins."""

        self.changed: set[str] = set()
        """Files of the site that are new or differ."""

        self.reasons: dict[str, Reason] = {}
        """Why files were made, by path in the pages folder."""

        self.days: dict[str, str] = {}
        """The latest day of what pages show, by address; empty where there is none."""

        self._jobs = jobs
        self._changed_papers = summaries.changed_papers(job.store)
        self._is_same_maker = True
        self._within: set[str] = set()
        """Folders that were looked at and are no links."""

    def render_with(self, config_file: str, maker: str, *, is_same: bool) -> None:
        """Say what pages are rendered with from now on.

        Args:
            config_file: the catalog's `mkdocs.yml`.
            maker: digest of all that pages depend on besides what each shows.
            is_same: whether it is that of the last build.
        """
        self.job = replace(self.job, config_file=config_file, maker=maker)
        self._is_same_maker = is_same

    # What is to be made

    def fill(self, fresh: Path, site: Folder) -> None:
        """From now on, fill a new site too.

        Args:
            fresh: the new site, which begins with what stays of the last one.
            site: what the last build left.
        """
        self.job = replace(self.job, fresh=fresh)
        self.site = site

    def make_files(self, wanted: Iterable[File]) -> None:
        """Have files made in other processes; those that are there stay."""
        shards = chunks.batches(self._missing_files(wanted), FILES)
        for made in work.spread(partial(making.write_files, self.job), shards, self._jobs):
            self._note(made)

    def write_files(self, wanted: Iterable[File]) -> None:
        """Make files in this process."""
        self._note(making.write_files(self.job, self._missing_files(wanted)))

    def make_pages(self, drafts: Iterable[Draft]) -> Iterator[int]:
        """Have pages made in other processes; those that are there stay. Gives how many were made,
        again and again.
        """
        shards = map(making.pack, chunks.batches(self._missing_pages(drafts), PAGES))
        for made in work.spread(partial(making.write_pages, self.job), shards, self._jobs):
            self._note(made)
            yield len(made)

    def write_page(self, page: Page, day: str = "", *, is_rendered: bool = True) -> bool:
        """Make a page in this process, unless one by hand stands there; whether it was made."""
        if not self._is_free(addresses.file(page.address)):
            return False
        self.days[page.address] = day
        self._note([making.write_page(self.job, page, is_rendered=is_rendered)])
        return True

    def has(self, paths: Collection[str]) -> bool:
        """Whether these files, named by their content, are there from the last time."""
        return all(self._has_file(path, self._key(path)) for path in paths)

    def keep(self, paths: Iterable[str]) -> None:
        """Have files stay that `has` found."""
        for path in paths:
            if self._is_free(path):
                self._keep_file(path)

    def settle(self, paths: Iterable[str]) -> None:
        """Note files that others put into the new site."""
        self._note([Made([], [making.settled(self.job, path) for path in paths])])

    def is_generated(self, path: str) -> bool:
        """Whether a file of the pages folder is one of this build."""
        return path in self.pages.now

    def _missing_files(self, wanted: Iterable[File]) -> Iterator[File]:
        for file in wanted:
            if not self._is_free(file.path):
                continue
            if file.key and self._has_file(file.path, file.key):
                self._keep_file(file.path)
            else:
                if file.key:
                    self._give_reason([file.path], [file.path], file)
                yield file._replace(papers=())

    def _missing_pages(self, drafts: Iterable[Draft]) -> Iterator[Packed]:
        is_same_maker, companions = self._is_same_maker, self.job.shown.settings.companions
        for draft in drafts:
            path = addresses.file(draft.address)
            if not self._is_free(path):
                continue
            self.days[draft.address] = draft.day
            in_pages, in_site = [path], [f"{draft.address}index.html"]
            if companions and draft.paper and self._is_free(addresses.twin(draft.paper)):
                in_pages.append(addresses.twin(draft.paper))
                in_site += (addresses.twin(draft.paper), addresses.markdown_twin(draft.paper))
            key = draft.key
            if (
                is_same_maker
                and all(self.pages.has(name, key) for name in in_pages)
                and (not self.site or all(self.site.has(name, key) for name in in_site))
            ):
                for name in in_pages:
                    self.pages.keep(name)
                self._keep_in_site(in_site)
            else:
                self._give_reason(in_pages, in_site, draft)
                yield making.packed(draft.make(), key)

    def _give_reason(
        self, in_pages: Sequence[str], in_site: Sequence[str], output: File | Draft
    ) -> None:
        """Note why an output is made, whose files are these."""
        folders = [(self.pages, in_pages)] + ([(self.site, in_site)] if self.site else [])
        before = [folder.before.get(name) for folder, names in folders for name in names]
        if not all(before):
            why = "new"
        elif any(entry and entry.key != output.key for entry in before):
            why = "shows"
        elif all(name in folder.intact for folder, names in folders for name in names):
            why = "with"
        else:
            why = "edited"
        shown = [paper.id for paper in output.papers]
        if isinstance(output, Draft) and output.paper:
            shown.append(output.paper)
        papers = [paper for paper in shown if paper in self._changed_papers][:NAMED]
        self.reasons[in_pages[0]] = Reason(why, papers)

    def _is_free(self, path: str) -> bool:
        """Whether no file by hand stands where one is to be made.

        Raises:
            UsageError: a folder on the way to it is a link.
        """
        folder = path.rpartition("/")[0]
        if folder not in self._within:
            files.keep_within(self.pages.path, path)
            self._within.add(folder)
        if path in self.by_hand:
            self.instead.add(path)
            return False
        return True

    def _key(self, path: str) -> bytes:
        entry = self.pages.before.get(path)
        return entry.key if entry else b""

    def _has_file(self, path: str, key: bytes) -> bool:
        return self.pages.has(path, key) and (not self.site or self.site.has(path, key))

    def _keep_file(self, path: str) -> None:
        self.pages.keep(path)
        self._keep_in_site([path])

    def _keep_in_site(self, paths: Iterable[str]) -> None:
        if self.site:
            for path in paths:
                self.site.keep(path)

    def _note(self, made: Iterable[Made]) -> None:
        for one in made:
            self.pages.now.update(one.pages)
            if self.site:
                for path, entry, is_changed in one.site:
                    self.site.now[path] = entry
                    if is_changed:
                        self.changed.add(path)

    # What is no more

    def tidy_pages(self) -> None:
        """Delete from the pages folder what the last build left and this one did not make."""
        for path in self.pages.gone():
            if path not in self.by_hand:
                files.delete(self.pages.path, path)

    def tidy_site(self, fresh: Path) -> list[str]:
        """Delete the same from the new site, and say what it was; `fresh` held it."""
        gone = self.site.gone() if self.site else []
        for path in gone:
            files.delete(fresh, path)
        return gone
