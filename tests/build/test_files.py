"""Writing what changed, deleting only what is ours, and swapping folders."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generator.build import files, swap, walking
from generator.model.errors import UsageError
from tests.command import contents

SIGN = "catalog.jsonl"


def test_hidden_files_are_not_listed(tmp_path: Path) -> None:
    for name in (".a", "b", "c/.d", ".e/f", "c/g.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert walking.relative_files(tmp_path) == ["b", "c/g.md"]
    assert walking.relative_files(tmp_path / "missing") == []


# Swapping


def test_folder_is_replaced_when_the_block_ends_well(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for text in ("first", "second"):
        with swap.replaced(site, SIGN) as fresh:
            assert list(fresh.iterdir()) == []
            (fresh / SIGN).write_text(text, "utf-8")
            (fresh / f"only-{text}").touch()
    assert contents(site) == {SIGN: b"second", "only-second": b""}
    assert contents(swap.building(site)) == {SIGN: b"first", "only-first": b""}


def test_what_was_replaced_may_be_filled_again(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for text in ("first", "second"):
        with swap.replaced(site, SIGN) as fresh:
            (fresh / SIGN).write_text(text, "utf-8")
    with swap.replaced(site, SIGN, reuse=True) as fresh:
        (fresh / "more").touch()
    assert contents(site) == {SIGN: b"first", "more": b""}
    assert contents(swap.building(site)) == {SIGN: b"second"}


def test_folder_stays_when_the_block_fails(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with swap.replaced(site, SIGN) as fresh:
        (fresh / SIGN).write_text("first", "utf-8")

    def fail() -> None:
        with swap.replaced(site, SIGN) as fresh:
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
        with swap.replaced(site, SIGN) as fresh:
            (fresh / SIGN).touch()
        assert (site / SIGN).is_file()


def test_folder_that_is_no_site_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    thesis = tmp_path / "thesis"
    thesis.mkdir()
    (thesis / "thesis.tex").write_text("ten years", "utf-8")
    file = tmp_path / "file"
    file.write_text("data", "utf-8")
    for target in (thesis, file):
        with pytest.raises(UsageError, match="--site-dir"), swap.replaced(target, SIGN):
            pytest.fail("the block must not run")
    assert contents(tmp_path) == {"thesis/thesis.tex": b"ten years", "file": b"data"}


def test_leftovers_of_a_killed_run_are_cleared(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name in (".site.building", ".site.old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "junk").touch()
    with swap.replaced(site, SIGN) as fresh:
        assert list(fresh.iterdir()) == []
        (fresh / SIGN).touch()
    assert contents(site) == {SIGN: b""}


def test_large_files_are_written_and_compared_in_pieces(tmp_path: Path) -> None:
    pieces = [bytes([number]) * 700_000 for number in range(4)]
    one, other = tmp_path / "one", tmp_path / "other"
    files.write_pieces(one, iter(pieces))
    files.link(one, other)
    assert one.read_bytes() == b"".join(pieces)
    assert files.are_same(one, other)
    files.write_pieces(other, [*pieces[:3], pieces[3][:-1], b"!"])
    assert one.read_bytes() == b"".join(pieces)  # what was linked stays
    assert not files.are_same(one, other)
    files.write_pieces(other, pieces[:3])
    assert not files.are_same(one, other)
    assert not files.are_same(one, tmp_path / "missing")
