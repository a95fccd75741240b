"""Shards done on other machines: the workers of a Dask scheduler."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from generator.model.errors import UsageError


class Cluster:
    """Workers of a Dask scheduler."""

    are_elsewhere = True

    def __init__(self, client: Any) -> None:
        self.ahead = 2 * max(1, sum(client.nthreads().values()))
        self.executor: Executor = client.get_executor(pure=False, retries=3)

    def forget(self) -> None:
        """Nothing: the scheduler replaces workers itself."""


@contextmanager
def cluster(scheduler: str) -> Iterator[Cluster]:
    """Within the block, the workers of a Dask scheduler.

    Args:
        scheduler: its address, such as `tcp://node1:8786`.

    Raises:
        UsageError: there is no scheduler at the address, or `papershelf[cluster]` is missing.
    """
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(
            "--scheduler: expected the package distributed, found none. Install it: "
            "pip install 'papershelf[cluster]'."
        ) from None
    try:
        client = Client(scheduler, timeout=5, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(
            f"--scheduler {scheduler}: expected a Dask scheduler there, found: {error}. Start one "
            "with `dask scheduler`, and workers with `dask worker`."
        ) from None
    with client:
        yield Cluster(client)
