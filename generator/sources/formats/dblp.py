"""Reader for DBLP: what its search answers, as JSON or XML, and its records as XML.

See https://dblp.org/faq/13501473 (the search) and https://dblp.org/faq/16154937 (the XML of a
record, of a person and of all). An author's number among namesakes, `Wei Wang 0001`, is no part of
the name. Volumes of proceedings are no papers.
"""

from __future__ import annotations

from typing import Final

from generator.sources.json_paths import Record, texts
from generator.sources.references import text
from generator.sources.shapes import Shape


def _prepared(record: Record) -> Record:
    """A record whose volume of CoRR gives its arXiv id: `abs/2508.03686`."""
    volume = next(texts(record, "volume"), "")
    known = {"arxiv": f"arXiv:{volume[4:]}"} if volume.startswith("abs/") else {}
    return {**record, **known}


def _volume(record: Record) -> str:
    kind = text(record.get("type")) or text(record.get("element"))
    return kind if kind in ("Editorship", "proceedings") else ""


DBLP: Final = Shape(
    NAME="dblp",
    LABEL="DBLP's records or answers, as XML or JSON",
    signs=(("info.title", "info.key"), ("info.title", "info.ee"), ("info.title", "info.venue")),
    roots=("dblp", "dblpperson", "result"),
    elements=(
        *("article", "inproceedings", "incollection", "book", "phdthesis", "mastersthesis"),
        *("data", "proceedings", "info"),
    ),
    within=("info",),
    prepared=_prepared,
    passed=_volume,
    told=("volume", "type", "key"),
    is_sentence=True,
    authors=("authors.author", "author"),
    editors=("editor",),
    published=("year",),
    venue=("venue", "journal", "booktitle", "school", "publisher"),
    arxiv=("arxiv",),
    url=("ee",),
    type=("type", "element"),
    issue=("number",),
    pages=("pages",),
    publisher=("publisher",),
    isbn=("isbn",),
)
