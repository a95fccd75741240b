"""Pages by the shard: their Markdown, their HTML, and what lies beside them, made in any process.

A shard carries all that it needs but the theme and the settings, which lie in the catalog's folder,
and says what became of each page. So it can be done by another process or, where that folder is
shared, by another machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from generator import addresses, exports, render, work
from generator.pages.lists import ListPage
from generator.pages.paper import PaperPage
from generator.reuse import Record
from generator.templates import Page, Shown, Templates
from generator.tree import Stamp, Tree

PAGES: Final = 200
"""Pages in a shard."""


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

    maker: str = ""
    """Digest of all that pages depend on besides their own text."""

    same_maker: bool = False
    """Whether that is as it was."""


class Made(NamedTuple):
    """What became of a page."""

    path: str
    """Of its Markdown, below the pages folder."""

    source: Stamp
    files: list[tuple[str, Stamp, bool]]
    """Below the site: its HTML and what lies beside it, each with whether it changed."""


class Known(NamedTuple):
    """What an earlier build left of a page."""

    source: Stamp | None
    """Of its Markdown."""

    files: list[Stamp | None]
    """Of its HTML, and of what lies beside it."""


def known(page: Page, record: Record) -> Known:
    """What is recorded of a page."""
    return Known(
        record.sources.get(addresses.file(page.address)),
        [record.files.get(path) for path in _outputs(page)],
    )


@dataclass(slots=True)
class _Shard:
    papers: list[PaperPage] = field(default_factory=list)
    lists: list[ListPage] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    """What is known of the papers' pages, and then of the lists'."""


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(_Shard)


def shards(pages: Iterable[PaperPage | ListPage], record: Record) -> Iterator[bytes]:
    """The pages in shards, packed to be handed over, with what an earlier build left of each."""
    for some in work.batches(pages, PAGES):
        shard = _Shard(
            [page for page in some if isinstance(page, PaperPage)],
            [page for page in some if isinstance(page, ListPage)],
        )
        shard.known += (known(page, record) for page in shard.papers)
        shard.known += (known(page, record) for page in shard.lists)
        yield _ENCODER.encode(shard)


def write(job: Job, packed: bytes) -> list[Made]:
    """Write the pages of a shard; what is there already stays."""
    shard = _DECODER.decode(packed)
    tree = Tree(job.pages, job.fresh, job.old)
    templates = _templates(job.shown)
    pages: Sequence[PaperPage | ListPage] = (*shard.papers, *shard.lists)
    return [
        write_page(job, tree, templates, page, known)
        for page, known in zip(pages, shard.known, strict=True)
    ]


def write_page(job: Job, tree: Tree, templates: Templates, page: Page, known: Known) -> Made:
    """Write one page.

    Args:
        job: what it is part of.
        tree: where it goes.
        templates: what makes its Markdown.
        page: what it shows.
        known: what an earlier build left of it.
    """
    path = addresses.file(page.address)
    text = page.markdown(templates)
    stamp = tree.source(path, text.encode(), known.source)
    html, *beside = _outputs(page)
    made: list[tuple[str, Stamp, bool]] = []
    if job.fresh:
        before = known.files[0]
        is_same = job.same_maker and known.source and known.source.digest == stamp.digest
        if is_same and before and tree.taken(html, before):
            made.append((html, before, False))
        else:
            data = render.html(job.config_file, str(job.fresh), job.maker, path, text)
            made.append((html, *tree.published(html, data, before)))
    if isinstance(page, PaperPage):
        record, plain = beside
        shown, site_url = job.shown, job.shown.settings.site_url
        data = exports.twin(page.paper, site_url).encode()
        made.append((record, *tree.both(record, data, known.files[1])))
        if job.fresh:  # MkDocs takes any `.md` for a page to render, so this one is not for it
            data = exports.markdown_twin(page.paper, shown.names, site_url).encode()
            made.append((plain, *tree.published(plain, data, known.files[2])))
    return Made(path, stamp, made)


def _outputs(page: Page) -> list[str]:
    """The files of the site that a page becomes: its HTML first."""
    html = f"{page.address}index.html"
    if isinstance(page, PaperPage):
        paper = page.paper.id
        return [html, addresses.twin(paper), addresses.markdown_twin(paper)]
    return [html]


def _templates(shown: Shown) -> Templates:
    """The templates of a build, which all its shards on this process share."""
    if not _latest or _latest[0].shown != shown:
        _latest[:] = [Templates(shown)]
    return _latest[0]


_latest: list[Templates] = []
