"""From the catalog to the Markdown of the site: pages as data first, so that any process can write
them.

Every page is Markdown with front matter, so that any MkDocs theme can show it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from generator import addresses
from generator.listings.paging import cut
from generator.pages import lists, paper, places
from generator.templates import Draft, Single, Site, Templates


def singles(site: Site, downloads: Mapping[str, int] | None = None) -> Iterator[Single]:
    """The pages that there is one of each: the front page, those that lead to lists, and others.

    Args:
        site: the catalog, its lists and what the pages show of it.
        downloads: bytes of each file that the page of downloads names, by path.
    """
    yield from chain(
        lists.front(site),
        lists.days(site),
        lists.indexes(site),
        lists.authors(site),
        places.search_page(site),
        places.reading_list(),
        places.subscribe(site),
        places.downloads(site, downloads or {}),
        places.changes(site),
    )


def many(site: Site) -> Iterator[Draft]:
    """The pages of papers and of lists of papers."""
    yield from paper.papers(site)
    for listing in site.listings.every():
        yield from lists.paged(site, listing)


def addresses_of_many(site: Site) -> Iterator[str]:
    """Where these are, without making them."""
    for one in site.catalog.papers:
        yield addresses.paper(one.id)
    for listing in site.listings.every():
        for page in cut(listing, site.settings.papers_per_page):
            yield addresses.page(listing.address, page.name)


def write(site: Site, downloads: Mapping[str, int] | None = None) -> Iterator[tuple[str, str]]:
    """The path below MkDocs' `docs_dir` of every page, such as `papers/liquid.md`, and its text."""
    templates = Templates(site.shown)
    for page in chain(singles(site, downloads), (draft.make() for draft in many(site))):
        yield addresses.file(page.address), page.markdown(templates)
