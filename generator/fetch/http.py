"""One polite HTTP client: one request at a time, with pauses, limits and a few tries.

Retry-After, ETag and Last-Modified are those of RFC 9110 (https://www.rfc-editor.org/rfc/rfc9110).
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Final, TypeVar

import httpx

from generator.sources.content import ContentError

T = TypeVar("T")

_PASSING: Final = (
    httpx.TimeoutException,
    httpx.NetworkError,
    httpx.ProxyError,
    httpx.RemoteProtocolError,  # cut off before the length that was announced, among others
    httpx.DecodingError,
)


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
    """For each part of an answer, so a service that is busy still has time."""

    longest_answer: float = 600.0
    """For a whole answer."""

    largest: int = 64 * 2**20
    """Bytes of a whole answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a service said with an answer, by which it tells later whether that has changed."""

    etag: str = ""
    modified: str = ""


class Unanswered(Exception):  # noqa: N818 - nothing is wrong here, but over there
    """There is no answer that can be used; the text says why, for the person.

    Attributes:
        passing: whether another time may bring an answer.
    """

    def __init__(self, reason: str, *, passing: bool) -> None:
        super().__init__(reason)
        self.passing = passing


class Client:
    """Asks one service."""

    def __init__(self, http: httpx.Client, manners: Manners) -> None:
        self._http = http
        self._manners = manners
        self._next = 0.0  # the earliest time for the next request

    def get(
        self, url: str, check: Callable[[bytes], T], known: Validators | None = None
    ) -> tuple[bytes, T, Validators] | None:
        """The body, what `check` made of it, and its validators; `None` if nothing has changed.

        Args:
            url: of http or https.
            check: raises `ContentError` for a body that is broken, so that it is asked for again,
                or `Unanswered`.
            known: of an earlier answer from this address, which is still at hand.

        Raises:
            Unanswered: after all tries, or at once where another would not help.
        """
        headers = {}
        if known and known.etag:
            headers["If-None-Match"] = known.etag
        if known and known.modified:
            headers["If-Modified-Since"] = known.modified

        reason = ""
        for number in range(self._manners.tries):
            if number:
                self._wait_at_least(self._manners.backoff * 2 ** (number - 1))
            self._wait()
            try:
                response, body = self._ask(url, headers)
                if response.status_code == 304 and headers:
                    return None
                if response.status_code == 200:
                    return body, check(body), _validators(response)
                reason = (
                    f"expected an answer, found “{response.status_code} {response.reason_phrase}”"
                )
                if response.status_code != 429 and response.status_code < 500:
                    raise Unanswered(f"{reason}. Look at {url} in a browser.", passing=False)
                self._wait_at_least(min(_retry_after(response.headers), self._manners.longest_wait))
            except _PASSING as error:
                reason = f"expected an answer, found {_said(error)}"
            except ContentError as error:
                reason = str(error).rstrip(".")
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise Unanswered(
                    f"cannot be asked: {_said(error)}. Correct the address {url}.", passing=False
                ) from None
        raise Unanswered(
            f"{reason} (tried {self._manners.tries} times). Fetch again later.", passing=True
        )

    def _ask(self, url: str, headers: dict[str, str]) -> tuple[httpx.Response, bytes]:
        """One request, with the redirects it leads to."""
        began = time.monotonic()
        body = bytearray()
        try:
            with self._http.stream("GET", url, headers=headers) as response:
                if response.status_code != 200:
                    return response, b""
                for part in response.iter_bytes():
                    body += part
                    if len(body) > self._manners.largest:
                        raise Unanswered(
                            f"expected at most {self._manners.largest:,} bytes, found more. "
                            "Ask for less.",
                            passing=False,
                        )
                    if time.monotonic() - began > self._manners.longest_answer:
                        raise httpx.ReadTimeout("the answer goes on and on")
            return response, bytes(body)
        finally:
            self._next = max(self._next, time.monotonic() + self._manners.pause)

    def _wait_at_least(self, seconds: float) -> None:
        self._next = max(self._next, time.monotonic() + seconds)

    def _wait(self) -> None:
        time.sleep(max(0.0, self._next - time.monotonic()))


@contextmanager
def client(agent: str, manners: Manners) -> Iterator[Client]:
    """A client that names itself `agent` and follows redirects, to http and https alone."""
    headers = {"User-Agent": agent, "Accept": "*/*"}
    with httpx.Client(
        headers=headers,
        follow_redirects=True,
        max_redirects=5,
        timeout=manners.timeout,
        verify=_certificates(),
    ) as http:
        yield Client(http, manners)


@cache
def _certificates() -> ssl.SSLContext:
    """Whom to trust; reading it takes longer than a request."""
    return httpx.create_ssl_context()


def _validators(response: httpx.Response) -> Validators:
    """Those that can be sent back."""
    etag, modified = (response.headers.get(name, "") for name in ("ETag", "Last-Modified"))
    return Validators(
        etag=etag if etag.isascii() else "", modified=modified if modified.isascii() else ""
    )


def _retry_after(headers: httpx.Headers) -> float:
    """Seconds: it is a number of them, or a date."""
    value = headers.get("Retry-After", "")
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return 0.0


def _said(error: Exception) -> str:
    """`a timeout`, or what the error itself says."""
    if isinstance(error, httpx.TimeoutException):
        return str(error) or "none in time"
    return str(error).rstrip(".") or type(error).__name__
