"""Generated files beside those by hand: which are ours, and what becomes of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build import files, ownership
from tests.command import contents


def nobodys(path: Path) -> bool:
    return False


def write(folder: Path, new: dict[str, str | bytes]) -> set[str]:
    """Write as a build does: what earlier runs wrote is ours. The paths that were written."""
    owned = ownership.Owned(folder, nobodys)
    written = {path for path in owned.claim(new) if files.write_file(folder / path, new[path])}
    owned.finish()
    return written


def test_tree_is_written_and_listed_in_the_manifest(tmp_path: Path) -> None:
    folder = tmp_path / "new/pages"
    assert write(folder, {"b/c.md": "ü\n", "a.bin": b"\0\xff"}) == {"a.bin", "b/c.md"}
    assert (folder / "b/c.md").read_bytes() == "ü\n".encode()
    assert (folder / "a.bin").read_bytes() == b"\0\xff"
    assert ownership.paths(folder, nobodys) == {"a.bin", "b/c.md"}


def test_unchanged_files_keep_their_time(tmp_path: Path) -> None:
    write(tmp_path, {"a": "same", "b": "old"})
    for name in ("a", "b", ownership.MANIFEST):
        os.utime(tmp_path / name, (1, 1))
    assert write(tmp_path, {"a": "same", "b": "new"}) == {"b"}
    times = {name: (tmp_path / name).stat().st_mtime for name in ("a", "b", ownership.MANIFEST)}
    assert times["a"] == times[ownership.MANIFEST] == 1
    assert times["b"] > 1


def test_file_no_longer_wanted_goes_and_so_does_its_empty_folder(tmp_path: Path) -> None:
    write(tmp_path, {"a/b/c": "1", "a/d": "2", "e/f/g": "3"})
    (tmp_path / "e/by-hand").write_text("mine", "utf-8")
    write(tmp_path, {"a/d": "2"})
    assert set(contents(tmp_path)) == {"a/d", "e/by-hand", ownership.MANIFEST}
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
    (tmp_path / ownership.MANIFEST).write_text(broken, "utf-8")
    owned = ownership.paths(tmp_path, lambda path: path.name == "ours")
    assert owned == {"ours"}


def test_manifest_cannot_name_files_outside_the_folder(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("precious", "utf-8")
    folder = tmp_path / "pages"
    folder.mkdir()
    write(folder, {})
    with (folder / ownership.MANIFEST).open("a", encoding="utf-8") as manifest:
        manifest.write(f"../outside\n{outside}\nx/../../outside\n")
    write(folder, {"a": "1"})
    assert outside.read_text("utf-8") == "precious"


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
    del found[ownership.MANIFEST]
    assert found == second | by_hand


KILLED = """
import sys
from pathlib import Path
from generator.build import files, ownership
folder, wanted = Path(sys.argv[1]), {f"0/{n}": str(n) * 500 for n in range(1000, 5000)}
owned = ownership.Owned(folder, lambda path: False)
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
    assert set(contents(tmp_path)) == {"a", ownership.MANIFEST}


def test_where_few_files_change_the_same_are_ours_without_the_manifest_being_read(
    tmp_path: Path,
) -> None:
    write(tmp_path, {"a.md": "1", "b.md": "2", "c/d.json": "3"})
    (tmp_path / "mine.md").write_text("mine", "utf-8")
    (tmp_path / "put-there-now.md").write_text("mine", "utf-8")
    noted = {"a.md", "b.md", "c/d.json", "page.html", "mine.md"}
    owned = ownership.OwnedAsNoted(tmp_path, lambda paths: noted.intersection(paths) - {"mine.md"})
    wanted = ["a.md", "mine.md", "put-there-now.md", "page.html", "new.md"]
    assert owned.claim(wanted) == ["a.md", "page.html", "new.md"]
    assert owned.kept == {"mine.md", "put-there-now.md"}
    some = ["b.md", "new.md", "mine.md"]
    assert [path for path in some if owned.is_ours(path)] == ["b.md", "new.md"]
    assert [path for path in some if owned.is_claimed(path)] == ["new.md"]
    owned.drop(["a.md", "b.md", "c/d.json", "mine.md", "unknown"])
    assert set(contents(tmp_path)) == {*("a.md", "mine.md", "put-there-now.md", ownership.MANIFEST)}
    assert ownership.paths(tmp_path, nobodys) == {"a.md", "page.html", "new.md"}


def test_what_came_back_is_ours_again(tmp_path: Path) -> None:
    write(tmp_path, {"a": "1"})
    for lines in (["-a"], ["a"], ["-a"], ["a"]):
        files.append_lines(tmp_path / ownership.MANIFEST, lines)
        assert ownership.paths(tmp_path, nobodys) == {line for line in lines if line[0] != "-"}
