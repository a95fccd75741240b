"""What a build has to do where few sources changed: the catalog as it was, and what differs.

Everything that is made of a catalog could depend on all of it, and to look at all of it takes long
where there are many papers. So this finds out, from what the last build noted, which papers may
show anything else than before, and which lists. Where that cannot be told, it says so, and the
build looks at everything.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from pathlib import Path
from typing import Final, NamedTuple
from zlib import crc32

import msgspec

from generator import addresses, files, gather, merging, people, similar, topics
from generator import catalog as catalogs
from generator.catalog import Catalog
from generator.citations.keys import assigned, has_stem, stem_of
from generator.config import Settings
from generator.errors import Problem
from generator.filling import Scope
from generator.gather import Source
from generator.ledger import Ledger
from generator.listings import Listings
from generator.listings.authors import Roll
from generator.merging import Origin, Trace
from generator.papers import Brief, Paper
from generator.parts import Edition, Store
from generator.people import Orcids, Person, Profile
from generator.search import saved
from generator.taxonomy import Topic
from generator.templates import Site

MOST: Final = 0.05
"""The share of papers that may change; where more do, everything is looked at."""


class UnsureError(Exception):
    """Something else than a few papers may show something else than before."""


class Memory(msgspec.Struct, array_like=True):
    """What a build leaves for the next one to go on from."""

    edition: Edition
    sources: dict[str, Source]
    papers: list[Brief]
    contradictions: list[Problem]
    orcids: Orcids
    found: list[list[str]]
    """What each saved search found, by id."""

    similar: bytes
    """Tells what was known of similar papers then."""

    has_cards: bool


_FACT: Final = "memory"


def remember(ledger: Ledger, memory: Memory, site: Site) -> None:
    """Note what the next build goes on from."""
    ledger.note_people(site.listings.authors.rows())
    data = msgspec.msgpack.encode(memory)
    ledger.set_fact(_FACT, crc32(data))
    files.write_file(_beside(ledger), data)


def _recalled(ledger: Ledger) -> Memory | None:
    """What the last build noted, if it is whole."""
    try:
        data = files.content(_beside(ledger))
        if crc32(data) == ledger.fact(_FACT, int):
            return msgspec.msgpack.decode(data, type=Memory)
    except (OSError, msgspec.DecodeError):
        pass
    return None


def _beside(ledger: Ledger) -> Path:
    """It has a file of its own, since the ledger would take twice as long to replace it."""
    return ledger.target.with_suffix(".memory")


class Update(NamedTuple):
    """A catalog, what its pages show, and what of it may differ from before."""

    site: Site
    scope: Scope
    memory: Memory
    strangers: frozenset[str]
    """People who signed papers before and sign none now."""


def find(
    ledger: Ledger,
    store: Store,
    settings: Settings,
    taxonomy: tuple[Topic, ...],
    known: Iterable[Person],
    jobs: int = 1,
) -> Update:
    """What differs from the last build, if only sources changed since.

    Args:
        ledger: what it noted.
        store: the parts of papers, as it left them.
        settings: as they were then.
        taxonomy: the topics; as they were then, and not made up from all papers.
        known: people whose names need a word; as they were then.
        jobs: processes at most.

    Raises:
        UnsureError: more than a few papers may differ.
    """
    memory = _recalled(ledger) if taxonomy else None
    if memory is None or not store.resume(memory.edition):
        raise UnsureError
    if similar.token(settings.similar) != memory.similar:
        raise UnsureError
    read = _read_again(memory, settings)
    change = _merged(memory, read, store, taxonomy, known)
    catalog = _catalog(memory, read, change, taxonomy)
    return _Spread(memory, ledger, store, settings, catalog, change, read.sources, jobs).update()


# From the sources that changed to the papers that did


class _Read(NamedTuple):
    """What sources say that changed."""

    sources: dict[str, Source]
    """All that there are now."""

    fresh: dict[Origin, Paper]
    """Records that are new or differ."""

    gone: dict[Origin, Paper]
    """Records that are no more, or were otherwise."""

    remembered: gather.Remembered


def _read_again(memory: Memory, settings: Settings) -> _Read:
    lies = gather.lying(settings.sources)
    if not gather.are_plain(settings.sources, lies):
        raise UnsureError
    remembered = gather.Remembered(settings.sources, settings.readings)
    read = _Read({}, {}, {}, remembered)
    for path in sorted(memory.sources.keys() | lies.keys()):
        before, lie = memory.sources.get(path), lies.get(path)
        if before and before.lie == lie:
            read.sources[path] = before
            continue
        old: Sequence[Paper] = remembered.papers(before.name) if before else ()
        new: Sequence[Paper] = ()
        if lie:
            name = remembered.name(path)
            reading = remembered.read(path, name)
            new = reading.papers
            read.sources[path] = Source(lie, name, replace(reading, papers=()))
        for number, (was, now) in enumerate(zip_longest(old, new)):
            if was != now:
                read.gone.update({(path, number): was} if was else {})
                read.fresh.update({(path, number): now} if now else {})
    return read


@dataclass(frozen=True, kw_only=True)
class _Change:
    """What became of papers."""

    gone: Sequence[Brief]
    """Those that are no more, or otherwise."""

    fresh: Sequence[Brief]
    """Those that are new, or otherwise."""

    stay: Sequence[Brief]
    contradictions: Sequence[Problem]
    orcids: Orcids


def _merged(
    memory: Memory,
    read: _Read,
    store: Store,
    taxonomy: tuple[Topic, ...],
    known: Iterable[Person],
) -> _Change:
    most = MOST * len(memory.papers)
    touched = _touched(memory.papers, read)
    if max(len(touched), len(read.fresh)) > most:
        raise UnsureError
    records = read.fresh | _records(touched, read, memory)
    joined, problems = merging.join(list(records.values()))
    origins = list(records)
    own = {paper.id for paper in touched}
    stay = [paper for paper in memory.papers if paper.id not in own]
    taken = {known for paper in stay for known in (paper.id, *paper.former_ids)}
    if any(not taken.isdisjoint((one.paper.id, *one.paper.former_ids)) for one in joined):
        raise UnsureError

    were = [store.paper(paper) for paper in touched]
    orcids = _counted(memory.orcids, were, [one.paper for one in joined])
    papers = people.identify([one.paper for one in joined], known, orcids)
    if not people.tell_apart_alike(memory.orcids, orcids, [*were, *papers]):
        raise UnsureError
    made = [
        (paper, one.traced(origins))
        for paper, one in zip(topics.assign(papers, taxonomy), joined, strict=True)
    ]
    cited, moved = _cited(stay, were, papers)
    other = {paper.id for paper in moved}
    made += [(store.paper(paper), Trace(paper.records, paper.links_to)) for paper in moved]
    places = {
        (source.file, source.position)
        for record in chain(records.values(), read.gone.values())
        for source in record.sources
    }
    kept = [one for one in memory.contradictions if (one.file, one.position) not in places]
    return _Change(
        gone=[*touched, *moved],
        fresh=store.add([(paper, cited[paper.id], trace) for paper, trace in made]),
        stay=[paper for paper in stay if paper.id not in other],
        contradictions=[*kept, *problems],
        orcids=orcids,
    )


def _touched(papers: Sequence[Brief], read: _Read) -> list[Brief]:
    """The papers whose records changed, and all that these could be joined with, and so on."""
    wanted = set(merging.checksums(read.fresh.values()))
    touched: dict[str, Brief] = {
        paper.id: paper for paper in papers if any(one in read.gone for one in paper.records)
    }
    wanted.update(link for paper in touched.values() for link in paper.links_to)
    while True:
        near = [paper for paper in papers if not wanted.isdisjoint(paper.links_to)]
        if len(near) <= len(touched):
            return list(touched.values())
        touched |= {paper.id: paper for paper in near}
        wanted.update(link for paper in near for link in paper.links_to)


def _records(touched: Iterable[Brief], read: _Read, memory: Memory) -> dict[Origin, Paper]:
    """The records of papers that are as they were."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for file, number in chain.from_iterable(paper.records for paper in touched):
        if (file, number) not in read.gone:
            wanted[file].append(number)
    return {
        (file, number): record
        for file, numbers in wanted.items()
        for number, record in read.remembered.some(memory.sources[file].name, numbers)
    }


