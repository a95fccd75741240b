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

from generator import addresses, taxonomy, text
from generator.config import Settings
from generator.drafts import File, Later, key
from generator.listings import Listing, Listings
from generator.papers import Paper
from generator.plain import readable
from generator.slices import Slices, texts
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is in a feed, but for what it says of its papers."""

    address: str
    title: str
    papers: tuple[str, ...]
    """Their ids."""

    updated: str
    """When any of them was last changed."""


class Entry(NamedTuple):
    """What every feed says of a paper. Only the address of its page is left to be replaced."""

    atom: str
    """As `<entry>`."""

    json: str
    """As an item of a JSON Feed."""


class Entries(NamedTuple):
    """What feeds say of some papers, in their order."""

    atom: Iterable[str] | Slices
    json: Iterable[str] | Slices


def write(
    listings: Listings,
    entries: Callable[[Sequence[Paper]], Entries] | None = None,
    digests: Callable[[Sequence[Paper]], bytes] | None = None,
    only: Iterable[Listing] | None = None,
) -> Iterator[File]:
    """The feeds of all lists that have one, and the file that names them.

    Args:
        listings: the lists of a catalog.
        entries: gives what `entry_of` would, if that was made before.
        digests: changes with those of some papers; without it, nothing tells whether they did.
        only: the lists whose feeds to make, if not all.
    """
    names = taxonomy.keywords(listings.catalog.topics)
    writer = Feeds(listings.settings)
    for feed in _all(listings, listings.every() if only is None else only):
        papers = feed.papers[:ENTRIES]
        shown = (writer.about, feed.address, printable(feed.title))
        same = key(shown, digests(papers)) if digests else b""
        made_of = partial(_made_of, feed, entries or partial(entries_of, names=names))
        yield File(addresses.atom(feed.address), same, Later(writer.atom, made_of))
        yield File(addresses.json_feed(feed.address), same, Later(writer.json, made_of))
    named = _named(listings)
    same = key(writer.about, named) if digests else b""
    yield File(OPML, same, Later(writer.opml, lambda: (named,)))


def _made_of(feed: Feed, entries: Callable[[Sequence[Paper]], Entries]) -> tuple[Content, Entries]:
    papers = feed.papers[:ENTRIES]
    content = Content(
        address=feed.address,
        title=feed.title,
        papers=tuple(paper.id for paper in papers),
        updated=max(map(_updated, papers), default=_NEVER),
    )
    return content, entries(papers)


def _all(listings: Listings, some: Iterable[Listing]) -> Iterator[Feed]:
    """The feed of the whole, and those of some lists."""
    name = listings.settings.site_name
    yield Feed(address=addresses.FRONT, title=name, papers=listings.catalog.current)
    for one in some:
        if one.has_feed:
            yield Feed(address=one.address, title=one.heading, papers=one.papers)


def _named(listings: Listings) -> dict[str, list[tuple[str, str]]]:
    """The addresses and titles of lists with a feed, by what their kind is called."""
    groups = {
        "Saved searches": listings.saved,
        "Trending": listings.trends,
        "Topics": listings.topics,
        "Venues": listings.venues,
    }
    named = {
        group: [(one.address, one.heading) for one in members if one.has_feed]
        for group, members in groups.items()
    }
    people = chain.from_iterable(listings.authors.by_letter.values())
    listed = [(addresses.author(one.id), one.name) for one in people if not one.papers]
    return named | {"Authors": listed}


class Feeds:
    """Writes feeds."""

    def __init__(self, settings: Settings) -> None:
        """Args: settings of the site."""
        self._settings = settings

        self.about = [*map(printable, (settings.site_name, settings.site_url, settings.websub_hub))]
        """All that feeds show besides their papers."""

    def opml(self, named: Mapping[str, Sequence[tuple[str, str]]]) -> str:
        """The feed of the whole and all these as one file to import into a reader.

        Args:
            named: the address and title of each, by what their kind is called.
        """
        name = self._settings.site_name
        outlines = [self._outline(addresses.FRONT, name)]
        for group, members in named.items():
            if members:
                outlines.append(f"<outline text={_quoted(group)}>")
                outlines += [self._outline(*one) for one in members]
                outlines.append("</outline>")
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n'
            f"<head><title>{_xml(name)}</title></head>\n<body>\n"
            + "\n".join(outlines)
            + "\n</body>\n</opml>\n"
        )

    def _outline(self, address: str, title: str) -> str:
        text, url = _quoted(title), _quoted(self._url(address))
        feed = f'{url[:-1]}{addresses.atom("")}"'  # by the hundred thousand, quoting takes a while
        return f'<outline type="rss" text={text} title={text} xmlUrl={feed} htmlUrl={url}/>'

    def _url(self, address: str) -> str:
        return addresses.absolute(self._settings.site_url, address)

    def _link(self, feed: Content, address: str) -> str:
        """Absolute, or relative to the feed where the site's address is not known."""
        if self._settings.site_url:
            return self._url(address)
        return addresses.relative(feed.address, address)

    def _title(self, feed: Content) -> str:
        name = self._settings.site_name
        return f"{feed.title} · {name}" if feed.address else name

    def _id(self, feed: Content) -> str:
        known = self._settings.site_url or f"papershelf:{self._settings.site_name}/"
        return uuid5(NAMESPACE_URL, known.rstrip("/") + "/" + feed.address).urn

    def _pages(self, feed: Content) -> Iterator[str]:
        """Where the page of each paper in a feed is."""
        return (self._link(feed, addresses.paper(paper)) for paper in feed.papers)

    def atom(self, feed: Content, entries: Entries) -> str:
        """The feed as Atom.

        Args:
            feed: what is in it.
            entries: what is said of each of its papers.
        """
        found = zip(texts(entries.atom), self._pages(feed), strict=True)
        made = [entry.replace(_PAGE, escape(url), 1) for entry, url in found]
        hub = self._settings.websub_hub
        head = [
            '<?xml version="1.0" encoding="utf-8"?>',
            '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
            f"<id>{self._id(feed)}</id>",
            f"<title>{_xml(self._title(feed))}</title>",
            f"<updated>{feed.updated}</updated>",
            f"<author><name>{_xml(self._settings.site_name)}</name></author>",
            _atom_link("self", self._link(feed, addresses.atom(feed.address)), _ATOM),
            _atom_link("alternate", self._link(feed, feed.address), "text/html"),
            *([_atom_link("hub", hub)] if hub else []),
            "<generator>Papershelf</generator>",
        ]
        return "\n".join([*head, *made, "</feed>", ""])

    def json(self, feed: Content, entries: Entries) -> str:
        """The feed as JSON Feed; its arguments are those of `atom`."""
        found = zip(texts(entries.json), self._pages(feed), strict=True)
        items = [entry.replace(_PAGE_IN_JSON, json.dumps(url), 1) for entry, url in found]
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
        names: of topics that may be its keywords, by slug; without any, it has its own.
    """
    paragraphs = filter(None, paper.abstract.split("\n\n"))
    content = "".join(f"<p>{text.inline(paragraph)}</p>" for paragraph in paragraphs)
    known, title = uuid5(_PAPERS, paper.id).urn, readable(paper.title)
    updated = _updated(paper)
    published = _instant(paper.date) if paper.date else ""
    keywords = [names[slug] for slug in paper.topics if slug in names] or paper.keywords
    elements = [
        f"<entry><id>{known}</id>",
        f"<title>{_xml(title)}</title>",
        f"<updated>{updated}</updated>",
        *([f"<published>{published}</published>"] if published else []),
        *(f"<author><name>{_xml(author.name)}</name></author>" for author in paper.authors),
        f'<link rel="alternate" type="text/html" href="{_PAGE}"/>',
        *(_atom_link("related", link.url, title=link.kind) for link in paper.links),
        *(f"<category term={_quoted(name)}/>" for name in keywords),
        *([f'<content type="html">{_xml(content)}</content>'] if content else []),
        "</entry>",
    ]
    item: dict[str, Any] = {
        "id": known,
        "url": _PAGE,
        "title": printable(title),
        "content_html": printable(content) or "<p></p>",
        "date_published": published,
        "date_modified": updated if updated != _NEVER else None,
        "authors": [{"name": printable(author.name)} for author in paper.authors],
        "tags": [printable(name) for name in keywords],
    }
    some = {key: value for key, value in item.items() if value}
    return Entry("".join(elements), json.dumps(some, ensure_ascii=False))


def entries_of(papers: Sequence[Paper], names: Mapping[str, str]) -> Entries:
    """What feeds say of these papers; see `entry_of`."""
    found = [entry_of(paper, names) for paper in papers]
    return Entries([entry.atom for entry in found], [entry.json for entry in found])


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
