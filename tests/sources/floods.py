"""Floods of small pieces that some pattern might stumble over, and how long they take."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

LENGTH = 25_000
"""Characters of the shorter flood."""

BRIEF = 0.25
"""Seconds that no pattern which looks back again and again stays below with the longer one."""

RATIO = 2.5

WORDS = (
    r"( ) [ ] { } < > & $ \ ' ` , ; | - . : / # % @ * _ ~ ^ = 1 a é 中 a-b a/b 1. () {} <a> </a>"
    r" <p> </p><p> <br> <!----> <?x?> &amp; &#55357; $a$ $$ \( \[ \emph{ \href{a}{ \' `` '' http://"
    r" https://[ www. a.com/ doi: 10.1000/ 10.1000/) arxiv:1 2401.00001 (a A.B. Ã© \ensuremath{"
    r" <record> <feed @a{b, @string{ --- title: TY <jats:title> <mml:math> <sec><title>a</title>"
)
UNITS = [
    *WORDS.split(),
    " ",
    "\n",
    "\t",
    ", ",
    " and ",
    "Jr., ",
    "a-b ",
    "# \n",
    "- ",
    "\n- ",
    "a b\n\n",
]


def assert_is_linear(run: Callable[[str], object], unit: str, length: int = LENGTH) -> None:
    short, long = (unit * (some // len(unit)) for some in (length, 2 * length))
    taken = seconds(run, long)
    if taken < BRIEF:
        return
    before = seconds(run, short)
    for _ in range(5):  # on a busy machine the quickest of several runs counts
        if taken <= RATIO * before:
            return
        taken, before = min(taken, seconds(run, long)), min(before, seconds(run, short))
    pytest.fail(f"{unit!r} twice as often takes {taken:.2f} s and not {before:.2f} s")


def seconds(run: Callable[[str], object], flood: str) -> float:
    gc.disable()
    started = time.process_time()
    with suppress(ValueError):
        run(flood)
    taken = time.process_time() - started
    gc.enable()
    return taken
