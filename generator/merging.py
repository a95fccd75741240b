"""From the records of all sources to one paper for each that is one.

Where records differ, the more trusted reader is believed (`sources.READERS` is in that order), then
the earlier list, then the longer abstract; what one record lacks the next one gives. Days add up,
votes are the latest known, and the most precise date wins among those that agree. The order of the
files and their names make no difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import count
from typing import Any, Final

from generator.errors import Problem
from generator.identity import YEARS_APART, groups, years_of
from generator.papers import Author, Link, Paper, Source, Votes
from generator.sources import READERS, Reading, names
from generator.text import fold, slug

_TRUST: Final = {reader.NAME: place for place, reader in enumerate(READERS)}
_SHOWN: Final = ("title", "abstract", "authors", "venue", "published", "keywords", "categories")
_IDS: Final = {"arxiv": "arXiv id", "doi": "DOI", "anthology": "anthology id"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
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


def merge(readings: Sequence[Reading]) -> tuple[list[Paper], list[Problem], tuple[Account, ...]]:
    """Every paper once, with unique ids; what the records disagree on; and where each one went."""
    records = [paper for reading in readings for paper in reading.papers]
    reading_of = [place for place, reading in enumerate(readings) for _ in reading.papers]
    joined, apart = groups(records)

    papers: list[Paper] = []
    problems: list[Problem] = []
    leading: Counter[int] = Counter()
    for members in joined:
        if len(members) > 1:
            members.sort(key=lambda place: _seniority(records[place]))
        leading[reading_of[members[0]]] += 1
        same = [records[place] for place in members]
        papers.append(_merged(same) if len(same) > 1 else same[0])
        problems += _contradictions(same)
    problems += [problem for pair in apart for problem in _lookalike(*(records[n] for n in pair))]
    accounts = (
        Account(
            file=reading.file,
            format=reading.format,
            records=reading.records,
            papers=leading[place],
            merged=len(reading.papers) - leading[place],
            problems=reading.refused,
        )
        for place, reading in enumerate(readings)
    )
    return _with_own_ids(papers), problems, tuple(sorted(accounts, key=lambda one: one.file))


def _seniority(paper: Paper) -> tuple[int, str, int, int, str, tuple[Source, ...]]:
    """Sorts records of one paper: the most trusted first, then the earliest list, then all else."""
    trust = min((_TRUST.get(s.format, len(_TRUST)) for s in paper.sources), default=len(_TRUST))
    length = len(paper.abstract)
    return (trust, paper.date or "9", paper.rank, -length, _said(paper), paper.sources)


def _merged(same: Sequence[Paper]) -> Paper:
    """One paper of several records, the most trusted first."""
    giver = {
        name: next((p for p in same if getattr(p, name)), same[0]) for name in (*_SHOWN, *_IDS)
    }
    giver["published"] = _dated(same)
    latest = max(same, key=lambda paper: (paper.version, paper.revised))
    giver["abstract"] = _described(same, giver["abstract"])
    listed = min((p for p in same if p.days), key=lambda p: (p.days[0], p.rank), default=same[0])
    voted = max((p for p in same if p.votes), key=_counted, default=None)
    chosen = {name: getattr(paper, name) for name, paper in giver.items()}
    chosen["authors"] = tuple(_with_orcids(chosen["authors"], same))
    best = next((p for name in _IDS for p in same if getattr(p, name)), same[0])
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


# What records disagree on


def _contradictions(same: Sequence[Paper]) -> Iterator[Problem]:
    """What a person should decide about the records of one paper, the most trusted first."""
    for name, called in _IDS.items():
        known = [paper for paper in same if getattr(paper, name)]
        for paper in known[1:]:
            if getattr(paper, name) != getattr(known[0], name):
                shown, other = getattr(known[0], name), getattr(paper, name)
                yield _problem(
                    paper,
                    f"“{paper.title}” has the {called} {other} here and {shown} in "
                    f"{_where(known[0])}. {shown} is shown; correct the one that is wrong.",
                )
    dated = [paper for paper in same if paper.published]
    for paper in dated[1:]:
        if abs(int(paper.published[:4]) - int(dated[0].published[:4])) >= YEARS_APART:
            yield _problem(
                paper,
                f"“{paper.title}” is dated {paper.published} here and {dated[0].published} in "
                f"{_where(dated[0])}. The latter is shown; correct the one that is wrong.",
            )
    unknown = [p for p in same if not (p.arxiv or p.doi or p.anthology or p.authors)]
    shown = max(
        (paper.abstract for paper in unknown), key=lambda text: (len(text), text), default=""
    )
    for paper in unknown:
        if paper.abstract not in shown:
            yield _problem(
                paper,
                f"“{paper.title}” is listed again with another abstract. "
                "The longest is shown; if these are two papers, tell their titles apart.",
            )


def _lookalike(one: Paper, other: Paper) -> Iterator[Problem]:
    """Two papers that look the same but for their ids; what dates tell apart is nothing to say."""
    for name, called in _IDS.items():
        mine, theirs = getattr(other, name), getattr(one, name)
        if mine and theirs and mine != theirs:
            yield _problem(
                other,
                f"“{other.title}” has the title and first author of the paper in {_where(one)}, "
                f"but the {called} {mine} and not {theirs}. They are kept apart; if they are one "
                "paper, give both records the same id.",
            )
            return


def _problem(paper: Paper, reason: str) -> Problem:
    return Problem(file=paper.sources[0].file, position=paper.sources[0].position, reason=reason)


def _where(paper: Paper) -> str:
    return f"{paper.sources[0].file}, {paper.sources[0].position}"


# Ids


def _with_own_ids(papers: Sequence[Paper]) -> list[Paper]:
    """The papers, no two with one id.

    Of papers that differ but have one title and no better id, the earliest keeps the id, and the
    others' gets their first author and year: `introduction-smith-2019`. A former id leads to one
    paper, and stays with the paper that has it now, if any.
    """
    same: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        same[paper.id].append(paper)
    taken = set(same)
    found: list[Paper] = []
    for sharing in same.values():
        if len(sharing) > 1:
            sharing.sort(key=lambda paper: (min(years_of(paper), default="9999"), _said(paper)))
        found.append(sharing[0])
        for paper in sharing[1:]:
            own = next(longer for longer in _longer_ids(paper) if longer not in taken)
            taken.add(own)
            found.append(replace(paper, id=own))
    for place, paper in sorted(enumerate(found), key=lambda pair: pair[1].id):
        if paper.former_ids:
            former = tuple(sorted(set(paper.former_ids) - taken))
            taken.update(former)
            found[place] = replace(paper, former_ids=former)
    return found


def _longer_ids(paper: Paper) -> Iterator[str]:
    family = names.family(paper.authors[0]) if paper.authors else ""
    year = min(years_of(paper), default="")
    yield slug(f"{paper.title} {family} {year}")
    yield from (slug(f"{paper.title} {family} {year} {number}") for number in count(2))


def _said(paper: Paper) -> str:
    """All that a record says, to sort what nothing else tells apart."""
    return repr(replace(paper, sources=()))
