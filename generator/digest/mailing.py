"""Handing mails to a server, which may put off or refuse some of them."""

from __future__ import annotations

import json
import re
import smtplib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, Literal

from generator.digest import smtp
from generator.digest.mail import Mail
from generator.digest.mailboxes import Mailbox
from generator.digest.messages import message
from generator.digest.smtp import Server
from generator.model.errors import UsageError

Event = Literal["trying", "sent", "free"]
"""What the file says of addresses; `free` is that the server has said it did not take the mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a server is put up with. Times are seconds."""

    tries: int = 4
    """Rounds; each is for those whom the rounds before did not reach."""

    wait: float = 20.0
    """Before the second round, three times as long before each further one."""

    timeout: float = 60.0
    """Seconds for each answer but the last."""

    last: float = 600.0
    """Seconds for the answer to a whole mail, as in RFC 5321: who gives up too soon never knows."""

    failures: int = 3
    """Connections lost one after another, after which a round is over."""


@dataclass(kw_only=True)
class Outcome:
    """What became of a digest's recipients; each is in one of these."""

    sent: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    """Have it from an earlier run."""

    refused: dict[str, str] = field(default_factory=dict)
    """Refused for good, with the server's reason."""

    deferred: dict[str, str] = field(default_factory=dict)
    """Put off after all rounds, with the reason; another run may reach them."""

    unknown: list[str] = field(default_factory=list)
    """May have it; never sent to again."""

    @property
    def is_complete(self) -> bool:
        """Whether everyone has it."""
        return not (self.refused or self.deferred or self.unknown)

    def as_json(self) -> dict[str, Any]:
        """The part of it in the object that `papershelf digest --json` prints."""
        return {
            "sent": len(self.sent),
            "already": len(self.already),
            **{
                name: [{"address": address, "reason": why} for address, why in reasons.items()]
                for name, reasons in (("refused", self.refused), ("deferred", self.deferred))
            },
            "unknown": self.unknown,
        }


_CLOSING: Final = 421
"""The server answers this to any command before it hangs up."""


class _Passing(Exception):  # noqa: N818 - nothing is wrong, another time it may go
    """The connection cannot be used any longer; the text says why."""


@dataclass(kw_only=True)
class Mailing:
    """One run."""

    mail: Mail
    server: Server
    sender: Mailbox
    now: datetime
    unsubscribe: str
    bcc: int
    patience: Patience
    add: Callable[[str], None]
    outcome: Outcome = field(default_factory=Outcome)
    connection: smtplib.SMTP | None = None

    def run(
        self,
        boxes: Sequence[Mailbox],
        states: Mapping[str, Event],
        wait: Callable[[float], None],
    ) -> None:
        """Rounds, until nobody is left who may be reached by another."""
        waiting = []
        for box in boxes:
            state = states.get(self._hash(box), "free")
            if state == "free":
                waiting.append(box)
            else:
                earlier = self.outcome.already if state == "sent" else self.outcome.unknown
                earlier.append(box.address)
        for number in range(self.patience.tries):
            if not waiting:
                break
            if number:
                wait(self.patience.wait * 3 ** (number - 1))
            self.outcome.deferred = {}
            try:
                self._round(waiting)
                self._leave()
            finally:
                self._drop()
            waiting = [box for box in waiting if box.address in self.outcome.deferred]

    def _round(self, boxes: Sequence[Mailbox]) -> None:
        size = self.bcc or 1
        failures, reason = 0, ""
        for start in range(0, len(boxes), size):
            batch = boxes[start : start + size]
            if failures == self.patience.failures:
                self._defer(batch, reason)
                continue
            try:
                self._deliver(self._connected(), batch)
                failures = 0
            except (_Passing, smtplib.SMTPException, OSError) as error:
                failures, reason = failures + 1, smtp.said(error)
                self._defer(batch, reason)
                self._drop()

    def _deliver(self, connection: smtplib.SMTP, batch: Sequence[Mailbox]) -> None:
        """One mail, to one or several. What goes wrong before `trying` leaves all of them free."""
        code, said = connection.mail(self.sender.address)
        if code // 100 == 5:
            raise UsageError(
                f"{self.server.host}: expected it to take mail from {self.sender.address}, found "
                f"{smtp.reply(code, said)}. Correct --from, or ask those who run it."
            )
        if code != 250:
            raise _Passing(smtp.reply(code, said))
        accepted = []
        for box in batch:
            code, said = connection.rcpt(box.address)
            if code // 100 == 2:
                accepted.append(box)
            else:
                self._not_taken([box], code, said)
        if not accepted:
            connection.rset()
            return
        hashes = [self._hash(box) for box in accepted]
        content = message(
            self.mail,
            sender=self.sender,
            recipient=None if self.bcc else accepted[0],
            when=self.now,
            copy=sha256("".join(hashes).encode()).hexdigest()[:16],
            unsubscribe=self.unsubscribe,
        )
        code, said = connection.docmd("DATA")
        if code != 354:
            self._not_taken(accepted, code, said)
            connection.rset()
            return
        self.add(json.dumps(["trying", *hashes]))
        code, said = self._end(connection, content)
        if code // 100 not in (2, 4, 5):
            self.outcome.unknown += [box.address for box in accepted]
            raise _Passing(smtp.reply(code, said))
        self.add(json.dumps(["sent" if code // 100 == 2 else "free", *hashes]))
        if code // 100 == 2:
            self.outcome.sent += [box.address for box in accepted]
        else:
            self._not_taken(accepted, code, said)

    def _end(self, connection: smtplib.SMTP, content: bytes) -> tuple[int, bytes]:
        """Hand over the mail. The answer; 0 is none, and none that can be read is less."""
        try:
            _allow(connection, self.patience.last)
            connection.send(re.sub(rb"(?m)^\.", b"..", content) + b".\r\n")
            answer = connection.getreply()
            _allow(connection, self.patience.timeout)
            return answer
        except (smtplib.SMTPException, OSError) as error:
            return 0, smtp.said(error).encode()

    def _not_taken(self, boxes: Iterable[Mailbox], code: int, said: bytes) -> None:
        """The server has said so."""
        if code == _CLOSING:
            raise _Passing(smtp.reply(code, said))
        reasons = self.outcome.refused if code // 100 == 5 else self.outcome.deferred
        reasons |= {box.address: smtp.reply(code, said) for box in boxes}

    def _defer(self, boxes: Iterable[Mailbox], reason: str) -> None:
        """Put off the mails to everyone whose mail is still undecided."""
        decided = {*self.outcome.sent, *self.outcome.unknown, *self.outcome.refused}
        deferred = {box.address: reason for box in boxes if box.address not in decided}
        self.outcome.deferred = deferred | self.outcome.deferred

    def _connected(self) -> smtplib.SMTP:
        if not self.connection:
            self.connection = smtp.connect(self.server, self.patience.timeout)
        return self.connection

    def _leave(self) -> None:
        if self.connection:
            with suppress(smtplib.SMTPException, OSError):
                self.connection.quit()

    def _drop(self) -> None:
        if self.connection:
            self.connection.close()
        self.connection = None

    def _hash(self, box: Mailbox) -> str:
        return sha256(f"{self.mail.digest.id} {box.key}".encode()).hexdigest()[:32]


def _allow(connection: smtplib.SMTP, seconds: float) -> None:
    """How long the next answer may take."""
    if connection.sock:
        connection.sock.settimeout(seconds)
