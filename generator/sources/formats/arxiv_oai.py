"""Reader for OAI-PMH of arXiv: ListRecords and GetRecord as `arXiv`, `arXivRaw` or `oai_dc`.

The protocol is http://www.openarchives.org/OAI/openarchivesprotocol.html, arXiv's formats are
described in https://info.arxiv.org/help/oa/index.html. A `resumptionToken`, which says that there
is more to harvest, means nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from generator.model.papers import Author
from generator.sources import arxiv, identifiers, names
from generator.sources.content import Content
from generator.sources.elements import every, first, xml_root
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "arxiv-oai"
LABEL = "records of arXiv harvested by OAI-PMH"

_OF_ARXIV = re.compile(
    r"oai:arxiv\.org:|<(?:\w+:)?request\b[^<]*>\s*https?://(?:[\w-]+\.)*arxiv\.org/"
    r"|http://arxiv\.org/OAI/arXiv",
    re.IGNORECASE,
)
_ROOTS = ("OAI-PMH", "ListRecords", "GetRecord", "record", "arXiv", "arXivRaw")
_FORMATS = ("arXiv", "arXivRaw", "dc")


def detect(content: Content) -> bool:
    """Whether it is an answer of OAI-PMH, or a record out of one, and arXiv's."""
    return content.root in _ROOTS and bool(_OF_ARXIV.search(content.head))


def read(content: Content) -> Reading:
    """Every record of the answer; deleted ones are refused."""
    records = Records(content, NAME)
    root = xml_root(content, records)
    for error in root.iter("error"):
        code, said = error.get("code", "unknown"), (error.text or "").strip()
        records.remark("", f"expected records, found arXiv's error {code}: “{said}”. Ask again.")
    elements = [root] if root.tag in _FORMATS else list(root.iter("record"))
    for number, record in enumerate(elements, 1):
        with records.record(f"record {number}"):
            _read(records, f"record {number}", record)
    if not elements and root.find(".//error") is None:
        records.remark(
            "", "expected records, found none. Ask arXiv with verb=ListRecords or verb=GetRecord."
        )
    return records.reading()


def _read(records: Records, position: str, record: etree._Element) -> None:
    header = record.find("header")
    stated = "" if header is None else first(header, "identifier")
    position = identifiers.arxiv(stated or first(record, "id")) or position
    if header is not None and header.get("status") == "deleted":
        records.refuse(
            position, "arXiv has deleted this record and says no more of it. Remove it here too."
        )
        return
    metadata = record if record.tag in _FORMATS else record.find("metadata/*")
    if metadata is None:
        records.refuse(
            position, "expected metadata of a paper, found none. Ask arXiv for the record again."
        )
    elif metadata.tag == "dc":
        _add_dublin_core(records, position, stated, metadata)
    elif metadata.tag in _FORMATS:
        _add(records, position, stated, metadata)
    else:
        records.refuse(
            position,
            f"expected metadata as arXiv, arXivRaw or oai_dc, found <{metadata.tag!s}>. "
            "Ask arXiv with another metadataPrefix.",
        )


def _add(records: Records, position: str, stated: str, metadata: etree._Element) -> None:
    """A record as `arXiv` or `arXivRaw`, which differ in how they write authors and dates."""
    comment, abstract = first(metadata, "comments"), first(metadata, "abstract")
    versions = metadata.findall("version")
    latest = versions[-1] if versions else None
    records.add(
        position,
        RawRecord(
            title=first(metadata, "title"),
            abstract=abstract,
            authors=_authors(metadata),
            published=first(metadata, "created") or _first_version(metadata),
            version=latest.get("version") if latest is not None else None,
            revised=first(latest, "date") if latest is not None else first(metadata, "updated"),
            venue=first(metadata, "journal-ref"),
            arxiv=first(metadata, "id") or stated,
            doi=_one_doi(first(metadata, "doi")),
            links=arxiv.links(comment),
            categories=first(metadata, "categories").split(),
            withdrawn=arxiv.withdrawn(comment, abstract),
        ),
    )


def _first_version(metadata: etree._Element) -> str:
    return first(metadata, "version[@version='v1']/date") or first(metadata, "version/date")


def _one_doi(text: str) -> str:
    """The first of several DOIs that stand one after another."""
    return next(iter(text.split()), "")


def _authors(metadata: etree._Element) -> Iterator[Author | str | None]:
    for author in metadata.iterfind("authors/author"):
        family, given = first(author, "keyname"), first(author, "forenames")
        name, suffix = f"{given} {family}".strip(), first(author, "suffix")
        yield names.author(f"{name}, {suffix}" if suffix else name, family=family)
    if metadata.find("authors/author") is None:
        yield from signatures(first(metadata, "authors"))


def signatures(line: str) -> list[str]:
    """The names in arXivRaw's line of authors, without what stands in parentheses.

    `A. Ant, B. Bee Jr. and C. Cow (1 and 2) ((1) Here, (2) There)` → `A. Ant`, `B. Bee Jr.`,
    `C. Cow`. A collaboration and its members are told apart by a colon.
    """
    line = " ".join(_outside_parentheses(line).split())
    line = re.sub(r"(collaborations?) ?:", r"\1,", line, flags=re.IGNORECASE)
    signed: list[str] = []
    for part in re.split(r"[,;] ?and |[,;]| and ", line):
        name = part.strip()
        if signed and re.fullmatch(r"(?:jr|sr|ii|iii|iv)\.?", name, re.IGNORECASE):
            signed[-1] += f", {name}"
        elif name:
            signed.append(name)
    return signed


def _outside_parentheses(line: str) -> str:
    """The text without what stands in parentheses, or in parentheses within these."""
    pieces, opened = [""], [0]
    for piece in re.split(r"([()])", line):
        if piece == "(":
            opened.append(len(pieces))
        if piece == ")" and len(opened) > 1:
            del pieces[opened.pop() :]
            piece = " "
        pieces.append(piece)
    return "".join(pieces)


def _add_dublin_core(
    records: Records, position: str, stated: str, metadata: etree._Element
) -> None:
    """A record as `oai_dc`: each version gives a date, and a comment is a second description."""
    abstract, *comments = every(metadata, "description") or [""]
    comment = " ".join(comments).removeprefix("Comment:").strip()
    named = every(metadata, "identifier")
    addresses = [text for text in named if re.match(r"https?://", text)]
    dois = [text for text in named if identifiers.doi(text)]
    citations = [text for text in named if text not in addresses and text not in dois]
    records.add(
        position,
        RawRecord(
            title=first(metadata, "title"),
            abstract=abstract,
            authors=every(metadata, "creator"),
            published=min(every(metadata, "date"), default=""),
            venue=next(iter(citations), ""),
            arxiv=stated or next(filter(identifiers.arxiv, addresses), ""),
            doi=next(iter(dois), ""),
            links=arxiv.links(comment),
            keywords=every(metadata, "subject"),
            withdrawn=arxiv.withdrawn(comment, abstract),
        ),
    )
