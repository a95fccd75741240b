"""The templates of `site_templates/pages/` with what all of them need at hand.

What is in a paper's text cannot break out of a page: front matter goes through a YAML dumper,
bodies through the filters declared here, and what a template forgets to filter is escaped anyway.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.resources import files
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator import addresses, cards, citations, front_matter, text
from generator.changes import Change
from generator.config import Settings
from generator.dates import day_name
from generator.listings import Listings
from generator.listings.paging import ORDERS
from generator.papers import Link
from generator.similar import Neighbour

LEAD = 320
"""Characters of an abstract in a list: more than two lines hold, where they are widest."""


class Site:
    """A catalog, its lists, and what the pages show of both."""

    def __init__(
        self,
        listings: Listings,
        similar: Mapping[str, Sequence[Neighbour]] | None = None,
        log: Sequence[Change] = (),
    ) -> None:
        """Args: the lists of a catalog; for each paper those like it, by id; what changed when."""
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
            has_changes=bool(log),
        )


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What every page may show. It is small, so that it can be handed to other processes."""

    settings: Settings
    names: Mapping[str, str]
    """Of topics, by slug."""

    has_cards: bool = False
    has_changes: bool = False


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
        self._environment = Environment(
            loader=FileSystemLoader(str(files("site_templates") / "pages")),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "text": lambda value: Markup(text.escape(value)),
            "rich": lambda value: Markup(text.inline(value)),
            # Kept for a while, since a paper stands in many lists.
            "title": lru_cache(_KEPT)(lambda value: Markup(text.inline(value, links=False))),
            "lead": lru_cache(_KEPT)(_lead),
            "coins": lru_cache(_KEPT)(citations.coins),
            "link_name": link_name,
            "day": day_name,
            "host": lambda url: urlsplit(url).hostname or "",
            "size": _size,
            "slug": lru_cache(_KEPT)(text.slug),
            "number": "{:,}".format,
        }
        self._environment.globals |= {
            "addresses": addresses,
            "has_changes": shown.has_changes,
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
                "front_matter": Markup(front_matter.dumps(front)),
            }
        )


_KEPT: Final = 20_000


def _lead(abstract: str) -> Markup:
    """The first lines of an abstract, for an entry of a list."""
    return Markup(text.inline(text.excerpt(abstract, LEAD), links=False))


def _size(size: int) -> str:
    """Bytes as people say them."""
    return f"{size / 1e6:,.1f} MB" if size >= 1e5 else f"{max(size, 100) / 1e3:,.1f} KB"


def link_name(link: Link) -> str:
    """What a button for a link says: `Code`, `Code 2`, `Read PDF`, `arXiv`."""
    word, _, number = link.kind.partition("-")
    if word == "abs":
        return next((name for host, name in _HOSTS.items() if host in link.url), "Abstract page")
    return f"{_LINK_NAMES.get(word, word.title())} {number}".strip()


_HOSTS = {"//arxiv.org/": "arXiv", "//aclanthology.org/": "ACL Anthology"}
_LINK_NAMES = {"doi": "DOI", "pdf": "Read PDF", "project": "Project page"}
