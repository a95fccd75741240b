"""Characters that mean something, and the folding of white space."""

from __future__ import annotations

import re
from typing import Final

# Characters that mean nothing in a text and break files, XML or Python-Markdown (which marks its
# own places with U+0002 and U+0003): lone surrogates, controls other than white space,
# noncharacters, the invisible soft hyphen and zero-width no-break space, and the marks that turn
# the direction of all that follows.
MEANINGLESS: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)


def message(text: str) -> str:
    """Return a message that quotes foreign text as one line without escape sequences."""
    return printable(text).replace("\n", " ").replace("\t", " ")


def printable(text: str) -> str:
    """Return text without the characters that mean nothing, which XML does not allow either."""
    if text.replace("\n", "").isprintable():  # the quick way out: neither has any that is
        return text
    return _LINE_END.sub("\n", MEANINGLESS.sub("", text))


def one_line(text: str) -> str:
    """Return text as one line of characters that mean something, white space folded.

    It is the least that foreign text goes through: no half characters, no controls.
    """
    if not text.isprintable() or "  " in text:
        text = " ".join(text.split())
    if text.isprintable():  # and so without a meaningless character: the quick way out
        return text.strip(" ")
    return " ".join(MEANINGLESS.sub("", text).split())


_LINE_END: Final = re.compile("\r\n?|[\x0b\x0c\x1c-\x1f\x85]")
