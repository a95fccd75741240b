"""What is asked of each service, and how a good answer of it is told from a broken one.

- Hugging Face: `GET /api/daily_papers` of https://huggingface.co/docs/hub/api
- arXiv: https://info.arxiv.org/help/api/user-manual.html, three seconds between two requests
- OpenReview: https://docs.openreview.net/reference/api-v2
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Final, NoReturn
from urllib.parse import urlencode, urlsplit

from generator.errors import ConfigError, UsageError
from generator.fetch.routes import Unanswered, is_address, shown
from generator.sources.content import Content, ContentError

HUGGING_FACE_PAUSE: Final = 1.0
ARXIV_PAUSE: Final = 3.0
OPENREVIEW_PAUSE: Final = 1.0
"""Seconds between two requests."""

HUGGING_FACE_SETTLES: Final = 3
ARXIV_SETTLES: Final = 7
"""Days for which the list of a day may still change. Papers that were sent to arXiv on a day come
out up to some days later, after weekends and holidays."""


def _same(answer: bytes) -> bytes:
    return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many records an answer holds, and how many there are on all pages where it says so."""

    records: int
    total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is asked for as one: a day, a venue or an address. It becomes one file a page."""

    name: str
    """Path of the first page below `content/sources/`, without its ending."""

    ending: str
    page: Callable[[int], str]
    """The address of a page; the first one is 0. Raises `Unanswered` where there is none."""

    count: Callable[[bytes], Count]
    """Raises `ContentError` for an answer that is broken."""

    host: str = ""
    """Who is asked, where not all batches are asked of the same service."""

    size: int = 0
    """How many records a full page has; 0 where there is but one page."""

    steady: Callable[[bytes], bytes] = field(default=_same)
    """An answer without what differs each time, such as the time of asking."""

    def path(self, page: int) -> str:
        """Where a page is kept, below `content/sources/`."""
        return f"{self.name}{f'.page{page + 1}' if page else ''}{self.ending}"

    def is_last(self, page: int, count: Count) -> bool:
        """Whether no page comes after this one."""
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


# Hugging Face


def hugging_face(base: str) -> Daily:
    """Daily Papers, a list a day."""
    base = _base("hugging_face_url", base)

    def batch(day: date) -> Batch:
        return Batch(
            name=f"hf-daily/{day}",
            ending=".json",
            page=lambda page: f"{base}/api/daily_papers?date={day}&p={page}&limit=100",
            count=_count_daily_papers,
            size=100,
        )

    return Daily(folder="hf-daily", settles=HUGGING_FACE_SETTLES, batch=batch)


def _count_daily_papers(data: bytes) -> Count:
    papers = _opened(data, "json").json
    if not isinstance(papers, list) or not all(isinstance(paper, dict) for paper in papers):
        raise ContentError(f"expected a list of papers, found {_shown(data)}")
    return Count(records=len(papers))


# arXiv


def arxiv(base: str, *, query: str = "", category: str = "") -> Daily:
    """What was sent to arXiv on a day (in UTC), of a search or of a category such as `cs.CL`."""
    base = _base("arxiv_url", base)
    if bool(query) == bool(category):
        raise UsageError("expected either --query or --category, found both or none. Give one.")
    if category and not re.fullmatch(r"[a-z-]+(\.[A-Za-z-]+)?", category):
        raise UsageError(f"expected a category such as cs.CL, found “{category}”. Correct it.")
    folder = f"arxiv/{category or _name(query)}"
    asked = f"({query})" if query else f"cat:{category}"

    def batch(day: date) -> Batch:
        search = f"{asked} AND submittedDate:[{day:%Y%m%d}0000 TO {day:%Y%m%d}2359]"

        def page(number: int) -> str:
            return f"{base}/api/query?" + urlencode(
                {
                    "search_query": search,
                    "start": 100 * number,
                    "max_results": 100,
                    "sortBy": "submittedDate",
                    "sortOrder": "ascending",
                }
            )

        return Batch(
            name=f"{folder}/{day}",
            ending=".xml",
            page=page,
            count=_count_entries,
            size=100,
            steady=_without_time,
        )

    return Daily(folder=folder, settles=ARXIV_SETTLES, batch=batch)


def _count_entries(data: bytes) -> Count:
    content = _opened(data, "xml")
    feed = content.xml
    if content.xml_doubt or feed.tag != "feed":
        raise ContentError(content.xml_doubt or f"expected a feed, found {_shown(data)}")
    entries = feed.findall("entry")
    for entry in entries:
        if "/api/errors" in entry.findtext("id", ""):
            said = " ".join(entry.findtext("summary", "").split())
            raise Unanswered(
                f"expected papers, found an error of arXiv: “{said}”. Correct the query.",
                passing=False,
            )
    total, start = (feed.findtext(name, "").strip() for name in ("totalResults", "startIndex"))
    if not (total.isdecimal() and start.isdecimal()):
        raise ContentError("expected a feed that says how many results there are, found none")
    # Under load arXiv answers with fewer entries than it has, or none at all.
    expected = min(100, max(0, int(total) - int(start)))
    if len(entries) < expected:
        raise ContentError(f"expected {expected} entries, found {len(entries)}")
    return Count(records=len(entries), total=int(total))


def _without_time(data: bytes) -> bytes:
    """The feed without its own `updated`, which is the time of asking."""
    head, entry, rest = data.partition(b"<entry")
    return re.sub(rb"<updated>[^<]*</updated>", b"", head) + entry + rest


# OpenReview


def openreview(base: str, venue: str) -> Batch:
    """All papers of a venue such as `ICLR.cc/2025/Conference`."""
    base = _base("openreview_url", base)

    def page(number: int) -> str:
        asked = {"content.venueid": venue, "limit": 1000, "offset": 1000 * number}
        return f"{base}/notes?" + urlencode(asked, safe="/")

    name = re.sub(r"[^A-Za-z0-9._-]+", "-", venue).strip(".-")
    if not name:
        raise UsageError(f"expected a venue such as ICLR.cc/2025/Conference, found “{venue}”.")
    return Batch(
        name=f"openreview/{name}", ending=".json", page=page, count=_count_notes, size=1000
    )


def _count_notes(data: bytes) -> Count:
    answer = _opened(data, "json").json
    notes = answer.get("notes") if isinstance(answer, dict) else None
    if not isinstance(notes, list):
        raise ContentError(f"expected an object with `notes`, found {_shown(data)}")
    total = answer.get("count")
    return Count(records=len(notes), total=total if isinstance(total, int) else None)


# Addresses


def addresses(text: str, file: str) -> Iterator[Batch]:
    """The addresses in a file, one a line; a line that begins with `#` is a comment.

    A line that is no address is a batch that has no page, so that the others are fetched.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    urls = {line.partition("#")[0]: number for number, line in lines if line and line[0] != "#"}
    for url, number in urls.items():
        if not is_address(url):
            name = f"urls/{_name(url, shown(url) or file)}"
            page = _unasked(
                f"{file}, line {number}: expected an address with http:// or https://, "
                f"found “{shown(url)}”. Correct it, or begin the line with #."
            )
            yield Batch(name=name, ending="", page=page, count=_count_list)
            continue
        parts = urlsplit(url)
        found = re.search(r"\.[A-Za-z0-9]{1,6}\Z", parts.path)
        ending = found[0] if found else ""
        # Of a query only the day is shown: it may hold a key, and readers look for days in names.
        days = "".join(re.findall(r"\b\d{4}-\d\d-\d\d\b", parts.query)[:1])
        readable = f"{parts.hostname}{parts.path.removesuffix(ending)}-{days}"
        yield Batch(
            name=f"urls/{_name(url, readable)}",
            ending=ending,
            page=_always(url),
            count=_count_list,
            host=parts.netloc.rpartition("@")[2],
        )


