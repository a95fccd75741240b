"""`llms.txt`, the guide for language models: https://llmstxt.org."""

from __future__ import annotations

from collections.abc import Sequence

from generator.catalog.listings import Listings
from generator.exports.catalog_records import CATALOG, CATALOG_NAME, SCHEMA
from generator.exports.paper_markdown import as_markdown
from generator.model import addresses

LLMS = "llms.txt"

PAPERS_NAMED = 50
TOPICS_NAMED = 100
"""Papers and topics in the guide for language models, at most."""


def llms_txt(listings: Listings, parts: Sequence[str] = (CATALOG,)) -> str:
    """A guide for language models (https://llmstxt.org): where the text of what is.

    Args:
        listings: the catalog and its lists.
        parts: the files of the catalog.
    """
    settings, catalog = listings.settings, listings.catalog
    page = addresses.markdown_twin if settings.companions else addresses.paper

    def link(name: str, address: str, note: str = "") -> str:
        url = addresses.absolute(settings.site_url, address)
        return f"- [{as_markdown(name)}]({url})" + (f": {note}" if note else "")

    sections = {
        "Latest papers": [
            link(paper.title, page(paper.id)) for paper in catalog.current[:PAPERS_NAMED]
        ],
        "Data": [
            *(link(_part(path), path, "JSON lines, one paper each") for path in parts),
            link("What a line holds", SCHEMA, "JSON Schema"),
            link("Citations", addresses.DOWNLOADS, "BibTeX, RIS and CSL-JSON by year"),
            link("New papers", addresses.json_feed(addresses.FRONT), "JSON Feed"),
        ],
        "Topics": [
            link(one.heading, one.address, f"{len(one.papers)} papers")
            for one in listings.topics[:TOPICS_NAMED]
        ],
        "Optional": [link("All titles", addresses.TITLES), link("All days", addresses.DAYS)],
    }
    about = settings.site_description or "Research papers, with their abstracts and topics."
    lines = [f"# {settings.site_name or 'Papers'}", "", f"> {about}", ""]
    lines += [f"{len(catalog.current)} papers. {_WHERE[settings.companions]}"]
    for heading, rows in sections.items():
        if rows:
            lines += ["", f"## {heading}", "", *rows]
    return "\n".join(lines) + "\n"


_WHERE = {
    True: "The text of each is at its address, ending in `.md` in place of the last slash; its "
    "record ends in `.json`.",
    False: "The record of each, with its text, is a line of what is named “All papers”.",
}


def _part(path: str) -> str:
    """What a file of the catalog is called."""
    match = CATALOG_NAME.fullmatch(path)
    return f"All papers, part {match[1]}" if match and match[1] else "All papers"
