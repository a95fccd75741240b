"""The templates of `site_templates/pages/` with what all of them need at hand.

What is in a paper's text cannot break out of a page: front matter goes through a YAML dumper,
bodies through the filters declared here, and what a template forgets to filter is escaped anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from operator import attrgetter
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

import msgspec
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from generator import text
from generator.catalog import taxonomy
from generator.catalog.changes import Change
from generator.catalog.listings import Listings
from generator.catalog.listings.paging import ORDERS, Part
from generator.exports import cards, citations
from generator.model import addresses
from generator.model.dates import day_name
from generator.model.fragments import NOWHERE, Fragments
from generator.model.papers import Paper, PaperSummary
from generator.model.settings import Settings
from generator.pages import entries, front_matter
from generator.similar import NO_SIMILAR, Similar
from generator.text.words import counted

Entry = str | int
"""What lists say of a paper, to be given to `entries.placed`; or the number of that fragment."""


class Site:
    """A catalog, its lists, and what the pages show of both."""

    def __init__(
        self,
        listings: Listings,
        similar: Similar = NO_SIMILAR,
        log: Sequence[Change] = (),
        fragments: Fragments = NOWHERE,
    ) -> None:
        """Args:
        listings: of a catalog.
        similar: for each paper those like it, by id.
        log: what changed when.
        fragments: what was made of papers that are known by their summaries.
        """
        self._people: dict[str, bytes] = {}
        self.listings = listings
        self.similar = similar
        self.log = log
        self.catalog = catalog = listings.catalog
        self.settings = settings = listings.settings
        self.names = {topic.slug: topic.name for topic in catalog.topics}
        self.by_id = {paper.id: paper for paper in catalog.papers}
        self.shown = Shown(
            settings=settings,
            names=self.names,
            keywords=taxonomy.keywords(catalog.topics),
            has_cards=cards.wanted(settings, len(catalog.papers)),
            fragments=fragments,
        )

    @property
    def summaries(self) -> list[PaperSummary]:
        """The papers that are known by their summaries."""
        return [paper for paper in self.catalog.papers if isinstance(paper, PaperSummary)]

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        return citations.keys(self.catalog.papers)

    def key(self, paper: Paper) -> str:
        """What a paper is cited by."""
        return paper.key if isinstance(paper, PaperSummary) else self._keys[paper.id]

    def digest(self, paper: Paper) -> bytes:
        """Changes with anything that a list or a page says of a paper itself."""
        return paper.digest if isinstance(paper, PaperSummary) else self.catalog.digests[paper.id]

    def digests(self, papers: Sequence[Paper]) -> bytes:
        """The digests of some papers, one after another."""
        if papers and isinstance(papers[0], PaperSummary):  # they all are, or none is
            return b"".join(map(_DIGEST, papers))
        return b"".join(map(self.digest, papers))

    def entry(self, paper: Paper, *, is_line: bool = False) -> Entry:
        """What lists say of a paper, with the beginning of its abstract or in a line."""
        if isinstance(paper, PaperSummary):
            return paper.fragment("line" if is_line else "entry")
        return entries.line(paper) if is_line else entries.entry(paper, self.names)

    def whole(self, paper: Paper) -> Paper | int:
        """All that is known of a paper, or the number of that fragment."""
        return paper.fragment("paper") if isinstance(paper, PaperSummary) else paper

    def people(self, paper: Paper) -> bytes:
        """Changes with the names of a paper's authors, and with where they lead."""
        key = self._people.get(paper.id)
        if not key:
            digest = self.listings.authors.digest
            key = self._people[paper.id] = b"".join(map(digest, paper.people))
        return key


_DIGEST: Final[Callable[[Paper], bytes]] = attrgetter("digest")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What every page may show. It is small, so that it can be handed to other processes."""

    settings: Settings
    names: Mapping[str, str]
    """The names of topics, by slug."""

    keywords: Mapping[str, str]
    """The names of topics that may go out as keywords."""

    has_cards: bool = False
    fragments: Fragments = NOWHERE
    """What is said of papers, if not in the pages."""


class Page(Protocol):
    """A page to be written: data, so that any process can do it."""

    @property
    def address(self) -> str:
        """Where it will be."""

    def markdown(self, templates: Templates) -> str:
        """The page, with its front matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """A page that is the only one of its kind."""

    template: str
    address: str
    front: Mapping[str, Any]
    values: Mapping[str, Any]

    def markdown(self, templates: Templates) -> str:
        """The page, with its front matter."""
        return templates.page(self.template, self.address, self.front, **self.values)


