"""Real files, broken as files get broken: for testing that no record ever stops a build.

`inputs` are as many as one likes, each made of its number alone, so that a failure can be repeated.
"""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from generator import sources
from tests.conftest import REPOSITORY
from tests.sources import DATA

SHARED = REPOSITORY.parent / "shared"
"""Real files, which cannot be published here; they are broken too where they are at hand."""

LARGEST = 40_000
"""Bytes of a file. Of a larger one the beginning is taken, which most often holds all its kinds."""

MOST_OF_A_KIND = 12
"""Files of one folder of an archive that are taken."""


@cache
def seeds() -> tuple[tuple[str, str, bytes], ...]:
    """Name, format and bytes of sound files: a few of every format."""
    files = [
        (path.relative_to(DATA).as_posix(), path.read_bytes()) for path in sorted(DATA.rglob("*.*"))
    ]
    for path in sorted((SHARED / "cases").rglob("*.*")):
        if not path.name.endswith(".md"):
            files.append((f"cases/{path.name}", path.read_bytes()[:LARGEST]))
    for path in sorted((SHARED / "corpora").glob("*.tar.xz")):
        with tarfile.open(path) as archive:
            taken: dict[str, int] = {}
            for member in archive:
                kind = f"{Path(member.name).parent}{Path(member.name).suffix}"
                taken[kind] = taken.get(kind, 0) + 1
                if member.isfile() and taken[kind] <= MOST_OF_A_KIND:
                    packed = archive.extractfile(member)
                    assert packed
                    files.append((member.name, packed.read(LARGEST)))
    readings = ((name, sources.read(data, name), data) for name, data in files)
    return tuple((name, reading.format, data) for name, reading, data in readings if reading.papers)


def inputs(start: int, count: int) -> Iterator[tuple[int, str, str, bytes]]:
    """Number, name, former format and bytes of broken files, of every sound one about as many."""
    for number in range(start, start + count):
        name, former, data = seeds()[number % len(seeds())]
        random = Random(number)
        for _ in range(random.choice((1, 1, 2, 4))):
            data = random.choice(MUTATIONS)(random, data)
        yield number, name, former, data


Mutation = Callable[[Random, bytes], bytes]

PIECES: tuple[bytes, ...] = (
    # halves of characters, and what is none
    *(b"\\ud800", b"\\udfff", b"\xed\xa0\x80", b"&#55357;", b"&#xDC00;", b"\xf0\x9f", b"\xff"),
    *(b"\0", b"\\u0000", b"&#0;", b"\x1b]0;x\x07\x1b[2J", b"\\u001b[2J", b"\xe2\x80\xae"),
    # numbers
    *(b"9" * 5000, b"-1", b"1e999", b"NaN", b"0", b"99999999999", b"1" + b"0" * 400, b"2.5"),
    *("٢٣٠٥.٠٢٣٠٩".encode(), "²²²²".encode(), "Ⅷ".encode(), b"2025-02-30", b"0000-00-00"),
    # addresses and ids
    *(b" https://[1]/ ", b" https://a:99999/ ", b" http://[::1%25]/ ", b" https://\xe2\x84\x80/ "),
    *(b" doi:10.1000/}x{ ", b" arXiv:2401.00001 ", "maſh/1234567".encode(), b"javascript:x"),
    # marks of formats
    *(b"{", b"}", b"[", b"]", b"<", b">", b"</p>", b"<a>", b"&", b"&amp;lt;", b'"', b"'", b"\\"),
    *(b"$", b"$$", b"\\(", b"%", b"#", b"@", b"@article{", b"TY  - ", b"ER  - ", b"- ", b": "),
    *(b"\n", b"\r", b"\r\n", b"\t", b" ", b",", b";", b"|", b" and ", b"<![CDATA[", b"<!--"),
    *(b"% Encoding: undefined\n", b"\xef\xbb\xbf", b"\xff\xfe", b"&lol;", b"<!DOCTYPE x>"),
)


