"""Digests to make mails of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from generator import digest as digests
from generator.catalog import Catalog
from generator.catalog.taxonomy import Topic
from generator.digest import Digest
from generator.digest.mailboxes import Mailbox
from generator.model.papers import Author, Paper, Votes
from generator.model.settings import Settings

DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
SENDER = Mailbox(address="papers@example.org", name="Reading group")
TOPICS = (
    Topic(slug="ants", name="Ants", description="Small and many."),
    Topic(slug="bees", name="Bees", description="Small and busy."),
)


def papers(count: int, **fields: Any) -> list[Paper]:
    """Papers of one day, in their order."""
    common: dict[str, Any] = {"days": (DAY,), "authors": (Author(name="Ada Example"),)}
    return [
        Paper(
            **{
                "id": f"ants-{number}",
                "title": f"Counting Ants, Part {number}",
                "abstract": f"We count ants for the time number {number}. There are many. " * 9,
                **common,
                **fields,
            }
        )
        for number in range(1, count + 1)
    ]


def voted(id: str, upvotes: int | None, **fields: Any) -> Paper:
    """One paper with so many upvotes; `None` is that nobody counted."""
    votes = None if upvotes is None else Votes(upvotes=upvotes)
    return papers(1, **{"id": id, "title": f"On {id}", "votes": votes, **fields})[0]


def settings(**values: Any) -> Settings:
    return Settings(
        root=Path("shelf"),
        pages=Path("shelf/content/pages"),
        **{"site_name": "Ant Shelf", "site_url": "https://ants.example/shelf/", **values},
    )


def chosen(found: Sequence[Paper], site: Settings | None = None, **asked: Any) -> Digest | None:
    """What is chosen of these papers, of all days unless said otherwise; `names` are the topics."""
    names = asked.pop("names", TOPICS)
    catalog = Catalog(papers=tuple(found), topics=names, curators={})
    return digests.choose(catalog, site or settings(), **{"since": date(1900, 1, 1), **asked})


def digest(found: Sequence[Paper], site: Settings | None = None, **asked: Any) -> Digest:
    one = chosen(found, site, **asked)
    assert one
    return one
