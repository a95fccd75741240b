"""How the work of a build grows, as ratios of processor time, which other work does not change."""

from __future__ import annotations

import os
import subprocess
from itertools import islice
from pathlib import Path

from tests.benchmarks.build import BIN, fill, of_a_new_day, records_of, write

NEW = 50

ATTEMPTS = 3
"""Measurements at most, where the first says that something takes too long."""


def build(root: Path) -> float:
    """Seconds of the processor that a build takes, by one process: that of others is not told."""
    command = [str(BIN / "papershelf"), "build", "--jobs", "1"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_utime + usage.ru_stime


def measured(root: Path, papers: int) -> dict[str, float]:
    """What builds take of a catalog of so many papers."""
    records = list(islice(records_of(Path("none")), papers + NEW))
    fill(root, records[:papers])
    found = {"clean": build(root), "nothing": build(root)}
    new = of_a_new_day(records[papers:], records[:papers])
    write(root / "content/sources/new.jsonl", new)
    # That the first of these has no site before the last is part of it.
    return found | {"new": build(root)}


def over(one: dict[str, float], two: dict[str, float]) -> list[str]:
    """What of it takes more than it may, of a catalog and one of twice as many papers."""
    most = {
        "clean": 2 * 1.2 * one["clean"],
        "nothing": 0.2 * two["clean"],
        # Fifty papers are neighbours of some hundred others, which is many of so few.
        "new": 0.9 * two["clean"],
    }
    return [
        f"{work}: {two[work]:.1f} s, not {most[work]:.1f} s"
        for work in most
        if two[work] > most[work]
    ]


def test_time_a_paper_does_not_grow_and_a_build_costs_what_changed(tmp_path: Path) -> None:
    # A processor that others use takes longer for the same, never shorter: the least counts.
    least: dict[int, dict[str, float]] = {}
    for attempt in range(ATTEMPTS):
        for papers in (1_000, 2_000):
            found = measured(tmp_path / f"{papers}-{attempt}", papers)
            known = least.setdefault(papers, found)
            least[papers] = {work: min(found[work], known[work]) for work in found}
        if not over(*least.values()):
            break
    assert over(*least.values()) == []
