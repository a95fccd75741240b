"""The scripts of the theme without a browser: tests in JavaScript, run by Node.js."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.scripts.conftest import FOLDER, NODE

FILES = sorted(FOLDER.glob("*.test.js"))


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_scripts_do_as_their_tests_say(file: Path, demo_site: Path, lunr: dict[str, str]) -> None:
    run = subprocess.run(
        [NODE, "--test", "--test-reporter=tap", file],
        env=lunr | {"SITE": str(demo_site)},
        capture_output=True,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stdout + run.stderr
