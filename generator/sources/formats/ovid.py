"""Reader for citations of Ovid as text.

A record begins with its number, `<1>` or `<1. >`. A field is a heading, a word or a tag, with
indented lines below it; or it is a line `TI  - On Ants`.
"""

from __future__ import annotations

import re
from typing import Final

from generator.sources import names
from generator.sources.content import Content
from generator.sources.identifiers import doi
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import fullest, pubmed_name, pubmed_title, terms
from generator.sources.tagged import Tagged, parse

NAME = "ovid"
LABEL = "citations of Ovid as text"

_NUMBER: Final = re.compile(r"<\d{1,6}(?:\. ?)?>\s*$")
_LINE: Final = re.compile(
    r"(<\d{1,6}(?:\. ?)?>|[A-Z]{2}(?=  - )|[A-Z][A-Za-z/() -]{1,40}?(?=[.:]?\s*$))"
    r"(?:  - (.*)|[.:]?\s*$)"
)
_HEADINGS: Final = {
    **{"title": "TI", "authors": "AU", "author": "AU", "abstract": "AB", "source": "SO"},
    **{"year of publication": "YR", "publication year": "YR", "date of publication": "DP"},
    **{
        "digital object identifier": "DO",
        "doi": "DO",
        "doi number": "DO",
        "keyword heading": "KW",
        "keywords": "KW",
    },
    **{
        "author keywords": "KW",
        "journal name": "JN",
        "author/editor": "AU",
        "original title": "TO",
    },
    **{"subject headings": "MH", "mesh subject headings": "MH", "publication date": "DP"},
    **{"book title": "JN", "institution": "IN", "journal": "JN"},
}


def detect(content: Content) -> bool:
    """Whether a number alone begins it, and a heading for a title comes below."""
    if content.kind not in ("text", "xml"):  # `<1>` looks like XML, and is none
        return False
    rows = [row for row in content.head.split("\n")[:200] if row.strip()]
    start = next((place for place, row in enumerate(rows[:10]) if _NUMBER.match(row)), None)
    return start is not None and any(_tag(row) == "TI" for row in rows[start:])


def _tag(row: str) -> str:
    match = _LINE.match(row)
    return _HEADINGS.get(match[1].lower(), match[1].upper()) if match else ""


def read(content: Content) -> Reading:
    """Every citation as a paper."""
    records = Records(content, NAME)
    tagged, _ = parse(content.text, _LINE, _begins, re.compile(r"\s"))
    told = (
        (record.position, _told(record)) for record in tagged if record.fields[0][0].startswith("<")
    )
    return records.read_all(told, _add)


def _begins(record: Tagged, tag: str, after_empty: bool) -> bool:
    return tag.startswith("<")


def _told(record: Tagged) -> Tagged:
    fields = [(_HEADINGS.get(name.lower(), name.upper()), value) for name, value in record.fields]
    return Tagged(record.line, fields)


def _add(records: Records, position: str, record: Tagged) -> None:
    record = _told(record)
    source = " ".join(record.first("SO").split())
    years = re.findall(
        r"(?:\b[A-Z][a-z]{2} )?\b(?:19|20)\d\d(?: [A-Z][a-z]{2}(?: \d{1,2})?)?\b", source
    )
    status = re.search(r"\d{1,2} \w+ \d{4}", record.first("STATUS"))
    dates = [record.first("DP"), record.first("YR"), *years[-1:], status[0] if status else ""]
    numbers = [*record.every("DO"), source]
    records.add(
        position,
        RawRecord(
            title=pubmed_title(_KIND.sub("", " ".join(record.first("TI", "TO").split()))),
            abstract=record.first("AB"),
            authors=[names.author(pubmed_name(name)) for name in _people(record)],
            published=fullest(filter(None, dates)),
            venue=record.first("JN") or re.split(r"[.;]|\s\d", source)[0].strip(" ,"),
            doi=next(filter(None, map(doi, numbers)), ""),
            keywords=terms(
                part.strip(" *.") for value in record.every("KW") for part in value.split("\n")
            ),
        ),
    )


_KIND: Final = re.compile(
    r"(?<=\S)\.?\s*\[(?:Article|Review|Miscellaneous|Report)[^\[\]]*\]\.?$", re.I
)
# `[Inventor]`, `(1)`, `MD`, `1`, `+` behind a name
_MARKS: Final = re.compile(r"\s*[\[(].*|E-mail.*|(?:\s+(?:MD|PhD|MSc|MPH|\d{1,2}|[+*]))+$")


_AND: Final = re.compile(r"\.?(?:;|\n|\.  +)|(?<=[A-Z]{2})\.$")


def _people(record: Tagged) -> list[str]:
    """`Marsh N; Berg OK.`, or `Marsh, Nora.  Berg, Otto K.` with two spaces between."""
    parts = [part for said in record.every("AU") for part in _AND.split(said)]
    people = [_MARKS.sub("", " ".join(part.split())) for part in parts]
    return [_stopped(name) for name in people if name]


def _stopped(name: str) -> str:
    """A name without the full stop that ends the list: `Marsh NP.`, `Berg, Otto.`, not `Lee, A.`"""
    ends = re.search(r"\w{3}\.\Z", name) or (
        "," not in name and re.search(r"\w [A-Z]{1,4}\.\Z", name)
    )
    return name[:-1] if ends else name
