"""The templates of `site_templates/pages/` with what all of them need at hand.

What is in a paper's text cannot break out of a page: front matter goes through a YAML dumper,
bodies through the filters declared here, and what a template forgets to filter is escaped anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.resources import files
from typing import Any, Final, NamedTuple, Protocol
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator import addresses, cards, citations, drafts, entries, front_matter, text
from generator.changes import Change
from generator.config import Settings
from generator.dates import day_name
from generator.listings import Listings
from generator.listings.paging import ORDERS
from generator.papers import Paper
from generator.similar import Neighbour


class Site:
    """A catalog, its lists, and what the pages show of both."""

    def __init__(
        self,
        listings: Listings,
        similar: Mapping[str, Sequence[Neighbour]] | None = None,
        log: Sequence[Change] = (),
    ) -> None:
        """Args: the lists of a catalog; for each paper those like it, by id; what changed when."""
        self.entry: Callable[[Paper], str] = lambda paper: entries.entry(paper, self.names)
        """What lists say of a paper, to be given to `entries.placed`."""

        self.digest: Callable[[Paper], bytes] = lambda paper: self.catalog.digests[paper.id]
        """Changes with anything that a list or a page says of a paper itself."""

        self._people: dict[str, bytes] = {}
        self.listings = listings
        self.similar = similar or {}
        self.log = log
        self.catalog = catalog = listings.catalog
        self.settings = settings = listings.settings
        self.names = {topic.slug: topic.name for topic in catalog.topics}
        self.by_id = {paper.id: paper for paper in catalog.papers}
        self.keys = citations.keys(catalog.papers)
        self.shown = Shown(
            settings=settings,
            names=self.names,
            has_cards=cards.wanted(settings, len(catalog.papers)),
        )

    def people(self, paper: Paper) -> bytes:
        """Changes with the names of a paper's authors, and with where they lead."""
        found = self._people.get(paper.id)
        if not found:
            found = self._people[paper.id] = drafts.key(self.listings.authors.names(paper))
        return found


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What every page may show. It is small, so that it can be handed to other processes."""

    settings: Settings
    names: Mapping[str, str]
    """Of topics, by slug."""

    has_cards: bool = False


class Page(Protocol):
    """A page to be written: data, so that any process can do it."""

    @property
    def address(self) -> str:
        """Where it will be."""

    def markdown(self, templates: Templates) -> str:
        """The page, with its front matter."""


class Draft(NamedTuple):
    """A page that need not be made if all that it shows is as it was."""

    address: str
    key: bytes
    """Digest of all that it shows."""

    paper: str
    """The id of the paper whose page it is; empty for a list."""

    make: Callable[[], Page]


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
        self._environment = Environment(
            loader=FileSystemLoader(str(files("site_templates") / "pages")),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            # Kept for a while, since papers stand in many lists, and people on many papers.
            "text": lru_cache(_KEPT)(lambda value: Markup(text.escape(value))),
            "rich": lambda value: Markup(text.inline(value)),
            "title": lru_cache(_KEPT)(lambda value: Markup(text.inline(value, links=False))),
            "link_name": entries.link_name,
            "day": day_name,
            "host": lambda url: urlsplit(url).hostname or "",
            "size": _size,
            "slug": lru_cache(_KEPT)(text.slug),
            "number": "{:,}".format,
            "counted": _counted,
        }
        self._environment.globals |= {
            "addresses": addresses,
            "names": shown.names,
            "orders": ORDERS,
            "settings": shown.settings,
        }

    def page(self, template: str, address: str, front: Mapping[str, Any], **values: Any) -> str:
        """The page at `address`, its links relative to it, from one of the templates.

        What in `front` is `None`, false or empty is left out of the front matter.
        """
        return self._environment.get_template(template).render(
            values
            | {
                "href": partial(addresses.relative, address),
                "placed": lambda *made: Markup(entries.placed(made[0], address, *made[1:])),
                "front_matter": Markup(front_matter.dumps(front)),
            }
        )


_KEPT: Final = 20_000


def _counted(number: int, noun: str) -> str:
    """`1 source`, `1,204 papers`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _size(size: int) -> str:
    """Bytes as people say them."""
    return f"{size / 1e6:,.1f} MB" if size >= 1e5 else f"{max(size, 100) / 1e3:,.1f} KB"
