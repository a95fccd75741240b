"""Values at paths of JSON, and the records that an answer holds.

- `journal.title` is `title` in `journal`; where a list stands on the way, all of its elements count
- `identifier[type=doi].id` counts those elements alone whose `type` is `doi`
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from generator.sources.references import dated, text

DEEPEST: Final = 4
"""How far within an answer its records may stand."""

FIRST: Final = 50
"""How many elements of a list are looked at, for whether it is one of records."""

Record = dict[str, Any]
Paths = tuple[str, ...]


def reach(value: object, path: str) -> Iterator[Any]:
    """All values at a path, of lists their elements; without a path the value itself."""
    values = [value]
    for step in filter(None, path.split(".")):
        key, _, condition = step.partition("[")
        values = [each for one in values if isinstance(one, dict) for each in _each(one.get(key))]
        if condition:
            name, _, wanted = condition.rstrip("]").partition("=")
            values = [
                one
                for one in values
                if isinstance(one, dict) and text(one.get(name)).lower() == wanted
            ]
    return (each for each in values if is_said(each))


def texts(value: object, path: str) -> Iterator[str]:
    """What is said in words at a path; XML keeps the words beside attributes under `text`."""
    for each in reach(value, path):
        said = text(each.get("text") or each.get("value")) if isinstance(each, dict) else text(each)
        if said.strip():
            yield said


def _each(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def is_object(value: object) -> bool:
    """Whether a value of JSON is an object."""
    return isinstance(value, dict)


def is_said(value: object) -> bool:
    """Whether a value says anything: `null`, `false` and what is empty do not."""
    return value not in (None, "", [], {}, False)


def date_at(value: object) -> str:
    """A date as text, or as an object of its parts, which may be objects themselves."""
    if isinstance(value, dict):
        said = dated(*(next(texts(value, part), "") for part in ("year", "month", "day")))
        return said or text(value.get("text"))
    return text(value)


_FAMILY_FIRST: Final = re.compile(r"([^,]*[^\W\d_][^,]*?) ((?:[A-Z]\.?-?){1,4})")


def turned_name(name: Any) -> Any:
    """`Ameise BT` as `Ameise, BT`, also where it is the `name` of an object."""
    if isinstance(name, dict):
        return {key: turned_name(said) if key == "name" else said for key, said in name.items()}
    if isinstance(name, str) and (match := _FAMILY_FIRST.fullmatch(name)):
        return f"{match[1]}, {match[2]}"
    return name


def held(
    value: Any, is_record: Callable[[Mapping[str, Any]], bool], depth: int = 0
) -> list[Any] | None:
    """The records that an answer holds in its lists, or several answers do; `None` without one."""
    if isinstance(value, dict) and is_record(value):
        return [value]
    if isinstance(value, list) and any(
        isinstance(each, dict) and is_record(each) for each in value[:FIRST]
    ):
        return value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if depth >= DEEPEST:
        return None
    lists = (held(each, is_record, depth + 1) for each in inner if isinstance(each, dict | list))
    return [record for records in lists for record in records or ()] or None
