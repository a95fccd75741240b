"""`build-manifest.json`: every file of a site with its digest, so that a host takes what changed.

A line for each file, sorted by the bytes of its path. Where it would be too large it is cut into
`build-manifest-1.json`, `build-manifest-2.json`, …, of the same form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

from generator.model import chunks

NAME: Final = "build-manifest.json"
_NAMES: Final = re.compile(r"build-manifest(?:-[1-9][0-9]*)?\.json")


def is_part(path: str) -> bool:
    """Whether a file of the site is one of the manifest."""
    return _NAMES.fullmatch(path) is not None


def line(path: str, digest: bytes) -> str:
    """What the manifest says of a file, without the end of the line."""
    return f'{json.dumps(path, ensure_ascii=False)}: "{digest.hex()}"'


def parts(
    lines: Callable[[], Iterable[str]], most: int, together: int = 1_000
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The files of the manifest, each with what it holds, in pieces.

    Args:
        lines: gives those of all files of the site; called twice, as they need not be in memory.
        most: bytes that a file may have.
        together: lines in a piece.
    """
    counts = list(_counts(lines(), most))
    rest = iter(lines())
    for number, count in enumerate(counts, 1):
        name = NAME if len(counts) == 1 else f"build-manifest-{number}.json"
        yield name, _pieces(islice(rest, count), together)


def _counts(lines: Iterable[str], most: int) -> Iterator[int]:
    """How many lines each part has."""
    frame = len(_HEAD) + len(_TAIL)
    count, total = 0, frame
    for line in lines:
        size = len(line.encode()) + len(_END)
        if count and total + size > most:
            yield count
            count, total = 0, frame
        count, total = count + 1, total + size
    yield count


def _pieces(lines: Iterable[str], together: int) -> Iterator[bytes]:
    yield _HEAD
    end = ""
    for some in chunks.batches(lines, together):
        yield (end + _END.join(some)).encode()
        end = _END
    yield _TAIL


_HEAD: Final = b'{\n"digest": "sha-256-128",\n"files": {\n'
_TAIL: Final = b"\n}\n}\n"
_END: Final = ",\n"
