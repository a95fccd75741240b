"""From the catalog to the Markdown of the site: pages as data first, so that any process can write
them.

Every page is Markdown with front matter, so that any MkDocs theme can show it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from generator.model import addresses
from generator.model.outputs import Draft
from generator.pages import indexes, paper, places
from generator.pages.lists import Paged
from generator.pages.templates import Single, Site, Templates


def singles(site: Site, downloads: Mapping[str, int] | None = None) -> Iterator[Single]:
    """The pages that there is one of each: the front page, those that lead to lists, and others.

    Args:
        site: the catalog, its lists and what the pages show of it.
        downloads: bytes of each file that the page of downloads names, by path.
    """
    yield from chain(
        indexes.front(site),
        indexes.days(site),
        places.search_page(site),
        places.reading_list(),
        places.subscribe(site),
        places.downloads(site, downloads or {}),
        places.changes(site),
    )


def many(site: Site) -> Iterator[Draft]:
    """The pages of papers, of lists of papers, and of lists of these."""
    yield from paper.papers(site)
    for listing in site.listings.every():
        yield from Paged.of(site, listing).drafts(site)
    yield from indexes.named(site)
    yield from indexes.authors(site)


def count(site: Site) -> int:
    """How many these are, about: lists of lists are not counted."""
    size = site.settings.papers_per_page
    pages = sum(max(1, round(len(one.papers) / size)) for one in site.listings.every())
    return pages + len(site.catalog.papers)


def write(site: Site, downloads: Mapping[str, int] | None = None) -> Iterator[tuple[str, str]]:
    """The path below MkDocs' `docs_dir` of every page, such as `papers/liquid.md`, and its text."""
    templates = Templates(site.shown)
    for page in chain(singles(site, downloads), (draft.make() for draft in many(site))):
        yield addresses.file(page.address), page.markdown(templates)
