"""What building an index takes: seconds, memory, files."""

from __future__ import annotations

import os
import pickle
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from generator import search
from generator.build import files, walking
from generator.catalog import Catalog

JOBS = os.cpu_count() or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """What building an index took, and what it is."""

    folder: Path
    """Its files are named from here as below a site's root."""

    seconds: float
    catalog: int
    """Bytes in memory before, most of them the catalog."""

    peak: int
    """Bytes in memory at most, of all processes together."""

    @property
    def sizes(self) -> dict[str, int]:
        """Bytes of each file."""
        return {n: (self.folder / n).stat().st_size for n in walking.relative_files(self.folder)}

    def __str__(self) -> str:
        memory = f"{self.peak / 1e6:,.0f} MB of memory ({self.catalog / 1e6:,.0f} before)"
        size = sum(self.sizes.values()) / 1e6
        return f"{self.seconds:.1f} s, {memory}, {len(self.sizes):,} files, {size:.1f} MB"


def build(root: Path, catalog: Catalog, name: str = "index") -> Index:
    """Build an index in a process of its own, so that its memory can be told."""
    pickled = root / "catalog.pickle"
    with pickled.open("wb") as file:
        pickle.dump(catalog, file)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(_index, pickled, root / name).result()


def _index(pickled: Path, target: Path) -> Index:
    with pickled.open("rb") as file:
        catalog = pickle.load(file)
    before = _resident(os.getpid())
    start = time.perf_counter()
    with _peak() as peak:
        written = search.write(catalog)
    seconds = time.perf_counter() - start
    for path, content in written.files.items():
        files.write_file(target / path, content)
    return Index(folder=target, seconds=seconds, catalog=before, peak=max(peak))


@contextmanager
def _peak() -> Iterator[list[int]]:
    """The memory of this process and those that it starts, looked at all the while.

    The system's own count will not do: a process starts with the peak of the one that started it.
    """
    seen = [_resident(os.getpid())]
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.05):
            seen.append(_resident(os.getpid()))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        done.set()
        thread.join()


def _resident(process: int) -> int:
    """Bytes in memory of a process and of those that it started; Linux tells them."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        tasks = Path(f"/proc/{process}/task").glob("*/children")
        started = [int(child) for task in tasks for child in task.read_text().split()]
    except OSError:  # it has ended, or this is no Linux
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(map(_resident, started))
