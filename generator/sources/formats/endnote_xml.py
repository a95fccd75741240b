"""Reader for the XML that EndNote exports: `xml/records/record`, texts wrapped in `style`.

See https://docs.endnote.com for the fields; no schema of it is published.
"""

from __future__ import annotations

import re

from lxml import etree

from generator.sources import names
from generator.sources.content import Content
from generator.sources.elements import every, first, numbered, xml_root
from generator.sources.identifiers import doi
from generator.sources.publications import of_words
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import fullest, terms, web

NAME = "endnote-xml"
LABEL = "XML of EndNote"


def detect(content: Content) -> bool:
    """Whether records with a `ref-type` or `contributors` stand in the element `xml`."""
    if content.root not in ("xml", "records"):
        return False
    record = re.search(r"<record\b[^<>]*>", content.head)
    return bool(record and re.search(r"<(?:ref-type|contributors)\b", content.head[record.end() :]))


def read(content: Content) -> Reading:
    """Every reference as a paper, whatever its type."""
    records = Records(content, NAME)
    return records.read_all(numbered(xml_root(content, records).iter("record")), _add)


def _add(records: Records, position: str, record: etree._Element) -> None:
    signed = every(record, "contributors/authors/author")
    authors = [name for each in signed for name in names.one_by_one(each)]
    year = first(record, "dates/year")
    days = every(record, "dates/pub-dates/date")
    dates = [day if re.search(r"\d{4}", day) else f"{day} {year}" for day in days]
    number = first(record, "electronic-resource-num")
    records.add(
        position,
        RawRecord(
            title=first(record, "titles/title"),
            abstract=first(record, "abstract"),
            authors=authors or every(record, "contributors/secondary-authors/author"),
            published=fullest([*dates, year]),
            venue=first(record, "titles/secondary-title")
            or first(record, "periodical/full-title")
            or first(record, "titles/alt-title"),
            publication=of_words(
                [each.get("name", "") for each in record.iterfind("ref-type")],
                volume=first(record, "volume"),
                issue=first(record, "number"),
                pages=first(record, "pages"),
                publisher=first(record, "publisher"),
                place=first(record, "pub-location"),
                edition=first(record, "edition"),
                language=first(record, "language"),
            ),
            # The field holds numbers of other kinds too; only a DOI is known elsewhere.
            doi=doi(number),
            links=[
                *web("url", every(record, "urls/web-urls/url")),
                *web("url", every(record, "urls/related-urls/url")),
                *web("url", every(record, "urls/text-urls/url")),
                *web("pdf", every(record, "urls/pdf-urls/url")),
            ],
            keywords=terms(every(record, "keywords/keyword")),
        ),
    )
