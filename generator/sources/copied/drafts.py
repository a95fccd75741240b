"""A paper of a plain text while its lines are still coming in; shared by readers of text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

from generator.sources.content import Content
from generator.sources.copied.lines import front_matter
from generator.sources.days import DAY, Anchor, resolve
from generator.sources.raw import RawRecord
from generator.sources.records import Records


@dataclass(slots=True, kw_only=True)
class Draft:
    """A paper while its lines are still coming in; all text is raw."""

    line: int
    title: str = ""
    authors: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    organizations: list[str] = field(default_factory=list)
    venue: str = ""
    publication: dict[str, object] = field(default_factory=dict)
    published: str = ""
    revised: str = ""
    is_replaced: bool = False
    """Whether the list has it for a new version of that day."""

    arxiv: str = ""
    doi: str = ""
    withdrawn: str = ""
    upvotes: int | None = None
    comments: int | None = None
    day: date | None = None
    rank: int = 0
    unused: list[str] = field(default_factory=list)
    """Names of what it has no place for."""


def anchored(content: Content) -> tuple[Anchor | None, int]:
    """The day that a file states, at its top or in its name, and the line where its text begins."""
    fields, start = front_matter(content.text)
    stated = next((Anchor.parse(value) for _, name, value in fields if name == "date"), None)
    return stated or Anchor.in_name(content.file), start


def stated_day(
    fields: Iterable[tuple[int, str, str]],
) -> tuple[Anchor | None, list[tuple[int, str]]]:
    """The day that the fields at the top of a text state; lines there that are wrong, and why."""
    anchor: Anchor | None = None
    faults: list[tuple[int, str]] = []
    for line, name, value in fields:
        if name != "date":
            faults.append((line, f"expected only `date:` up here, found `{name}:`. Remove it."))
        elif (anchor := Anchor.parse(value)) is None:
            faults.append((line, f"expected a date like 2025-08-07, found “{value}”."))
    return anchor, faults


_COUNTER: Final = re.compile(
    r"[(\[]\d{1,6}[)\]]\s*(?=\S)|#?\d{1,6}(?:\s?[/:.)\]]\s+|/\s*)(?=\S)|#\d{1,6}\s+(?=\S)"
)
_NUMBER: Final = re.compile(r"(\d{1,5})\s+(?=[^\W\d])")
_BULLET: Final = re.compile(r"[-*+•–—·▪►]\s+(?=\S)|[•▪►](?=\S)")


def uncounted(drafts: Iterable[Draft]) -> None:
    """Take the numbers and bullets of a list from its titles, where all of them have these."""
    papers = [draft for draft in drafts if draft.title]
    for mark in (_BULLET, _COUNTER):
        matches = [mark.match(draft.title) for draft in papers]
        if (
            len(papers) > 1
            and all(matches)
            and (mark is _BULLET or len({m[0] for m in matches if m}) > 1)
        ):
            for draft in papers:
                draft.title = mark.sub("", draft.title, count=1)
    numbers = [int(match[1]) for draft in papers if (match := _NUMBER.match(draft.title))]
    is_rising = all(below > above for above, below in pairwise(numbers))
    if len(numbers) == len(papers) > 2 and is_rising:
        for draft in papers:
            draft.title = _NUMBER.sub("", draft.title, count=1)


def add(records: Records, position: str, draft: Draft, anchor: Anchor | None = None) -> None:
    """Make a paper of a draft; a date of it without a year is the nearest to its list.

    Args:
        records: takes it.
        position: where a person would look for it.
        draft: whose text is raw.
        anchor: what is known of the day of its list.
    """
    near = Anchor(draft.day.year, draft.day) if draft.day else anchor
    published = draft.published
    if published and DAY.fullmatch(published) and not re.search(r"\d{4}", published):
        day = resolve(published, near)
        if day and near and near.day and (day - near.day).days > 31:
            day = resolve(published, Anchor(day.year - 1))  # no list has papers of the future
        published = day.isoformat() if day else ""
    records.count_unused(draft.unused)
    records.add(
        position,
        RawRecord(
            title=draft.title,
            abstract="\n\n".join(draft.paragraphs),
            authors=draft.authors,
            published=published,
            revised=draft.revised,
            days=[draft.day],
            rank=draft.rank,
            venue=draft.venue,
            publication=draft.publication,
            organizations=draft.organizations,
            arxiv=draft.arxiv,
            doi=draft.doi,
            links=draft.links,
            keywords=draft.keywords,
            categories=draft.categories,
            upvotes=draft.upvotes,
            comments=draft.comments,
            counted=draft.day,
            withdrawn=draft.withdrawn,
        ),
    )
