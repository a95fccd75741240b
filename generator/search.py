"""The index for Material's search box: papers alone, listings left out."""

from __future__ import annotations

import json

from generator import addresses
from generator.catalog import Catalog
from generator.papers import Paper
from generator.text import metadata

PATH = "search/search_index.json"

# What stands between words, as JavaScript reads it: also `&lt;`, since the texts are escaped.
_SEPARATOR = r"""[\s\-–—,;:!?"'“”‘’()\[\]{}<>=/|*`$…]+|\.(?!\d)|&(?:amp|lt|gt|quot);"""

_CONFIG = {
    "lang": ["en"],
    "separator": _SEPARATOR,
    "pipeline": ["stopWordFilter"],
    "fields": {"title": {"boost": 1000}, "tags": {"boost": 100}, "text": {"boost": 1}},
}


def index(catalog: Catalog) -> str:
    """The JSON that Material's worker makes its lunr index of: title, authors, abstract, topics.

    Material puts these texts into the page as HTML, so they are escaped here.
    """
    names = {topic.slug: topic.name for topic in catalog.topics}
    docs = [
        {
            "location": addresses.paper(paper.id),
            "title": metadata(_title(paper)),
            "text": "".join(f"<p>{metadata(part)}</p>" for part in _paragraphs(paper)),
            "tags": [metadata(names[slug]) for slug in paper.topics],
        }
        for paper in catalog.papers
    ]
    return json.dumps({"config": _CONFIG, "docs": docs}, ensure_ascii=False, separators=(",", ":"))


def _title(paper: Paper) -> str:
    return f"[{paper.withdrawn}] {paper.title}" if paper.withdrawn else paper.title


def _paragraphs(paper: Paper) -> list[str]:
    authors = ", ".join(author.name for author in paper.authors)
    return [part for part in (authors, *paper.abstract.split("\n\n")) if part]
