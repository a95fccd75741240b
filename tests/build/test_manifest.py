"""The list of all files of a site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build import manifest
from generator.build.ledger import Ledger
from generator.build.tree import Stamp
from generator.exports import hosts

PATHS = st.text(alphabet='ab/."\\é☃\x07', min_size=1, max_size=5)
SITES = st.dictionaries(PATHS, st.binary(min_size=16, max_size=16), max_size=12)


def written(folder: Path, site: dict[str, bytes]) -> dict[str, bytes]:
    """The files of the manifest of a site."""
    ledger = Ledger.anew(folder / "site")
    try:
        ledger.note_files((path, Stamp(digest, 1, 1), True) for path, digest in site.items())
        parts = manifest.parts(ledger.all_lines)
        return {name: b"".join(pieces) for name, pieces in parts}
    finally:
        ledger.close()


@pytest.fixture(autouse=True, scope="module")
def small_pieces() -> Iterator[None]:
    """Have a manifest of a dozen lines be made of several pieces."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest, "_TOGETHER", 3)
        yield


@given(site=SITES, most=st.integers(150, 900))
@settings(max_examples=200, deadline=None)
def test_manifest_names_every_file_once_in_files_that_are_not_too_large(
    tmp_path_factory: pytest.TempPathFactory, site: dict[str, bytes], most: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hosts, "LARGEST_FILE", most)
        found = written(tmp_path_factory.mktemp("sites", numbered=True), site)
    numbered = [f"build-manifest-{number}.json" for number in range(1, len(found) + 1)]
    assert list(found) == (["build-manifest.json"] if len(found) == 1 else numbered)
    assert all(map(manifest.is_part, found))
    assert max(map(len, found.values())) <= most
    told = [json.loads(data) for data in found.values()]
    assert all(one["digest"] == "sha-256-128" for one in told)
    every = [line for one in told for line in one["files"].items()]
    assert every == [(path, site[path].hex()) for path in sorted(site, key=str.encode)]


def test_other_files_are_none_of_the_manifest() -> None:
    names = ("a/build-manifest.json", "build-manifest-0.json", "build-manifest-old.json")
    assert not any(map(manifest.is_part, names))
