"""From the records of all sources to one paper for each that is one.

Where records differ, the more trusted reader is believed (`sources.READERS` is in that order), then
the earlier list, then the longer abstract; what one record lacks the next one gives. Days add up,
votes are the latest known, and the most precise date wins among those that agree. The order of the
files and their names make no difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from typing import Any, Final, NamedTuple

import msgspec
from msgspec.structs import asdict, replace

from generator.catalog.contradictions import IDS, SHOWN, contradictions, lookalike, shared_links
from generator.catalog.matching import groups, years_of
from generator.model.errors import Problem
from generator.model.papers import Author, Link, Paper, Publication, Source, Votes
from generator.sources import READERS, Reading, identifiers, names
from generator.text import fold, slug

_TRUST: Final = {reader.NAME: place for place, reader in enumerate(READERS)}


class Account(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What became of the records of one source: `records = papers + merged + problems`."""

    file: str
    format: str
    """Name of the reader; empty where the file could not be read."""

    records: int
    papers: int
    """Records that lead a paper of the catalog."""

    merged: int
    """Records of papers that another record leads."""

    problems: int
    """Records that became no paper."""


def as_json(accounts: Sequence[Account]) -> dict[str, Any]:
    """The accounts and their sums, as `build --json` and `check --json` print them."""
    return {
        "records": sum(account.records for account in accounts),
        "merged": sum(account.merged for account in accounts),
        "sources": [asdict(account) for account in accounts],
    }


class Joined(NamedTuple):
    """A paper of the catalog, and which records it was made of."""

    paper: Paper
    members: tuple[int, ...]
    """The places of the records among all, the one that leads first."""


def merge(
    readings: Sequence[Reading],
) -> tuple[list[Paper], list[Problem], tuple[Account, ...]]:
    """Every paper once, with an id that no other has; what the records disagree on; and where the
    records of each source went, by file.
    """
    records = [paper for reading in readings for paper in reading.papers]
    files = [reading.file for reading in readings for _ in reading.papers]
    joined, problems = _joined(records)
    leading = Counter(files[one.members[0]] for one in joined)
    total = Counter(files)
    accounts = (
        Account(
            file=reading.file,
            format=reading.format,
            records=total[reading.file] + reading.refused,
            papers=leading[reading.file],
            merged=total[reading.file] - leading[reading.file],
            problems=reading.refused,
        )
        for reading in readings
    )
    by_file = tuple(sorted(accounts, key=lambda one: one.file))
    return [one.paper for one in joined], problems, by_file


def _joined(records: Sequence[Paper]) -> tuple[list[Joined], list[Problem]]:
    joined, apart, rivals = groups(records)
    found: list[Joined] = []
    problems: list[Problem] = []
    for members in joined:
        if len(members) == 1:
            found.append(Joined(records[members[0]], tuple(members)))
            continue
        members.sort(key=lambda place: _seniority(records[place]))
        same = [records[place] for place in members]
        found.append(Joined(_merged(same), tuple(members)))
        problems += contradictions(same)
    problems += [problem for pair in apart for problem in lookalike(*(records[n] for n in pair))]
    problems += [
        problem for pair in rivals for problem in shared_links(*(records[n] for n in pair))
    ]
    return _with_own_ids(found), problems


def _seniority(paper: Paper) -> tuple[int, str, int, int, str, tuple[Source, ...]]:
    """Sorts records of one paper: the most trusted first, then the earliest list, then all else."""
    trust = min((_TRUST.get(s.format, len(_TRUST)) for s in paper.sources), default=len(_TRUST))
    length = len(paper.abstract)
    return (trust, paper.date or "9", paper.rank, -length, _said(paper), paper.sources)


def _merged(same: Sequence[Paper]) -> Paper:
    """One paper of several records, the most trusted first."""
    giver = {name: next((p for p in same if getattr(p, name)), same[0]) for name in (*SHOWN, *IDS)}
    giver["title"] = next((p for p in same if not identifiers.is_stand_in(p.title)), same[0])
    giver["published"] = _dated(same)
    latest = max(same, key=lambda paper: (paper.version, paper.revised))
    giver["abstract"] = _described(same, giver["abstract"])
    listed = min((p for p in same if p.days), key=lambda p: (p.days[0], p.rank), default=same[0])
    voted = max((p for p in same if p.votes), key=_counted, default=None)
    chosen = {name: getattr(paper, name) for name, paper in giver.items()}
    chosen["authors"] = tuple(_with_orcids(chosen["authors"], same))
    chosen["publication"] = _publication(same, giver["venue"])
    best = next((p for name in IDS for p in same if getattr(p, name)), same[0])
    return replace(
        same[0],
        **chosen,
        id=best.id,
        links=_links(same),
        days=tuple(sorted({day for paper in same for day in paper.days})),
        rank=listed.rank,
        version=latest.version,
        revised=latest.revised,
        votes=voted.votes if voted else None,
        withdrawn=min((p.withdrawn for p in same if p.withdrawn), default=""),
        former_ids=tuple({known for p in same for known in (p.id, *p.former_ids)} - {best.id}),
        sources=_sources(same, giver | {"upvotes": voted or same[0]}),
    )


