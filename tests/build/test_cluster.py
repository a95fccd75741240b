"""Builds on the workers of a Dask scheduler, one of which is killed half-way."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

import pytest

from generator.build import site
from tests.command import BIN, contents, differing, numbered, page, papershelf
from tests.conftest import MakeCatalog

SOURCES = {f"2025-05-{day:02}.txt": page(f"May {day}", numbered(60, day * 60)) for day in (1, 2, 3)}
PYTHON = [sys.executable, "-m"]


@contextmanager
def running(*arguments: str, until: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A Dask process that said this, and the line in which it did."""
    with subprocess.Popen(
        [*PYTHON, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        said: Queue[str] = Queue()
        assert process.stdout
        lines = process.stdout

        def listen() -> None:
            for line in lines:
                said.put(line)

        listener = threading.Thread(target=listen)
        listener.start()
        try:
            while until not in (line := said.get(timeout=60)):
                pass
            yield process, line
        finally:
            process.kill()
            listener.join()


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a scheduler."""
    arguments = ("distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard", "--no-show")
    with running(*arguments, until="Scheduler at:") as (_, line):
        found = re.search(r"tcp://\S+", line)
        assert found
        yield found[0]


@contextmanager
def worker(scheduler: str) -> Iterator[subprocess.Popen[str]]:
    arguments = ("distributed.cli.dask_worker", scheduler, "--nthreads", "1", "--no-nanny")
    with running(*arguments, "--no-dashboard", until="Registered to") as (process, _):
        yield process


@pytest.fixture
def expected(make_catalog: MakeCatalog) -> dict[str, bytes]:
    """The site as one machine builds it."""
    root = make_catalog(SOURCES, name="alone/shelf")
    site.build(root)
    return contents(root / "site")


def test_workers_make_the_same_site_also_when_one_is_killed(
    make_catalog: MakeCatalog, expected: dict[str, bytes], scheduler: str, tmp_path: Path
) -> None:
    root = make_catalog(SOURCES)
    with worker(scheduler), worker(scheduler) as second:
        build = subprocess.Popen(
            [str(BIN / "papershelf"), "build", "--scheduler", scheduler],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        with build:
            fresh = root / ".site.building"
            while build.poll() is None and not any(fresh.glob("papers/*/index.html")):
                time.sleep(0.005)
            second.send_signal(signal.SIGKILL)
            output, _ = build.communicate(timeout=120)
        assert build.returncode == 0, output
    assert differing(contents(root / "site"), expected) == []


def test_where_no_scheduler_is_that_is_said(make_catalog: MakeCatalog) -> None:
    root = make_catalog(SOURCES)
    run = papershelf(root, "build", "--scheduler", "tcp://127.0.0.1:9")
    assert run.returncode == 2
    assert "--scheduler tcp://127.0.0.1:9" in run.stderr
    assert "Traceback" not in run.stderr
    assert not (root / "site").exists()
