"""The one seam for more processes: pure functions of a shard, called through an executor."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from typing import TypeVar

Shard = TypeVar("Shard")
Result = TypeVar("Result")


@contextmanager
def keeping_everything() -> Iterator[None]:
    """Spare the search for garbage where objects are made by the million and all are kept.

    Papers hold no cycles, and looking through them again and again doubles the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def cut(terms: Sequence[Shard], size: int) -> list[Sequence[Shard]]:
    """`terms` in shards of `size`, the last one perhaps smaller."""
    return [terms[start : start + size] for start in range(0, len(terms), size)]


def spread(
    function: Callable[[Shard], Result], shards: Sequence[Shard], jobs: int
) -> Iterator[Result]:
    """The result for each shard, as they are done, in any order.

    Args:
        function: depends on its argument alone and can be pickled, so any process can call it.
        shards: what to call it with; with one shard or one job, no process is started.
        jobs: how many processes at most.
    """
    jobs = min(jobs, len(shards))
    if jobs < 2:
        yield from map(function, shards)
        return
    # Not forked: the parent may hold threads, such as the one that draws the progress bar.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as executor:
        for future in as_completed([executor.submit(function, shard) for shard in shards]):
            yield future.result()
