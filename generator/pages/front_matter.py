"""The front matter of generated pages: YAML in which every value is one line of JSON.

So a person and MkDocs read it as YAML, and we read it back without a YAML parser, which takes as
long as everything else about a page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date as day
from typing import Any, Final

import msgspec

MARK: Final = "generator: papershelf"
"""The last line of the front matter of every page that was generated and not written by hand."""

_FENCE: Final = "---\n"


def dumps(front: Mapping[str, Any]) -> str:
    """Front matter with its fences.

    Args:
        front: text, lists, objects and days by key. What is `None`, false or empty is left out.
    """
    lines = [f"{key}: {_value(value)}\n" for key, value in front.items() if value]
    return f"{_FENCE}{''.join(lines)}{MARK}\n{_FENCE}"


def split(page: bytes) -> tuple[dict[str, Any], bytes] | None:
    """The front matter of a page that has ours, and what comes after it; `None` for any other.

    Args:
        page: in UTF-8, since bytes are sliced faster than text.
    """
    fence = _FENCE.encode()
    start, end = len(fence), page.find(b"\n" + fence)
    if not page.startswith(fence) or end < start:
        return None
    lines = page[start:end].split(b"\n")
    if lines.pop() != MARK.encode():
        return None
    values: dict[str, Any] = {}
    for line in lines:
        key, _, value = line.partition(b": ")
        try:
            values[key.decode()] = (
                day.fromisoformat(value.decode())
                if _DAY.fullmatch(value)
                else _DECODER.decode(value)
            )
        except ValueError:
            return None
    return values | {"generator": "papershelf"}, page[end + 1 + len(fence) :].lstrip(b"\n")


def is_generated(page: str) -> bool:
    """Whether a Markdown page was made here, and may be written over."""
    front, fence, _ = page.removeprefix(_FENCE).partition(f"\n{_FENCE}")
    return page.startswith(_FENCE) and bool(fence) and front.endswith(MARK)


def _value(value: Any) -> str:
    if isinstance(value, day):
        return value.isoformat()  # YAML has days of its own
    if isinstance(value, str) and value.isprintable():  # nearly all; the same, only sooner
        return _ENCODER.encode(value).decode()
    return _NOT_IN_YAML.sub(_reference, json.dumps(value, ensure_ascii=False))


def _reference(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


_ENCODER: Final = msgspec.json.Encoder()
_DECODER: Final = msgspec.json.Decoder()
_DAY: Final = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# Control characters, line ends of Unicode, and what no file can hold: JSON allows them, YAML not.
_NOT_IN_YAML: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
