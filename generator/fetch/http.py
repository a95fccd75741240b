"""One polite HTTP client: one request at a time, with pauses, limits and a few tries.

What answers is not trusted. A request with all its redirects has one deadline, whatever it waits
for, and an answer is unpacked piece by piece up to the limit.

Retry-After, ETag, Last-Modified and Content-Encoding are those of RFC 9110
(https://www.rfc-editor.org/rfc/rfc9110).
"""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeVar

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal

from generator.fetch.answers import Validators, body_of, retry_after, validators
from generator.fetch.routes import MOST_REDIRECTS, Route, Unanswered, misled, shown
from generator.model.errors import ContentError, UsageError

T = TypeVar("T")

_PASSING: Final = (
    httpx.TimeoutException,
    httpx.NetworkError,
    httpx.ProxyError,
    httpx.RemoteProtocolError,  # cut off before the length that was announced, among others
)


_UNCONNECTED: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError)

WORTH_TELLING: Final = 0.5
"""Seconds of a pause that is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How a service is asked. Times are seconds."""

    pause: float = 1.0
    """Between two requests."""

    tries: int = 4
    backoff: float = 2.0
    """Before the second try, doubled before each further one."""

    longest_wait: float = 120.0
    """The most that a Retry-After is waited for."""

    timeout: float = 60.0
    """Seconds for each part of an answer, so a service that is busy still has time."""

    offline: float = 3.0
    """Seconds for the very first connection, with all its tries; then there is no network."""

    longest_answer: float = 120.0
    """Seconds for a whole request: its connections, its redirects and all of the answer."""

    largest: int = 64 * 2**20
    """Bytes of a whole answer, as it is sent and unpacked."""


