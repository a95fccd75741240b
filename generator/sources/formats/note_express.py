"""Reader for tagged text of NoteExpress, as CNKI, Wanfang and other Chinese libraries export it.

Each field is a line `{Title}: On Ants`, several authors stand in one or in several of them; a
record begins with its type, `{Reference Type}: Journal Article`. See http://www.inoteexpress.com.
"""

from __future__ import annotations

import re
from typing import Final

from generator.sources import names
from generator.sources.content import Content
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import fullest, terms, web
from generator.sources.tagged import Tagged, parse

NAME = "note-express"
LABEL = "tagged text of NoteExpress, as CNKI exports it"

_LINE: Final = re.compile(r"\{([A-Z][A-Za-z/() -]{1,40})\}\s?[:：]\s?(.*)")
_AND: Final = re.compile("[;；]")


def detect(content: Content) -> bool:
    """Whether the first line is the type of a record, and one of the next a title."""
    if content.kind != "text":
        return False
    rows = [row for row in content.head.split("\n") if row.strip()][:60]
    tags = [match[1] if match else "" for match in map(_LINE.match, rows)]
    return tags[:1] == ["Reference Type"] and "Title" in tags


def read(content: Content) -> Reading:
    """Every reference as a paper, whatever its type."""
    records = Records(content, NAME)
    tagged, _ = parse(content.text, _LINE, _begins, re.compile(""))
    return records.read_all(((record.position, record) for record in tagged), _add)


def _begins(record: Tagged, tag: str, after_empty: bool) -> bool:
    return tag == "Reference Type"


def _add(records: Records, position: str, record: Tagged) -> None:
    records.add(
        position,
        RawRecord(
            title=record.first("Title", "Translated Title"),
            abstract=record.first("Abstract"),
            authors=[
                names.author(name)
                for each in record.every("Author") or record.every("Secondary Author")
                for name in _AND.split(each)
            ],
            published=fullest([record.first("Date"), record.first("Year")]),
            venue=record.first("Journal", "Tertiary Title", "Secondary Title", "Publisher"),
            doi=record.first("DOI"),
            links=list(web("url", record.every("URL", "Link"))),
            keywords=terms(re.sub("；", ";", each) for each in record.every("Keywords")),
        ),
    )
