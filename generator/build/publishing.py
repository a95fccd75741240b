"""What a build writes, step by step: files, pages, the index, and what names them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path, PurePath

from mkdocs.config.defaults import MkDocsConfig

from generator import pages, render, search
from generator.build import emit, files, manifest, previous, rendering, reuse, walking
from generator.build.folder import Folder
from generator.build.report import IndexChange, Report
from generator.build.state import STORE, State
from generator.build.work import Advance
from generator.build.writer import Writer
from generator.exports import catalog_records, hosts
from generator.exports.cards import Undrawn
from generator.model import addresses
from generator.model.fragments import NOWHERE
from generator.pages.templates import Site
from generator.render import frames

NO_JEKYLL = ".nojekyll"
"""An empty file of the site that tells GitHub Pages, where it publishes a branch, to leave names
that begin with an underscore as they are. MkDocs takes no such name from the pages folder."""


def write_files(site: Site, writer: Writer) -> Undrawn:
    """Write what is neither a page nor of the index; says which letters are missing in cards."""
    writer.make_files(chain(emit.records(site), emit.citations(site), emit.of_lists(site)))
    writer.write_files(emit.redirects(site))
    writer.make_files(emit.pictures(site))
    return emit.undrawn(site)


def write_pages(
    site: Site, writer: Writer, with_mkdocs: tuple[MkDocsConfig, State] | None, advance: Advance
) -> str:
    """Write all generated pages; gives the digest of all that they are rendered with.

    Args:
        site: what is published.
        writer: writes them.
        with_mkdocs: MkDocs' view of the catalog, and what the last build left; `None` where HTML is
            not made of them here.
        advance: is told how many are done.
    """
    sizes = {
        path: entry.size
        for path, entry in writer.pages.now.items()
        if path.startswith(addresses.DOWNLOADS) or catalog_records.is_catalog(path)
    }
    singles = list(pages.singles(site, sizes))
    in_navigation: set[str] = set()
    maker = ""
    if with_mkdocs and writer.job.fresh:
        mkdocs, state = with_mkdocs
        # These have to be there before anything is rendered, and MkDocs renders them.
        in_navigation = render.named(mkdocs)
        for page, day in emit.named(site, singles, in_navigation - writer.by_hand):
            writer.write_page(page, day, is_rendered=False)
        for path in in_navigation & writer.pages.before.keys() - writer.pages.now.keys():
            files.delete(writer.pages.path, path)  # it is no more, and must not be shown
        maker = _maker(site, mkdocs, writer.job.fresh)
        if maker != state.maker:
            state.store.drop_all(frames.KIND)
        is_same = maker == state.maker
        writer.render_with(str(mkdocs.config_file_path), maker, is_same=is_same)
    for single in singles:
        if addresses.file(single.address) not in in_navigation:
            writer.write_page(single)
    drafts = (
        draft for draft in pages.many(site) if addresses.file(draft.address) not in in_navigation
    )
    count, total = 0, pages.count(site)
    for number in writer.make_pages(drafts):
        count += number
        advance(min(count, total), total)
    advance(total, total)
    return maker


def _maker(site: Site, mkdocs: MkDocsConfig, fresh: Path) -> str:
    """Digest of all that pages depend on besides what each shows."""
    navigation = rendering.navigation(mkdocs, fresh)
    # Where a catalog lies does not matter.
    settings = replace(site.settings, root=Path(), pages=Path())
    shown = replace(site.shown, settings=settings, names={}, keywords={}, fragments=NOWHERE)
    return reuse.maker_of(mkdocs, navigation, repr(shown))


def write_index(site: Site, writer: Writer, index: search.Index) -> None:
    """Write the search index."""
    writer.write_files(emit.made(index.files.items()))
    writer.keep(index.stay)
    writer.make_files(emit.packs(site, index))


def index_of_before(writer: Writer) -> Callable[[], search.Index] | None:
    """What leaves the search index of the last build in place, if it is there."""
    paths = sorted(filter(_is_of_index, writer.site.before)) if writer.site else []
    return (lambda: search.Index({}, [], paths)) if paths and writer.has(paths) else None


def _is_of_index(path: str) -> bool:
    return path.startswith(f"{search.FOLDER}/") and search.is_ours(PurePath(path).name)


def write_guides(site: Site, writer: Writer) -> None:
    """Write what names all pages."""
    by_hand = (addresses.of_file(path) for path in writer.by_hand if path.endswith(".md"))
    days = (
        dict.fromkeys(by_hand, "") | writer.days | {addresses.FRONT: emit.latest_day(site.catalog)}
    )
    writer.write_files(emit.guides(site, sorted(days.items())))


def render_rest(writer: Writer, mkdocs: MkDocsConfig, fresh: Path) -> None:
    """Have MkDocs make what is not generated, and the pages of the navigation."""
    linked = sorted(filter(writer.is_generated, rendering.linked(mkdocs, writer.by_hand)))
    written = writer.site.now.keys() if writer.site else ()
    made = rendering.rest(
        mkdocs, fresh, writer.by_hand, writer.is_generated, linked, written, writer.job.store
    )
    files.write_file(fresh / NO_JEKYLL, b"")
    writer.settle([*made, NO_JEKYLL])


def render_all(
    site: Site, writer: Writer, mkdocs: MkDocsConfig, folder: Folder, fresh: Path
) -> None:
    """Have MkDocs make the whole site, as its plugins or hooks may look at all pages at once."""
    rendering.whole(mkdocs, fresh)
    for path, text in emit.companions(site):
        files.write_file(fresh / path, text)
    files.write_file(fresh / NO_JEKYLL, b"")
    writer.fill(fresh, folder)
    writer.settle(walking.relative_files(fresh, hidden=True))


def write_manifest(writer: Writer, folder: Folder, fresh: Path) -> list[str]:
    """Write the files that name all others with their digests; gives those that are no more."""
    rows = {path: entry for path, entry in folder.now.items() if not manifest.is_part(path)}
    lines = [manifest.line(path, rows[path].digest) for path in sorted(rows)]
    folder.now.clear()
    folder.now.update(rows)
    for name, pieces in manifest.parts(lambda: lines, hosts.LARGEST_FILE):
        files.write_pieces(f"{fresh}/{name}", pieces)
        writer.settle([name])
    gone = [path for path in filter(manifest.is_part, folder.before) if path not in folder.now]
    for path in gone:
        files.delete(fresh, path)
    return gone


def removed(target: Path, folder: Folder, gone: Sequence[str]) -> list[str]:
    """All files of the old site that the new one has not, sorted."""
    if len(folder.before) > previous.LOOKED_THROUGH:
        return sorted({*gone} - folder.now.keys())
    return sorted(set(walking.below(target, hidden=True)) - folder.now.keys())


def reported(
    site: Site, state: State, writer: Writer, removed: Sequence[str], undrawn: Undrawn
) -> Report:
    """What a build did."""
    catalog = site.catalog
    entries = writer.site.now if writer.site else {}
    sizes = [(path, entry.size) for path, entry in entries.items()]
    size = hosts.measure(sizes)
    settings = replace(site.settings, author_pages=site.listings.authors.least)
    of_papers = (f"{addresses.paper(paper.id)}index.html" for paper in catalog.papers)
    index = [(path, size) for path, size in sizes if _is_of_index(path)]
    again = [size for path, size in index if path in writer.changed]
    before = writer.site.before.items() if writer.site else ()
    stale = (entry.size for path, entry in before if entries.get(path) != entry)
    return Report(
        site_dir=state.target or Path(),
        papers=len(catalog.papers),
        pages=len(catalog.papers),
        size=size,
        helpful=tuple(hosts.helpful(size, sizes, settings)),
        rendered=len(catalog.papers)
        if state.is_clean
        else sum(path in writer.changed for path in of_papers),
        index=IndexChange(len(index), sum(size for _, size in index), len(again), sum(again)),
        changed=tuple(sorted(writer.changed)),
        removed=tuple(removed),
        problems=catalog.problems,
        accounts=catalog.accounts,
        by_hand=tuple(sorted(writer.instead)),
        undrawn=undrawn,
        kept_bytes=(state.settings.root / STORE).stat().st_size + sum(stale),
        anew=state.anew,
    )
