"""`papershelf fetch …`: parse, call, print."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import click

from generator.build import config, opening
from generator.build.loading import read_catalog
from generator.fetch import arxiv, day_lists, feeds, fetching, services
from generator.fetch.batches import Batch, Daily
from generator.fetch.fetching import Outcome, Say
from generator.fetch.http import Manners
from generator.model.settings import SOURCES, Settings
from generator.sources.identifiers import is_stand_in
from generator.text import message

LARGEST: Final = 2**20
"""Bytes of a file of addresses."""

_DAY = click.DateTime(["%Y-%m-%d"])

since_option = click.option(
    "--since", type=_DAY, help="The first day; by default the one after the latest that is there."
)
until_option = click.option("--until", type=_DAY, help="The last day; by default today, in UTC.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
quiet_option = click.option(
    "--quiet", "is_quiet", is_flag=True, help="Print nothing unless something fails; for cron."
)


@click.group("fetch")
def command() -> None:
    """Get lists from services into content/sources/, as the services answer.

    What is there and settled is not asked for again. Exit status 1 if anything could not be
    fetched; the rest is there then.
    """


@command.command("hf-daily")
@since_option
@until_option
@json_option
@quiet_option
def hugging_face(
    since: datetime | None, until: datetime | None, as_json: bool, is_quiet: bool
) -> None:
    """Daily Papers of Hugging Face, a file a day; the last three days are asked for again."""
    settings, _ = config.load(Path.cwd())
    daily = services.hugging_face(settings.hugging_face_url)
    manners = Manners(pause=services.PAUSE)
    _report(_days(settings, daily, since, until, None, manners, _say(is_quiet)), as_json, is_quiet)


@command.command("arxiv")
@click.option("--query", default="", help="A search, as the arXiv API has it: all:electron")
@click.option("--category", default="", help="A category: cs.CL")
@since_option
@until_option
@click.option(
    "--most",
    type=click.IntRange(1),
    help="Ask for no further day once so many papers came; the next run goes on from there.",
)
@json_option
@quiet_option
def from_arxiv(
    query: str,
    category: str,
    since: datetime | None,
    until: datetime | None,
    most: int | None,
    as_json: bool,
    is_quiet: bool,
) -> None:
    """What was new on arXiv, a file a day; the last seven days are asked for again.

    A category is harvested by OAI-PMH, else from the feed of the day, else by the API.
    """
    settings, _ = config.load(Path.cwd())
    daily = arxiv.daily(settings.arxiv_url, query=query, category=category, today=_today())
    manners = Manners(pause=arxiv.PAUSE)
    _report(_days(settings, daily, since, until, most, manners, _say(is_quiet)), as_json, is_quiet)


@command.command("biorxiv")
@click.option(
    "--server", type=click.Choice(["biorxiv", "medrxiv"]), default="biorxiv", show_default=True
)
@click.option("--category", default="", help="A category: neuroscience")
@since_option
@until_option
@json_option
@quiet_option
def biorxiv(
    server: str,
    category: str,
    since: datetime | None,
    until: datetime | None,
    as_json: bool,
    is_quiet: bool,
) -> None:
    """What was posted to bioRxiv or medRxiv, a file a day; the last three are asked for again."""
    settings, _ = config.load(Path.cwd())
    daily = services.biorxiv(settings.biorxiv_url, server, category)
    manners = Manners(pause=services.PAUSE)
    _report(_days(settings, daily, since, until, None, manners, _say(is_quiet)), as_json, is_quiet)


@command.command("openreview")
@click.option("--venue", required=True, help="The id of a venue: ICLR.cc/2025/Conference")
@json_option
@quiet_option
def openreview(venue: str, as_json: bool, is_quiet: bool) -> None:
    """All papers of a venue on OpenReview, a file for each 1,000."""
    settings, _ = config.load(Path.cwd())
    batch = services.openreview(settings.openreview_url, venue)
    _report(_all(settings, [batch], is_quiet), as_json, is_quiet)


@command.command("openalex")
@click.option("--query", default="", help="Words to search for.")
@click.option(
    "--filter",
    "filters",
    default="",
    help="Filters as the API has them: primary_topic.id:T10181,publication_year:2025",
)
@click.option("--most", type=click.IntRange(1), help="So many works, in hundreds.")
@click.option(
    "--key",
    envvar="OPENALEX_KEY",
    default="",
    help="Your key, free at https://openalex.org/settings/api; else from OPENALEX_KEY.",
)
@json_option
@quiet_option
def openalex(
    query: str, filters: str, most: int | None, key: str, as_json: bool, is_quiet: bool
) -> None:
    """Works of OpenAlex that a search or filters find, a file for each 100."""
    settings, _ = config.load(Path.cwd())
    batch = services.openalex(
        settings.openalex_url, query=query, filters=filters, key=key, most=most
    )
    outcomes = _all(settings, [batch], is_quiet)
    if not key:
        outcomes = (
            replace(one, failed=f"{one.failed} {_NO_KEY}") if one.failed else one
            for one in outcomes
        )
    _report(outcomes, as_json, is_quiet)


_NO_KEY: Final = "OpenAlex answers little without --key; one is free at openalex.org/settings/api."


@command.command("rss")
@click.argument("urls", metavar="URL…", nargs=-1, required=True)
@json_option
@quiet_option
def rss(urls: tuple[str, ...], as_json: bool, is_quiet: bool) -> None:
    """The feed at each URL, RSS or Atom, a file a day, since feeds forget what is older."""
    settings, _ = config.load(Path.cwd())
    batches = [feeds.feed(url, _today()) for url in dict.fromkeys(urls)]
    _report(_all(settings, batches, is_quiet), as_json, is_quiet)


@command.command("urls")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@quiet_option
def urls(file: Path, as_json: bool, is_quiet: bool) -> None:
    """The lists at the addresses in FILE, one a line; lines that begin with # do not count."""
    settings, _ = config.load(Path.cwd())
    lines = opening.read(file, LARGEST).decode("utf-8-sig", "replace")
    batches = feeds.addresses(lines, str(file))
    _report(_all(settings, batches, is_quiet), as_json, is_quiet)


