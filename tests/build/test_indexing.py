"""The search index as builds make it: what the store has is not made again, and changes no byte."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator import search
from generator.build import config, folders, indexing, work
from generator.build.loading import summarised
from generator.build.store import Store
from generator.catalog import Catalog
from generator.model.fragments import Shard, whole
from generator.model.papers import Paper
from generator.search import index, packs, shards

PAPERS = [
    Paper(
        id=f"p{number}", title=f"On {word}", abstract=f"{word} and more of it", rank=1000 - number
    )
    for number in range(460)
    for word in (f"ants {number} {number % 7}",)
]
"""The oldest first."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "build.db", "")) as store:
        yield store


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.search.SEGMENT", 100)
    monkeypatch.setattr("generator.search.index.SHARD", 20)


def indexed(
    root: Path, store: Store, papers: list[Paper], had: Collection[str] = (), jobs: int = 1
) -> dict[str, bytes | str]:
    """The files that a build makes of the index of some papers, the oldest first."""
    if not root.exists():
        folders.new(root)
    catalog = Catalog(papers=tuple(papers[::-1]), curators={})
    brief, texts = summarised(catalog, config.load(root)[0], store), store.fragments()
    with work.workers(jobs):
        made = indexing.begin(brief, texts, store, lambda paths: set(paths) <= set(had), jobs)()
    return made.files | {
        pack.path: search.content(texts, pack.cut.fragments()) for pack in made.packs
    }


def test_what_the_store_has_changes_no_byte(tmp_path: Path, store: Store) -> None:
    others = [*PAPERS[:7], replace(PAPERS[7], title="Another"), *PAPERS[8:450]]
    site: dict[str, bytes | str] = {}
    for number, papers in enumerate((PAPERS[:410], PAPERS[:450], others, PAPERS[:450], PAPERS)):
        with closing(Store(tmp_path / f"{number}.db", "")) as empty:
            expected = indexed(tmp_path / "shelf", empty, papers)
        made = indexed(tmp_path / "shelf", store, papers, site)
        assert expected.items() <= (site | made).items()
        assert made.items() <= expected.items()
        site = expected


def test_many_processes_change_no_byte(tmp_path: Path, store: Store) -> None:
    one = indexed(tmp_path / "shelf", store, PAPERS)
    with closing(Store(tmp_path / "other.db", "")) as other:
        assert indexed(tmp_path / "shelf", other, PAPERS, jobs=2) == one


def test_papers_are_read_again_only_with_those_beside_one_that_changed(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []

    def spy(names: index.Names, papers: Shard) -> index.Words:
        read.append(len(list(whole(papers))))
        return original(names, papers)

    original = index.read
    monkeypatch.setattr(index, "read", spy)
    indexed(tmp_path / "shelf", store, PAPERS)
    assert sum(read) == 460
    for others in (
        [*PAPERS[:7], replace(PAPERS[7], title="Another"), *PAPERS[8:]],
        [*PAPERS[:3], *PAPERS[4:], replace(PAPERS[3], rank=1)],  # it is the latest now
    ):
        read.clear()
        indexed(tmp_path / "shelf", store, others)
        assert 0 < sum(read) < 200


def test_packs_whose_papers_stay_are_not_read_again(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed(tmp_path / "shelf", store, PAPERS[:200])
    named: list[bytes] = []

    def spy(data: bytes) -> str:
        named.append(data)
        return shards.named(data)

    monkeypatch.setattr(packs, "named", spy)
    indexed(tmp_path / "shelf", store, PAPERS[:201])
    assert 2 <= len(named) <= 4