def _counted(known: Orcids, gone: Iterable[Paper], fresh: Iterable[Paper]) -> Orcids:
    """The ORCID iDs of a catalog without some papers and with others."""
    found = {orcid: dict(names) for orcid, names in known.items()}
    for sign, some in ((1, people.orcids(fresh)), (-1, people.orcids(gone))):
        for orcid, names in some.items():
            for name, total in names.items():
                here = found.setdefault(orcid, {})
                here[name] = here.get(name, 0) + sign * total
    counted = (
        (orcid, {name: total for name, total in names.items() if total})
        for orcid, names in found.items()
    )
    return {orcid: names for orcid, names in counted if names}


def _cited(
    stay: Iterable[Brief], were: Iterable[Paper], papers: Sequence[Paper]
) -> tuple[dict[str, str], list[Brief]]:
    """The key of each paper by id, and which of those that stay have another one now."""
    stems: dict[str, list[Paper]] = {stem_of(paper): [] for paper in were}
    for paper in papers:
        stems.setdefault(stem_of(paper), []).append(paper)
    near = []
    for brief in stay:
        for stem in (brief.key, brief.key.rpartition("-")[0]):
            if stem in stems and has_stem(brief, brief.key, stem):
                stems[stem].append(brief)
                near.append(brief)
                break
    cited: dict[str, str] = {}
    for stem, some in stems.items():
        cited |= assigned(stem, some)
    return cited, [brief for brief in near if cited[brief.id] != brief.key]