@command.command("ids")
@json_option
@quiet_option
def ids(as_json: bool, is_quiet: bool) -> None:
    """Titles, authors and abstracts of the papers that the catalog knows by an id alone.

    arXiv is asked for a hundred at once, doi.org for one DOI after another.
    """
    settings, _ = config.load(Path.cwd())
    bare = _bare(settings)
    known = [title.removeprefix("arXiv:") for title in bare if title.startswith("arXiv:")]
    dois = [title.removeprefix("doi:") for title in bare if title.startswith("doi:")]
    starts = range(0, len(known), arxiv.IDS)
    batches = [
        *(arxiv.by_id(settings.arxiv_url, known[start : start + arxiv.IDS]) for start in starts),
        *(services.by_doi(settings.doi_url, doi) for doi in dois),
    ]
    outcome = _told(_all(settings, batches, is_quiet, arxiv.PAUSE), as_json, is_quiet)
    # What failed has its line already; what an answer left out has none yet.
    bare_ids = [] if outcome["failed"] or not batches else _bare(settings)
    for one in bare_ids:
        click.echo(
            f"{message(one)}: expected a paper, found none of this id. Correct it.", err=True
        )
    sys.exit(1 if bare_ids or outcome["failed"] else 0)


def _bare(settings: Settings) -> list[str]:
    """The titles of papers that are only their id: `arXiv:2508.03686`, `doi:10.1000/xyz`."""
    return [paper.title for paper in read_catalog(settings).papers if is_stand_in(paper.title)]


def _days(
    settings: Settings,
    daily: Daily,
    since: datetime | None,
    until: datetime | None,
    most: int | None,
    manners: Manners,
    say: Say,
) -> Iterator[Outcome]:
    return day_lists.fetch_days(
        settings,
        daily,
        today=_today(),
        since=_date(since),
        until=_date(until),
        most=most,
        manners=manners,
        say=say,
    )


def _all(
    settings: Settings, batches: Iterable[Batch], is_quiet: bool, pause: float = services.PAUSE
) -> Iterator[Outcome]:
    manners = Manners(pause=pause)
    return fetching.fetch_all(settings, batches, manners=manners, say=_say(is_quiet))


def _today() -> date:
    return datetime.now(UTC).date()


def _date(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _say(is_quiet: bool) -> Say:
    return fetching.silent if is_quiet else lambda text: click.echo(message(text), err=True)


def _report(outcomes: Iterator[Outcome], as_json: bool, is_quiet: bool) -> None:
    sys.exit(1 if _told(outcomes, as_json, is_quiet)["failed"] else 0)


def _told(outcomes: Iterator[Outcome], as_json: bool, is_quiet: bool) -> dict[str, Any]:
    """Say what came as it comes, then all in all; quietly, say only what failed and why."""
    answer: dict[str, Any] = {"new": [], "changed": [], "unchanged": [], "failed": []}
    answer |= {"records": 0, "papers": 0}
    unasked = 0
    for outcome in outcomes:
        answer["new"] += outcome.new
        answer["changed"] += outcome.changed
        answer["unchanged"] += outcome.unchanged
        answer["records"] += outcome.records
        answer["papers"] += outcome.papers
        if outcome.failed:
            answer["failed"].append({"name": outcome.name, "reason": outcome.failed})
            unasked += not outcome.is_asked
            if outcome.is_asked:
                click.echo(f"{SOURCES}/{outcome.name}: {outcome.failed}", err=True)
        elif not (as_json or is_quiet):
            for path in (*outcome.new, *outcome.changed):
                kind = "new" if path in outcome.new else "changed"
                click.echo(f"{SOURCES}/{path}: {kind}")
    if unasked:
        click.echo(
            f"{unasked:,} more not asked for, since there was no answer before. Fetch again later.",
            err=True,
        )
    if as_json and (answer["failed"] or not is_quiet):
        click.echo(json.dumps(answer, ensure_ascii=False))
    elif not is_quiet:
        counts = ", ".join(
            f"{len(answer[kind]):,} {kind}" for kind in ("new", "changed", "unchanged", "failed")
        )
        click.echo(f"Files: {counts}. In the new and changed ones: {answer['records']:,} records.")
    return answer
