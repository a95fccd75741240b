"""The catalog for machines: records, their twins, sitemap, `robots.txt`, `llms.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import asdict

from generator.catalog.listings import Listings
from generator.model import addresses
from generator.model.chunks import content_defined_starts
from generator.model.papers import Paper, Publication, Votes
from generator.text import segments
from generator.text.plain import readable

CATALOG = "catalog.jsonl"
CATALOGS = "catalog*.jsonl"
"""The pattern of its names where it is cut, too."""

SCHEMA = "catalog.schema.json"
LLMS = "llms.txt"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"

PAPERS_NAMED = 50
TOPICS_NAMED = 100
"""Papers and topics in the guide for language models, at most."""

ADDRESSES_PER_SITEMAP = 45_000
"""The protocol allows 50,000 addresses and 50 MB a file: https://www.sitemaps.org/protocol.html."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def schema() -> dict[str, str]:
    """The JSON Schema of a line of the catalog (draft 2020-12)."""
    return {SCHEMA: (files("site_templates") / "schema" / SCHEMA).read_text("utf-8")}


def twin(paper: Paper, site_url: str) -> str:
    """The record of a paper: a file beside its page, and its line in the catalog.

    What is unknown is absent. `url` is absolute where the site's address is known.
    """
    return msgspec.json.encode(_record(paper, site_url)).decode() + "\n"


def catalog(number: int, count: int) -> str:
    """The file of a part of the catalog, of which there are so many; the first has the oldest."""
    return CATALOG if count == 1 else f"catalog-{number}.jsonl"


def is_catalog(path: str) -> bool:
    """Whether a path is one that `catalog` gives."""
    return _CATALOG.fullmatch(path) is not None


_CATALOG = re.compile(r"catalog(?:-([1-9][0-9]*))?\.jsonl")


def catalogs(folder: Path) -> list[Path]:
    """The files of the catalog that a build left in a folder, the newest papers first.

    Nothing where one is missing, since a build was killed or somebody deleted it.
    """
    parts = {
        int(match[1] or 0): path
        for path in folder.glob(CATALOGS)
        if (match := _CATALOG.fullmatch(path.name))
    }
    if whole := parts.get(0):
        return [whole]
    is_whole = len(parts) == max(parts, default=0)
    return [parts[number] for number in sorted(parts, reverse=True)] if is_whole else []


def is_twin(record: str) -> bool:
    """Whether a JSON file is one that `twin` made."""
    return record.startswith('{"id":')


def markdown_twin(paper: Paper, names: Mapping[str, str], site_url: str) -> str:
    """The text of a paper as plain Markdown: at the address of its page, ending in `.md`."""
    facts = {
        "Authors": ", ".join(author.name for author in paper.authors),
        "Published": paper.published,
        "Version": str(paper.version) if paper.version > 1 else "",
        "Listed": paper.listed.isoformat() if paper.listed else "",
        "Venue": paper.venue,
        "Topics": ", ".join(names[slug] for slug in paper.topics),
        "Status": paper.withdrawn,
    }
    lines = [f"# {as_markdown(paper.title)}", ""]
    lines += [f"- {name}: {as_markdown(value)}" for name, value in facts.items() if value]
    lines += [f"- {as_markdown(link.kind)}: <{link.url}>" for link in paper.links]
    if site_url:
        page = addresses.absolute(site_url, addresses.paper(paper.id))
        lines.append(f"- page: <{page}>")
    for paragraph in filter(None, paper.abstract.split("\n\n")):
        lines += ["", as_markdown(paragraph)]
    return "\n".join(lines) + "\n"


def as_markdown(value: str) -> str:
    """A paragraph that CommonMark shows as it stands; mathematics keeps its TeX between dollars."""
    escaped = "".join(
        _LIKE_MARKUP.sub(r"\g<0> ", part.text)
        if part.kind == "mathematics"
        else _MARKUP.sub(r"\\\g<0>", part.text)
        for part in segments(value)
    )
    return _BEGINNING.sub(r"\1\\\2", escaped)


_MARKUP = re.compile(
    r"[\\`*<>\[\]_&~#](?:(?<=[\\`*<>\[\]])|(?<=_)(?:(?<![^\W_]_)|(?![^\W_]))"
    r"|(?<=&)(?=#?\w+;)|(?<=\S~)|(?<=#)(?<!\S#)(?=#*\Z))"
)
"""An underscore within a word is no markup, nor a tilde that could only open. One set of characters
in front makes the search many times faster."""
_LIKE_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|\](?=\()")
"""What begins a tag or ends the text of a link; a space after it means nothing to TeX."""
_BEGINNING = re.compile(r"\A(\d{1,9}(?=[.)](?:\s|\Z))|)([.)#+=-])")
"""What begins a heading, a list or a line."""


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
    match = _CATALOG.fullmatch(path)
    return f"All papers, part {match[1]}" if match and match[1] else "All papers"


def _record(paper: Paper, site_url: str) -> dict[str, Any]:
    votes = paper.votes or Votes()
    record = {
        "id": paper.id,
        "url": addresses.absolute(site_url, addresses.paper(paper.id)),
        "title": paper.title,
        "plain_title": _other(readable(paper.title), paper.title),
        "abstract": paper.abstract,
        "authors": [_known(asdict(author)) for author in paper.authors],
        "published": paper.published,
        "version": paper.version,
        "revised": paper.revised,
        "listed": paper.listed and paper.listed.isoformat(),
        "days": [day.isoformat() for day in paper.days[1:]],
        "rank": paper.rank,
        "venue": paper.venue,
        **_publication(paper.publication),
        "organizations": list(paper.organizations),
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


def _publication(publication: Publication) -> dict[str, Any]:
    if publication == Publication():
        return {}
    editors = [_known(asdict(editor)) for editor in publication.editors]
    return asdict(publication) | {"editors": editors}


def _other(text: str, usual: str) -> str:
    """A text, but nothing where it is the usual one."""
    return "" if text == usual else text


def _known(record: dict[str, Any]) -> dict[str, Any]:
    """Without what is unknown; a count of zero is known."""
    counts = ("upvotes", "comments")
    return {
        key: value
        for key, value in record.items()
        if value or (key in counts and value is not None)
    }


_REDIRECT = "papershelf-redirect"


def redirects(papers: Iterable[Paper], site_url: str) -> dict[str, str]:
    """A page at every former address of a paper, which leads to the one it has now."""
    pages = {}
    for paper in papers:
        for known in paper.former_ids:
            old, new = addresses.paper(known), addresses.paper(paper.id)
            target = escape(addresses.relative(old, new))
            canonical = escape(addresses.absolute(site_url, new)) if site_url else target
            title = escape(readable(paper.title))
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
