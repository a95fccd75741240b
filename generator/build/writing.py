"""Pages and files by the shard, made in any process: Markdown, HTML, and what lies beside them.

A shard carries all that it needs but the theme, the settings and the parts of papers, which lie in
the catalog's folder, and says what became of each page. So it can be done by another process or,
where that folder is shared, by another machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from generator import render
from generator.build.ledger import Ledger, Noted
from generator.build.tree import Stamp, Tree
from generator.exports import catalog_records, paper_markdown
from generator.model import addresses, chunks
from generator.model.outputs import Draft, File
from generator.pages.indexes import IndexPage
from generator.pages.lists import ListPage
from generator.pages.paper import PaperPage
from generator.pages.templates import Page, Shown, Templates

PAGES: Final = 400
"""Pages in a shard."""

FILES: Final = 50
"""Files in a shard; some are large."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """What all shards of a build have in common."""

    pages: Path
    """The pages folder."""

    shown: Shown
    config_file: str = ""
    """The catalog's `mkdocs.yml`."""

    fresh: Path | None = None
    """The new site; without one, or where MkDocs makes it, only Markdown is written."""

    old: Path | None = None
    """The site of the build before."""

    twin: Path | None = None
    """See `Tree`."""

    maker: str = ""
    """Digest of all that pages depend on besides their own text."""

    same_maker: bool = False
    """Whether that is as it was."""

    same_code: bool = False
    """Whether the code is that of the build before."""

    @property
    def tree(self) -> Tree:
        """Where files go, each looked at before it is written."""
        return Tree(self.pages, self.fresh, self.old, twin=self.twin)


class Made(NamedTuple):
    """What became of a page, or of a file."""

    name: str
    """The address of a page, the path of a file."""

    key: bytes
    """Digest of all that it shows."""

    day: str | None
    """Of a page the latest full date of what it shows, which may be empty."""

    source: tuple[str, Stamp] | None
    """The path of its Markdown below the pages folder, if there is some."""

    files: list[tuple[str, Stamp, bool]]
    """Below the site: its HTML and what lies beside it, each with whether it changed."""


class _Packed(NamedTuple):
    """A page that is handed over."""

    kind: int
    """Of `_KINDS`."""

    key: bytes
    day: str
    page: msgspec.Raw
    known: Noted


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(list[_Packed])
_KINDS: Final = (PaperPage, ListPage, IndexPage)
_PAGES: Final[list[msgspec.msgpack.Decoder[Any]]] = [
    msgspec.msgpack.Decoder(kind) for kind in _KINDS
]


Same = Callable[[Made], None]
"""Is told of what stays as it is."""


def shards(
    job: Job,
    drafts: Iterable[Draft],
    tree: Tree,
    ledger: Ledger | None,
    same: Callable[[Made], None],
) -> Iterator[bytes]:
    """The pages that have to be written in shards, packed to be handed over.

    Args:
        job: what they are part of.
        drafts: all pages, in any order.
        tree: where they go.
        ledger: what an earlier build noted, if one did.
        same: is told of each page that shows what it showed before, and so stays as it is.
    """
    for some in chunks.batches(_changed(job, drafts, tree, ledger, same), PAGES):
        yield _ENCODER.encode(some)


def _changed(
    job: Job,
    drafts: Iterable[Draft],
    tree: Tree,
    ledger: Ledger | None,
    same: Callable[[Made], None],
) -> Iterator[_Packed]:
    for some in chunks.batches(drafts, PAGES):
        known = _noted(job, some, ledger) if ledger else {}
        for draft in some:
            noted = known.get(draft.address, _NOTHING)
            is_same = job.same_maker and draft.key == noted.key
            still = _still_there(job, tree, draft, noted) if is_same else []
            if still and noted.source:
                source = (addresses.file(draft.address), noted.source)
                same(Made(draft.address, draft.key, draft.day, source, still))
                continue
            page = draft.make()
            packed = msgspec.Raw(_ENCODER.encode(page))
            yield _Packed(_KINDS.index(type(page)), draft.key, draft.day, packed, noted)


def _noted(job: Job, drafts: Sequence[Draft], ledger: Ledger) -> dict[str, Noted]:
    """What was noted of some pages, by address."""
    every = {draft.address: _outputs(job, draft.address, draft.paper) for draft in drafts}
    keys = ledger.keys(every)
    sources = ledger.sources(list(map(addresses.file, every)))
    outcome = ledger.files(list(chain.from_iterable(every.values())))
    return {
        address: Noted(
            keys.get(address, b""),
            sources.get(addresses.file(address)),
            tuple(map(outcome.get, paths)),
        )
        for address, paths in every.items()
    }


