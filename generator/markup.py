r"""HTML and JATS in running text → Unicode: `Schr&ouml;dinger` → `Schrödinger`, `<i>x</i>` → `x`.

`text.clean` calls this. It resolves what abstracts really hold, character references and tags that
only say how text looks, and leaves all else as it stands: `<script>`, `List<int>` and the token
`<s>` are what a paper is about.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import Final


def resolve(text: str) -> str:
    """Replace character references and drop tags of fonts: `H<sub>2</sub>O` → `H₂O`."""
    text = _REFERENCE.sub(_character, text)
    return _without_tags(text) if "<" in text else text


def apart(text: str) -> str:
    """Put an empty line between paragraphs that only tags divide."""
    text = _PARAGRAPH.sub(r"\1\n\n\2", text)
    return _BREAKS.sub("\n\n", text)


_PARAGRAPH: Final = re.compile(r"(</(?:jats:)?p>)\s*(<(?:jats:)?p(?:\s[^<>]*)?>)", re.IGNORECASE)
_BREAKS: Final = re.compile(r"<br\s*/?>\s*<br\s*/?>", re.IGNORECASE)

_REFERENCE: Final = re.compile(
    r"&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));"
)


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return html5.get(f"{name};", match[0])
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(number) if number <= 0x10FFFF else match[0]


# Tags that only say how text looks, of HTML and of JATS. One that is opened and never closed is
# kept: it may be what the paper is about.
_TAG: Final = re.compile(
    r"""<(?P<end>/?)(?:jats:|xhtml:)?
        (?P<name>i|b|u|em|strong|italic|bold|underline|monospace|roman|sans-serif|styled-content
          |sub|sup|inf|sc|scp|tt|small|big|code|span|div|font|a|ext-link|p|sec|br|li|ul|ol)
        (?:\s[^<>]*)?(?P<alone>/?)>""",
    re.VERBOSE | re.IGNORECASE,
)
_RAISED: Final = re.compile(r"<(su[bp])>\s*([0-9+−=()-]{1,9})\s*</\1>", re.IGNORECASE)
_RAISE: Final = {
    "sup": str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾"),
    "sub": str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"),
}
_BLOCKS: Final = ("p", "div", "sec", "br", "li", "ul", "ol")


def _without_tags(text: str) -> str:
    text = _RAISED.sub(lambda match: match[2].translate(_RAISE[match[1].lower()]), text)
    tags = list(_TAG.finditer(text))
    ended = {tag["name"].lower() for tag in tags if tag["end"] or tag["alone"]}
    begun = {tag["name"].lower() for tag in tags if not tag["end"]}

    def dropped(tag: re.Match[str]) -> str:
        name = tag["name"].lower()
        if name != "br" and name not in ended & begun:
            return tag[0]
        return " " if name in _BLOCKS else ""

    return _TAG.sub(dropped, text)
