"""The script that searches: our modules, and the part of lunr.js that reads queries, in one file.

The modules in `assets/search/` are plain and stand for themselves. They are joined here because a
first search would wait for a dozen requests, one after the other, where it needs one.
"""

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


MODULES: Final = (
    "constants",
    "words",
    "snippets",
    "shards",
    "packs",
    "query",
    "vocabulary",
    "phrases",
    "facets",
    "ranking",
    "engine",
    "worker",
)
"""Scripts of the search, each after those that it needs."""

SHARED: Final = ("constants", "words", "snippets", "shards", "packs")
"""Scripts that pages import too; the others are nowhere on a site but in what is joined here."""

_IMPORT: Final = re.compile(r'^import (\{.*?\}) from "\./(\w+)\.js";', re.MULTILINE | re.DOTALL)
_EXPORT: Final = re.compile(r"^export ((?:async )?(?:function|class|const) (\w+))", re.MULTILINE)


def joined() -> str:
    """The worker with all that it imports, each module in a function of its own."""
    folder = files("site_templates") / "theme/assets/search"
    sources = {name: (folder / f"{name}.js").read_text("utf-8") for name in MODULES}
    return reading() + "".join(_module(name, source) for name, source in sources.items())


def _module(name: str, source: str) -> str:
    exported = ", ".join(name for _, name in _EXPORT.findall(source))
    code = _EXPORT.sub(r"\1", _IMPORT.sub(r"const \1 = $\2;", source))
    return f"const ${name} = (() => {{{_stripped(code)}return {{ {exported} }};\n}})();\n"


def _stripped(code: str) -> str:
    return _INDENT.sub("\n", _COMMENT.sub("", code))
