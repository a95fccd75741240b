"""Builds on file systems of other kinds, mounted for the test: layers, volumes, full disks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.build import site
from tests.command import BIN, contents, differing, numbered, page
from tests.conftest import MakeCatalog

SOURCE = "content/sources/2025-05-01.txt"


def mounted(script: str, *arguments: Path) -> subprocess.CompletedProcess[str]:
    """Run a script of the shell, of which nobody else sees what it mounts.

    Args:
        script: stops at the first command that fails.
        arguments: are `$1`, `$2`, … there.
    """
    apart = [
        "unshare",
        "--mount",
        *([] if os.geteuid() == 0 else ["--map-root-user"]),
        "sh",
        "-euc",
    ]
    may = subprocess.run([*apart, "mount -t tmpfs none /mnt"], capture_output=True, check=False)
    if may.returncode:
        pytest.skip(f"nothing can be mounted here: {may.stderr.decode().strip()}")
    return subprocess.run(
        [*apart, script, "sh", *map(str, arguments)],
        env=os.environ | {"PATH": f"{BIN}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def shelf(make_catalog: MakeCatalog) -> Path:
    """A catalog that was built twice, so that a second site lies beside the first."""
    root = make_catalog({"2025-05-01.txt": page("May 1", numbered(14))})
    for count in (14, 15):
        (root / SOURCE).write_text(page("May 1", numbered(count)), "utf-8")
        site.build(root, jobs=1)
    (root.parent / "next.txt").write_text(page("May 1", numbered(14, 4)), "utf-8")
    return root


@pytest.fixture
def expected(shelf: Path) -> dict[str, bytes]:
    """The site that a clean build makes of the next list."""
    other = shelf.with_name("other") / "shelf"
    shutil.copytree(shelf, other, ignore=shutil.ignore_patterns("site", ".site*", ".paper*"))
    shutil.copy(shelf.parent / "next.txt", other / SOURCE)
    site.build(other, jobs=1)
    return contents(other / "site")


LAYERED = """
mount -t tmpfs none "$2"
mkdir "$2/upper" "$2/work" "$2/shelf"
mount -t overlay none -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" "$2/shelf"
cd "$2/shelf"
"""

BUILDS = """
papershelf build --json
cp "$1/../next.txt" content/sources/2025-05-01.txt
papershelf build --json
cp -r site "$3"
papershelf build --clean --json
cp -r site "$4"
"""


@pytest.mark.parametrize("place", ["layers", "volume", "both"])
def test_site_in_a_lower_layer_or_a_volume_is_built(
    shelf: Path, expected: dict[str, bytes], tmp_path: Path, place: str
) -> None:
    volume = 'mkdir -p "$1/../volume"; cp -r "$1/site/." "$1/../volume"\n'
    volume += 'mount --bind "$1/../volume" site\n'
    script = (LAYERED if place != "volume" else 'cd "$1"\n') + ("" if place == "layers" else volume)
    made = [tmp_path / "mount", tmp_path / "first", tmp_path / "second"]
    made[0].mkdir()
    before = contents(shelf / "site")
    run = mounted(script + BUILDS, shelf, *made)
    assert (run.returncode, run.stderr.count("Traceback")) == (0, 0), run.stderr
    for folder in made[1:]:
        assert differing(contents(folder), expected) == []
    reports = [json.loads(line) for line in run.stdout.splitlines()]
    assert [report["changed"] for report in (reports[0], reports[2])] == [[], []]
    assert reports[1]["changed"] == [one for one in differing(before, expected) if one in expected]
    assert reports[1]["removed"] == sorted(before.keys() - expected.keys())


PLACES = {
    "content/pages": ("content/pages", "build"),
    "the site": ("www", "build --site-dir www/site"),
    "what is kept": (".papershelf", "build"),
    "the temporary folder": ("tmp", "serve"),
}


@pytest.mark.parametrize("size", ["20k", "400k"])
@pytest.mark.parametrize("place", PLACES)
def test_full_disk_is_named(make_catalog: MakeCatalog, place: str, size: str) -> None:
    folder, command = PLACES[place]
    root = make_catalog({"2025-05-01.txt": page("May 1", numbered(100))})
    (root / folder).mkdir(exist_ok=True)
    script = f'cd "$1"; mount -t tmpfs -o size={size} none {folder}; export TMPDIR="$1/tmp"; '
    run = mounted(
        f"{script} exec papershelf {command} --jobs 1".replace("serve --jobs 1", "serve"), root
    )
    assert run.returncode == 2, run.stdout
    said = run.stderr.splitlines()[-1]
    assert said.startswith(f"papershelf: {root / folder}")
    assert said.endswith(f"No space left on device. Make room in {root / folder}.")
    assert "Traceback" not in run.stderr
