"""Keys that citations are cited by: `zhang-etal-2023-huatuogpt`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from typing import Final

from generator.exports.citations import names, reference
from generator.model.papers import Author, Paper
from generator.text import fold

DIGEST: Final = 6
"""Characters that tell apart what would have one key."""

LONGEST_WORD: Final = 30

_STOP_WORD: Final = re.compile(
    "an?|the|on|of|for|in|to|with|and|or|is|are|be|do|does|did|can|how|what|why|when|where|which"
    "|who|at|by|from|as|its?|towards?|via|using"
)
_NOT_KEY: Final = re.compile(r"[^a-z0-9]+")


def keys(papers: Iterable[Paper], given: Iterable[str] = ()) -> dict[str, str]:
    """The citation key of every paper, by its id, whatever the order of the papers.

    Family names of up to two authors, or the first and `etal`; the year; the first word of the
    title that is no stop word: what of them is known and has letters or digits of ASCII. Of several
    papers with one key the earliest, by date and then id, has it. The others get a digest of their
    id behind it.

    Args:
        papers: that have no key yet.
        given: keys of others, which no paper gets; see `permanent`.
    """
    keys_by_id: dict[str, str] = {}
    taken = set(given)
    for paper in sorted(papers, key=lambda paper: (paper.date or _UNDATED, paper.id)):
        key = next(key for key in _candidates(paper) if key not in taken)
        taken.add(key)
        keys_by_id[paper.id] = key
    return keys_by_id


def has_stem(paper: Paper, key: str) -> bool:
    """Whether a key says what is known of a paper now, with a digest behind it or without one."""
    stem = next(_candidates(paper))
    return stem in (key, key.rpartition("-")[0])


_UNDATED: Final = "~"  # behind all dates


def _candidates(paper: Paper) -> Iterator[str]:
    key = "-".join(filter(None, (_authors(paper), _year(paper), _word(paper.title)))) or "paper"
    yield key
    digest = sha256(paper.id.encode("utf-8", "replace")).hexdigest()
    for length in range(DIGEST, len(digest) + 1):
        yield f"{key}-{digest[:length]}"


def _authors(paper: Paper) -> str:
    shown = paper.authors if len(paper.authors) <= 2 else paper.authors[:1]
    parts = [_family(author) for author in shown]
    if len(paper.authors) > 2:
        parts.append("etal")
    return "-".join(filter(None, parts))


@lru_cache(maxsize=1 << 16)
def _family(author: Author) -> str:
    return _ascii(names.split(author).family)


def _year(paper: Paper) -> str:
    return "".join(f"{year:04}" for year in reference.date(paper)[:1])


def _word(title: str) -> str:
    words = [word for word in _ascii(title, len(title)).split("-") if word]
    telling = next((word for word in words if not _STOP_WORD.fullmatch(word)), "")
    return (telling or "".join(words[:1]))[:LONGEST_WORD]


def _ascii(text: str, limit: int = LONGEST_WORD) -> str:
    return _NOT_KEY.sub("-", fold(text)).strip("-")[:limit].rstrip("-")
