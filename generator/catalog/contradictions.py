"""What records of one paper disagree on, as problems for a person to decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from generator.catalog.groups import YEARS_APART
from generator.catalog.matching import differ
from generator.model.errors import Problem
from generator.model.papers import Paper

SHOWN: Final = (
    *("title", "abstract", "authors", "venue", "published", "organizations", "keywords"),
    "categories",
)
IDS: Final = {"arxiv": "arXiv id", "doi": "DOI", "anthology": "anthology id"}


def contradictions(same: Sequence[Paper]) -> Iterator[Problem]:
    """What a person should decide about the records of one paper, the most trusted first."""
    for name, called in IDS.items():
        identified = [paper for paper in same if getattr(paper, name)]
        for paper in identified[1:]:
            if getattr(paper, name) != getattr(identified[0], name):
                shown, other = getattr(identified[0], name), getattr(paper, name)
                yield _problem(
                    paper,
                    f"“{paper.title}” has the {called} {other} here and {shown} in "
                    f"{_where(identified[0])}. {shown} is shown; correct the one that is wrong.",
                )
    for paper in same[1:]:
        if differ(same[0], paper) and paper.sources[0].file == same[0].sources[0].file:
            yield _problem(
                paper,
                f"“{paper.title}” was taken for “{same[0].title}” in {_where(same[0])}, since they "
                "have an id and an author in common. If they are two papers, correct the id.",
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


def lookalike(one: Paper, other: Paper) -> Iterator[Problem]:
    """Two papers that differ in their ids alone; what dates tell apart is nothing to say."""
    for name, called in IDS.items():
        mine, theirs = getattr(other, name), getattr(one, name)
        if mine and theirs and mine != theirs:
            yield _problem(
                other,
                f"“{other.title}” has the title and first author of the paper in {_where(one)}, "
                f"but the {called} {mine} and not {theirs}. They are kept apart; if they are one "
                "paper, give both records the same id.",
            )
            return


def shared_links(one: Paper, other: Paper) -> Iterator[Problem]:
    """Two papers with one id, which one of them has by mistake."""
    for name, called in IDS.items():
        if (known := getattr(one, name)) and known == getattr(other, name):
            yield _problem(
                other,
                f"“{other.title}” has the {called} {known} of “{one.title}” in {_where(one)}. "
                "Titles and authors differ, so these are two papers; correct the id that is wrong.",
            )


def _problem(paper: Paper, reason: str) -> Problem:
    return Problem(file=paper.sources[0].file, position=paper.sources[0].position, reason=reason)


def _where(paper: Paper) -> str:
    return f"{paper.sources[0].file}, {paper.sources[0].position}"
