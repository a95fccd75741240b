"""Names in a list as Python, JSON or R write one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from generator.sources.references import signed

_PERSON: Final = re.compile(r"\{([^{}]*)\}")
_STRING: Final = r"""'((?:[^'\\]|\\.)*+)(?:'|\Z)|"((?:[^"\\]|\\.)*+)(?:"|\Z)"""
_STRINGS: Final = re.compile(_STRING)
_KEYED: Final = re.compile(rf"""["'](\w+)["']\s?:\s?(?:{_STRING})""")


def quoted_names(text: str) -> list[str]:
    """The names of a list as Python, JSON or R write it; none where nothing is in quotes."""
    people = [each for each in _PERSON.findall(text) if _KEYED.search(each)]
    if not people:
        quoted = [one or other for one, other in _STRINGS.findall(text)]
        return [re.sub(r"\\(.)", r"\1", name) for name in quoted]
    named = ({key: one or other for key, one, other in _KEYED.findall(each)} for each in people)
    return [name for person in named if (name := _name(person))]


def _name(person: Mapping[str, object]) -> str:
    """The name of a person whose parts are keyed, as `names.author` understands it, or nothing."""
    author = signed(dict(person))
    if not author or not author.family or not author.name.endswith(f" {author.family}"):
        return author.name if author else ""
    return f"{author.family}, {author.name.removesuffix(author.family).strip()}"
