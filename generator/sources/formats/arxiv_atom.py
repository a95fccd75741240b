"""Reader for answers of the arXiv API, which are Atom, and for arXiv's daily feeds (RSS and Atom).

The API is described in https://info.arxiv.org/help/api/user-manual.html. Its answers are results of
a search and so of no day. The feeds (https://info.arxiv.org/help/rss.html) are what was announced
on one day: `pubDate` or `published` of an entry is that day and not the paper's own date.
"""

from __future__ import annotations

import re
from datetime import date

from lxml import etree

from generator.sources import arxiv, identifiers
from generator.sources.content import Content
from generator.sources.days import published
from generator.sources.elements import every, first, xml_root
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "arxiv-atom"
LABEL = "an answer of the arXiv API or a feed of arXiv (Atom, RSS)"

_OF_ARXIV = re.compile(
    r"<(?:\w+:)?(?:id|guid|link)\b[^<>]*>\s*"
    r"(?:https?://(?:export\.|rss\.)?arxiv\.org/|oai:arxiv\.org:)|<feed[^<>]*arxiv\.org/schemas",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(r"\A\s*arXiv:\S+\s+Announce\s+Type:\s*(\S+)\s*Abstract:\s*", re.IGNORECASE)


def detect(content: Content) -> bool:
    """Whether it is a feed, and one whose ids are addresses of arXiv."""
    return content.root in ("feed", "entry", "rss") and bool(_OF_ARXIV.search(content.head))


def read(content: Content) -> Reading:
    """Every entry of the feed."""
    records = Records(content, NAME)
    root = xml_root(content, records)
    entries = list(root.iter("entry", "item"))
    for number, entry in enumerate(entries, 1):
        with records.record(f"record {number}"):
            _read(records, number, entry)
    if not entries:
        records.remark("", "expected papers, found an answer without any. Ask for something else.")
    return records.reading()


def _read(records: Records, number: int, entry: etree._Element) -> None:
    identifier = first(entry, "id") or first(entry, "guid") or first(entry, "link")
    position = identifiers.arxiv(identifier) or f"record {number}"
    if "/api/errors" in identifier:
        said = first(entry, "summary") or first(entry, "title")
        records.refuse(position, f"expected a paper, found an error of arXiv: “{said}”. Ask again.")
    elif _is_announced(entry):
        _add_announced(records, position, identifier, entry, number)
    else:
        _add(records, position, identifier, entry)


def _add(records: Records, position: str, identifier: str, entry: etree._Element) -> None:
    comment, abstract = first(entry, "comment"), first(entry, "summary")
    records.add(
        position,
        RawRecord(
            title=first(entry, "title"),
            abstract=abstract,
            authors=every(entry, "author/name"),
            published=first(entry, "published"),
            version=arxiv.version(identifier),
            revised=first(entry, "updated"),
            venue=first(entry, "journal_ref"),
            arxiv=identifier,
            doi=next(iter(first(entry, "doi").split()), ""),
            links=[*_links(entry), *arxiv.links(comment)],
            categories=_categories(entry),
            withdrawn=arxiv.withdrawn(comment, abstract),
        ),
    )


def _links(entry: etree._Element) -> list[tuple[str, str]]:
    """Addresses by their `title` (`pdf`, `doi`) or their `rel`; arXiv's own lead where it has any.

    The id of the paper gives its page and its PDF, so others count where there is no id.
    """
    links = []
    for link in entry.iterfind("link"):
        kind = link.get("title") or ("abs" if link.get("rel") == "alternate" else "")
        if kind in ("abs", "pdf", "doi") and link.get("href"):
            links.append((kind, link.get("href", "")))
    return links


def _categories(entry: etree._Element) -> list[str]:
    """Terms with the primary one first."""
    terms = [
        element.get("term", "") or element.text or ""
        for element in (*entry.iterfind("primary_category"), *entry.iterfind("category"))
    ]
    return list(dict.fromkeys(terms))


def _is_announced(entry: etree._Element) -> bool:
    return entry.tag == "item" or entry.find("announce_type") is not None


def _add_announced(
    records: Records, position: str, identifier: str, entry: etree._Element, rank: int
) -> None:
    """An entry of a daily feed: `arXiv:2508.00001v1 Announce Type: new Abstract: …`."""
    abstract = _ANNOUNCED.sub("", first(entry, "description") or first(entry, "summary"))
    signed = every(entry, "creator") or every(entry, "author/name")
    records.add(
        position,
        RawRecord(
            title=first(entry, "title"),
            abstract=abstract,
            authors=[name for line in signed for name in re.split(r",\s+", line)],
            days=[_day(first(entry, "pubDate") or first(entry, "published"))],
            rank=rank,
            venue=first(entry, "journal_reference"),
            arxiv=identifier,
            doi=next(iter(first(entry, "DOI").split()), ""),
            categories=_categories(entry),
            withdrawn=arxiv.withdrawn("", abstract),
        ),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(published(text) or "")
    except ValueError:
        return None
