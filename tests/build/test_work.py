"""Shards in other processes: which begin when, and what becomes of work whose process is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.build import files, work
from generator.model.errors import UsageError

DEADLINE = 30.0


def doubled(number: int) -> int:
    return 2 * number


def process(_: int) -> int:
    return os.getpid()


def ended(_: int) -> None:
    """Ends the process as systems do where memory runs out: without a word."""
    os._exit(9)


def written(path: Path) -> None:
    files.write_file(path, "here")


def test_results_are_those_of_one_process() -> None:
    alone = list(work.spread(doubled, range(20), 1))
    assert sorted(work.spread(doubled, range(20), 2)) == alone == list(range(0, 40, 2))
    with work.workers(2):
        assert sorted(work.spread(doubled, range(20), 2)) == alone


def test_lost_processes_are_said_and_others_do_what_comes_next() -> None:
    with work.workers(2):
        for _ in range(2):
            with pytest.raises(UsageError, match="ended from outside"):
                list(work.spread(ended, range(4), 2))
            assert sorted(work.spread(doubled, range(4), 2)) == [0, 2, 4, 6]
        with pytest.raises(UsageError, match="ended from outside"):
            work.later(ended, 1, 2)()
        with pytest.raises(UsageError, match="ended from outside"):
            work.later(ended, 1, 2, roomy=True)()
        assert work.later(doubled, 4, 2)() == 8


def test_shards_begin_before_somebody_asks_for_a_result(tmp_path: Path) -> None:
    paths = [tmp_path / str(number) for number in range(9)]
    with work.workers(2):
        results = work.spread(written, paths, 2, ahead=len(paths))
        end = time.monotonic() + DEADLINE
        while not all(path.is_file() for path in paths):
            assert time.monotonic() < end
            time.sleep(0.01)
        assert list(results) == [None] * len(paths)


def test_later_is_in_another_process_where_there_is_one() -> None:
    assert work.later(process, 0, 2)() == os.getpid()
    with work.workers(2):
        assert work.later(process, 0, 1)() == os.getpid()
        pooled = {work.later(process, 0, 2)() for _ in range(9)}
        assert os.getpid() not in pooled
        alone = {work.later(process, 0, 2, roomy=True)() for _ in range(2)}
        assert len(alone) == 2
        assert alone.isdisjoint({os.getpid(), *pooled})


def waiting(path: Path) -> None:
    files.write_file(path, str(os.getpid()))
    time.sleep(DEADLINE)


KILLED = """
import sys
from pathlib import Path
from generator.build import work
from tests.build.test_work import waiting
with work.workers(2):
    work.later(waiting, Path(sys.argv[1]), 2, roomy=sys.argv[2] == "roomy")()
"""


@pytest.mark.parametrize("kind", ["roomy", "pooled"])
def test_no_process_outlives_the_one_that_started_it(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "number"
    parent = subprocess.Popen([sys.executable, "-c", KILLED, str(path), kind])
    end = time.monotonic() + DEADLINE / 2
    while not (path.is_file() and path.read_text()):
        assert time.monotonic() < end
        time.sleep(0.01)
    parent.kill()
    parent.wait()
    while is_running(int(path.read_text())):
        assert time.monotonic() < end
        time.sleep(0.01)


def is_running(number: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{number}/stat").read_text("utf-8").split(")")[1].split()[0]
    except OSError:
        return False
