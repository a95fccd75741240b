"""The catalog for machines: as lines, as a file beside each paper, as sitemap; `robots.txt`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from html import escape
from typing import Any
from xml.etree import ElementTree

from generator import addresses
from generator.catalog import Catalog
from generator.papers import Paper, Votes

CATALOG = "catalog.jsonl"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"

ADDRESSES_PER_SITEMAP = 45_000
"""The protocol allows 50,000 addresses and 50 MB a file: https://www.sitemaps.org/protocol.html."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def catalog_lines(catalog: Catalog, site_url: str) -> str:
    """The catalog as JSON lines, one paper each, in the order of the catalog.

    What is unknown is absent. `url` is absolute where the site's address is known.
    """
    return "".join(
        json.dumps(_record(paper, site_url), ensure_ascii=False) + "\n" for paper in catalog.papers
    )


def twins(catalog: Catalog, site_url: str) -> dict[str, str]:
    """The record of each paper as a file beside its page, the same as its line in the catalog."""
    return {
        addresses.twin(paper.id): json.dumps(_record(paper, site_url), ensure_ascii=False) + "\n"
        for paper in catalog.papers
    }


def is_twin(record: str) -> bool:
    """Whether a JSON file is one that `twins` made."""
    return record.startswith('{"id": ')


def _record(paper: Paper, site_url: str) -> dict[str, Any]:
    votes = paper.votes or Votes()
    record = {
        "id": paper.id,
        "url": addresses.absolute(site_url, addresses.paper(paper.id)),
        "title": paper.title,
        "abstract": paper.abstract,
        "authors": [_known(asdict(author)) for author in paper.authors],
        "published": paper.published,
        "listed": paper.listed and paper.listed.isoformat(),
        "days": [day.isoformat() for day in paper.days[1:]],
        "rank": paper.rank,
        "venue": paper.venue,
        "keywords": list(paper.keywords),
        "categories": list(paper.categories),
        "topics": list(paper.topics),
        "arxiv": paper.arxiv,
        "doi": paper.doi,
        "anthology": paper.anthology,
        "links": {link.kind: link.url for link in paper.links},
        "upvotes": votes.upvotes,
        "comments": votes.comments,
        "counted": votes.counted and votes.counted.isoformat(),
        "withdrawn": paper.withdrawn,
        "former_ids": list(paper.former_ids),
        "sources": [_known(asdict(source)) for source in paper.sources],
    }
    return _known(record)


def _known(record: dict[str, Any]) -> dict[str, Any]:
    """Without what is unknown; a count of zero is known."""
    counts = ("upvotes", "comments")
    return {
        key: value
        for key, value in record.items()
        if value or (key in counts and value is not None)
    }


_REDIRECT = "papershelf-redirect"


def redirects(catalog: Catalog, site_url: str) -> dict[str, str]:
    """A page at every former address of a paper, which leads to the one it has now."""
    pages = {}
    for paper in catalog.papers:
        for known in paper.former_ids:
            old, new = addresses.paper(known), addresses.paper(paper.id)
            target = escape(addresses.relative(old, new))
            canonical = escape(addresses.absolute(site_url, new)) if site_url else target
            title = escape(paper.title)
            pages[f"{old}index.html"] = (
                "<!doctype html>\n"
                '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
                f'<title>{title}</title>\n<meta name="generator" content="{_REDIRECT}">\n'
                '<meta name="robots" content="noindex">\n'
                '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
                f'<link rel="canonical" href="{canonical}">\n'
                f'<meta http-equiv="refresh" content="0; url={target}">\n</head>\n'
                f'<body>\n<p>This paper is now at <a href="{target}">{title}</a>.</p>\n'
                "</body>\n</html>\n"
            )
    return pages


def is_redirect(page: str) -> bool:
    """Whether an HTML file is one that `redirects` made."""
    return f'<meta name="generator" content="{_REDIRECT}">' in page[:1000]


def sitemaps(
    catalog: Catalog,
    site_url: str,
    pages: Iterable[str],
    per_file: int = ADDRESSES_PER_SITEMAP,
) -> dict[str, bytes]:
    """The sitemap of these addresses, or an index of several where they are many.

    The sitemap protocol wants full addresses: without a `site_url` there is none. A paper, a day
    and the front page carry the date of their content.
    """
    if not site_url:
        return {}
    dates = _dates(catalog)
    entries = [
        (addresses.absolute(site_url, address), dates.get(address)) for address in sorted(pages)
    ]
    if len(entries) <= per_file:
        return {SITEMAP: _xml("urlset", "url", entries)}
    parts = {
        f"sitemap-{start // per_file + 1}.xml": _xml(
            "urlset", "url", entries[start : start + per_file]
        )
        for start in range(0, len(entries), per_file)
    }
    locations = [(addresses.absolute(site_url, name), None) for name in parts]
    return parts | {SITEMAP: _xml("sitemapindex", "sitemap", locations)}


def _dates(catalog: Catalog) -> dict[str, str]:
    dates = {addresses.date(day): day for day in catalog.by_date if len(day) == len("2025-08-07")}
    if dates:
        dates[addresses.FRONT] = max(dates.values())
    return dates | {addresses.paper(paper.id): paper.date for paper in catalog.papers if paper.date}


def _xml(root: str, child: str, entries: Iterable[tuple[str, str | None]]) -> bytes:
    tree = ElementTree.Element(root, xmlns=_NAMESPACE)
    for address, day in entries:
        entry = ElementTree.SubElement(tree, child)
        ElementTree.SubElement(entry, "loc").text = address
        if day:
            ElementTree.SubElement(entry, "lastmod").text = day
    ElementTree.indent(tree)
    text = ElementTree.tostring(tree, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def robots(site_url: str) -> str:
    """`robots.txt`: all may be read, and where the sitemap is (RFC 9309)."""
    lines = ["User-agent: *", "Allow: /"]
    if site_url:
        lines += ["", f"Sitemap: {addresses.absolute(site_url, SITEMAP)}"]
    return "\n".join(lines) + "\n"
