"""One vocabulary of field names, for formats that leave their choice to whoever writes them.

A table, YAML, JSON of one's own, a conference's list: all mean the same by `authors` or `author`.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from generator.papers import TYPES, Author, Publication, Source
from generator.sources import identifiers, names
from generator.sources.days import Anchor
from generator.sources.records import Records
from generator.sources.references import signed

FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "title": ("title", "paper_title"),
    "abstract": ("abstract", "summary", "description"),
    "authors": ("authors", "author", "creators"),
    "published": ("published", "date", "publication_date", "published_at", "year"),
    "venue": ("venue", "journal", "booktitle", "conference"),
    "organizations": ("organizations", "organization"),
    "arxiv": ("arxiv", "arxiv_id", "eprint"),
    "doi": ("doi",),
    "anthology": ("anthology", "anthology_id"),
    "keywords": ("keywords", "tags", "keyword"),
    "categories": ("categories",),
    "upvotes": ("upvotes", "votes"),
    "comments": ("comments",),
}
"""What `Records.add` calls a field, and the names it has in the wild, best first."""

DAYS: Final = ("listed", "day", "days")
"""Names of fields with the days of the lists that a paper was on."""

LINKS: Final[dict[str, tuple[str, ...]]] = {
    "pdf": ("pdf", "pdf_url", "paper_pdf"),
    "code": ("code", "github", "code_url"),
    "project": ("project", "project_page", "website"),
    "url": ("url", "link", "site", "anthology_url"),
}
"""Kinds of links, and the names that fields with their addresses have."""


def add(records: Records, position: str, given: object) -> None:
    """Make a paper of a record whose fields have any of these names; other fields do not count.

    Args:
        records: takes it.
        position: of the record in its file.
        given: the record; what is no mapping is refused.
    """
    if not isinstance(given, Mapping):
        records.refuse(position, f"expected named fields, found a {type(given).__name__}.")
        return
    record = {str(name).strip().lower(): value for name, value in given.items()}
    value = {field: _first(record, called) for field, called in FIELDS.items()}
    known = record.get("id")
    arxiv = value["arxiv"] or (identifiers.arxiv(known) if isinstance(known, str) else "")
    listed = []
    for said in (each for name in DAYS for each in _list(record.get(name))):
        if said is not None:
            listed.append(_day(said))
            if listed[-1] is None:
                reason = f"expected a day such as 2025-08-07, found “{str(said)[:60]}”. Correct it."
                records.remark(position, reason)
    former = _list(record.get("former_ids"))
    if "sources" in record and isinstance(known, str) and known:
        former = [*former, known]  # a line of our own catalog, whose id may have been another
    records.add(
        position,
        title=value["title"],
        abstract=value["abstract"],
        authors=list(_authors(records, position, value["authors"])),
        published=value["published"],
        version=record.get("version"),
        revised=record.get("revised"),
        days=listed,
        rank=_number(record.get("rank")) or 0,
        venue=value["venue"],
        publication=_publication(records, position, record),
        organizations=_list(value["organizations"], ";|"),
        arxiv=arxiv,
        doi=value["doi"],
        anthology=value["anthology"],
        links=list(_links(record)),
        keywords=_list(value["keywords"]),
        categories=_list(value["categories"]),
        upvotes=value["upvotes"],
        comments=_number(value["comments"]),
        counted=_day(record.get("counted")),
        withdrawn=_withdrawn(record),
        former_ids=[each for each in former if isinstance(each, str)],
        sources=list(_sources(record.get("sources"))),
    )


def _first(record: Mapping[str, Any], called: tuple[str, ...]) -> Any:
    found = (record[name] for name in called if name in record)
    return next((each for each in found if each not in (None, "", [], {})), None)


def _list(value: object, marks: str = ";|,") -> list[Any]:
    """A list as it is; text cut at semicolons, bars or commas, whichever it has first."""
    if isinstance(value, list):
        return value
    if not isinstance(value, str):
        return [] if value is None else [value]
    mark = next((mark for mark in marks if mark in value), ";")
    return [part.strip() for part in value.split(mark) if part.strip()]


def _authors(records: Records, position: str, value: object) -> Iterator[Author | None]:
    texts = names.split(value) if isinstance(value, str) else value
    for each in texts if isinstance(texts, list) else [texts]:
        if isinstance(each, str):
            yield names.author(each)
        elif author := signed(each) if isinstance(each, Mapping) else None:
            yield author
        elif each is not None:
            records.remark(
                position,
                f"expected the name of an author, found “{str(each)[:60]}”. Write it as text.",
            )


def _publication(records: Records, position: str, record: Mapping[str, Any]) -> dict[str, object]:
    """Where in its venue a paper stands: by the same names as in a catalog of ours."""
    is_ours = "sources" in record
    given: dict[str, object] = {
        field.name: record.get(field.name) for field in dataclasses.fields(Publication)
    }
    if not is_ours:  # where `type` and `number` may mean anything
        given |= {"number": "", "type": given["type"] if given["type"] in TYPES else ""}
    editors = _authors(records, position, record.get("editors") or [])
    return given | {"editors": list(editors)}


def _links(record: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    own = record.get("links")
    if isinstance(own, Mapping):
        yield from ((str(kind), url) for kind, url in own.items())
    is_ours = "sources" in record  # a line of our own catalog, whose `url` is its page there
    for kind, called in LINKS.items():
        for name in called:
            if isinstance(record.get(name), str) and not (is_ours and name == "url"):
                yield kind, record[name]


def _number(value: object) -> int | None:
    """A count, also as the digits of a table; text that is none is no mistake, but a comment."""
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
        return int(value)
    return value if type(value) is int and 0 <= value < 10**9 else None


def _day(value: object) -> date | None:
    anchor = Anchor.parse(value) if isinstance(value, str) else None
    return anchor.day if anchor else None


def _withdrawn(record: Mapping[str, Any]) -> str:
    withdrawn, retracted = (
        str(record.get(name, "")).strip().lower() for name in ("withdrawn", "retracted")
    )
    if withdrawn == "retracted" or retracted in _TRUE:
        return "retracted"
    return "withdrawn" if withdrawn == "withdrawn" or withdrawn in _TRUE else ""


_TRUE: Final = ("true", "yes", "1")


def _sources(value: object) -> Iterator[Source]:
    for each in value if isinstance(value, list) else []:
        if isinstance(each, Mapping) and isinstance(each.get("file"), str):
            fields = each.get("fields")
            yield Source(
                file=each["file"],
                format=str(each.get("format", "")),
                position=str(each.get("position", "")),
                fields=tuple(map(str, fields)) if isinstance(fields, list) else (),
            )
