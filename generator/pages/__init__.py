"""From the catalog to the Markdown of the site: pure, `{path: text}` out.

Every page is Markdown with front matter, so that any MkDocs theme can show it.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from generator import addresses
from generator.pages import lists, paper, places
from generator.templates import Site


def write(site: Site, downloads: Mapping[str, int] | None = None) -> dict[str, str]:
    """Every generated page of the site.

    Args:
        site: the catalog, its lists and what the pages show of it.
        downloads: bytes of each file that the page of downloads names, by path.

    Returns:
        Paths below MkDocs' `docs_dir`, such as `papers/liquid.md`, and the Markdown of each.
    """
    return {
        addresses.file(address): page
        for address, page in chain(
            lists.front(site),
            lists.days(site),
            lists.indexes(site),
            lists.authors(site),
            *(lists.paged(site, listing) for listing in site.listings.every()),
            places.search_page(site),
            places.reading_list(site),
            places.subscribe(site),
            places.downloads(site, downloads or {}),
            places.changes(site),
            paper.papers(site),
        )
    }
