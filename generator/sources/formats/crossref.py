"""Reader for Crossref's XML, “Unixref”; its JSON is read as CSL-JSON.

See https://www.crossref.org/documentation/schema-library/. Of each DOI there is one element of its
kind (`journal_article`, `conference_paper`, …) within those of the journal or the proceedings.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from generator.model.papers import Author
from generator.sources.content import Content
from generator.sources.elements import first, prose, xml_root
from generator.sources.publications import of_words
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import dated, fullest, group, person, web

NAME = "crossref"
LABEL = "Crossref's XML (Unixref)"

_WORKS: Final = (
    *("journal_article", "conference_paper", "content_item", "posted_content", "dissertation"),
    *("report-paper_metadata", "report-paper_series_metadata", "dataset", "standard_metadata"),
    *("book_metadata", "book_series_metadata", "book_set_metadata"),
)
_VENUES: Final = (
    "journal/journal_metadata/full_title",
    "conference/proceedings_metadata/proceedings_title",
    "conference/proceedings_series_metadata/proceedings_title",
    "conference/event_metadata/conference_name",
)


def detect(content: Content) -> bool:
    """Whether records of DOIs, or Crossref's answer with them, are the root element."""
    if content.root in ("doi_records", "doi_record"):
        return True
    return content.root == "crossref_result" and bool(re.search("<doi_record", content.head))


def read(content: Content) -> Reading:
    """The work of every DOI as a paper."""
    records = Records(content, NAME)
    elements = list(xml_root(content, records).iter("doi_record"))
    for number, record in enumerate(elements, 1):
        position = f"record {number}"
        with records.record(position):
            works = (work for name in _WORKS for work in record.iter(name))
            work = next(works, None)
            if work is None:
                records.refuse(position, "the record has no work that is known. Remove it.")
            else:
                _add(records, position, record, work)
    return records.reading()


def _add(records: Records, position: str, record: etree._Element, work: etree._Element) -> None:
    title, subtitle = first(work, "titles/title"), first(work, "titles/subtitle")
    book = first(record, ".//book_metadata/titles/title") if work.tag == "content_item" else ""
    venue = next(filter(None, (first(record, f".//{path}") for path in _VENUES)), "")
    dates = [*work.iterfind("publication_date"), *work.iterfind("posted_date")]
    dates = dates or list(work.iterfind("approval_date"))
    records.add(
        position,
        RawRecord(
            title=f"{title}: {subtitle}" if title and subtitle else title,
            abstract=first(work, "abstract"),
            authors=_people(work, "author") or _people(work, "editor"),
            published=fullest(
                dated(first(date, "year"), first(date, "month"), first(date, "day"))
                for date in dates
            ),
            venue=venue or book,
            publication=of_words(
                [_KINDS.get(str(work.tag), "")],
                volume=first(record, ".//journal_issue/journal_volume/volume"),
                issue=first(record, ".//journal_issue/issue"),
                pages=first(work, "pages/first_page"),
                last_page=first(work, "pages/last_page"),
                publisher=first(record, ".//publisher/publisher_name"),
            ),
            doi=first(work, "doi_data/doi"),
            links=[*web("url", [first(work, "doi_data/resource")])],
        ),
    )


_KINDS: Final = {
    "journal_article": "journal article",
    "conference_paper": "conference paper",
    "dissertation": "dissertation",
    "posted_content": "preprint",
    "report-paper_metadata": "report",
    "dataset": "dataset",
    "content_item": "book chapter",
    "book_metadata": "book",
}


def _people(work: etree._Element, role: str) -> list[Author | None]:
    people: list[Author | None] = []
    for each in [*work.iterfind("contributors/*"), *work.iterfind("person_name")]:
        if each.get("contributor_role") != role:
            continue
        if each.tag == "organization":
            people.append(group(prose(each)))
        else:
            people.append(
                person(
                    family=first(each, "surname"),
                    given=first(each, "given_name"),
                    suffix=first(each, "suffix"),
                    orcid=first(each, "ORCID"),
                )
            )
    return people
