"""Pages and files by the shard, made in any process: Markdown, HTML, and what lies beside them.

A shard carries all that it needs but the theme, the settings and the parts of papers, which lie in
the catalog's folder. So it can be done by another process or, where that folder is shared, by
another machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from generator.build import files, rendering
from generator.build.folder import Entry
from generator.build.store import Store
from generator.exports import catalog_records, paper_markdown
from generator.model import addresses
from generator.model.outputs import File
from generator.pages.indexes import IndexPage
from generator.pages.lists import ListPage
from generator.pages.paper import PaperPage
from generator.pages.templates import Page, Shown, Templates


@dataclass(frozen=True, kw_only=True)
class Job:
    """What all shards of a build have in common."""

    pages: Path
    """The pages folder."""

    shown: Shown
    store: Store
    """Keeps what pages have in common."""

    fresh: Path | None = None
    """The new site; without one, or where MkDocs makes it, only the pages folder is filled."""

    old: Path | None = None
    """The site that the new one replaces, if there is one."""

    config_file: str = ""
    """The catalog's `mkdocs.yml`."""

    maker: str = ""
    """Digest of all that pages depend on besides their own text."""


class Made(NamedTuple):
    """What became of a page, or of a file."""

    pages: list[tuple[str, Entry]]
    """Files of the pages folder."""

    site: list[tuple[str, Entry, bool]]
    """Files of the site, each with whether it differs from that of the old site."""


class Packed(NamedTuple):
    """A page that is handed over."""

    kind: int
    """Of `_KINDS`."""

    key: bytes
    page: msgspec.Raw


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(list[Packed])
_KINDS: Final = (PaperPage, ListPage, IndexPage)
_PAGES: Final[list[msgspec.msgpack.Decoder[Any]]] = [
    msgspec.msgpack.Decoder(kind) for kind in _KINDS
]


def packed(page: Page, key: bytes) -> Packed:
    """A page of a kind that there are many of, to be handed over."""
    return Packed(_KINDS.index(type(page)), key, msgspec.Raw(_ENCODER.encode(page)))


def pack(pages: Sequence[Packed]) -> bytes:
    """A shard of pages."""
    return _ENCODER.encode(pages)


def write_pages(job: Job, shard: bytes) -> list[Made]:
    """Write the pages of a shard."""
    return [
        write_page(job, _PAGES[kind].decode(page), key)
        for kind, key, page in _DECODER.decode(shard)
    ]


def write_page(job: Job, page: Page, key: bytes = b"", *, is_rendered: bool = True) -> Made:
    """Write one page.

    Args:
        job: what it is part of.
        page: what it shows.
        key: the digest of that.
        is_rendered: whether its HTML is made too.
    """
    path, templates = addresses.file(page.address), _templates(job.shown)
    text = page.markdown(templates)
    made = Made([(path, _put(job, path, text.encode(), key))], [])
    if job.fresh and is_rendered:
        data = rendering.html(job.config_file, str(job.fresh), job.maker, job.store, path, text)
        made.site.append(_published(job, f"{page.address}index.html", data, key))
    if isinstance(page, PaperPage) and job.shown.settings.companions:
        paper, site_url = templates.paper(page.paper), job.shown.settings.site_url
        record = catalog_records.record(paper, site_url).encode()
        beside = _both(job, addresses.twin(paper.id), record, key)
        made.pages.extend(beside.pages)
        made.site.extend(beside.site)
        if job.fresh:  # MkDocs takes any `.md` for a page to render, so this one is not for it
            plain = paper_markdown.markdown(paper, job.shown.names, site_url).encode()
            made.site.append(_published(job, addresses.markdown_twin(paper.id), plain, key))
    return made


def write_files(job: Job, shard: Iterable[File]) -> list[Made]:
    """Write files that are no pages."""
    made = []
    for file in shard:
        content = file.make()
        data = content.encode() if isinstance(content, str) else content
        made.append(_both(job, file.path, data, file.key))
    return made


def settled(job: Job, path: str) -> tuple[str, Entry, bool]:
    """What became of a file that others put into the new site."""
    place, old = f"{job.fresh}/{path}", f"{job.old}/{path}"
    is_same = job.old is not None and files.are_same(old, place)
    if is_same:  # so that it keeps its time
        files.link(old, place)
    return path, Entry.of(place), not is_same


def _put(job: Job, path: str, data: bytes, key: bytes) -> Entry:
    """Put a file into the pages folder."""
    place = f"{job.pages}/{path}"
    files.write_file(place, data)
    return Entry.of(place, key, data)


def _published(job: Job, path: str, data: bytes, key: bytes) -> tuple[str, Entry, bool]:
    """Put a file into the site; one that comes out as it was is the same file, by a hard link."""
    place, old = f"{job.fresh}/{path}", f"{job.old}/{path}"
    is_same = job.old is not None and files.holds(old, data)
    if is_same:
        files.link(old, place)
    else:
        files.write_file(place, data)
    return path, Entry.of(place, key, data), not is_same


def _both(job: Job, path: str, data: bytes, key: bytes) -> Made:
    """Put a file into the pages folder and the site, where it is the same one by a hard link."""
    made = Made([], [])
    if job.fresh and job.old and files.holds(f"{job.old}/{path}", data):
        files.link(f"{job.old}/{path}", f"{job.fresh}/{path}")
        made.site.append((path, Entry.of(f"{job.fresh}/{path}", key, data), False))
    elif job.fresh:
        files.write_file(f"{job.fresh}/{path}", data)
        made.site.append((path, Entry.of(f"{job.fresh}/{path}", key, data), True))
    if not files.holds(f"{job.pages}/{path}", data):
        if job.fresh:
            files.link(f"{job.fresh}/{path}", f"{job.pages}/{path}")
        else:
            files.write_file(f"{job.pages}/{path}", data)
    made.pages.append((path, Entry.of(f"{job.pages}/{path}", key, data)))
    return made


def _templates(shown: Shown) -> Templates:
    """The templates of a build, which all its shards on this process share."""
    if not _latest or _latest[0].shown != shown:
        _latest[:] = [Templates(shown)]
    return _latest[0]


_latest: list[Templates] = []
