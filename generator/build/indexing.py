"""The search index of a large catalog: made by other processes, of what the store does not have."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any, Final, NamedTuple

from generator import search
from generator.build import work
from generator.build.store import Store
from generator.catalog import Catalog
from generator.model import chunks, fragments
from generator.model.fragments import Fragments, Shard
from generator.model.papers import PaperSummary
from generator.search import Index, Pack, Segment, index, packs
from generator.search.index import Words
from generator.search.lookups import Listed
from generator.search.packs import Cut

_SEGMENTS: Final = "index segments"
"""Under which the store has what is known of the large segment, by its digest."""

_PACKS: Final = "index packs"
"""Under which it has the names of packs, by what they are made of."""

LARGE: Final = 500
"""Papers whose words take longer to count than to hand over to another process."""

TOGETHER: Final = 100
"""Packs whose names are found by one process at once."""


def begin(
    catalog: Catalog,
    texts: Fragments,
    store: Store,
    has: Callable[[Collection[str]], bool],
    jobs: int,
) -> Callable[[], Index]:
    """Have other processes make the index of a catalog; gives what waits for it.

    Args:
        catalog: its papers are known by their summaries.
        texts: what papers are read from.
        store: has the large segment of the last time and the words of all papers.
        has: whether all files of these paths are in the site, as they should be.
        jobs: processes at most.
    """
    segments = [
        _begin_segment(search.topic_names(catalog), papers, texts, store, has, jobs)
        for papers in search.segments(catalog)
    ]
    return partial(_joined, catalog, segments, texts, store, jobs)


def _begin_segment(
    names: dict[str, str],
    papers: Sequence[Any],
    texts: Fragments,
    store: Store,
    has: Callable[[Collection[str]], bool],
    jobs: int,
) -> Callable[[], Segment]:
    cut = {search.segment_digest(names, some): some for some in search.shards_of(papers)}
    is_large = len(papers) >= search.SEGMENT
    made_of = search.segment_digest(names, papers)
    known = store.get(_SEGMENTS, made_of, Segment) if is_large else None
    if known and has(known.paths):
        return partial(_itself, known)
    shards = {digest: fragments.shard(some, texts) for digest, some in cut.items()}
    kind = "words" if is_large else "words of the last"
    part = _Part(shards, list(map(Listed.of, papers)), names, store, kind)
    apart = jobs if len(papers) >= LARGE else 1
    made = work.later(_segment, part, apart, roomy=is_large)
    return partial(_storing, store, made_of, made) if is_large else made


def _itself(segment: Segment) -> Segment:
    return segment


def _storing(store: Store, made_of: str, made: Callable[[], Segment]) -> Segment:
    segment = made()
    store.drop_all(_SEGMENTS)
    store.put(_SEGMENTS, [(made_of, segment._replace(files={}))])
    return segment


class _Part(NamedTuple):
    """Some papers, oldest first, as another process is given them."""

    shards: dict[str, Shard]
    """By the digest of all that the index holds of each."""

    listed: list[Listed]
    names: dict[str, str]
    store: Store
    kind: str
    """Under which the store has the words of each shard."""


def _segment(part: _Part) -> Segment:
    return search.segment(part.names, part.listed, list(_words(part)))


def _words(part: _Part) -> Iterator[Words]:
    """Those of each shard, read if the store does not have them."""
    made: list[tuple[str, Words]] = []
    for digest, shard in part.shards.items():
        words = part.store.get(part.kind, digest, Words)
        if not words:
            words = index.read(part.names, shard)
            made.append((digest, words))
        yield words
    with part.store.transaction():
        part.store.drop(part.kind, set(part.store.names(part.kind)) - part.shards.keys())
        part.store.put(part.kind, made)


def _joined(
    catalog: Catalog,
    begun: Sequence[Callable[[], Segment]],
    texts: Fragments,
    store: Store,
    jobs: int,
) -> Index:
    made = [segment() for segment in begun]
    cuts = [
        packs.cut(
            [paper for place in segment.order if isinstance(paper := papers[place], PaperSummary)]
        )
        for segment, papers in zip(made, search.segments(catalog), strict=True)
    ]
    names = _names(list(chain.from_iterable(cuts)), texts, store, jobs)
    return search.joined(made, [[Pack(names[one.key], one) for one in some] for some in cuts])


def _names(cuts: Sequence[Cut], texts: Fragments, store: Store, jobs: int) -> dict[bytes, str]:
    """The names of packs, which follow from their content, by key."""
    names = store.get(_PACKS, _PACKS, dict[bytes, str]) or {}
    missing = [(one.key, one.fragments()) for one in cuts if one.key not in names]
    shards = chunks.batches(missing, TOGETHER)
    found = dict(chain.from_iterable(work.spread(partial(_named, texts), shards, jobs)))
    every = {one.key: found[one.key] if one.key in found else names[one.key] for one in cuts}
    if every != names:
        store.put(_PACKS, [(_PACKS, every)])
    return every


def _named(
    texts: Fragments, made_of: Sequence[tuple[bytes, list[list[int]]]]
) -> list[tuple[bytes, str]]:
    return [(key, packs.name(texts, papers)) for key, papers in made_of]
