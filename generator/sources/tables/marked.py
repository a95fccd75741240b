"""Markdown and Org, as far as lists and tables of papers need them.

See https://spec.commonmark.org, the tables of https://github.github.com/gfm, and
https://orgmode.org/worg/org-syntax.html.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

LONGEST_LINE: Final = 20_000
"""Characters; what is behind them does not count."""


@dataclass(slots=True)
class Block:
    """A heading, an item of a list, a row of a table or the rule below its header, a paragraph, or
    a piece of code.
    """

    kind: Literal["heading", "item", "row", "rule", "text", "code"]
    line: int
    """Its line in the file, from 1."""

    indent: int
    lines: list[str]
    """Its lines without the mark of its kind."""

    properties: dict[str, str] = field(default_factory=dict)
    """Properties of a heading of Org: `{"DOI": "10.1000/x"}`."""


_ITEM: Final = re.compile(r"\s*(?:[-+*•]|\(?\d{1,4}[.)])\s+(?:\[[ xX]\]\s+)?(?=\S)")
_HEADING: Final = re.compile(r"#{1,6}\s+|\*{2,}\s+")
_HEADLINE: Final = re.compile(r"\*\s+(?!\[|\*)")
_ORG: Final = re.compile(r"^(?:#\+\w|\*{2,} |:PROPERTIES:)", re.MULTILINE)
_FENCE: Final = re.compile(r"\s*(?:```|~~~|#\+begin_|#\+end_)", re.IGNORECASE)
_PROPERTY: Final = re.compile(r"\s*:([A-Za-z][\w-]{0,60}):(?:\s+(.*))?")


def blocks(text: str) -> list[Block]:
    """What a text consists of, in its order; front matter is a piece of code."""
    made: list[Block] = []
    is_org = _ORG.search(text) is not None
    fence = is_open = was_empty = False
    text = text.translate(_DRAWN) if re.search("[│┃║]", text) else text
    for line, raw in enumerate(text.split("\n"), 1):
        row = raw[:LONGEST_LINE].rstrip()
        is_fence = _FENCE.match(row) is not None or (row == "---" and (line == 1 or fence))
        if fence or is_fence:
            if is_fence and not fence:
                made.append(Block("code", line, 0, []))
            fence, is_open = fence != is_fence, False
            continue
        if not row:
            is_open = is_open and made[-1].kind in ("item", "heading")
            was_empty = True
            continue
        inner = row.lstrip()
        indent = len(row) - len(inner)
        if _BORDER.fullmatch(inner):
            if not made or made[-1].kind != "row":
                continue
            inner = inner.replace("+", "|").replace("=", "-")
        stated = _PROPERTY.fullmatch(row) if made and made[-1].kind == "heading" else None
        heading = _HEADING.match(row) or (_HEADLINE.match(row) if is_org else None)
        item = _ITEM.match(row)
        if stated:
            if stated[2]:
                made[-1].properties[stated[1]] = stated[2]
        elif (inner[0] == "|" and inner.count("|") > 1) or _is_rule(inner):
            if _is_rule(inner) and made and made[-1].kind == "text" and "|" in made[-1].lines[-1]:
                made.append(
                    Block("row", line - 1, 0, [made[-1].lines.pop()])
                )  # without bars around
            made.append(Block("rule" if _is_rule(inner) else "row", line, indent, [inner]))
            is_open = False
        elif heading or item:
            start = (heading or item).end()  # type: ignore[union-attr]
            made.append(Block("heading" if heading else "item", line, indent, [row[start:]]))
            is_open = not heading
        elif is_open and (indent or not was_empty):
            made[-1].lines.append(inner)
        elif made and made[-1].kind in ("row", "rule") and "|" in inner and not was_empty:
            made.append(Block("row", line, indent, [inner]))
        else:
            made.append(Block("text", line, indent, [inner]))
            is_open = True
        was_empty = False
    return made


_BORDER: Final = re.compile(r"\+(?:[-=]+\+)+")
"""The border of a table that is drawn, as reStructuredText and data bases do: `+-----+-----+`."""

_DRAWN: Final = str.maketrans("│┃║─━═┼╋╬├┣╠┤┫╣┬┳╦┴┻╩┌┏╔┐┓╗└┗╚┘┛╝", "|||---" + "+" * 27)


def _is_rule(row: str) -> bool:
    return "|" in row and "-" in row and set(row) <= set("-:|+ ")


def cells(row: str) -> list[str]:
    r"""The cells of a row of a table; `\|` is a bar within one."""
    inner = re.sub(r"\A\||(?<!\\)\|\Z", "", row.strip())
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]


_COMMENT: Final = re.compile(r"<!--(?:[^-]|-(?!->))*+(?:-->|\Z)")
_IMAGE: Final = re.compile(
    r"!\[[^\[\]]*+\]\([^()\s]*+\)|<img\b[^<>]*+>|</?(?:br|sup|sub|b|i|em|strong|p|details|summary|"
    r"code|span|div|font|small|u)\b[^<>]*+>"
)
_LINK: Final = re.compile(
    r"\[((?:[^\[\]]|\[[^\[\]]*+\])*+)\]\(\s?<?((?:[^\s()<>]|\([^\s()]*+\))++)>?"
    r"(?:\s[\"'][^\"'\n]*+[\"'])?\s?\)"
    r"|\[\[(https?://[^\[\]\s]++)\](?:\[([^\[\]\n]*+)\])?\]"
    r"|<a\s([^<>]*+)>([^<>]*+)</a>"
    r"|<?(https?://[^\s<>()\[\]{}\"'|]+(?<![.,;:]))>?"
)
_HREF: Final = re.compile(r"\bhref\s?=\s?[\"']?([^\s\"'<>]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a text."""

    text: str
    """What is shown; empty for a bare address."""

    url: str
    start: int
    """Where in the text it begins."""

    end: int


def links(text: str) -> list[Link]:
    """All links of a text, in any of the ways of Markdown, Org and HTML."""
    made = []
    for match in _LINK.finditer(text):
        shown, url, org, org_shown, attributes, anchor_shown, bare = match.groups()
        href = _HREF.search(attributes) if attributes else None
        address = url or org or bare or (href[1] if href else "")
        text_shown = plain(shown or org_shown or anchor_shown or "")
        made.append(Link(text_shown, address, *match.span()))
    return made


def without_images(text: str) -> str:
    """The text without pictures, line breaks and comments."""
    return _IMAGE.sub(" ", _COMMENT.sub("", text))


def plain(text: str) -> str:
    """The text without emphasis and code marks, in one line."""
    text = re.sub(r"\*{1,3}|__|~~|`|\\(?=[\[\]()*_|#])", "", text)
    return " ".join(re.sub(r"(?<!\w)_|_(?!\w)", "", text).split())
