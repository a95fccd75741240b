"""Digests: what is new since a day, for those who want it in the mail. Pure; `mail` writes it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from hashlib import sha256
from typing import Final
from urllib.parse import quote, urlsplit

from generator import text
from generator.catalog import Catalog
from generator.catalog.taxonomy import Topic
from generator.model import addresses
from generator.model.dates import day_name
from generator.model.errors import UsageError
from generator.model.papers import Paper
from generator.model.settings import Settings
from generator.text.words import counted

_NAME: Final = 100
_SUBJECT: Final = 200
"""The most characters of a name and of a subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What a mail says, the same to everyone."""

    site_name: str
    home: str
    """The full address of the site, with a slash at its end."""

    subject: str
    span: str
    """The days that it covers: `1–7 August 2025`."""

    papers: tuple[Paper, ...]
    """The papers that the mail is about, the most upvoted first."""

    total: int
    """How many there were."""

    topics: tuple[Topic, ...]
    """What was asked for; none is all."""

    names: Mapping[str, str]
    """The names of topics, by slug."""

    listing: str
    """The full address of the list of all that there were, as near as there is one."""

    latest: date
    """The latest day on which any of them was listed."""

    @property
    def id(self) -> str:
        """Tells mails apart: equal where subject and papers are."""
        said = [self.home, self.subject, *sorted(paper.id for paper in self.papers)]
        return sha256(json.dumps(said).encode()).hexdigest()[:16]

    @property
    def is_of_one_day(self) -> bool:
        """Whether all papers are of the same day, so that none need say it."""
        return len({paper.date for paper in self.papers}) == 1

    @property
    def host(self) -> str:
        """The host of the site in ASCII, for what names the list and its mails."""
        host = urlsplit(self.home).hostname or "localhost"
        try:
            return host.encode("idna").decode("ascii")
        except UnicodeError:
            return quote(host, safe="")


def choose(
    catalog: Catalog,
    settings: Settings,
    *,
    since: date,
    until: date | None = None,
    topics: Sequence[str] = (),
    top: int = 10,
    subject: str = "",
) -> Digest | None:
    """The digest of the papers of some days; `None` if there are none.

    A paper is of the day of the list that first had it, else of its own date, where a month or a
    year alone counts as its first day: each paper is in the digest of one week only.

    Args:
        catalog: withdrawn papers do not count.
        settings: with a `site_url`, since a mail has full addresses.
        since: the first day.
        until: the last day; by default there is none.
        topics: slugs; a paper has any of them.
        top: papers at most; the most upvoted come first, then those first in the catalog.
        subject: of the mail; by default it says how many papers of which days these are.

    Raises:
        UsageError: there is no such topic, or no address of the site.
    """
    home = text.safe_url(settings.site_url)
    if not home or not urlsplit(home).hostname:
        raise UsageError(
            f"{settings.root / 'mkdocs.yml'}: expected `site_url`, the address of the site, found "
            f"{'none' if not settings.site_url else f'“{settings.site_url}”'}. "
            "A mail has full addresses; set it to where the site is published."
        )
    asked = [_topic(catalog.topics, slug) for slug in dict.fromkeys(topics)]
    slugs = {topic.slug for topic in asked}
    papers = [
        paper
        for paper in catalog.current
        if paper.date
        and since <= _first_day(paper.date) <= (until or date.max)
        and (not slugs or slugs.intersection(paper.topics))
    ]
    if not papers:
        return None
    days = [_first_day(paper.date) for paper in papers]
    span = _span(min(days), max(days))
    site_name = text.excerpt(settings.site_name, _NAME)
    about = ", ".join(topic.name for topic in asked)
    default = f"{site_name}: {counted(len(papers), 'new paper')}{about and f' on {about}'}, {span}"
    site_url = home.partition("#")[0].partition("?")[0]
    return Digest(
        site_name=site_name,
        home=addresses.absolute(site_url, addresses.FRONT),
        subject=text.excerpt(subject, _SUBJECT) or text.excerpt(default, _SUBJECT),
        span=span,
        papers=tuple(sorted(papers, key=upvotes_of, reverse=True)[:top]),
        total=len(papers),
        topics=tuple(asked),
        names={topic.slug: topic.name for topic in catalog.topics},
        listing=addresses.absolute(site_url, _listing(asked, papers)),
        latest=max(days),
    )


def _topic(topics: Sequence[Topic], slug: str) -> Topic:
    topics_by_slug = {topic.slug: topic for topic in topics}
    if slug not in topics_by_slug:
        near = get_close_matches(slug, topics_by_slug, n=1)
        examples = ", ".join(list(topics_by_slug)[:20]) or "none"
        hint = f"Did you mean `{near[0]}`?" if near else f"Known: {examples}."
        raise UsageError(f"--topic: there is no topic `{text.excerpt(slug, _NAME)}`. {hint}")
    return topics_by_slug[slug]


def _first_day(dated: str) -> date:
    return date.fromisoformat(f"{dated}-01-01"[: len("2025-08-07")])


def upvotes_of(paper: Paper) -> int:
    """The upvotes of a paper, for sorting: papers without a count come after those with zero."""
    upvotes = paper.votes.upvotes if paper.votes else None
    return -1 if upvotes is None else upvotes


def _listing(topics: Sequence[Topic], papers: Sequence[Paper]) -> str:
    """The list that has all of them and the fewest others."""
    if len(topics) == 1:
        return addresses.topic(topics[0].slug)
    for length in (len("2025-08-07"), len("2025-08"), len("2025")):
        dates = {paper.date[:length] for paper in papers}
        if len(dates) == 1:
            return addresses.date(dates.pop())
    return addresses.DAYS


def _span(first: date, last: date) -> str:
    """`7 August 2025`, `1–7 August 2025`, `28 July – 3 August 2025`."""
    end = day_name(last.isoformat(), "plain")
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    start = day_name(first.isoformat(), "plain")
    return f"{start.removesuffix(f' {last.year}')} – {end}"
