"""`papershelf fetch …`: parse, call, print."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from generator import config, fetch
from generator.config import Settings
from generator.fetch import Outcome, services
from generator.fetch.http import Manners

_Command = Callable[..., None]

_DAY = click.DateTime(["%Y-%m-%d"])

since_option = click.option(
    "--since", type=_DAY, help="The first day; by default the one after the latest that is there."
)
until_option = click.option("--until", type=_DAY, help="The last day; by default today, in UTC.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group("fetch")
def group() -> None:
    """Get lists from services into content/sources/, as the services answer.

    What is there and settled is not asked for again. Exit status 1 if anything could not be
    fetched; the rest is there then.
    """


@group.command("hf-daily")
@since_option
@until_option
@json_option
def hugging_face(since: datetime | None, until: datetime | None, as_json: bool) -> None:
    """Daily Papers of Hugging Face, a file a day; the last three days are asked for again."""
    settings, _ = config.load(Path.cwd())
    daily = services.hugging_face(settings.hugging_face_url)
    manners = Manners(pause=services.HUGGING_FACE_PAUSE)
    _report(_days(settings, daily, since, until, None, manners), as_json)


@group.command("arxiv")
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
def arxiv(
    query: str,
    category: str,
    since: datetime | None,
    until: datetime | None,
    most: int | None,
    as_json: bool,
) -> None:
    """Papers sent to arXiv, a file a day; the last seven days are asked for again."""
    settings, _ = config.load(Path.cwd())
    daily = services.arxiv(settings.arxiv_url, query=query, category=category)
    manners = Manners(pause=services.ARXIV_PAUSE)
    _report(_days(settings, daily, since, until, most, manners), as_json)


@group.command("openreview")
@click.option("--venue", required=True, help="The id of a venue: ICLR.cc/2025/Conference")
@json_option
def openreview(venue: str, as_json: bool) -> None:
    """All papers of a venue on OpenReview, a file for each 1,000."""
    settings, _ = config.load(Path.cwd())
    batch = services.openreview(settings.openreview_url, venue)
    manners = Manners(pause=services.OPENREVIEW_PAUSE)
    _report(fetch.fetch_all(settings, [batch], manners=manners), as_json)


@group.command("urls")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def urls(file: Path, as_json: bool) -> None:
    """The lists at the addresses in FILE, one a line; lines that begin with # do not count."""
    settings, _ = config.load(Path.cwd())
    batches = list(services.addresses(file.read_text("utf-8-sig", "replace"), str(file)))
    _report(fetch.fetch_all(settings, batches, manners=Manners()), as_json)


def _days(
    settings: Settings,
    daily: services.Daily,
    since: datetime | None,
    until: datetime | None,
    most: int | None,
    manners: Manners,
) -> Iterator[Outcome]:
    return fetch.fetch_days(
        settings,
        daily,
        today=datetime.now(UTC).date(),
        since=_date(since),
        until=_date(until),
        most=most,
        manners=manners,
    )


def _date(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _report(outcomes: Iterator[Outcome], as_json: bool) -> None:
    """Say what came as it comes, then all in all."""
    found: dict[str, Any] = {"new": [], "changed": [], "unchanged": [], "failed": []}
    found |= {"records": 0, "papers": 0}
    for outcome in outcomes:
        found["new"] += outcome.new
        found["changed"] += outcome.changed
        found["unchanged"] += outcome.unchanged
        found["records"] += outcome.records
        found["papers"] += outcome.papers
        if outcome.failed:
            found["failed"].append({"name": outcome.name, "reason": outcome.failed})
            click.echo(f"{config.SOURCES}/{outcome.name}: {outcome.failed}", err=True)
        elif not as_json:
            for path in (*outcome.new, *outcome.changed):
                kind = "new" if path in outcome.new else "changed"
                click.echo(f"{config.SOURCES}/{path}: {kind}")
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        counts = ", ".join(
            f"{len(found[kind]):,} {kind}" for kind in ("new", "changed", "unchanged", "failed")
        )
        click.echo(f"Files: {counts}. In the new and changed ones: {found['records']:,} records.")
    sys.exit(1 if found["failed"] else 0)
