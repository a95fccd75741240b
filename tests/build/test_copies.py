"""A catalog that was copied, or checked out anew beside a cache, is updated as in place."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from generator.build import reuse, site, state
from generator.build.store import Store
from tests.build.comparing import assert_clean
from tests.command import numbered, page
from tests.conftest import MakeCatalog

CACHED = (".papershelf", ".site.building", "content/pages", "site")
"""What the workflow of this repository keeps from run to run."""

IGNORED = "/.papershelf/\n/.site.*\n/site/\n/content/pages/*/\n/content/pages/index.md\n"


def copied(root: Path, other: Path) -> None:
    shutil.copytree(root, other, symlinks=True)


def copied_without_times(root: Path, other: Path) -> None:
    shutil.copytree(root, other, symlinks=True, copy_function=shutil.copyfile)


def moved(root: Path, other: Path) -> None:
    shutil.move(root, other)


def checked_out(root: Path, other: Path) -> None:
    """Clone the catalog, and restore the cache, as the workflow does."""

    def git(folder: Path, *arguments: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)

    (root / ".gitignore").write_text(IGNORED, "utf-8")
    git(root, "init")
    git(root, "add", ".")
    git(root, "commit", "--message", "A catalog")
    git(root.parent, "clone", str(root), str(other))
    (root / "content/pages/gone.md").write_text("# Gone\n", "utf-8")  # after the commit
    archive = root.parent / "cache.tar"
    cached = [path for path in CACHED if (root / path).exists()]
    subprocess.run(["tar", "--create", "--file", archive, *cached], cwd=root, check=True)
    subprocess.run(["tar", "--extract", "--file", archive], cwd=other, check=True)
    git(other, "checkout", "--quiet", "--", "content")
    git(other, "clean", "--quiet", "-fd", "content")


def made(root: Path) -> list[str]:
    """The files of the pages folder that the last build made."""
    with closing(Store(root / state.STORE, reuse.code())) as store:
        return store.names("reasons site")


@pytest.mark.parametrize("copy", [copied, copied_without_times, moved, checked_out])
def test_copy_is_updated_as_in_place(
    make_catalog: MakeCatalog, tmp_path: Path, copy: Callable[[Path, Path], None]
) -> None:
    theme = {"name": "papershelf", "custom_dir": "overrides"}
    lists = {"2025-05-01.txt": page("May 1", numbered(30))}
    here, there = (
        make_catalog(lists, name=f"{name}/shelf", settings={"theme": theme, "site_name": "Shelf"})
        for name in ("here", "there")
    )
    for root in (here, there):
        (root / "overrides").mkdir()
        (root / "overrides/own.css").write_text("p {}", "utf-8")
        (root / "content/pages/about.md").write_text("# About\n", "utf-8")
        site.build(root, jobs=1)
        site.build(root, jobs=1)
    other = tmp_path / "elsewhere/other"
    other.parent.mkdir()
    copy(there, other)
    for root in (here, other):
        (root / "content/sources/2025-05-02.txt").write_text(page("May 2", ["On Ants"]), "utf-8")
        site.build(root, jobs=1)
    assert made(other) == made(here)
    assert 0 < len(made(here)) < 30
    assert_clean(other, tmp_path / "clean/shelf")
    assert not (other / "content/pages/gone.md").exists()


@pytest.mark.parametrize("copy", [copied, copied_without_times])
def test_copy_of_which_nothing_changed_makes_nothing(
    make_catalog: MakeCatalog, tmp_path: Path, copy: Callable[[Path, Path], None]
) -> None:
    root = make_catalog({"2025-05-01.txt": page("May 1", numbered(3))})
    site.build(root, jobs=1)
    copy(root, tmp_path / "other")
    report = site.build(tmp_path / "other", jobs=1)
    assert (made(tmp_path / "other"), report.changed, report.removed) == ([], (), ())
