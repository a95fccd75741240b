"""Feeds of lists of papers: Atom (RFC 4287), JSON Feed 1.1, and OPML 2.0, which names them all.

What is in a feed depends on its papers alone. Ids are permanent: that of an entry is made of the id
that the paper was first published with, so it survives a better id of the paper, and a move of the
site. Dates are the papers' own, at midnight UTC; no clock
is asked.

Readers show what they know of HTML and drop the tags of the rest, in previews of all of it. So
mathematics is typed out (`O(n²)`), and content is paragraphs and links.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import chain
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree import ElementTree

from generator.catalog import taxonomy
from generator.catalog.listings import Listings
from generator.model import addresses, fragments
from generator.model.fragments import NOWHERE, Fragments, Shard
from generator.model.outputs import File, key
from generator.model.papers import Paper
from generator.model.settings import Settings
from generator.text import Segment, one_line, printable, safe_url, segments, urls
from generator.text.unicode_math import readable

OPML: Final = "feeds.opml"
ENTRIES: Final = 30
"""Papers in a feed: the first ones of its list."""

_ATOM: Final = "application/atom+xml"
_NEVER: Final = "1970-01-01T00:00:00Z"
_PAPERS: Final = UUID("4f2a3c5e-64b7-5d0c-9f1e-0c0b7a6d1e2f")
"""The namespace of the ids of entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed is of."""

    address: str
    """Address of the list it belongs to: `topics/quantization/`; empty is the whole catalog."""

    title: str
    """Title of the list: `Quantization`."""

    papers: Shard
    """The papers that the feed shows."""


def write(
    listings: Listings,
    texts: Fragments = NOWHERE,
    digests: Callable[[Sequence[Paper]], bytes] | None = None,
) -> Iterator[File]:
    """The feeds of all lists that have one, and the file that names them.

    Args:
        listings: the lists of a catalog.
        texts: what its papers are read from, if they are known by their summaries.
        digests: changes with those of some papers; without it, nothing tells whether they did.
    """
    writer = Writer(listings.settings, taxonomy.keywords(listings.catalog.topics))
    front = (addresses.FRONT, listings.settings.site_name, listings.catalog.current)
    lists = listings.every()
    others = ((one.address, one.heading, one.papers) for one in lists if one.has_feed)
    for address, title, whole in chain([front], others):
        papers = whole[:ENTRIES]
        same = key(writer.about, address, printable(title), digests(papers)) if digests else b""
        feed = Feed(address=address, title=title, papers=fragments.shard(papers, texts))
        yield File(addresses.atom(address), same, partial(writer.atom, feed), papers)
        if address == addresses.FRONT:
            yield File(addresses.json_feed(address), same, partial(writer.json, feed), papers)
    named = _named(listings)
    same = key(writer.about, named) if digests else b""
    yield File(OPML, same, partial(writer.opml, named))


def _named(listings: Listings) -> dict[str, list[tuple[str, str]]]:
    """The addresses and titles of lists with a feed, by what their kind is called."""
    groups = {
        "Saved searches": listings.saved,
        "Trending": listings.trends,
        "Topics": listings.topics,
        "Venues": listings.venues,
    }
    named = {
        group: [(one.address, printable(one.heading)) for one in members if one.has_feed]
        for group, members in groups.items()
    }
    has_any = listings.settings.author_feeds > 0
    people = chain.from_iterable(listings.authors.by_letter.values()) if has_any else ()
    return named | {
        "Authors": [
            (addresses.author(person.id), printable(person.name))
            for person in people
            if listings.authors.has_feed(person.total)
        ]
    }


class Writer:
    """Writes the feeds of a site."""

    def __init__(self, settings: Settings, names: Mapping[str, str]) -> None:
        """What all feeds of a site have in common.

        Args:
            settings: of the site.
            names: of topics that may be categories, by slug; a paper without any has its keywords.
        """
        self._settings = settings
        self._names = names

        self.about = [*map(printable, (settings.site_name, settings.site_url, settings.websub_hub))]
        """All that feeds show besides their papers."""

    def atom(self, feed: Feed) -> str:
        """The feed as Atom."""
        papers = list(fragments.whole(feed.papers))
        root = ElementTree.Element("feed", xmlns="http://www.w3.org/2005/Atom")
        root.set("xml:lang", "en")
        _add(root, "id", self._id(feed))
        _add(root, "title", self._title(feed))
        _add(root, "updated", max(map(_updated, papers), default=_NEVER))
        _add(_add(root, "author"), "name", self._settings.site_name)
        feed_url = self._link(feed, addresses.atom(feed.address))
        _add(root, "link", rel="self", href=feed_url, type=_ATOM)
        page = self._link(feed, feed.address)
        _add(root, "link", rel="alternate", href=page, type="text/html")
        if self._settings.websub_hub:
            _add(root, "link", rel="hub", href=self._settings.websub_hub)
        _add(root, "generator", "Papershelf")
        for paper in papers:
            self._entry(_add(root, "entry"), feed, paper)
        return _document(root)

    def _entry(self, entry: ElementTree.Element, feed: Feed, paper: Paper) -> None:
        page = self._link(feed, addresses.paper(paper.id))
        content = _content(paper.abstract)
        _add(entry, "id", _entry_id(paper))
        _add(entry, "title", readable(paper.title))
        _add(entry, "updated", _updated(paper))
        if paper.date:
            _add(entry, "published", _instant(paper.date))
        for author in paper.authors:
            _add(_add(entry, "author"), "name", author.name)
        _add(entry, "link", rel="alternate", href=page, type="text/html")
        for link in paper.links:
            _add(entry, "link", rel="related", href=link.url, title=link.kind)
        for name in self._categories(paper):
            _add(entry, "category", term=name)
        if content:
            _add(entry, "content", content, type="html")

    def json(self, feed: Feed) -> str:
        """The feed as JSON Feed."""
        hub = self._settings.websub_hub
        record = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": printable(self._title(feed)),
            "home_page_url": self._link(feed, feed.address),
            "feed_url": self._link(feed, addresses.json_feed(feed.address)),
            "language": "en",
            **({"hubs": [{"type": "WebSub", "url": hub}]} if hub else {}),
            "items": [self._item(feed, paper) for paper in fragments.whole(feed.papers)],
        }
        return f"{json.dumps(record, ensure_ascii=False)}\n"

    def _item(self, feed: Feed, paper: Paper) -> dict[str, Any]:
        updated = _updated(paper)
        item: dict[str, Any] = {
            "id": _entry_id(paper),
            "url": self._link(feed, addresses.paper(paper.id)),
            "title": printable(readable(paper.title)),
            "content_html": printable(_content(paper.abstract)) or "<p></p>",
            "date_published": _instant(paper.date) if paper.date else None,
            "date_modified": updated if updated != _NEVER else None,
            "authors": [{"name": printable(author.name)} for author in paper.authors],
            "tags": [printable(name) for name in self._categories(paper)],
        }
        return {name: value for name, value in item.items() if value}

    def opml(self, named: Mapping[str, Sequence[tuple[str, str]]]) -> str:
        """The feed of the whole and all these as one file to import into a reader.

        Args:
            named: the address and title of each, by what their kind is called.
        """
        name = self._settings.site_name
        root = ElementTree.Element("opml", version="2.0")
        _add(_add(root, "head"), "title", name)
        body = _add(root, "body")
        self._outline(body, addresses.FRONT, name)
        for group, members in named.items():
            if members:
                outline = _add(body, "outline", text=group)
                for address, title in members:
                    self._outline(outline, address, title)
        return _document(root)

    def _outline(self, parent: ElementTree.Element, address: str, title: str) -> None:
        feed, page = self._url(addresses.atom(address)), self._url(address)
        _add(parent, "outline", type="rss", text=title, title=title, xmlUrl=feed, htmlUrl=page)

    def _url(self, address: str) -> str:
        return addresses.absolute(self._settings.site_url, address)

    def _link(self, feed: Feed, address: str) -> str:
        """Absolute, or relative to the feed where the site's address is not known."""
        if self._settings.site_url:
            return self._url(address)
        return addresses.relative(feed.address, address)

    def _title(self, feed: Feed) -> str:
        name = self._settings.site_name
        return f"{feed.title} · {name}" if feed.address else name

    def _id(self, feed: Feed) -> str:
        site = self._settings.site_url or f"papershelf:{self._settings.site_name}/"
        return uuid5(NAMESPACE_URL, site.rstrip("/") + "/" + feed.address).urn

    def _categories(self, paper: Paper) -> Sequence[str]:
        topics = [self._names[slug] for slug in paper.topics if slug in self._names]
        return topics or paper.keywords


