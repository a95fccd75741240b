"""Feeds of lists of papers: Atom (RFC 4287), JSON Feed 1.1, and OPML 2.0, which names them all.

What is in a feed depends on its papers alone. Ids are permanent: that of an entry is made of the
paper's id, so it survives a move of the site. Dates are the papers' own, at midnight UTC; no clock
is asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import chain
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from generator import addresses, text
from generator.config import Settings
from generator.listings import Listings
from generator.papers import Paper
from generator.text import printable

OPML: Final = "feeds.opml"
ENTRIES: Final = 50
"""Papers in a feed: the first ones of its list."""

_NEVER: Final = "1970-01-01T00:00:00Z"
_PAPERS: Final = UUID("4f2a3c5e-64b7-5d0c-9f1e-0c0b7a6d1e2f")
"""The namespace of the ids of entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What one feed is of."""

    address: str
    """Of the list that it belongs to: `topics/quantization/`; empty is the whole catalog."""

    title: str
    papers: Sequence[Paper]
    group: str = ""
    """What the feeds of its kind are called: `Topics`."""


def write(listings: Listings) -> Iterator[tuple[str, str]]:
    """The feeds of all lists that have one, with their paths, and the file that names them."""
    settings = listings.settings
    feeds = _all(listings)
    writer = Feeds(settings, {topic.slug: topic.name for topic in listings.catalog.topics})
    yield OPML, writer.opml(feeds)
    for feed in feeds:
        yield from writer.write(feed).items()


def _all(listings: Listings) -> list[Feed]:
    groups = {
        "Saved searches": listings.saved,
        "Trending": listings.trends,
        "Topics": listings.topics,
        "Venues": listings.venues,
        "Authors": chain.from_iterable(listings.by_letter.values()),
    }
    name = listings.settings.site_name
    return [
        Feed(address=addresses.FRONT, title=name, papers=listings.catalog.current),
        *(
            Feed(address=one.address, title=one.heading, papers=one.papers, group=group)
            for group, members in groups.items()
            for one in members
            if one.has_feed
        ),
    ]


class Feeds:
    """Writes feeds; what several of them say of a paper is made once."""

    def __init__(self, settings: Settings, names: Mapping[str, str]) -> None:
        """Args: the settings of the site, and the names of topics by slug."""
        self._settings = settings
        self._names = names
        self._entries: dict[str, _Entry] = {}

    def write(self, feed: Feed) -> dict[str, str]:
        """The feed in both formats, by path."""
        entries = [self._entry(paper) for paper in feed.papers[:ENTRIES]]
        return {
            addresses.atom(feed.address): self._atom(feed, entries),
            addresses.json_feed(feed.address): self._json(feed, entries),
        }

    def opml(self, feeds: Iterable[Feed]) -> str:
        """All these feeds as one file to import into a reader, by group."""
        groups: dict[str, list[Feed]] = {}
        for feed in feeds:
            groups.setdefault(feed.group, []).append(feed)
        outlines = []
        for group, members in groups.items():
            if group:
                outlines.append(f"<outline text={_quoted(group)}>")
            outlines += [
                f'<outline type="rss" text={_quoted(feed.title)} title={_quoted(feed.title)} '
                f"xmlUrl={_quoted(self._url(addresses.atom(feed.address)))} "
                f"htmlUrl={_quoted(self._url(feed.address))}/>"
                for feed in members
            ]
            if group:
                outlines.append("</outline>")
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n'
            f"<head><title>{_xml(self._settings.site_name)}</title></head>\n<body>\n"
            + "\n".join(outlines)
            + "\n</body>\n</opml>\n"
        )

    def _entry(self, paper: Paper) -> _Entry:
        if paper.id not in self._entries:
            self._entries[paper.id] = _Entry(
                paper, self._url(addresses.paper(paper.id)), self._names
            )
        return self._entries[paper.id]

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
        known = self._settings.site_url or f"papershelf:{self._settings.site_name}/"
        return uuid5(NAMESPACE_URL, known.rstrip("/") + "/" + feed.address).urn

    def _atom(self, feed: Feed, entries: Sequence[_Entry]) -> str:
        hub = self._settings.websub_hub
        updated = max((entry.updated for entry in entries), default=_NEVER)
        head = [
            '<?xml version="1.0" encoding="utf-8"?>',
            '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
            f"<id>{self._id(feed)}</id>",
            f"<title>{_xml(self._title(feed))}</title>",
            f"<updated>{updated}</updated>",
            f"<author><name>{_xml(self._settings.site_name)}</name></author>",
            _atom_link("self", self._link(feed, addresses.atom(feed.address)), _ATOM),
            _atom_link("alternate", self._link(feed, feed.address), "text/html"),
            *([_atom_link("hub", hub)] if hub else []),
            "<generator>Papershelf</generator>",
        ]
        bodies = [
            entry.atom(self._link(feed, addresses.paper(entry.paper.id))) for entry in entries
        ]
        return "\n".join([*head, *bodies, "</feed>", ""])

    def _json(self, feed: Feed, entries: Sequence[_Entry]) -> str:
        hub = self._settings.websub_hub
        record = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": printable(self._title(feed)),
            "home_page_url": self._link(feed, feed.address),
            "feed_url": self._link(feed, addresses.json_feed(feed.address)),
            "language": "en",
            **({"hubs": [{"type": "WebSub", "url": hub}]} if hub else {}),
        }
        items = [entry.json(self._link(feed, addresses.paper(entry.paper.id))) for entry in entries]
        start = json.dumps(record, ensure_ascii=False)[:-1]
        return f'{start}, "items": [{", ".join(items)}]}}\n'


class _Entry:
    """What every feed says of a paper. Only the address of its page may differ."""

    def __init__(self, paper: Paper, url: str, names: Mapping[str, str]) -> None:
        self.paper = paper
        self._url = url
        self._topics = [names[slug] for slug in paper.topics]

    @cached_property
    def updated(self) -> str:
        """When it was last changed, as far as the data say (RFC 3339)."""
        days = [day.isoformat() for day in self.paper.days]
        return max((_instant(date) for date in (*days, *self._dates) if date), default=_NEVER)

    @property
    def _dates(self) -> tuple[str, str]:
        return (self.paper.published, self.paper.revised)

    @cached_property
    def _id(self) -> str:
        return uuid5(_PAPERS, self.paper.id).urn

    @cached_property
    def _content(self) -> str:
        paragraphs = filter(None, self.paper.abstract.split("\n\n"))
        return "".join(f"<p>{text.inline(paragraph)}</p>" for paragraph in paragraphs)

    def atom(self, url: str) -> str:
        """As `<entry>`, with the paper's page at `url`."""
        return self._atom.replace(_PAGE, escape(url), 1)

    @cached_property
    def _atom(self) -> str:
        paper = self.paper
        published = _instant(paper.date) if paper.date else ""
        elements = [
            f"<entry><id>{self._id}</id>",
            f"<title>{_xml(paper.title)}</title>",
            f"<updated>{self.updated}</updated>",
            *([f"<published>{published}</published>"] if published else []),
            *(f"<author><name>{_xml(author.name)}</name></author>" for author in paper.authors),
            f'<link rel="alternate" type="text/html" href="{_PAGE}"/>',
            *(_atom_link("related", link.url, title=link.kind) for link in paper.links),
            *(f"<category term={_quoted(name)}/>" for name in self._topics),
            *([f'<content type="html">{_xml(self._content)}</content>'] if self._content else []),
            "</entry>",
        ]
        return "".join(elements)

    def json(self, url: str) -> str:
        """As an item, with the paper's page at `url`."""
        return self._json.replace(json.dumps(_PAGE), json.dumps(url), 1)

    @cached_property
    def _json(self) -> str:
        paper = self.paper
        item: dict[str, Any] = {
            "id": self._id,
            "url": _PAGE,
            "title": printable(paper.title),
            "content_html": printable(self._content) or "<p></p>",
            "date_published": _instant(paper.date) if paper.date else None,
            "date_modified": self.updated if self.updated != _NEVER else None,
            "authors": [{"name": printable(author.name)} for author in paper.authors],
            "tags": [printable(name) for name in self._topics],
        }
        return json.dumps({key: value for key, value in item.items() if value}, ensure_ascii=False)


_PAGE: Final = "\x00page\x00"
_ATOM: Final = "application/atom+xml"


def _instant(date: str) -> str:
    """Midnight UTC of a day, or of the first day of a month or year (RFC 3339)."""
    return f"{date}{'-01-01'[len(date) - 10 :] if len(date) < 10 else ''}T00:00:00Z"


def _atom_link(relation: str, href: str, type: str = "", title: str = "") -> str:
    more = f' type="{type}"' if type else ""
    more += f" title={_quoted(title)}" if title else ""
    return f'<link rel="{relation}" href={_quoted(href)}{more}/>'


def _xml(value: str) -> str:
    """Text for an element of XML."""
    return escape(printable(value), quote=False)


def _quoted(value: str) -> str:
    """Text as an attribute of XML, with its quotes."""
    return f'"{escape(printable(value))}"'
