"""Reader for the plain text of the Web of Science, and of the tools that write as it does.

Each field is a line `TI On Ants` with a tag of two characters, longer ones go on in lines that
begin with three spaces, of authors a line each; a record goes from `PT J` to `ER`. See
https://images.webofknowledge.com/images/help/WOS/hs_wos_fieldtags.html.
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
from generator.sources.references import dated, fullest, group, terms
from generator.sources.tagged import Tagged, begins_near_top, parse

NAME = "web-of-science"
LABEL = "plain text of the Web of Science"

_LINE: Final = re.compile(r"\ufeff?([A-Z][A-Z0-9])(?:$|[ \t](.*))")
_START: Final = re.compile(r"^\ufeff?PT [A-Z]\w*\s*$", re.MULTILINE)
_SIGNS: Final = (r"^TI \S", r"^(?:AU|SO|PY) \S")


def detect(content: Content) -> bool:
    """Whether a record begins near the top, and has a title, and an author or a place."""
    return begins_near_top(content, _START, _SIGNS)


def read(content: Content) -> Reading:
    """Every record as a paper, whatever its type."""
    records = Records(content, NAME)
    # Lines that lost the spaces before them still go on with the field above.
    tagged, stray = parse(content.text, _LINE, _begins, re.compile(""), end="ER")
    for number, row in stray:
        records.remark(
            f"line {number}",
            f"expected a tag such as “TI ”, found “{row[:60]}”. The line was passed over; mend it.",
        )
    # Not `FN` and `VR` above, nor `EF` below.
    told = (
        (record.position, record) for record in tagged if record.first("PT") or record.first("TI")
    )
    return records.read_all(told, _add)


def _begins(record: Tagged, tag: str, after_empty: bool) -> bool:
    return tag == "PT"


def _add(records: Records, position: str, record: Tagged) -> None:
    def line(*tags: str) -> str:
        return " ".join(record.first(*tags).split())

    rows = record.first("AF", "AU").split("\n")
    signed = [name for row in rows for name in names.one_by_one(row)]
    groups = [group(each) for each in record.first("CA", "GP").split("\n")]
    people = [names.author(each) for each in signed if each.strip()]
    edited = record.first("BE", "ED").split("\n")
    records.add(
        position,
        RawRecord(
            title=line("TI"),
            abstract=line("AB"),
            authors=[*people, *groups] if any([*people, *groups]) else edited,
            published=_date(line("PY"), line("PD")) or fullest([line("EA"), line("CY")]),
            venue=line("SO", "SE", "CT"),
            publication=of_words(
                [line("DT"), _KINDS.get(line("PT"), "")],
                volume=line("VL"),
                issue=line("IS"),
                pages=line("BP"),
                last_page=line("EP"),
                number=line("AR"),
                publisher=line("PU"),
                issn=line("SN", "EI"),
                isbn=line("BN"),
                language=line("LA"),
            ),
            doi=line("DI", "D2"),
            keywords=terms(re.sub(r"\s*\n\s*", " ", each) for each in record.every("DE")),
            withdrawn="retracted" if re.search(r"Retracted Publication", line("DT")) else "",
        ),
    )


_KINDS: Final = {"J": "journal article", "C": "conference paper", "B": "book"}


def _date(year: str, rest: str) -> str:
    """`2024` and `MAY 14`, or `MAY-JUN`, whose first month counts."""
    month, _, day = rest.partition("-")[0].partition(" ")
    return dated(year, month.strip(), day.strip()) if year else ""