def _entry_id(paper: Paper) -> str:
    return uuid5(_PAPERS, paper.feed_id or paper.id).urn


def _content(abstract: str) -> str:
    """An abstract as HTML."""
    paragraphs = filter(None, abstract.split("\n\n"))
    return "".join(
        f"<p>{''.join(map(_html, segments(one_line(paragraph))))}</p>" for paragraph in paragraphs
    )


def _html(segment: Segment) -> str:
    target = None
    if segment.kind == "address":
        target = next(map(safe_url, urls(segment.text)), None)
    words = escape(readable(segment.text), quote=False)
    return f'<a href="{escape(target)}">{words}</a>' if target else words


def _updated(paper: Paper) -> str:
    """When it was last changed, as far as the data say (RFC 3339)."""
    listed = paper.days[-1].isoformat() if paper.days else ""
    latest = max(listed, paper.published, paper.revised)
    return _instant(latest) if latest else _NEVER


def _instant(date: str) -> str:
    """Midnight UTC of a day, or of the first day of a month or year (RFC 3339)."""
    return f"{date}{'-01-01'[len(date) - 10 :] if len(date) < 10 else ''}T00:00:00Z"


def _add(
    parent: ElementTree.Element, name: str, words: str = "", **attributes: str
) -> ElementTree.Element:
    """A new element at the end of another one; characters that XML does not allow go."""
    values = {key: printable(value) for key, value in attributes.items()}
    element = ElementTree.SubElement(parent, name, values)
    element.text = printable(words) or None
    return element


def _document(root: ElementTree.Element) -> str:
    ElementTree.indent(root, space="")
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'
