"""Writing what changed, deleting only what is ours, and swapping folders."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import files
from generator.errors import UsageError
from tests.command import contents

SIGN = "catalog.jsonl"


def nobodys(path: Path) -> bool:
    return False


def write(folder: Path, new: dict[str, str | bytes]) -> set[str]:
    """Write as a build does: what earlier runs wrote is ours. The paths that were written."""
    owned = files.Owned(folder, nobodys)
    written = {path for path in owned.claim(new) if files.write_file(folder / path, new[path])}
    owned.finish()
    return written


# Folders with generated files


def test_tree_is_written_and_listed_in_the_manifest(tmp_path: Path) -> None:
    folder = tmp_path / "new/pages"
    assert write(folder, {"b/c.md": "ü\n", "a.bin": b"\0\xff"}) == {"a.bin", "b/c.md"}
    assert (folder / "b/c.md").read_bytes() == "ü\n".encode()
    assert (folder / "a.bin").read_bytes() == b"\0\xff"
    assert files.owned(folder, nobodys) == {"a.bin", "b/c.md"}


def test_unchanged_files_keep_their_time(tmp_path: Path) -> None:
    write(tmp_path, {"a": "same", "b": "old"})
    for name in ("a", "b", files.MANIFEST):
        os.utime(tmp_path / name, (1, 1))
    assert write(tmp_path, {"a": "same", "b": "new"}) == {"b"}
    times = {name: (tmp_path / name).stat().st_mtime for name in ("a", "b", files.MANIFEST)}
    assert times["a"] == times[files.MANIFEST] == 1
    assert times["b"] > 1


def test_file_no_longer_wanted_goes_and_so_does_its_empty_folder(tmp_path: Path) -> None:
    write(tmp_path, {"a/b/c": "1", "a/d": "2", "e/f/g": "3"})
    (tmp_path / "e/by-hand").write_text("mine", "utf-8")
    write(tmp_path, {"a/d": "2"})
    assert set(contents(tmp_path)) == {"a/d", "e/by-hand", files.MANIFEST}
    assert not (tmp_path / "a/b").exists()
    assert not (tmp_path / "e/f").exists()


def test_file_by_hand_is_neither_written_over_nor_deleted(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine", "utf-8")
    assert write(tmp_path, {"a": "theirs", "b": "theirs"}) == {"b"}
    assert write(tmp_path, {}) == set()
    assert not (tmp_path / "b").exists()
    assert (tmp_path / "a").read_text("utf-8") == "mine"


def test_file_that_someone_deleted_comes_back(tmp_path: Path) -> None:
    write(tmp_path, {"a": "1"})
    (tmp_path / "a").unlink()
    assert write(tmp_path, {"a": "1"}) == {"a"}


@pytest.mark.parametrize("broken", ["", "{", "5", "null", "[[1]]", '{"a": 1}', '"a"', "[1, 2]"])
def test_broken_manifest_counts_as_none(tmp_path: Path, broken: str) -> None:
    write(tmp_path, {"ours": "1"})
    (tmp_path / "theirs").write_text("2", "utf-8")
    (tmp_path / files.MANIFEST).write_text(broken, "utf-8")
    owned = files.owned(tmp_path, lambda path: path.name == "ours")
    assert owned == {"ours"}


def test_manifest_cannot_name_files_outside_the_folder(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("precious", "utf-8")
    folder = tmp_path / "pages"
    folder.mkdir()
    write(folder, {})
    with (folder / files.MANIFEST).open("a", encoding="utf-8") as manifest:
        manifest.write(f"../outside\n{outside}\nx/../../outside\n")
    write(folder, {"a": "1"})
    assert outside.read_text("utf-8") == "precious"


def test_hidden_files_are_not_listed(tmp_path: Path) -> None:
    for name in (".a", "b", "c/.d", ".e/f", "c/g.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert files.relative_files(tmp_path) == ["b", "c/g.md"]
    assert files.relative_files(tmp_path / "missing") == []


NAMES = st.sampled_from(["a", "b", "c/a", "c/b", "d/e/f"])


@given(
    st.dictionaries(NAMES, st.sampled_from(["1", "2"])),
    st.dictionaries(NAMES, st.sampled_from(["1", "2"])),
    st.dictionaries(NAMES, st.just("by hand")),
)
def test_tree_holds_what_was_wanted_last_and_all_that_is_by_hand(
    tmp_path_factory: pytest.TempPathFactory,
    first: dict[str, str],
    second: dict[str, str],
    by_hand: dict[str, str],
) -> None:
    folder = tmp_path_factory.mktemp("tree")
    for name, text in by_hand.items():
        files.write_file(folder / name, text)
    write(folder, dict(first))
    write(folder, dict(second))
    found = {name: data.decode() for name, data in contents(folder).items()}
    del found[files.MANIFEST]
    assert found == second | by_hand


KILLED = """
import sys
from pathlib import Path
from generator import files
folder, wanted = Path(sys.argv[1]), {f"0/{n}": str(n) * 500 for n in range(1000, 5000)}
owned = files.Owned(folder, lambda path: False)
for path in owned.claim(wanted):
    files.write_file(folder / path, wanted[path])
