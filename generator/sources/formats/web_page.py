"""Reader for web pages that say which paper they are of, or that have a table of papers.

Publishers, arXiv, OpenReview and repositories put the paper of a page into `<meta>` elements
(https://scholar.google.com/intl/en/scholar/inclusion.html#indexing): `citation_title` of HighWire
Press, `bepress_citation_title`, `eprints.title`, `DC.title` of Dublin Core. A table has a header
with a title, as in `formats.table`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urljoin

from lxml import etree

from generator.model.errors import ContentError
from generator.sources import names, tables
from generator.sources.content import HEAD, Content
from generator.sources.fields import author_lists
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import fullest
from generator.sources.tables.html import ELSE, paper_tables

NAME = "html"
LABEL = "a web page of a paper (with citation_title), or with a table of papers"

_HINT: Final = re.compile(rb"citation_title|eprints\.title|dc\.title|<table|<th\b", re.IGNORECASE)
_META: Final = re.compile(
    r"(?:(?:bepress_)?citation_|eprints\.|dc\.|dcterms\.|prism\.)(\w+)(?:\.\w+)?", re.IGNORECASE
)
_FIELDS: Final = {
    "title": ("title",),
    "authors": ("author", "authors", "creator", "creators_name"),
    "published": (
        *("publication_date", "date", "online_date", "year", "issued", "publicationdate"),
        *("cover_date", "published"),
    ),
    "venue": ("journal_title", "conference_title", "inbook_title", "publication", "ispartof"),
    "doi": ("doi", "id_number"),
    "arxiv": ("arxiv_id",),
    "pdf": ("pdf_url", "document_url"),
    "url": ("public_url", "abstract_html_url", "fulltext_html_url", "official_url", "identifier"),
    "abstract": ("abstract", "description"),
    "keywords": ("keywords", "keyword", "subject"),
    "orcid": ("author_orcid",),
    "institution": ("dissertation_institution", "technical_report_institution"),
    "volume": ("volume",),
    "issue": ("issue", "number"),
    "pages": ("pages", "pagerange"),
    "first page": ("firstpage", "startingpage"),
    "last page": ("lastpage", "endingpage"),
    "number": ("technical_report_number", "article_number"),
    "publisher": ("publisher",),
    "isbn": ("isbn",),
    "issn": ("issn", "eissn"),
    "language": ("language",),
}
_FIELD_OF: Final = {name: field for field, called in _FIELDS.items() for name in called}
_TYPES: Final = {
    "dissertation_institution": "thesis",
    "technical_report_institution": "report",
    "technical_report_number": "report",
    "inbook_title": "chapter",
    "conference_title": "paper-conference",
    "journal_title": "article-journal",
}
"""Types of CSL of what has these names."""

_OF_OTHERS: Final = (  # and no more of the paper than its PDF
    "author_email",
    "author_institution",
    "reference",
    "fulltext_world_readable",
)
_SAVED: Final = re.compile(r"<!-- saved from url=\(\d+\)(https?://\S+) -->")


_WEB: Final = re.compile("https?://", re.IGNORECASE)
_LINK: Final = re.compile("https?://|doi:", re.IGNORECASE)


def detect(content: Content) -> bool:
    """Whether the page names its paper, or has a table of papers."""
    is_page = content.kind == "html" or content.root.lower() in ("html", "head", "table", "meta")
    if not is_page or not _HINT.search(content.data.replace(b"\0", b"")):
        return False
    root = tree(content)
    return any(page.is_paper for page in _pages(root)) or next(paper_tables(root), None) is not None


def read(content: Content) -> Reading:
    """The paper of the page, and every row of its tables of papers."""
    records = Records(content, NAME)
    root = tree(content)
    _resolve(root, content.text)
    lost = 0
    for page in _pages(root):
        if page.is_paper:
            with records.record(f"line {page.line}"):
                _add(records, page)
        lost += sum(
            not _LINK.match(url) for kind in ("pdf", "url") for url in page.values.get(kind, [])
        )
    for columns, rows in paper_tables(root):
        linked_rows = [
            replace(row, links=tuple(one for one in row.links if _LINK.match(one[2])))
            for row in rows
        ]
        lost += sum(len(row.links) for row in rows) - sum(len(row.links) for row in linked_rows)
        tables.add(records, columns, linked_rows)
    if lost:
        records.remark(
            "",
            f"{lost:,} links say a part of their address alone, and the page does not say its own. "
            'Write <base href="…"> with the address of the page into it.',
        )
    return records.reading()


def _linked(row: tables.Row) -> tables.Row:
    """The row with those of its links that are whole."""
    return replace(row, links=tuple(link for link in row.links if _LINK.match(link[2])))


def _resolve(root: etree._Element, text: str) -> None:
    """Make links whole that say a part of their address, by that of the page, where it says it."""
    saved = _SAVED.search(text[:HEAD])
    said = [
        *(each.get("href", "") for each in root.iter("base")),
        *(each.get("href", "") for each in root.iter("link") if each.get("rel") == "canonical"),
        *(
            each.get("content", "")
            for each in root.iter("meta")
            if each.get("property") == "og:url"
        ),
        saved[1] if saved else "",
    ]
    base = next((url for url in said if _WEB.match(url)), "")
    for element, name in (
        *((link, "href") for link in root.iter("a")),
        *((meta, "content") for meta in root.iter("meta") if meta.get("name", "").endswith("_url")),
    ):
        url = element.get(name, "").strip()
        if base and not ELSE.match(url) and not _LINK.match(url):
            with suppress(ValueError):
                element.set(name, urljoin(base, url))


def tree(content: Content) -> etree._Element:
    """The root element of HTML, however broken.

    Raises:
        ContentError: there is no element in it.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    text = re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", " ", content.text)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ContentError(f"expected HTML, found: {error}. Save the page again.") from None
    if root is None:
        raise ContentError("expected HTML, found no element in it. Save the page again.")
    return root


