"""The part of lunr.js that reads queries, taken from the installed MkDocs at build time."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Final

_UNUSED: Final = "utils|FieldRef|Set|idf|Pipeline|Vector|trimmer|Index|Builder|MatchData"
"""What is about building an index and asking it, which is not done with lunr's own."""

_STATEMENT: Final = re.compile(r"^lunr\..*?(?=^lunr\.|\Z)", re.MULTILINE | re.DOTALL)
_IS_UNUSED: Final = re.compile(rf"lunr\.(?:{_UNUSED})\b")
_COMMENT: Final = re.compile(r"/\*.*?\*/|^\s*//[^\n]*", re.MULTILINE | re.DOTALL)
_INDENT: Final = re.compile(r"\n\s*")


def whole() -> str:
    """lunr.js as it was published."""
    path = files("mkdocs") / "contrib/search/templates/search/lunr.js"
    return path.read_text("utf-8")


def reading() -> str:
    """lunr.js with its query parser, stemmer, stop words and patterns only, without comments.

    A fifth of the bytes, since every first search has to wait for them. The licence stays.
    """
    source = whole()
    licence = source[: source.index("*/") + 2]
    code = _STATEMENT.sub(
        lambda statement: "" if _IS_UNUSED.match(statement[0]) else statement[0],
        _COMMENT.sub("", source),
    )
    return licence + _INDENT.sub("\n", code) + "\n"
