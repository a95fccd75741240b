"""From what the readers gave to one catalog: merged, sorted, with its topics.

The order of the readings does not matter, nor do the names of their files: the same records make
the same catalog.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TypeVar

from generator import salient, topics
from generator.errors import Problem
from generator.papers import Paper
from generator.sources import Reading
from generator.taxonomy import Topic

Term = TypeVar("Term")


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """All papers and how they are grouped. Everything that is published derives from it."""

    papers: tuple[Paper, ...]
    """The latest day first; within a day in the order of its list; undated ones last."""

    topics: tuple[Topic, ...] = ()
    """The taxonomy in its own order, including topics that have no paper."""

    curators: Mapping[date | None, str]
    """Who picked the list of a day, where the source says so; `None` is the undated list."""

    problems: tuple[Problem, ...] = ()
    """What could not be read or contradicts itself, by file."""

    @cached_property
    def by_day(self) -> Mapping[date | None, tuple[Paper, ...]]:
        """The latest day first; a paper on several lists is under each. `None` is undated."""
        return _grouped(self.papers, lambda paper: paper.days or (paper.date,), _latest_first)

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[Paper, ...]]:
        """By slug, for topics that have papers, in the order of the taxonomy."""
        place = {topic.slug: index for index, topic in enumerate(self.topics)}
        return _grouped(self.papers, lambda paper: paper.topics, place.__getitem__)


def build(readings: Iterable[Reading], taxonomy: tuple[Topic, ...] = ()) -> Catalog:
    """Merge the readings, sort the papers and give them topics.

    Without a taxonomy, the topics are the papers' own keywords or salient phrases.
    """
    readings = tuple(readings)
    records: dict[str, list[Paper]] = defaultdict(list)
    for paper in chain.from_iterable(reading.papers for reading in readings):
        records[paper.id].append(paper)

    problems = [problem for reading in readings for problem in reading.problems]
    papers = []
    for same in records.values():
        paper, contradictions = _merge(same)
        papers.append(paper)
        problems.extend(contradictions)
    papers.sort(key=_order)

    if taxonomy:
        tagged = topics.assign(papers, taxonomy)
    else:
        taxonomy, tagged = salient.invent(papers)
    return Catalog(
        papers=tagged,
        topics=taxonomy,
        curators=_merge_curators(readings),
        problems=tuple(sorted(problems, key=_place)),
    )


def _place(problem: Problem) -> tuple[str, list[int], str, str]:
    """Sorts problems as a person goes through a file: line 9 before line 10."""
    numbers = [int(number) for number in re.findall(r"[0-9]+", problem.position)]
    return (problem.file, numbers, problem.position, problem.reason)


def _order(paper: Paper) -> tuple[int, int, str]:
    return (_latest_first(paper.date), paper.rank, paper.id)


def _latest_first(day: date | None) -> int:
    return -day.toordinal() if day else 0


def _merge(records: list[Paper]) -> tuple[Paper, list[Problem]]:
    """One paper from all records of it, whatever their order, and what they disagree on.

    The record of the earliest list leads; the others fill in what it lacks.
    """
    if len(records) == 1:
        return records[0], []
    first, *others = sorted(records, key=_seniority)
    abstract = max((record.abstract for record in records), key=lambda text: (len(text), text))
    problems = [
        Problem(
            file=record.sources[0].file,
            position=record.sources[0].position,
            reason=f"“{record.title}” is listed again with another abstract. "
            "The longest is shown; if these are two papers, tell their titles apart.",
        )
        for record in records
        if record.abstract not in abstract
    ]
    merged = replace(
        first,
        abstract=abstract,
        authors=_first(record.authors for record in (first, *others)),
        links=_first(record.links for record in (first, *others)),
        keywords=_first(record.keywords for record in (first, *others)),
        published=min((r.published for r in records if r.published), default=None),
        days=tuple(sorted({day for record in records for day in record.days})),
        sources=tuple(sorted(chain.from_iterable(record.sources for record in records))),
    )
    return merged, problems


def _seniority(paper: Paper) -> tuple[date, int, int, str, str, str]:
    """Sorts records of one paper: the earliest list first, then by all that they say."""
    said = repr(replace(paper, sources=()))
    day, length = paper.date or date.max, len(paper.abstract)
    return (day, paper.rank, -length, paper.abstract, paper.title, said)


def _first(values: Iterable[tuple[Term, ...]]) -> tuple[Term, ...]:
    return next(filter(None, values), ())


def _merge_curators(readings: Iterable[Reading]) -> dict[date | None, str]:
    names: dict[date | None, set[str]] = defaultdict(set)
    for reading in readings:
        for day, name in reading.curators.items():
            names[day].add(name)
    return {day: "; ".join(sorted(names[day])) for day in sorted(names, key=_latest_first)}


def _grouped(
    papers: Iterable[Paper],
    terms: Callable[[Paper], Iterable[Term]],
    order: Callable[[Term], int],
) -> dict[Term, tuple[Paper, ...]]:
    groups: dict[Term, list[Paper]] = defaultdict(list)
    for paper in papers:
        for term in terms(paper):
            groups[term].append(paper)
    return {term: tuple(groups[term]) for term in sorted(groups, key=order)}
