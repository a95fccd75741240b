"""Reader for Papershelf's own `catalog.jsonl`, and for any JSON list or lines with a `title`.

A list may stand within an answer: under `papers`, `data` or `results`; and under any other keys, if
its objects have what only papers have besides a title, such as authors or a DOI. With these the
title may also have another of its names, such as `paper_title`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from generator.model.errors import ContentError
from generator.sources.content import Content
from generator.sources.fields import add
from generator.sources.fields.names import FIELD_OF, key
from generator.sources.json_paths import held
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "papershelf"
LABEL = "a catalog.jsonl, or any JSON list or lines of objects with a “title”"


def detect(content: Content) -> bool:
    """Whether the first object has a title that is text, and is no JSON schema or of one."""
    first = _first(content)
    return (isinstance(first.get("title"), str) or _is_paper(first)) and "$schema" not in first


def _first(content: Content) -> dict[str, Any]:
    first = dict(content.first)
    for name in ("papers", "data", "results"):
        inner = first.get(name)
        if "title" not in first and isinstance(inner, list):
            first = next((each for each in inner if isinstance(each, dict)), {})
    if "title" not in first and (papers := held(dict(content.first), _is_paper)):
        return next(each for each in papers if isinstance(each, dict))
    return first


def _is_paper(value: Mapping[str, Any]) -> bool:
    names = {key(str(name)): each for name, each in value.items()}
    fields = {FIELD_OF.get(name, ""): each for name, each in names.items() if name not in _OF_ALL}
    return isinstance(fields.get("title"), str) and bool(fields.keys() & _OF_PAPERS)


_OF_PAPERS: Final = {"authors", "doi", "arxiv"}
_OF_ALL: Final = {"displayname", "creator", "creators"}
"""Names that pictures, music and programs have as well."""


def read(content: Content) -> Reading:
    """Every object of the list or the lines."""
    records = Records(content, NAME)
    for position, value in _records(content):
        with records.record(position):
            if isinstance(value, ContentError):
                raise value
            add(records, position, value)
    return records.reading()


def _records(content: Content) -> Iterator[tuple[str, Any]]:
    if content.kind == "lines":
        yield from ((f"line {number}", value) for number, value in content.lines())
        return
    value = content.json
    if isinstance(value, dict) and "title" not in value:
        lists = (value[name] for name in ("papers", "data", "results") if name in value)
        papers = next((each for each in lists if isinstance(each, list)), None)
        value = held(value, _is_paper) or value if papers is None else papers
    values = value if isinstance(value, list) else [value]
    yield from ((f"record {number}", each) for number, each in enumerate(values, 1))