class Templates:
    """The templates of `site_templates/pages/`."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self._address = ""
        self._text = lru_cache(_KEPT)(lambda value: Markup(text.escape(value)))
        self._environment = Environment(
            loader=FileSystemLoader(str(files("site_templates") / "pages")),
            autoescape=True,
            undefined=StrictUndefined,
            bytecode_cache=Compiled(),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "text": self._text,
            "rich": lambda value: Markup(text.inline(value)),
            "heading": lambda value: Markup(text.heading(value, mathematics=False)),
            "title_heading": lambda value: Markup(text.heading(value)),
            "title": lru_cache(_KEPT)(
                lambda value: Markup(text.inline(value, links=False, tex=False))
            ),
            "link_name": entries.link_name,
            "day": day_name,
            "host": lambda url: urlsplit(url).hostname or "",
            "size": _size,
            "slug": lru_cache(_KEPT)(text.slug),
            "number": "{:,}".format,
            "counted": counted,
        }
        self._environment.globals |= {
            "addresses": addresses,
            "href": self._href,
            "index_rows": self._index_rows,
            "links": self._links,
            "names": shown.names,
            "orders": ORDERS,
            "placed": self._placed,
            "settings": shown.settings,
            "topic_links": self._topic_links,
        }

    def entry(self, entry: Entry) -> str:
        """What lists say of a paper."""
        return entry if isinstance(entry, str) else self.shown.fragments.read(entry).decode()

    def paper(self, paper: Paper | int) -> Paper:
        """A paper, whole."""
        return (
            paper if isinstance(paper, Paper) else _PAPER.decode(self.shown.fragments.read(paper))
        )

    def page(self, template: str, address: str, front: Mapping[str, Any], **values: Any) -> str:
        """The page at `address`, its links relative to it, from one of the templates.

        What in `front` is `None`, false or empty is left out of the front matter.
        """
        self._address = address
        known = {"front_matter": Markup(front_matter.dumps(front))}
        return self._environment.get_template(template).render(values | known)

    # What follows is called by templates. Where there may be many of a thing, it is written here,
    # since a call from a template takes several times as long.

    def _href(self, to: str) -> str:
        return addresses.relative(self._address, to)

    def _placed(self, entry: Entry, level: int, dated: bool, led: bool = True) -> Markup:
        made = self.entry(entry)
        return Markup(entries.placed(made, self._address, level, dated=dated, led=led))

    def _link(self, part: Part, name: str = "{}") -> str:
        """A link to a list, with how many papers that one holds, if it is known."""
        number = f' <span class="ps-number">{part.total:,}</span>' if part.total else ""
        if not part.address:
            return name.format(self._text(part.name))
        href = escape(self._href(part.address))
        return f'<a href="{href}">{name.format(self._text(part.name))}{number}</a>'

    def _links(self, parts: Iterable[Part], name: str = "{}") -> Markup:
        return Markup("".join(f"<li>{self._link(part, name)}</li>" for part in parts))

    def _topic_links(self, topics: Iterable[tuple[str, int]]) -> Markup:
        parts = (Part(addresses.topic(slug), self.shown.names[slug], n) for slug, n in topics)
        return self._links(parts, "<span>{}</span>")

    def _index_rows(self, rows: Iterable[tuple[Part, str | Iterable[Part]]]) -> Markup:
        made_rows = []
        for part, about in rows:
            said = (
                self._text(about) if isinstance(about, str) else " · ".join(map(self._link, about))
            )
            more = f"<p>{said}</p>" if said else ""
            made_rows.append(f"<li>{self._link(part, _ANY_SCRIPT)}{more}</li>")
        return Markup("\n".join(made_rows))


class Compiled(BytecodeCache):
    """Templates as Jinja compiled them, for all that this process makes of them.

    Jinja looks itself whether one was made of the same source.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja."""
        if bytecode := _compiled.get(bucket.key):
            bucket.bytecode_from_string(bytecode)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja."""
        _compiled[bucket.key] = bucket.bytecode_to_string()


_compiled: Final[dict[str, bytes]] = {}
_KEPT: Final = 20_000
_PAPER: Final = msgspec.msgpack.Decoder(Paper)
_ANY_SCRIPT: Final = "<bdi>{}</bdi>"


def _size(size: int) -> str:
    """Bytes as people say them."""
    return f"{size / 1e6:,.1f} MB" if size >= 1e5 else f"{max(size, 100) / 1e3:,.1f} KB"
