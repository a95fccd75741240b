"""What a catalog would make of a file: its kind, its first papers as they would stand, its faults.

`papershelf check FILE` prints it, as text for a person and as JSON for a program.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from generator import text as foreign
from generator.exports import catalog_records
from generator.exports.citations import reference
from generator.model.papers import Paper
from generator.sources import READERS, Reading
from generator.sources.identifiers import is_stand_in
from generator.text.unicode_math import readable
from generator.text.words import counted

FIRST: Final = 3
"""Papers that are shown."""

AUTHORS: Final = 6
COLUMNS: Final = 12
PROBLEMS: Final = 20
"""Kinds of problems that are named, at most; JSON has them all."""

_LABELS: Final = {reader.NAME: reader.LABEL for reader in READERS}


def lines(reading: Reading, name: str) -> Iterator[str]:
    """The report on one file, a line at a time.

    Args:
        reading: what the readers found.
        name: what a person calls the file.
    """
    name = foreign.message(name)
    if not reading.format:
        yield f"{name}: not read"
        yield from (f"  {problem.reason}" for problem in reading.problems)
        return
    problems = f", {counted(len(reading.problems), 'problem')}" if reading.problems else ""
    yield f"{name}: {counted(len(reading.papers), 'paper')}{problems}"
    yield f"  Read as {_LABELS.get(reading.format, reading.format)} ({reading.format})."
    for number, paper in enumerate(reading.papers[:FIRST], 1):
        yield ""
        yield f"  {number}. {readable(paper.title)}"
        yield from (f"     {line}" for line in _about(paper))
    if len(reading.papers) > FIRST:
        yield ""
        yield f"  … and {len(reading.papers) - FIRST:,} more. {_have(reading.papers)}"
    if bare := sum(is_stand_in(paper.title) for paper in reading.papers):
        yield ""
        yield f"  {counted(bare, 'paper')} known by id alone; `papershelf fetch ids` fills them in."
    if reading.unused:
        noun = "column" if "table" in reading.format else "field"
        names = [foreign.excerpt(foreign.one_line(name), 60) for name, _ in reading.unused]
        yield ""
        yield f"  {counted(len(names), noun)} not used: {_some(names, COLUMNS)}"
    if reading.problems:
        yield ""
        yield "  Problems:"
        where: dict[str, list[str]] = {}
        for problem in reading.problems:
            where.setdefault(problem.reason, []).append(problem.position)
        for reason, places in [*where.items()][:PROBLEMS]:
            place = _some([place for place in places if place], 1)
            yield f"  - {place}{': ' if place else ''}{reason}"
        if len(where) > PROBLEMS:
            others = sum(map(len, [*where.values()][PROBLEMS:]))
            yield f"  … and {others:,} more; --json has them all"


def wrapped(line: str, columns: int) -> str:
    """A line of a report in so many columns, at spaces, what goes on below where it began."""
    start = re.match(r" *(?:- |\d+\. )?", line)
    wrapper = textwrap.TextWrapper(
        width=max(columns, 20),
        subsequent_indent=" " * len(start[0] if start else ""),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return wrapper.fill(line) if len(line) > columns else line


def total(readings: Collection[Reading]) -> str:
    """What several files gave, in a line: `3 files: 120 papers, 1 problem, 1 not read`."""
    unread = sum(not reading.format for reading in readings)
    problems = sum(len(reading.problems) for reading in readings) - unread
    return ", ".join(
        [
            f"{counted(len(readings), 'file')}: "
            + counted(sum(len(reading.papers) for reading in readings), "paper"),
            counted(problems, "problem"),
            f"{unread:,} not read",
        ]
    )


def as_json(reading: Reading, name: str) -> dict[str, Any]:
    """What a file gave, for a program: its papers as in `catalog.jsonl`, its problems."""
    return {
        "file": foreign.message(name),
        "format": reading.format,
        "label": _LABELS.get(reading.format, ""),
        "records": reading.records,
        "papers": len(reading.papers),
        "first": [
            json.loads(catalog_records.record(paper, "")) for paper in reading.papers[:FIRST]
        ],
        "unused": dict(reading.unused),
        "problems": [
            {"position": problem.position, "reason": problem.reason} for problem in reading.problems
        ],
    }


def _have(papers: Sequence[Paper]) -> str:
    """How many of all papers have what makes a good page, so that a misreading is seen."""
    counts = {
        "authors": sum(bool(paper.authors) for paper in papers),
        "an abstract": sum(bool(paper.abstract) for paper in papers),
        "a date": sum(bool(paper.published or paper.days) for paper in papers),
        "an id or a link": sum(bool(paper.links) for paper in papers),
    }
    counted_names = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
    return (
        f"Of all, {counted_names.replace(' ', ' have ', 1)}."
        if counted_names
        else "None has more than a title."
    )


def _about(paper: Paper) -> Iterator[str]:
    """What there is besides the title; that there are no authors is said, the rest is not."""
    yield _some([author.name for author in paper.authors], AUTHORS) or "(no authors)"
    if paper.organizations:
        yield ", ".join(paper.organizations)
    days = ", ".join(day.isoformat() for day in paper.days)
    votes = paper.votes.upvotes if paper.votes else None
    ids = {"arXiv": paper.arxiv, "doi": paper.doi, "anthology": paper.anthology}
    facts = [
        f"on the list of {days}" if days else "on no day's list",
        paper.published and f"published {paper.published}",
        ", ".join(filter(None, (paper.venue, reference.standing(paper)))),
        *(f"{kind}:{identifier}" for kind, identifier in ids.items() if identifier),
        counted(votes, "vote") if votes is not None else "",
        paper.withdrawn,
    ]
    yield " · ".join(filter(None, facts))
    yield from (f"{link.kind}: {link.url}" for link in paper.links)
    if paper.abstract:
        yield f"“{foreign.excerpt(readable(paper.abstract), 160)}”"
    yield f"id: {paper.id}"


def _some(names: list[str], most: int) -> str:
    """`a, b, c and 9 more`."""
    rest = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + rest
