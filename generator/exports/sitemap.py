"""The sitemap, and `robots.txt`, which says where it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

from generator.model import addresses
from generator.model.chunks import content_defined_starts

SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"

ADDRESSES_PER_SITEMAP = 45_000
"""The protocol allows 50,000 addresses and 50 MB a file: https://www.sitemaps.org/protocol.html."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(
    site_url: str, pages: Iterable[tuple[str, str]], per_file: int = ADDRESSES_PER_SITEMAP
) -> dict[str, bytes]:
    """The sitemap of some pages, or an index of several where they are many.

    The sitemap protocol wants full addresses: without a `site_url` there is none. Chance of the
    addresses says where one of several begins, so a new page changes the one that it is in.

    Args:
        site_url: where the site is; may be empty.
        pages: the address of each, and the day of its latest change; empty if it is not known.
        per_file: addresses in one file, at most.
    """
    if not site_url:
        return {}
    entries = sorted(pages)
    if len(entries) <= per_file:
        return {SITEMAP: _sitemap("urlset", "url", site_url, entries)}
    starts = content_defined_starts((address for address, _ in entries), per_file // 2)
    parts = {
        f"sitemap-{number}.xml": _sitemap("urlset", "url", site_url, entries[start:end])
        for number, (start, end) in enumerate(pairwise([*starts, len(entries)]), 1)
    }
    every = [(name, "") for name in parts]
    return parts | {SITEMAP: _sitemap("sitemapindex", "sitemap", site_url, every)}


def _sitemap(root: str, child: str, site_url: str, entries: Sequence[tuple[str, str]]) -> bytes:
    start = f"  <{child}>\n    <loc>{escape(addresses.absolute(site_url, ''), quote=False)}"
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{_NAMESPACE}">\n'
    # All at once, since there may be hundreds of thousands; without entries it is one empty name.
    names = escape("\0".join(address for address, _ in entries), quote=False).split("\0")
    lines = [
        f"{start}{name}</loc>\n    <lastmod>{day}</lastmod>\n  </{child}>\n"
        if day
        else f"{start}{name}</loc>\n  </{child}>\n"
        for name, (_, day) in zip(names, entries, strict=False)
    ]
    return f"{head}{''.join(lines)}</{root}>\n".encode()


def robots(site_url: str) -> str:
    """`robots.txt`: all may be read, and where the sitemap is (RFC 9309)."""
    lines = ["User-agent: *", "Allow: /"]
    if site_url:
        lines += ["", f"Sitemap: {addresses.absolute(site_url, SITEMAP)}"]
    return "\n".join(lines) + "\n"
