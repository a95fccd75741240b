"""What is installed: the wheel alone, far from the checkout, makes a catalog and builds it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.command import asked_for, contents, differing, page
from tests.conftest import REPOSITORY


def run(command: list[str | Path], cwd: Path, installed: Path | None = None) -> str:
    """What a command prints; it must succeed, and sees `installed` before anything else."""
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    if installed:
        env["PYTHONPATH"] = str(installed)
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    run([*pip, "--no-build-isolation", "--wheel-dir", folder, REPOSITORY], folder)
    (built,) = folder.glob("papershelf-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    folder = wheel.parent / "installed"
    pip: list[str | Path] = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    run([*pip, "--target", folder, wheel], wheel.parent)
    return folder


def test_wheel_holds_the_code_the_templates_and_the_theme_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {
        "generator",
        "site_templates",
    }
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    tracked = subprocess.run(
        [*listing, "generator", "site_templates"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    if tracked.returncode == 0 and tracked.stdout:
        expected = {name for name in tracked.stdout.split("\n") if (REPOSITORY / name).is_file()}
        assert {name for name in names if ".dist-info/" not in name} == expected
    assert {name for name in names if "__pycache__" in name} == set()


def test_installed_package_makes_and_builds_a_catalog_far_from_the_checkout(
    installed: Path, tmp_path: Path
) -> None:
    program = "import generator, site_templates as s; print(generator.__file__, *s.__path__)"
    where = run([sys.executable, "-c", program], tmp_path, installed).split()
    assert all(path.startswith(str(installed)) for path in where)

    papershelf = [sys.executable, "-c", "from generator.cli import main; main()"]
    run([*papershelf, "new", "shelf"], tmp_path, installed)
    root = tmp_path / "shelf"
    (tmp_path / "list.txt").write_text(page("May 1", ["On Ants", "On Bees"]), "utf-8")
    run([*papershelf, "add", "--date", "2025-05-01", tmp_path / "list.txt"], root, installed)
    run([*papershelf, "build", "--strict"], root, installed)
    found = contents(root / "site")
    assert {"index.html", "catalog.jsonl", "papers/on-ants/index.html"} <= found.keys()
    assert b"papershelf.css" in found["papers/on-ants/index.html"]
    assert (
        found["assets/papershelf.css"]
        == (installed / "site_templates/theme/assets/papershelf.css").read_bytes()
    )

    mkdocs = [sys.executable, "-m", "mkdocs"]
    run([*mkdocs, "build", "--quiet", "--site-dir", "other"], root, installed)
    ours = (".md", "build-manifest.json", ".nojekyll")
    pages = {path: data for path, data in found.items() if not path.endswith(ours)}
    assert differing(pages, asked_for(root / "other")) == []


def test_installed_command_and_theme_have_their_names(installed: Path) -> None:
    points = next(installed.glob("papershelf-*.dist-info/entry_points.txt")).read_text("utf-8")
    assert "papershelf = generator.__main__:main" in points
    assert "[mkdocs.themes]\npapershelf = site_templates.theme" in points
    assert (installed / "bin/papershelf").is_file()
