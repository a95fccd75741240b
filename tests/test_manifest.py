"""The list of all files of a site, made of the one before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import manifest
from generator.ledger import Ledger
from generator.tree import Stamp

PATHS = st.text(alphabet='ab/."\\é☃\x07', min_size=1, max_size=5)
SITES = st.dictionaries(PATHS, st.binary(min_size=16, max_size=16), max_size=12)


def written(folder: Path, site: dict[str, bytes]) -> tuple[bytes, dict[str, str]]:
    """The manifest of a site, and its lines."""
    ledger = Ledger.anew(folder / "site")
    try:
        ledger.note_files((path, Stamp(digest, 1, 1), True) for path, digest in site.items())
        return b"".join(manifest.whole(ledger.all_lines())), ledger.lines(site)
    finally:
        ledger.close()


@pytest.fixture(autouse=True, scope="module")
def small_pieces() -> Iterator[None]:
    """Have a manifest of a dozen lines be made of several pieces."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest, "_TOGETHER", 3)
        yield


@given(before=SITES, after=SITES, same=SITES)
@settings(max_examples=200, deadline=None)
def test_manifest_of_the_one_before_is_that_of_the_whole_site(
    tmp_path_factory: Any, before: dict[str, bytes], after: dict[str, bytes], same: dict[str, bytes]
) -> None:
    folder = tmp_path_factory.mktemp("sites", numbered=True)
    old, new = before | same, after | same
    found, _ = written(folder, old)
    expected, lines = written(folder, new)
    changed = {path: line for path, line in lines.items() if old.get(path) != new[path]}
    assert manifest.renewed(found, changed, old.keys() - new.keys()) == expected
    assert json.loads(expected)["files"] == {path: digest.hex() for path, digest in new.items()}
