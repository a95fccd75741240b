"""From all sources to a catalog whose papers are known in brief, so that they need little memory.

To read the papers of a large catalog takes more memory than all that follows, and what was taken
is not all given back. So they are read in a process that ends when it has told what there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final, NamedTuple

import msgspec

from generator import catalog as catalogs
from generator.build import gather, owner, reuse, work
from generator.build.gather import Source, Sources
from generator.build.kept import Kept
from generator.build.parts import Edition, Making, Store
from generator.build.slices import Volume
from generator.build.work import Advance
from generator.catalog import Catalog, people, taxonomy
from generator.catalog.people import Orcids, Profile
from generator.catalog.taxonomy import Topic
from generator.exports import permanent
from generator.model.errors import Problem
from generator.model.papers import Brief
from generator.model.settings import Settings

LARGE: Final = 16 * 2**20
"""Bytes of sources from which on a process of its own reads them: some ten thousand papers."""


class Shelf(NamedTuple):
    """A catalog whose papers are known in brief; the rest lies in a file."""

    catalog: Catalog
    edition: Edition
    volume: Volume
    """That file."""

    orcids: Orcids


def read(settings: Settings, jobs: int, advance: Advance = work.ignore) -> tuple[Shelf, Sources]:
    """All that there is in `content/`, and what it was read of.

    Args:
        settings: say where.
        jobs: processes at most.
        advance: is told how many files are read, of how many.

    Raises:
        ConfigError: the taxonomy or the file of authors cannot be read.
    """
    lies = gather.lying(settings.sources)
    if jobs < 2 or sum(size for size, *_ in lies.values()) < LARGE:
        return _read(settings, jobs, advance)
    apart = partial(_read_apart, jobs=jobs)
    packed = work.later(apart, settings, jobs, roomy=True, advance=advance)()
    with work.keeping_everything():
        return packed.unpacked()


def _read(settings: Settings, jobs: int, advance: Advance) -> tuple[Shelf, Sources]:
    lies = gather.lying(settings.sources)
    catalog, names = _catalog(settings, jobs, advance, keep=True)
    readings = {reading.file: reading for reading in catalog.readings}
    sources = {
        path: Source(lie, names[path], readings[path])
        for path, lie in lies.items()
        if path in names and path in readings
    }
    return shelve(catalog, settings, jobs), sources


class _Packed(NamedTuple):
    """What was read, as one process hands it to another; to pickle each paper would take long."""

    papers: bytes
    profiles: bytes
    rest: Shelf
    sources: Sources

    def unpacked(self) -> tuple[Shelf, Sources]:
        catalog = replace(
            self.rest.catalog,
            papers=msgspec.msgpack.decode(self.papers, type=tuple[Brief, ...]),
            known_profiles=msgspec.msgpack.decode(self.profiles, type=dict[str, Profile]),
        )
        return self.rest._replace(catalog=catalog), self.sources


def _read_apart(settings: Settings, jobs: int) -> _Packed:
    with work.workers(jobs):
        shelf, sources = _read(settings, jobs, work.tell)
    catalog = shelf.catalog
    papers, profiles = map(msgspec.msgpack.encode, (catalog.papers, catalog.profiles))
    rest = replace(catalog, papers=(), known_profiles={})
    return _Packed(papers, profiles, shelf._replace(catalog=rest), sources)


def shelve(catalog: Catalog, settings: Settings, jobs: int = 1) -> Shelf:
    """Make what many pages have of each paper, so that the papers need not be in memory."""
    made = store(catalog.topics, settings, jobs)
    assigned = permanent.assign(catalog.papers, owner.load_permanent(settings.permanent))
    catalog = replace(catalog, papers=permanent.named(catalog.papers, assigned))
    keys = {own: line.key for own, line in assigned.items()}
    with work.keeping_everything():
        papers = tuple(made.sift(catalog.papers, catalog.digests, catalog.traces, keys))
        brief = replace(catalog, papers=papers, traces={}, known_profiles=catalog.profiles)
        return Shelf(brief, made.edition, made.volume, people.orcids(catalog.papers))


def store(topics: Sequence[Topic], settings: Settings, jobs: int) -> Store:
    """Where that is kept."""
    names = {topic.slug: topic.name for topic in topics}
    making = Making(names, taxonomy.keywords(topics), settings.site_url, reuse.code())
    return Store(settings.parts, making, jobs)


def read_catalog(settings: Settings, jobs: int = 1, advance: Advance = work.ignore) -> Catalog:
    """Everything in `content/`: the sources, merged, with their topics and people.

    Raises:
        ConfigError: the taxonomy or the file of authors cannot be read.
    """
    return _catalog(settings, jobs, advance, keep=False)[0]


def _catalog(
    settings: Settings, jobs: int, advance: Advance, *, keep: bool
) -> tuple[Catalog, dict[str, str]]:
    """The same, and what the reading of each source is kept under.

    With `keep`, files that do not change until the next time are not parsed again then.
    """
    topics = owner.load_topics(settings.taxonomy)
    known = owner.load_people(settings.people)
    with work.keeping_everything():
        found = gather.gather(settings.sources, settings.readings, jobs, advance, keep=keep)
        kept = Kept(settings.kept, reuse.code()) if keep else None
        catalog = catalogs.build(found.take(), topics, known, jobs=jobs, kept=kept)
        if not settings.sources.is_dir():
            catalog = replace(catalog, problems=(_NO_FOLDER, *catalog.problems))
        return catalog, found.names


_NO_FOLDER: Final = Problem(
    file="",
    reason="expected your lists of papers in this folder, found no such folder. "
    "Put one there: `papershelf add FILE`.",
)
