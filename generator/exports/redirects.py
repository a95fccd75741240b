"""Pages at former addresses, which lead to the present ones."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from generator.model import addresses
from generator.model.papers import Paper
from generator.text.unicode_math import readable

_REDIRECT = "papershelf-redirect"


def redirects(papers: Iterable[Paper], site_url: str) -> dict[str, str]:
    """A page at every former address of a paper, which leads to the one it has now."""
    pages = {}
    for paper in papers:
        for former in paper.former_ids:
            old, new = addresses.paper(former), addresses.paper(paper.id)
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
