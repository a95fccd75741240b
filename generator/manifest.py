"""`build-manifest.json`: every file of a site with its digest, so that a host takes what changed.

A line for each file, sorted by the bytes of its path. Of a large site it has tens of megabytes, so
where few files changed it is made of the one before.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, repeat
from typing import Final

from generator import work

NAME: Final = "build-manifest.json"


def whole(lines: Iterable[str]) -> Iterator[bytes]:
    """The manifest with these lines, in pieces."""
    yield _HEAD
    end = ""
    for some in work.batches(lines, _TOGETHER):
        yield (end + _END.join(some)).encode()
        end = _END
    yield _TAIL


def renewed(before: bytes, lines: Mapping[str, str], removed: Collection[str]) -> bytes:
    """The manifest of a site of which few files changed.

    Args:
        before: the one of the site before, as `whole` made it.
        lines: those of files that are new or differ, by path.
        removed: the paths of files that are no more.
    """
    known = _Lines(before)
    pieces: list[bytes | memoryview] = []
    start = known.start
    for path in sorted({*lines, *removed}, key=str.encode):
        begin, end = known.place(path.encode(), start)
        pieces += known.between(start, begin)
        if path in lines:
            pieces.append(lines[path].encode())
        start = end
    pieces += known.between(start, known.end)
    ends = chain([b""], repeat(_END.encode()))
    return b"".join([_HEAD, *chain.from_iterable(zip(ends, pieces, strict=False)), _TAIL])


class _Lines:
    """The lines of a manifest, looked at where they stand: each ends as if another one followed."""

    def __init__(self, manifest: bytes) -> None:
        self._manifest = manifest
        self._last = len(manifest) - len(_TAIL)
        self.start = len(_HEAD)
        self.end = self._last + len(_END) if self._last > self.start else self.start

    def between(self, start: int, end: int) -> list[memoryview]:
        """The lines there, without the last one's end; nothing where there is none."""
        return [memoryview(self._manifest)[start : end - len(_END)]] if end > start else []

    def place(self, path: bytes, low: int) -> tuple[int, int]:
        """Where the line of a path begins and ends, or the same place twice where it would stand.

        Args:
            path: as UTF-8.
            low: where a line begins that is not after that one.
        """
        text, high = self._manifest, self.end
        while low < high:
            middle = text.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = text.index(b"\n", middle) + 1
            end = self.end if end > self._last else end
            found = json.loads(text[middle : text.rindex(_BETWEEN, middle, end) + 1]).encode()
            if found == path:
                return middle, end
            low, high = (end, high) if found < path else (low, middle)
        return low, low


_HEAD: Final = b'{\n"digest": "sha-256-128",\n"files": {\n'
_TAIL: Final = b"\n}\n}\n"
_END: Final = ",\n"
_BETWEEN: Final = b'": "'
_TOGETHER: Final = 1_000
"""Lines in a piece."""
