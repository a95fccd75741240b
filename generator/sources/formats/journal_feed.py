"""Reader for feeds of journals and search services: RSS 1.0, RSS 2.0 and Atom.

Publishers put what matters into elements of PRISM and Dublin Core (`prism:doi`, `dc:creator`), see
https://www.w3.org/Submission/prism/; some into the text of the description alone. Feeds of arXiv
have a reader of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from generator.model.papers import Author
from generator.sources import identifiers, names
from generator.sources.content import Content
from generator.sources.elements import every, first
from generator.sources.fields import author_lists
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import fullest, signed, web
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
    r"|Publication date:|Author\(s\):",
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
    root = content.xml
    if content.xml_doubt:
        records.remark("", content.xml_doubt)
    channel = root.find("channel")
    called = _journal(first(root if channel is None else channel, "title"))
    for number, item in enumerate(root.iter("item", "entry"), 1):
        with records.record(f"record {number}"):
            _add(records, f"record {number}", item, called)
    return records.reading()


def _add(records: Records, position: str, item: etree._Element, called: str) -> None:
    told = next(filter(None, (first(item, name) for name in _TEXTS)), "")
    said = _Said(told)
    named = [*every(item, "doi"), *every(item, "identifier"), *every(item, "id"), said.doi]
    links = [each.get("href", "") for each in item.iterfind("link") if each.get("href")]
    links += [*every(item, "link"), *every(item, "guid")]
    addresses = [each for each in links if each.startswith(("http://", "https://"))]
    named += [each for each in addresses if "/10." in each]
    venue = first(item, "publicationName") or first(item, "source").partition(",")[0] or said.venue
    records.add(
        position,
        title=_TYPE.sub("", first(item, "title")),
        abstract=said.abstract,
        authors=list(_people(item)) or [names.author(name) for name in said.authors],
        published=fullest([each for name in _DATES for each in every(item, name)])
        or said.published,
        venue=venue or called,
        doi=next(filter(None, map(_doi, named)), ""),
        links=list(web("url", addresses[:1])),
        keywords=every(item, "subject"),
    )


_TEXTS: Final = ("encoded", "abstract", "description", "summary", "content")
_DATES: Final = (
    *("publicationDate", "coverDate", "coverDisplayDate", "onlineDate", "date", "published"),
    *("pubDate", "issued"),
)
_TYPE: Final = re.compile(r"^\[(?:[^\[\]]{0,20}(?:article|review|letter|paper)s?)\]\s*", re.I)


def _doi(text: str) -> str:
    """The DOI in an id or an address, as publishers have it: `/doi/abs/10.1000/ants?af=R`."""
    match = re.search(r"\b10\.\d{4,9}/[^\s?#&<>\"]+", text)
    return (
        identifiers.doi(match[0].removesuffix("/full").removesuffix("/abstract")) if match else ""
    )


_OF_CHANNEL: Final = re.compile(
    r"^(?:ScienceDirect Publication|Wiley|Tandf|SAGE[^:]{0,40}|Springer|Nature)\s*:\s*"
    r"|\s*[:|-]\s*(?:Table of Contents|(?:Latest|Current|Vol\w*)\b.*|Advance Access|new TOC)$"
    r"|^(?:Latest Results for|Recent articles? (?:in|from)|.*\bTOC\b.*)\s*",
    re.IGNORECASE,
)


def _journal(title: str) -> str:
    """The name of a journal in the title of its feed."""
    return _OF_CHANNEL.sub("", clean(title)[:300])


class _Said:
    """What the text of an item says besides its abstract.

    Nature writes `Ants, Published online: 14 May 2024; doi:10.1000/ants.1 Ants wait.`, Elsevier
    `Publication date: May 2024 Source: Journal of Ants, Volume 2 Author(s): Nora Marsh`.
    """

    def __init__(self, html: str) -> None:
        text = re.sub(r"</?(?:p|br|div|h\d)\b[^<>]{0,200}>", "\n", html)
        rows = [row for row in (clean(row) for row in text.split("\n")) if row]
        fields = [_FIELD.match(row) for row in rows]
        said = {match[1].lower()[:6]: match[2] for match in fields if match}
        self.published = said.get("public", "")
        self.venue = said.get("source", "").partition(",")[0]
        self.authors = author_lists.split(said.get("author", ""))
        self.doi = next((row for row in rows if re.search(r"doi:\s*10\.", row, re.I)), "")
        kept = [row for row, match in zip(rows, fields, strict=True) if not match]
        marks = [place for place, row in enumerate(kept) if re.fullmatch(r"abstract:?", row, re.I)]
        if marks:
            kept = kept[marks[0] + 1 :]
        kept = [row for row in kept if not _NOTE.match(row)]
        self.abstract = "\n\n".join(_HEAD.sub("", row) for row in kept)


_FIELD: Final = re.compile(r"(Publication date|Source|Author\(s\))\s*:\s*(.*)", re.IGNORECASE)
_NOTE: Final = re.compile(
    r"(?:PMID|DOI|PMC\w*):|.{0,120}\b(?:Ahead of Print|Online ahead of print)\.?$"
    r"|.{0,120}\b\d{4}\b.{0,80}\bdoi:\s*10\..{0,120}$"  # a citation
    r"|.{0,120}, (?:Volume \d|EarlyView|Published online)\b.{0,200}$",
    re.IGNORECASE,
)
_HEAD: Final = re.compile(
    r"^.{0,120}, Published online: [^;]{0,30}; doi:\S+?(?=[A-Z]|\s)\s*|^abstract:?\s+(?=[A-Z])",
    re.I,
)


def _people(item: etree._Element) -> Iterator[Author | None]:
    stated = [*every(item, "creator"), *every(item, "author/name"), *every(item, "authors")]
    if not stated:
        stated = [_MAIL.sub(r"\1", each) for each in every(item, "author")]
    for each in stated:
        pieces = [piece.strip() for piece in each.split(",")]
        for name in names.listed(pieces) if len(pieces) > 2 else author_lists.split(each):
            yield signed(name)


_MAIL: Final = re.compile(r"^\S+@\S+\s+\((.*)\)$")  # as RSS 2.0 wants it: `a@b.org (Ada Byron)`