def _place(random: Random, data: bytes) -> int:
    return random.randint(0, len(data))


def _inserted(random: Random, data: bytes) -> bytes:
    place = _place(random, data)
    piece = random.choice(PIECES) * random.choice((1, 1, 1, 3, 300))
    return data[:place] + piece + data[place:]


def _bytes(random: Random, data: bytes) -> bytes:
    changed = bytearray(data or b" ")
    for _ in range(random.choice((1, 5, 50))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _cut(random: Random, data: bytes) -> bytes:
    start, end = sorted((_place(random, data), _place(random, data)))
    return random.choice((data[:start], data[start:], data[:start] + data[end:], data[start:end]))


def _swapped(random: Random, data: bytes) -> bytes:
    a, b, c = sorted(_place(random, data) for _ in range(3))
    *_, other = random.choice(seeds())
    start = _place(random, other)
    return random.choice(
        (
            data[:a] + data[b:c] + data[a:b] + data[c:],
            data[:a] + data[a:b] * 3 + data[b:],
            data[:a] + other[start : start + 2000] + data[b:],
        )
    )


def _deep(random: Random, data: bytes) -> bytes:
    opening, closing = random.choice(
        (
            (b"[", b"]"),
            (b'{"a":', b"}"),
            (b"<p>", b"</p>"),
            (b"{", b"}"),
            (b"(", b")"),
            (b"\\emph{", b"}"),
        )
    )
    depth = random.choice((20, 90, 300, 3000, 30_000))
    place = _place(random, data)
    closed = closing * random.choice((depth, depth, 0))
    return data[:place] + opening * depth + b"1" + closed + data[place:]


_VALUE = re.compile(rb'"(?:[^"\\]|\\.){0,2000}"|[0-9][0-9.-]*|>[^<>]{1,500}<|\{[^{}]{1,500}\}')


def _value(random: Random, data: bytes) -> bytes:
    """One value, as several formats write it, becomes another one."""
    values = list(_VALUE.finditer(data))
    if not values:
        return _inserted(random, data)
    value = random.choice(values)
    new = random.choice(PIECES)
    if value[0][:1] in b'">{':
        new = value[0][:1] + new + value[0][-1:]
    return data[: value.start()] + new + data[value.end() :]


JUNK: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 10**400, 1e308, float("inf"), float("nan"), "", " ", "x", "\ud83d"),
    *(
        [],
        {},
        [[]],
        [None],
        [{}],
        {"": None},
        {"value": []},
        ["\udc00"],
        {"name": 1},
        [1, "a", None],
    ),
    *("https://[1]/", "2025-02-30", "10.1000/\ud800", "\x1b[2J", "٢٣٠٥.٠٢٣٠٩", " " * 3000),
)


def _retyped(random: Random, data: bytes) -> bytes:
    """JSON with some values of any other type."""
    odds = random.choice((0.5, 0.1, 0.02))

    def changed(value: Any) -> Any:
        if random.random() < odds:
            return random.choice(JUNK)
        if isinstance(value, dict):
            return {key: changed(each) for key, each in value.items()}
        return [changed(each) for each in value] if isinstance(value, list) else value

    try:
        rows = [json.loads(row) for row in data.splitlines() if row.strip()]
        return b"\n".join(json.dumps(_one_level(changed, row)).encode() for row in rows)
    except (ValueError, RecursionError):
        pass
    try:
        return json.dumps(_one_level(changed, json.loads(data))).encode()
    except (ValueError, RecursionError):
        return _value(random, data)


def _one_level(changed: Callable[[Any], Any], value: Any) -> Any:
    """The outermost value keeps its type, so that the format is still told."""
    if isinstance(value, dict):
        return {key: changed(each) for key, each in value.items()}
    return [changed(each) for each in value] if isinstance(value, list) else value


MUTATIONS: tuple[Mutation, ...] = (
    *(_inserted, _inserted, _bytes, _cut, _swapped, _deep),
    *(_value, _value, _retyped, _retyped),
)
