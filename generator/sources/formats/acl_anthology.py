"""Reader for the XML of the ACL Anthology: a collection of volumes, each with its papers.

The format is that of https://github.com/acl-org/acl-anthology, `data/xml/schema.rnc`. Each `paper`
is a record; a volume's `frontmatter`, its cover and preface, is none.
"""

from __future__ import annotations

from lxml import etree

from generator.model.papers import Author
from generator.sources import names
from generator.sources.content import Content
from generator.sources.elements import first, prose, xml_root
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "acl-anthology"
LABEL = "the ACL Anthology's XML"


def detect(content: Content) -> bool:
    """Whether it is a collection with volumes."""
    return content.root == "collection" and "<volume" in content.head


def read(content: Content) -> Reading:
    """Every paper of every volume."""
    records = Records(content, NAME)
    root = xml_root(content, records)
    collection = root.get("id", "")
    for paper in root.iter("paper"):  # in broken XML also one within another
        number = paper.get("id", "0")
        with records.record(f"paper {number}"):
            volume = next(paper.iterancestors("volume"), None)
            if volume is None:
                records.refuse(f"paper {number}", "the paper is in no volume. Put it into one.")
            else:
                _add(records, paper, volume, _id(collection, volume.get("id", ""), number))
    return records.reading()


def _add(records: Records, paper: etree._Element, volume: etree._Element, known: str) -> None:
    url = first(paper, "url")
    gone = paper.find("retracted") is not None, paper.find("removed") is not None
    records.add(
        known,
        RawRecord(
            title=prose(paper.find("title")),
            abstract=prose(paper.find("abstract")),
            authors=[_author(author) for author in paper.iterfind("author")],
            published=_date(paper, volume),
            venue=first(paper, "journal") or first(volume, "meta/booktitle"),
            doi=first(paper, "doi"),
            anthology=known,
            links=[("pdf", url)] if "//" in url else [],
            withdrawn="retracted" if gone[0] else "withdrawn" if gone[1] else "",
        ),
    )


def _id(collection: str, volume: str, paper: str) -> str:
    """`P08-1001` of P08, 1, 1; `W05-0203` of W05, 2, 3; `2020.acl-main.1` of the new style."""
    if not collection[:1].isalpha():
        return f"{collection}-{volume}.{paper}"
    if collection[0] == "W" or len(volume) > 1:  # workshops, of which there are many a year
        return f"{collection}-{volume.zfill(2)}{paper.zfill(2)}"
    return f"{collection}-{volume}{paper.zfill(3)}"


def _author(author: etree._Element) -> Author | None:
    given, family = first(author, "first"), first(author, "last")
    name = f"{given} {family}".strip() or prose(author)
    return names.author(name, family=family if given else "", orcid=author.get("orcid", ""))


def _date(paper: etree._Element, volume: etree._Element) -> str:
    year = first(paper, "year") or first(volume, "meta/year")
    month = first(paper, "month") or first(volume, "meta/month")
    return f"{month} {year}".strip() if year else ""
