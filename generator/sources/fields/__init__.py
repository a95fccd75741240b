"""Papers of records whose fields have any of the names in `field_names`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from generator.model.papers import Source
from generator.sources import identifiers
from generator.sources.days import Anchor, is_undecided
from generator.sources.days import published as published_date
from generator.sources.fields import author_lists
from generator.sources.fields import links as field_links
from generator.sources.fields import people as field_people
from generator.sources.fields import publications as field_publications
from generator.sources.fields.names import AUTHOR, FIELD_OF, KNOWN, NOTHING, RANKS, first, key
from generator.sources.fields.vocabulary import DAYS, MONTH, YEAR
from generator.sources.raw import RawRecord
from generator.sources.records import Records


def add(
    records: Records, position: str, given: object, links: Iterable[tuple[str, object]] = ()
) -> None:
    """Make a paper of a record whose fields have any of these names; the rest counts as unused.

    Args:
        records: takes it.
        position: of the record in its file.
        given: the record; what is no mapping is refused.
        links: kinds and addresses that come with it.
    """
    if not isinstance(given, Mapping):
        records.refuse(position, f"expected named fields, found a {type(given).__name__}.")
        return
    record: dict[str, Any] = {}
    for name, each in given.items():
        if record.get(key(str(name))) in NOTHING:
            record[key(str(name))] = each
    is_ours = "sources" in record  # a line of our own catalog
    said = _by_field(record)
    value = {field: each[0] for field, each in said.items()}
    known = record.get("id")
    external = _external(record.get("externalids"))
    arxiv = (
        value.get("arxiv")
        or external.get("arxiv")
        or next(filter(None, map(_arxiv, map(record.get, _IDS))), "")
    )
    listed = []
    for day in (each for name in DAYS for each in _list(record.get(name))):
        if isinstance(day, str) and _WEEKDAY.fullmatch(day):
            records.count_unused(["day"])
        elif day is not None and not ("month" in record and "year" in record):
            listed.append(_day(day))
            if listed[-1] is None:
                reason = f"expected a day such as 2025-08-07, found “{str(day)[:60]}”. Correct it."
                records.remark(position, reason)
    former = _list(record.get("formerids"))
    if is_ours and isinstance(known, str) and known:
        former = [*former, known]  # its id may have been another
    if not is_ours:
        records.count_unused(
            str(name)
            for name, each in given.items()
            if each not in NOTHING and not _is_used(record, key(str(name)))
        )
    signed = value.get("authors") or field_people.gathered(record)
    records.add(
        position,
        RawRecord(
            title=value.get("title"),
            abstract=value.get("abstract", ""),
            authors=list(field_people.authors(records, position, signed)),
            published=_published(record, said.get("published", [])),
            version=record.get("version"),
            revised=record.get("revised"),
            days=listed,
            rank=_number(record.get("rank")) or 0,
            venue=value.get("venue", ""),
            publication=field_publications.publication(records, position, record, is_ours),
            organizations=_list(value.get("organizations"), ";|"),
            arxiv=arxiv,
            doi=value.get("doi") or external.get("doi") or _doi(record),
            anthology=value.get("anthology") or external.get("acl"),
            links=[
                *field_links.links(record, is_ours),
                *field_links.told(links),
            ],
            keywords=_list(value.get("keywords")),
            categories=_categories(value.get("categories")),
            upvotes=value.get("upvotes"),
            comments=_number(value.get("comments")),
            counted=_day(record.get("counted")),
            withdrawn=_withdrawn(record),
            former_ids=[each for each in former if isinstance(each, str)],
            sources=list(_sources(record.get("sources"))),
        ),
    )


def _is_used(record: Mapping[str, Any], name: str) -> bool:
    """Whether a field of this key counts; `comments` may be text, and a link no address."""
    if name == "comments":
        return _number(record[name]) is not None
    if not field_links.is_used(name, record[name]):
        return False
    if name in field_people.SPEAKER_KEYS:
        return field_people.counts_speakers(record)
    return name in KNOWN or AUTHOR.fullmatch(name) is not None


_WEEKDAY: Final = re.compile(
    r"\s*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?|(?:day )?[0-9]{1,2})\s*", re.IGNORECASE
)
"""What a programme says of a day, which is none of a list."""

_CUT: Final = re.compile(r"\d{4}\.\d{3,4}")
_IDS: Final = ("id", "paperid", "entryid", "archiveid", "number", "extra")
"""Keys of fields that may have an arXiv id among others."""


def _by_field(record: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What a record says of each field, under the best name first."""
    values_by_field: dict[str, list[tuple[int, Any]]] = {}
    for name, each in record.items():
        if (field := FIELD_OF.get(name)) and each not in NOTHING:
            values_by_field.setdefault(field, []).append((RANKS[name], each))
    return {
        field: [each for _, each in sorted(said, key=lambda pair: pair[0])]
        for field, said in values_by_field.items()
    }


