"""A build may spare itself work, and must never show that it did."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import generator
from generator.build import rendering, site, state, walking
from tests.conftest import MakeCatalog

PAGE = """Aug 7

A First Paper

This is what the first paper says.

A Second Paper

This is what the second paper says.
"""


@pytest.fixture
def shelf(make_catalog: MakeCatalog) -> Path:
    """A catalog of two papers, built once."""
    root = make_catalog({"2025-08-07.txt": PAGE})
    site.build(root)
    return root


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The generated pages that builds render from here on; what is taken over is not among them."""
    paths: list[str] = []
    original = rendering.html

    def spy(*arguments: Any) -> bytes:
        paths.append(arguments[-2])
        return original(*arguments)

    monkeypatch.setattr(rendering, "html", spy)
    return paths


@pytest.mark.parametrize("module", ["text/__init__.py", "sources/formats/ris.py", "model/dates.py"])
def test_any_module_that_changed_is_another_code(tmp_path: Path, module: str) -> None:
    package = tmp_path / "generator"
    shutil.copytree(Path(generator.__file__).parent, package)
    program = "from generator.build import reuse; print(reuse.code())"
    digests = []
    for addition in ("", "# Another line."):
        with (package / module).open("a", encoding="utf-8") as file:
            file.write(addition)
        run = [sys.executable, "-c", program]
        digests.append(subprocess.run(run, cwd=tmp_path, capture_output=True, check=True).stdout)
    assert digests[0] != digests[1]


def contents(folder: Path) -> dict[str, bytes]:
    return {path: (folder / path).read_bytes() for path in walking.relative_files(folder)}


def test_nothing_is_rendered_again_when_nothing_changed(shelf: Path, rendered: list[str]) -> None:
    before = contents(shelf / "site")
    report = site.build(shelf)
    assert rendered == []
    assert (report.rendered, report.as_json()["unchanged"]) == (0, 2)
    assert contents(shelf / "site") == before


def test_a_changed_abstract_renders_its_page_and_the_lists_it_is_on(
    shelf: Path, rendered: list[str]
) -> None:
    source = shelf / "content/sources/2025-08-07.txt"
    source.write_text(PAGE.replace("what the first", "all that the first"), "utf-8")
    report = site.build(shelf)
    assert report.rendered == 1
    assert "papers/a-first-paper.md" in rendered
    assert "papers/a-second-paper.md" not in rendered
    assert "days/2025-08-07.md" in rendered


def test_a_setting_that_shows_on_every_page_renders_all_of_them(
    shelf: Path, rendered: list[str]
) -> None:
    config = shelf / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "\ncopyright: Ours\n", "utf-8")
    site.build(shelf)
    assert {"papers/a-first-paper.md", "papers/a-second-paper.md"} < set(rendered)
    assert "Ours" in (shelf / "site/papers/a-first-paper/index.html").read_text("utf-8")


def test_a_theme_that_changed_renders_all_pages(
    make_catalog: MakeCatalog, rendered: list[str]
) -> None:
    theme = {"name": "papershelf", "custom_dir": "overrides"}
    root = make_catalog({"2025-08-07.txt": PAGE}, settings={"theme": theme})
    override = root / "overrides/main.html"
    override.parent.mkdir()
    for word in ("Before", "After"):
        override.write_text(
            '{% extends "papershelf.html" %}{% block announce %}' + word + "{% endblock %}", "utf-8"
        )
        site.build(root)
        page = (root / "site/papers/a-first-paper/index.html").read_text("utf-8")
        assert word in page
    assert rendered.count("papers/a-first-paper.md") == 2


def test_an_old_page_that_somebody_changed_is_not_taken_over(shelf: Path) -> None:
    before = contents(shelf / "site")
    (shelf / "site/papers/a-first-paper/index.html").write_text("tampered", "utf-8")
    site.build(shelf)
    assert contents(shelf / "site") == before


@pytest.mark.parametrize("record", [None, "", "{}", "\x80", "\x83\xa5maker\x01"])
def test_the_record_may_be_deleted_or_damaged(shelf: Path, record: str | None) -> None:
    before = contents(shelf / "site")
    path = shelf / state.STORE
    path.unlink() if record is None else path.write_text(record, "utf-8")
    site.build(shelf)
    assert contents(shelf / "site") == before


def test_clean_renders_everything(shelf: Path, rendered: list[str]) -> None:
    assert site.build(shelf, clean=True).rendered == 2
    assert {"papers/a-first-paper.md", "papers/a-second-paper.md"} < set(rendered)


def test_an_icon_of_ones_own_that_changed_renders_all_pages(
    make_catalog: MakeCatalog, rendered: list[str]
) -> None:
    theme = {"name": "papershelf", "custom_dir": "overrides"}
    root = make_catalog({"2025-08-07.txt": PAGE}, settings={"theme": theme})
    icon = root / "overrides/.icons/material/menu.svg"
    icon.parent.mkdir(parents=True)
    for name in ("before", "after"):
        icon.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" id="{name}"/>', "utf-8")
        site.build(root)
    assert rendered.count("papers/a-first-paper.md") == 2


def test_what_python_compiles_of_a_theme_changes_nothing(make_catalog: MakeCatalog) -> None:
    root = make_catalog(
        {"2025-08-07.txt": PAGE}, settings={"theme": {"name": "papershelf", "custom_dir": "ours"}}
    )
    (root / "ours/__pycache__").mkdir(parents=True)
    site.build(root)
    (root / "ours/__pycache__/hooks.cpython-311.pyc").write_bytes(b"compiled")
    assert site.build(root).seconds == {}
    (root / "ours/robots.txt").write_text("User-agent: *\n", "utf-8")
    assert site.build(root).seconds
