"""What is asked of arXiv, and how a good answer of it is told from a broken one.

A category is asked for by OAI-PMH, which arXiv means for this: all that was new or changed on a
day. Where that has no answer, the feed of the day is asked for, then the API; each has files of its
own, so that none takes the place of another's. A query is asked of the API alone.

- OAI-PMH: https://info.arxiv.org/help/oa/index.html, metadata as `arXivRaw`
- RSS: https://info.arxiv.org/help/rss.html
- API: https://info.arxiv.org/help/api/user-manual.html, three seconds between two requests
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlencode

from generator.fetch.batches import Batch, Count, Daily, base, called, excerpt, opened
from generator.fetch.routes import Unanswered
from generator.model.errors import ContentError, UsageError

PAUSE: Final = 3.0
"""Seconds between two requests."""

SETTLES: Final = 7
"""Days for which the list of a day may still change. Papers that were sent to arXiv on a day come
out up to some days later, after weekends and holidays."""

IDS: Final = 100
"""How many papers are asked for at once by their ids."""

_API: Final = "https://export.arxiv.org"
_PHYSICS: Final = frozenset(
    (
        *("astro-ph", "cond-mat", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math-ph"),
        *("nlin", "nucl-ex", "nucl-th", "physics", "quant-ph"),
    )
)
"""Archives that OAI-PMH has in the group `physics`; any other is a group of its own."""


def daily(url: str, *, query: str = "", category: str = "", today: date | None = None) -> Daily:
    """What was new on arXiv on a day (in UTC), of a category such as `cs.CL` or of a search.

    Args:
        url: of the API. That of arXiv stands for its three services; another one has `/oai2` and
            `/rss/…` beside `/api/query`.
        query: as the API has it.
        category: of arXiv, or one of its archives.
        today: the feed of a day is there on that day alone, and so asked for on no other.
    """
    url = base("arxiv_url", url)
    if bool(query) == bool(category):
        raise UsageError("expected either --query or --category, found both or none. Give one.")
    if category and not re.fullmatch(r"[a-z-]+(\.[A-Za-z-]+)?", category):
        raise UsageError(f"expected a category such as cs.CL, found “{category}”. Correct it.")
    folder = f"arxiv/{category or called(query)}"

    def batch(day: date) -> Batch:
        name = f"{folder}/{day}"
        asked = _searched(url, name, f"({query})" if query else f"cat:{category}", day)
        if query:
            return asked
        if today and timedelta(0) <= today - day <= timedelta(1):
            asked = _announced(url, name, category, day, asked)
        return _harvested(url, name, category, day, asked)

    return Daily(folder=folder, settles=SETTLES, batch=batch)


# OAI-PMH


def _harvested(url: str, name: str, category: str, day: date, instead: Batch) -> Batch:
    oai = "https://oaipmh.arxiv.org/oai" if url == _API else f"{url}/oai2"
    archive, _, subject = category.partition(".")
    group = "physics" if archive in _PHYSICS else archive
    spec = ":".join([group, archive, subject] if subject else [group, archive])
    asked = {
        "metadataPrefix": "arXivRaw",
        "set": group if not subject and archive not in _PHYSICS else spec,
        "from": day,
        "until": day,
    }

    def listed(asked: dict[str, object]) -> str:
        return f"{oai}?" + urlencode({"verb": "ListRecords", **asked})

    return Batch(
        name=name,
        ending=".oai.xml",
        page=lambda page: listed(dict(asked)),
        after=lambda token: listed({"resumptionToken": token}),
        count=_count_records,
        steady=_without_answering,
        host="OAI-PMH",
        instead=instead,
    )


def _count_records(data: bytes) -> Count:
    content = opened(data, "xml")
    root = content.xml
    if content.xml_doubt or root.tag != "OAI-PMH":
        raise ContentError(content.xml_doubt or f"expected OAI-PMH, found {excerpt(data)}")
    for error in root.findall("error"):
        if error.get("code") == "noRecordsMatch":
            return Count(records=0)
        said = " ".join(f"{error.get('code')}: {error.text or ''}".split())
        raise Unanswered(f"expected records, found an error of arXiv: “{said}”", passing=False)
    records = root.findall("ListRecords/record")
    if not records:
        raise ContentError("expected records, found none and no error")
    return Count(
        records=len(records), token=root.findtext("ListRecords/resumptionToken", "").strip()
    )


def _without_answering(data: bytes) -> bytes:
    """The answer without when it was given and by what the next one is asked for."""
    data = re.sub(rb"<responseDate>[^<]*</responseDate>", b"", data)
    return re.sub(rb"<resumptionToken[^>]*>[^<]*</resumptionToken>", b"", data)


# RSS


def _announced(url: str, name: str, category: str, day: date, instead: Batch) -> Batch:
    rss = "https://rss.arxiv.org/rss" if url == _API else f"{url}/rss"

    def count(data: bytes) -> Count:
        content = opened(data, "xml")
        channel = content.xml.find("channel")
        if content.xml_doubt or channel is None:
            raise ContentError(content.xml_doubt or f"expected a feed, found {excerpt(data)}")
        said = channel.findtext("pubDate", "")
        try:
            announced = parsedate_to_datetime(said).date()
        except ValueError:
            raise ContentError(f"expected a feed with its day, found “{said[:60]}”") from None
        if announced != day:
            raise Unanswered(
                f"expected the feed of {day}, found that of {announced}", passing=False
            )
        return Count(records=len(channel.findall("item")))

    return Batch(
        name=name,
        ending=".rss.xml",
        page=lambda page: f"{rss}/{category}",
        count=count,
        steady=_without_build,
        host="the feed",
        instead=instead,
    )


def _without_build(data: bytes) -> bytes:
    return re.sub(rb"<lastBuildDate>[^<]*</lastBuildDate>", b"", data)


# The API


def _searched(url: str, name: str, asked: str, day: date) -> Batch:
    search = f"{asked} AND submittedDate:[{day:%Y%m%d}0000 TO {day:%Y%m%d}2359]"

    def page(number: int) -> str:
        return f"{url}/api/query?" + urlencode(
            {
                "search_query": search,
                "start": 100 * number,
                "max_results": 100,
                "sortBy": "submittedDate",
                "sortOrder": "ascending",
            }
        )

    return Batch(
        name=name,
        ending=".xml",
        page=page,
        count=_count_entries,
        size=100,
        steady=_without_time,
        host="the API",
    )


def by_id(url: str, ids: Sequence[str]) -> Batch:
    """Papers of arXiv by their ids, at most `IDS`."""
    url = base("arxiv_url", url)
    asked = {"id_list": ",".join(ids), "max_results": len(ids)}
    return Batch(
        name=f"ids/{called(' '.join(ids), 'arxiv')}",
        ending=".xml",
        page=lambda page: f"{url}/api/query?" + urlencode(asked, safe="/,"),
        count=_count_entries,
        steady=_without_time,
        host="the API of arXiv",
    )


def _count_entries(data: bytes) -> Count:
    content = opened(data, "xml")
    feed = content.xml
    if content.xml_doubt or feed.tag != "feed":
        raise ContentError(content.xml_doubt or f"expected a feed, found {excerpt(data)}")
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
