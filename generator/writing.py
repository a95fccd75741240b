"""Pages by the shard: their Markdown, their HTML, and what lies beside them, made in any process.

A shard carries all that it needs but the theme and the settings, which lie in the catalog's folder,
and says what became of each page. So it can be done by another process or, where that folder is
shared, by another machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from generator import addresses, exports, render, work
from generator.pages.lists import ListPage
from generator.pages.paper import PaperPage
from generator.reuse import Record
from generator.templates import Draft, Page, Shown, Templates
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
    key: bytes
    page: msgspec.Raw
    known: Known


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(list[_Packed])
_PAPER: Final = msgspec.msgpack.Decoder(PaperPage)
_LIST: Final = msgspec.msgpack.Decoder(ListPage)


def shards(
    job: Job,
    drafts: Iterable[Draft],
    tree: Tree,
    record: Record,
    unchanged: Callable[[Made], None],
) -> Iterator[bytes]:
    """The pages that have to be written in shards, packed to be handed over.

    Args:
        job: what they are part of.
        drafts: all pages, in any order.
        tree: where they go.
        record: what an earlier build left.
        unchanged: is told of each page that shows what it showed before, and so stays as it is.
    """
    for some in work.batches(_changed(job, drafts, tree, record, unchanged), PAGES):
        yield _ENCODER.encode(some)


def _changed(
    job: Job,
    drafts: Iterable[Draft],
    tree: Tree,
    record: Record,
    unchanged: Callable[[Made], None],
) -> Iterator[_Packed]:
    for draft in drafts:
        path, outputs = addresses.file(draft.address), _outputs(draft.address, draft.paper)
        known = Known(
            record.keys.get(path, b""),
            record.sources.get(path),
            [record.files.get(output) for output in outputs],
        )
        same = job.same_maker and draft.key == known.key
        if same and known.source and (made := _still_there(tree, path, outputs, known)):
            files = [(output, stamp, False) for output, stamp in made]
            unchanged(Made(path, draft.key, known.source, files))
        else:
            page = msgspec.Raw(_ENCODER.encode(draft.make()))
            yield _Packed(bool(draft.paper), draft.key, page, known)


def _still_there(
    tree: Tree, path: str, outputs: Sequence[str], known: Known
) -> list[tuple[str, Stamp]]:
    """What was made of a page, if all is still there, also in the new site; else nothing."""
    made = [(output, stamp) for output, stamp in zip(outputs, known.files, strict=True) if stamp]
    beside = made[1:2]  # the one after the HTML lies in the pages folder too
    sources = [(path, known.source), *beside]
    is_whole = (
        len(made) == len(outputs)
        and all(stamp and tree.is_there(source, stamp) for source, stamp in sources)
        and all(tree.taken(*output) for output in made)
    )
    return made if is_whole else []


def write(job: Job, packed: bytes) -> list[Made]:
    """Write the pages of a shard."""
    tree = Tree(job.pages, job.fresh, job.old)
    return [
        write_page(job, tree, (_PAPER if is_paper else _LIST).decode(page), key, known)
        for is_paper, key, page, known in _DECODER.decode(packed)
    ]


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
    paper = page.paper if isinstance(page, PaperPage) else None
    html, *beside = _outputs(page.address, paper.id if paper else "")
    before = dict(zip((html, *beside), known.files, strict=False))
    made: list[tuple[str, Stamp, bool]] = []
    if job.fresh:
        data = render.html(job.config_file, str(job.fresh), job.maker, path, text)
        made.append((html, *tree.published(html, data, before.get(html))))
    if paper:
        record, plain = beside
        shown, site_url = job.shown, job.shown.settings.site_url
        data = exports.twin(paper, site_url).encode()
        made.append((record, *tree.both(record, data, before.get(record))))
        if job.fresh:  # MkDocs takes any `.md` for a page to render, so this one is not for it
            data = exports.markdown_twin(paper, shown.names, site_url).encode()
            made.append((plain, *tree.published(plain, data, before.get(plain))))
    return Made(path, key, stamp, made)


def _outputs(address: str, paper: str) -> list[str]:
    """The files of the site that a page becomes, its HTML first.

    Args:
        address: of the page.
        paper: the id of the paper whose page it is; empty for a list.
    """
    html = f"{address}index.html"
    return [html, addresses.twin(paper), addresses.markdown_twin(paper)] if paper else [html]


def _templates(shown: Shown) -> Templates:
    """The templates of a build, which all its shards on this process share."""
    if not _latest or _latest[0].shown != shown:
        _latest[:] = [Templates(shown)]
    return _latest[0]


_latest: list[Templates] = []
