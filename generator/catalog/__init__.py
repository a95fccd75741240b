"""From what the readers gave to one catalog: merged, sorted, with its topics and people.

The order of the readings does not matter, nor do the names of their files: the same records make
the same catalog.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

from msgspec.structs import replace

from generator.catalog import keyphrases, merging, people, topics
from generator.catalog.merging import Account
from generator.catalog.people import Person, Profile
from generator.catalog.taxonomy import Topic
from generator.catalog.topics import Given
from generator.model import outputs
from generator.model.chunks import Spread
from generator.model.errors import Problem
from generator.model.papers import Paper
from generator.sources import Reading
from generator.text import slug

Term = TypeVar("Term")


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """All papers and how they are grouped. Everything that is published derives from it."""

    papers: tuple[Paper, ...]
    """The latest day first; within a day in the order of its list; undated ones last.

    Withdrawn papers are among them, since they keep their page.
    """

    topics: tuple[Topic, ...] = ()
    """The taxonomy in its own order, including topics that have no paper."""

    curators: Mapping[str, str]
    """Who picked the list of a day (`2025-08-07`), where the source says so; empty is undated."""

    problems: tuple[Problem, ...] = ()
    """What could not be read or contradicts itself, by file."""

    accounts: tuple[Account, ...] = ()
    """What became of the records of every source, by file."""

    known_profiles: Mapping[str, Profile] | None = None
    """Everyone who signed a paper, where that cannot be told from `papers` alone."""

    @cached_property
    def digests(self) -> Mapping[str, bytes]:
        """Of each paper a digest of all that is known of it, by id."""
        return {paper.id: outputs.key(paper) for paper in self.papers}

    @cached_property
    def current(self) -> tuple[Paper, ...]:
        """The papers that are listed: all that were not withdrawn or retracted."""
        return tuple(paper for paper in self.papers if not paper.withdrawn)

    @cached_property
    def by_date(self) -> Mapping[str, tuple[Paper, ...]]:
        """Current papers, the latest first: by day, or by month or year where no more is known.

        A paper on several lists is under each day. Empty is undated.
        """
        return _grouped(self.current, dates, _descending)

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[Paper, ...]]:
        """Current papers by slug, for topics that have some, in the order of the taxonomy."""
        place = {topic.slug: index for index, topic in enumerate(self.topics)}
        return _grouped(self.current, lambda paper: paper.topics, place.__getitem__)

    @cached_property
    def profiles(self) -> Mapping[str, Profile]:
        """Everyone who signed a paper, by id."""
        return people.profiles(self.papers) if self.known_profiles is None else self.known_profiles

    @cached_property
    def by_author(self) -> Mapping[str, tuple[Paper, ...]]:
        """Current papers by the id of each who signed them, sorted by id."""
        return _grouped(self.current, lambda paper: {*paper.people} - {""}, str)

    @cached_property
    def by_venue(self) -> Mapping[str, tuple[Paper, ...]]:
        """Current papers by the slug of their venue, sorted by slug; equal are venues that fold."""
        slugs = {venue: slug(venue) for venue in {paper.venue for paper in self.current} if venue}
        return _grouped(
            self.current, lambda paper: (slugs[paper.venue],) if paper.venue else (), str
        )

    @cached_property
    def by_year(self) -> Mapping[str, tuple[Paper, ...]]:
        """Current papers by the year of their publication, the latest first, as far as known."""
        return _grouped(
            self.current,
            lambda paper: (paper.published[: len("2025")],) if paper.published else (),
            _descending,
        )


def build(
    readings: Iterable[Reading],
    taxonomy: tuple[Topic, ...] = (),
    known_people: Iterable[Person] = (),
    *,
    given: Given | None = None,
    spread: Spread = map,
) -> Catalog:
    """Merge the readings, sort the papers, and give them topics and people.

    Args:
        readings: in any order.
        taxonomy: the topics; without any, they are the papers' own keywords or keyphrases.
        known_people: those whose names need a word.
        given: the topics that texts were given before; those of others are added.
        spread: has a function done for each shard.
    """
    readings = tuple(readings)
    papers, contradictions, accounts = merging.merge(readings)
    readings = tuple(replace(reading, papers=()) for reading in readings)  # they are large
    papers = people.identify(papers, known_people)
    papers.sort(key=order)
    if taxonomy:
        tagged = topics.assign(papers, taxonomy, given, spread)
    else:
        taxonomy, tagged = keyphrases.invent(papers)
    problems = (problem for reading in readings for problem in reading.problems)
    return Catalog(
        papers=tagged,
        topics=taxonomy,
        curators=merged_curators(readings),
        problems=sorted_problems(problems, contradictions),
        accounts=accounts,
    )


def dates(paper: Paper) -> tuple[str, ...]:
    """What a paper is listed under: the days of its lists, else its own date as far as known."""
    return tuple(day.isoformat() for day in paper.days) or (paper.published,)


def sorted_problems(*some: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each of them once, by file and as a person goes through it."""
    return tuple(sorted(set().union(*some), key=_place))


def _place(problem: Problem) -> tuple[str, list[int], str, str]:
    """Sorts problems as a person goes through a file: line 9 before line 10."""
    numbers = [int(number) for number in re.findall(r"[0-9]+", problem.position)]
    return (problem.file, numbers, problem.position, problem.reason)


def order(paper: Paper) -> tuple[tuple[int, ...], int, str]:
    """Sorts papers as the catalog has them."""
    return (_descending(paper.date), paper.rank, paper.id)


@lru_cache(maxsize=1 << 14)
def _descending(dated: str) -> tuple[int, ...]:
    """Sorts dates the latest first: a month after its days, a year after its months."""
    year, _, rest = dated.partition("-")
    month, _, day = rest.partition("-")
    return (-int(year or 0), -int(month or 0), -int(day or 0))


def merged_curators(readings: Iterable[Reading]) -> dict[str, str]:
    """Who picked the list of each day, the latest first."""
    names: dict[str, set[str]] = defaultdict(set)
    for reading in readings:
        for day, name in reading.curators:
            names[day.isoformat() if day else ""].add(name)
    return {day: "; ".join(sorted(names[day])) for day in sorted(names, key=_descending)}


def _grouped(
    papers: Iterable[Paper],
    terms: Callable[[Paper], Iterable[Term]],
    order: Callable[[Term], object],
) -> dict[Term, tuple[Paper, ...]]:
    groups: dict[Term, list[Paper]] = defaultdict(list)
    for paper in papers:
        for term in terms(paper):
            groups[term].append(paper)
    return {term: tuple(groups[term]) for term in sorted(groups, key=order)}  # type: ignore[arg-type]
