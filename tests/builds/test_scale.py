"""How the work of a build grows, as ratios of processor time, which other work does not change."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from tests.benchmarks.build import BIN, fill, of_a_new_day, records_of, write

NEW = 50


def build(root: Path) -> float:
    """Seconds of the processor that a build takes, by one process: that of others is not told."""
    command = [str(BIN / "papershelf"), "build", "--jobs", "1"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_utime + usage.ru_stime


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], dict[str, float]]:
    """Builds catalogs of so many papers."""

    def measure(papers: int) -> dict[str, float]:
        root = tmp_path_factory.mktemp(f"scale-{papers}") / "shelf"
        records = list(islice(records_of(Path("none")), papers + NEW))
        fill(root, records[:papers])
        found = {"clean": build(root), "nothing": build(root)}
        new = of_a_new_day(records[papers:], records[:papers])
        write(root / "content/sources/new.jsonl", new)
        # That the first of these has no site before the last is part of it.
        return found | {"new": build(root)}

    return measure


def test_time_a_paper_does_not_grow_and_a_build_costs_what_changed(
    measured: Callable[[int], dict[str, float]],
) -> None:
    one, two = measured(1_000), measured(2_000)
    assert two["clean"] <= 2 * 1.2 * one["clean"]
    assert two["nothing"] <= 0.2 * two["clean"]
    # Fifty papers are neighbours of some hundred others, which is many of so few.
    assert two["new"] <= 0.9 * two["clean"]
