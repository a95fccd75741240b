"""Reader for RIS, which most journals and all reference managers export.

Each field is a line `TI  - On Ants`, a record goes from `TY  - JOUR` to `ER  - `; see
https://en.wikipedia.org/wiki/RIS_(file_format) and the specification it names. Files in use differ:
one space in place of two, no `TY` or no `ER`, abstracts on several lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from generator.sources import names
from generator.sources.content import Content
from generator.sources.identifiers import doi
from generator.sources.publications import of_ris
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import fullest, terms, web
from generator.sources.tagged import Tagged, parse

NAME = "ris"
LABEL = "RIS of a journal or a reference manager"

# With one space only known tags count: `II - the sequel` is a line of an abstract.
_TAGS: Final = (
    "TY|ER|A[1-4U]|T[1-3I]|CT|BT|ST|TT|AB|N[12]|DA|PY|Y[12]|J[12AFO]|VL|IS|SP|EP|DO|UR|L[1-4K]|KW|"
    "ID|PB|C[1-8NPY]|SN|M[1-3]|ED|ET|AD|AN|LA|DB|DP|RN|U[1-5]"
)
_LINE: Final = re.compile(
    rf"\s{{0,3}}((?:{_TAGS})(?=\s{{1,3}}-)|[A-Z][A-Z0-9](?=\s\s-))\s{{1,3}}-\s?(.*)"
)
_START: Final = re.compile(r"\s{0,3}TY\s{1,3}-\s?\w")
# What the Cochrane Library and others write above each record or the first.
_HEADING: Final = re.compile(
    r"Record #?\d+ of \d+|(?:Provider|Database|Content(?:-Type)?|Source|Date|Query|Search)\s*:",
    re.IGNORECASE,
)
_MEDLINE: Final = re.compile(r"^(?:PMID|FAU |OWN |STAT|PHST) ?- ?", re.MULTILINE)


def detect(content: Content) -> bool:
    """Whether a record begins near the top; where `TY` is missing, three tags must be there."""
    if content.kind != "text" or content.head[:1] in ("", "@", "%"):
        return False
    rows = [row for row in content.head.split("\n") if row.strip()]
    if any(map(_START.match, rows[:30])):
        return sum(bool(_LINE.match(row)) for row in rows[:300]) >= 2
    tags = {match[1] for match in map(_LINE.match, rows[:10]) if match}
    titled = bool(tags & {"TI", "T1"}) and bool(tags & {"AU", "A1", "PY", "Y1", "JO", "JF", "DO"})
    return titled and not _MEDLINE.search(content.head)


def read(content: Content) -> Reading:
    """Every reference as a paper, whatever its type."""
    records = Records(content, NAME)
    tagged, stray = parse(content.text, _LINE, _begins, re.compile(""), end="ER")
    before = -1
    for number, row in stray:
        if not _HEADING.match(row) and number > before + 1:
            records.remark(
                f"line {number}",
                f"expected a tag such as “TI  - ”, found “{row[:60]}” outside of any record. "
                "It and the lines that go on with it were passed over; remove them, or mend the "
                "record they belong to.",
            )
        before = number
    return records.read_all(((record.position, record) for record in tagged), _add)


def _begins(record: Tagged, tag: str, after_empty: bool) -> bool:
    return tag == "TY"


def _add(records: Records, position: str, record: Tagged) -> None:
    title = record.first("TI", "T1", "CT", "BT", "TT")
    if not title and record.first("TY") in ("BOOK", "EDBOOK", "CONF", "RPRT", "THES"):
        title = record.first("T2", "ST")
    venues = (venue for venue in record.every("JF", "T2", "BT", "C3", "JO", "JA", "J2", "J1"))
    preferred = record.first("JF", "T2", "BT", "C3")
    venue = preferred if preferred != title else next((v for v in venues if v != title), "")
    authors = _people(record.every("AU", "A1"))
    editors = _people(record.every("ED", "A2", "A3"))
    year = record.first("PY", "Y1")[:4]
    dates = record.every("DA", "Y1", "PY")
    # PubMed Central adds `2013/02/15/received`, which is not when it was published.
    dates = [date for date in dates if not re.search(r"/(?:received|accepted|revised)", date)]
    dates = [date if re.search(r"\d{4}", date) else f"{date} {year}" for date in dates]
    dois = [value for value in record.every("DO", "M3", "N1", "L3") if doi(value)]
    records.add(
        position,
        RawRecord(
            title=title,
            abstract=record.first("AB", "N2"),
            authors=authors or editors,
            published=fullest(dates),
            venue=venue or record.first("JO", "JA", "J2", "J1"),
            publication=of_ris(
                {tag: record.first(tag) for tag in _PUBLICATION},
                editors if authors else (),
            ),
            doi=next(iter(dois), record.first("DO")),
            links=[
                *web("url", record.every("UR", "LK", "L2")),
                *web("pdf", record.every("L1")),
            ],
            keywords=terms(record.every("KW")),
        ),
    )


def _people(values: Iterable[str]) -> list[str]:
    """The names; Embase writes `Marsh N.P.`, the family name first as everywhere in RIS."""
    people = (name for each in dict.fromkeys(values) for name in names.one_by_one(each))
    return [_INITIALS.sub(r"\1, \2", name) for name in people]


_INITIALS: Final = re.compile(r"\A([^,.]*\w{2}) ((?:[A-Z]\.-?){1,4})\Z")


_PUBLICATION: Final = ["TY", "M3", "VL", "IS", "SP", "EP", "M1", "PB", "CY", "ET", "T3", "SN", "LA"]
