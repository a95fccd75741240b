"""What a search finds, found at build time: for the searches that `mkdocs.yml` declares.

The papers are those that the browser shows for the same query. They are looked through one by one,
so no index is needed, and no score, since the latest ones come first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from generator.catalog import Catalog
from generator.model import fragments
from generator.model.errors import ConfigError
from generator.model.fragments import NOWHERE, Fragments
from generator.model.papers import Paper
from generator.search.index import BOOSTS, fields, year
from generator.search.lookups import has
from generator.search.queries import Clause, Has, Phrase, Query, Years, ids, read
from generator.search.words import fold, stem, term

Places = list[str | None]
"""What is indexed for each word of a field in a row; nothing for a stop word, and none between the
parts of a field."""


def find(
    catalog: Catalog, queries: Sequence[str], texts: Fragments = NOWHERE
) -> list[tuple[Paper, ...]]:
    """The current papers that each query finds, in the order of the catalog.

    Args:
        catalog: that is looked through.
        queries: as people type them.
        texts: what papers are read from that are known by their summaries.

    Raises:
        ConfigError: a query has nothing to look for, or something that makes no sense.
    """
    for query in queries:
        _check(query)
    return matching(catalog, queries, texts)


def matching(
    catalog: Catalog, queries: Sequence[str], texts: Fragments = NOWHERE
) -> list[tuple[Paper, ...]]:
    """The papers that each query finds, newest first, however little sense the query makes."""
    wanted = [_Wanted(read(query, BOOSTS)) for query in queries]
    if not wanted:
        return []
    names = {topic.slug: topic.name for topic in catalog.topics}
    found: list[list[Paper]] = [[] for _ in wanted]
    every = chain.from_iterable(map(fragments.whole, fragments.shards(catalog.current, texts, 100)))
    for paper, known in zip(catalog.current, every, strict=True):
        document = _document(known, names)
        for one, papers in zip(wanted, found, strict=True):
            if one.fits(document):
                papers.append(paper)
    return [tuple(papers) for papers in found]


def _check(typed: str) -> None:
    query = read(typed, BOOSTS)
    problem = query.problem
    if not (problem or query.clauses or query.phrases or query.filters):
        problem = "there is nothing to look for"
    if problem:
        raise ConfigError(
            f"mkdocs.yml: extra.papershelf.searches: cannot search for “{typed}”: {problem}. "
            "The page /search/ of the site says how to write a query; try it there."
        )


@dataclass(frozen=True, slots=True)
class _Document:
    """A paper as it is looked through."""

    paper: Paper
    title: str
    """Folded."""

    rows: Mapping[str, Places]
    stems: Mapping[str, frozenset[str]]
    """What is indexed, for each field."""


def _document(paper: Paper, names: Mapping[str, str]) -> _Document:
    rows: dict[str, Places] = {}
    for name, parts in zip(BOOSTS, fields(names, paper), strict=True):
        row: Places = []
        for part in parts:
            if row:
                row.append(None)
            row += map(term, fold(part).split())
        rows[name] = row
    stems = {name: frozenset(filter(None, row)) for name, row in rows.items()}
    return _Document(paper, fold(paper.title), rows, stems)


class _Wanted:
    """A query, ready to be held against many papers."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._title = fold(query.typed)
        self._ids = ids(query.typed)
        self._clauses = [(clause, _fitting(clause)) for clause in query.clauses]

    def fits(self, document: _Document) -> bool:
        """Whether the query finds the paper."""
        paper = document.paper
        if self._title and self._title == document.title:
            return True
        if self._ids & {paper.arxiv.lower(), paper.doi, paper.anthology.lower()}:
            return True
        return (
            all(_passes(one, paper) for one in self._query.filters)
            and self._has_words(document.stems)
            and all(_has_phrase(phrase, document.rows) for phrase in self._query.phrases)
        )

    def _has_words(self, stems: Mapping[str, frozenset[str]]) -> bool:
        """Whether words fit as in lunr: all that must be there, none that must not, else any."""
        if not self._clauses:
            return bool(self._query.phrases or self._query.filters)
        there = [
            (clause.sign, any(fits(stems[name]) for name in clause.fields))
            for clause, fits in self._clauses
        ]
        if any(is_there is (sign == "-") for sign, is_there in there if sign):
            return False
        return all(sign == "-" for sign, _ in there) or any(
            is_there for sign, is_there in there if sign != "-"
        )


def _fitting(clause: Clause) -> Callable[[frozenset[str]], bool]:
    """A test whether one of some indexed words is what the clause looks for."""
    sought = clause.word if "*" in clause.word else stem(clause.word)
    if clause.distance:
        fits = cache(lambda known: _is_near(sought, known, clause.distance))
    elif "*" in clause.word:
        pattern = re.compile(".*".join(map(re.escape, clause.word.split("*"))), re.DOTALL)
        fits = cache(lambda known: bool(pattern.fullmatch(known)))
    else:
        return lambda stems: sought in stems
    return lambda stems: any(map(fits, stems))


def _is_near(one: str, other: str, most: int) -> bool:
    """Whether few letters are too many, missing, wrong or swapped with their neighbour.

    Here a `*` in the first word stands for any one letter, as it does for lunr.
    """
    if abs(len(one) - len(other)) > most:
        return False
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, second in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter not in (second, "*")))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == second:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1] <= most


def _has_phrase(phrase: Phrase, rows: Mapping[str, Places]) -> bool:
    stems = list(map(term, phrase.words))
    is_there = any(stems) and any(_holds(rows[name], stems) for name in phrase.fields)
    return is_there is not phrase.prohibited


def _holds(row: Places, stems: Places) -> bool:
    """Whether words stand in a row; a stop word stands for any one word between the others."""
    places = [place for place, stem in enumerate(stems) if stem]
    first, last = places[0], places[-1]
    return any(
        all(row[start + place - first] == stems[place] for place in places)
        for start in range(len(row) - (last - first))
    )


def _passes(one: Years | Has, paper: Paper) -> bool:
    if isinstance(one, Has):
        return (one.kind in has(paper.kinds)) is not one.prohibited
    paper_year = int(year(paper) or 0)
    return (paper_year > 0 and one.first <= paper_year <= one.last) is not one.prohibited