def _unasked(reason: str) -> Callable[[int], str]:
    def page(number: int) -> NoReturn:
        raise Unanswered(reason, passing=False)

    return page


def _always(url: str) -> Callable[[int], str]:
    return lambda page: url


def _count_list(data: bytes) -> Count:
    """Of whatever a reader knows, if it is whole."""
    content = _opened(data)
    if content.kind == "xml" and content.xml_doubt:
        raise ContentError(content.xml_doubt)
    if content.kind == "lines":
        for number, value in content.lines():
            if isinstance(value, ContentError):
                raise ContentError(f"line {number}: {value}")
    return Count(records=1)  # it must hold papers; how many, its reader says


# All of them


def _opened(data: bytes, kind: str = "") -> Content:
    content = Content(data, "answer")
    if not content.head:
        raise ContentError("expected papers, found an empty answer")
    if kind and content.kind == "html":
        raise ContentError(f"expected {kind.upper()}, found a web page")
    return content


def _base(setting: str, url: str) -> str:
    if not is_address(url):
        raise ConfigError(
            f"mkdocs.yml: extra.papershelf.{setting}: expected an address with http:// or "
            f"https://, found “{shown(url)}”."
        )
    return url.rstrip("/")


def _name(text: str, shown: str = "") -> str:
    """A file's name that no other text has: its readable part, then letters made of all of it.

    Letters alone, since readers look for days and years in the names of files.
    """
    readable = re.sub(r"[^A-Za-z0-9._]+", "-", shown or text).strip(".-_")[:120].rstrip(".-_")
    letters = "".join(
        chr(ord("a") + byte % 26) for byte in sha256(text.encode("utf-8", "replace")).digest()[:6]
    )
    return f"{readable}-{letters}".lstrip("-")


def _shown(data: bytes) -> str:
    """The beginning of an answer, for a person."""
    start = " ".join(data[:200].decode("utf-8", "replace").split())
    return f"“{start[:80]}…”" if len(start) > 80 else f"“{start}”"
