"""Reader for MARC 21 as XML, the records of library catalogues, alone or within OAI-PMH and SRU.

See https://www.loc.gov/standards/marcxml/ and https://www.loc.gov/marc/bibliographic/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from generator.model.papers import Author
from generator.sources import identifiers, names
from generator.sources.content import Content
from generator.sources.elements import numbered, prose, xml_root
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import fullest, group, web

NAME = "marc"
LABEL = "MARC 21 of a library as XML (MARCXML)"

_ROOTS: Final = ("collection", "record", "OAI-PMH", "searchRetrieveResponse")
_NO_AUTHORS: Final = re.compile(r"edt|ed\b|editor|hrsg|ths|dgs|supervisor|advisor", re.IGNORECASE)


def detect(content: Content) -> bool:
    """Whether a field of data with a tag of three digits stands near the top."""
    return content.root in _ROOTS and bool(
        re.search(r"<(?:\w+:)?datafield\b[^<>]*\btag=[\"']\d{3}[\"']", content.head)
    )


def read(content: Content) -> Reading:
    """Every record with fields as a paper, whatever it describes."""
    records = Records(content, NAME)
    elements = xml_root(content, records).iter("record")
    with_fields = (_Marc(each) for each in elements if each.find("datafield") is not None)
    return records.read_all(numbered(with_fields), _add)


class _Marc:
    """One record: the values of its subfields."""

    def __init__(self, record: etree._Element) -> None:
        self._fields = list(record.iterfind("datafield"))

    def fields(self, *tags: str) -> list[dict[str, list[str]]]:
        """The fields with these tags, each as its subfields by their codes."""
        fields = []
        for field in self._fields:
            if field.get("tag") in tags:
                by_code: dict[str, list[str]] = {}
                for subfield in field.iterfind("subfield"):
                    by_code.setdefault(subfield.get("code", ""), []).append(prose(subfield))
                fields.append(by_code)
        return fields

    def values(self, tag: str, codes: str) -> Iterator[str]:
        """What the subfields say, without the punctuation that belongs before the next one."""
        for field in self.fields(tag):
            for code in codes:
                yield from filter(None, (each.strip(" /:;,=") for each in field.get(code, [])))


def _add(records: Records, position: str, marc: _Marc) -> None:
    titles = list(marc.values("245", "abnp"))
    numbers = [*marc.values("024", "a"), *marc.values("037", "a")]
    dates = [each for tag in ("264", "260", "269", "773") for each in marc.values(tag, "cdy")]
    years = [
        match[0] for match in (re.search(r"\d{4}(?:-\d\d(?:-\d\d)?)?", d) for d in dates) if match
    ]
    records.add(
        position,
        RawRecord(
            title=": ".join(titles),
            abstract="\n\n".join(marc.values("520", "a")),
            authors=list(_people(marc)),
            published=fullest(years),
            venue=next((v for codes in ("t", "p") for v in marc.values("773", codes)), ""),
            arxiv=next(filter(None, map(identifiers.arxiv, numbers)), ""),
            doi=next(filter(None, map(identifiers.doi, numbers)), ""),
            links=list(web("url", marc.values("856", "u"))),
            keywords=[each.rstrip(".") for tag in ("653", "650") for each in marc.values(tag, "a")],
        ),
    )


def _people(marc: _Marc) -> Iterator[Author | None]:
    people = marc.fields("100", "700")
    wrote = [one for one in people if not _NO_AUTHORS.search(" ".join(_role(one)))]
    for one in wrote or people:
        name = " ".join(one.get("a", [])[:1]).strip(" ,;")
        yield names.author(name.removesuffix(".") if re.search(r"\w{3}\.$", name) else name)
    for one in marc.fields("110", "710"):
        yield group(" ".join(one.get("a", [])[:1]).strip(" ,;."))


def _role(field: dict[str, list[str]]) -> list[str]:
    return [*field.get("e", []), *field.get("4", [])]
