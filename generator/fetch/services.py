"""What is asked of each service but arXiv, and how a good answer is told from a broken one.

- Hugging Face: `GET /api/daily_papers` of https://huggingface.co/docs/hub/api
- OpenReview: https://docs.openreview.net/reference/api-v2
- bioRxiv and medRxiv: https://api.biorxiv.org/
- OpenAlex: https://developers.openalex.org/
- DOIs: https://citation.doi.org/docs.html, answered by Crossref, DataCite and others
- feeds and other lists at any address
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final
from urllib.parse import quote, urlencode

from generator.fetch.batches import Batch, Count, Daily, base, called, excerpt, opened
from generator.fetch.routes import Unanswered
from generator.model.errors import ContentError, UsageError

PAUSE: Final = 1.0
"""Seconds between two requests."""

HUGGING_FACE_SETTLES: Final = 3
BIORXIV_SETTLES: Final = 3
"""Days for which the list of a day may still change."""

MOST_WORKS: Final = 10_000
"""OpenAlex shows no more of one search."""


# Hugging Face


def hugging_face(url: str) -> Daily:
    """Daily Papers, a list a day."""
    url = base("hugging_face_url", url)

    def batch(day: date) -> Batch:
        return Batch(
            name=f"hf-daily/{day}",
            ending=".json",
            page=lambda page: f"{url}/api/daily_papers?date={day}&p={page}&limit=100",
            count=_count_daily_papers,
            size=100,
        )

    return Daily(folder="hf-daily", settles=HUGGING_FACE_SETTLES, batch=batch)


def _count_daily_papers(data: bytes) -> Count:
    papers = opened(data, "json").json
    if not isinstance(papers, list) or not all(isinstance(paper, dict) for paper in papers):
        raise ContentError(f"expected a list of papers, found {excerpt(data)}")
    return Count(records=len(papers))


# OpenReview


def openreview(url: str, venue: str) -> Batch:
    """All papers of a venue such as `ICLR.cc/2025/Conference`."""
    url = base("openreview_url", url)

    def page(number: int) -> str:
        asked = {"content.venueid": venue, "limit": 1000, "offset": 1000 * number}
        return f"{url}/notes?" + urlencode(asked, safe="/")

    name = re.sub(r"[^A-Za-z0-9._-]+", "-", venue).strip(".-")
    if not name:
        raise UsageError(f"expected a venue such as ICLR.cc/2025/Conference, found “{venue}”.")
    return Batch(
        name=f"openreview/{name}", ending=".json", page=page, count=_count_notes, size=1000
    )


def _count_notes(data: bytes) -> Count:
    answer = opened(data, "json").json
    notes = answer.get("notes") if isinstance(answer, dict) else None
    if not isinstance(notes, list):
        raise ContentError(f"expected an object with `notes`, found {excerpt(data)}")
    total = answer.get("count")
    return Count(records=len(notes), total=total if isinstance(total, int) else None)


# bioRxiv and medRxiv


def biorxiv(url: str, server: str = "biorxiv", category: str = "") -> Daily:
    """What was posted on a day to `biorxiv` or `medrxiv`, all or of a category: `cell biology`."""
    url = base("biorxiv_url", url)
    name = re.sub(r"[^a-z0-9]+", "-", category.lower()).strip("-")
    if category and not name:
        raise UsageError(f"expected a category such as neuroscience, found “{category}”.")
    folder = f"{server}/{name}" if name else server
    query = f"?{urlencode({'category': name.replace('-', '_')})}" if name else ""

    def batch(day: date) -> Batch:
        def after(cursor: str) -> str:
            return f"{url}/details/{server}/{day}/{day}/{quote(cursor, safe='')}/json{query}"

        return Batch(
            name=f"{folder}/{day}",
            ending=".json",
            page=lambda page: after("0"),
            after=after,
            count=_count_collection,
        )

    return Daily(folder=folder, settles=BIORXIV_SETTLES, batch=batch)


def _count_collection(data: bytes) -> Count:
    answer = opened(data, "json").json
    said = answer.get("messages") if isinstance(answer, dict) else None
    message = said[0] if isinstance(said, list) and said and isinstance(said[0], dict) else {}
    status = str(message.get("status", ""))
    if "no posts found" in status.lower():
        return Count(records=0)
    collection = answer.get("collection") if isinstance(answer, dict) else None
    if not isinstance(collection, list) or status != "ok":
        raise ContentError(f"expected an object with a `collection`, found {excerpt(data)}")
    cursor, total = (str(message.get(name, "")) for name in ("cursor", "total"))
    if not (cursor.isdecimal() and total.isdecimal()):
        raise ContentError("expected to be told how many papers there are, found nothing of it")
    reached = int(cursor) + len(collection)
    more = collection and reached < int(total)
    return Count(records=len(collection), total=int(total), token=str(reached) if more else "")


# OpenAlex


def openalex(
    url: str,
    *,
    query: str = "",
    filters: str = "",
    key: str = "",
    most: int | None = None,
) -> Batch:
    """The works of a search, of filters, or of both.

    Args:
        url: of the API.
        query: words to search for.
        filters: as the API has them: `primary_topic.id:T10181,publication_year:2025`.
        key: of OpenAlex, without which it answers little.
        most: no further page of 100 works is asked for once there are so many.
    """
    url = base("openalex_url", url)
    if not (query or filters):
        raise UsageError("expected --query or --filter, found neither. Give one.")
    asked = {"search": query, "filter": filters, "per_page": "100"}
    if not query:
        asked["sort"] = "publication_date:desc"
    given = {name: value for name, value in asked.items() if value}
    secret = {"api_key": key} if key else {}

    def count(data: bytes) -> Count:
        answer = opened(data, "json").json
        works = answer.get("results") if isinstance(answer, dict) else None
        if not isinstance(works, list):
            raise ContentError(f"expected an object with `results`, found {excerpt(data)}")
        meta = answer.get("meta")
        total = meta.get("count") if isinstance(meta, dict) else None
        if not isinstance(total, int):
            raise ContentError("expected to be told how many works there are, found nothing of it")
        if (most or total) > MOST_WORKS < total:
            raise Unanswered(
                f"expected at most {MOST_WORKS:,} works, found {total:,}. Ask for less with "
                "--filter, or for the first of them with --most.",
                passing=False,
            )
        return Count(records=len(works), total=min(total, most or total))

    return Batch(
        name=f"openalex/{called(urlencode(given), query or filters)}",
        ending=".json",
        page=lambda page: f"{url}/works?" + urlencode(given | {"page": page + 1} | secret),
        count=count,
        size=100,
        steady=_without_cost,
    )


def _without_cost(data: bytes) -> bytes:
    """The answer without `meta`, which says how long it took and what it cost."""
    return re.sub(rb'"meta":\s*\{[^{}]*\}', b"", data, count=1)


# DOIs


def by_doi(url: str, doi: str) -> Batch:
    """A paper by its DOI, as CSL-JSON of whoever registered it."""
    url = base("doi_url", url)
    return Batch(
        name=f"ids/{called(doi)}",
        ending=".json",
        page=lambda page: f"{url}/{quote(doi, safe='/')}",
        count=_count_object,
        accept="application/vnd.citationstyles.csl+json",
        host="DOIs",
    )


def _count_object(data: bytes) -> Count:
    if not isinstance(opened(data, "json").json, dict):
        raise ContentError(f"expected an object, found {excerpt(data)}")
    return Count(records=1)


def always(url: str) -> Callable[[int], str]:
    """The addresses of pages where there is one address alone."""
    return lambda page: url