def _dated(same: Sequence[Paper]) -> Paper:
    """The record whose date to believe: the first one, or one that says the same more precisely."""
    first = next((paper for paper in same if paper.published), same[0])
    finer = (paper for paper in same if paper.published.startswith(first.published))
    return max(finer, key=lambda paper: len(paper.published)) if first.published else first


def _described(same: Sequence[Paper], first: Paper) -> Paper:
    """The record with the abstract to believe: of equal trust, the longest."""
    trusted = _seniority(first)[0]
    equal = (p for p in same if p.abstract and _seniority(p)[0] == trusted)
    return max(equal, key=lambda p: (len(p.abstract), p.abstract), default=first)


def _publication(same: Sequence[Paper], leading: Paper) -> Publication:
    """What the record that gives the venue says of it, and what others of that venue add.

    Pages of a journal say nothing of a preprint of the same paper, nor the other way round.
    """
    venue, kind = fold(leading.venue), leading.publication.type
    said = [leading.publication]
    for paper in same:
        is_there, own = fold(paper.venue) == venue, paper.publication.type
        if (is_there and not kind) or ((is_there or not paper.venue) and own in ("", kind)):
            said.append(paper.publication)
    return Publication(
        **{
            name: next(filter(None, (getattr(one, name) for one in said)), empty)
            for name, empty in asdict(Publication()).items()
        }
    )


def _counted(paper: Paper) -> tuple[date, int, int]:
    votes = paper.votes or Votes()
    return (votes.counted or date.min, votes.upvotes or 0, votes.comments or 0)


def _with_orcids(authors: Iterable[Author], same: Sequence[Paper]) -> Iterator[Author]:
    """The authors, with the ORCID iDs that any record of the paper gives to that name."""
    known = {fold(a.name): a.orcid for p in reversed(same) for a in p.authors if a.orcid}
    for author in authors:
        orcid = author.orcid or known.get(fold(author.name), "")
        yield replace(author, orcid=orcid) if orcid != author.orcid else author


def _links(same: Sequence[Paper]) -> tuple[Link, ...]:
    links: dict[str, Link] = {}
    for paper in same:
        for link in paper.links:
            links.setdefault(link.kind, link)
    return tuple(links.values())


def _sources(same: Sequence[Paper], giver: dict[str, Paper]) -> tuple[Source, ...]:
    """All sources, each with the fields that the paper has from it."""
    given: dict[Source, set[str]] = defaultdict(set)
    for paper in same:
        fields = {name for name, record in giver.items() if record is paper and _has(paper, name)}
        for source in paper.sources:
            plain = replace(source, fields=())
            given[plain] |= fields if len(paper.sources) == 1 else fields & set(source.fields)
    return tuple(replace(source, fields=tuple(sorted(given[source]))) for source in sorted(given))


def _has(paper: Paper, name: str) -> bool:
    return bool(paper.votes if name == "upvotes" else getattr(paper, name))


# Ids


def _with_own_ids(papers: Sequence[Joined]) -> list[Joined]:
    """The papers, no two with one id.

    Of papers that differ but have one title and no better id, the earliest keeps the id, and the
    others' gets their first author and year: `introduction-smith-2019`. A former id leads to one
    paper, and stays with the paper that has it now, if any.
    """
    same: dict[str, list[Joined]] = defaultdict(list)
    for joined in papers:
        same[joined.paper.id].append(joined)
    taken = set(same)
    found: list[Joined] = []
    for sharing in same.values():
        if len(sharing) > 1:
            sharing.sort(key=lambda one: (min(years_of(one.paper), default="9999"), _said(one[0])))
        found.append(sharing[0])
        for joined in sharing[1:]:
            own = next(longer for longer in longer_ids(joined.paper) if longer not in taken)
            taken.add(own)
            found.append(joined._replace(paper=replace(joined.paper, id=own)))
    moved = (place for place, joined in enumerate(found) if joined.paper.former_ids)
    for place in sorted(moved, key=lambda place: found[place].paper.id):
        paper = found[place].paper
        former = tuple(sorted(set(paper.former_ids) - taken))
        taken.update(former)
        found[place] = found[place]._replace(paper=replace(paper, former_ids=former))
    return found


def longer_ids(paper: Paper) -> Iterator[str]:
    """What a paper is called where another one has the id that is made of their title."""
    family = names.family(paper.authors[0]) if paper.authors else ""
    year = min(years_of(paper), default="")
    yield slug(f"{paper.title} {family} {year}")
    yield from (slug(f"{paper.title} {family} {year} {number}") for number in count(2))


def _said(paper: Paper) -> str:
    """All that a record says, to sort what nothing else tells apart."""
    return repr(replace(paper, sources=()))
