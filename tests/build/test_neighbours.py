"""Similar papers, as a build finds and keeps them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from msgspec.structs import replace

from generator import similar
from generator.build import config, folders, neighbours
from generator.build.loading import summarised
from generator.build.store import Store
from generator.catalog import Catalog
from generator.model.papers import Paper

PAPERS = [
    Paper(id=f"p{n:02}", title=f"On {subject}", abstract=f"We look at {subject} and at {n % 3}.")
    for n in range(40)
    for subject in [("draft models", "sourdough bread", "gadolinium lines")[n % 3]]
]


def test_what_was_kept_changes_nothing_that_is_found(tmp_path: Path) -> None:
    folders.new(tmp_path / "shelf")
    settings, _ = config.load(tmp_path / "shelf")
    later = [replace(PAPERS[0], title="On sourdough bread"), *PAPERS[2:]]
    with closing(Store(tmp_path / "build.db", "")) as store:
        for papers in (PAPERS, later, later, PAPERS[:1], [], PAPERS):
            brief = summarised(Catalog(papers=tuple(papers), curators={}), settings, store)
            assert neighbours.find(brief.papers, store, 2) == similar.find(papers)
