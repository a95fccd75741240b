"""What one build leaves for the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build.kept import Kept


def test_what_is_kept_is_found_for_the_same_only(tmp_path: Path) -> None:
    Kept(tmp_path / "k", "code").write("topics", "taxonomy", {b"a": (1, 2)})
    assert Kept(tmp_path / "k", "code").read(
        "topics", "taxonomy", dict[bytes, tuple[int, ...]]
    ) == {b"a": (1, 2)}
    assert Kept(tmp_path / "k", "other").read("topics", "taxonomy", dict[bytes, object]) is None
    assert Kept(tmp_path / "k", "code").read("topics", "other", dict[bytes, object]) is None
    assert Kept(tmp_path / "k", "code").read("index", "taxonomy", dict[bytes, object]) is None
    assert Kept(tmp_path / "k", "code").read("topics", "taxonomy", list[int]) is None


@pytest.mark.parametrize("size", range(25))
def test_what_was_cut_short_or_damaged_is_as_good_as_nothing(tmp_path: Path, size: int) -> None:
    kept = Kept(tmp_path, "code")
    kept.write("name", "all", [1, 2, 3, 4, 5])
    data = bytearray((tmp_path / "name").read_bytes())
    (tmp_path / "name").write_bytes(data[:size])
    assert kept.read("name", "all", list[int]) is None
    data[size] ^= 1
    (tmp_path / "name").write_bytes(data)
    assert kept.read("name", "all", list[int]) is None
