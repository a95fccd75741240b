"""`papershelf digest`: parse, call, print."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import click
from msgspec.structs import asdict

from generator import digest
from generator.build import config, files
from generator.build.loading import read_catalog
from generator.digest import delivery, mailboxes, messages
from generator.digest import mail as mails
from generator.digest import smtp as smtps
from generator.digest.mailboxes import Mailbox
from generator.digest.mailing import Outcome
from generator.model.errors import Problem, UsageError
from generator.text.words import counted

_DAY = click.DateTime(["%Y-%m-%d"])

FILE = "digest.eml"


@click.command("digest")
@click.option("--since", metavar="DAY", type=_DAY, required=True, help="The first day: 2025-08-01.")
@click.option("--until", metavar="DAY", type=_DAY, help="The last day; by default there is none.")
@click.option("--topic", "topics", multiple=True, metavar="SLUG", help="Papers on it; repeatable.")
@click.option(
    "--top",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    help="Papers at most, the most upvoted first.",
)
@click.option("--subject", default="", help="By default how many papers of which days.")
@click.option("--from", "sender", default="", help="Whom it is from: Reading group <a@b.org>.")
@click.option("--unsubscribe", default="", help="https: or mailto:, may hold {address}.")
@click.option("--output", metavar="FILE", help=f"Where the mail goes, or -  [default: {FILE}]")
@click.option("--send", is_flag=True, help="Send it, instead of writing it to a file.")
@click.option(
    "--to",
    "recipients",
    multiple=True,
    metavar="FILE|ADDRESS",
    help="Whom to: an address, or a file of them, one a line; repeatable.",
)
@click.option("--smtp", default="", metavar="HOST[:PORT]", help="The server that takes the mail.")
@click.option(
    "--tls",
    type=click.Choice(["starttls", "tls", "none"]),
    default="starttls",
    show_default=True,
    help="How the connection is encrypted.",
)
@click.option(
    "--bcc", type=click.IntRange(1), help="One mail for so many; by default one for each."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    since: datetime,
    until: datetime | None,
    topics: Sequence[str],
    top: int,
    subject: str,
    sender: str,
    unsubscribe: str,
    output: str | None,
    send: bool,
    recipients: Sequence[str],
    smtp: str,
    tls: str,
    bcc: int | None,
    as_json: bool,
) -> None:
    """Make a mail of what is new, and write it to a file or send it.

    The user and the password of the mail server are those of PAPERSHELF_SMTP_USER and
    PAPERSHELF_SMTP_PASSWORD. The same digest goes to nobody twice: run the same command again after
    anything went wrong. Exit status 1 if somebody does not have it then, or may not.
    """
    if send and (output or not (sender and recipients and smtp)):
        raise UsageError("--send: expected --from, --to and --smtp with it, and no --output.")
    if until and until < since:
        raise UsageError(
            f"--until: expected a day from {since:%Y-%m-%d} on, found {until:%Y-%m-%d}."
        )
    settings, _ = config.load(Path.cwd())
    chosen = digest.choose(
        read_catalog(settings),
        settings,
        since=since.date(),
        until=until.date() if until else None,
        topics=topics,
        top=top,
        subject=subject,
    )
    boxes, malformed = delivery.recipients(recipients)
    result: dict[str, Any] = {"digest": chosen and chosen.id, "papers": 0, "recipients": len(boxes)}
    result |= Outcome().as_json() | {"malformed": [asdict(problem) for problem in malformed]}
    if not chosen:
        _print(as_json, result, "Nothing is new, so there is no mail.")
        return
    mail = mails.fitted(chosen)
    result |= {"papers": len(mail.papers), "subject": chosen.subject}
    for problem in malformed:
        click.echo(str(problem), err=True)
    box = _sender(sender, chosen)
    if not send:
        content = messages.message(
            mail,
            sender=box,
            recipient=boxes[0] if boxes and not bcc else None,
            when=datetime.combine(chosen.latest, time(), UTC),
            unsubscribe=unsubscribe,
        )
        if output == "-":
            click.echo(content, nl=False)
        else:
            files.write_file(Path(output or FILE), content)
            where = f"{output or FILE}: {counted(len(mail.papers), 'paper')}, “{chosen.subject}”"
            _print(as_json, result | {"output": output or FILE}, where)
        sys.exit(1 if malformed else 0)

    outcome = delivery.send(
        mail,
        boxes,
        smtps.server(smtp, tls, os.environ),
        settings.root,
        sender=box,
        now=datetime.now(UTC),
        unsubscribe=unsubscribe,
        bcc=bcc or 0,
    )
    _print(as_json, result | outcome.as_json(), _summary(outcome, malformed))
    sys.exit(0 if outcome.is_complete and not malformed else 1)


def _sender(written: str, chosen: digest.Digest) -> Mailbox:
    """Whom it is from; a mail that nobody sends is from the site itself."""
    box = mailboxes.mailbox(written) if written else Mailbox(address=f"digest@{chosen.host}")
    if not box:
        raise UsageError(
            f"--from: expected an address such as papers@example.org, found “{written}”."
        )
    return box


def _print(as_json: bool, result: dict[str, Any], text: str) -> None:
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else text)


def _summary(outcome: Outcome, malformed: Sequence[Problem]) -> str:
    """Who does not have it, on standard error; and in numbers."""
    for kind, reasons in (("refused", outcome.refused), ("deferred", outcome.deferred)):
        for address, reason in reasons.items():
            click.echo(f"{address}: {kind}, {reason}", err=True)
    for address in outcome.unknown:
        click.echo(
            f"{address}: unknown, the connection ended before the server's answer. It may have "
            "the mail and is not sent to again.",
            err=True,
        )
    counts = {
        "sent": outcome.sent,
        "already have it": outcome.already,
        "refused": outcome.refused,
        "deferred": outcome.deferred,
        "unknown": outcome.unknown,
        "malformed": malformed,
    }
    said = ", ".join(f"{len(recipients):,} {kind}" for kind, recipients in counts.items())
    again = " Run the same command again for those deferred." if outcome.deferred else ""
    return f"Recipients: {said}.{again}"
