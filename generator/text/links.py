"""Which web addresses may be linked to, and how they are written."""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from typing import Final
from urllib.parse import quote, urlsplit

from generator.text.characters import MEANINGLESS

# A host has letters of any script, or is an IPv6 address in brackets; no user stands before it.
_ADDRESS: Final = re.compile(
    r"https?://(?:[\w%][\w.%-]*|\[(?P<ip>[0-9A-F:.]+)\])(?::[0-9]{1,5})?(?=[/?#]|\Z)"
    r"|mailto:(?=[^@\s]+@[^@\s]+)",
    re.IGNORECASE,
)
_DOI: Final = re.compile(r"\Adoi:\s*(?=10\.\d+/)", re.IGNORECASE)
_BAD_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


def safe_url(url: str) -> str | None:
    """Return the address percent-encoded if it is http, https, mailto or doi, else `None`."""
    url = _DOI.sub("https://doi.org/", MEANINGLESS.sub("", url).strip())
    url = _BAD_PERCENT.sub("%25", url)
    start = _ADDRESS.match(url)
    if not start:
        return None
    rest, mark, fragment = url[start.end() :].partition("#")
    address = _encoded(start[0], "[]") + _encoded(rest) + mark + _encoded(fragment)
    try:
        if start["ip"]:
            IPv6Address(start["ip"])
        _ = urlsplit(address).port
    except ValueError:  # `https://[1]/` looks like an address, and is none
        return None
    return address


def _encoded(part: str, also: str = "") -> str:
    return quote(part, safe="%:/?@!$&()*+,;=~" + also, errors="replace")
