"""Reader for PubMed's tagged text, which it saves as `.nbib` or shows as “PubMed format”.

Each field is a line `TI  - On Ants`, longer ones go on in indented lines, a record begins with its
`PMID`; see https://www.nlm.nih.gov/bsd/mms/medlineelements.html.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from generator.model.papers import Author
from generator.sources import names
from generator.sources.content import Content
from generator.sources.identifiers import doi
from generator.sources.publications import of_words
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import fullest, group, pubmed_name, pubmed_title, terms
from generator.sources.tagged import Tagged, parse

NAME = "nbib"
LABEL = "PubMed's tagged text (.nbib)"

_LINE: Final = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}-(?: ?(.*))$")
_SIGNS: Final = re.compile(
    r"^(PMID|PMC |OWN |STAT|FAU |PHST|DCOM|EDAT|MHDA|CRDT|LID |AID |JID |JT  |TA  |DEP |PST ) ?-",
    re.MULTILINE,
)


def detect(content: Content) -> bool:
    """Whether it has two of the tags that PubMed alone uses, one of them in its first lines."""
    if content.kind != "text" or re.search(r"^TY\s{1,2}- ?\w", content.head, re.MULTILINE):
        return False
    top = "\n".join(content.head.split("\n")[:10])
    return bool(_SIGNS.search(top)) and len(set(_SIGNS.findall(content.head))) >= 2 - bool(
        re.match(r"PMID ?- ?\d+\n", content.head)
    )


def read(content: Content) -> Reading:
    """Every record as a paper."""
    records = Records(content, NAME)
    tagged, stray = parse(content.text, _LINE, _begins, re.compile(r"\s"))
    for number, row in stray:
        records.remark(
            f"line {number}",
            f"expected a tag such as “TI  - ”, or spaces before what goes on, found "
            f"“{row[:60]}”. The line was passed over; mend it.",
        )
    return records.read_all(((record.position, record) for record in tagged), _add)


def _begins(record: Tagged, tag: str, after_empty: bool) -> bool:
    """A `PMID` begins one; in what ERIC gives, which has none, the `OWN` behind a title does."""
    if tag == "PMID":
        return after_empty or bool(record.first("PMID", "TI"))
    return tag == "OWN" and bool(record.first("TI"))


def _add(records: Records, position: str, record: Tagged) -> None:
    number = record.first("PMID")
    if number.isdigit():
        position = f"PMID {number}"
    types = record.every("PT")
    if "Retraction of Publication" in types or "Retraction Notice" in types:
        records.remark(position, "this is the notice of a retraction, not the paper retracted.")
    ids = [value for value in record.every("LID", "AID") if "[doi]" in value and doi(value)]
    source = re.search(r"doi:\s*(\S+)", record.first("SO"))
    title = record.first("TI", "BTI", "CTI", "TT")
    venue = record.first("JT", "TA", "BTI", "CTI")
    records.add(
        position,
        RawRecord(
            title=pubmed_title(title),
            abstract="\n\n".join(record.every("AB")) or record.first("OAB"),
            authors=_authors(record),
            published=fullest([*record.every("DP"), *record.every("DEP")]),
            venue=venue if venue != title else "",
            publication=of_words(
                types,
                volume=record.first("VI"),
                issue=record.first("IP"),
                pages=record.first("PG"),
                publisher=record.first("PB"),
                language=record.first("LA"),
            ),
            doi=doi(ids[0]) if ids else doi(source[1]) if source else "",
            keywords=terms(record.every("OT") or [_heading(each) for each in record.every("MH")]),
            withdrawn="retracted" if "Retracted Publication" in types else "",
        ),
    )


def _authors(record: Tagged) -> list[Author | None]:
    """`FAU` is the full name of the `AU` below it; `AUID` belongs to the author above."""
    people: list[Author | None] = []
    full = False
    for tag, value in record.fields:
        if tag == "FAU" and value:
            people.append(names.author(value))
            full = True
        elif tag == "AU":
            if not full and value:
                people.append(names.author(pubmed_name(value)))
            full = False
        elif tag == "CN" and value:
            people.append(group(value))
        elif tag == "AUID" and people and people[-1] and "ORCID" in value.upper():
            identified = names.author("x", orcid=value)
            people[-1] = replace(people[-1], orcid=identified.orcid if identified else "")
    return people or [names.author(value) for value in record.every("FED", "ED")]


def _heading(value: str) -> str:
    """`*Ants/physiology` of the subject headings is about `Ants`."""
    return value.partition("/")[0].strip("* ")
