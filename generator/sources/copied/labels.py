"""Fields that say their names, in the text of a page or a mail: `Authors: …`, `Subjects: …`."""

from __future__ import annotations

import re
from typing import Final

from generator.sources import arxiv, identifiers
from generator.sources.copied import bylines
from generator.sources.copied.drafts import Draft
from generator.sources.fields import author_lists

LABELS: Final = {
    "title": "title",
    "author": "authors",
    "authors": "authors",
    "by": "authors",
    "abstract": "abstract",
    "comment": "comments",
    "comments": "comments",
    "subject": "subjects",
    "subjects": "subjects",
    "categories": "subjects",
    "primary area": "subjects",
    "keywords": "keywords",
    "keyword": "keywords",
    "journal ref": "venue",
    "journal-ref": "venue",
    "venue": "venue",
    "doi": "doi",
    "publish": "published",
    "published": "published",
    "submitted": "published",
    "date": "published",
    "code": "code",
    "project": "project",
    "project page": "project",
    "github": "code",
    "abs": "url",
    "pdf": "pdf",
    "paper": "url",
    "link": "url",
    "url": "url",
    "arxiv": "url",
    "tl;dr": "summary",
    "tldr": "summary",
    "acm-class": "other",
    "acm class": "other",
    "msc-class": "other",
    "msc class": "other",
    "report-no": "other",
    "report number": "other",
    "license": "other",
    "cite as": "other",
    "readers": "other",
    "session": "other",
    "track": "other",
    "anthology id": "other",
    "month": "other",
    "year": "other",
    "address": "other",
    "editors": "other",
    "publisher": "other",
    "bibkey": "other",
    "pages": "other",
    "volume": "other",
    "note": "other",
    "sig": "other",
    "isbn": "other",
    "language": "other",
    "supplementary material": "other",
    "submission number": "other",
}
"""Names that fields have on pages of papers, and what they are for `fill`."""

FIELD: Final = re.compile(
    rf"({'|'.join(map(re.escape, sorted(LABELS, key=len, reverse=True)))})\s?:\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)

ADDRESS: Final = re.compile(r"<?https?://\S+>?")
"""A line that is an address and nothing else."""

_PLACE: Final = re.compile(
    r"//scholar\.google\.|//huggingface\.co/(?:login\b|papers/?\Z|[^/?#]+/?\Z)"
)
"""Addresses that a page has for its own buttons and people."""

_CATEGORY: Final = re.compile(r"\(([a-z][a-z-]+(?:\.[A-Za-z][A-Za-z-]+)?)\)")


def fill(draft: Draft, name: str, text: str) -> None:
    """Give a paper what a field says of it; what it has no place for is named in `draft.unused`."""
    text = text.strip()
    if not text:
        return
    match name:
        case "title":
            draft.title = draft.title or text
        case "authors":
            draft.authors = draft.authors or authors(text)
        case "abstract":
            if text.endswith("▽ More") and ("…" in text[-12:] or text.startswith("…")):
                draft.unused.append("abstract (cut off)")
            else:
                draft.paragraphs.append(re.sub(r"\s*[△▽] (?:Less|More)\Z", "", text))
        case "comments":
            draft.links += arxiv.links(text)
            draft.withdrawn = draft.withdrawn or arxiv.withdrawn(text, "")
        case "subjects":
            _subjects(draft, text)
        case "keywords":
            draft.keywords += [word for word in re.split(r"\s*[;,]\s*", text) if word]
        case "venue":
            draft.venue = draft.venue or text
        case "published":
            draft.published = draft.published or text
        case "doi":
            draft.doi = draft.doi or identifiers.doi(text)
        case "url" | "pdf" | "code" | "project":
            _address(draft, name, text)
        case _:
            draft.unused.append(name)


def authors(text: str) -> list[str]:
    """The names in a line that is said to be of authors."""
    return list(bylines.names(text)) or author_lists.split(text)


def _subjects(draft: Draft, text: str) -> None:
    """Categories of arXiv: `Computation and Language (cs.CL); …`, or `cs.CL cs.AI`."""
    categories = _CATEGORY.findall(text)
    words = re.split(r"[\s,;]+", text)
    if not categories and all(map(identifiers.is_category, words)):
        categories = words
    draft.categories += [term for term in categories if identifiers.is_category(term)]
    if not categories:
        draft.unused.append("subjects")


def _address(draft: Draft, name: str, text: str) -> None:
    arxiv = identifiers.arxiv(text.strip("<>"))
    if _PLACE.search(text):
        return
    if arxiv and not draft.arxiv:
        draft.arxiv = arxiv
    elif not arxiv and "://" in text:
        draft.links += [(name, url.strip("<>")) for url in text.split() if "://" in url]
    elif not arxiv:
        draft.unused.append(name)
