"""Reader for the papers of a Mini-Conf site (https://github.com/Mini-Conf/Mini-Conf), as JSON.

The table `papers.csv` of such a site has a header that the reader of tables understands.
"""

from __future__ import annotations

from typing import Any

from generator.sources import fields
from generator.sources.content import Content
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "mini-conf"
LABEL = "the papers of a Mini-Conf site as JSON"

_SIGNS = ("paper_type", "program", "is_paper", "similar_paper_ids", "UID", "similar_paper_uids")


def detect(content: Content) -> bool:
    """Whether the first object has a title, a list of authors, and what only such sites have."""
    first = _content(content.first)
    signs = sum(sign in {**content.first, **first} for sign in _SIGNS)
    return content.kind == "json" and isinstance(first.get("authors"), list) and signs >= 2


def read(content: Content) -> Reading:
    """Every paper of the list."""
    records = Records(content, NAME)
    values = content.json
    for number, value in enumerate(values if isinstance(values, list) else [values], 1):
        with records.record(f"record {number}"):
            fields.add(records, f"record {number}", _untagged(_content(value)))
    return records.reading()


def _untagged(paper: Any) -> Any:
    """The paper without its kind before its title: `[CL] Curing the SICK`."""
    if isinstance(paper, dict) and isinstance(paper.get("title"), str):
        kind = f"[{paper.get('paper_type')}] "
        return {**paper, "title": paper["title"].removeprefix(kind)}
    return paper


def _content(value: Any) -> Any:
    """The paper itself, which some sites wrap into `content`."""
    inner = value.get("content") if isinstance(value, dict) else None
    return inner if isinstance(inner, dict) else value
