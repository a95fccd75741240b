"""Reader for CSL-JSON, which Zotero, Mendeley and doi.org give, and for the answers of Crossref.

See https://github.com/citation-style-language/schema and https://api.crossref.org/swagger-ui.
Crossref's works are CSL-JSON with lists of titles, inside of a `message`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.model.papers import Author
from generator.sources import names
from generator.sources.content import Content
from generator.sources.publications import of_csl
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import (
    first_record,
    fullest,
    group,
    json_records,
    mapping,
    mappings,
    person,
    terms,
    text,
    texts,
    web,
)

NAME = "csl-json"
LABEL = "CSL-JSON of a reference manager, of doi.org or Crossref"

_WRAPPERS = ("message", "items", "references")
_DATES = ("issued", "published", "published-online", "published-print")


def detect(content: Content) -> bool:
    """Whether the first record has a type, a title and another field as CSL names it."""
    if content.kind not in ("json", "lines"):
        return False
    record = first_record(content, *_WRAPPERS)
    if not isinstance(record.get("type"), str) or "title" not in record:
        return False
    author = next(iter(mappings(record.get("author"))), {})
    return (
        isinstance(record.get("issued"), dict)
        or "container-title" in record
        or "family" in author
        or "literal" in author
    )


def read(content: Content) -> Reading:
    """Every reference as a paper, whatever its type."""
    records = Records(content, NAME)
    return records.read_all(json_records(content, records, *_WRAPPERS), _add)


def _add(records: Records, position: str, record: Mapping[str, Any]) -> None:
    subtitle = text(record.get("subtitle"))
    title = text(record.get("title"))
    if subtitle and subtitle not in title:
        title = f"{title}: {subtitle}"
    authors, editors = _people(record.get("author")), _people(record.get("editor"))
    records.add(
        position,
        RawRecord(
            title=title,
            abstract=record.get("abstract"),
            authors=authors or editors,
            published=fullest([_date(record.get(key)) for key in _DATES]),
            venue=text(record.get("container-title")) or text(record.get("event-title")),
            publication=of_csl(record, editors if authors else ()),
            doi=text(record.get("DOI")),
            links=[
                *web("url", texts(record.get("URL"))),
                *web("pdf", [text(link.get("URL")) for link in _pdfs(record)]),
            ],
            keywords=_keywords(record),
            withdrawn="retracted" if _is_retracted(record) else "",
        ),
    )


def _people(value: object) -> list[Author | None]:
    return [_person(each) for each in mappings(value)]


def _person(value: Mapping[str, Any]) -> Author | None:
    part = {key: text(value.get(key)) for key in value}
    literal = part.get("literal") or part.get("name", "")
    if not part.get("family"):
        return group(literal) if literal else names.author(part.get("given", ""))
    given = f"{part.get('given', '')} {part.get('dropping-particle', '')}"
    return person(
        family=part["family"],
        given=given,
        suffix=part.get("suffix", ""),
        particle=part.get("non-dropping-particle", ""),
        orcid=part.get("ORCID", ""),
    )


def _date(value: object) -> str:
    """`{"date-parts": [[2019, 5, 14]]}`, `{"raw": "May 2019"}` or text; of a range the start."""
    if not isinstance(value, dict):
        return text(value)
    parts = value.get("date-parts")
    start = parts[0] if isinstance(parts, list) and parts else None
    numbers = texts(start)
    if numbers:
        return "-".join(number.split(".")[0].zfill(2) for number in numbers[:3])
    return text(value.get("raw")) or text(value.get("literal"))


def _pdfs(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    links = mappings(record.get("link"))
    return [link for link in links if link.get("content-type") == "application/pdf"]


def _keywords(record: Mapping[str, Any]) -> list[str]:
    """CSL has one text with commas or semicolons, Crossref a list of subjects."""
    keyword = text(record.get("keyword"))
    parts = keyword.split(",") if ";" not in keyword else [keyword]
    return terms([*parts, *texts(record.get("subject")), *texts(record.get("categories"))])


def _is_retracted(record: Mapping[str, Any]) -> bool:
    """Crossref says so in `updated-by`; `update-to` stands in the notice of a retraction."""
    updates = mappings(record.get("updated-by"))
    return any(text(mapping(update).get("type")) == "retraction" for update in updates)
