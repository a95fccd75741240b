"""The templates of `site_templates/pages/` with what all of them need at hand.

What is in a paper's text cannot break out of a page: front matter goes through a YAML dumper,
bodies through the filters declared here, and what a template forgets to filter is escaped anyway.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as calendar
from functools import cache, partial
from importlib.resources import files
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator import addresses, text
from generator.catalog import Catalog
from generator.config import Settings
from generator.papers import Link

MARK = "generator: papershelf"
"""The last line of the front matter of every page that was generated and not written by hand."""

_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # the fast one, where PyYAML has it

LEAD = 320
"""Characters of an abstract in a list: more than two lines hold, where they are widest."""


def is_generated(page: str) -> bool:
    """Whether a Markdown page was made here, and may be written over."""
    front, fence, _ = page.removeprefix("---\n").partition("\n---\n")
    return page.startswith("---\n") and bool(fence) and front.endswith(MARK)


class Site:
    """A catalog, its settings and the templates that turn both into Markdown."""

    def __init__(self, catalog: Catalog, settings: Settings) -> None:
        self.catalog = catalog
        self.settings = settings
        self.names = {topic.slug: topic.name for topic in catalog.topics}
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
            "letter_anchor": letter_anchor,
            "link_name": link_name,
            "day": day_name,
            "number": "{:,}".format,
        }
        self._environment.globals |= {
            "addresses": addresses,
            "names": self.names,
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
                "front_matter": Markup(_front_matter(front)),
            }
        )


def _lead(abstract: str) -> Markup:
    """The first lines of an abstract, for an entry of a list."""
    return Markup(text.inline(text.excerpt(abstract, LEAD), links=False))


def _front_matter(front: Mapping[str, Any]) -> str:
    kept = {key: value for key, value in front.items() if value}
    dumped = yaml.dump(
        kept,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=2**31 - 1,  # one line a value: no line of a text can look like a fence
    )
    return f"---\n{dumped}{MARK}\n---\n"


def day_name(date: str, form: str = "long") -> str:
    """A day as people say it, or a month or year where no more is known.

    `long` is `Thursday, 7 August 2025`, `plain` is `7 August 2025`, `short` is `7 Aug 2025`; a
    month is `August 2025`, and empty is `Undated`.
    """
    if len(date) < len("2025-08"):
        return date or "Undated"
    day = calendar.fromisoformat(f"{date}-01"[: len("2025-08-07")])
    month = f"{day:%b} {day.year}" if form == "short" else f"{day:%B} {day.year}"
    if len(date) == len("2025-08"):
        return month
    return f"{day:%A}, {day.day} {month}" if form == "long" else f"{day.day} {month}"


def link_name(link: Link) -> str:
    """What a button for a link says: `Code`, `Code 2`, `Read PDF`, `arXiv`."""
    word, _, number = link.kind.partition("-")
    if word == "abs":
        return next((name for host, name in _HOSTS.items() if host in link.url), "Abstract page")
    return f"{_LINK_NAMES.get(word, word.title())} {number}".strip()


_HOSTS = {"//arxiv.org/": "arXiv", "//aclanthology.org/": "ACL Anthology"}
_LINK_NAMES = {"doi": "DOI", "pdf": "Read PDF", "project": "Project page"}


def letter_anchor(letter: str) -> str:
    """The id of a letter's heading on the pages of titles."""
    return f"letter-{text.slug(letter)}"
