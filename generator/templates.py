"""The templates of `site_templates/pages/` with what all of them need at hand.

What is in a paper's text cannot break out of a page: front matter goes through a YAML dumper,
bodies through the filters declared here, and what a template forgets to filter is escaped anyway.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator import addresses, cards, citations, front_matter, text
from generator.changes import Change
from generator.dates import day_name
from generator.listings import Listings
from generator.listings.paging import ORDERS
from generator.papers import Link
from generator.similar import Neighbour

LEAD = 320
"""Characters of an abstract in a list: more than two lines hold, where they are widest."""


class Site:
    """A catalog, its lists, and the templates that turn both into Markdown."""

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
        self.has_cards = cards.wanted(settings, len(catalog.papers))
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
            # Cached, since a paper stands in many listings.
            "title": cache(lambda value: Markup(text.inline(value, links=False))),
            "lead": cache(_lead),
            "coins": cache(citations.coins),
            "link_name": link_name,
            "day": day_name,
            "host": lambda url: urlsplit(url).hostname or "",
            "size": _size,
            "slug": cache(text.slug),
            "number": "{:,}".format,
        }
        self._environment.globals |= {
            "addresses": addresses,
            "author_address": cache(listings.authors.address),
            "has_changes": bool(log),
            "listings": listings,
            "names": self.names,
            "orders": ORDERS,
            "settings": settings,
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
