"""Reader for web pages that say which paper they are of, or that have a table of papers.

Publishers, arXiv, OpenReview and repositories put the paper of a page into `<meta>` elements
(https://scholar.google.com/intl/en/scholar/inclusion.html#indexing): `citation_title` of HighWire
Press, `bepress_citation_title`, `eprints.title`, `DC.title` of Dublin Core. A table has a header
with a title, as in `formats.table`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from generator.sources import tables
from generator.sources.content import Content, ContentError
from generator.sources.fields import author_lists
from generator.sources.links import is_generic
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import fullest
from generator.sources.tables import headers

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
}
_FIELD_OF: Final = {name: field for field, called in _FIELDS.items() for name in called}


def detect(content: Content) -> bool:
    """Whether the page names its paper, or has a table of papers."""
    is_page = content.kind == "html" or content.root.lower() in ("html", "head", "table", "meta")
    if not is_page or not _HINT.search(content.data.replace(b"\0", b"")):
        return False
    root = tree(content)
    return any(page.is_paper for page in _pages(root)) or next(_tables(root), None) is not None


def read(content: Content) -> Reading:
    """The paper of the page, and every row of its tables of papers."""
    records = Records(content, NAME)
    root = tree(content)
    for page in _pages(root):
        if page.is_paper:
            with records.record(f"line {page.line}"):
                _add(records, page)
    for columns, rows in _tables(root):
        tables.add(records, columns, rows)
    return records.reading()


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
class _Page:
    """What the `<meta>` elements say about one paper."""

    line: int
    values: dict[str, list[str]] = field(default_factory=dict)
    is_paper: bool = False
    """Not every page with Dublin Core is of a paper; with authors and an id it is."""


def _pages(root: etree._Element) -> Iterator[_Page]:
    """One page most often; the list of an issue may have a title for each of its papers."""
    page = _Page(1)
    for meta in root.iter("meta"):
        named = _META.fullmatch((meta.get("name") or meta.get("property") or "").strip())
        value = (meta.get("content") or "").strip()
        known = _FIELD_OF.get(named[1].lower(), "") if named else ""
        if not named or not known or not value:
            continue
        is_highwire = "citation_" in named[0].lower()
        if known == "title" and is_highwire:
            if page.is_paper:
                yield page
                page = _Page(1)
            page.is_paper, page.line = True, meta.sourceline or 1
        if known == "title" and page.values.get("title"):
            continue  # Dublin Core repeats what HighWire says
        if is_highwire or not page.is_paper:
            page.values.setdefault(known, []).append(value)
    ids = " ".join([*page.values.get("url", []), *page.values.get("doi", [])])
    page.is_paper |= bool(
        page.values.get("title")
        and page.values.get("authors")
        and re.search(r"10\.\d{4,}/|arxiv", ids)
    )
    yield page


def _add(records: Records, page: _Page) -> None:
    said = page.values
    signed = said.get("authors", [])
    listed = [
        name for each in signed for name in (author_lists.split(each) if ";" in each else [each])
    ]
    one = {kind: values[0] for kind, values in said.items()}
    records.add(
        f"line {page.line}",
        title=one.get("title", ""),
        abstract=one.get("abstract", ""),
        authors=listed,
        published=fullest(said.get("published", [])),
        venue=one.get("venue", ""),
        doi=one.get("doi", ""),
        arxiv=one.get("arxiv", ""),
        links=[
            (kind, url)
            for kind in ("pdf", "url")
            for url in said.get(kind, [])[:3]
            if re.match(r"https?://|doi:", url)
        ],
        keywords=[word for each in said.get("keywords", []) for word in re.split("[;,]", each)],
    )


def _tables(root: etree._Element) -> Iterator[tuple[list[str], list[tables.Row]]]:
    for table in root.iter("table"):
        rows = [row for row in map(_row, _children(table, "./tr|./*/tr")) if row.cells]
        for place, row in enumerate(rows[:5]):
            below = rows[place + 1 :]
            texts, links = [each.cells for each in below], [each.links for each in below]
            if below and (columns := headers.header(row.cells, texts, links)):
                yield columns, below
                break


def _row(row: etree._Element) -> tables.Row:
    cells = _children(row, "./td|./th")
    texts = [" ".join("".join(cell.itertext()).split()) for cell in cells]
    links = [
        (place, " ".join("".join(link.itertext()).split()), href)
        for place, cell in enumerate(cells)
        for link in cell.iter("a")
        if re.match("https?://", href := link.get("href", "").strip())
    ]
    linked = {place for place, _, _ in links}
    shown = ["" if at in linked and is_generic(text) else text for at, text in enumerate(texts)]
    return tables.Row(f"line {row.sourceline}", shown, tuple(links))


def _children(element: etree._Element, path: str) -> list[etree._Element]:
    found = element.xpath(path)
    return (
        [each for each in found if isinstance(each, etree._Element)]
        if isinstance(found, list)
        else []
    )
