"""Reader for titles with named fields below each, as reports and notes of programs show papers.

    Slow Light: Reading Lists That Wait for You
    Item Type   Preprint
    Author      Ada Byron
    Author      Bo Li
    URL         https://arxiv.org/abs/2508.03686

A tab or a colon stands behind each name. So looks a report of Zotero, as HTML or copied from the
browser, and a page of a database of Notion, exported as Markdown or copied. What stands below the
fields, such as notes and attachments, is left out and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from generator.sources import fields, identifiers
from generator.sources.content import Content
from generator.sources.copied.lines import Line, front_matter, head, lines
from generator.sources.fields import names as field_names
from generator.sources.formats import web_page
from generator.sources.links import holds_paper
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "named-fields"
LABEL = "titles with named fields below each: a report of Zotero, a page of Notion"

LONGEST_TITLE: Final = 500

_FIELD: Final = re.compile(
    r"(?P<name>[^\W\d_][^\t:|=]{0,30}?)[ ]?(?:\t+[ ]*|[:：][ \t]+|\Z)(?P<value>.*)"
)
_REPORT: Final = re.compile(r"<ul[^>]{0,80}class=\"report|<li id=\"item_\w+\" class=\"item ")
_REPORTED: Final = re.compile(r"(?:zotero report)?", re.IGNORECASE)
_TAG: Final = re.compile(r"tags:?", re.IGNORECASE)
_SECTION: Final = re.compile(r"(?:tags|notes|attachments|related):?", re.IGNORECASE)
_TITLE: Final = re.compile(r"(?:paper )?title[ ]?(?::[ \t]+|\t+)(?=\S)", re.IGNORECASE)
_TYPE: Final = "itemtype"


@dataclass(slots=True)
class _Record:
    """A title and what is said below it."""

    line: int
    title: str
    is_named: bool = False
    """Whether the title says that it is one: `Title: …`."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    """Names of what stands below the fields."""

    @property
    def is_paper(self) -> bool:
        """Whether its fields are those of a paper: its type or id, or authors and a venue."""
        said = {field_names.key(name): value for name, value in self.fields}
        if said.keys() & {_TYPE, "articletype"} and len(said) > 1:
            return True
        fields = {field_names.field_of(name) for name, value in self.fields if value}
        leads = any(
            holds_paper(value.strip("<>")) or identifiers.arxiv(value) or identifiers.doi(value)
            for value in said.values()
            if "/" in value or "arxiv" in value.lower()
        )
        return "authors" in fields and bool(
            leads
            or self.is_named
            or ({"venue", "abstract"} & fields and {"published", "keywords"} & fields)
        )


def detect(content: Content) -> bool:
    """Whether most of its titles with fields are those of papers, and one begins the text."""
    if _REPORT.search(content.head):
        return True
    if content.kind != "text" or content.head[:1] in ("@", "%", "{"):
        return False
    text = head(content)
    _, start = front_matter(text)
    rows = lines(text, start)
    named, above = _split(rows)
    papers = sum(record.is_paper for record in named)
    return 0 < len(named) < 2 * papers and len(above) < (2 if len(named) < 2 else 5)


def read(content: Content) -> Reading:
    """Every title as a paper with what its fields say."""
    records = Records(content, NAME)
    if content.kind == "text":
        _, start = front_matter(content.text)
        named, above = _split(lines(content.text, start))
        for row in above if not _REPORTED.fullmatch(" ".join(r.text for r in above)) else ():
            records.remark(f"line {row.number}", f"“{row.text[:60]}” belongs to no paper.")
    else:
        named = list(_reported(content))
    for record in named:
        position = f"line {record.line}"
        with records.record(position):
            records.count_unused(dict.fromkeys(record.rest))
            fields.add(records, position, _given(record))
    return records.reading()


def _given(record: _Record) -> dict[str, object]:
    """The fields of a record by their names; what has one name is joined, authors are a list."""
    said: dict[str, list[str]] = {}
    for name, value in record.fields:
        if value:
            said.setdefault(name, []).append(value)
    given: dict[str, object] = {"title": record.title}
    for name, values in said.items():
        is_listed = field_names.field_of(name) == "authors" and len(values) > 1
        given.setdefault(name, values if is_listed else "; ".join(values))
    return given


def _split(rows: Sequence[Line]) -> tuple[list[_Record], list[Line]]:
    """The records of a text, and the lines above the first."""
    matches = [_field(row) for row in rows]
    named = [match is not None for match in matches]
    titles = {
        place
        for place, row in enumerate(rows[:-2])
        if not named[place]
        and (_is_typed(matches[place + 1]) or (named[place + 1] and named[place + 2]))
        and len(row.text) <= LONGEST_TITLE
        and not _SECTION.fullmatch(row.text)
    }
    is_report = any(_is_typed(matches[place + 1]) for place in titles)
    if is_report:
        titles = {place for place in titles if _is_typed(matches[place + 1])}
    named_titles = [place for place, row in enumerate(rows) if _TITLE.match(row.text)]
    if len(named_titles) > 1 and not is_report:
        titles = set(named_titles)
    records: list[_Record] = []
    above: list[Line] = []
    section = ""
    for place, (row, match) in enumerate(zip(rows, matches, strict=True)):
        if place in titles:
            title = _TITLE.sub("", re.sub(r"\A#{1,6}\s+", "", row.text), count=1)
            records.append(_Record(row.number, title, is_named=_TITLE.match(row.text) is not None))
            section = ""
        elif not records:
            above.append(row)
        elif match and not section:
            records[-1].fields.append((match["name"].strip(), match["value"].strip()))
        elif is_report and not section and records[-1].fields and not _SECTION.fullmatch(row.text):
            name, value = records[-1].fields.pop()  # an abstract of several paragraphs
            records[-1].fields.append((name, f"{value}\n\n{row.text}"))
        elif _SECTION.fullmatch(row.text) or not section:
            section = row.text.strip("#: ").lower() if _SECTION.fullmatch(row.text) else "text"
            if not _TAG.fullmatch(section):
                records[-1].rest.append(section)
        elif _TAG.fullmatch(section):
            records[-1].fields.append(("Tags", row.text))
    return records, above


def _is_typed(match: re.Match[str] | None) -> bool:
    return match is not None and field_names.key(match["name"]) == _TYPE


def _field(row: Line) -> re.Match[str] | None:
    """A name that papers, or databases of these, have for a field, and what it says."""
    match = _FIELD.fullmatch(row.text)
    if not match or (not match["value"] and not re.search(r"[\t:：]\s*\Z", row.text)):
        return None
    key = field_names.key(match["name"])
    is_known = field_names.field_of(match["name"]) not in ("", "title") or key in _OTHERS
    is_known |= key in field_names.KNOWN and field_names.field_of(match["name"]) != "title"
    return match if is_known or "\t" in row.text else None


_OTHERS: Final = frozenset(
    map(
        field_names.key,
        (
            *("item type", "date added", "modified", "accessed", "short title", "rights", "extra"),
            *("library catalog", "call number", "archive", "archive id", "repository", "loc. in"),
            *("loc. in archive", "journal abbr", "created", "created by", "created time", "status"),
            *("last edited", "last edited time", "last edited by", "last updated", "priority"),
            *("rating", "read", "score", "topic", "topics", "field", "area", "project", "citekey"),
            *("# of pages", "# of volumes", "citation key", "property", "added", "importance"),
            *("read on", "date read", "finished", "category", "cover", "files", "favorite"),
        ),
    )
)
"""Names that programs which keep papers have for what they alone need."""


def _reported(content: Content) -> Iterator[_Record]:
    """The records of a report of Zotero: a list of a heading, a table and a list of tags each."""
    for item in web_page.tree(content).iter("li"):
        if not item.get("class", "").startswith("item") or item.find("h2") is None:
            continue
        record = _Record(item.sourceline or 1, _text(item.find("h2")))
        for row in item.iterfind("./table//tr"):
            name, value = _text(row.find("th")), _text(row.find("td"))
            record.fields.append((name, value))
        for part in item.findall("ul"):
            if part.get("class") == "tags":
                record.fields += [("Tags", _text(tag)) for tag in part.findall("li")]
            else:
                record.rest.append(part.get("class", "text"))
        yield record


def _text(element: etree._Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())