def _still_there(job: Job, tree: Tree, draft: Draft, noted: Noted) -> list[tuple[str, Stamp, bool]]:
    """What was made of a page, if all is still there, also in the new site; else nothing."""
    paths = _outputs(job, draft.address, draft.paper)
    made = [(path, stamp) for path, stamp in zip(paths, noted.files, strict=True) if stamp]
    beside = made[1:2]  # the one after the HTML lies in the pages folder too
    sources = [(addresses.file(draft.address), noted.source), *beside]
    is_whole = (
        len(made) == len(paths)
        and all(stamp and tree.is_there(source, stamp) for source, stamp in sources)
        and all(tree.taken(*output) for output in made)
    )
    return [(path, stamp, False) for path, stamp in made] if is_whole else []


Wanted = tuple[File, Stamp | None]
"""A file to be made, and how an earlier build stamped it."""


def write(job: Job, shard: bytes | Sequence[Wanted]) -> list[Made]:
    """Write the pages or files of a shard."""
    return _write_pages(job, shard) if isinstance(shard, bytes) else _write_files(job, shard)


def _write_pages(job: Job, packed: bytes) -> list[Made]:
    tree = job.tree
    return [
        write_page(job, tree, _PAGES[kind].decode(page), key, day, known)
        for kind, key, day, page, known in _DECODER.decode(packed)
    ]


_NOTHING: Final = Noted()


def write_page(
    job: Job,
    tree: Tree,
    page: Page,
    key: bytes = b"",
    day: str = "",
    known: Noted = _NOTHING,
    *,
    is_rendered: bool = True,
) -> Made:
    """Write one page.

    Args:
        job: what it is part of.
        tree: where it goes.
        page: what it shows.
        key: the digest of that.
        day: the latest full date of it.
        known: what an earlier build noted of it.
        is_rendered: whether its HTML is made too.
    """
    path, templates = addresses.file(page.address), _templates(job.shown)
    text = page.markdown(templates)
    stamp = tree.source(path, text.encode(), known.source)
    paper = templates.paper(page.paper) if isinstance(page, PaperPage) else None
    html, *beside = _outputs(job, page.address, paper.id if paper else "")
    before = dict(zip((html, *beside), known.files, strict=False))
    made: list[tuple[str, Stamp, bool]] = []
    if job.fresh and is_rendered:
        data = render.html(job.config_file, str(job.fresh), job.maker, path, text)
        made.append((html, *tree.published(html, data, before.get(html))))
    if paper and beside:
        record, plain = beside
        shown, site_url = job.shown, job.shown.settings.site_url
        data = catalog_records.record(paper, site_url).encode()
        made.append((record, *tree.both(record, data, before.get(record))))
        if job.fresh:  # MkDocs takes any `.md` for a page to render, so this one is not for it
            data = paper_markdown.markdown(paper, shown.names, site_url).encode()
            made.append((plain, *tree.published(plain, data, before.get(plain))))
    return Made(page.address, key, day, (path, stamp), made)


def _outputs(job: Job, address: str, paper: str) -> list[str]:
    """The files of the site that a page becomes, its HTML first, and its companions, if any.

    Args:
        job: what it is part of.
        address: of the page.
        paper: the id of the paper whose page it is; empty for a list.
    """
    html = f"{address}index.html"
    if paper and job.shown.settings.companions:
        return [html, addresses.twin(paper), addresses.markdown_twin(paper)]
    return [html]


def _templates(shown: Shown) -> Templates:
    """The templates of a build, which all its shards on this process share."""
    if not _latest or _latest[0].shown != shown:
        _latest[:] = [Templates(shown)]
    return _latest[0]


_latest: list[Templates] = []


# What is no page


def file_shards(
    job: Job, found: Iterable[File], tree: Tree, ledger: Ledger | None, same: Same
) -> Iterator[list[Wanted]]:
    """The files that have to be made, in shards; the arguments are those of `shards`."""
    yield from chunks.batches(_changed_files(job, found, tree, ledger, same), FILES)


def _changed_files(
    job: Job, found: Iterable[File], tree: Tree, ledger: Ledger | None, same: Same
) -> Iterator[Wanted]:
    for some in chunks.batches(found, FILES):
        paths = [file.path for file in some]
        keys, stamps = (ledger.keys(paths), ledger.files(paths)) if ledger else ({}, {})
        for file in some:
            stamp = stamps.get(file.path)
            if (
                stamp
                and job.same_code
                and file.key
                and file.key == keys.get(file.path)
                and tree.still_both(file.path, stamp)
            ):
                same(Made(file.path, file.key, None, None, [(file.path, stamp, False)]))
                continue
            yield file, stamp


def _write_files(job: Job, shard: Sequence[Wanted]) -> list[Made]:
    tree = job.tree
    made = []
    for file, known in shard:
        content = file.make()
        data = content.encode() if isinstance(content, str) else content
        stamp, changed = tree.both(file.path, data, known)
        made.append(Made(file.path, file.key, None, None, [(file.path, stamp, changed)]))
    return made
