"""The list of all files of a site."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build import manifest

PATHS = st.text(alphabet='ab/."\\é☃\x07', min_size=1, max_size=5)
SITES = st.dictionaries(PATHS, st.binary(min_size=16, max_size=16), max_size=12)


def written(site: dict[str, bytes], most: int) -> dict[str, bytes]:
    """The files of the manifest of a site, in pieces of three lines."""
    lines = [manifest.line(path, site[path]) for path in sorted(site)]
    parts = manifest.parts(lambda: lines, most, together=3)
    return {name: b"".join(pieces) for name, pieces in parts}


@given(site=SITES, most=st.integers(150, 900))
@settings(max_examples=200, deadline=None)
def test_manifest_names_every_file_once_in_files_that_are_not_too_large(
    site: dict[str, bytes], most: int
) -> None:
    found = written(site, most)
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
