"""`build-manifest.json`: every file of a site with its digest, so that a host takes what changed.

A line for each file, sorted by the bytes of its path. Of a large site it has tens of megabytes, so
where few files changed it is made of the one before.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import Final

NAME: Final = "build-manifest.json"


def whole(lines: bytes) -> bytes:
    """The manifest with these lines, a comma between two of them."""
    return b"".join((_HEAD, lines, _TAIL))


def renewed(before: bytes, lines: Mapping[str, str], removed: Collection[str]) -> bytes:
    """The manifest of a site of which few files changed.

    Args:
        before: the one of the site before, as `whole` made it.
        lines: those of files that are new or differ, by path.
        removed: the paths of files that are no more.
    """
    body = before[len(_HEAD) : -len(_TAIL)]
    body += _END if body else b""
    paths = sorted({*lines, *removed}, key=str.encode)
    places = []
    start = 0
    for path in paths:
        start, end = _place(body, path.encode(), start)
        places.append((start, end))
        start = end
    kept = pairwise([(0, 0), *places, (len(body), len(body))])
    parts = []
    for path, ((_, after), (until, _)) in zip([*paths, ""], kept, strict=True):
        parts.append(body[after:until])
        if path in lines:
            parts.append(lines[path].encode() + _END)
    return _HEAD + b"".join(parts).removesuffix(_END) + _TAIL


def _place(body: bytes, path: bytes, low: int) -> tuple[int, int]:
    """Where the line of a path begins and ends, or the same place twice where it would stand.

    Args:
        body: lines, each with a comma and a line feed.
        path: as UTF-8.
        low: where a line begins that is not after that one.
    """
    high = len(body)
    while low < high:
        middle = body.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = body.index(b"\n", middle) + 1
        found = json.loads(body[middle : body.rindex(_BETWEEN, middle, end) + 1]).encode()
        if found == path:
            return middle, end
        low, high = (end, high) if found < path else (low, middle)
    return low, low


_HEAD: Final = b'{\n"digest": "blake2b-128",\n"files": {\n'
_TAIL: Final = b"\n}\n}\n"
_END: Final = b",\n"
_BETWEEN: Final = b'": "'