def _catalog(memory: Memory, read: _Read, change: _Change, taxonomy: tuple[Topic, ...]) -> Catalog:
    papers = list(change.stay)
    for paper in change.fresh:
        insort(papers, paper, key=catalogs.order)
    readings = tuple(source.reading for _, source in sorted(read.sources.items()))
    problems = chain.from_iterable(reading.problems for reading in readings)
    return Catalog(
        papers=tuple(papers),
        topics=taxonomy,
        curators=catalogs.merged_curators(readings),
        problems=catalogs.sorted_problems(problems, change.contradictions),
        accounts=merging.accounts(readings, (paper.records for paper in papers)),
        readings=readings,
        contradictions=tuple(change.contradictions),
    )


# From the papers that changed to all that may show something else


class _Spread:
    """How far a change reaches."""

    def __init__(
        self,
        memory: Memory,
        ledger: Ledger,
        store: Store,
        settings: Settings,
        catalog: Catalog,
        change: _Change,
        sources: dict[str, Source],
        jobs: int,
    ) -> None:
        self._memory = memory
        self._ledger = ledger
        self._store = store
        self._settings = settings
        self._catalog = catalog
        self._change = change
        self._sources = sources
        self._jobs = jobs
        before = {paper.id: paper for paper in change.gone}
        after = {paper.id: paper for paper in change.fresh}
        self._fresh = [
            paper
            for paper in change.fresh
            if paper.id not in before or before[paper.id].digest != paper.digest
        ]
        same = {paper.id for paper in change.fresh} - {paper.id for paper in self._fresh}
        self._was = [paper for paper in change.gone if paper.id not in same]
        self._gone = frozenset(before.keys() - after.keys())

    def update(self) -> Update:
        """See there."""
        settings, catalog, volume = self._settings, self._catalog, self._store.volume
        others = {paper.id for paper in (*self._fresh, *self._was)}
        near = similar.find(catalog.current, self._jobs, settings.similar, volume)
        dates = {paper.date for paper in (*self._fresh, *self._was)}
        signed = {person for paper in (*self._fresh, *self._was) for person in paper.people}
        theirs = [paper for paper in self._papers() if not signed.isdisjoint(paper.people)]
        profiles = people.profiles(map(self._store.paper, theirs))
        profiles = {person: profiles[person] for person in signed & profiles.keys()}
        renamed = self._renamed(signed, theirs, profiles)
        besides = [paper for paper in theirs if not renamed.isdisjoint(paper.people)]
        signers = signed.union(*(paper.people for paper in besides))
        reached = {
            *(paper.id for paper in self._papers() if paper.date in dates),
            *(paper.id for paper in besides),
            *near.changed,
            *near.naming(others),
            *others,
        }
        shown = (
            person
            for paper in self._papers()
            if paper.id in reached or not signers.isdisjoint(paper.people)
            for person in paper.people
        )
        rows = self._ledger.people(set(shown) - profiles.keys())
        profiles |= {
            row[0]: Profile(id=row[0], name=row[1], family=row[2], orcid=row[3]) for row in rows
        }
        catalog = replace(catalog, known_profiles=profiles, signers=frozenset(signers))
        roll = Roll(totals={row[0]: row[4] for row in rows}, listed=self._ledger.listed())
        found = self._found(catalog, {paper.id for paper in self._fresh})
        listings = Listings(catalog=catalog, settings=settings, found=found, others=roll)
        memory = Memory(
            edition=self._memory.edition,
            sources=self._sources,
            papers=list(self._papers()),
            contradictions=list(self._change.contradictions),
            orcids=self._change.orcids,
            found=[[paper.id for paper in papers] for papers in found],
            similar=similar.token(settings.similar),
            has_cards=self._memory.has_cards,
        )
        scope = Scope(
            papers=frozenset(reached),
            fresh=self._fresh,
            was=self._was,
            gone=self._gone,
            folders=frozenset(map(addresses.author, signers)),
        )
        site = Site(listings, near, volume=volume)
        if site.shown.has_cards != memory.has_cards:
            raise UnsureError
        strangers = signed - {person for paper in self._papers() for person in paper.people}
        return Update(site, scope, memory, frozenset(strangers))

    def _papers(self) -> Iterator[Brief]:
        return (paper for paper in self._catalog.papers if isinstance(paper, Brief))

    def _renamed(
        self, signed: set[str], theirs: Iterable[Brief], profiles: Mapping[str, Profile]
    ) -> set[str]:
        """Who is called otherwise than before, or has a page now and had none, or the reverse."""
        least = self._settings.author_pages
        before = {row[0]: (row[1], row[4] >= least) for row in self._ledger.people(signed)}
        totals = Counter(
            person for paper in theirs if not paper.withdrawn for person in {*paper.people}
        )
        after = {
            person: (profile.name, totals[person] >= least) for person, profile in profiles.items()
        }
        return {person for person in signed if before.get(person) != after.get(person)}

    def _found(self, catalog: Catalog, fresh: set[str]) -> list[tuple[Paper, ...]]:
        """What each saved search finds."""
        queries = [search["query"] for search in self._settings.searches]
        some = replace(catalog, papers=tuple(self._fresh))
        found = []
        new = saved.find(some, queries, self._store.volume)
        for before, after in zip(self._memory.found, new, strict=True):
            ids = {*before} - fresh | {paper.id for paper in after}
            found.append(tuple(paper for paper in catalog.current if paper.id in ids))
        return found
