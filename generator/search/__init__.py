"""From the catalog to an index that a browser searches by fetching what a query touches.

What a result is, in which order and with which score, is lunr's; see `FORMAT.md` for how the
figures that this follows from are stored.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from itertools import chain, pairwise
from typing import Any, Final, NamedTuple

from generator.build import slices, work
from generator.build.kept import Kept
from generator.build.slices import NOWHERE, Shard, Volume
from generator.catalog import Catalog
from generator.model import chunks
from generator.model.papers import Brief, Paper
from generator.search import index, lookups, packs, scripts, shards
from generator.search.index import BOOSTS, Words
from generator.search.lookups import Listed, digest
from generator.search.packs import Pack, content, result
from generator.search.shards import FOLDER

__all__ = [
    "BOOSTS",
    "FOLDER",
    "MANIFEST",
    "SEGMENT",
    "Index",
    "Pack",
    "begin",
    "content",
    "digest",
    "documents",
    "is_ours",
    "result",
    "write",
]

MANIFEST: Final = f"{FOLDER}/manifest.json"
"""The one file of an index whose name is known beforehand."""

SCRIPT: Final = f"{FOLDER}/search.js"
"""What runs in the worker."""

SEGMENT: Final = 8_192
"""Documents in the last segment, at most: a new paper changes no file of the others."""


def write(
    catalog: Catalog,
    jobs: int = 1,
    kept: Kept | None = None,
    volume: Volume = NOWHERE,
    has: Callable[[Collection[str]], bool] = lambda paths: False,
) -> Index:
    """The files of the index, by path below the site's root; see `begin`."""
    return begin(catalog, jobs, kept, volume, has)()


def begin(
    catalog: Catalog,
    jobs: int = 1,
    kept: Kept | None = None,
    volume: Volume = NOWHERE,
    has: Callable[[Collection[str]], bool] = lambda paths: False,
) -> Callable[[], Index]:
    """Have another process make the index of a large catalog; gives what waits for it.

    Oldest papers first, so that new ones come last. All but the last few thousand are one segment,
    which stays as it is while these grow.

    Args:
        catalog: every paper of it is found, also withdrawn ones.
        jobs: how many processes at most.
        kept: where the large segment is kept for the next time, and the words of all papers.
        volume: where the papers lie that are known in brief.
        has: whether all files of these names are there from the last time.
    """
    names = _names(catalog)
    segments: list[Callable[[], tuple[_About, dict[str, bytes]]]] = []
    stay: list[str] = []
    for part in _parts(catalog):
        about = None
        starts = [
            *chunks.content_defined_starts((paper.id for paper in part), index.SHARD),
            len(part),
        ]
        cut = {_digest(names, part[start:end]): part[start:end] for start, end in pairwise(starts)}
        made_of = "".join(cut) if len(part) >= SEGMENT else ""
        if kept and made_of:
            about = kept.read("index", made_of, _About)
        if about and has(about.files):
            stay += about.files
            segments.append(partial(_found, about, {}))
        elif kept and about and (files := kept.read("index-files", made_of, dict[str, bytes])):
            segments.append(partial(_found, about, files))
        else:
            apart = jobs if len(part) >= _LARGE else 1
            roomy = len(part) >= SEGMENT
            made = work.later(_segment, _Part.of(cut, names, volume, kept), apart, roomy=roomy)
            segments.append(partial(_keeping, kept, made_of, made) if kept and made_of else made)
    return partial(_joined, segments, stay, partial(_packs, catalog, jobs, kept, volume))


_LARGE: Final = 500
"""Papers whose words take longer to count than to hand over to another process."""


def _found(about: _About, files: dict[str, bytes]) -> tuple[_About, dict[str, bytes]]:
    return about, files


def _keeping(
    kept: Kept, made_of: str, made: Callable[[], tuple[_About, dict[str, bytes]]]
) -> tuple[_About, dict[str, bytes]]:
    """What is made, which is kept for the next time."""
    about, files = made()
    kept.write("index-files", made_of, files)
    kept.write("index", made_of, about)
    return about, files


def _joined(
    segments: Sequence[Callable[[], tuple[_About, dict[str, bytes]]]],
    stay: list[str],
    pack: Callable[[Sequence[_About]], _Packed],
) -> Index:
    made = [segment() for segment in segments]
    packed = pack([about for about, _ in made])
    shown = [
        about.shown | directories
        for (about, _), directories in zip(made, packed.directories, strict=True)
    ]
    manifest = {
        "version": shards.VERSION,
        "fields": list(BOOSTS.items()),
        "flags": lookups.FLAGS,
        "segments": shown,
    }
    files: dict[str, bytes | str] = {}
    for _, pack_files in made:
        files |= pack_files
    files |= packed.store
    files |= {
        MANIFEST: json.dumps(manifest, ensure_ascii=False, separators=(",", ":")) + "\n",
        SCRIPT: scripts.joined(),
    }
    return Index(files, packed.packs, stay)


