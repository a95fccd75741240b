"""Shards in other processes: which begin when, and what becomes of work whose process is lost."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from generator import files, work
from generator.errors import UsageError

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
