"""What a build leaves for the next one: found again, or as good as not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build.store import DamagedError, Store

CODE = "of this version"


def filled(path: Path) -> None:
    store = Store(path, CODE)
    store.put("pages", [(f"page {number}", f"text {number}" * 9) for number in range(200)])
    store.put("facts", [("is whole", True)])
    store.close()


def everything(path: Path, code: str = CODE) -> dict[str, str]:
    store = Store(path, code)
    try:
        return store.all("pages", str)
    finally:
        store.close()


def test_values_are_found_again(tmp_path: Path) -> None:
    filled(tmp_path / "a/store.db")
    store = Store(tmp_path / "a/store.db", CODE)
    assert store.get("facts", "is whole", bool) is True
    assert store.get("pages", "page 7", str) == "text 7" * 9
    assert store.get("pages", "page 7", int) is None
    assert store.get("pages", "another", str) is None
    store.drop("pages", ["page 7"])
    assert len(store.all("pages", str)) == 199
    store.close()


def test_what_another_version_left_is_forgotten(tmp_path: Path) -> None:
    filled(tmp_path / "store.db")
    assert everything(tmp_path / "store.db", "of another version") == {}
    assert everything(tmp_path / "store.db") == {}


def test_what_fails_halfway_is_not_kept(tmp_path: Path) -> None:
    filled(tmp_path / "store.db")
    store = Store(tmp_path / "store.db", CODE)

    def interrupted() -> Iterator[tuple[str, str]]:
        yield "page 1", "other"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), store.transaction():
        store.put("pages", interrupted())
    assert store.get("pages", "page 1", str) == "text 1" * 9
    store.close()


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_damage_anywhere_loses_values_and_changes_none(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "store.db"
    filled(path)
    before, content = everything(path), bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=30)):
        content[place] ^= data.draw(st.integers(1, 255))
    size = data.draw(st.integers(0, len(content)) | st.just(len(content)))
    path.write_bytes(content[:size])
    with suppress(DamagedError):
        for name, value in everything(path).items():
            assert before[name] == value
    Store(path, CODE, clean=True).close()
    filled(path)
    assert everything(path) == before
