"""Addresses of recipients."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from generator import text

LONGEST_NAME: Final = 100
"""Characters of a name, or of a venue, that a mail has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """Where mail comes from or goes to."""

    address: str
    """`ada@example.org`: ASCII, with a domain."""

    name: str = ""

    @property
    def key(self) -> str:
        """Equal for what is the same address to people and to nearly all servers."""
        return self.address.lower()


def mailbox(written: str) -> Mailbox | None:
    """Read `ada@example.org` or `Ada Lovelace <ada@example.org>`; `None` where it is neither.

    A domain in letters of other scripts becomes what mail servers know it by.
    """
    match = _MAILBOX.fullmatch(written.strip())
    if not match:
        return None
    local, _, domain = (match["inner"] or match["bare"]).rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        return None
    if len(local) > 64 or len(domain) > 253:
        return None
    return Mailbox(
        address=f"{local}@{domain}",
        name=text.excerpt((match["name"] or "").strip(' "'), LONGEST_NAME),
    )


_MAILBOX: Final = re.compile(r"(?P<name>[^<>]*)<(?P<inner>[^<>\s]+)>|(?P<bare>[^<>\s]+)")
_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN: Final = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])"
)
