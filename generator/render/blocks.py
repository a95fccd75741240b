"""The part of Markdown that generated pages are made of, to HTML: as Python-Markdown does, faster.

Nearly every block of them is raw HTML, which Markdown passes on. What it changes are headings. A
page with anything else is not for us, and goes through Python-Markdown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Final

from markdown.extensions.toc import slugify, strip_tags, unique


@dataclass(frozen=True, slots=True)
class Converted:
    """The HTML of a page."""

    html: bytes
    headings: tuple[tuple[int, str], ...]
    """The level and id of each that Markdown made."""


def convert(body: bytes) -> Converted | None:
    """The HTML that Python-Markdown makes of these blocks; `None` if one is of another kind.

    With its extension `toc` as it is by default, which gives headings their ids.

    Args:
        body: a page without its front matter, in UTF-8, which is cut and joined faster than text.
    """
    if any(sign in body for sign in _ELSEWHERE) or _SPACES.search(body):
        return None
    used: set[str] = set()
    counters: dict[str, int] = {}
    headings = []
    parts = []
    place = 0
    body = body.strip(b"\n") + b"\n"
    while place < len(body):
        is_heading = body.startswith(b"#", place)
        end = body.index(b"\n", place) if is_heading else _end_of_element(body, place)
        between = _NEWLINES.match(body, end)
        if not between:
            return None
        if is_heading:
            heading = _HEADING.fullmatch(body[place:end].decode())
            is_alone = len(between[0]) > 1 or between.end() == len(body)
            if not heading or not is_alone:
                return None
            level, text = len(heading[1]), heading[2]
            anchor = unique(_slug(text), used, counters)
            headings.append((level, anchor))
            parts.append(f'<h{level} id="{anchor}">{text}</h{level}>\n'.encode())
        else:
            parts += (body[place:end], between[0][:2])
        place = between.end()
    return Converted(b"".join(parts).strip(), tuple(headings))


@lru_cache(64)  # `Abstract` is on the page of every paper
def _slug(heading: str) -> str:
    return str(slugify(unescape(strip_tags(heading)), "-"))


def _end_of_element(body: bytes, start: int) -> int:
    """Where the element of HTML ends that begins there; `start` if none does."""
    found = _START.match(body, start)
    depth = 0
    for tag in _TAGS[found[1]].finditer(body, start) if found else ():
        depth += -1 if tag[0].startswith(b"</") else 1
        if not depth:
            return tag.end()
    return start


_ELSEWHERE: Final = (b"\t", b"\r", b"\x02", b"\x03")
"""Tabs, which Markdown turns into spaces, and its own marks."""

_SPACES: Final = re.compile(rb"\n +(?:\n|$)")
"""Lines of spaces, which Markdown makes empty."""

_NEWLINES: Final = re.compile(rb"\n+")

# What ends in a mark of headings or in white space loses it; what has a mark of Markdown changes.
_HEADING: Final = re.compile(r"(#{1,6}) ([^\s#\\`*_\[\]][^\n\\`*_\[\]]*(?<![\s#]))")

_NAMES: Final = ("article", "details", "div", "nav", "noscript", "ol", "p", "section", "ul")
_START: Final = re.compile(rf"<({'|'.join(_NAMES)})[ >]".encode())
_TAGS: Final = {
    name.encode(): re.compile(rf"<(?:/{name}>|{name}[\s/>])".encode()) for name in _NAMES
}
