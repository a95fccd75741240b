"""Keys that citations are cited by: `zhang-etal-2023-huatuogpt`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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


def keys(papers: Sequence[Paper]) -> dict[str, str]:
    """The citation key of every paper, by its id, whatever the order of the papers.

    Family names of up to two authors, or the first and `etal`; the year; the first word of the
    title that is no stop word: what of them is known and has letters or digits of ASCII. Of several
    papers with one key the earliest in the catalog, by date and then id, keeps it. The others get a
    digest of their id behind it, so that a paper that is added later changes no key.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for paper in sorted(papers, key=lambda paper: (paper.date or _UNDATED, paper.id)):
        key = next(key for key in _candidates(paper) if key not in taken)
        taken.add(key)
        found[paper.id] = key
    return found


def stem_of(paper: Paper) -> str:
    """What a paper is cited by if no other has the same."""
    return next(_candidates(paper))


def assigned(stem: str, papers: Iterable[Paper]) -> dict[str, str]:
    """The keys of all papers that have one stem, by id; see `keys`."""
    found: dict[str, str] = {}
    for paper in sorted(papers, key=lambda paper: (paper.date or _UNDATED, paper.id)):
        taken = found.values()
        found[paper.id] = next(key for key in _told_apart(stem, paper.id) if key not in taken)
    return found


def has_stem(paper: Paper, key: str, stem: str) -> bool:
    """Whether a paper's key is made of a stem."""
    return key == stem or (
        key.startswith(f"{stem}-")
        and sha256(paper.id.encode("utf-8", "replace"))
        .hexdigest()
        .startswith(key.removeprefix(f"{stem}-"))
    )


_UNDATED: Final = "~"  # behind all dates


def _candidates(paper: Paper) -> Iterator[str]:
    key = "-".join(filter(None, (_authors(paper), _year(paper), _word(paper.title)))) or "paper"
    yield from _told_apart(key, paper.id)


def _told_apart(key: str, paper: str) -> Iterator[str]:
    yield key
    digest = sha256(paper.encode("utf-8", "replace")).hexdigest()
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
    found = next((word for word in words if not _STOP_WORD.fullmatch(word)), "")
    return (found or "".join(words[:1]))[:LONGEST_WORD]


def _ascii(text: str, limit: int = LONGEST_WORD) -> str:
    return _NOT_KEY.sub("-", fold(text)).strip("-")[:limit].rstrip("-")
