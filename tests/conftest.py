"""Catalogs to test on: small ones made by a test, and the demo, built once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import yaml

from generator.build import folders, site
from generator.build.report import Report

REPOSITORY = Path(__file__).parent.parent

REAL_PAGE = REPOSITORY.parent / "shared" / "seeds" / "daily-papers.txt"
"""A page as it was copied, which cannot be published here; tests use it where it is at hand."""

os.environ["SOURCE_DATE_EPOCH"] = "1754524800"
"""The day of all builds, since the log of changes has it."""

# A busy machine is no failure; and CI tries the same examples each time.
hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")

MakeCatalog = Callable[..., Path]


@pytest.fixture
def make_catalog(tmp_path: Path) -> MakeCatalog:
    """Make a catalog as `papershelf new` does, with these sources instead of the example.

    Keyword arguments: `sources` (`{name: text or bytes}`), `topics` (the text of `topics.yml`) and
    `settings`, which are set in `mkdocs.yml`.
    """

    def make(
        sources: Mapping[str, str | bytes] | None = None,
        *,
        topics: str = "",
        settings: Mapping[str, Any] | None = None,
        name: str = "shelf",
    ) -> Path:
        root = tmp_path / name
        folders.new(root)
        (root / "content/sources/example.txt").unlink()
        for file, content in (sources or {}).items():
            path = root / "content/sources" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        if topics:
            (root / "content/topics.yml").write_text(topics, "utf-8")
        config = root / "mkdocs.yml"
        values = yaml.safe_load(config.read_text("utf-8")) | dict(settings or {})
        config.write_text(yaml.safe_dump(values, allow_unicode=True), "utf-8")
        return root

    return make


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this repository's own catalog, as a fresh clone holds it."""
    root = tmp_path_factory.mktemp("demo")
    (root / "content/pages").mkdir(parents=True)
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    shutil.copy(REPOSITORY / "content/topics.yml", root / "content")
    shutil.copytree(REPOSITORY / "content/sources", root / "content/sources")
    shutil.copy(REPOSITORY / "content/pages/about.md", root / "content/pages")
    return root


@pytest.fixture(scope="session")
def demo_report(demo: Path) -> Report:
    """What building the demo said."""
    return site.build(demo)


@pytest.fixture(scope="session")
def demo_site(demo: Path, demo_report: Report) -> Path:
    """The demo, built."""
    return demo / "site"
