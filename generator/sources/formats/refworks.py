"""Reader for tagged text of RefWorks, which ProQuest, CNKI and others export too.

Each field is a line `T1 On Ants`, several authors are several lines, a record begins with its type,
`RT Journal Article`. See https://www.refworks.com/refworks2/help/RefWorks_Tagged_Format.htm.
"""

from __future__ import annotations

import re
from typing import Final

from generator.sources import names
from generator.sources.content import Content
from generator.sources.publications import of_words
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import fullest, terms, web
from generator.sources.tagged import Tagged, begins_near_top, parse

NAME = "refworks"
LABEL = "tagged text of RefWorks"

_LINE: Final = re.compile(r"\ufeff?([A-Z][A-Z0-9])(?:$| (?!- )(.*))")
_START: Final = re.compile(r"^\ufeff?RT \w", re.MULTILINE)
_SIGNS: Final = (r"^T1 \S", r"^(?:A1|JF|YR) \S")


def detect(content: Content) -> bool:
    """Whether a record begins near the top, and has a title, and an author or a place."""
    return begins_near_top(content, _START, _SIGNS)


def read(content: Content) -> Reading:
    """Every reference as a paper, whatever its type."""
    records = Records(content, NAME)
    tagged, stray = parse(content.text, _LINE, _begins, re.compile(""), end="ER")
    for number, row in stray:
        records.remark(
            f"line {number}",
            f"expected a tag such as “T1 ”, found “{row[:60]}”. The line was passed over; mend it.",
        )
    return records.read_all(((record.position, record) for record in tagged), _add)


def _begins(record: Tagged, tag: str, after_empty: bool) -> bool:
    return tag == "RT"


def _add(records: Records, position: str, record: Tagged) -> None:
    signed = record.every("A1") or record.every("A2", "A3")
    year, full = record.first("YR"), record.first("FD")
    records.add(
        position,
        RawRecord(
            title=record.first("T1", "OT"),
            abstract=record.first("AB"),
            authors=[name for each in signed for name in names.one_by_one(each)],
            published=fullest([full if re.search(r"\d{4}", full) else f"{full} {year}", year]),
            venue=record.first("JF", "T2", "JO", "PB"),
            publication=of_words(
                [record.first("RT")],
                volume=record.first("VO"),
                issue=record.first("IS"),
                pages=record.first("SP"),
                last_page=record.first("OP"),
                publisher=record.first("PB"),
                place=record.first("PP"),
                edition=record.first("ED"),
                language=record.first("LA"),
            ),
            doi=record.first("DO"),
            links=list(web("url", record.every("LK", "UL"))),
            keywords=terms(record.every("K1")),
        ),
    )
