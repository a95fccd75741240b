"""Readers for Zotero: the JSON of its API and of Better BibTeX, and its RDF.

See https://www.zotero.org/support/dev/web_api/v3/basics; no schema of the RDF is published.
Attachments, notes and annotations belong to items and are none themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from lxml import etree

from generator.model.papers import Author
from generator.sources import identifiers
from generator.sources.content import Content
from generator.sources.elements import every, first, xml_root
from generator.sources.fields.names import TYPE_OF, key
from generator.sources.json_paths import Record
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import group, mappings, person, text, web
from generator.sources.shapes import Shape

_PARTS: Final = ("attachment", "note", "annotation")
_OTHERS: Final = (
    *("editor", "seriesEditor", "translator", "contributor", "reviewedAuthor", "bookAuthor"),
    *("recipient", "interviewer", "commenter", "sponsor", "cosponsor", "castMember"),
)
"""Who had a part in an item and did not write it."""


def _prepared(item: Record) -> Record:
    """An item with its authors, and the ids that stand in `extra`: `arXiv: 2508.03686 [cs.CL]`."""
    creators = mappings(item.get("creators"))
    wrote = [one for one in creators if text(one.get("creatorType")) not in _OTHERS]
    edited = [one for one in creators if text(one.get("creatorType")) == "editor"]
    people = [
        one if text(one.get("lastName")) else group(text(one.get("name")))
        for one in wrote or edited
    ]
    return {**item, "creators": people} | _extra(item)


def _extra(item: Mapping[str, Any]) -> dict[str, str]:
    extra = text(item.get("extra"))
    said = [text(item.get("archiveID")), *extra.split("\n")]
    arxiv = next(filter(None, map(identifiers.arxiv, said)), "")
    doi = re.search(r"^DOI:\s*(10\.\S+)", extra, re.MULTILINE | re.IGNORECASE)
    return {"arxiv": arxiv, "doi": text(item.get("DOI")) or (doi[1] if doi else "")}


ZOTERO: Final = Shape(
    NAME="zotero",
    LABEL="items of Zotero as JSON, of its API or Better BibTeX",
    signs=(
        ("itemType", "creators"),
        ("itemType", "key"),
        ("data.itemType",),
        ("itemType", "title"),
    ),
    within=("data",),
    prepared=_prepared,
    told=("DOI", "extra", "archiveID", "itemType", "key", "version"),
    is_part=lambda item: text(item.get("itemType")) in _PARTS,
    abstract=("abstractNote",),
    authors=("creators",),
    published=("date",),
    venue=(
        *("publicationTitle", "proceedingsTitle", "conferenceName", "bookTitle", "university"),
        *("institution", "blogTitle", "websiteTitle"),
    ),
    arxiv=("arxiv",),
    url=("url",),
    keywords=("tags.tag", "tags"),
    type=("itemType",),
    volume=("volume",),
    issue=("issue",),
    pages=("pages",),
    number=("reportNumber",),
    publisher=("publisher",),
    isbn=("ISBN",),
    issn=("ISSN",),
    language=("language",),
)


class _Rdf:
    """A library of Zotero as RDF: an element an item, named after its kind, with `itemType`."""

    NAME = "zotero-rdf"
    LABEL = "a library of Zotero as RDF"

    def detect(self, content: Content) -> bool:
        """Whether an item of Zotero stands near the top."""
        return content.root == "RDF" and bool(re.search(r"<z:itemType>", content.head))

    def read(self, content: Content) -> Reading:
        """Every item as a paper, whatever its type."""
        records = Records(content, self.NAME)
        root = xml_root(content, records)
        places = {each.get("about"): each for each in root if each.get("about")}
        items = [each for each in root if first(each, "itemType") not in ("", *_PARTS)]
        for number, item in enumerate(items, 1):
            with records.record(f"record {number}"):
                _add(records, f"record {number}", item, places)
        return records.reading()


ZOTERO_RDF: Final = _Rdf()


def _add(
    records: Records,
    position: str,
    item: etree._Element,
    places: Mapping[str | None, etree._Element],
) -> None:
    held = [*item.iterfind("isPartOf/*")]
    referred = [places.get(each.get("resource")) for each in item.iterfind("isPartOf")]
    held += [place for place in referred if place is not None]
    books = [place for place in held if place.tag != "Series"]
    places_named = [*books, *item.iterfind("presentedAt/*"), *held]
    # The DOI of an article may stand in its journal, where several articles may have theirs.
    inside = [name for place in held for name in every(place, "identifier")]
    dois = list(filter(None, map(identifiers.doi, inside)))
    named = [*every(item, "identifier"), *(inside if len(set(dois)) == 1 else [])]
    said = [*every(item, "description"), *every(item, "number"), *every(item, "coverage")]
    records.add(
        position,
        RawRecord(
            title=first(item, "title"),
            abstract=first(item, "abstract"),
            authors=[*_people(item, "authors")] or [*_people(item, "editors")],
            published=first(item, "date"),
            venue=next(filter(None, (first(place, "title") for place in places_named)), "")
            or first(item, "publisher/Organization/name"),
            publication={
                "type": TYPE_OF.get(key(first(item, "itemType")), ""),
                "volume": _within(held, "volume"),
                "issue": _within(held, "number"),
                "pages": first(item, "pages"),
                "language": first(item, "language"),
            },
            arxiv=next(filter(None, map(identifiers.arxiv, said)), ""),
            doi=next(filter(None, map(identifiers.doi, named)), ""),
            links=[
                *web("url", every(item, "identifier/URI/value")),
                *web("url", [item.get("about", "")] if "://" in item.get("about", "") else []),
            ],
            keywords=[*every(item, "subject/AutomaticTag/value"), *_plain(item)],
        ),
    )


def _within(places: list[etree._Element], name: str) -> str:
    return next(filter(None, (first(place, name) for place in places)), "")


def _plain(item: etree._Element) -> Iterator[str]:
    """Tags that a person gave, which stand in the element itself."""
    return (first(each, ".") for each in item.iterfind("subject") if not len(each))


def _people(item: etree._Element, role: str) -> Iterator[Author | None]:
    for each in item.iterfind(f"{role}/Seq/li/Person"):
        family, given = first(each, "surname"), first(each, "givenName") or first(each, "givenname")
        yield person(family=family, given=given) if given else group(family)
