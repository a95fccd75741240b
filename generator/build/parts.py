"""What is made of each paper once, and set into many files: lists, citations, records.

That is most of the work of a build. So it is done by shards, and kept in a file: as long as a paper
stays as it is, what was made of it is read from there, also in the next build. The paper itself
lies there too, so that nobody has to have all of them in memory.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from typing import Final

import msgspec

from generator import search, similar, text
from generator.build import files, work
from generator.build.slices import NOWHERE, Volume
from generator.catalog.listings.paging import CITATIONS
from generator.catalog.merging import Trace
from generator.exports import bibliographies, catalog_records
from generator.model import chunks
from generator.model.papers import PARTS, Brief, Paper
from generator.pages import entries

PAPERS: Final = 200
"""Papers in a shard."""

_INDEX: Final = "index"


class Making(msgspec.Struct, frozen=True):
    """What the parts of papers are made with."""

    names: dict[str, str]
    """Of topics, by slug."""

    keywords: dict[str, str]
    """Those of topics that may go out as keywords."""

    site_url: str
    maker: str
    """Digest of the code that makes them."""


class Edition(msgspec.Struct, array_like=True, frozen=True):
    """Says which file it is, and that nothing in it was moved since."""

    file: str = ""
    number: int = 0
    """How often what is kept was sifted."""


Sizes = tuple[int, ...]
"""Where the first part of a paper begins, and how long each part is."""


class Store:
    """The parts of papers, in one file. A store may be deleted at any time before it is opened."""

    def __init__(self, folder: Path, making: Making, jobs: int) -> None:
        """Args: a folder that is all ours; what parts are made with; processes at most."""
        self._folder = folder
        self._making = making
        self._jobs = jobs
        self.edition = Edition()
        self.volume = NOWHERE

    def sift(
        self,
        papers: Sequence[Paper],
        digests: Mapping[str, bytes],
        traces: Mapping[str, Trace],
        keys: Mapping[str, str],
    ) -> list[Brief]:
        """The papers of a whole catalog in brief, their parts made and no others kept.

        Args:
            papers: all of them.
            digests: changes with anything that is known of each, by id.
            traces: where they come from, by id.
            keys: what they are cited by, by id.
        """
        wanted = [self._digest(paper, digests[paper.id], keys[paper.id]) for paper in papers]
        edition, known = self._kept()
        live = {digest: known[digest] for digest in wanted if digest in known}
        size = max(map(_end, live.values()), default=0)
        if sum(sum(sizes[1:]) for sizes in live.values()) * 2 < size:
            live, size = {}, 0  # most of it is of papers that are no more, or were otherwise
        file = edition.file if live else "b" if edition.file == "a" else "a"
        if not live:
            files.write_file(self._folder / file, b"")
        files.cut(self._folder / file, size)
        self._open(Edition(file, edition.number + 1))
        missing = (
            (paper, keys[paper.id], digest)
            for paper, digest in zip(papers, wanted, strict=True)
            if digest not in live
        )
        live |= self._made(missing, size)
        head = _HEAD.pack(file.encode(), self.edition.number)
        files.write_whole(self._folder / _INDEX, head + _rows(live))
        files.keep_only(self._folder, {file, _INDEX})
        return [
            _brief(paper, keys[paper.id], digest, live[digest], traces.get(paper.id, Trace()))
            for paper, digest in zip(papers, wanted, strict=True)
        ]

    def resume(self, edition: Edition) -> bool:
        """Open what a build left, if it still lies there as it did."""
        try:
            head = files.beginning(self._folder / _INDEX, _HEAD.size)
            if head != _HEAD.pack(edition.file.encode(), edition.number):
                return False
            self._open(edition)
        except (OSError, struct.error):
            return False
        return True

    def add(self, papers: Sequence[tuple[Paper, str, Trace]]) -> list[Brief]:
        """Some more papers in brief, their parts made.

        Args:
            papers: each with what it is cited by, and what it was made of.
        """
        wanted = [self._digest(paper, digest(paper), key) for paper, key, _ in papers]
        missing = ((*one[:2], made_of) for one, made_of in zip(papers, wanted, strict=True))
        file = self._folder / self.edition.file
        live = self._made(missing, file.stat().st_size)
        files.append(self._folder / _INDEX, _rows(live))
        return [
            _brief(paper, key, made_of, live[made_of], trace)
            for (paper, key, trace), made_of in zip(papers, wanted, strict=True)
        ]

    def paper(self, known: Brief) -> Paper:
        """A paper, whole."""
        return PAPER.decode(self.volume.read(known.part("paper")))

    def whole(self, paper: Paper) -> Paper:
        """A paper, whole, of which perhaps only the brief is known."""
        return self.paper(paper) if isinstance(paper, Brief) else paper

    def _open(self, edition: Edition) -> None:
        self.edition = edition
        self.volume = Volume.at(self._folder / edition.file)

    def _made(self, missing: Iterable[tuple[Paper, str, bytes]], size: int) -> dict[bytes, Sizes]:
        live: dict[bytes, Sizes] = {}
        packed = map(_ENCODER.encode, chunks.batches(missing, PAPERS))
        for made in work.spread(partial(_make, self._making), packed, self._jobs):
            files.append(self._folder / self.edition.file, b"".join(blob for *_, blob in made))
            for digested, sizes, blob in made:
                live[digested] = (size, *sizes)
                size += len(blob)
        return live

    def _kept(self) -> tuple[Edition, dict[bytes, Sizes]]:
        """What the index says, if what it speaks of is there."""
        try:
            data = (self._folder / _INDEX).read_bytes()
            name, number = _HEAD.unpack_from(data)
            file = "a" if name == b"a" else "b"
            found = files.status(self._folder / file)
        except (OSError, struct.error):
            return Edition(), {}
        if not found:
            return Edition(file, number), {}
        rows = memoryview(data)[_HEAD.size :]
        whole = rows[: len(rows) // _ROW.size * _ROW.size]  # a run may have been killed
        known = {row[0]: row[1:] for row in _ROW.iter_unpack(whole)}
        return Edition(file, number), {
            digest: sizes for digest, sizes in known.items() if _end(sizes) <= found.st_size
        }

    def _digest(self, paper: Paper, digest: bytes, key: str) -> bytes:
        making = self._making
        names = [making.names[slug] for slug in paper.topics]
        keywords = [making.keywords.get(slug) for slug in paper.topics]
        made_of = (digest, key, names, keywords, making.site_url, making.maker)
        return blake2b(_ENCODER.encode(made_of), digest_size=16).digest()


def digest(paper: Paper) -> bytes:
    """Changes with anything that is known of a paper."""
    return blake2b(_ENCODER.encode(paper), digest_size=16).digest()


def _brief(paper: Paper, key: str, digest: bytes, sizes: Sizes, trace: Trace) -> Brief:
    return Brief(
        id=paper.id,
        title=paper.title,
        topics=paper.topics,
        venue=paper.venue,
        published=paper.published,
        revised=paper.revised,
        days=paper.days,
        rank=paper.rank,
        arxiv=paper.arxiv,
        doi=paper.doi,
        anthology=paper.anthology,
        votes=paper.votes,
        withdrawn=paper.withdrawn,
        former_ids=paper.former_ids,
        feed_id=paper.feed_id,
        digest=digest,
        span=tuple(accumulate(sizes)),
        key=key,
        folded=text.fold(paper.title),
        text=similar.digest(paper),
        searched=search.digest(paper),
        links_to=trace.links,
        records=trace.origins,
        date=paper.date,
        changed=paper.changed,
        people=paper.people,
        kinds=paper.kinds,
    )


def _end(sizes: Sizes) -> int:
    return sum(sizes)


def _rows(placed: Mapping[bytes, Sizes]) -> bytes:
    return b"".join(_ROW.pack(digest, *sizes) for digest, sizes in placed.items())


_HEAD: Final = struct.Struct("<sQ")
_ROW: Final = struct.Struct(f"<16sQ{len(PARTS)}I")


def _make(making: Making, packed: bytes) -> list[tuple[bytes, list[int], bytes]]:
    """The parts of some papers: of each its digest, the size of each part, and all in a row."""
    made = []
    for paper, key, digest in _SHARD.decode(packed):
        cited = bibliographies.cited_as(paper, key, making.site_url)
        parts = (
            entries.entry(paper, making.names).encode(),
            entries.line(paper).encode(),
            bibliographies.references(paper, key, making.site_url).encode(),
            *(cited[ending].encode() for ending in CITATIONS),
            catalog_records.record(paper, making.site_url).encode(),
            search.result(paper).encode(),
            _ENCODER.encode(paper),
        )
        made.append((digest, [len(part) for part in parts], b"".join(parts)))
    return made


_ENCODER: Final = msgspec.msgpack.Encoder()
_SHARD: Final = msgspec.msgpack.Decoder(list[tuple[Paper, str, bytes]])
PAPER: Final = msgspec.msgpack.Decoder(Paper)
