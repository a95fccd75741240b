"""One vocabulary of field names, for formats that leave their choice to whoever writes them.

A table, YAML, JSON of one's own, a conference's list: all mean the same by `authors`, `Author(s)`
or `Autoren`. Names are compared without case, accents, spaces and marks: see `key`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from generator.sources.fields.vocabulary import (
    DAYS,
    FIELDS,
    FIRST_AUTHOR,
    LINKS,
    MONTH,
    OTHER_AUTHORS,
    OTHERS,
    PUBLICATION,
    SPEAKERS,
    TYPES,
)
from generator.text import fold


@lru_cache(maxsize=1 << 14)
def key(name: str) -> str:
    """What is compared of a name: `Author(s)` → `authors`, `Année` → `annee`, `paper_title` →
    `papertitle`.
    """
    return fold(name[:200]).replace(" ", "")


FIELD_OF: Final = {key(name): field for field, called in FIELDS.items() for name in called}
"""Fields, by what `key` gives of their names."""

PUBLICATION_OF: Final = {key(name): part for part, called in PUBLICATION.items() for name in called}
"""Parts of a publication, by what `key` gives of the names of their fields."""

TYPE_OF: Final = {key(name): kind for kind, called in TYPES.items() for name in called}
"""Types of CSL, by what `key` gives of what programs call them."""

RANKS: Final = {
    key(name): rank for called in FIELDS.values() for rank, name in reversed([*enumerate(called)])
}
"""How good a name of a field is, the best 0."""
LINK_KEYS: Final = {kind: tuple(dict.fromkeys(map(key, names))) for kind, names in LINKS.items()}
"""Kinds of links, and what `key` gives of the names of their fields."""
KNOWN: Final = frozenset(
    key(name)
    for called in (
        *(*FIELDS.values(), *PUBLICATION.values(), *LINKS.values(), DAYS, OTHERS),
        *(MONTH, FIRST_AUTHOR, OTHER_AUTHORS, SPEAKERS),
    )
    for name in called
)
"""What `key` gives of every name that counts."""

AUTHOR: Final = re.compile(r"author([1-9]\d?)(?:name|fullname)?")
"""What `key` gives of a field for one author of several: `Author 2`."""


NOTHING: Final[tuple[object, ...]] = (None, "", [], {})
"""What counts as a field that is not filled in."""


def first(record: Mapping[str, Any], keys: Iterable[str]) -> Any:
    """The value of the first of these fields that is filled in; `None` without one."""
    return next((record[name] for name in keys if record.get(name) not in NOTHING), None)


def field_of(name: str) -> str:
    """What `RawRecord` calls a field of this name; `link` for an address, empty for others.

    What stands in brackets behind a name, the order of its words, and a second name behind a mark
    count only where the name as a whole is unknown: `Title (required)`, `Title of the paper`,
    `Title-题名`.
    """
    return _field(name)[0]


def _field(name: str) -> tuple[str, str]:
    """The field, and the part of the name that says so."""
    short = re.sub(r"\s*\([^()]*\)\W*$", "", name[:200])
    for part in (name, short, _OF.sub(r"\2 \1", short.strip()), *_beside(name[:200])):
        if field := FIELD_OF.get(key(part)):
            return field, part
        if key(part) in KNOWN:
            return "link" if any(key(part) in keys for keys in LINK_KEYS.values()) else "", part
    return "", ""


_OF: Final = re.compile(
    r"\A(titles?|names?|date|year) of (?:the |an? |your )?([^,;:]{1,40})\Z", re.IGNORECASE
)
"""`Title of the paper` is a paper's title."""


def canonical(name: str) -> str:
    """The name of a field as `add` knows it: `Title (required)` → `title`; others as they are."""
    if key(name) in KNOWN:
        return name
    field, part = _field(name)
    if field in FIELDS:
        return field
    return part if field or key(part) in PUBLICATION_OF else name


def _beside(name: str) -> tuple[str, ...]:
    """Two names of one thing, in two languages: `Author-作者`."""
    one, mark, other = re.sub(r"\s*[-–/|]\s*", "/", name).partition("/")
    is_beside = one.isascii() != other.isascii() or one == other
    return (other, one) if mark and is_beside else ()
