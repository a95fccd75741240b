"""Reader for MODS, the records of libraries: one, a `modsCollection`, or within METS or OAI-PMH.

See https://www.loc.gov/standards/mods/.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from generator.model.papers import Author
from generator.sources import names
from generator.sources.content import Content
from generator.sources.elements import every, first, numbered, prose, xml_root
from generator.sources.publications import of_words
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import fullest, group, person, web

NAME = "mods"
LABEL = "MODS of a library"

_ROOTS: Final = ("mods", "modsCollection")
_AUTHORS: Final = {"aut", "author", "cre", "creator", ""}
_EDITORS: Final = {"edt", "ed", "editor"}
_SUFFIX: Final = re.compile(r"(?:jr|sr|[ivx]+)\.?", re.IGNORECASE)
_LIFE: Final = re.compile(
    r"(?<![\[(,\s])[\[(,\s]*(?:\b(?:b|ca)\. ?)?\d{4}\??-(?:\d{4}\??)?[\])]?\.?$"
)


def detect(content: Content) -> bool:
    """Whether it is MODS, or an envelope with MODS within."""
    if content.root in _ROOTS:
        return True
    return content.root in ("mets", "OAI-PMH") and bool(
        re.search(r"<(?:\w+:)?mods[\s/>]", content.head)
    )


def read(content: Content) -> Reading:
    """Every record as a paper, whatever it describes."""
    records = Records(content, NAME)
    return records.read_all(numbered(xml_root(content, records).iter("mods")), _add)


def _add(records: Records, position: str, record: etree._Element) -> None:
    hosts = [each for each in record.iterfind("relatedItem") if each.get("type") == "host"]
    venues = (_title(host) for host in hosts)
    records.add(
        position,
        RawRecord(
            title=_title(record),
            abstract=first(record, "abstract"),
            authors=_people(record, _AUTHORS) or _people(record, _EDITORS),
            published=_date(record) or fullest(map(_date, hosts)),
            venue=next(filter(None, venues), ""),
            publication=_place([*hosts, record]),
            doi=_identifier(record, "doi"),
            arxiv=_identifier(record, "arxiv"),
            links=[
                *web("url", every(record, "location/url")),
                *web("url", filter(_is_web, [_identifier(record, "uri")])),
            ],
            keywords=every(record, "subject/topic"),
        ),
    )


def _place(records: list[etree._Element]) -> dict[str, object]:
    """Where in its host a work stands: `part`, which some have outside of `relatedItem`."""

    def said(path: str) -> str:
        return next(filter(None, (first(each, path) for each in records)), "")

    pages = "part/extent[@unit='{}']/{}"
    units = [unit for unit in ("page", "pages") if said(pages.format(unit, "start"))][:1]
    return of_words(
        [],
        volume=said("part/detail[@type='volume']/number"),
        issue=said("part/detail[@type='issue']/number"),
        pages=said(pages.format(*units, "start")) if units else "",
        last_page=said(pages.format(*units, "end")) if units else "",
        publisher=said("originInfo/publisher"),
    )


def _title(record: etree._Element) -> str:
    """The main title, else any other: abbreviated, alternative, translated, uniform."""
    titles = sorted(record.iterfind("titleInfo"), key=lambda title: bool(title.get("type")))
    for title in titles:
        article, main = first(title, "nonSort"), first(title, "title")
        parts = [*every(title, "partNumber"), *every(title, "partName")]
        if main:
            # The article may end in an apostrophe, as in French; a title from a card in a colon.
            joint = "" if article.endswith(("'", "’", "-")) else " "
            whole = f"{article}{joint}{main}".strip().rstrip(" :/")
            return ": ".join([whole, *every(title, "subTitle"), *parts])
    return ""


def _people(record: etree._Element, roles: set[str]) -> list[Author | None]:
    people = []
    for name in record.iterfind("name"):
        said = {role.lower().strip(" .") for role in every(name, "role/roleTerm")} or {""}
        if said & roles:
            people.append(_person(name))
    return [author for author in people if author]


def _person(name: etree._Element) -> Author | None:
    parts: dict[str, list[str]] = {}
    for part in name.iterfind("namePart"):
        parts.setdefault(part.get("type", ""), []).append(prose(part))
    whole = " ".join(parts.get("", [])) or first(name, "displayForm")
    if name.get("type") in ("corporate", "conference"):
        return group(whole)
    if parts.get("family"):
        titles = (each for each in parts.get("termsOfAddress", []) if _SUFFIX.fullmatch(each))
        return person(
            family=" ".join(parts["family"]),
            given=" ".join(parts.get("given", [])),
            suffix=next(titles, ""),
        )
    return names.author(_LIFE.sub("", whole))


def _date(record: etree._Element) -> str:
    """When it was issued, else its copyright, else when it was made; of a range the start."""
    for path in ("originInfo/dateIssued", "part/date", "originInfo/copyrightDate"):
        dates = [each for each in record.iterfind(path) if each.get("point") != "end"]
        encoded = [prose(each) for each in dates if each.get("encoding")]
        date = fullest(encoded) or fullest(map(prose, dates))
        if date:
            return date
    return fullest(every(record, "originInfo/dateCreated"))


def _identifier(record: etree._Element, kind: str) -> str:
    valid = (each for each in record.iterfind("identifier") if each.get("invalid") != "yes")
    return next((prose(each) for each in valid if each.get("type", "").lower() == kind), "")


def _is_web(address: str) -> bool:
    return address.startswith(("http://", "https://"))
