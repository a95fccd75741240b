"""The scripts of the theme without a browser: tests in JavaScript, run by Node.js."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.search import scripts

FILES = sorted((Path(__file__).parent / "node").glob("*.test.js"))


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_scripts_do_as_their_tests_say(file: Path, demo_site: Path, tmp_path: Path) -> None:
    lunr = tmp_path / "lunr.js"
    lunr.write_text(scripts.reading(), "utf-8")
    node = Path(sys.executable).with_name("node")
    run = subprocess.run(
        [node, "--test", "--test-reporter=tap", file],
        env=os.environ | {"LUNR": str(lunr), "SITE": str(demo_site)},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
