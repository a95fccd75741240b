"""Feeds of lists of papers: Atom (RFC 4287), JSON Feed 1.1, and OPML 2.0, which names them all.

What is in a feed depends on its papers alone. Ids are permanent: that of an entry is made of the
paper's id, so it survives a move of the site. Dates are the papers' own, at midnight UTC; no clock
is asked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import chain
from typing import Any, Final, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from generator import addresses, text
from generator.config import Settings
from generator.drafts import File, key, made
from generator.listings import Listings
from generator.papers import Paper
from generator.text import printable

OPML: Final = "feeds.opml"
ENTRIES: Final = 50
"""Papers in a feed: the first ones of its list."""

_ATOM: Final = "application/atom+xml"
_PAGE: Final = "\x00page\x00"
_PAGE_IN_JSON: Final = json.dumps(_PAGE)
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


class Entry(NamedTuple):
    """What every feed says of a paper. Only the address of its page is left to be replaced."""

    atom: str
    """As `<entry>`."""

    json: str
    """As an item of a JSON Feed."""


def write(
    listings: Listings,
    entry: Callable[[Paper], Entry] | None = None,
    digest: Callable[[Paper], bytes] | None = None,
) -> Iterator[File]:
    """The feeds of all lists that have one, and the file that names them.

    Args:
        listings: the lists of a catalog.
        entry: gives what `entry_of` would, if that was made before.
        digest: changes with that; without it, nothing tells whether it did.
    """
    feeds = _all(listings)
    names = {topic.slug: topic.name for topic in listings.catalog.topics}
    writer = Feeds(listings.settings, names, entry)
    yield made(OPML, writer.opml(feeds))
    for feed in feeds:
        shown = (writer.about, feed.address, printable(feed.title))
        same = key(shown, list(map(digest, feed.papers[:ENTRIES]))) if digest else b""
        yield File(addresses.atom(feed.address), same, partial(writer.atom, feed))
        yield File(addresses.json_feed(feed.address), same, partial(writer.json, feed))


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
    """Writes feeds."""

    def __init__(
        self,
        settings: Settings,
        names: Mapping[str, str],
        entry: Callable[[Paper], Entry] | None = None,
    ) -> None:
        """Args: settings of the site, names of topics by slug, and what was made of papers."""
        self._settings = settings
        self._entry = entry or partial(entry_of, names=names)
        self._last: Feed | None = None
        self._last_entries: Sequence[tuple[Entry, str]] = ()

        self.about = [*map(printable, (settings.site_name, settings.site_url, settings.websub_hub))]
        """All that feeds show besides their papers."""

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
                f'<outline type="rss" text={title} title={title} '
                f"xmlUrl={_quoted(self._url(addresses.atom(feed.address)))} "
                f"htmlUrl={_quoted(self._url(feed.address))}/>"
                for feed in members
                for title in [_quoted(feed.title)]
            ]
            if group:
                outlines.append("</outline>")
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n'
            f"<head><title>{_xml(self._settings.site_name)}</title></head>\n<body>\n"
            + "\n".join(outlines)
            + "\n</body>\n</opml>\n"
        )

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

    def _entries(self, feed: Feed) -> Sequence[tuple[Entry, str]]:
        """What is in a feed, each with where its page is; kept, since both formats want it."""
        if feed is not self._last:
            self._last = feed
            self._last_entries = [
                (self._entry(paper), self._link(feed, addresses.paper(paper.id)))
                for paper in feed.papers[:ENTRIES]
            ]
        return self._last_entries

    def atom(self, feed: Feed) -> str:
        """The feed as Atom."""
        entries = (entry.atom.replace(_PAGE, escape(url), 1) for entry, url in self._entries(feed))
        updated = max(map(_updated, feed.papers[:ENTRIES]), default=_NEVER)
        hub = self._settings.websub_hub
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
        return "\n".join([*head, *entries, "</feed>", ""])

    def json(self, feed: Feed) -> str:
        """The feed as JSON Feed."""
        items = (
            entry.json.replace(_PAGE_IN_JSON, json.dumps(url), 1)
            for entry, url in self._entries(feed)
        )
        hub = self._settings.websub_hub
        record = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": printable(self._title(feed)),
            "home_page_url": self._link(feed, feed.address),
            "feed_url": self._link(feed, addresses.json_feed(feed.address)),
            "language": "en",
            **({"hubs": [{"type": "WebSub", "url": hub}]} if hub else {}),
        }
        start = json.dumps(record, ensure_ascii=False)[:-1]
        return f'{start}, "items": [{", ".join(items)}]}}\n'


def entry_of(paper: Paper, names: Mapping[str, str]) -> Entry:
    """What feeds say of a paper.

    Args:
        paper: what they are of.
        names: of topics, by slug.
    """
    paragraphs = filter(None, paper.abstract.split("\n\n"))
    content = "".join(f"<p>{text.inline(paragraph)}</p>" for paragraph in paragraphs)
    known = uuid5(_PAPERS, paper.id).urn
    updated = _updated(paper)
    published = _instant(paper.date) if paper.date else ""
    topics = [names[slug] for slug in paper.topics]
    elements = [
        f"<entry><id>{known}</id>",
        f"<title>{_xml(paper.title)}</title>",
        f"<updated>{updated}</updated>",
        *([f"<published>{published}</published>"] if published else []),
        *(f"<author><name>{_xml(author.name)}</name></author>" for author in paper.authors),
        f'<link rel="alternate" type="text/html" href="{_PAGE}"/>',
        *(_atom_link("related", link.url, title=link.kind) for link in paper.links),
        *(f"<category term={_quoted(name)}/>" for name in topics),
        *([f'<content type="html">{_xml(content)}</content>'] if content else []),
        "</entry>",
    ]
    item: dict[str, Any] = {
        "id": known,
        "url": _PAGE,
        "title": printable(paper.title),
        "content_html": printable(content) or "<p></p>",
        "date_published": published,
        "date_modified": updated if updated != _NEVER else None,
        "authors": [{"name": printable(author.name)} for author in paper.authors],
        "tags": [printable(name) for name in topics],
    }
    some = {key: value for key, value in item.items() if value}
    return Entry("".join(elements), json.dumps(some, ensure_ascii=False))


def _updated(paper: Paper) -> str:
    """When it was last changed, as far as the data say (RFC 3339)."""
    listed = paper.days[-1].isoformat() if paper.days else ""
    latest = max(listed, paper.published, paper.revised)
    return _instant(latest) if latest else _NEVER


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
