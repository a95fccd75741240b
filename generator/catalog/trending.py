"""Which papers are talked about now: by upvotes that count for less with every day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from generator.model.papers import Paper

SPANS: Final = {"day": 1, "week": 7, "month": 31, "all": None}
"""The days that are looked back on from the latest one of the catalog; `None` is all of them."""

HALF_LIFE: Final = 3
"""Days after which a vote counts half."""

MOST: Final = 100
"""Papers in one ranking."""


def rank(papers: Sequence[Paper], span: str) -> list[Paper]:
    """The most upvoted of these papers within a span of `SPANS`, the first first.

    A span ends with the latest day on which any of the papers was listed: no clock is asked. Votes
    halve every three days, but for all time. Papers without upvotes or without a day never trend,
    nor do withdrawn ones.
    """
    listed = [paper for paper in papers if paper.days and not paper.withdrawn]
    voted = [(paper, paper.days[-1], _upvotes(paper)) for paper in listed if _upvotes(paper)]
    if not voted:
        return []
    latest = max(paper.days[-1] for paper in listed)
    length = SPANS[span]
    if length:
        first = latest - timedelta(days=length - 1)
        voted = [entry for entry in voted if entry[1] >= first]

    def place(entry: tuple[Paper, date, int]) -> tuple[float, int, str]:
        paper, day, upvotes = entry
        age = (latest - day).days if length else 0
        return (-upvotes * 0.5 ** (age / HALF_LIFE), -day.toordinal(), paper.id)

    return [paper for paper, _, _ in sorted(voted, key=place)[:MOST]]


def _upvotes(paper: Paper) -> int:
    return (paper.votes.upvotes or 0) if paper.votes else 0
