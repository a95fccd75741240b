"""Reader for the JSON of DataCite: a record, a list, JSON lines, or an answer with `data`.

See https://schema.datacite.org and https://support.datacite.org/docs/api.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.model.papers import Author
from generator.sources import names
from generator.sources.content import Content
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import (
    first_record,
    group,
    json_records,
    mapping,
    mappings,
    person,
    text,
    web,
)

NAME = "datacite"
LABEL = "records of DataCite as JSON"


def detect(content: Content) -> bool:
    """Whether the first record has lists of titles and creators."""
    if content.kind not in ("json", "lines"):
        return False
    record = _attributes(first_record(content, "data"))
    titles, creators = record.get("titles"), record.get("creators")
    return isinstance(titles, list) and isinstance(creators, list)


def read(content: Content) -> Reading:
    """Every record as a paper, whatever its type."""
    records = Records(content, NAME)
    return records.read_all(json_records(content, records, "data"), _add)


def _add(records: Records, position: str, outer: Mapping[str, Any]) -> None:
    record = _attributes(outer)
    container = mapping(record.get("container"))
    records.add(
        text(record.get("doi")) or position,
        RawRecord(
            title=_kind(record, "titles", "titleType", "", "title"),
            abstract=_kind(record, "descriptions", "descriptionType", "Abstract", "description"),
            authors=[_author(each) for each in mappings(record.get("creators"))],
            published=_kind(record, "dates", "dateType", "Issued", "date")
            or text(record.get("publicationYear")),
            venue=text(container.get("title")),
            doi=text(record.get("doi")),
            links=[*web("url", [text(record.get("url"))])],
            keywords=[text(each.get("subject")) for each in mappings(record.get("subjects"))],
        ),
    )


def _attributes(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record itself, which the service wraps as JSON:API does."""
    return mapping(record.get("attributes")) or dict(record)


def _kind(record: Mapping[str, Any], field: str, key: str, kind: str, value: str) -> str:
    """The value of the first entry of that kind; a main title has no kind."""
    for entry in mappings(record.get(field)):
        if text(entry.get(key)) == kind:
            return text(entry.get(value))
    return ""


def _author(creator: Mapping[str, Any]) -> Author | None:
    name = text(creator.get("name"))
    identifiers_named = [
        text(each.get("nameIdentifier")) for each in mappings(creator.get("nameIdentifiers"))
    ]
    orcid = next((each for each in identifiers_named if "orcid" in each or each[:4] == "0000"), "")
    if text(creator.get("nameType")) == "Organizational":
        return group(name)
    family, given = text(creator.get("familyName")), text(creator.get("givenName"))
    if family:
        return person(family=family, given=given, orcid=orcid)
    return names.author(name, orcid=orcid)
