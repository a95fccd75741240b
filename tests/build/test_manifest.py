"""The list of all files of a site."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build import manifest
from generator.exports import hosts

PATHS = st.text(alphabet='ab/."\\é☃\x07', min_size=1, max_size=5)
SITES = st.dictionaries(PATHS, st.binary(min_size=16, max_size=16), max_size=12)


def written(site: dict[str, bytes]) -> dict[str, bytes]:
    """The files of the manifest of a site."""
    lines = [manifest.line(path, site[path]) for path in sorted(site)]
    return {name: b"".join(pieces) for name, pieces in manifest.parts(lambda: lines)}


@pytest.fixture(autouse=True, scope="module")
def small_pieces() -> Iterator[None]:
    """Have a manifest of a dozen lines be made of several pieces."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest, "_TOGETHER", 3)
        yield


@given(site=SITES, most=st.integers(150, 900))
@settings(max_examples=200, deadline=None)
def test_manifest_names_every_file_once_in_files_that_are_not_too_large(
    site: dict[str, bytes], most: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hosts, "LARGEST_FILE", most)
        found = written(site)
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