@dataclass(slots=True)
class _Described:
    """What the `<meta>` elements say about one paper."""

    line: int
    values: dict[str, list[str]] = field(default_factory=dict)
    orcids: dict[str, str] = field(default_factory=dict)
    """ORCID iDs, each by the name of the author before it."""

    type: str = ""
    unused: list[str] = field(default_factory=list)
    is_paper: bool = False
    """Whether it is of a paper: a page with Dublin Core is if it has authors and an id."""


def _pages(root: etree._Element) -> Iterator[_Described]:
    """One page most often; the list of an issue may have a title for each of its papers."""
    page = _Described(1)
    for meta in root.iter("meta"):
        named = _META.fullmatch((meta.get("name") or meta.get("property") or "").strip())
        value = (meta.get("content") or "").strip()
        if not named or not value:
            continue
        name, is_highwire = named[1].lower(), "citation_" in named[0].lower()
        field = _FIELD_OF.get(name, "")
        if is_highwire and not page.type:
            page.type = _TYPES.get(name, "")
        if not field:
            if is_highwire and name not in _OF_OTHERS:
                page.unused.append(named[0])
            continue
        if field == "orcid":
            page.orcids.setdefault(page.values.get("authors", [""])[-1], value)
            continue
        if field == "title" and is_highwire:
            if page.is_paper:
                yield page
                page = _Described(1)
            page.is_paper, page.line = True, meta.sourceline or 1
        if field == "title" and page.values.get("title"):
            continue  # Dublin Core repeats what HighWire says
        if is_highwire or not page.is_paper:
            page.values.setdefault(field, []).append(value)
    ids = " ".join([*page.values.get("url", []), *page.values.get("doi", [])])
    page.is_paper |= bool(
        page.values.get("title")
        and page.values.get("authors")
        and re.search(r"10\.\d{4,}/|arxiv", ids)
    )
    yield page


def _add(records: Records, page: _Described) -> None:
    said = page.values
    signed = said.get("authors", [])
    listed = [
        name for each in signed for name in (author_lists.split(each) if ";" in each else [each])
    ]
    one = {kind: values[0] for kind, values in said.items()}
    first, last = one.get("first page", ""), one.get("last page", "")
    publication: dict[str, object] = {
        name: one.get(name, "")
        for name in ("volume", "issue", "number", "isbn", "issn", "language")
    }
    records.add(
        f"line {page.line}",
        RawRecord(
            title=one.get("title", ""),
            abstract=one.get("abstract", ""),
            authors=[names.author(name, orcid=page.orcids.get(name, "")) for name in listed],
            published=fullest(said.get("published", [])),
            venue=one.get("venue", ""),
            publication=publication
            | {
                "type": page.type,
                "pages": f"{first}-{last}" if first and last else one.get("pages", first or last),
                "publisher": one.get("institution") or one.get("publisher", ""),
            },
            doi=one.get("doi", ""),
            arxiv=one.get("arxiv", ""),
            links=[
                (kind, url)
                for kind in ("pdf", "url")
                for url in said.get(kind, [])[:3]
                if _LINK.match(url)
            ],
            keywords=[word for each in said.get("keywords", []) for word in re.split("[;,]", each)],
        ),
    )
    records.count_unused(dict.fromkeys(page.unused))
