"""Reader for listings of arXiv as JSON: one object a paper, as lines or in one list.

Two kinds of object are known. Daily listings, as scrapers of arXiv's “new submissions” write them,
have `id`, `title`, `authors`, `summary`, `categories`, `comment`, `abs` and `pdf`; their day is in
the name of the file. Records of the arXiv data set, https://www.kaggle.com/Cornell-University/arxiv,
have `abstract`, `comments`, `journal-ref`, `authors_parsed` and `versions`; they are of no day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from generator.model.errors import ContentError
from generator.model.papers import Author
from generator.sources import arxiv, identifiers, names
from generator.sources.content import Content
from generator.sources.days import Anchor
from generator.sources.fields import author_lists
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "arxiv-listing"
LABEL = "a listing of arXiv as JSON lines or a JSON list"


def detect(content: Content) -> bool:
    """Whether the first object has an arXiv id, categories, and either kind's other fields."""
    if content.kind not in ("json", "lines"):
        return False
    first = content.first
    identifier = first.get("id")
    if not isinstance(identifier, str) or "title" not in first or "categories" not in first:
        return False
    is_daily = "summary" in first and ("abs" in first or "pdf" in first)
    is_data_set = "abstract" in first and ("versions" in first or "authors_parsed" in first)
    return (is_daily or is_data_set) and bool(identifiers.arxiv(identifier))


def read(content: Content) -> Reading:
    """Every object of the listing."""
    records = Records(content, NAME)
    anchor = Anchor.in_name(content.file)
    day = anchor.day if anchor else None
    rank = 0
    for rank, (position, value) in enumerate(_objects(content), 1):
        with records.record(position):
            if isinstance(value, ContentError):
                raise value
            if isinstance(value, dict):
                _add(records, position, value, rank, day)
            else:
                records.refuse(
                    position,
                    f"expected an object with a title, found a {type(value).__name__}. Remove it.",
                )
    if not rank:
        records.remark("", "expected papers, found an empty listing. Get that of another day.")
    return records.reading()


def _objects(content: Content) -> Iterator[tuple[str, Any]]:
    if content.kind == "lines":
        for number, value in content.lines():
            yield f"line {number}", value
        return
    value = content.json
    for number, entry in enumerate(value if isinstance(value, list) else [value], 1):
        yield f"record {number}", entry


def _add(
    records: Records, position: str, value: Mapping[str, Any], rank: int, day: date | None
) -> None:
    identifier = value.get("id")
    arxiv_id = identifiers.arxiv(identifier) if isinstance(identifier, str) else ""
    if arxiv_id:
        position = arxiv_id
    comment = value.get("comment") or value.get("comments")
    abstract = value.get("summary") or value.get("abstract")
    versions = value.get("versions")
    is_data_set = isinstance(versions, list) or "authors_parsed" in value
    listed = versions if isinstance(versions, list) else []
    history = [one for one in listed if isinstance(one, dict)]
    earliest, latest = (history[0], history[-1]) if history else ({}, {})
    records.add(
        position,
        RawRecord(
            title=value.get("title"),
            abstract=abstract,
            authors=_authors(records, position, value),
            published=earliest.get("created") or value.get("published"),
            version=latest.get("version"),
            revised=latest.get("created"),
            days=() if is_data_set else (day,),
            rank=0 if is_data_set else rank,
            venue=value.get("journal-ref") or value.get("journal_ref"),
            arxiv=identifier,
            doi=_first_word(value.get("doi")),
            links=[
                # The id gives both addresses.
                *(
                    (kind, value[kind])
                    for kind in ("abs", "pdf")
                    if not arxiv_id and value.get(kind)
                ),
                *arxiv.links(comment),
            ],
            categories=_words(records, position, "categories", value.get("categories")),
            withdrawn=arxiv.withdrawn(comment, abstract),
        ),
    )


def _authors(
    records: Records, position: str, value: Mapping[str, Any]
) -> Iterable[Author | str | None]:
    parsed = value.get("authors_parsed")
    if isinstance(parsed, list) and all(_is_name(parts) for parts in parsed):
        return [_author(parts) for parts in parsed]
    stated = value.get("authors")
    if isinstance(stated, str):
        return author_lists.split(stated)
    if stated is None or isinstance(stated, list):
        return stated or []
    records.remark(
        position, f"expected a list of authors, found a {type(stated).__name__}. Correct it."
    )
    return []


def _is_name(parts: object) -> bool:
    """Whether it is `["Lizier", "Joseph T.", ""]`: family name, given names, suffix."""
    return isinstance(parts, list) and bool(parts) and all(isinstance(part, str) for part in parts)


def _author(parts: list[str]) -> Author | None:
    family, given, suffix = (*parts, "", "")[:3]
    name = f"{given} {family}".strip()
    return names.author(f"{name}, {suffix}" if suffix else name, family=family)


def _first_word(value: object) -> object:
    """The first of several DOIs that stand one after another."""
    return value.split()[0] if isinstance(value, str) and value.strip() else value


def _words(records: Records, position: str, field: str, value: object) -> list[Any]:
    if isinstance(value, str):
        return value.split()
    if value is None or isinstance(value, list):
        return value or []
    records.remark(
        position, f"expected a list of {field}, found a {type(value).__name__}. Correct it."
    )
    return []
