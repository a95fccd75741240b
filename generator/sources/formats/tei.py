"""Reader for TEI: the header that GROBID makes of a paper, and the lists of HAL and Zotero.

See https://tei-c.org/guidelines/ and https://grobid.readthedocs.io/en/latest/TEI-encoding-of-results/.
The references at the end of a paper are papers of others; alone they are a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from generator.model.papers import Author
from generator.sources import names
from generator.sources.content import Content
from generator.sources.elements import every, first, numbered, prose, xml_root
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import fullest, group, person, web

NAME = "tei"
LABEL = "TEI, such as GROBID makes of a PDF and HAL exports"


def detect(content: Content) -> bool:
    """Whether TEI, or a list of references in it, is the root element."""
    return content.root in ("TEI", "teiCorpus", "listBibl") and (
        "<teiHeader" in content.head or "<bibl" in content.head
    )


def read(content: Content) -> Reading:
    """The paper of every header, or every reference of a list that is the document itself."""
    records = Records(content, NAME)
    return records.read_all(numbered(_records(xml_root(content, records))), _add)


def _records(root: etree._Element) -> list[etree._Element]:
    listed = root if root.tag == "listBibl" else root.find("text/body/listBibl")
    if listed is not None:
        return [each for each in listed if each.tag in ("biblFull", "biblStruct")]
    papers = [root] if root.tag == "TEI" else list(root.iterfind("TEI"))
    if not any(_title(paper) for paper in papers):  # GROBID's answer for references alone
        return list(root.iterfind(".//listBibl/biblStruct")) or papers
    return papers


_TITLES: Final = (
    *("teiHeader//sourceDesc/biblStruct/analytic/title", "sourceDesc/biblStruct/analytic/title"),
    *("analytic/title", "teiHeader/fileDesc/titleStmt/title", "titleStmt/title", "monogr/title"),
)
_VENUES: Final = (".//monogr/title", ".//monogr/meeting/title", ".//monogr/meeting")


def _title(record: etree._Element) -> str:
    return next(filter(None, (first(record, path) for path in _TITLES)), "")


def _add(records: Records, position: str, record: etree._Element) -> None:
    title = _title(record)
    scope = record.find("teiHeader") if record.tag == "TEI" else record
    scope = record if scope is None else scope
    numbers = {str(each.get("type", "")).lower(): prose(each) for each in scope.iterfind(".//idno")}
    venue = next(filter(None, (first(scope, path) for path in _VENUES)), "")
    dates = [each.get("when") or prose(each) for each in scope.iterfind(".//imprint/date")]
    dates += [each.get("when") or prose(each) for each in scope.iterfind(".//publicationStmt/date")]
    records.add(
        position,
        RawRecord(
            title=title,
            abstract=first(scope, ".//profileDesc/abstract"),
            authors=list(_people(scope)),
            published=fullest(dates),
            venue=venue if venue != title else "",
            publication=_place(scope),
            arxiv=numbers.get("arxiv", ""),
            doi=numbers.get("doi", ""),
            links=list(web("url", [each.get("target", "") for each in scope.iterfind(".//ptr")])),
            keywords=every(scope, ".//profileDesc/textClass/keywords//term"),
        ),
    )


def _place(scope: etree._Element) -> dict[str, str]:
    """`<biblScope unit="page" from="1" to="9"/>`, and the words in others of its kind."""
    said: dict[str, str] = {"publisher": first(scope, ".//imprint/publisher")}
    for each in scope.iterfind(".//imprint/biblScope"):
        start, end = each.get("from", ""), each.get("to", "")
        words = prose(each) or (f"{start}-{end}" if end and end != start else start)
        said.setdefault(str(each.get("unit") or each.get("type") or ""), words)
    return {
        "volume": said.get("volume", ""),
        "issue": said.get("issue", ""),
        "pages": said.get("page") or said.get("pp", ""),
        "publisher": said["publisher"],
    }


_PEOPLE: Final = (
    *(".//sourceDesc/biblStruct/analytic/author", ".//analytic/author", ".//titleStmt/author"),
    *(".//monogr/author", ".//monogr/editor"),
)


def _people(scope: etree._Element) -> Iterator[Author | None]:
    elements = next(filter(None, (scope.findall(path) for path in _PEOPLE)), [])
    for each in elements:
        ids = (n for n in each.iterfind("idno") if str(n.get("type", "")).upper() == "ORCID")
        orcid = next(map(prose, ids), "")
        given = " ".join([*every(each, "persName/forename"), *every(each, "forename")])
        family = first(each, "persName/surname") or first(each, "surname")
        if family:
            yield person(family=family, given=given, orcid=orcid)
        elif name := first(each, "persName") or first(each, "name"):
            yield names.author(name, orcid=orcid)
        else:
            yield group(first(each, "orgName") or ("" if len(each) else prose(each)))