"""


def test_killed_while_writing_leaves_nothing_that_is_nobodys(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)]) as process:
        while not (tmp_path / "0/1300").exists():  # some are written, most are not
            assert process.poll() is None
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
    assert 100 < len(contents(tmp_path)) < 4000
    assert write(tmp_path, {"a": "1"}) == {"a"}
    assert set(contents(tmp_path)) == {"a", files.MANIFEST}


# Swapping


def test_folder_is_replaced_when_the_block_ends_well(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for text in ("first", "second"):
        with files.replaced(site, SIGN) as fresh:
            assert list(fresh.iterdir()) == []
            (fresh / SIGN).write_text(text, "utf-8")
            (fresh / f"only-{text}").touch()
    assert contents(site) == {SIGN: b"second", "only-second": b""}
    assert contents(files.building(site)) == {SIGN: b"first", "only-first": b""}


def test_what_was_replaced_may_be_filled_again(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for text in ("first", "second"):
        with files.replaced(site, SIGN) as fresh:
            (fresh / SIGN).write_text(text, "utf-8")
    with files.replaced(site, SIGN, reuse=True) as fresh:
        (fresh / "more").touch()
    assert contents(site) == {SIGN: b"first", "more": b""}
    assert contents(files.building(site)) == {SIGN: b"second"}


def test_folder_stays_when_the_block_fails(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with files.replaced(site, SIGN) as fresh:
        (fresh / SIGN).write_text("first", "utf-8")

    def fail() -> None:
        with files.replaced(site, SIGN) as fresh:
            (fresh / SIGN).write_text("second", "utf-8")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert contents(tmp_path) == {f"site/{SIGN}": b"first"}


def test_other_way_of_swapping_does_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "elsewhere")
    test_folder_is_replaced_when_the_block_ends_well(tmp_path)


def test_empty_folder_and_a_new_one_in_new_folders_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for site in (tmp_path / "empty", tmp_path / "a/b/c"):
        with files.replaced(site, SIGN) as fresh:
            (fresh / SIGN).touch()
        assert (site / SIGN).is_file()


def test_folder_that_is_no_site_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    thesis = tmp_path / "thesis"
    thesis.mkdir()
    (thesis / "thesis.tex").write_text("ten years", "utf-8")
    file = tmp_path / "file"
    file.write_text("data", "utf-8")
    for target in (thesis, file):
        with pytest.raises(UsageError, match="--site-dir"), files.replaced(target, SIGN):
            pytest.fail("the block must not run")
    assert contents(tmp_path) == {"thesis/thesis.tex": b"ten years", "file": b"data"}


def test_leftovers_of_a_killed_run_are_cleared(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name in (".site.building", ".site.old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "junk").touch()
    with files.replaced(site, SIGN) as fresh:
        assert list(fresh.iterdir()) == []
        (fresh / SIGN).touch()
    assert contents(site) == {SIGN: b""}


def test_files_of_others_are_found_again_without_a_look_into_folders_that_stayed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = {"a/ours.md", "b/ours.md"}
    for name in ("a/ours.md", "a/theirs.md", "b/ours.md", "b/c/theirs.md", ".hidden.md"):
        files.write_file(tmp_path / name, name)
    first = files.foreign(tmp_path, lambda: ours, files.Foreign())
    assert first.files == ["a/theirs.md", "b/c/theirs.md"]

    looked: list[str] = []
    scan = os.scandir

    def scandir(path: str) -> Any:
        looked.append(Path(path).relative_to(tmp_path).as_posix())
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert files.foreign(tmp_path, lambda: ours, first) == first
    assert looked == []
    (tmp_path / "a/new.md").write_text("new", "utf-8")
    files.write_file(tmp_path / "d/new.md", "new")
    files.delete(tmp_path, "b/c/theirs.md")
    looked.clear()
    second = files.foreign(tmp_path, lambda: ours, first)
    assert second.files == ["a/new.md", "a/theirs.md", "d/new.md"]
    assert sorted(looked) == [".", "a", "b", "d"]
