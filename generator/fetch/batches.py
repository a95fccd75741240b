"""What is asked for as one, and how a whole answer is told from a broken one, for any service."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from generator.fetch.routes import is_address, shown
from generator.model.errors import ConfigError, ContentError
from generator.sources.content import Content


def _same(answer: bytes) -> bytes:
    return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many records an answer holds, and what it says of the pages after it."""

    records: int
    total: int | None = None
    """Records on all pages, where the answer says so."""

    token: str = ""
    """What the next page is asked for by, of a service that says so; empty on its last page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is asked for as one: a day, a venue or an address. It becomes one file a page."""

    name: str
    """Path of the first page below `content/sources/`, without its ending."""

    ending: str
    page: Callable[[int], str]
    """The address of a page; the first one is 0. Raises `Unanswered` where there is none."""

    count: Callable[[bytes], Count]
    """Raises `ContentError` for an answer that is broken, `Unanswered` for one that says no."""

    after: Callable[[str], str] | None = None
    """The address of the page that a token stands for, of a service that gives tokens."""

    host: str = ""
    """Who is asked, where not all batches are asked of the same service."""

    size: int = 0
    """How many records a full page has; 0 where there is but one page."""

    steady: Callable[[bytes], bytes] = field(default=_same)
    """An answer without what differs each time, such as the time of asking."""

    accept: str = "*/*"
    """The kinds of answer that are wanted, as HTTP names them."""

    instead: Batch | None = None
    """What is asked where this has no answer: the same list of another service."""

    def path(self, page: int) -> str:
        """Where a page is kept, below `content/sources/`."""
        return f"{self.name}{f'.page{page + 1}' if page else ''}{self.ending}"

    def is_last(self, page: int, count: Count) -> bool:
        """Whether no page comes after this one."""
        if self.after:
            return not count.token
        if not self.size or not count.records:
            return True
        if count.total is not None:
            return self.size * (page + 1) >= count.total
        return count.records < self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """A service with a list for each day."""

    folder: str
    """Below `content/sources/`."""

    settles: int
    """How many days the list of a day may still change."""

    batch: Callable[[date], Batch]


def opened(data: bytes, kind: str = "") -> Content:
    """An answer, which is not empty, and no web page where `kind` is wanted.

    Raises:
        ContentError: it is.
    """
    content = Content(data, "answer")
    if not content.head:
        raise ContentError("expected papers, found an empty answer")
    if kind and content.kind == "html":
        raise ContentError(f"expected {kind.upper()}, found a web page")
    return content


def base(setting: str, url: str) -> str:
    """The address that a setting has, without a slash at its end.

    Raises:
        ConfigError: it is none.
    """
    if not is_address(url):
        raise ConfigError(
            f"mkdocs.yml: extra.papershelf.{setting}: expected an address with http:// or "
            f"https://, found “{shown(url)}”."
        )
    return url.rstrip("/")


def called(text: str, shown: str = "") -> str:
    """A file's name that no other text has: its readable part, then letters made of all of it.

    Letters alone, since readers look for days and years in the names of files.
    """
    readable = re.sub(r"[^A-Za-z0-9._]+", "-", shown or text).strip(".-_")[:120].rstrip(".-_")
    letters = "".join(
        chr(ord("a") + byte % 26) for byte in sha256(text.encode("utf-8", "replace")).digest()[:6]
    )
    return f"{readable}-{letters}".lstrip("-")


def excerpt(data: bytes) -> str:
    """The beginning of an answer, for a person."""
    start = " ".join(data[:200].decode("utf-8", "replace").split())
    return f"“{start[:80]}…”" if len(start) > 80 else f"“{start}”"
