"""Memory of builds that make objects by the million."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def keeping_everything() -> Iterator[None]:
    """Pause the garbage collector where objects are made by the million and all are kept.

    Papers hold no cycles, and looking through them again and again doubles the time. What was freed
    before goes back to the system first; what is kept is not looked through right after.
    """
    was_on = gc.isenabled()
    gc.disable()
    if was_on:
        gc.unfreeze()
        _give_back()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.enable()


def _give_back() -> None:
    """Give free memory back, of which the C library keeps all that lies below something small.

    After the papers of a large catalog were read, that is two thirds of it: see malloc_trim(3).
    """
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)
