"""A catalog read for a build: summaries of its papers, wherever that was done."""

from __future__ import annotations

from contextlib import closing

import pytest

from generator.build import config, loading, work
from generator.build.state import STORE
from generator.build.store import Store
from generator.model.papers import PaperSummary
from tests.command import page
from tests.conftest import MakeCatalog


def test_process_of_its_own_reads_the_same(
    make_catalog: MakeCatalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_catalog({"2025-05-01.txt": page("2025-05-01", ["On Ants", "On Bees"])})
    settings, _ = config.load(root)
    (root / "content/sources/broken.jsonl").write_text("{", "utf-8")
    with closing(Store(root / STORE, "")) as store:
        here = loading.load(settings, store, 2)
        monkeypatch.setattr(loading, "LARGE", 1)
        told: list[tuple[int, int]] = []
        with work.workers(2):
            apart = loading.load(settings, store, 2, lambda done, total: told.append((done, total)))
    assert told[-1] == (2, 2)
    assert all(isinstance(paper, PaperSummary) for paper in apart.papers)
    assert apart == here
    assert apart.problems
