"""What formatted references have in common: a line of HTML each, as the CSL styles have it.

All text in them is escaped, mathematics is MathML, and `<i>` is the only other element.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from generator.exports.citations import names
from generator.exports.citations.names import Name
from generator.model.papers import Paper
from generator.text import inline, preformatted


@lru_cache(maxsize=8)
def title(title: str) -> str:
    """A title as HTML."""
    return inline(title, links=False)


def stop(before: str) -> str:
    """The full stop behind a text or its HTML, unless it ends in a mark of its own."""
    return "" if before.endswith(_ENDS) else "."


_ENDS: Final = (".", "?", "!", preformatted("."), preformatted("?"), preformatted("!"))


def noted(text: str, paper: Paper) -> str:
    """A reference that says that its paper was withdrawn, which the style itself would not."""
    return f"{text} ({paper.withdrawn.capitalize()})" if paper.withdrawn else text


@lru_cache(maxsize=1 << 16)
def initialled(name: Name) -> str:
    """`A. van den Oord`, `J.-P. Smith Jr.`"""
    return joined(" ", names.initials(name.given), name.family, name.suffix)


def joined(between: str, *parts: str) -> str:
    """The parts that there are, as HTML."""
    return between.join([html(part) for part in parts if part])


html: Final = lru_cache(maxsize=1 << 16)(preformatted)  # names and initials come again and again


def listed(shown: list[str], word: str, *, comma: bool = False) -> str:
    """`A`, `A and B`, `A, B, and C`; with `comma` also `A, & B`."""
    if len(shown) < 2:
        return "".join(shown)
    mark = "," if comma or len(shown) > 2 else ""
    return f"{', '.join(shown[:-1])}{mark} {word} {shown[-1]}"


def edition(text: str) -> str:
    """`2nd ed.` of `2`, `Revised edition` of what is no number."""
    if not text.isdecimal() or not text.isascii():
        return html(text)
    tens, ones = divmod(int(text[-2:]), 10)
    ending = "th" if tens == 1 else {1: "st", 2: "nd", 3: "rd"}.get(ones, "th")
    return f"{text}{ending} ed."


def numbered(pages: str, one: str, several: str) -> str:
    """`pp. 1–20`, `p. 7`: pages with the word before them."""
    is_range = "–" in pages or "," in pages
    return f"{several if is_range else one} {html(pages)}" if pages else ""