class _Packed(NamedTuple):
    """The packs of all segments."""

    store: shards.Store
    directories: list[dict[str, Any]]
    """What the manifest says of them, for each segment."""

    packs: list[Pack]


def _packs(
    catalog: Catalog, jobs: int, kept: Kept | None, volume: Volume, abouts: Sequence[_About]
) -> _Packed:
    """The packs of papers that are known in brief; of others nothing lies in a file of parts."""
    cuts = [
        packs.cut([paper for place in about.order if isinstance(paper := part[place], Brief)])
        for about, part in zip(abouts, _parts(catalog), strict=True)
    ]
    names = iter(packs.names(list(chain.from_iterable(cuts)), volume, jobs, kept))
    found = [[Pack(next(names), one) for one in some] for some in cuts]
    store = shards.Store()
    directories = [packs.directories(store, some) for some in found]
    return _Packed(store, directories, list(chain.from_iterable(found)))


class Index(NamedTuple):
    """An index, as files by path below the site's root."""

    files: dict[str, bytes | str]
    packs: list[Pack]
    """Packs of the results, which are many, and so made one by one."""

    stay: list[str]
    """Paths of others, which are there as they should be."""


_OURS: Final = re.compile(r"[0-9a-f]{12}\.bin|manifest\.json|search\.js")


def is_ours(name: str) -> bool:
    """Whether a file in the folder of the index has a name that `write` gives."""
    return bool(_OURS.fullmatch(name))


def documents(catalog: Catalog) -> list[dict[str, str]]:
    """The documents as lunr would be given them, the latest first: folded text by field."""
    return index.texts(numbered(catalog)[::-1], _names(catalog))


def numbered(catalog: Catalog) -> list[Paper]:
    """The papers as the index numbers them: the oldest first; see `index.Postings.order`."""
    names, found = _names(catalog), []
    for part in _parts(catalog):
        counted = index.count([index.read(names, part)], [paper.date for paper in part])
        found += [part[place] for place in counted.order]
    return found


def _names(catalog: Catalog) -> dict[str, str]:
    """The names of topics, by slug."""
    return {topic.slug: topic.name for topic in catalog.topics}


def _parts(catalog: Catalog) -> list[Sequence[Paper]]:
    """The papers of each segment, the oldest first."""
    papers = catalog.papers[::-1]
    settled = len(papers) // SEGMENT * SEGMENT
    return [part for part in (papers[:settled], papers[settled:]) if part]


class _About(NamedTuple):
    """What is known of some documents of the index."""

    shown: dict[str, Any]
    """What the manifest says of them."""

    order: list[int]
    """Which of the papers each document is."""

    files: list[str]
    """Where the rest is, by path below the site's root."""


def _digest(names: Mapping[str, str], papers: Sequence[Paper]) -> str:
    """Digest of all that the index holds of some papers."""
    made_of = sha256(repr(sorted(names.items())).encode())
    made_of.update(b"".join(map(digest, papers)))
    return made_of.hexdigest()


class _Part(NamedTuple):
    """Some papers, oldest first, as another process is given them."""

    shards: list[tuple[str, Shard]]
    """Each with the digest of all that the index holds of it."""

    listed: list[Listed]
    names: dict[str, str]
    kept: Kept | None
    """Where the words of each shard are kept."""

    @classmethod
    def of(
        cls,
        cut: Mapping[str, Sequence[Paper]],
        names: dict[str, str],
        volume: Volume,
        kept: Kept | None,
    ) -> _Part:
        """The papers of some shards, which are known by their digests."""
        shards = [(made_of, slices.shard(papers, volume)) for made_of, papers in cut.items()]
        listed = list(map(Listed.of, chain.from_iterable(cut.values())))
        folder = "words" if len(listed) >= SEGMENT else "words-of-the-last"
        return cls(shards, listed, names, kept and kept.within(folder))

    def words(self) -> Iterator[Words]:
        """The words of each shard, read where they are not kept from an earlier build."""
        for made_of, shard in self.shards:
            words = self.kept.read(made_of, made_of, Words) if self.kept else None
            if not words:
                words = index.read(self.names, shard)
                if self.kept:
                    self.kept.write(made_of, made_of, words)
            yield words
        if self.kept:
            self.kept.keep_only({made_of for made_of, _ in self.shards})


def _segment(part: _Part) -> tuple[_About, dict[str, bytes]]:
    store = shards.Store()
    counted = index.count(list(part.words()), [paper.date for paper in part.listed])
    papers = [part.listed[place] for place in counted.order]
    about = {
        "documents": len(papers),
        "totals": counted.totals,
        "abstracts": shards.abstracts(store, counted),
        "postings": shards.postings(store, counted),
        "words": shards.vocabulary(store, counted),
        "keys": lookups.keys(store, papers),
        "voted": any(paper.upvotes for paper in papers),
        "facets": lookups.facets(store, papers, part.names),
        "order": lookups.order(store, counted.order),
    }
    return _About(about, counted.order, list(store)), dict(store)
