"""Reader for Papershelf's own `catalog.jsonl`, and for any JSON list or lines with a `title`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.sources.content import Content, ContentError
from generator.sources.fields import add
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "papershelf"
LABEL = "a catalog.jsonl, or any JSON list or lines of objects with a “title”"


def detect(content: Content) -> bool:
    """Whether the first object has a title that is text, and is no JSON schema or of one."""
    first = _first(content)
    return isinstance(first.get("title"), str) and "$schema" not in first


def _first(content: Content) -> dict[str, Any]:
    first = dict(content.first)
    for key in ("papers", "data", "results"):
        inner = first.get(key)
        if "title" not in first and isinstance(inner, list):
            first = next((each for each in inner if isinstance(each, dict)), {})
    return first


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
        lists = (value[key] for key in ("papers", "data", "results") if key in value)
        value = next((each for each in lists if isinstance(each, list)), value)
    values = value if isinstance(value, list) else [value]
    yield from ((f"record {number}", each) for number, each in enumerate(values, 1))
