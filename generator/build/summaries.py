"""Summaries of the papers of a catalog, and the texts that are made of each once, for many files.

To make these is most of the work of a build. So it is done by shards, and kept in the store: as
long as a paper stays as it is, what was made of it is read from there, also in the next build. The
paper itself lies there too, so that nobody has to have all of them in memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import count
from typing import Final, NamedTuple

import msgspec

from generator import search, similar, text
from generator.build import work
from generator.build.store import Store
from generator.catalog import Catalog, changes, taxonomy
from generator.catalog.listings.paging import CITATIONS
from generator.exports import bibliographies, catalog_records
from generator.model import chunks, outputs
from generator.model.papers import FRAGMENTS, Paper, PaperSummary
from generator.pages import entries

PAPERS: Final = 200
"""Papers in a shard."""

KIND: Final = "papers"
"""Under which the store has the summary of each paper, by id."""

CHANGED: Final = "changed papers"
"""Under which it has the ids of those that are new or changed since the last build."""

_DIGESTS: Final = "digests"
"""Under which the store has what each of them was made of, by id; see `_digest`."""


class Making(msgspec.Struct, frozen=True):
    """What the texts of papers are made with."""

    names: dict[str, str]
    """Of topics, by slug."""

    keywords: dict[str, str]
    """Those of topics that may go out as keywords."""

    site_url: str

    @classmethod
    def of(cls, catalog: Catalog, site_url: str) -> Making:
        """What those of a catalog are made with."""
        names = {topic.slug: topic.name for topic in catalog.topics}
        return cls(names, taxonomy.keywords(catalog.topics), site_url)


def keep(
    store: Store,
    papers: Sequence[Paper],
    digests: Mapping[str, bytes],
    keys: Mapping[str, str],
    making: Making,
    jobs: int,
) -> None:
    """Have the store hold these papers and no others: the summary of each, and its texts.

    Args:
        store: of the catalog.
        papers: all that there are.
        digests: changes with anything that is known of each, by id.
        keys: what they are cited by, by id.
        making: what the texts are made with.
        jobs: processes at most.
    """
    made_of = {
        paper.id: _digest(paper, digests[paper.id], keys[paper.id], making) for paper in papers
    }
    before = store.all(_DIGESTS, _Known)
    unknown = [paper for paper in papers if before.get(paper.id, _NEW).digest != made_of[paper.id]]
    gone = before.keys() - made_of.keys()
    free = count(max((known.number for known in before.values()), default=-1) + 1)
    wanted = (
        _Wanted(
            paper,
            keys[paper.id],
            made_of[paper.id],
            before[paper.id].number if paper.id in before else next(free),
        )
        for paper in unknown
    )
    packed = map(_ENCODER.encode, chunks.batches(wanted, PAPERS))
    with store.transaction():
        changed = {*changed_papers(store), *(paper.id for paper in unknown)}
        store.put(CHANGED, [("", sorted(changed))])
        for kind in (_DIGESTS, KIND):
            store.drop(kind, gone)
        store.drop_fragments(
            before[own].number * len(FRAGMENTS) + place
            for own in gone
            for place in range(len(FRAGMENTS))
        )
        for shard in work.spread(partial(_make, making), packed, jobs):
            store.put(_DIGESTS, ((made.id, _Known(made.digest, made.number)) for made in shard))
            store.put(KIND, ((made.id, msgspec.Raw(made.summary)) for made in shard))
            store.put_fragments(
                (made.number * len(FRAGMENTS) + place, text)
                for made in shard
                for place, text in enumerate(made.texts)
            )


def changed_papers(store: Store) -> set[str]:
    """The ids of papers that are new or changed since `forget_changes` was called."""
    return set(store.get(CHANGED, "", list[str]) or ())


def forget_changes(store: Store) -> None:
    """Note that a build has looked at all papers that are new or changed."""
    store.drop_all(CHANGED)


class _Known(NamedTuple):
    """What is known of a paper in the store."""

    digest: bytes
    """Of all that its texts were made of."""

    number: int


_NEW: Final = _Known(b"", -1)


class _Wanted(NamedTuple):
    """A paper whose texts are to be made."""

    paper: Paper
    key: str
    """What it is cited by."""

    digest: bytes
    number: int


class _Made(NamedTuple):
    """What was made of a paper."""

    id: str
    digest: bytes
    number: int
    summary: bytes
    """As MessagePack."""

    texts: list[bytes]
    """Its `FRAGMENTS`."""


def _digest(paper: Paper, digest: bytes, key: str, making: Making) -> bytes:
    """Changes with anything that a paper's texts are made of."""
    names = [making.names[slug] for slug in paper.topics]
    keywords = [making.keywords.get(slug) for slug in paper.topics]
    return outputs.key(digest, key, names, keywords, making.site_url)


def _make(making: Making, packed: bytes) -> list[_Made]:
    made = []
    for wanted in _SHARD.decode(packed):
        paper, key = wanted.paper, wanted.key
        cited = bibliographies.cited_as(paper, key, making.site_url)
        texts = [
            entries.entry(paper, making.names).encode(),
            entries.line(paper).encode(),
            bibliographies.references(paper, key, making.site_url).encode(),
            *(cited[ending].encode() for ending in CITATIONS),
            catalog_records.record(paper, making.site_url).encode(),
            search.result(paper).encode(),
            _ENCODER.encode(paper),
        ]
        recorded = changes.digest(texts[FRAGMENTS.index("record")])
        summary = _ENCODER.encode(_summary(wanted, tuple(map(len, texts)), recorded))
        made.append(_Made(paper.id, wanted.digest, wanted.number, summary, texts))
    return made


def _summary(wanted: _Wanted, sizes: tuple[int, ...], recorded: bytes) -> PaperSummary:
    paper = wanted.paper
    return PaperSummary(
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
        digest=wanted.digest,
        number=wanted.number,
        sizes=sizes,
        key=wanted.key,
        folded=text.fold(paper.title),
        text=similar.digest(paper),
        recorded=recorded,
        searched=search.digest(paper),
        date=paper.date,
        changed=paper.changed,
        people=paper.people,
        kinds=paper.kinds,
    )


_ENCODER: Final = msgspec.msgpack.Encoder()
_SHARD: Final = msgspec.msgpack.Decoder(list[_Wanted])
