"""Reader for Daily Papers of Hugging Face: answers of its API, and saved pages.

The API is `GET /api/daily_papers` of https://huggingface.co/docs/hub/api; `/api/papers/ID` gives
one paper without the wrapper. A saved page of https://huggingface.co/papers holds the same objects
as JSON in an attribute: `<div data-target="DailyPapers" data-props="{…}">`.

The day of a paper is that on which it was put on the list (`submittedOnDailyAt`), since an answer
to a question without a date mixes several days. To it comes the day that the list itself names
(`date`, `dateString`); only without both it is the day in the file's name.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from lxml import etree

from generator.model.errors import ContentError
from generator.sources import identifiers
from generator.sources.content import Content
from generator.sources.days import Anchor
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "hf-daily"
LABEL = "Daily Papers of Hugging Face, as its API answers or as a saved web page"

_LISTS = ("dailyPapers", "papers", "data", "results", "items")
_DATES = ("date", "dateString", "day")
_PAPERS_OWN = ("upvotes", "publishedAt", "submittedOnDailyAt", "discussionId", "ai_summary")
_MARK = re.compile(rb"""data-target\s*=\s*["']?DailyPapers\b""")


def detect(content: Content) -> bool:
    """Whether it is such a page, or JSON whose first object is such a paper or a list of them."""
    if content.kind in ("json", "lines"):
        first = content.first
        if _is_entry(first):
            return True
        listed = _listed(first)
        return listed is not None and any(_is_entry(entry) for entry in listed[:1])
    return content.head[:1] == "<" and bool(_MARK.search(content.data))


def read(content: Content) -> Reading:
    """Every paper of the list."""
    records = Records(content, NAME)
    named = Anchor.in_name(content.file)
    ranks: Counter[date | None] = Counter()
    empty = True
    for number, (stated, entry) in enumerate(_entries(content), 1):
        empty = False
        with records.record(f"record {number}"):
            outer, paper = _unwrapped_paper(entry)
            put = _day(paper.get("submittedOnDailyAt"))
            day = named.day if named else None
            days = {put, stated} - {None} or {day}
            listed = min(filter(None, days), default=None)
            ranks[listed] += 1
            _add(records, number, outer, paper, days, ranks[listed], stated or day or put)
    if empty:
        records.remark("", "expected papers, found an empty list. Get the list of another day.")
    return records.reading()


def _unwrapped_paper(entry: object) -> tuple[dict[str, Any], dict[str, Any]]:
    """An entry of the list, and the paper in it.

    Raises:
        ContentError: there is none in it.
    """
    if isinstance(entry, ContentError):
        raise entry
    outer = entry if isinstance(entry, dict) else {}
    paper = outer.get("paper", outer)
    if isinstance(paper, dict) and paper:
        return outer, paper
    what = "an empty one" if paper == {} and outer else f"a {type(entry).__name__}"
    raise ContentError(f"expected an object with a paper, found {what}. Get the list again.")


def _add(
    records: Records,
    number: int,
    outer: Mapping[str, Any],
    paper: Mapping[str, Any],
    days: set[date | None],
    rank: int,
    counted: date | None,
) -> None:
    identifier = paper.get("id")
    arxiv = identifiers.arxiv(identifier) if isinstance(identifier, str) else ""
    position = arxiv or f"record {number}"

    def elements(field: str) -> list[Any]:
        value = paper.get(field)
        if value is None or isinstance(value, list):
            return value or []
        records.remark(
            position, f"expected a list of {field}, found a {type(value).__name__}. Correct it."
        )
        return []

    links = (("code", paper.get("githubRepo")), ("project", paper.get("projectPage")))
    comments = outer.get("numComments")
    records.add(
        position,
        RawRecord(
            title=paper.get("title") or outer.get("title"),
            abstract=paper.get("summary") or outer.get("summary"),
            authors=[_name(author) for author in elements("authors") if not _is_hidden(author)],
            published=paper.get("publishedAt") or outer.get("publishedAt"),
            organizations=[_organization(paper.get("organization") or outer.get("organization"))],
            days=days,
            rank=rank,
            arxiv=arxiv,
            links=[(kind, url) for kind, url in links if url],
            keywords=elements("ai_keywords"),
            upvotes=paper.get("upvotes"),
            comments=paper.get("numComments") if comments is None else comments,
            counted=counted,
            withdrawn="withdrawn" if paper.get("withdrawnAt") else "",
        ),
    )


def _name(author: object) -> Any:
    return author.get("name") if isinstance(author, dict) else author


def _organization(value: object) -> Any:
    """The name that is shown, else that of its address; whether it is text is checked later."""
    return (value.get("fullname") or value.get("name")) if isinstance(value, dict) else value


def _is_hidden(author: object) -> bool:
    """Whether the page hides this author, a name that was read from the paper by mistake."""
    return isinstance(author, dict) and author.get("hidden") is True


# Where the papers are


def _entries(content: Content) -> Iterator[tuple[date | None, Any]]:
    """Every element of every list, and the day that its list names."""
    if content.kind == "lines":
        for _, value in content.lines():
            yield from _unwrapped(value)
    elif content.kind == "json":
        value = content.json
        for element in value if isinstance(value, list) else [value]:
            yield from _unwrapped(element)
    else:
        yield from _unwrapped(_properties(content))


def _unwrapped(value: Any) -> Iterator[tuple[date | None, Any]]:
    """The elements of a list such as `{"date": "2025-08-07", "data": […]}`; else the value."""
    listed = None if _is_entry(value) else _listed(value)
    if listed is None:
        yield None, value
        return
    day = next(filter(None, (_day(value.get(key)) for key in _DATES)), None)
    for entry in listed:
        yield day, entry


def _listed(value: object) -> list[Any] | None:
    if not isinstance(value, dict):
        return None
    lists = (value[key] for key in _LISTS if isinstance(value.get(key), list))
    return next(lists, None)


def _is_entry(value: object) -> bool:
    """Whether it is a paper, with or without its wrapper."""
    if not isinstance(value, dict):
        return False
    paper = value.get("paper", value)
    return (
        isinstance(paper, dict)
        and {"id", "title"} <= paper.keys()
        and any(key in paper for key in _PAPERS_OWN)
        and ("summary" in paper or "summary" in value)
    )


def _day(value: object) -> date | None:
    """The day of `2025-08-07` or `2025-08-07T02:11:08.263Z`; `None` for a week or a month."""
    anchor = Anchor.parse(value) if isinstance(value, str) else None
    return anchor.day if anchor else None


def _properties(content: Content) -> dict[str, Any]:
    """What the page's attribute holds.

    Raises:
        ContentError: there is no such attribute, or it is cut off.
    """
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = etree.fromstring(content.text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    texts = [] if root is None else root.xpath("//*[@data-target='DailyPapers']/@data-props")
    for text in texts:
        try:
            value = json.loads(str(text))
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and _listed(value) is not None:
            return value
    raise ContentError(
        "expected a saved page of Daily Papers, found one without its list or cut off. "
        "Save the page again, or get it from https://huggingface.co/api/daily_papers."
    )
