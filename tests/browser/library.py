"""A small library of invented papers: with votes, several days, and lists of several pages."""

from __future__ import annotations

from datetime import date, timedelta

from generator.catalog import Catalog
from generator.catalog.taxonomy import Topic
from generator.model.papers import Author, Link, Paper, Votes

PER_PAGE = 5

DAYS = (date(2026, 3, 12), date(2026, 3, 10), date(2026, 2, 20), date(2026, 1, 5))
"""Of the lists that papers are from, the latest first."""

VOTES = {3: 31, 6: 8, 9: 8, 12: 90, 15: 2, 18: 44}
"""Upvotes by number of the paper; nobody voted on the others."""

FORMER = "ants-before"
"""An id that `paper-05` had."""

_SUBJECTS = (
    "Queens, Workers and Drones",
    "$O(n \\log n)$ Trails of Foraging",
    "Memory in Small Brains",
    "A Survey of Nests",
    "“Quoted” Signals & <b>Bold</b> Dances",
    "123 Ways to Carry a Leaf",
    "Zigzag Flights over Meadows",
)


def library() -> Catalog:
    """Twenty-four papers: `paper-01` to `paper-12` on ants, to `paper-19` on bees, and others."""
    papers = [_paper(number) for number in range(1, 24)]
    withdrawn = Paper(
        id="withdrawn",
        title="A Claim That Did Not Hold",
        abstract="Ants do not whisper.",
        topics=("ants",),
        days=(DAYS[3],),
        rank=99,
        withdrawn="withdrawn",
    )
    return Catalog(
        papers=(*papers, withdrawn),
        topics=(
            Topic(slug="ants", name="Ants", description="Those that walk."),
            Topic(slug="bees", name="Bees", description="Those that fly."),
        ),
        curators={DAYS[0].isoformat(): "people with nets and the patience of a long afternoon"},
    )


def newer(catalog: Catalog, count: int, days: int = 1) -> Catalog:
    """The same with more papers, `fresh-1` and so on, of a later day."""
    day = DAYS[0] + timedelta(days=days)
    fresh = tuple(
        Paper(
            id=f"fresh-{number}",
            title=f"Fresh Finding {number}",
            abstract="Ants were seen again.",
            authors=(Author(name="Mei Lin", id="mei-lin"),),
            topics=("ants",),
            days=(day,),
            rank=number,
        )
        for number in range(1, count + 1)
    )
    return Catalog(papers=fresh + catalog.papers, topics=catalog.topics, curators={})


def _paper(number: int) -> Paper:
    day = (4, 8, 12, 19)
    names = ["Mei Lin" if number % 2 else "Zoë Åkesson", "J. Doe", "Ada Lovelace", "Omar Khan"]
    return Paper(
        id=f"paper-{number:02}",
        title=f"{_SUBJECTS[number % len(_SUBJECTS)]}, Part {number}",
        abstract=f"Sentence {number} of an abstract on insects, at some length. " * 6,
        authors=tuple(Author(name=name, id=_slug(name)) for name in names[: 1 + number % 4]),
        topics=("ants",) if number < 13 else ("bees",) if number < 20 else (),
        venue="Insect Letters" if number % 2 == 0 and number < 17 else "",
        published={20: "2025-11", 21: "2025-11", 22: "2024"}.get(number, ""),
        days=next(((DAYS[at],) for at, last in enumerate(day) if number <= last), ()),
        rank=number,
        votes=Votes(upvotes=VOTES[number]) if number in VOTES else None,
        links=(
            Link(kind="pdf", url=f"https://example.org/{number}.pdf"),
            Link(kind="abs", url=f"https://example.org/{number}"),
            Link(kind="code", url=f"https://example.org/{number}/code"),
        )[: number % 4],
        former_ids=(FORMER,) if number == 5 else (),
    )


def _slug(name: str) -> str:
    return {"Zoë Åkesson": "zoe-akesson"}.get(
        name, name.lower().replace(". ", "-").replace(" ", "-")
    )
