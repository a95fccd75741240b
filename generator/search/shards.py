"""How the index is stored: many small files, each fetched when a query touches it.

`FORMAT.md` describes every byte; keep the two together, and `assets/search/shards.js`, which reads
what is written here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any, Final

import numpy as np

from generator.model import chunks
from generator.search.index import ABSTRACT, BOOSTS, Numbers, Postings

FOLDER: Final = "search"

VERSION: Final = 4
"""Version of the format of the index."""

SMALLEST: Final = 12_000
"""Bytes, before compression, below which no shard is cut further."""

MOST: Final = 600
"""Shards of postings, about, that a large segment is cut into."""

PER_POSITIONS: Final = 4
"""Shards of postings whose positions share a file, since they are fetched for phrases only."""

WORDS_PER_FILE: Final = 8_000
"""Words in one file of the vocabulary."""

NAME: Final = 6
"""Bytes of a file's digest that name it."""

_STRATEGIES: Final = (zlib.Z_DEFAULT_STRATEGY, zlib.Z_HUFFMAN_ONLY)
"""Long columns of small numbers hold no repetitions worth looking for."""


class Store(dict[str, bytes]):
    """The files of an index by path, named by digests of what is in them."""

    def put(self, content: bytes) -> str:
        """Keep a compressed file, and return its name without folder and ending.

        The digest is of what is in the file: equal names mean equal contents.
        """
        name = named(content)
        compressed = (packed(content, strategy) for strategy in _STRATEGIES)
        self[f"{FOLDER}/{name}.bin"] = min(compressed, key=len)
        return name


def named(content: bytes) -> str:
    """The name of a file by what is in it."""
    return sha256(content).digest()[:NAME].hex()


_LEVEL: Final = 7
"""Level of zlib: with 9 it takes three times as long for 0.3 % less."""


def packed(content: bytes, strategy: int = zlib.Z_DEFAULT_STRATEGY) -> bytes:
    """The file that holds this: compressed by gzip."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS, 9, strategy)
    return packer.compress(content) + packer.flush()


def postings(store: Store, counted: Postings) -> list[tuple[str, str]]:
    """Store postings and positions; the first term of each shard, and its name."""
    blocks = list(_blocks(counted))
    cuts = list(_cuts(blocks))
    places, ends = _position_blocks(counted)
    shards = []
    for together in chunks.cut(cuts, PER_POSITIONS):
        first, last = together[0][0], together[-1][1]
        lengths = [after - before for before, after in pairwise(ends[first : last + 1])]
        positions = store.put(
            varint(len(lengths)) + b"".join(map(varint, lengths)) + places[ends[first] : ends[last]]
        )
        for start, end in together:
            terms, theirs = counted.terms[start:end], blocks[start:end]
            head = [bytes.fromhex(positions), varint(start - first), varint(len(terms))]
            content = b"".join([*head, *_directory(terms, theirs), *theirs])
            shards.append((terms[0], store.put(content)))
    return shards


def _position_blocks(counted: Postings) -> tuple[bytes, list[int]]:
    """All positions, term after term, and where those of each term begin, and the last end."""
    data, ends = varints(_gaps(counted.positions, _starts(counted.frequency)))
    words_before = _from_zero(np.cumsum(counted.frequency, dtype=np.int32))
    postings_before = np.searchsorted(counted.term, np.arange(len(counted.terms) + 1))
    return data, _from_zero(ends)[words_before[postings_before]].tolist()


def _cuts(blocks: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """Where to cut: shards of about the same size; a block that fills one stands alone."""
    room = max(SMALLEST, sum(map(len, blocks)) // MOST)
    start = size = 0
    for place, block in enumerate(blocks):
        if place > start and (size >= room or size + len(block) > 2 * room):
            yield start, place
            start, size = place, 0
        size += len(block) + NAME
    if blocks:
        yield start, len(blocks)


def _directory(terms: Sequence[str], blocks: Sequence[bytes]) -> Iterator[bytes]:
    """The terms, each without what it shares with the one before, and how long their blocks are."""
    before = b""
    for term, block in zip(terms, blocks, strict=True):
        word = term.encode()
        shared = next(
            (n for n, (a, b) in enumerate(zip(before, word, strict=False)) if a != b),
            min(len(before), len(word)),
        )
        yield varint(shared) + varint(len(word) - shared) + word[shared:] + varint(len(block))
        before = word


def _blocks(counted: Postings) -> Iterator[bytes]:
    """What a shard holds of each term: its ordinal, its fields, and the postings in each."""
    key = counted.term * len(BOOSTS) + counted.field
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    many = np.diff(starts, append=len(key)).tolist()
    columns = [
        _parts(counted.document, starts, as_gaps=True),
        _parts(counted.frequency, starts),
    ]
    lengths = _parts(counted.length, starts)
    term = counted.term[starts].tolist()
    field = counted.field[starts].tolist()
    ordinals = counted.ordinals.tolist()
    block: list[bytes] = []
    mask = 0
    for group, (number, total) in enumerate(zip(term, many, strict=True)):
        mask |= 1 << field[group]
        block.append(varint(total))
        for data, ends in columns if field[group] == ABSTRACT else [*columns, lengths]:
            block.append(data[ends[group] : ends[group + 1]])
        if group + 1 == len(term) or term[group + 1] != number:
            yield b"".join([varint(ordinals[number]), varint(mask), *block])
            block, mask = [], 0


def _parts(numbers: Numbers, starts: Any, *, as_gaps: bool = False) -> tuple[bytes, list[int]]:
    """Numbers as bytes, and where the part from each of `starts` begins, and the last ends."""
    data, ends = varints(_gaps(numbers, starts) if as_gaps else numbers)
    return data, _from_zero(ends)[np.append(starts, len(numbers))].tolist()


def _starts(counts: Numbers) -> Numbers:
    return np.cumsum(counts, dtype=np.int32) - counts


def _from_zero(ends: Numbers) -> Numbers:
    """Where each part begins, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int32), ends])


