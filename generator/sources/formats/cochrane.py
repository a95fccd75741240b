"""Reader for citations of the Cochrane Library as plain text.

A record begins with `Record #1 of 2`, each field is a line `TI: On Ants`, several authors are
several lines. What the library exports as RIS has the same line above each record.
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
from generator.sources.references import pubmed_name, pubmed_title, terms, web
from generator.sources.tagged import Tagged, begins_near_top, parse

NAME = "cochrane"
LABEL = "citations of the Cochrane Library as plain text"

_LINE: Final = re.compile(r"\ufeff?(Record #|[A-Z]{2,3}(?=: ))(?:: )?(.*)")
_START: Final = re.compile(r"^\ufeff?Record #\d+ of \d+\s*$", re.MULTILINE)
_HEADING: Final = re.compile(r"^- ([A-Z][\w ,/&-]{1,60}):?\n", re.MULTILINE)
_SIGNS: Final = (r"^TI: \S", r"^(?:ID|AU|SO|YR): \S")


def detect(content: Content) -> bool:
    """Whether a record begins near the top, and has a title, and an author or a place."""
    return begins_near_top(content, _START, _SIGNS)


def read(content: Content) -> Reading:
    """Every citation as a paper."""
    records = Records(content, NAME)
    tagged, _ = parse(content.text, _LINE, _begins, re.compile(""))
    # Not what stands above the first.
    told = ((record.position, record) for record in tagged if len(record.fields) > 1)
    return records.read_all(told, _add)


def _begins(record: Tagged, tag: str, after_empty: bool) -> bool:
    return tag == "Record #"


def _add(records: Records, position: str, record: Tagged) -> None:
    def line(*tags: str) -> str:
        return " ".join(record.first(*tags).split())

    people = (name for said in record.every("AU") for name in re.split(r"[;\n]|, ", said))
    records.add(
        position,
        RawRecord(
            title=pubmed_title(line("TI")),
            abstract=_HEADING.sub(r"\n\n\1: ", record.first("AB")),
            authors=[names.author(pubmed_name(name)) for name in people],
            published=line("YR"),
            venue=line("SO"),
            publication=of_words(
                [line("PT")],
                volume=line("VL"),
                issue=line("NO"),
                pages=line("PG"),
                publisher=line("PB"),
            ),
            doi=line("DOI"),
            links=list(web("url", record.every("US"))),
            keywords=[each.strip(" *") for each in terms(record.every("KY"))],
        ),
    )
