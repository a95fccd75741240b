"""The one authority for addresses: where a page is, and how one page points at another.

An address is what follows the site's root: `` for the front page, `papers/liquid/`,
`topics/retrieval/2/`. It ends in a slash, and it never changes once it was published.
"""

from __future__ import annotations

FRONT = ""
DAYS = "days/"
TOPICS = "topics/"
TITLES = "titles/"
SEARCH = "search/"

UNDATED = "undated"
"""Stands where the day would, for papers from lists without one."""


def paper(id: str) -> str:
    """Address of a paper's own page."""
    return f"papers/{id}/"


def twin(id: str) -> str:
    """The file beside a paper's page that holds its record as JSON."""
    return f"papers/{id}.json"


def topic(slug: str) -> str:
    """Address of a topic's listing."""
    return f"{TOPICS}{slug}/"


def date(date: str) -> str:
    """Address of the listing of a day, month or year: `2025-08-07`, `2025-08`, `2025`.

    Empty is the listing of undated papers.
    """
    return f"{DAYS}{date or UNDATED}/"


def numbered(address: str, number: int) -> str:
    """Address of page `number`, from 1, of the listing that starts at `address`."""
    return address if number == 1 else f"{address}{number}/"


def file(address: str) -> str:
    """The Markdown file, below the pages folder, that MkDocs renders to `address`."""
    if address in (FRONT, DAYS, TOPICS, TITLES, SEARCH):
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
    return "../" * start.count("/") + to or "./"


def absolute(site_url: str, to: str) -> str:
    """The full address of `to` on the site published at `site_url`; `to` if that is not known."""
    return f"{site_url.rstrip('/')}/{to}" if site_url else to
