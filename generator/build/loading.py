"""From all sources to a catalog of summaries of papers, which need little memory.

To read the papers of a large catalog takes more memory than all that follows, and what was taken
is not all given back. So they are read in a process that ends when it has told what there is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from typing import Final, NamedTuple

import msgspec

from generator import catalog as catalogs
from generator.build import memory, owner, reading, summaries, work
from generator.build.store import DamagedError, Store
from generator.build.summaries import Making
from generator.build.work import Advance
from generator.catalog import Catalog
from generator.catalog.people import Profile
from generator.catalog.topics import Given
from generator.exports import permanent
from generator.model.errors import Problem
from generator.model.papers import PaperSummary
from generator.model.settings import Settings

LARGE: Final = 16 * 2**20
"""Bytes of sources from which on a process of its own reads them: some ten thousand papers."""


def load(settings: Settings, store: Store, jobs: int, advance: Advance = work.ignore) -> Catalog:
    """All that there is in `content/`: summaries of papers, with what is made of each in the store.

    Args:
        settings: say where.
        store: has what was read and made before, and is given what is now.
        jobs: processes at most.
        advance: is told how many files are read, of how many.

    Raises:
        ConfigError: the taxonomy or the file of authors cannot be read.
    """
    if jobs < 2 or sum(reading.sizes(settings.sources).values()) < LARGE:
        return summarised(_catalog(settings, store, jobs, advance), settings, store, jobs)
    apart = partial(_load_apart, store=store, jobs=jobs)
    loaded = work.later(apart, settings, jobs, roomy=True, advance=advance)()
    with memory.keeping_everything():
        profiles = msgspec.msgpack.decode(loaded.profiles, type=dict[str, Profile])
        return _of_summaries(loaded.rest, loaded.ids, profiles, store)


class _Loaded(NamedTuple):
    """A catalog as one process tells another; its papers are in the store."""

    ids: list[str]
    profiles: bytes
    rest: Catalog


def _load_apart(settings: Settings, store: Store, jobs: int) -> _Loaded:
    with work.workers(jobs):
        catalog = _catalog(settings, store, jobs, work.tell)
        _keep(catalog, settings, store, jobs)
    return _Loaded(
        [paper.id for paper in catalog.papers],
        msgspec.msgpack.encode(catalog.profiles),
        replace(catalog, papers=(), known_profiles={}),
    )


def summarised(catalog: Catalog, settings: Settings, store: Store, jobs: int = 1) -> Catalog:
    """A catalog with its papers by their summaries; what is made of each is in the store."""
    with memory.keeping_everything():
        _keep(catalog, settings, store, jobs)
        ids = [paper.id for paper in catalog.papers]
        return _of_summaries(catalog, ids, catalog.profiles, store)


def _of_summaries(
    catalog: Catalog, ids: list[str], profiles: Mapping[str, Profile], store: Store
) -> Catalog:
    papers = store.all(summaries.KIND, PaperSummary)
    if not papers.keys() >= set(ids):
        raise DamagedError
    return replace(catalog, papers=tuple(map(papers.__getitem__, ids)), known_profiles=profiles)


def _keep(catalog: Catalog, settings: Settings, store: Store, jobs: int) -> None:
    assigned = permanent.assign(catalog.papers, owner.load_permanent(settings.permanent))
    named = replace(catalog, papers=permanent.named(catalog.papers, assigned))
    keys = {own: line.key for own, line in assigned.items()}
    making = Making.of(catalog, settings.site_url)
    summaries.keep(store, named.papers, named.digests, keys, making, jobs)


def read_catalog(settings: Settings, jobs: int = 1, advance: Advance = work.ignore) -> Catalog:
    """Everything in `content/`: the sources, merged, with their topics and people.

    Raises:
        ConfigError: the taxonomy or the file of authors cannot be read.
    """
    return _catalog(settings, None, jobs, advance)


def _catalog(settings: Settings, store: Store | None, jobs: int, advance: Advance) -> Catalog:
    topics = owner.load_topics(settings.taxonomy)
    people = owner.load_people(settings.people)
    with memory.keeping_everything():
        readings = reading.read(settings.sources, store, jobs, advance)
        name = blake2b(repr(topics).encode(), digest_size=16).hexdigest()
        given = (store and store.get(_TOPICS, name, Given)) or {}
        count = len(given)
        spread = partial(work.spread, jobs=jobs)
        catalog = catalogs.build(readings, topics, people, given=given, spread=spread)
        if store and len(given) != count:
            store.drop_all(_TOPICS)
            store.put(_TOPICS, [(name, given)])
        if not settings.sources.is_dir():
            catalog = replace(catalog, problems=(_NO_FOLDER, *catalog.problems))
        return catalog


_TOPICS: Final = "topics"
"""Under which the store has the topics that texts are given, by digest of the taxonomy."""

_NO_FOLDER: Final = Problem(
    file="",
    reason="expected your lists of papers in this folder, found no such folder. "
    "Put one there: `papershelf add FILE`.",
)
