"""Reader for PubMed's XML: a `PubmedArticleSet`, or one article or book of it.

See https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html.
"""

from __future__ import annotations

from collections.abc import Iterator
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
from generator.sources.references import dated, fullest, group, person, pubmed_title

NAME = "pubmed-xml"
LABEL = "PubMed's XML"

_RECORDS: Final = ("PubmedArticle", "PubmedBookArticle")
_ROOTS: Final = ("PubmedArticleSet", "MedlineCitationSet", "MedlineCitation", *_RECORDS)


def detect(content: Content) -> bool:
    """Whether the root element is one of PubMed's."""
    return content.root in _ROOTS


def read(content: Content) -> Reading:
    """Every article or book as a paper."""
    records = Records(content, NAME)
    root = xml_root(content, records)
    elements = list(root.iter(*_RECORDS)) or root.iter("MedlineCitation")
    return records.read_all(numbered(elements), _read)


def _read(records: Records, position: str, record: etree._Element) -> None:
    citation = record if record.tag == "MedlineCitation" else record.find("MedlineCitation")
    if citation is None:
        citation = record.find("BookDocument")
    if citation is None:
        records.refuse(position, "the record has no “MedlineCitation”. Add it.")
        return
    identifier = first(citation, "PMID")
    _add(records, f"PMID {identifier}" if identifier else position, record, citation)


def _add(records: Records, position: str, record: etree._Element, citation: etree._Element) -> None:
    article = citation.find("Article")
    if article is None:
        article = citation  # a book has what an article has, without the element around it
    types = every(article, ".//PublicationType")
    if "Retraction of Publication" in types or "Retraction Notice" in types:
        records.remark(position, "this is the notice of a retraction, not the paper retracted.")
    title = first(article, "ArticleTitle") or first(article, "Book/BookTitle")
    venue = first(article, "Journal/Title") or first(article, "Book/BookTitle")
    headings = every(citation, "MeshHeadingList/MeshHeading/DescriptorName")
    records.add(
        position,
        RawRecord(
            title=pubmed_title(title) or first(article, "VernacularTitle"),
            abstract=_abstract(article),
            authors=list(_authors(article)),
            published=fullest(_dates(article)),
            venue=(venue or first(citation, "MedlineJournalInfo/MedlineTA"))
            if venue != title
            else "",
            publication=of_words(
                types,
                volume=first(article, "Journal/JournalIssue/Volume"),
                issue=first(article, "Journal/JournalIssue/Issue"),
                pages=first(article, "Pagination/MedlinePgn")
                or first(article, "Pagination/StartPage"),
                last_page=first(article, "Pagination/EndPage"),
                publisher=first(article, "Book/Publisher/PublisherName"),
                issn=first(article, "Journal/ISSN"),
                language=first(article, "Language"),
            ),
            doi=_doi(record, article),
            keywords=every(citation, "KeywordList/Keyword") or headings,
            withdrawn="retracted" if "Retracted Publication" in types else "",
        ),
    )


def _abstract(article: etree._Element) -> str:
    """The parts of an abstract as paragraphs, each behind its label: `METHODS: …`."""
    parts = []
    for part in article.iterfind("Abstract/AbstractText"):
        label, body = part.get("Label", "").strip().rstrip(":"), prose(part)
        parts.append(f"{label}: {body}" if label and label != "UNLABELLED" and body else body)
    return "\n\n".join(parts)


def _authors(article: etree._Element) -> Iterator[Author | None]:
    lists = article.findall("AuthorList") or article.findall("Book/AuthorList")
    written = [each for each in lists if each.get("Type") != "editors"] or lists
    for author in (author for each in written for author in each.iterfind("Author")):
        collective = first(author, "CollectiveName")
        orcid = first(author, "Identifier[@Source='ORCID']")
        family = first(author, "LastName")
        given = first(author, "ForeName") or first(author, "Initials")
        if collective:
            yield group(collective)
        elif family:
            yield person(family=family, given=given, suffix=first(author, "Suffix"), orcid=orcid)
        else:
            yield names.author(given, orcid=orcid)


def _dates(article: etree._Element) -> Iterator[str]:
    """When it appeared electronically or in the journal, which may be `2019 May-Jun`."""
    paths = ("ArticleDate", "Journal/JournalIssue/PubDate", "Book/PubDate")
    for date in (date for path in paths for date in article.iterfind(path)):
        parts = (first(date, name) for name in ("Year", "Month", "Day"))
        yield first(date, "MedlineDate") or dated(*parts)


def _doi(record: etree._Element, article: etree._Element) -> str:
    """The DOI of an article itself; the lists of its references hold the DOIs of others."""
    places = (
        (article, "ELocationID", "EIdType"),
        (record, "PubmedData/ArticleIdList/ArticleId", "IdType"),
        (record, "PubmedBookData/ArticleIdList/ArticleId", "IdType"),
        (article, "ArticleIdList/ArticleId", "IdType"),
    )
    for element, path, key in places:
        for each in element.iterfind(path):
            if each.get(key) == "doi" and each.get("ValidYN") != "N":
                return prose(each)
    return ""
