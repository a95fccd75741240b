"""Pages by the shard: their Markdown, their HTML, and what lies beside them, made in any process.

A shard carries all that it needs but the theme and the settings, which lie in the catalog's folder,
and says what became of each page. So it can be done by another process or, where that folder is
shared, by another machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from generator import addresses, exports, render, work
from generator.pages.lists import ListPage
from generator.pages.paper import PaperPage
from generator.reuse import Record
from generator.templates import Page, Shown, Templates
from generator.tree import Stamp, Tree

PAGES: Final = 400
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

    key: bytes
    """Digest of all that it shows."""

    source: Stamp
    files: list[tuple[str, Stamp, bool]]
    """Below the site: its HTML and what lies beside it, each with whether it changed."""


class Known(NamedTuple):
    """What an earlier build left of a page."""

    key: bytes
    source: Stamp | None
    """Of its Markdown."""

    files: list[Stamp | None]
    """Of its HTML, and of what lies beside it."""


NOTHING: Final = Known(b"", None, [])


class _Packed(NamedTuple):
    """A page that is handed over."""

    is_paper: bool
    path: str
    outputs: list[str]
    key: bytes
    page: msgspec.Raw
    known: Known


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(list[_Packed])
_PAPER: Final = msgspec.msgpack.Decoder(PaperPage)
_LIST: Final = msgspec.msgpack.Decoder(ListPage)


def shards(
    pages: Iterable[PaperPage | ListPage], names: Mapping[str, str], record: Record
) -> Iterator[bytes]:
    """The pages in shards, packed to be handed over.

    Args:
        pages: in any order.
        names: of topics, by slug.
        record: what an earlier build left.
    """
    for some in work.batches(pages, PAGES):
        yield _ENCODER.encode([_packed(page, names, record) for page in some])


def _packed(page: PaperPage | ListPage, names: Mapping[str, str], record: Record) -> _Packed:
    data = _ENCODER.encode(page)
    topics = page.paper.topics if isinstance(page, PaperPage) else [slug for slug, _ in page.topics]
    path, outputs = addresses.file(page.address), _outputs(page)
    known = Known(
        record.keys.get(path, b""),
        record.sources.get(path),
        [record.files.get(output) for output in outputs],
    )
    key = blake2b(data + repr([names[slug] for slug in topics]).encode(), digest_size=16).digest()
    return _Packed(isinstance(page, PaperPage), path, outputs, key, msgspec.Raw(data), known)


def write(job: Job, packed: bytes) -> list[Made]:
    """Write the pages of a shard; those that show what they showed before stay as they are."""
    tree = Tree(job.pages, job.fresh, job.old)
    return [_written(job, tree, one) for one in _DECODER.decode(packed)]


def _written(job: Job, tree: Tree, one: _Packed) -> Made:
    known = one.known
    if job.same_maker and one.key == known.key and known.source:
        before = [
            (path, stamp) for path, stamp in zip(one.outputs, known.files, strict=False) if stamp
        ]
        twins = before[1:2]  # the one that lies in the pages folder too
        sources = [(one.path, known.source), *twins]
        if (
            len(before) == len(one.outputs)
            and all(tree.is_there(*source) for source in sources)
            and all(tree.taken(*output) for output in before)
        ):
            return Made(one.path, one.key, known.source, [(*output, False) for output in before])
    page = (_PAPER if one.is_paper else _LIST).decode(one.page)
    return write_page(job, tree, page, one.key, known)


def write_page(job: Job, tree: Tree, page: Page, key: bytes = b"", known: Known = NOTHING) -> Made:
    """Write one page.

    Args:
        job: what it is part of.
        tree: where it goes.
        page: what it shows.
        key: the digest of that.
        known: what an earlier build left of it.
    """
    path = addresses.file(page.address)
    text = page.markdown(_templates(job.shown))
    stamp = tree.source(path, text.encode(), known.source)
    html, *beside = _outputs(page)
    before = dict(zip((html, *beside), known.files, strict=False))
    made: list[tuple[str, Stamp, bool]] = []
    if job.fresh:
        data = render.html(job.config_file, str(job.fresh), job.maker, path, text)
        made.append((html, *tree.published(html, data, before.get(html))))
    if isinstance(page, PaperPage):
        record, plain = beside
        shown, site_url = job.shown, job.shown.settings.site_url
        data = exports.twin(page.paper, site_url).encode()
        made.append((record, *tree.both(record, data, before.get(record))))
        if job.fresh:  # MkDocs takes any `.md` for a page to render, so this one is not for it
            data = exports.markdown_twin(page.paper, shown.names, site_url).encode()
            made.append((plain, *tree.published(plain, data, before.get(plain))))
    return Made(path, key, stamp, made)


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
