"""What somebody typed, read as the browser reads it: the other half of `assets/search/query.js`.

A test asks both the same queries.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final, Literal

from generator.search.lookups import HAS
from generator.search.words import fold, fold_sought, is_together

Sign = Literal["", "+", "-"]

# What `assets/search/constants.js` takes from here.
MOST_WORDS: Final = 200
MOST_STARS: Final = 4
OTHER_NAMES: Final = {
    **{"author": "authors", "topic": "topics", "tag": "topics"},
    **{"abs": "abstract", "conference": "venue"},
}
YEARS: Final = r"(\d{4})\.\.(\d{4})?|\.\.(\d{4})|(>=?|<=?)(\d{4})"
IDS: Final = (
    r"(?:arxiv:\s*|https?://(?:www\.)?arxiv\.org/(?:abs|pdf|html)/)?"
    r"([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[a-z]{2})?/[0-9]{7})(?:v[0-9]+)?(?:\.pdf)?",
    r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.[0-9]{4,9}/\S+)",
    r"(?:https?://(?:www\.)?aclanthology\.org/)?"
    r"([a-z][0-9][0-9]-[0-9]{4}|[0-9]{4}\.[a-z0-9]+-[a-z0-9]+\.[0-9]+)(?:\.pdf|/)?",
)
"""Ids of arXiv, DOIs and the ACL Anthology, in lower case, as people type them."""

_CHUNK: Final = re.compile(
    r'(?P<sign>[+-]?)(?:(?P<name>[^\W\d]+):)?(?:"(?P<phrase>[^"]*)"?|(?P<plain>[^\s"]+))'
    r"(?P<after>[~^0-9]*)|\S"
)
_SUFFIX: Final = re.compile(r"(?:[~^]\d*)+$", re.ASCII)
_DISTANCE: Final = re.compile(r"~(\d+)", re.ASCII)
_TIDY: Final = str.maketrans(
    dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys(["\ufeff", *map(chr, [*range(0x20), *range(0x7F, 0xA0)])], " ")
)
"""Control characters are spaces: patterns here and there disagree on which are."""

_SCHEME: Final = re.compile(r"https?|doi|arxiv|hdl|urn|isbn")
"""What stands before a colon and is no field that somebody meant."""

_YEARS: Final = re.compile(YEARS, re.ASCII)
_IDS: Final = tuple(re.compile(pattern) for pattern in IDS)


@dataclass(frozen=True, slots=True)
class Clause:
    """A word that is looked for."""

    word: str
    """Folded; `*` stands for any letters."""

    sign: Sign
    fields: tuple[str, ...]
    distance: int
    """Letters that may differ."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand one right after the other."""

    words: tuple[str, ...]
    fields: tuple[str, ...]
    prohibited: bool


@dataclass(frozen=True, slots=True)
class Years:
    """A range of years, both ends included."""

    first: int
    last: int
    prohibited: bool


@dataclass(frozen=True, slots=True)
class Has:
    """A link that a paper has."""

    kind: str
    """One of `HAS`."""

    prohibited: bool


@dataclass(slots=True)
class Query:
    """All that a query asks for."""

    typed: str
    clauses: list[Clause] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    filters: list[Years | Has] = field(default_factory=list)
    problem: str = ""
    """What in it makes no sense, for people."""


def read(typed: str, fields: Collection[str]) -> Query:
    """Read a query as typed.

    Args:
        typed: by a person; anything goes.
        fields: the names of those that are searched.
    """
    query = Query(typed)
    everywhere = tuple(fields)
    for match in _CHUNK.finditer(typed.translate(_TIDY)):
        name, phrase, plain = match["name"] or "", match["phrase"], match["plain"]
        sign: Sign = match["sign"] or ""  # type: ignore[assignment]
        if plain is not None and _add_filter(query, sign, name.lower(), plain):
            continue
        if phrase is None and plain is None:
            continue  # a lone quotation mark
        field = OTHER_NAMES.get(name.lower(), name.lower())
        scope = (field,) if field in everywhere else everywhere
        if phrase is not None:
            _add_phrase(query, phrase, scope, sign)
            if sign != "-":
                _add_words(query, phrase, "", scope, match["after"] or "")
            continue
        body = plain if not name or field in everywhere else f"{name}:{plain}"
        if name and field not in everywhere and not _SCHEME.fullmatch(name.lower()):
            query.problem = query.problem or f"there is no field “{name}”"
        suffix = _SUFFIX.search(body)
        end = suffix.start() if suffix else len(body)
        _add_words(query, body[:end], sign, scope, body[end:])
    del query.clauses[MOST_WORDS:]
    return query


def ids(typed: str) -> set[str]:
    """The id that somebody typed, without its dress; nothing for anything else."""
    matches = (pattern.fullmatch(typed.translate(_TIDY).strip().lower()) for pattern in _IDS)
    return {match[1] for match in matches if match}


def _add_words(query: Query, body: str, sign: Sign, scope: tuple[str, ...], suffix: str) -> None:
    distances = _DISTANCE.findall(suffix)
    distance = min(int(distances[-1]), 2) if distances else 0
    query.clauses += [Clause(word, sign, scope, distance) for word in _sought_words(body)]


def _sought_words(text: str) -> list[str]:
    """The words of a piece of a query; `*` stays where it stands for letters."""
    pieces = re.split(r"\*+", text)[: MOST_STARS + 1]
    if len(pieces) == 1:
        return fold_sought(text).split()
    # A star belongs to the word it touches: `a-b*c` is `a` and `b*c`.
    folded = [
        (" " if place > 0 and _begins_apart(piece) else "")
        + fold(piece)
        + (" " if place < len(pieces) - 1 and _begins_apart(piece[::-1]) else "")
        for place, piece in enumerate(pieces)
    ]
    only_stars = bool(re.fullmatch(r"\*+", text))
    return [
        word for word in "*".join(folded).split(" ") if word.strip("*") or (only_stars and word)
    ]


def _begins_apart(piece: str) -> bool:
    return bool(piece) and not piece[0].isalnum()


def _add_phrase(query: Query, phrase: str, scope: tuple[str, ...], sign: Sign) -> None:
    words = fold(phrase).split()
    if words and is_together(words[-1]):
        words.pop()  # a run may go on beyond the phrase
    if words:
        query.phrases.append(Phrase(tuple(words), scope, sign == "-"))


def _add_filter(query: Query, sign: Sign, name: str, value: str) -> bool:
    """Whether `name:value` is a filter, which is then added."""
    if name == "has":
        if value.lower() in HAS:
            query.filters.append(Has(value.lower(), sign == "-"))
        else:
            query.problem = f"“has:” knows {' and '.join(HAS)}, not “{value}”"
        return True
    match = _YEARS.fullmatch(value) if name == "year" else None
    if not match:
        return False
    first, last = int(match[1] or 0), int(match[2] or match[3] or 9999)
    if match[4]:
        year = int(match[5])
        first = year + (match[4] == ">") if match[4][0] == ">" else 0
        last = year - (match[4] == "<") if match[4][0] == "<" else 9999
    query.filters.append(Years(first, last, sign == "-"))
    return True
