"""One vocabulary of field names, for formats that leave their choice to whoever writes them.

A table, YAML, JSON of one's own, a conference's list: all mean the same by `authors` or `author`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from generator.papers import Author, Source
from generator.sources import identifiers, names
from generator.sources.days import Anchor
from generator.sources.records import Records

FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "title": ("title", "paper_title"),
    "abstract": ("abstract", "summary", "description"),
    "authors": ("authors", "author", "creators"),
    "published": ("published", "date", "publication_date", "published_at", "year"),
    "venue": ("venue", "journal", "booktitle", "conference"),
    "arxiv": ("arxiv", "arxiv_id", "eprint"),
    "doi": ("doi",),
    "anthology": ("anthology", "anthology_id"),
    "keywords": ("keywords", "tags", "keyword"),
    "categories": ("categories",),
    "upvotes": ("upvotes", "votes"),
    "comments": ("comments",),
}
"""What `Records.add` calls a field, and the names it has in the wild, best first."""

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
    listed = [_day(each) for each in (record.get("listed"), *_list(record.get("days")))]
    records.add(
        position,
        title=value["title"],
        abstract=value["abstract"],
        authors=list(_authors(value["authors"])),
        published=_text_of_date(value["published"]),
        days=listed,
        rank=record["rank"] if isinstance(record.get("rank"), int) else 0,
        venue=value["venue"],
        arxiv=arxiv,
        doi=value["doi"],
        anthology=value["anthology"],
        links=list(_links(record)),
        keywords=_list(value["keywords"]),
        categories=_list(value["categories"]),
        upvotes=value["upvotes"],
        comments=value["comments"] if isinstance(value["comments"], int) else None,
        counted=_day(record.get("counted")),
        withdrawn=_withdrawn(record),
        former_ids=[each for each in _list(record.get("former_ids")) if isinstance(each, str)],
        sources=list(_sources(record.get("sources"))),
    )


def _first(record: Mapping[str, Any], called: tuple[str, ...]) -> Any:
    found = (record[name] for name in called if name in record)
    return next((each for each in found if each not in (None, "", [], {})), None)


def _list(value: object) -> list[Any]:
    """A list as it is; text cut at semicolons, bars or commas, whichever it has first."""
    if isinstance(value, list):
        return value
    if not isinstance(value, str):
        return [] if value is None else [value]
    mark = next((mark for mark in ";|," if mark in value), ";")
    return [part.strip() for part in value.split(mark) if part.strip()]


def _authors(value: object) -> Iterator[Author | None]:
    texts = names.split(value) if isinstance(value, str) else value
    if not isinstance(texts, list):
        return
    for each in texts:
        if isinstance(each, str):
            yield names.author(each)
        elif isinstance(each, Mapping):
            said = {key: each.get(key) for key in ("name", "family", "orcid")}
            text = {key: value if isinstance(value, str) else "" for key, value in said.items()}
            yield names.author(text["name"], family=text["family"], orcid=text["orcid"])


def _links(record: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    own = record.get("links")
    if isinstance(own, Mapping):
        yield from ((str(kind), url) for kind, url in own.items())
    is_ours = "sources" in record  # a line of our own catalog, whose `url` is its page there
    for kind, called in LINKS.items():
        for name in called:
            if isinstance(record.get(name), str) and not (is_ours and name == "url"):
                yield kind, record[name]


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    anchor = Anchor.parse(value) if isinstance(value, str) else None
    return anchor.day if anchor else None


def _text_of_date(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _withdrawn(record: Mapping[str, Any]) -> str:
    said = record.get("withdrawn"), record.get("retracted")
    if said[1] is True or said[0] == "retracted":
        return "retracted"
    return "withdrawn" if said[0] is True or said[0] == "withdrawn" else ""


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
