"""Reader for JATS, the XML of journal articles at PubMed Central (`.nxml`); one, or a set of them.

See https://jats.nlm.nih.gov/archiving/. Only the front of an article is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Final

from lxml import etree

from generator.model.papers import Author
from generator.sources import names
from generator.sources.content import Content
from generator.sources.elements import every, first, prose, xml_root
from generator.sources.publications import of_words
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import dated, fullest, group, person, terms, web

NAME = "jats"
LABEL = "JATS articles of PubMed Central (.nxml)"

_SETS: Final = ("pmc-articleset", "articles", "OAI-PMH", "article-set")
_LESSER: Final = ("graphical", "teaser", "toc", "precis", "key-points", "web-summary", "summary")
_NOT_PUBLISHED: Final = ("pmc-release", "nihms-submitted", "retraction", "corrected")
_NOTES: Final = ("xref", "fn", "email", "bio", "contrib-group", "object-id")


def detect(content: Content) -> bool:
    """Whether an article with `article-meta` begins in it; DocBook has articles without."""
    if content.root != "article" and content.root not in _SETS:
        return False
    return bool(re.search(r"<(?:\w+:)?article-meta[\s>]", content.head))


def read(content: Content) -> Reading:
    """Every article as a paper."""
    records = Records(content, NAME)
    elements = list(xml_root(content, records).iter("article"))
    for number, article in enumerate(elements, 1):
        with records.record(f"article {number}"):
            meta = article.find("front/article-meta")
            if meta is None:
                records.refuse(f"article {number}", "the article has no “article-meta”. Add it.")
            else:
                _add(records, f"article {number}", article, meta)
    return records.reading()


def _add(records: Records, position: str, article: etree._Element, meta: etree._Element) -> None:
    ids = {each.get("pub-id-type", ""): prose(each) for each in meta.iterfind("article-id")}
    relations = {each.get("related-article-type") for each in meta.iterfind("related-article")}
    kind = article.get("article-type", "")
    if kind == "retraction" or "retracted-article" in relations:
        records.remark(position, "this is the notice of a retraction, not the paper retracted.")
    is_retracted = kind == "retracted-article" or bool(
        {"retraction-forward", "retracted-by"} & relations
    )
    front = article.find("front")
    records.add(
        position,
        RawRecord(
            title=_title(meta),
            abstract=_abstract(meta),
            authors=list(_authors(meta)),
            published=fullest(_dates(meta)),
            venue=(first(front, ".//journal-title") if front is not None else "")
            or first(meta, "conference/conf-name"),
            publication=of_words(
                ["journal article"] if kind.endswith("-article") else [],
                volume=first(meta, "volume"),
                issue=first(meta, "issue"),
                pages=first(meta, "fpage"),
                last_page=first(meta, "lpage"),
                number=first(meta, "elocation-id"),
                publisher=first(front, ".//publisher-name") if front is not None else "",
                issn=first(front, ".//issn") if front is not None else "",
            ),
            doi=ids.get("doi", ""),
            arxiv=ids.get("arxiv", ""),
            links=_links(meta),
            keywords=terms(_keywords(meta)),
            withdrawn="retracted" if is_retracted else "",
        ),
    )


def _without_notes(element: etree._Element) -> str:
    """The prose without the marks of footnotes and what else is no part of a sentence."""
    bare = deepcopy(element)
    bare.tail = None
    etree.strip_elements(bare, *_NOTES, with_tail=False)
    return prose(bare)


def _title(meta: etree._Element) -> str:
    titles = meta.iterfind("title-group/article-title")
    title = next(filter(None, map(_without_notes, titles)), "")
    subtitle = first(meta, "title-group/subtitle")
    return f"{title}: {subtitle}" if title and subtitle else title


def _abstract(meta: etree._Element) -> str:
    """The main abstract; a graphical one or a teaser only where there is no other."""
    abstracts = sorted(
        meta.iterfind("abstract"), key=lambda each: each.get("abstract-type", "") in _LESSER
    )
    texts = ("\n\n".join(filter(None, _sections(abstract))) for abstract in abstracts)
    return next(filter(None, texts), "")


def _sections(abstract: etree._Element) -> Iterator[str]:
    """A section is `METHODS: …`, as PubMed writes it; the heading `Abstract` goes."""
    yield (abstract.text or "").strip()
    for child in abstract:
        if child.tag == "sec":
            heading = first(child, "title").rstrip(".: ")
            body = "\n\n".join(prose(each) for each in child if each.tag != "title")
            yield f"{heading}: {body}" if heading else body
        elif child.tag not in ("title", "label", "object-id"):
            yield prose(child)


def _authors(meta: etree._Element) -> Iterator[Author | None]:
    signed = [each for each in meta.iterfind("contrib-group/contrib") if len(each)]
    authors = [each for each in signed if each.get("contrib-type", "author") == "author"]
    for contrib in authors or signed:
        ids = every(contrib, "contrib-id")
        orcid = next((each for each in ids if "orcid" in each or each[:4] == "0000"), "")
        name = contrib.find("name")
        if name is None:
            name = contrib.find("name-alternatives/name")
        collab, string = contrib.find("collab"), contrib.find("string-name")
        if name is None and string is not None and string.find("surname") is not None:
            name = string
        if name is not None:
            yield person(
                family=first(name, "surname"),
                given=first(name, "given-names"),
                suffix=first(name, "suffix"),
                orcid=orcid,
            )
        elif collab is not None:
            yield group(_without_notes(collab))
        elif string is not None:
            yield names.author(prose(string), orcid=orcid)


def _dates(meta: etree._Element) -> Iterator[str]:
    """When it was published, on paper or electronically."""
    for date in meta.iterfind("pub-date"):
        if date.get("pub-type", date.get("date-type", "")) not in _NOT_PUBLISHED:
            yield dated(first(date, "year"), first(date, "month"), first(date, "day"))


def _links(meta: etree._Element) -> list[tuple[str, str]]:
    """Addresses on the web; a name of a file is one that lay beside the article."""
    links: list[tuple[str, str]] = []
    for uri in meta.iterfind("self-uri"):
        address = uri.get("href", "").strip()
        is_pdf = uri.get("content-type", "") in ("pdf", "application/pdf")
        if address.startswith(("http://", "https://")):
            links += web("pdf" if is_pdf else "url", [address])
    return links


def _keywords(meta: etree._Element) -> list[str]:
    groups = [each for each in meta.iterfind("kwd-group") if each.get("kwd-group-type") != "abbr"]
    return [keyword for each in groups for keyword in every(each, "kwd")]
