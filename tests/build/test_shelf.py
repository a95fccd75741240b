"""A catalog read for a build: its papers in brief, wherever that was done."""

from __future__ import annotations

import pytest

from generator.build import config, shelf, work
from generator.model.papers import Brief
from tests.command import page
from tests.conftest import MakeCatalog


def test_process_of_its_own_reads_the_same(
    make_catalog: MakeCatalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_catalog({"2025-05-01.txt": page("2025-05-01", ["On Ants", "On Bees"])})
    settings, _ = config.load(root)
    (root / "content/sources/broken.jsonl").write_text("{", "utf-8")
    here, sources = shelf.read(settings, 2)
    monkeypatch.setattr(shelf, "LARGE", 1)
    monkeypatch.setattr(shelf, "_read", None)  # in this process
    told: list[tuple[int, int]] = []
    with work.workers(2):
        apart, others = shelf.read(settings, 2, lambda done, total: told.append((done, total)))
    assert told[-1] == (2, 2)
    assert all(isinstance(paper, Brief) for paper in apart.catalog.papers)
    assert apart.catalog == here.catalog
    assert apart.catalog.problems
    assert (apart.volume, apart.orcids, others) == (here.volume, here.orcids, sources)
