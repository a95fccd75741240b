"""What a file is takes time to tell in proportion to its length, whatever it begins with."""

from __future__ import annotations

import pytest

from generator.sources import read
from tests.sources.floods import UNITS, assert_is_linear

pytestmark = pytest.mark.slow

BEGINNINGS = (
    "",
    "<?xml?>",
    "<!DOCTYPE x>",
    "@article{",
    "papers:",
    "- title: a",
    "TY  - ",
    "PT J\n",
    "RT Journal\n",
    "<1>\n",
    "<rss>",
    "Aug 7\n\n",
    "Submitted by\na\n1\n",
    "2508.90001\n",
    "\\\\\narXiv:2508.90001\n",
    "- [A](https://arxiv.org/abs/2401.00001)\n- [B](https://arxiv.org/abs/2401.00002) ",
    "title,authors\nA,B\n",
    "[1] A. Lee, B. Li, and C. Wei. On ants. Ants, 12(3):4–5, 2025. ",
    "Lee A, Wei C. On ants. Ants. 2025;12:4-5.\n",
)


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_what_a_file_is_is_told_in_proportion(beginning: str) -> None:
    for unit in UNITS:
        assert_is_linear(lambda flood: read(f"{beginning}{flood}x".encode(), "a"), unit)
