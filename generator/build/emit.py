"""All outputs of a site, as they are declared: what each is made of, and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

from generator import pages, search
from generator.catalog import Catalog
from generator.catalog.listings.paging import CITATIONS
from generator.exports import (
    bibliographies,
    cards,
    catalog_records,
    feeds,
    hosts,
    llms,
    paper_markdown,
    sitemap,
)
from generator.exports.redirects import redirects as redirect_pages
from generator.model import addresses, chunks, fragments, outputs
from generator.model.fragments import Fragments, Texts, whole
from generator.model.outputs import File, Later
from generator.model.papers import Paper, PaperSummary, fragments_of
from generator.pages.lists import Paged
from generator.pages.templates import Page, Site


def records(site: Site) -> list[File]:
    """The files of the catalog, a paper a line: one, or parts of which the first has the oldest."""
    rows = ((paper.id, [paper.size("record")], paper) for paper in reversed(site.summaries))
    cut = list(chunks.parts_by_size(rows, hosts.LARGEST_FILE)) or [[]]
    return [
        _records(site, catalog_records.catalog(number, len(cut)), papers[::-1])
        for number, papers in enumerate(cut, 1)
    ]


def _records(site: Site, path: str, papers: Sequence[PaperSummary]) -> File:
    make = Later(_joined, lambda: (_texts(site, papers, "record"),))
    return File(path, outputs.key(site.digests(papers)), make, papers)


def _joined(texts: Texts) -> bytes:
    return b"".join(texts.pieces())


def _texts(site: Site, papers: Sequence[Paper], fragment: str) -> Texts:
    return Texts(site.shown.fragments, fragments_of(papers, fragment))


def lines(site: Site, papers: Sequence[PaperSummary]) -> Iterator[bytes]:
    """The records of papers, one after another."""
    return _texts(site, papers, "record").pieces()


def citations(site: Site) -> Iterator[File]:
    """The files of citations by year."""
    return bibliographies.by_year(site.listings, partial(_texts, site), _cited_sizes, site.digests)


def _cited_sizes(paper: Paper) -> list[int]:
    """How many bytes its citations have in each format."""
    return [paper.size(ending) if isinstance(paper, PaperSummary) else 0 for ending in CITATIONS]


def of_lists(site: Site) -> Iterator[File]:
    """The feeds."""
    return feeds.write(site.listings, site.shown.fragments, site.digests)


def packs(site: Site, index: search.Index) -> Iterator[File]:
    """The packs of the search index."""
    texts = site.shown.fragments
    for pack in index.packs:
        made_of = partial(_made_of, texts, pack)
        yield File(pack.path, pack.name.encode(), Later(search.content, made_of), pack.cut.papers)


def _made_of(texts: Fragments, pack: search.Pack) -> tuple[object, ...]:
    return texts, pack.cut.fragments()


def made(contents: Iterable[tuple[str, str | bytes]]) -> list[File]:
    """Files that are made already, by path."""
    return [outputs.made(path, content) for path, content in contents]


def redirects(site: Site) -> list[File]:
    """Pages that lead on from what papers were called before, and the schema of records."""
    leading = redirect_pages(site.catalog.papers, site.settings.site_url)
    return [*made(catalog_records.schema().items()), *made(leading.items())]


def pictures(site: Site) -> Iterator[File]:
    """The cards of papers, if any are wanted."""
    if site.shown.has_cards:
        yield from cards.files(_whole(site), site.settings, site.names)


def undrawn(site: Site) -> cards.Undrawn:
    """Which letters are missing in the cards of papers."""
    if not site.shown.has_cards:
        return cards.Undrawn()
    return cards.undrawn(_whole(site), site.settings, site.names)


def _whole(site: Site) -> Iterator[Paper]:
    return whole(fragments.shard(site.catalog.papers, site.shown.fragments))


def companions(site: Site) -> Iterator[tuple[str, str]]:
    """The text of each paper, where the settings want one beside its page, by path."""
    if site.settings.companions:
        for paper in _whole(site):
            text = paper_markdown.markdown(paper, site.names, site.settings.site_url)
            yield addresses.markdown_twin(paper.id), text


def guides(site: Site, days: Iterable[tuple[str, str]]) -> list[File]:
    """What names all pages: the sitemap, and guides for crawlers.

    Args:
        site: what is published.
        days: the address of every page, sorted, and the day of its last change.
    """
    settings = site.settings
    catalog = [file.path for file in records(site)]
    return [
        *made(sitemap.sitemaps(settings.site_url, days).items()),
        outputs.made(llms.LLMS, llms.llms_txt(site.listings, catalog)),
        outputs.made(sitemap.ROBOTS, sitemap.robots(settings.site_url)),
    ]


def latest_day(catalog: Catalog) -> str:
    """The latest day of a list that the catalog knows of; empty if it knows none."""
    return max((paper.days[-1].isoformat() for paper in catalog.papers if paper.days), default="")


def named(site: Site, singles: Iterable[Page], paths: set[str]) -> Iterator[tuple[Page, str]]:
    """The pages of these paths, each with the day of its latest change.

    Args:
        site: what is published.
        singles: the pages that there is one of.
        paths: below the pages folder.
    """
    wanted = {addresses.of_file(path) for path in paths}
    for page in singles:
        if page.address in wanted:
            yield page, ""
            wanted.discard(page.address)
    near = (
        draft
        for listing in site.listings.every()
        if any(address.startswith(listing.address) for address in wanted)
        for draft in Paged.of(site, listing).drafts(site)
    )
    authors = pages.indexes.authors(site) if any(map(_is_of_authors, wanted)) else ()
    papers = {address.split("/")[1] for address in wanted if address.startswith("papers/")}
    others = (pages.indexes.named(site), near, authors, pages.paper.papers(site, papers))
    for draft in chain.from_iterable(others):
        if not wanted:
            break
        if draft.address in wanted:
            yield draft.make(), draft.day
            wanted.discard(draft.address)


def _is_of_authors(address: str) -> bool:
    return address.startswith(addresses.AUTHORS)