class Client:
    """Asks one service."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        portal: BlockingPortal,
        manners: Manners,
        say: Callable[[str], None],
    ) -> None:
        self._http = http
        self._portal = portal
        self._manners = manners
        self._say = say
        self._next = defaultdict[str, float](float)  # of each host, when it may be asked again
        self._offline = 0.0  # when to give up while nobody was reached; 0 before the first request
        self._is_online = False

    def get(
        self,
        url: str,
        check: Callable[[bytes], T],
        known: Validators | None = None,
        accept: str = "*/*",
    ) -> tuple[bytes, T, Validators] | None:
        """The body, what `check` made of it, and its validators; `None` if nothing has changed.

        Args:
            url: of http or https.
            check: raises `ContentError` for a body that is broken, so that it is asked for again,
                or `Unanswered`.
            known: of an earlier answer from this address, which is still at hand.
            accept: the kinds of answer that are wanted.

        Raises:
            Unanswered: after all tries, or at once where another would not help.
        """
        headers = {"Accept": accept}
        if known and known.etag:
            headers["If-None-Match"] = known.etag
        if known and known.modified:
            headers["If-Modified-Since"] = known.modified

        self._offline = self._offline or time.monotonic() + self._manners.offline
        host, reason = httpx.URL(url).netloc.decode("ascii"), ""
        for number in range(self._manners.tries):
            pause = self._manners.pause
            if number:
                self._wait_at_least(host, self._manners.backoff * 2 ** (number - 1))
            self._wait(host, reason, number)
            try:
                response, body = self._portal.call(self._ask, url, headers)
                if response.status_code == 304 and headers.keys() > {"Accept"}:
                    return None
                if response.status_code == 200:
                    return body, check(body), validators(response)
                reason = (
                    f"expected an answer, found “{response.status_code} {response.reason_phrase}”"
                )
                if response.status_code != 429 and response.status_code < 500:
                    raise Unanswered(f"{reason}. Look at {shown(url)} in a browser.", passing=False)
                after = min(retry_after(response.headers), self._manners.longest_wait)
                self._wait_at_least(host, after)
            except _PASSING as error:
                reason = f"expected an answer, found {_said(error)}"
                if isinstance(error, _UNCONNECTED):
                    pause = 0.0  # nobody was asked
                    self._check_online(url, error, self._manners.backoff * 2**number)
            except ContentError as error:
                reason = str(error).rstrip(".")
            finally:
                self._wait_at_least(host, pause)
        raise Unanswered(
            f"{reason} (tried {self._manners.tries} times). Fetch again later.", passing=True
        )

    async def _ask(self, url: str, headers: dict[str, str]) -> tuple[httpx.Response, bytes]:
        """One request, with the redirects it leads to, in time."""
        try:
            async with asyncio.timeout(self._manners.longest_answer):
                return await self._follow(url, headers)
        except TimeoutError:
            raise Unanswered(
                f"expected a whole answer within {self._manners.longest_answer:g} seconds, "
                "found none. Fetch again later.",
                passing=True,
            ) from None
        except (
            httpx.InvalidURL,
            httpx.UnsupportedProtocol,
            httpx.ProtocolError,
            UnicodeError,
        ) as error:
            remote = isinstance(error, httpx.RemoteProtocolError)
            if remote and not isinstance(error.__context__, httpx.InvalidURL):  # of a redirect
                raise
            # What these say may be a part of the address, such as a password.
            raise Unanswered(
                f"expected an address, found none in {shown(url)} or where it redirects to. "
                "Correct it.",
                passing=False,
            ) from None

    async def _follow(self, url: str, headers: dict[str, str]) -> tuple[httpx.Response, bytes]:
        most = self._manners.timeout
        connect = most if self._is_online else max(1.0, self._offline - time.monotonic())
        timeout = httpx.Timeout(most, connect=min(most, connect))
        request = self._http.build_request("GET", url, headers=headers, timeout=timeout)
        async with aclosing(Route()) as route:
            for _ in range(MOST_REDIRECTS + 1):
                route.watch(request)
                response = await self._http.send(request, stream=True)
                self._is_online = True
                try:
                    body = (
                        await body_of(response, self._manners.largest)
                        if response.status_code == 200
                        else b""
                    )
                finally:
                    await response.aclose()
                if response.next_request is None:
                    return response, body
                secure = request.url.scheme == "https"
                request = response.next_request
                if request.url.scheme not in (("https",) if secure else ("http", "https")):
                    raise misled("with https" if secure else "with http or https", request)
        raise Unanswered(
            f"expected at most {MOST_REDIRECTS} redirects, found more. "
            f"Look at {shown(url)} in a browser.",
            passing=False,
        )

    def _check_online(self, url: str, error: Exception, backoff: float) -> None:
        """Raises: Unanswered: nobody was reached yet, and another try would take too long."""
        if not self._is_online and time.monotonic() + backoff >= self._offline:
            raise Unanswered(
                f"no connection to {httpx.URL(url).host} ({_said(error)}). "
                "Look whether this machine is online, and fetch again.",
                passing=True,
                is_offline=True,
            ) from None

    def _wait_at_least(self, host: str, seconds: float) -> None:
        self._next[host] = max(self._next[host], time.monotonic() + seconds)

    def _wait(self, host: str, reason: str, number: int) -> None:
        """Wait until a host may be asked, and say so if a person might wonder."""
        seconds = max(0.0, self._next[host] - time.monotonic())
        usual = 0.0 if number else self._manners.pause
        if seconds - usual >= WORTH_TELLING:
            why = reason or "expected an answer before, found none"
            again = f"Asking again in {seconds:.0f} s (try {number + 1} of {self._manners.tries})."
            self._say(f"{host}: {why}. {again}")
        time.sleep(seconds)


@contextmanager
def client(agent: str, manners: Manners, say: Callable[[str], None]) -> Iterator[Client]:
    """A client that names itself `agent`; `say` is told why it waits.

    Raises:
        UsageError: the environment names a proxy or certificates that cannot be used.
    """
    headers = {"User-Agent": agent, "Accept-Encoding": "gzip, deflate"}
    try:
        http = httpx.AsyncClient(
            headers=headers,
            timeout=manners.timeout,
            # A connection that is there already would not be watched.
            limits=httpx.Limits(max_keepalive_connections=0),
            verify=_certificates(),
        )
    except (ValueError, httpx.InvalidURL, ImportError, OSError) as error:
        raise UsageError(
            "expected a proxy (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY) and certificates "
            "(SSL_CERT_FILE, SSL_CERT_DIR) that can be used, or none of these in the environment, "
            f"found others ({type(error).__name__}). Correct them."
        ) from None
    # In a thread of its own, since whoever calls may have an event loop already.
    with start_blocking_portal() as portal:
        try:
            yield Client(http, portal, manners, say)
        finally:
            portal.call(http.aclose)


@cache
def _certificates() -> ssl.SSLContext:
    """Whom to trust; reading it takes longer than a request."""
    return httpx.create_ssl_context()


def _said(error: BaseException) -> str:
    """What the error at the root of it says."""
    if isinstance(error, httpx.TimeoutException):
        return "none in time"
    while root := error.__cause__ or error.__context__:
        error = root.exceptions[0] if isinstance(root, BaseExceptionGroup) else root
    if isinstance(error, socket.gaierror):
        return error.strerror or "no such host"
    if isinstance(error, OSError) and not isinstance(error, ssl.SSLError):
        return os.strerror(error.errno) if error.errno else str(error)
    return str(error).rstrip(".") or type(error).__name__
