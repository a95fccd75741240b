"""What a build has to do where few sources changed: the catalog as it was, and what differs.

Everything that is made of a catalog could depend on all of it, and to look at all of it takes long
where there are many papers. So this finds out, from what the last build noted, which papers may
show anything else than before, and which lists. Where that cannot be told, it says so, and the
build looks at everything.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from typing import Final, NamedTuple

from generator import catalog as catalogs
from generator import similar
from generator.build import files, gather, owner
from generator.build.gather import Source, Sources
from generator.build.ledger import Ledger
from generator.build.memory import Memory, UnsureError
from generator.build.parts import Store
from generator.build.reach import Change, Reach
from generator.catalog import Catalog, merging, people, topics
from generator.catalog.merging import Origin
from generator.catalog.people import Orcids, Person
from generator.catalog.taxonomy import Topic
from generator.exports import permanent
from generator.exports.permanent import Permanent
from generator.model.papers import Brief, Paper
from generator.model.settings import Settings

MOST: Final = 0.05
"""The share of papers that may change; where more do, everything is looked at."""


def find(
    memory: Memory,
    ledger: Ledger,
    store: Store,
    settings: Settings,
    taxonomy: tuple[Topic, ...],
    known: Iterable[Person],
    jobs: int = 1,
) -> Reach:
    """What differs from the last build, if only sources changed since, and how far that reaches.

    Args:
        memory: what it left.
        ledger: what it noted.
        store: the parts of papers, as it left them.
        settings: as they were then.
        taxonomy: the topics; as they were then.
        known: people whose names need a word; as they were then.
        jobs: processes at most.

    Raises:
        UnsureError: more than a few papers may differ.
    """
    if not store.resume(memory.edition):
        raise UnsureError
    if similar.token(settings.similar) != memory.similar:
        raise UnsureError
    read = _read_again(memory, settings)
    given = owner.load_permanent(settings.permanent)
    change = _merged(memory, read, store, taxonomy, known, given)
    catalog = _catalog(memory, read, change, taxonomy)
    return Reach(memory, ledger, store, settings, catalog, change, read.sources, jobs)


class _Read(NamedTuple):
    """What sources say that changed."""

    sources: Sources
    """All that there are now."""

    fresh: dict[Origin, Paper]
    """Records that are new or differ."""

    gone: dict[Origin, Paper]
    """Records that are no more, or were otherwise."""

    remembered: gather.Remembered


def _read_again(memory: Memory, settings: Settings) -> _Read:
    lies = gather.lying(settings.sources)
    if files.faults(settings.sources):
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


def _merged(
    memory: Memory,
    read: _Read,
    store: Store,
    taxonomy: tuple[Topic, ...],
    known: Iterable[Person],
    given: Sequence[Permanent],
) -> Change:
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
    assigned = permanent.assign([*stay, *papers], given, store.whole)
    if any(assigned[paper.id][:2] != (paper.feed_id or paper.id, paper.key) for paper in stay):
        raise UnsureError
    named = permanent.named(topics.assign(papers, taxonomy), assigned)
    places = {
        (source.file, source.position)
        for record in chain(records.values(), read.gone.values())
        for source in record.sources
    }
    kept = [one for one in memory.contradictions if (one.file, one.position) not in places]
    return Change(
        gone=touched,
        fresh=store.add(
            [
                (paper, assigned[paper.id].key, one.traced(origins))
                for paper, one in zip(named, joined, strict=True)
            ]
        ),
        stay=stay,
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


def _catalog(memory: Memory, read: _Read, change: Change, taxonomy: tuple[Topic, ...]) -> Catalog:
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
