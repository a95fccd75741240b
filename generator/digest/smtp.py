"""Mail servers (RFC 5321): which one, with which password, and a connection to it.

A connection is encrypted (RFC 3207, RFC 8314) and the server's certificate is checked, unless
somebody says `none`, which no password may go over. A password is in no text that is made here.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from generator import text
from generator.model.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A mail server that takes our mail, and how it is spoken to."""

    host: str
    port: int
    tls: Literal["starttls", "tls", "none"]
    user: str = ""
    password: str = field(default="", repr=False)


def server(written: str, tls: str, environment: Mapping[str, str]) -> Server:
    """Read `HOST` or `HOST:PORT`, with the user and password of the environment.

    Raises:
        UsageError: it is no host, or a password would be sent for all to read.
    """
    match = re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(?::([0-9]{1,5}))?", written)
    port = int((match and match[2]) or {"starttls": 587, "tls": 465, "none": 25}[tls])
    if not match or not 0 < port < 2**16:
        raise UsageError(f"--smtp: expected HOST or HOST:PORT, found “{written}”.")
    user, password = (environment.get(f"PAPERSHELF_SMTP_{name}", "") for name in _SECRETS)
    if bool(user) != bool(password):
        raise UsageError(
            "Expected both PAPERSHELF_SMTP_USER and PAPERSHELF_SMTP_PASSWORD in the environment, "
            "or neither, found one."
        )
    if not (user + password).isascii():
        raise UsageError(
            "Expected PAPERSHELF_SMTP_USER and PAPERSHELF_SMTP_PASSWORD in ASCII, which is all "
            "that servers take, found other characters."
        )
    if user and tls == "none":
        raise UsageError(
            "--tls none: expected no password in the environment, since all on the way could read "
            "it, found one. Use --tls starttls or tls, or unset PAPERSHELF_SMTP_PASSWORD."
        )
    return Server(
        host=match[1].strip("[]"),
        port=port,
        tls=tls,  # type: ignore[arg-type]  # one of the three
        user=user,
        password=password,
    )


_SECRETS: Final = ("USER", "PASSWORD")


def connect(server: Server, timeout: float) -> smtplib.SMTP:
    """A connection that is encrypted and known, as far as was asked for.

    Raises:
        UsageError: another time will be no better.
        SMTPException, OSError: another time may be.
    """
    smtp: smtplib.SMTP | None = None
    try:
        if server.tls == "tls":
            smtp = smtplib.SMTP_SSL(
                server.host, server.port, timeout=timeout, context=ssl.create_default_context()
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=timeout)
        if server.tls == "starttls":
            smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, server.password)
    except (smtplib.SMTPException, OSError) as error:
        if smtp:
            smtp.close()
        reason = _lasting(error, server)
        if reason:
            raise UsageError(f"{server.host}, port {server.port}: {reason}") from None
        raise
    return smtp


def _lasting(error: Exception, server: Server) -> str:
    """Why it is no use to try again; empty if it may be."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"expected a certificate to trust, found: {error.verify_message}. If it is of your own "
            "authority, name that one's file in SSL_CERT_FILE."
        )
    if isinstance(error, ssl.SSLError) and not isinstance(
        error, ssl.SSLEOFError | ssl.SSLZeroReturnError
    ):
        return f"expected TLS from the first byte, found {said(error)}. Look at --tls and the port."
    if isinstance(error, socket.gaierror) and error.errno == socket.EAI_NONAME:
        return "expected a mail server, found no such host. Correct --smtp."
    if isinstance(error, smtplib.SMTPNotSupportedError):
        if server.tls == "starttls" and "STARTTLS" in str(error):
            return (
                "expected STARTTLS, found none, and nothing is sent in plain text. "
                "Use --tls tls, or another server."
            )
        return "expected a server that asks for a password, found none. Unset the user."
    if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code // 100 == 5:
        if isinstance(error, smtplib.SMTPAuthenticationError):
            # Not the server's words, which could be our own.
            return (
                f"refused the user and the password ({error.smtp_code}). Correct "
                "PAPERSHELF_SMTP_USER and PAPERSHELF_SMTP_PASSWORD."
            )
        return f"expected to be let in, found {said(error)}."
    return ""


def said(error: Exception) -> str:
    """What went wrong, in the words of the server or the system."""
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        return reply(error.smtp_code, words.encode() if isinstance(words, str) else words)
    reason = (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__
    return text.excerpt(str(reason), 200).rstrip(".")


def reply(code: int, words: bytes) -> str:
    """An answer of the server, on one line: `“550 5.1.1 no such user”`."""
    return f"“{code} {text.excerpt(words.decode('utf-8', 'replace'), 200)}”"
