r"""HTML and JATS in running text → Unicode: `Schr&ouml;dinger` → `Schrödinger`, `<i>x</i>` → `x`.

`text.clean` calls this. It resolves what abstracts really hold, character references and tags that
only say how text looks, and leaves all else as it stands: `<script>`, `List<int>` and the token
`<s>` are what a paper is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.entities import html5
from typing import Final


def resolve(text: str) -> str:
    """Replace character references and drop tags of fonts: `H<sub>2</sub>O` → `H₂O`."""
    text = _REFERENCE.sub(_character, text)
    text = _prefixed(text)
    if "<jats:" in text or "<mml:" in text:
        text = _without_jats(text)
    return _without_tags(text) if "<" in text else text


def apart(text: str) -> str:
    """Put an empty line between paragraphs that only tags divide; a heading before its text."""
    text = _prefixed(text)
    if "<jats:" in text or "<mml:" in text:
        text = _without_jats(text)
    if "</sec>" in text:
        text = _SECTION.sub("\n\n", text)
    text = _PARAGRAPH.sub(r"\1\n\n\2", _HEADING.sub(_headed, text))
    return _BREAKS.sub("\n\n", text)


_PARAGRAPH: Final = re.compile(r"(</(?:jats:)?p>)\s*(<(?:jats:)?p(?:\s[^<>]*)?>)", re.IGNORECASE)
_BREAKS: Final = re.compile(r"<br\s*/?>\s*<br\s*/?>", re.IGNORECASE)

# `<title>Methods</title><p>` of JATS, `<h4>Methods</h4>` of Europe PMC.
_HEADING: Final = re.compile(
    r"<(?:title>\s*([^<>]{1,200})</title>\s*(?=<p\b)|h[1-6]>\s*([^<>]{1,200})</h[1-6]>\s*)"
    r"(<p(?:\s[^<>]*)?>)?",
    re.IGNORECASE,
)
_SECTION: Final = re.compile(r"</?sec(?:\s[^<>]*)?>", re.IGNORECASE)


def _headed(match: re.Match[str]) -> str:
    """`Methods: ` before its paragraph; the heading `Abstract` says nothing."""
    return f"\n\n{match[3] or ''}{_heading(match[1] or match[2])}"


def _heading(text: str) -> str:
    text = text.strip(" .:\n")
    return "" if text.lower() == "abstract" or not text else f"{text}: "


# JATS, with the prefix by which Crossref hands it on.

_ALTERNATIVES: Final = re.compile(r"(</?jats:alternatives\b[^<>]*>)")
_MATH: Final = re.compile(r"(</?mml:math\b[^<>]*>)")
_TEX: Final = re.compile(r"(</?jats:tex-math\b[^<>]*>)")
_ANNOTATION: Final = re.compile(r"<mml:annotation\b([^<>]*)>([^<>]*)</mml:annotation>")
_RAISING: Final = re.compile(r"<(/?)jats:(su[bp])\b[^<>]*>")
_TITLE: Final = re.compile(r"(</?jats:title\b[^<>]*>)")
_BREAK: Final = re.compile(r"</?jats:(?:p|sec|list|disp-formula|disp-quote)\b[^<>]*>")
_LAST_HEADING: Final = re.compile(r": \ufdd0\s*\Z")
_AFTER_HEADING: Final = re.compile(r"\ufdd0\s*")
_SPACE: Final = re.compile(r"</?jats:list-item\b[^<>]*>")
_ANY: Final = re.compile(r"</?(?:jats|mml):[\w-]+(?:\s[^<>]*)?/?>")


# IEEE has `<inline-formula><tex-math>$k$</tex-math></inline-formula>`, INSPIRE `<math><mi>k</mi>`.
_FORMULAS: Final = re.compile(r"</(?:math|tex-math|inline-formula|disp-formula)>")
_OF_FORMULAS: Final = re.compile(
    r"<(/?)(?:(inline-formula|disp-formula|tex-math|alternatives)|(math|semantics"
    r"|annotation(?:-xml)?|m(?:[ino]|row|text|space|su[bp]|subsup|frac|sqrt|root|over|under"
    r"|underover|style|fenced|table|t[rd]|padded|phantom|multiscripts|prescripts)))(?=[\s>/])"
)


def _prefixed(text: str) -> str:
    """Text with formulas of JATS and MathML under the prefixes by which Crossref has them."""
    if not _FORMULAS.search(text):
        return text
    return _OF_FORMULAS.sub(
        lambda tag: f"<{tag[1]}jats:{tag[2]}" if tag[2] else f"<{tag[1]}mml:{tag[3]}", text
    )


def _without_jats(text: str) -> str:
    """The text of JATS: formulas as TeX or their characters, sections as paragraphs, no tags."""
    text = _replaced(text, _ALTERNATIVES, _best)
    text = _replaced(_replaced(text, _MATH, _formula), _TEX, _tex)
    text = _RAISING.sub(r"<\1\2>", text)
    text = _replaced(text, _TITLE, lambda inner: f"\n\n{_heading(_ANY.sub('', inner))}\ufdd0")
    text = _ANY.sub("", _SPACE.sub(" ", _BREAK.sub("\n\n", text)))
    return _AFTER_HEADING.sub("", _LAST_HEADING.sub("", text))


def _replaced(text: str, tag: re.Pattern[str], change: Callable[[str], str]) -> str:
    """Text with what stands between two tags changed, and these gone; one left open stays."""
    pieces: list[str] = []
    inner: list[str] | None = None
    for number, piece in enumerate(tag.split(text)):
        if number % 2 == 0:
            (pieces if inner is None else inner).append(piece)
        elif not piece.startswith("</"):
            inner = inner or []
        elif inner is not None:
            pieces.append(change("".join(inner)))
            inner = None
    return "".join([*pieces, *(inner or [])])


def _best(inner: str) -> str:
    """The TeX of a formula that stands there in several forms."""
    return _replaced(inner, _MATH, lambda _: "") if "tex-math" in inner else inner


def _formula(inner: str) -> str:
    for about, tex in _ANNOTATION.findall(inner):
        if "tex" in about.lower():
            return _tex(tex)
    return " ".join(_ANY.sub("", _ANNOTATION.sub("", inner)).split())


def _tex(inner: str) -> str:
    if "\\begin{document}" in inner:  # JATS may hold a whole document around the formula
        inner = inner.partition("\\begin{document}")[2].partition("\\end{document}")[0]
    tex = " ".join(inner.split()).strip("$ ")
    return f"${tex}$" if tex else ""


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
