"""The copied page that it all began with, where it is at hand."""

from __future__ import annotations

import re

import pytest

from tests.conftest import REAL_PAGE

needs_real_page = pytest.mark.skipif(
    not REAL_PAGE.exists(), reason="the copied page may not be published and is not at hand"
)


def resolved(text: str) -> str:
    """What the page's few escapes stand for, and its white space folded."""
    for source, character in ((r"\%", "%"), (r"\&", "&"), ("``", "“"), ("''", "”"), (r"\"i", "ï")):
        text = text.replace(source, character)
    text = text.replace("`understand'", "‘understand’")
    return " ".join(text.split())


def real_pairs() -> list[tuple[str, str]]:
    blocks = re.split(r"\n\s*\n", REAL_PAGE.read_text("utf-8").strip())
    papers = [resolved(block) for block in blocks[6:]]
    return list(zip(papers[::2], papers[1::2], strict=True))
