"""Sending a digest by SMTP: to everyone once, whatever happens on the way.

What was accepted is kept in `.papershelf/digests/<digest>.jsonl`, so that the same digest, sent
again, goes to those only who do not have it. The danger is in one moment: between the end of a
mail and the server's answer nobody here can know whether the mail was taken (RFC 5321, section
4.5.3.2.6). So `trying` is on the disk before that moment and `sent` or `free` after it. Whoever is
left at `trying`, by a lost connection or a killed process, is never sent to again but reported.

Addresses stand in that file as hashes that differ from digest to digest.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote

from generator import text
from generator.build import locks, opening
from generator.digest.mail import Mail, unsubscribe_link
from generator.digest.mailboxes import Mailbox, mailbox
from generator.digest.mailing import Event, Mailing, Outcome, Patience
from generator.digest.smtp import Server
from generator.model.errors import MissingError, Problem, UsageError

DIGESTS: Final = ".papershelf/digests"
"""Below the catalog's folder; who deletes it lets digests be sent twice."""

LARGEST: Final = 64 * 2**20
"""Bytes of a file of addresses."""


def recipients(written: Iterable[str]) -> tuple[list[Mailbox], list[Problem]]:
    """Addresses, and those in files: one a line, `#` begins a comment; each once.

    Raises:
        UsageError: there is no such file, or it is no text.
    """
    boxes_by_key: dict[str, Mailbox] = {}
    problems: list[Problem] = []
    for one in written:
        path = Path(one)
        if "@" in one and not path.is_file():
            lines, file = [one], "--to"
        else:
            lines, file = _lines(path), one
        for number, line in enumerate(lines, 1):
            meant = re.sub(r"(?:^|\s)#.*", "", line).strip()
            if not meant:
                continue
            box = mailbox(meant)
            if box:
                boxes_by_key.setdefault(box.key, box)
            else:
                position = f"line {number}" if file == one else ""
                reason = (
                    "expected an address such as ada@example.org or Ada <ada@example.org>, "
                    f"found “{text.excerpt(meant, 80)}”."
                )
                problems.append(Problem(file=file, position=position, reason=reason))
    return list(boxes_by_key.values()), problems


def _lines(path: Path) -> list[str]:
    try:
        return opening.read(path, LARGEST).decode("utf-8-sig").splitlines()
    except MissingError:
        raise UsageError(f"{path}: expected a file of addresses, or an address. No file.") from None
    except UnicodeDecodeError:
        raise UsageError(
            f"{path}: expected text in UTF-8, found other bytes. Save it so."
        ) from None


def send(
    mail: Mail,
    boxes: Sequence[Mailbox],
    server: Server,
    root: Path,
    *,
    sender: Mailbox,
    now: datetime,
    unsubscribe: str = "",
    bcc: int = 0,
    patience: Patience | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> Outcome:
    """Send a digest to all who do not have it.

    Args:
        mail: what it says.
        boxes: each once.
        server: that takes it.
        root: the catalog's folder, where is kept who has it.
        sender: whom it is from.
        now: its date.
        unsubscribe: as `mail.unsubscribe_link` takes it; by default a mail to the sender.
        bcc: recipients of one mail, who do not see each other; 0 sends each one of their own.
        patience: with the server.
        wait: for some seconds.

    Raises:
        UsageError: the server can never take it like this, or another run is sending it now.
            Who has it by then is kept.
    """
    unsubscribe = unsubscribe or f"mailto:{quote(sender.address, safe='@')}?subject=unsubscribe"
    if bcc:
        unsubscribe_link(unsubscribe, None)
    path = root / DIGESTS / f"{mail.digest.id}.jsonl"
    with locks.journal(path) as (lines, add):
        mailing = Mailing(
            mail=mail,
            server=server,
            sender=sender,
            now=now,
            unsubscribe=unsubscribe,
            bcc=bcc,
            patience=patience or Patience(),
            add=add,
        )
        mailing.run(boxes, _states(lines, path), wait)
        return mailing.outcome


def _states(lines: Iterable[str], path: Path) -> dict[str, Event]:
    """What came of each address last, by hash."""
    states: dict[str, Event] = {}
    for number, line in enumerate(lines, 1):
        try:
            event, *hashes = json.loads(line)
            if event not in ("trying", "sent", "free"):
                raise ValueError
            states |= dict.fromkeys(hashes, event)
        except (ValueError, TypeError):
            raise UsageError(
                f"{path}, line {number}: expected what was sent to whom, found something else. "
                "Mend it from a copy; without it somebody may get this digest twice."
            ) from None
    return states
