"""A reader of the index that knows nothing but `generator/search/FORMAT.md`."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

Places = dict[tuple[str, int, int], list[int]]
"""Positions by term, field and document."""


class Numbers:
    """Reads numbers one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def one(self) -> int:
        value = bits = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 0x7F) << bits
            bits += 7
            if byte < 0x80:
                return value

    def many(self, count: int) -> list[int]:
        return [self.one() for _ in range(count)]

    def signed(self, count: int) -> list[int]:
        return [-(one + 1) // 2 if one % 2 else one // 2 for one in self.many(count)]

    def take(self, length: int) -> bytes:
        self.at += length
        return self.data[self.at - length : self.at]


@dataclass
class Segment:
    """All that a segment's files say."""

    documents: int
    totals: list[int]
    lengths: dict[tuple[int, int], int]
    """By field and document, for fields that have a term."""

    places: Places
    ordinals: dict[str, int]
    words: dict[str, tuple[int, str]]
    """How often a term is posted, and its commonest word."""

    keys: set[tuple[int, int]]
    facets: list[dict[str, Any]]
    results: list[dict[str, Any]]
    """What results show of each document."""

    citations: list[dict[str, str]]
    """How each is cited, by format."""


def read(files: Mapping[str, str | bytes]) -> list[Segment]:
    """The segments of an index; every file must be named, used and in order."""
    manifest = json.loads(files["search/manifest.json"])
    contents = {}
    for path, data in files.items():
        if path.endswith(".bin"):
            assert isinstance(data, bytes)
            contents[path.removeprefix("search/").removesuffix(".bin")] = gzip.decompress(data)
    used: set[str] = set()

    def content(name: str) -> bytes:
        used.add(name)
        return contents[name]

    for name, whole in contents.items():
        assert hashlib.sha256(whole).hexdigest()[:12] == name
    segments = [_segment(found, content, manifest) for found in manifest["segments"]]
    assert used == contents.keys()
    return segments


def _segment(found: dict[str, Any], content: Any, manifest: dict[str, Any]) -> Segment:
    fields = len(manifest["fields"])
    segment = Segment(found["documents"], found["totals"], {}, {}, {}, {}, set(), [], [], [])
    terms: list[str] = []
    abstracts = list(accumulate(Numbers(content(found["abstracts"])).signed(segment.documents)))
    assert len(abstracts) == segment.documents
    for first, name in found["postings"]:
        there = list(_postings(segment, content(name), content, fields, abstracts))
        assert there[0] == first
        terms += there
    assert terms == sorted(terms, key=lambda term: term.encode("utf-16-be"))
    assert len(set(terms)) == len(terms)
    for first, name in found["words"]:
        lines = [line.split(" ") for line in content(name).decode().split("\n")]
        assert lines[0][0] == first
        segment.words |= {term: (int(n), (more or [term])[0]) for term, n, *more in lines}
    assert list(segment.words) == terms
    for first, name in found["keys"]:
        numbers = Numbers(content(name))
        checksum = 0
        while numbers.at < len(numbers.data):
            start = checksum
            checksum += numbers.one()
            assert start or checksum == first
            segment.keys.add((checksum, numbers.one()))
    segment.facets = _facets(content(found["facets"]), found["documents"], manifest["flags"])
    moved = Numbers(content(found["order"])).signed(found["documents"])
    for document, facets in enumerate(segment.facets):
        facets["place"] = document + moved[document]
    segment.results = [json.loads(result) for (result,) in _packed(found["results"], content, 1)]
    for others, *files in _packed(found["citations"], content, 4):
        formats = zip(("bib", "ris", "csl.json"), files, strict=True)
        segment.citations.append(json.loads(others) | dict(formats))
    return segment


def packs(files: Mapping[str, bytes]) -> list[str]:
    """The names of all packs of an index."""
    segments = json.loads(files["search/manifest.json"])["segments"]
    return [
        name
        for segment in segments
        for kind in ("results", "citations")
        for _, directory in segment[kind]
        for _, name in _directory(gzip.decompress(files[f"search/{directory}.bin"]))
    ]


def _directory(data: bytes) -> list[tuple[int, str]]:
    """How many papers each pack has, and its name."""
    numbers = Numbers(data)
    sizes = numbers.many(numbers.one())
    found = [(size, numbers.take(6).hex()) for size in sizes]
    assert numbers.at == len(data)
    return found


def _packed(directories: list[tuple[int, str]], content: Any, texts: int) -> list[list[str]]:
    """The texts of each document."""
    found: list[list[str]] = []
    for first, directory in directories:
        assert first == len(found)
        for size, name in _directory(content(directory)):
            numbers = Numbers(content(name))
            assert numbers.many(2) == [texts, size]
            lengths = numbers.many(size * texts)
            every = [numbers.take(length).decode() for length in lengths]
            assert numbers.at == len(numbers.data)
            found += [every[start : start + texts] for start in range(0, len(every), texts)]
    return found


def _postings(
    segment: Segment, data: bytes, content: Any, fields: int, abstracts: list[int]
) -> Iterator[str]:
    numbers = Numbers(data)
    positions = Numbers(content(numbers.take(6).hex()))
    before = numbers.one()
    starts = list(accumulate(positions.many(positions.one()), initial=0))
    start = positions.at
    term = b""
    directory = []
    for _ in range(numbers.one()):
        shared = numbers.one()
        term = term[:shared] + numbers.take(numbers.one())
        directory.append((term.decode(), numbers.one()))
    for place, (name, length) in enumerate(directory):
        positions.at = start + starts[before + place]
        end = numbers.at + length
        segment.ordinals[name] = numbers.one()
        mask = numbers.one()
        for field in (field for field in range(fields) if mask >> field & 1):
            count = numbers.one()
            documents = list(accumulate(numbers.many(count)))
            often = numbers.many(count)
            lengths = [abstracts[n] for n in documents] if field == 1 else numbers.many(count)
            for document, times, total in zip(documents, often, lengths, strict=True):
                segment.places[name, field, document] = list(accumulate(positions.many(times)))
                assert segment.lengths.setdefault((field, document), total) == total
        assert numbers.at == end
        assert positions.at == start + starts[before + place + 1]
        yield name


def _facets(data: bytes, documents: int, flags: list[str]) -> list[dict[str, Any]]:
    head, _, rest = data.partition(b"\n")
    names = json.loads(head)
    numbers = Numbers(rest)
    years, bits, upvotes, venues = (numbers.many(documents) for _ in range(4))
    many = numbers.many(documents)
    found = []
    for document in range(documents):
        topics = [names["topics"][place] for place in numbers.many(many[document])]
        found.append(
            {
                "year": years[document],
                "flags": {name for n, name in enumerate(flags) if bits[document] >> n & 1},
                "upvotes": upvotes[document],
                "venue": names["venues"][venues[document]],
                "topics": topics,
            }
        )
    assert max(bits, default=0) < 1 << len(flags)
    assert numbers.at == len(rest)
    assert not re.search(rb"\s$", head)
    return found