def _external(value: object) -> dict[str, str]:
    """The ids that Semantic Scholar keeps together: `{"ArXiv": "2401.00001", "DOI": "10.1/x"}`."""
    pairs = (
        value.items()
        if isinstance(value, Mapping)
        else re.findall(r"'(\w+)': '([^']*)'", value.replace('"', "'"))
        if isinstance(value, str)
        else ()
    )
    return {str(name).lower(): each for name, each in pairs if isinstance(each, str)}


def _arxiv(value: object) -> str:
    """The arXiv id in a value; one that a spreadsheet cut is told by `Records`."""
    if not isinstance(value, str):
        return ""
    return identifiers.arxiv(value) or (value if _CUT.fullmatch(value) else "")


def _doi(record: Mapping[str, Any]) -> str:
    """The DOI in a field for ids of any kind."""
    said = (record.get(name) for name in _IDS if name != "extra")
    return next((each for each in said if isinstance(each, str) and _DOI.match(each)), "")


_DOI: Final = re.compile(
    r"\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.\d{4,9}/\S", re.IGNORECASE
)


def _list(value: object, marks: str = ";；|\n，、,") -> list[Any]:
    """A list as it is; text cut at semicolons, bars, line ends or commas, the first it has."""
    if isinstance(value, list):
        return value
    if not isinstance(value, str):
        return [] if value is None else [value]
    if re.match(r"\[\s*['\"]", value):  # a list as Python or JSON writes it
        return author_lists.split(value)
    mark = next((mark for mark in marks if mark in value), ";")
    return [part.strip() for part in value.split(mark) if part.strip()]


def _categories(value: object) -> list[Any]:
    """Categories of arXiv, which it has in one text: `hep-ph cs.LG`."""
    words = value.split() if isinstance(value, str) else []
    return words if words and all(map(identifiers.is_category, words)) else _list(value)


def _published(record: Mapping[str, Any], dates: list[Any]) -> Any:
    """The date that says most; of a month in a field of its own, or a day without a year, both."""
    year, month = first(record, tuple(map(key, YEAR))), first(record, tuple(map(key, MONTH)))
    dates = list(dates)
    if year and isinstance(month, str | int) and isinstance(year, str | int):
        day = str(record.get("day") or "").strip()
        parts = (str(year).strip(), str(month).strip().zfill(2), day.zfill(2) if day else "")
        mark = "-" if parts[1].isdigit() else " "
        dates.insert(0, mark.join(filter(None, parts)))
    if year and dates and isinstance(dates[0], str) and not re.search(r"\d{4}", dates[0]):
        dates.insert(0, f"{dates[0]} {year}")
    if len(dates) < 2:
        return dates[0] if dates else None
    told = [(_precision(each), each) for each in dates]
    return max(told, key=lambda pair: pair[0], default=(0, None))[1]


def _precision(value: object) -> int:
    """How much a date says; one that may be two days comes first, so that it is remarked on."""
    if isinstance(value, str) and is_undecided(value):
        return len("2025-08")
    try:
        return len(published_date(str(value)) or "") if isinstance(value, str | int | float) else 0
    except ValueError:
        return 0


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
