"""A mail server to send to: a real one, which keeps what it takes and can be told to fault."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "digests", "correct-horse-7"

Answer = str | None
"""What the server says to a recipient or a mail; `None` is that it takes it."""

DROP = "drop"
"""The connection ends instead of an answer."""


@dataclass
class Taken:
    """A mail that the server took, or could have taken when the connection ended."""

    sender: str
    recipients: list[str]
    content: bytes

    @property
    def mail(self) -> EmailMessage:
        mail = message_from_bytes(self.content, policy=default)
        assert isinstance(mail, EmailMessage)
        return mail


@dataclass
class PostOffice:
    """What it took, and how it will answer. All is read by the server's thread."""

    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """Every recipient that it was asked to take mail for."""

    connections: int = 0
    rejects_sender: Answer = None
    to_recipient: Callable[[str, int], Answer] = lambda address, time: None
    """By address, and how often it was asked for that one, from 1."""

    to_data: Callable[[list[str], int], Answer] = lambda recipients, time: None
    """To the command `DATA`, before any of the mail."""

    to_mail: Callable[[list[str], int], Answer] = lambda recipients, time: None
    """To the end of a mail, which it has whole by then."""

    delay: Callable[[list[str]], float] = lambda recipients: 0
    """Seconds before it answers to a mail."""

    has_it: threading.Event = field(default_factory=threading.Event)
    """Set when a mail is there that it delays its answer to."""

    times: Counter[str] = field(default_factory=Counter)

    def got(self) -> Counter[str]:
        """How many mails everyone has."""
        return Counter(address for taken in self.taken for address in taken.recipients)


class _Protocol(SMTP):
    """Answers as the office says."""

    office: PostOffice

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        assert self.envelope
        recipients = list(self.envelope.rcpt_tos)
        self.office.times["data"] += 1
        answer = self.office.to_data(recipients, self.office.times["data"])
        if answer:
            await _say(self, answer)
        else:
            await super().smtp_DATA(arg)


async def _say(server: SMTP, answer: str) -> None:
    if answer == DROP:
        _hang_up(server)
        return
    await server.push(answer)
    if answer.startswith("421"):
        assert server.transport
        server.transport.close()


def _hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.WriteTransport)
    server.transport.abort()


@dataclass
class _Handler:
    office: PostOffice

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.office.rejects_sender:
            return self.office.rejects_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        office = self.office
        office.asked.append(address)
        office.times[address] += 1
        answer = office.to_recipient(address, office.times[address])
        if answer == DROP:
            _hang_up(server)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        office = self.office
        recipients = list(envelope.rcpt_tos)
        office.times["mail"] += 1
        answer = office.to_mail(recipients, office.times["mail"])
        if not answer or answer == DROP:
            assert isinstance(envelope.original_content, bytes)
            office.taken.append(
                Taken(envelope.mail_from or "", recipients, envelope.original_content)
            )
        delay = office.delay(recipients)
        if delay:
            office.has_it.set()
            await asyncio.sleep(delay)
        if answer == DROP:
            _hang_up(server)
        return answer or "250 OK"


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, found: Any
) -> AuthResult:
    assert isinstance(found, LoginPassword)
    is_right = (found.login, found.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=False)


@contextmanager
def running(
    *, tls: ssl.SSLContext | None = None, starttls: bool = True, password: bool = False
) -> Iterator[PostOffice]:
    """A server on a free port.

    Args:
        tls: with which certificate it encrypts; `None` is not at all.
        starttls: whether that begins by STARTTLS, or with the first byte.
        password: whether it takes mail only for one.
    """
    office = PostOffice()
    loop = asyncio.new_event_loop()

    def protocol() -> SMTP:
        office.connections += 1
        server = _Protocol(
            _Handler(office),
            hostname="post.example",
            loop=loop,
            tls_context=tls if starttls else None,
            require_starttls=bool(tls and starttls),
            authenticator=_authenticate,
            auth_required=password,
            auth_require_tls=bool(tls and starttls),
        )
        server.office = office
        return server

    # All of it runs in a thread: in this one, a browser of other tests may have a loop of its own.
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    make = loop.create_server(protocol, "127.0.0.1", 0, ssl=None if starttls else tls)
    server = asyncio.run_coroutine_threadsafe(make, loop).result()
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        asyncio.run_coroutine_threadsafe(_closed(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _closed(server: asyncio.Server) -> None:
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)


@dataclass(frozen=True)
class Authority:
    """Who vouches for the server on this machine, and what the server shows."""

    file: Path
    context: ssl.SSLContext


def authority(folder: Path) -> Authority:
    """A certificate for `localhost` by an authority of our own, made with openssl."""
    if not shutil.which("openssl"):
        pytest.skip("needs openssl")
    ca, ca_key, own, key, wish = (
        str(folder / name) for name in ("ca.pem", "ca.key", "own.pem", "own.key", "own.csr")
    )
    (folder / "names").write_text("subjectAltName=DNS:localhost\n", "utf-8")
    new = ["req", "-newkey", "rsa:2048", "-nodes"]
    for arguments in (
        [*new, "-x509", "-days", "2", "-subj", "/CN=Test authority", "-keyout", ca_key, "-out", ca],
        [*new, "-subj", "/CN=localhost", "-keyout", key, "-out", wish],
        [
            *["x509", "-req", "-days", "2", "-in", wish, "-CA", ca, "-CAkey", ca_key],
            *["-CAcreateserial", "-extfile", str(folder / "names"), "-out", own],
        ],
    ):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(own, key)
    return Authority(Path(ca), context)
