"""The part of Markdown that generated pages are made of, to HTML: as Python-Markdown does, faster.

Nearly every block of them is raw HTML, which Markdown passes on. What it changes are headings. A
page with anything else is not for us, and goes through Python-Markdown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Final

from markdown.extensions.toc import slugify, strip_tags, unique


@dataclass(frozen=True, slots=True)
class Converted:
    """The HTML of a page."""

    html: str
    headings: tuple[tuple[int, str], ...]
    """The level and id of each that Markdown made."""


def convert(body: str) -> Converted | None:
    """The HTML that Python-Markdown makes of these blocks; `None` if one is of another kind.

    With its extension `toc` as it is by default, which gives headings their ids.

    Args:
        body: a page without its front matter.
    """
    if _ELSEWHERE.search(body):
        return None
    used: set[str] = set()
    counters: dict[str, int] = {}
    headings = []
    parts = []
    place = 0
    body = body.strip("\n") + "\n"
    while place < len(body):
        if heading := _HEADING.match(body, place):
            level, text = len(heading[1]), heading[2]
            anchor = unique(slugify(unescape(strip_tags(text)), "-"), used, counters)
            headings.append((level, anchor))
            parts.append(f'<h{level} id="{anchor}">{text}</h{level}>\n')
            end = heading.end()
        else:
            end = _end_of_element(body, place)
            parts.append(body[place:end])
        between = _NEWLINES.match(body, end)
        if not between:
            return None
        place = between.end()
        if not heading:
            parts.append(between[0][:2])
    return Converted("".join(parts).strip(), tuple(headings))


def _end_of_element(body: str, start: int) -> int:
    """Where the element of HTML ends that begins there; `start` if none does."""
    found = _START.match(body, start)
    depth = 0
    for tag in _TAGS[found[1]].finditer(body, start) if found else ():
        depth += -1 if body[tag.start() + 1] == "/" else 1
        if not depth:
            return tag.end()
    return start


# Tabs, which Markdown turns into spaces; its own marks; lines of spaces, which it makes empty.
_ELSEWHERE: Final = re.compile("[\t\r\x02\x03]|\n +(?:\n|$)")
_NEWLINES: Final = re.compile("\n+")

# What ends in a mark of headings or in white space loses it; what has a mark of Markdown changes.
_HEADING: Final = re.compile(r"(#{1,6}) ([^\s#\\`*_\[\]][^\n\\`*_\[\]]*(?<![\s#]))(?=\n(?:\n|\Z))")

_START: Final = re.compile(r"<(article|details|div|nav|noscript|ol|p|section|ul)[ >]")
_TAGS: Final = {
    name: re.compile(rf"<{name}\b|</{name}>")
    for name in ("article", "details", "div", "nav", "noscript", "ol", "p", "section", "ul")
}
