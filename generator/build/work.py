"""The one seam for more processes: pure functions of a shard, called through an executor."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from functools import cache, cached_property, partial
from itertools import chain, islice
from multiprocessing import connection, forkserver, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from threading import Thread
from typing import Final, Protocol, TypeVar

from generator.build.cluster import cluster
from generator.model.errors import UsageError

Advance = Callable[[int, int], None]
"""Is told how many are done, of how many."""

Shard = TypeVar("Shard")
Result = TypeVar("Result")


def ignore(done: int, total: int) -> None:
    """An `Advance` that tells nobody."""


@contextmanager
def workers(jobs: int, scheduler: str = "") -> Iterator[None]:
    """Within the block, shards are done by the same processes, which start when first needed.

    Blocks within a block share its processes.

    Args:
        jobs: how many processes at most.
        scheduler: the address of a Dask scheduler, such as `tcp://node1:8786`, whose workers do
            the shards instead. They must see the catalog's folder under the same name.

    Raises:
        UsageError: there is no scheduler at the address, or `papershelf[cluster]` is missing.
    """
    if _workers.get() and not scheduler:
        yield
        return
    with ExitStack() as stack:
        token = _workers.set(
            stack.enter_context(cluster(scheduler)) if scheduler else _Processes(jobs, stack)
        )
        try:
            yield
        finally:
            _workers.reset(token)


def warm(jobs: int) -> None:
    """Have what processes need be loaded while this one does something else.

    Args:
        jobs: how many there will be at most.
    """
    found = _workers.get()
    if found and jobs > 1 and not found.are_elsewhere:
        _context()


def later(
    function: Callable[[Shard], Result],
    shard: Shard,
    jobs: int,
    *,
    roomy: bool = False,
    advance: Advance = ignore,
) -> Callable[[], Result]:
    """Have another process call a function while this one goes on; gives what waits for the result.

    Without one it is called when it is waited for.

    Args:
        function: depends on its argument alone and can be pickled.
        shard: what to call it with.
        jobs: how many processes at most.
        roomy: it takes much memory, so it has a process of its own on this machine, which ends
            with it.
        advance: is told, while that one is waited for, what it tells by `tell`.

    Raises:
        UsageError: while waiting, that the process was killed.
    """
    found = _workers.get()
    if not found or (jobs < 2 and not found.are_elsewhere):
        return partial(function, shard)
    with _known_if_lost(found):
        if roomy:
            return partial(_awaited, *_aside(function, shard), advance, found)
        future = found.executor.submit(function, shard)

    def result() -> Result:
        with _known_if_lost(found):
            return future.result()

    return result


def _aside(function: Callable[[Shard], Result], shard: Shard) -> tuple[Future[Result], Connection]:
    told, telling = _context().Pipe(duplex=False)
    executor = _started(1, telling)
    future = executor.submit(function, shard)
    executor.shutdown(wait=False)  # when that is done
    return future, told


def _awaited(future: Future[Result], told: Connection, advance: Advance, pool: _Workers) -> Result:
    with _known_if_lost(pool):
        is_waiting = True
        while is_waiting:
            is_waiting = bool(wait([future], _PATIENCE).not_done)
            with suppress(EOFError):  # it has ended
                while told.poll():
                    advance(*told.recv())
        return future.result()


_PATIENCE: Final = 0.1
"""Seconds between two looks at what a process tells."""


def tell(done: int, total: int) -> None:
    """An `Advance` that tells the process which had this one started for a shard, now and then."""
    now = time.monotonic()
    for telling, last in _telling.items():
        if done == total or now > last + _PATIENCE:
            telling.send((done, total))
            _telling[telling] = now


_telling: dict[Connection, float] = {}
"""Where to, and when that was done last."""


def spread(
    function: Callable[[Shard], Result], shards: Iterable[Shard], jobs: int, ahead: int = 0
) -> Iterator[Result]:
    """The result for each shard, as they are done, in any order.

    Shards are asked for as they are needed, so that only a few are in memory at any time. The first
    are given out at once, and not when somebody asks for a result.

    Args:
        function: depends on its argument alone and can be pickled, so any process can call it.
        shards: what to call it with; with one shard or one job, no process is started.
        jobs: how many processes at most.
        ahead: how many shards are given out before the first is done, at least.

    Raises:
        UsageError: a process was killed, as systems do where memory runs out.
    """
    rest = iter(shards)
    first = list(islice(rest, 2))
    found = _workers.get()
    if len(first) < 2 or (jobs < 2 and not (found and found.are_elsewhere)):
        return map(function, chain(first, rest))
    stack = ExitStack()
    pool = found or _Processes(jobs, stack)
    every = chain(first, rest)
    with _known_if_lost(pool):
        waiting = {
            pool.executor.submit(function, shard) for shard in islice(every, max(ahead, pool.ahead))
        }
    return _results(pool, function, every, waiting, stack)


@contextmanager
def _known_if_lost(pool: _Workers) -> Iterator[None]:
    try:
        yield
    except BrokenExecutor:
        pool.forget()
        raise UsageError(
            "A process of this build was ended from outside, as systems do where memory runs "
            "out. Close other programs, or build with fewer processes: --jobs 1."
        ) from None


def _results(
    pool: _Workers,
    function: Callable[[Shard], Result],
    rest: Iterator[Shard],
    waiting: set[Future[Result]],
    stack: ExitStack,
) -> Iterator[Result]:
    with stack, _known_if_lost(pool):
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            waiting |= {pool.executor.submit(function, shard) for shard in islice(rest, len(done))}
            for future in done:
                yield future.result()


class _Workers(Protocol):
    ahead: int
    """Shards that are given out before the first is done."""

    are_elsewhere: bool

    @property
    def executor(self) -> Executor: ...

    def forget(self) -> None:
        """Have others do what comes next; these are lost."""


class _Processes:
    """Processes of this machine."""

    are_elsewhere = False

    def __init__(self, jobs: int, stack: ExitStack) -> None:
        self.ahead = 2 * jobs
        self._jobs = jobs
        self._stack = stack

    @cached_property
    def executor(self) -> Executor:
        return self._stack.enter_context(_started(self._jobs))

    def forget(self) -> None:
        self.__dict__.pop("executor", None)


def _started(jobs: int, *telling: Connection) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, _context(), _begin, telling)


@cache
def _context() -> BaseContext:
    """How processes start.

    Not as forks of this one, which may hold threads, such as those that serve a site; but, where
    the system can, as forks of one that has loaded what they need, and nothing else.
    """
    context = multiprocessing.get_context("forkserver" if _FORKS else "spawn")
    if _FORKS:
        context.set_forkserver_preload([_LOADED])
        # An interrupt while it loads would show where; so it begins with none let through, and
        # what it forks lets them through again. The tracker is started first: that unblocks them.
        resource_tracker.ensure_running()
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    return context


_FORKS: Final = "forkserver" in multiprocessing.get_all_start_methods()
_LOADED: Final = "generator.build.making"
"""What takes longest to load, with all that it imports; a name, since it stands on this module."""


def _begin(*telling: Connection) -> None:
    """What a process does first: it knows where to tell, and ends when its parent was killed.

    What it would write then belongs to a build that is no more, and another one may have begun.
    When a person interrupts both, the parent says so, and this one ends without a word.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    if _FORKS:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _telling.update(dict.fromkeys(telling, 0.0))
    parent = multiprocessing.parent_process()
    if parent:
        Thread(target=_await_end, args=(parent.sentinel,), daemon=True).start()


def _await_end(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


_workers: ContextVar[_Workers | None] = ContextVar("workers", default=None)
