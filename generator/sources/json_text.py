"""JSON as people and programs write it → its values."""

from __future__ import annotations

import json
import re
from typing import Any, Final


def load_json(text: str | bytes) -> Any:
    """The value of JSON, with line ends in its texts too; `NaN`, as pandas writes it, is nothing.

    A whole number of more digits than Python reads is an infinite one.
    """
    try:
        return json.loads(text, strict=False, parse_constant=_nothing)
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise
    except ValueError:
        return json.loads(text, strict=False, parse_constant=_nothing, parse_int=float)


def _nothing(name: str) -> None:
    """What `NaN` and `Infinity` say."""


def load_documents(text: str) -> list[Any]:
    """The values of several documents, of lists their elements; none where one is broken."""
    decoder = json.JSONDecoder(strict=False, parse_constant=_nothing)
    values: list[Any] = []
    place = 0
    try:
        while place < len(text):
            value, place = decoder.raw_decode(text, place)
            values += value if isinstance(value, list) else [value]
            space = _SPACE.match(text, place)
            place = space.end() if space else place
    except (ValueError, RecursionError):
        return []
    return values


_SPACE: Final = re.compile(r"\s*")


def why_no_json(error: ValueError | RecursionError) -> str:
    """What a text that is no JSON has instead, for a problem."""
    return "values nested too deeply" if isinstance(error, RecursionError) else str(error)
