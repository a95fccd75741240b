"""Node.js for tests of the theme's scripts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

from generator.search import scripts

FOLDER = Path(__file__).parent / "node"
NODE = Path(sys.executable).with_name("node")


class Ask(Protocol):
    """Call a function of a script: `ask("search/words", "fold", "Ants")`."""

    def __call__(self, module: str, name: str, *given: object) -> Any: ...


@pytest.fixture(scope="session")
def lunr(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment in which scripts find the parts of lunr.js that are published."""
    path = tmp_path_factory.mktemp("lunr") / "lunr.js"
    path.write_text(scripts.reading(), "utf-8")
    return os.environ | {"LUNR": str(path)}


@pytest.fixture(scope="session")
def ask(lunr: dict[str, str]) -> Iterator[Ask]:
    """Functions of scripts, called with values of JSON."""
    with subprocess.Popen(
        [NODE, FOLDER / "ask.js"],
        env=lunr,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as node:
        assert node.stdin
        assert node.stdout
        questions, answers = node.stdin, node.stdout

        def call(module: str, name: str, *given: object) -> Any:
            questions.write(json.dumps([module, name, *given]) + "\n")
            questions.flush()
            return json.loads(answers.readline())

        yield call
        questions.close()
