"""Reader for Refer, the tagged lines that EndNote exports as `.enw`.

Each field is a line `%T On Ants`; a record begins with `%0 Journal Article` or behind an empty
line. See https://en.wikipedia.org/wiki/Refer_(software).
"""

from __future__ import annotations

import re
from typing import Final

from generator.sources import names
from generator.sources.content import Content
from generator.sources.identifiers import doi
from generator.sources.publications import of_words
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import fullest, terms, web
from generator.sources.tagged import Tagged, parse

NAME = "refer"
LABEL = "Refer or EndNote's tagged lines (.enw)"

_LINE: Final = re.compile(r"%([0-9A-Z@+!~<>^*#$&(?)/=\\\[\]])(?:$|\s(.*))")


def detect(content: Content) -> bool:
    """Whether the first line has a tag, and one of the next a title or an author."""
    if content.kind != "text":
        return False
    rows = [row for row in content.head.split("\n") if row.strip()]
    tags = [match[1] if match else "" for match in map(_LINE.match, rows[:20])]
    return any(tags[:1]) and bool({"T", "A", "J", "B"} & set(tags))


def read(content: Content) -> Reading:
    """Every reference as a paper, whatever its type."""
    records = Records(content, NAME)
    tagged, stray = parse(content.text, _LINE, _begins, re.compile(""))
    for number, row in stray:
        records.remark(f"line {number}", f"expected a tag such as “%T”, found “{row[:60]}”.")
    return records.read_all(((record.position, record) for record in tagged), _add)


def _begins(record: Tagged, tag: str, after_empty: bool) -> bool:
    return tag == "0" or (after_empty and bool(record.first("T")) and tag in "AT")


def _add(records: Records, position: str, record: Tagged) -> None:
    year, day = record.first("D"), record.first("8")
    title = record.first("T", "!")
    dois = list(filter(None, map(doi, record.every("R"))))
    records.add(
        position,
        RawRecord(
            title=title,
            abstract=record.first("X"),
            authors=[
                name
                for each in record.every("A") or record.every("E")
                for name in names.one_by_one(each)
            ],
            published=fullest([day if re.search(r"\d{4}", day) else f"{day} {year}"]),
            venue=record.first("J", "B"),
            publication=of_words(
                [record.first("0")],
                volume=record.first("V"),
                issue=record.first("N"),
                pages=record.first("P"),
                publisher=record.first("I"),
                place=record.first("C"),
                edition=record.first("7"),
                series=record.first("S"),
                language=record.first("G"),
            ),
            # `%R` is any number of a report or a library; only a DOI is known elsewhere.
            doi=next(iter(dois), ""),
            links=[*web("url", record.every("U")), *web("pdf", record.every(">"))],
            keywords=terms(record.every("K")),
        ),
    )
