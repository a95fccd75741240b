"""The one authority for addresses: where a page is, and how one page points at another.

An address is what follows the site's root: `` for the front page, `papers/liquid/`,
`topics/retrieval/2/`. It ends in a slash, and it never changes once it was published.
"""

from __future__ import annotations

import re
from urllib.parse import quote_plus

FRONT = ""
DAYS = "days/"
TOPICS = "topics/"
TITLES = "titles/"
SEARCH = "search/"
AUTHORS = "authors/"
VENUES = "venues/"
YEARS = "years/"
TRENDING = "trending/"
SAVED = "saved/"
CHANGES = "changes/"
READING_LIST = "reading-list/"
SUBSCRIBE = "subscribe/"
DOWNLOADS = "downloads/"

_WITH_INDEX = (
    *(FRONT, DAYS, TOPICS, TITLES, SEARCH, AUTHORS, VENUES, YEARS, TRENDING),
    *(CHANGES, READING_LIST, SUBSCRIBE, DOWNLOADS),
)
"""Pages whose folder holds others or files, so that their Markdown is the `index.md` in it."""

UNDATED = "undated"
"""Stands where the day would, for papers from lists without one."""


def paper(id: str) -> str:
    """Address of a paper's own page."""
    return f"papers/{id}/"


def twin(id: str) -> str:
    """The file beside a paper's page that holds its record as JSON."""
    return f"papers/{id}.json"


def markdown_twin(id: str) -> str:
    """The file beside a paper's page that says the same as plain Markdown."""
    return f"papers/{id}.md"


def card(id: str) -> str:
    """The picture that other sites show beside a link to a paper."""
    return f"papers/{id}.png"


def topic(slug: str) -> str:
    """Address of a topic's listing."""
    return f"{TOPICS}{slug}/"


def author(id: str) -> str:
    """Address of the listing of a person's papers."""
    return f"{AUTHORS}{_apart(id)}/"


def letter(letter: str) -> str:
    """Address of the list of authors whose family names begin so; `letter` is a slug."""
    return f"{AUTHORS}letter-{letter}/"


def venue(slug: str) -> str:
    """Address of a venue's listing."""
    return f"{VENUES}{_apart(slug)}/"


def year(year: str) -> str:
    """Address of the listing of the papers published in a year: `2019`."""
    return f"{YEARS}{year}/"


def trending(span: str) -> str:
    """Address of the most upvoted papers of a `day`, `week`, `month` or of `all` time."""
    return TRENDING if span == "week" else f"{TRENDING}{span}/"


def saved(slug: str) -> str:
    """Address of the listing of a search that `mkdocs.yml` declares."""
    return f"{SAVED}{slug}/"


def find(query: str) -> str:
    """The page of search results, with what this query finds."""
    return f"{SEARCH}?q={quote_plus(query, safe=':')}"


def atom(address: str) -> str:
    """The Atom feed of the listing at `address`."""
    return f"{address}feed.xml"


def json_feed(address: str) -> str:
    """The JSON Feed of the listing at `address`."""
    return f"{address}feed.json"


def date(date: str) -> str:
    """Address of the listing of a day, month or year: `2025-08-07`, `2025-08`, `2025`.

    Empty is the listing of undated papers.
    """
    return f"{DAYS}{date or UNDATED}/"


def page(address: str, name: str) -> str:
    """Address of a page of the listing that starts at `address`; its first one has no name."""
    return f"{address}{name}/" if name else address


def _apart(slug: str) -> str:
    """Not `2`, which is a page of the list of all, nor `letter-a`, which is a part of it."""
    return f"{slug}-" if _TAKEN.fullmatch(slug) else slug


_TAKEN = re.compile(r"[0-9]+|letter-.*")


def file(address: str) -> str:
    """The Markdown file, below the pages folder, that MkDocs renders to `address`."""
    if address in _WITH_INDEX:
        return f"{address}index.md"
    return f"{address.removesuffix('/')}.md"


def of_file(path: str) -> str:
    """The address that MkDocs gives the Markdown file at `path`: the inverse of `file`."""
    stem = path.removesuffix(".md")
    if stem.rpartition("/")[2].lower() in ("index", "readme"):
        return stem.rpartition("/")[0] + "/" if "/" in stem else FRONT
    return f"{stem}/"


def relative(start: str, to: str) -> str:
    """How the page at `start` points at `to`, a page or a file, wherever the site is mounted."""
    shared = 0  # characters of the folders that both are in
    while (end := start.find("/", shared) + 1) and to.startswith(start[shared:end], shared):
        shared = end
    return "../" * start.count("/", shared) + to[shared:] or "./"


def absolute(site_url: str, to: str) -> str:
    """The full address of `to` on the site published at `site_url`; `to` if that is not known."""
    return f"{site_url.rstrip('/')}/{to}" if site_url else to
