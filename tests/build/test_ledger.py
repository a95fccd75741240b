"""What one build notes for the next: whole, or as good as not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build.ledger import Ledger
from generator.build.tree import Stamp, digest

CODE = "one version"


def stamp(text: str) -> Stamp:
    return Stamp(digest(text.encode()), len(text), 1_700_000_000_000_000_000)


def written(site: Path, *paths: str) -> None:
    """Keep the notes of a build that made these files."""
    ledger = Ledger.anew(site)
    ledger.note_files((path, stamp(path), True) for path in paths)
    ledger.set_fact("code", CODE)
    ledger.keep()
    ledger.close()


def test_notes_are_found_again(tmp_path: Path) -> None:
    written(tmp_path / "site", "a/index.html", "b.json")
    ledger = Ledger.last(tmp_path / "site", CODE)
    assert ledger
    assert ledger.files(["b.json", "c.json"]) == {"b.json": stamp("b.json")}
    assert ledger.changed() == ["a/index.html", "b.json"]
    assert ledger.below("a/") == ["a/index.html"]
    ledger.close()


@pytest.mark.parametrize("code", ["", "another version"])
def test_notes_of_another_version_are_none(tmp_path: Path, code: str) -> None:
    written(tmp_path / "site", "a.json")
    assert Ledger.last(tmp_path / "site", code) is None


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "other"])
def test_damaged_notes_are_none(tmp_path: Path, damage: str) -> None:
    written(tmp_path / "site", *(f"papers/{number}.json" for number in range(5_000)))
    (path,) = tmp_path.glob(".site.*")
    data = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes({"empty": b"", "cut": data[:100], "other": b"\xc1" * 999}[damage])
    assert Ledger.last(tmp_path / "site", CODE) is None


def test_what_is_not_kept_is_forgotten(tmp_path: Path) -> None:
    written(tmp_path / "site", "a.json")
    for ledger in (Ledger.anew(tmp_path / "site"), Ledger.last(tmp_path / "site", CODE)):
        assert ledger
        ledger.note_files([("b.json", stamp("b"), True)])
        ledger.close()
    ledger = Ledger.last(tmp_path / "site", CODE)
    assert ledger
    assert list(ledger.paths()) == ["a.json"]
    ledger.close()
    assert [path.name for path in tmp_path.iterdir()] == [".site.made"]


def test_files_that_are_no_more_are_known(tmp_path: Path) -> None:
    written(tmp_path / "site", "a.json", "b.json")
    before = Ledger.last(tmp_path / "site", CODE)
    assert before
    ledger = Ledger.anew(tmp_path / "site")
    ledger.note_files([("b.json", stamp("b"), False)])
    assert ledger.missing(before) == ["a.json"]
    ledger.close()
    before.close()


def test_files_are_counted_also_while_they_come_and_go(tmp_path: Path) -> None:
    written(tmp_path / "site", "a.json", "b.json")
    for number in (2, 3):
        ledger = Ledger.last(tmp_path / "site", CODE)
        assert ledger
        assert ledger.count() == number
        ledger.note_files([("c.json", stamp("c"), True), ("d.json", stamp("d"), True)])
        assert ledger.count() == 4
        ledger.forget("files", ["d.json"])
        assert ledger.count() == 3
        ledger.keep()


def test_numbered_pages_are_those_right_in_a_folder(tmp_path: Path) -> None:
    ledger = Ledger.anew(tmp_path / "site")
    names = ("years/", "years/2/", "years/2019/", "years/2019/2/", "years/2-/", "venues/2/")
    ledger.note_drafts((name, b"", "") for name in names)
    assert ledger.numbered("years/") == ["years/2/", "years/2019/"]
    ledger.close()


def test_what_changed_is_known_of_one_build(tmp_path: Path) -> None:
    written(tmp_path / "site", "papers/ant/index.html", "search/a.bin", "search/b.bin")
    ledger = Ledger.last(tmp_path / "site", CODE)
    assert ledger
    ledger.note_drafts([("papers/ant/", b"", "")])
    assert ledger.rendered() == 1
    ledger.settle()
    assert (ledger.changed(), ledger.rendered()) == ([], 0)
    ledger.note_files([("search/a.bin", stamp("a"), True), ("search/b.bin", stamp("b"), True)])
    ledger.note_files([("search/b.bin", stamp("b"), False)])
    assert ledger.index("search/") == [("search/a.bin", 1, True), ("search/b.bin", 1, False)]
    ledger.forget("files", ["search/a.bin"])
    assert ledger.changed() == []
    ledger.close()
