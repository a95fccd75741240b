"""Reader for feeds of journals and search services: RSS 1.0, RSS 2.0 and Atom.

Publishers put what matters into elements of PRISM and Dublin Core (`prism:doi`, `dc:creator`), see
https://www.w3.org/Submission/prism/; some into the text of the description alone. Feeds of arXiv
have a reader of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from lxml import etree

from generator.model.papers import Author
from generator.sources import identifiers, names
from generator.sources.content import Content
from generator.sources.elements import every, first, xml_root
from generator.sources.fields import author_lists
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import fullest, labelled, signed, web
from generator.text import clean

NAME = "journal-feed"
LABEL = "a feed of a journal or a search (RSS, Atom)"

_ITEM: Final = re.compile(r"<(?:\w+:)?(?:item|entry)\b")
# A feed of anything has titles and links; that of a journal names itself so, or names papers.
_JOURNAL: Final = re.compile(
    r"<(?:\w+:)?title\b[^<>]*>[^<>]{0,200}\b(?:journal|transactions|proceedings|letters|annals|preprints?"
    r"|publication|table of contents|toc)\b|<(?:\w+:)?issn>",
    re.IGNORECASE,
)
_OF_PAPERS: Final = re.compile(
    r"<prism:|\bdoi:\s*10\.|doi\.org/10\.|/doi/|<dc:identifier>|arxiv\.org/|aclanthology\.org/"
    r"|openreview\.net/forum|sciencedirect\.com/|pubmed\.ncbi|ieeexplore\.|huggingface\.co/papers/"
    r"|proceedings\.mlr\.press|jmlr\.org/papers|/article/view/|mdpi\.com/|frontiersin\.org/"
    r"|Publication date:|Author\(s\):|<(?:link|guid|id)\b[^<>]*>\s*(?:https?://[^<>\s]+/)?10\.\d{4,9}/"
    r"|href=\"[^\"<>]*/10\.\d{4,9}/",
    re.IGNORECASE,
)


def detect(content: Content) -> bool:
    """Whether it is a feed of a journal, or one whose items have what only papers have."""
    if content.root not in ("rss", "feed", "RDF"):
        return False
    item = _ITEM.search(content.head)
    return bool(
        item
        and (
            _JOURNAL.search(content.head, 0, item.start())
            or _OF_PAPERS.search(content.head, item.start())
        )
    )


def read(content: Content) -> Reading:
    """Every item as a paper."""
    records = Records(content, NAME)
    root = xml_root(content, records)
    channel = root.find("channel")
    called = _journal(first(root if channel is None else channel, "title"))
    others: Counter[str] = Counter()
    for number, item in enumerate(root.iter("item", "entry"), 1):
        with records.record(f"record {number}"):
            if _MATTER.fullmatch(title := clean(first(item, "title"))):
                others[title] += 1
            else:
                _add(records, f"record {number}", item, called)
    if others:
        listed = ", ".join(f"{count:,} “{title}”" for title, count in others.most_common(10))
        records.remark("", f"what is no paper was passed over: {listed}.")
    return records.reading()


def _add(records: Records, position: str, item: etree._Element, called: str) -> None:
    told = next(filter(None, (first(item, name) for name in _TEXTS)), "")
    title = _LABEL.sub("", first(item, "title"))
    people = list(_people(item))
    if any(map(_AFFILIATED.search, _stated(item))):
        records.remark(
            position,
            "expected the names of authors, found their affiliations among them. They were left "
            "out; `papershelf fetch ids` or another list may have them.",
        )
    said = _Said(told, {clean(title), clean(first(item, "title"))}, people)
    named = [*every(item, "doi"), *every(item, "identifier"), *every(item, "id"), said.doi]
    links = [*item.iterfind("link[@href]")]
    pages = [each.get("href", "") for each in links if each.get("type") != "application/pdf"]
    files = [each.get("href", "") for each in links if each.get("type") == "application/pdf"]
    pages += [*every(item, "link"), *every(item, "guid")]
    addresses = [each for each in pages if each.startswith(("http://", "https://"))]
    named += [
        each for each in (*addresses, *every(item, "guid")) if re.search(r"(?:/|\A)10\.", each)
    ]
    source = first(item, "publicationName") or first(item, "pubTitle")
    source = source or first(item, "source").partition(",")[0] or said.venue
    start, end = (first(item, one) or first(item, other) for one, other in _PAGES)
    records.add(
        position,
        RawRecord(
            title=title,
            abstract=labelled(said.abstract),
            authors=people or [names.author(name) for name in said.authors],
            published=fullest(each for name in _DATES for each in every(item, name))
            or fullest(each for name in _COVERS for each in every(item, name))
            or said.published
            or first(item, "updated"),
            venue=source or called,
            publication={
                "volume": first(item, "volume"),
                "issue": first(item, "number") or first(item, "issue"),
                "pages": f"{start}-{end}" if end and end != start else start,
            },
            doi=next(filter(None, map(_doi, named)), ""),
            links=[*web("abs", addresses[:1]), *web("pdf", [*files, *every(item, "pdf")][:1])],
            keywords=every(item, "subject"),
        ),
    )


_TEXTS: Final = ("encoded", "abstract", "description", "summary", "content")
_DATES: Final = (
    "publicationDate",
    "onlineDate",
    "date",
    "published",
    "pubDate",
    "pubdate",
    "issued",
)
_COVERS: Final = ("coverDate", "coverDisplayDate")
"""Dates of the issue, which may begin later."""

_PAGES: Final = (("startingPage", "startPage"), ("endingPage", "endPage"))
_LABEL: Final = re.compile(
    r"^\[(?:[^\[\]]{0,20}(?:article|review|letter|paper)s?|ASAP)\]\s*"
    r"|^[^:]{1,120}, Vol\. \d+, Pages? [\w-]+: ",  # of MDPI
    re.IGNORECASE,
)
_MATTER: Final = re.compile(
    r"table of contents|front (?:cover|matter)|back (?:cover|matter)|inside (?:front|back) cover"
    r"|cover (?:image|picture)|(?:editorial board|issue information|masthead|blank page)s?"
    r"|[^:]{0,120}\b(?:publication information|information for authors|institutional listings)",
    re.IGNORECASE,
)
"""What stands in an issue beside its papers."""


def _doi(text: str) -> str:
    """The DOI in an id or an address, as publishers have it: `/doi/abs/10.1000/ants?af=R`."""
    match = re.search(r"\b10\.\d{4,9}/[^\s?#&<>\"]+", text)
    return (
        identifiers.doi(match[0].removesuffix("/full").removesuffix("/abstract")) if match else ""
    )


_OF_CHANNEL: Final = re.compile(
    r"^(?:ScienceDirect Publication|Wiley|Tandf|Taylor (?:&|and) Francis|SAGE[^:]{0,40}|Springer"
    r"|Nature)\s*:\s*|\s*[:|-]\s*(?:Table of Contents|(?:Latest|Current|Vol\w*)\b.*"
    r"|Advance Access|new TOC)(?: \([^()]*\))?$|\s+(?:Current Issue|Advance Access)$"
    r"|\s*\|\s*New and Recent Articles$|\s+Subject Collection\b.*"
    r"|^(?:Latest Results for|Recent articles? (?:in|from))\s*|^TOC\b.*",
    re.IGNORECASE,
)


def _journal(title: str) -> str:
    """The name of a journal in the title of its feed."""
    return _OF_CHANNEL.sub("", clean(title)[:300])


class _Said:
    """What the text of an item says besides its abstract.

    Nature writes `Ants, Published online: 14 May 2024; doi:10.1000/ants.1 Ants wait.`, Elsevier
    `Publication date: May 2024 Source: Journal of Ants, Volume 2 Author(s): Nora Marsh`.

    Args:
        html: the text.
        titles: of the item, which some repeat.
        people: its authors, as far as they stand outside the text; PLOS begins `by Nora Marsh`.
    """

    def __init__(self, html: str, titles: set[str], people: list[Author | None]) -> None:
        text = _HEADING.sub(r"\n\2: ", html)
        text = re.sub(r"</?(?:p|br|div|h\d)\b[^<>]{0,200}>", "\n", text)
        text = re.sub(r"<cite>[^<>]{0,200}</cite>|</?(?:img|span|a)\b[^<>]{0,2000}>", "", text)
        rows = [row for row in (clean(row) for row in text.split("\n")) if row]
        fields = [_FIELD.match(row) for row in rows]
        said = {match[1].lower()[:6]: match[2] for match in fields if match}
        self.published = said.get("public", "")
        self.venue = said.get("source", "").partition(",")[0]
        self.authors = author_lists.split(said.get("author", ""))
        self.doi = next((row for row in rows if re.search(r"doi:\s*10\.", row, re.I)), "")
        prose_rows = [row for row, match in zip(rows, fields, strict=True) if not match]
        marks = [
            place for place, row in enumerate(prose_rows) if re.fullmatch(r"abstract:?", row, re.I)
        ]
        if marks:
            prose_rows = prose_rows[marks[0] + 1 :]
        one = next((author.name for author in people if author), "")
        prose_rows = [
            row
            for row in prose_rows
            if any(map(str.isalnum, row))
            and row not in titles
            and not _NOTE.match(row)
            and not (one and row.startswith(f"by {one}"))
        ]
        joined = "\n\n".join(_HEAD.sub("", row) for row in prose_rows)
        self.abstract = re.sub(r"(?m)^(\w[\w ]{1,40}:)\n\n", r"\1 ", joined)


_HEADING: Final = re.compile(
    r"<(h\d|div class=\"boxTitle\")[^<>]{0,200}>\s*([^<>]{1,60}?)\s*:?\s*</(?:h\d|div)>", re.I
)
_FIELD: Final = re.compile(
    r"(Publication date|Source|Author\(s\)|Authors(?=:))\s*:\s*(.*)", re.IGNORECASE
)
_NOTE: Final = re.compile(
    r"(?:PMID|DOI|PMC\w*):|.{0,120}\b(?:Ahead of Print|Online ahead of print)\.?$"
    r"|.{0,120}\b\d{4}\b.{0,80}\bdoi:\s*10\..{0,120}$"  # a citation
    r"|.{0,120}\bdoi:\s*10\.\S+$"
    r"|(?:.{0,120}, )?(?:Volume \d+|EarlyView|Published online)\b.{0,200}$",
    re.IGNORECASE,
)
_HEAD: Final = re.compile(
    r"^.{0,120}, Published online: [^;]{0,30}; doi:\S+?(?=[A-Z]|\s)\s*|^abstract:?\s+(?=[A-Z])",
    re.I,
)


def _stated(item: etree._Element) -> list[str]:
    """The authors, in one text or in several."""
    stated = [*every(item, "creator"), *every(item, "author/name"), *every(item, "authors")]
    if not stated:
        stated = [_MAIL.sub(r"\1", each) for each in every(item, "author")]
    return stated


_AFFILIATED: Final = re.compile(
    r"\d|\b(?:Department|University|Institute|School|Laborator(?:y|ies)|Faculty)\b"
)


def _people(item: etree._Element) -> Iterator[Author | None]:
    for each in _stated(item):
        if _AFFILIATED.search(each):
            continue
        each = re.sub(r",\s+and\s+", ", ", each)
        pieces = [piece.strip() for piece in each.split(",")]
        for name in names.listed(pieces) if len(pieces) > 2 else author_lists.split(each):
            yield signed(name)


_MAIL: Final = re.compile(r"^\S+@\S+\s+\((.*)\)$")  # as RSS 2.0 wants it: `a@b.org (Ada Byron)`
