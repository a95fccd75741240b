"""Addresses, and where a request to one may lead.

A redirect leads to another place of the internet, or within the private network that a person
named, and from https to https alone. The very connection is checked, before anything is sent on it.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from generator.text import message

MOST_REDIRECTS: Final = 5

_PUBLIC: Final = "public"
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


class Unanswered(Exception):  # noqa: N818 - nothing is wrong here, but over there
    """There is no answer that can be used; the text says why, for the person.

    Attributes:
        passing: whether another time may bring an answer.
        is_offline: whether not even a connection was made, in a run that has made none.
    """

    def __init__(self, reason: str, *, passing: bool, is_offline: bool = False) -> None:
        super().__init__(reason)
        self.passing = passing
        self.is_offline = is_offline


def is_address(url: str) -> bool:
    """Whether it is an address of http or https that can be asked."""
    try:
        parts = httpx.URL(url)
        host = parts.raw_host.decode("ascii")
        host.encode("idna")  # as it is looked up: no empty part, none that is too long
        return (
            parts.scheme in ("http", "https")
            and bool(urlsplit(url).hostname)
            and ("%" not in host or ":" in host)
            and 0 <= (parts.port or 0) < 2**16
            and url.isprintable()
            and not {" ", "\ufffd"} & set(url)  # an address cut in two; a file that is not UTF-8
        )
    except (httpx.InvalidURL, ValueError):
        return False


def shown(url: str) -> str:
    """An address for a person, or for the log of a public workflow: no user, password or query."""
    if is_address(url):
        return str(httpx.URL(url).copy_with(userinfo=b"", query=None, fragment=None))
    # Whoever writes `user:pass/word@host` means a password.
    scheme, mark, rest = url.partition("://")
    plain = scheme + mark + rest.rpartition("@")[2] if mark else url.rpartition("@")[2]
    plain = plain.partition("?")[0].partition("#")[0]
    return message(plain)


# Redirects


class Route:
    """The networks that a request and its redirects reach.

    The first one is where a person wants to ask; redirects may only lead there or to the internet.
    """

    def __init__(self) -> None:
        self._network = ""
        self._stream: Any = None

    async def aclose(self) -> None:
        """Close the latest connection, which a handshake that is broken off leaves open."""
        if self._stream:
            await self._stream.aclose()

    def watch(self, request: httpx.Request) -> None:
        """Have the request refused once it is seen where it goes, and before it is sent.

        Through a proxy, which finds out itself where a name leads, that is seen of an address made
        of numbers alone.
        """
        host = request.url.raw_host.decode("ascii")
        if network := _named_network(host):
            self._check(network, request)
        direct = True

        async def trace(event: str, info: dict[str, Any]) -> None:
            nonlocal direct
            if event == "connection.connect_tcp.started":
                direct = info["host"] == host
            elif event == "connection.connect_tcp.complete":
                self._stream = info["return_value"]
                peer = self._stream.get_extra_info("server_addr")[0]
                self._check(_network(peer) if direct else network or _PUBLIC, request)

        request.extensions["trace"] = trace

    def _check(self, network: str, request: httpx.Request) -> None:
        self._network = self._network or network
        if network not in (_PUBLIC, self._network):
            raise misled(f"to a public address, not to a {network} one", request)


def _network(address: str) -> str:
    """What an IP address is part of; `public` is the internet."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64:
            ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        else:
            ip = ip.ipv4_mapped or ip.sixtofour or ip
    if ip.is_loopback or ip.is_unspecified:
        return "loopback"
    if ip.is_link_local:
        return "link-local"
    return _PUBLIC if ip.is_global and not ip.is_multicast else "private"


def _named_network(host: str) -> str:
    """The network of a host made of numbers, such as `::1` or `0x7f.1`; empty for a name."""
    try:
        return _network(host)
    except ValueError:
        pass
    try:
        return _network(socket.inet_ntoa(socket.inet_aton(host)))
    except OSError:
        return ""


def misled(expected: str, request: httpx.Request) -> Unanswered:
    """What is said of a redirect that is not followed."""
    return Unanswered(
        f"expected a redirect {expected}, found one to {shown(str(request.url))}. "
        "Name that address yourself if you trust it.",
        passing=False,
    )
