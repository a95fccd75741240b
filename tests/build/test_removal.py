"""A catalog that has lost most of its papers is not published before somebody says so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.build import loading, site
from generator.build.config import load
from generator.model.errors import RemovalError
from tests.command import contents, differing, numbered, page, papershelf
from tests.conftest import MakeCatalog

SOURCE = "content/sources/2025-05-01.txt"


def built(make_catalog: MakeCatalog, papers: int) -> Path:
    """A catalog of so many papers that was built."""
    root = make_catalog({"2025-05-01.txt": page("May 1", numbered(papers))})
    site.build(root, jobs=1)
    return root


def keep(root: Path, papers: int, start: int = 1) -> None:
    """Have only so many papers be left, or others from some number on."""
    (root / SOURCE).write_text(page("May 1", numbered(papers, start)), "utf-8")


def published(root: Path) -> dict[str, bytes]:
    return {
        f"{folder}/{path}": data
        for folder in ("site", "content/pages")
        for path, data in contents(root / folder).items()
    }


def write_pages(root: Path, *, allow_removal: bool = False) -> None:
    settings, _ = load(root)
    site.write_pages(loading.read_catalog(settings), settings, allow_removal=allow_removal)


@pytest.mark.parametrize(
    ("before", "left", "start", "is_refused"),
    [
        (22, 11, 1, False),
        (23, 11, 1, True),
        (22, 22, 13, True),
        (10, 0, 1, False),
        (11, 0, 1, True),
    ],
)
def test_where_more_than_half_and_more_than_ten_would_go_nothing_is_changed(
    make_catalog: MakeCatalog, before: int, left: int, start: int, *, is_refused: bool
) -> None:
    root = built(make_catalog, before)
    old = published(root)
    keep(root, left, start)
    for clean in (False, True):
        if is_refused:
            with pytest.raises(RemovalError, match="--allow-removal"):
                site.build(root, jobs=1, clean=clean)
            with pytest.raises(RemovalError, match="--allow-removal"):
                write_pages(root)
            assert differing(published(root), old) == []
    report = site.build(root, jobs=1, allow_removal=is_refused)
    assert report.papers == left
    assert site.build(root, jobs=1, clean=True).papers == left  # that is what there is now


@pytest.mark.parametrize("how", ["missing", "a file", "a link to nothing"])
def test_missing_folder_of_sources_stops_what_was_built_before(
    make_catalog: MakeCatalog, how: str
) -> None:
    root = built(make_catalog, 2)
    old = published(root)
    sources = root / "content/sources"
    shutil.rmtree(sources)
    if how == "a file":
        sources.write_text("", "utf-8")
    elif how == "a link to nothing":
        sources.symlink_to("nowhere")
    for command in ("build", "pages", "serve"):
        run = papershelf(root, command)
        assert run.returncode == 1
        (said,) = [line for line in run.stderr.splitlines() if not line.endswith("…")]
        assert said.startswith(f"papershelf: {sources}: expected the papers of ")
        assert "2 of 2 papers would be removed" in said
        assert "--allow-removal" in said
        assert differing(published(root), old) == []
    assert papershelf(root, "pages", "--allow-removal").returncode == 0
    run = papershelf(root, "build")
    assert run.returncode == 1  # the site is as it was
    run = papershelf(root, "build", "--allow-removal")
    assert run.returncode == 0
    assert run.stdout.startswith("0 papers")
    assert "content/sources/: expected your lists of papers in this folder" in run.stderr
    assert papershelf(root, "build").returncode == 0


@pytest.mark.parametrize("left", ["site", "pages", "log", "nothing"])
def test_what_there_was_is_told_from_all_that_is_at_hand(
    make_catalog: MakeCatalog, left: str
) -> None:
    root = built(make_catalog, 12)
    keep(root, 30)
    site.build(root, jobs=1)  # of which the log has 18
    for folder in ("site", "content/pages", ".papershelf"):
        if folder != {"site": "site", "pages": "content/pages"}.get(left):
            shutil.rmtree(root / folder)
            (root / folder).mkdir()
    for path in root.glob(".site*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    if left != "log":
        (root / "content/changes.jsonl").unlink()
    (root / SOURCE).unlink()
    if left == "nothing":
        assert site.build(root, jobs=1).papers == 0
        return
    count = "18 of 18" if left == "log" else "30 of 30"
    with pytest.raises(RemovalError, match=count):
        site.build(root, jobs=1)
    assert site.build(root, jobs=1, allow_removal=True).papers == 0


def test_papers_that_get_another_address_are_not_removed(make_catalog: MakeCatalog) -> None:
    root = built(make_catalog, 12)
    rows = [f"{title},10.1000/{number}\n" for number, title in enumerate(numbered(12))]
    (root / "content/sources/dois.csv").write_text("title,doi\n" + "".join(rows), "utf-8")
    report = site.build(root, jobs=1)
    assert report.papers == 12
    assert "papers/10-1000-11/index.html" in report.changed
