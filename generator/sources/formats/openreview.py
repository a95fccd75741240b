"""Reader for answers of OpenReview's API, version 1 and 2: https://docs.openreview.net.

A note is a submission. Version 2 wraps each value: `{"title": {"value": "…"}}`. What was rejected
or withdrawn is told by the venue that the note has in the end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from generator.model.errors import ContentError
from generator.sources import names
from generator.sources.content import Content
from generator.sources.fields import author_lists
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "openreview"
LABEL = "notes of OpenReview's API as JSON"


def detect(content: Content) -> bool:
    """Whether the first object is a note, or an answer that holds notes."""
    first: Any = content.first
    if isinstance(first.get("notes"), list):
        return all(_is_note(note) for note in first["notes"][:1])
    return _is_note(first)


def _is_note(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and isinstance(value.get("content"), Mapping)
        and any(key in value for key in ("forum", "invitation", "invitations", "cdate"))
    )


def read(content: Content) -> Reading:
    """Every note of the answer."""
    records = Records(content, NAME)
    empty = True
    replies: Counter[str] = Counter()
    for number, note in enumerate(_notes(content), 1):
        empty = False
        with records.record(f"record {number}"):
            if isinstance(note, ContentError):
                raise note
            if isinstance(note, Mapping) and isinstance(note.get("content"), Mapping):
                if note.get("replyto"):
                    replies[_kind(note)] += 1
                else:
                    _add(records, number, note)
            else:
                records.refuse(f"record {number}", "expected a note with a content, found none.")
    if replies:
        listed = ", ".join(f"{count:,} “{kind}”" for kind, count in replies.most_common(10))
        records.remark("", f"what is no paper was passed over: {listed}.")
    if empty:
        records.remark("", "expected notes, found none. Ask OpenReview for another venue.")
    return records.reading()


def _notes(content: Content) -> Iterator[Any]:
    if content.kind == "lines":
        values: list[Any] = [value for _, value in content.lines()]
    else:
        values = content.json if isinstance(content.json, list) else [content.json]
    for value in values:
        held = value.get("notes") if isinstance(value, Mapping) else None
        yield from held if isinstance(held, list) else [value]


def _add(records: Records, number: int, note: Mapping[str, Any]) -> None:
    said = {key: _value(value) for key, value in note["content"].items()}
    forum = note.get("forum") or note.get("id")
    state = " ".join(
        str(each).lower()
        for each in (said.get("venue"), said.get("venueid"), note.get("invitation"))
        if each
    )
    links: list[tuple[str, object]] = []
    if isinstance(forum, str) and forum:
        links = [
            ("abs", f"https://openreview.net/forum?id={forum}"),
            ("pdf", f"https://openreview.net/pdf?id={forum}"),
        ]
    signed, keywords = said.get("authors"), said.get("keywords")
    written = next(filter(None, (note.get(key) for key in ("pdate", "odate", "cdate"))), None)
    records.add(
        forum if isinstance(forum, str) and forum else f"record {number}",
        RawRecord(
            title=said.get("title"),
            abstract=said.get("abstract") or said.get("TL;DR") or said.get("TLDR"),
            authors=[
                names.author(name)
                for name in (
                    author_lists.split(signed) if isinstance(signed, str) else _list(signed)
                )
                if isinstance(name, str)
            ],
            published=_date(written),
            venue=said.get("venue"),
            links=[*links, *(("code", url) for url in [said.get("code")] if _is_web(url))],
            keywords=re.split("[;,]", keywords) if isinstance(keywords, str) else _list(keywords),
            withdrawn="withdrawn" if "withdrawn" in state or "desk_reject" in state else "",
        ),
    )


def _kind(reply: Mapping[str, Any]) -> str:
    """What replies to a submission: `Official Review`, `Decision`."""
    invitations = reply.get("invitations") or [reply.get("invitation")]
    first = next(iter(invitations), "") if isinstance(invitations, list) else ""
    return str(first or "").rpartition("/-/")[2].replace("_", " ")[:60] or "reply"


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _value(value: object) -> Any:
    return value.get("value") if isinstance(value, Mapping) else value


def _is_web(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("http:", "https:"))


def _date(milliseconds: object) -> str:
    """The day of a time in milliseconds since 1970."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float):
        return ""
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return str(milliseconds)
