"""What scripts of the theme must know alike is made from the code.

`python -m tests.scripts.constants` writes it anew.
"""

from __future__ import annotations

import json
from typing import Any

from generator.exports.bibliographies import FRAMES
from generator.search.lookups import HAS
from generator.search.packs import PARTS
from generator.search.queries import IDS, MOST_STARS, MOST_WORDS, OTHER_NAMES, YEARS
from generator.search.shards import NAME, VERSION
from generator.search.words import PLAIN, TOGETHER
from tests.conftest import REPOSITORY

PATH = REPOSITORY / "site_templates/theme/assets/search/constants.js"

HEAD = """/* What the build and these scripts must know alike: made from the Python that says it, by
   `python -m tests.scripts.constants`. */
"""

CONSTANTS: dict[str, tuple[str, Any]] = {
    "VERSION": ("Of the format of the index.", VERSION),
    "NAME": ("Bytes of a digest that name a file of the index.", NAME),
    "CITED": ("The texts of a paper in a pack of citations.", PARTS["citations"]),
    "FRAMES": (
        "What a file of citations begins with, has between two, and ends with.",
        {ending: [part.decode() for part in frame] for ending, frame in FRAMES.items()},
    ),
    "MOST_WORDS": ("Words of a query that are looked for.", MOST_WORDS),
    "MOST_STARS": ("Stars in one of them.", MOST_STARS),
    "HAS": ("What `has:` asks for: kinds of links.", HAS),
    "OTHER_NAMES": ("Of fields.", OTHER_NAMES),
    "YEARS": ("A pattern of what `year:` takes.", YEARS),
    "IDS": ("Patterns of ids as people type them, in lower case.", IDS),
    "TOGETHER": ("Letters that are written without spaces, in a class of a pattern.", TOGETHER),
    "PLAIN": ("Letters that are written out.", PLAIN),
}


def written() -> str:
    """The module."""
    return HEAD + "".join(_constant(name, *entry) for name, entry in CONSTANTS.items())


def _constant(name: str, about: str, value: Any) -> str:
    kinds = {type(one) for one in value.values()} if isinstance(value, dict) else set()
    record = "string[]" if list in kinds else "string"
    type_ = f" @type {{Record<string, {record}>}}" if kinds else ""
    return f"\n/** {about}{type_} */\nexport const {name} = {json.dumps(value)};\n"


if __name__ == "__main__":
    PATH.write_text(written(), "utf-8")
