"""What is made of each paper once, and set into many files: lists, feeds, citations, records.

That is most of the work of a build. So it is done by shards, and kept in a file: as long as a paper
stays as it is, what was made of it is read from there, also in the next build.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from generator import bibliographies, entries, exports, feeds, files, work
from generator.bibliographies import Cited
from generator.papers import Paper

PAPERS: Final = 200
"""Papers in a shard."""

_INDEX: Final = "index"


class Making(msgspec.Struct, frozen=True):
    """What the parts of papers are made with."""

    names: dict[str, str]
    """Of topics, by slug."""

    site_url: str
    maker: str
    """Digest of the code that makes them."""


class _Place(msgspec.Struct, array_like=True, frozen=True):
    """Where the parts of a paper lie in the file."""

    offset: int
    entry: int
    """Bytes of its entry in lists, which is first."""

    feed: int
    cited: int
    record: int

    @property
    def size(self) -> int:
        return self.entry + self.feed + self.cited + self.record


class _Kept(msgspec.Struct, array_like=True):
    """The table of what is in the file."""

    file: str = ""
    size: int = 0
    """Bytes that are accounted for; more may be there, of a run that was killed."""

    places: dict[bytes, _Place] = {}
    """By the digest of what the parts are made of."""


class Store:
    """The parts of all papers of a catalog."""

    def __init__(
        self,
        folder: Path,
        papers: Iterable[Paper],
        digests: Mapping[str, bytes],
        keys: Mapping[str, str],
        making: Making,
        jobs: int,
    ) -> None:
        """Make the parts that are not there yet.

        Args:
            folder: where they are kept; all that is in it is ours.
            papers: of the catalog.
            digests: of each, by its id.
            keys: what each is cited by, by its id.
            making: what they are made with.
            jobs: processes at most.
        """
        kept = _read(folder)
        wanted = [
            (paper, _digest(digests[paper.id], paper, keys[paper.id], making)) for paper in papers
        ]
        live = {digest: kept.places[digest] for _, digest in wanted if digest in kept.places}
        if sum(place.size for place in live.values()) * 2 < kept.size:
            kept = _Kept()  # most of it is of papers that are no more, or were otherwise
            live = {}
        fresh = kept.file or ("a" if not files.status(folder / "a") else "b")
        size = kept.size if kept.file else 0
        if not kept.file:
            files.write_file(folder / fresh, b"")
        files.cut(folder / fresh, size)
        missing = [(paper, digest) for paper, digest in wanted if digest not in live]
        shards = (
            [(paper, keys[paper.id], digest) for paper, digest in some]
            for some in work.batches(missing, PAPERS)
        )
        packed = map(_ENCODER.encode, shards)
        for made in work.spread(partial(_make, making), packed, jobs):
            files.append(folder / fresh, b"".join(blob for _, _, blob in made))
            for digest, lengths, blob in made:
                live[digest] = _Place(size, *lengths)
                size += len(blob)
        kept = _Kept(fresh, size, live)
        files.write_whole(folder / _INDEX, msgspec.msgpack.encode(kept))
        files.keep_only(folder, {fresh, _INDEX})
        self._digests = {paper.id: digest for paper, digest in wanted}
        self._places = live
        self._file: BinaryIO = (folder / fresh).open("rb")

    def digest(self, paper: Paper) -> bytes:
        """Changes with anything that is made of the paper."""
        return self._digests[paper.id]

    def entry(self, paper: Paper) -> str:
        """What lists say of it: see `entries.entry`."""
        place = self._places[self._digests[paper.id]]
        return self._bytes(place.offset, place.entry).decode()

    def feed(self, paper: Paper) -> feeds.Entry:
        """What feeds say of it: see `feeds.entry_of`."""
        place = self._places[self._digests[paper.id]]
        return _FEED.decode(self._bytes(place.offset + place.entry, place.feed))

    def cited(self, paper: Paper) -> Cited:
        """How files of citations have it: see `bibliographies.cited_as`."""
        place = self._places[self._digests[paper.id]]
        return _CITED.decode(self._bytes(place.offset + place.entry + place.feed, place.cited))

    def cited_size(self, paper: Paper) -> int:
        """About how many bytes that has."""
        return self._places[self._digests[paper.id]].cited

    def record(self, paper: Paper) -> bytes:
        """Its line in `catalog.jsonl`: see `exports.twin`."""
        place = self._places[self._digests[paper.id]]
        return self._bytes(place.offset + place.size - place.record, place.record)

    def close(self) -> None:
        """Close the file; nothing can be read after that."""
        self._file.close()

    def _bytes(self, offset: int, size: int) -> bytes:
        return os.pread(self._file.fileno(), size, offset)


def _read(folder: Path) -> _Kept:
    try:
        kept = _KEPT.decode((folder / _INDEX).read_bytes())
        found = files.status(folder / kept.file) if kept.file in ("a", "b") else None
        return kept if found and found.st_size >= kept.size else _Kept()
    except (OSError, msgspec.DecodeError):
        return _Kept()  # none were kept, or not by this version


def _digest(digest: bytes, paper: Paper, key: str, making: Making) -> bytes:
    names = [making.names[slug] for slug in paper.topics]
    made_of = (digest, key, names, making.site_url, making.maker)
    return blake2b(_ENCODER.encode(made_of), digest_size=16).digest()


_Made = list[tuple[bytes, list[int], bytes]]


def _make(making: Making, packed: bytes) -> _Made:
    """The parts of some papers: of each its digest, the size of each part, and all in a row."""
    made: _Made = []
    for paper, key, digest in _SHARD.decode(packed):
        parts = (
            entries.entry(paper, making.names).encode(),
            _ENCODER.encode(feeds.entry_of(paper, making.names)),
            _ENCODER.encode(bibliographies.cited_as(paper, key, making.site_url)),
            exports.twin(paper, making.site_url).encode(),
        )
        made.append((digest, [len(part) for part in parts], b"".join(parts)))
    return made


_ENCODER: Final = msgspec.msgpack.Encoder()
_SHARD: Final = msgspec.msgpack.Decoder(list[tuple[Paper, str, bytes]])
_KEPT: Final = msgspec.msgpack.Decoder(_Kept)
_FEED: Final = msgspec.msgpack.Decoder(feeds.Entry)
_CITED: Final = msgspec.msgpack.Decoder(dict[str, str])