def _gaps(ascending: Numbers, starts: Any) -> Numbers:
    """How far each number is from the one before; those at `starts` are from 0."""
    gaps = np.diff(ascending, prepend=np.int32(0))
    gaps[starts] = ascending[starts]
    return gaps


def signed(numbers: Numbers) -> Numbers:
    """Numbers that may be below 0 as such from 0: 0, -1, 1, -2, 2, …"""
    return np.where(numbers < 0, -2 * numbers - 1, 2 * numbers)


def varint(number: int) -> bytes:
    """A number from 0, seven bits a byte, the lowest first; all bytes but the last have bit 8."""
    head = []
    while number > 0x7F:
        head.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*head, number])


def varints(numbers: Numbers) -> tuple[bytes, Numbers]:
    """Many numbers as `varint` writes them, and where each of them ends."""
    size = np.ones(len(numbers), np.int8)
    for bits in (7, 14, 21, 28):
        size += numbers >= 1 << bits
    ends = np.cumsum(size, dtype=np.int32)
    out = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    out[ends - size] = numbers & 0x7F
    for place in range(1, 5):
        long = np.flatnonzero(size > place)
        at = ends[long] - size[long] + place
        out[at - 1] |= 0x80
        out[at] = numbers[long] >> 7 * place & 0x7F
    return out.tobytes(), ends


def abstracts(store: Store, counted: Postings) -> str:
    """Store how long each document's abstract is; the name of the file."""
    return store.put(varints(signed(_gaps(counted.abstracts, [0][: len(counted.abstracts)])))[0])


def vocabulary(store: Store, counted: Postings) -> list[tuple[str, str]]:
    """Store what terms there are; the first term of each file, and its name."""
    often = np.bincount(counted.term, minlength=len(counted.terms)).tolist()
    lines = [
        f"{term} {total}" if term == surface else f"{term} {total} {surface}"
        for term, total, surface in zip(counted.terms, often, counted.surfaces, strict=True)
    ]
    return [
        (counted.terms[start], store.put("\n".join(lines[start : start + WORDS_PER_FILE]).encode()))
        for start in range(0, len(lines), WORDS_PER_FILE)
    ]
