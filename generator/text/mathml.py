r"""TeX mathematics → MathML that is safe to put into any page.

`text.inline` calls this for every formula. The converter (`math_core`) is fast and strict, but what
goes in is foreign, so what comes out is not trusted: it is parsed as XML and written again from a
list of known elements and attributes. Nothing else can reach a page, whatever the TeX says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from typing import Final
from xml.parsers import expat

from math_core import LatexToMathML

LENGTH_LIMIT: Final = 2_000
"""The longest TeX source that is tried; real formulas in abstracts stay below 500 characters."""

OUTPUT_LIMIT: Final = 40_000
"""The longest MathML that is kept: two thousand primes make one hundred thousand characters."""

BRACKET_LIMIT: Final = 16
"""The most brackets that are opened. One that is never closed doubles the time that the converter
takes; real formulas in abstracts open fewer than ten."""

DEPTH_LIMIT: Final = 100
"""The deepest nesting that is kept; browsers give up on a page at about 500 elements."""

_ELEMENT_NAMES: Final = (
    "mi mn mo ms mtext mspace mrow mfrac msqrt mroot msub msup msubsup munder mover munderover"
    " mmultiscripts mprescripts mtable mtr mtd mpadded mphantom mstyle"
)
_ATTRIBUTE_NAMES: Final = (
    "accent accentunder columnalign depth displaystyle fence form height largeop linethickness"
    " lspace mathvariant maxsize minsize movablelimits rspace scriptlevel separator stretchy"
    " symmetric voffset width"
)
ELEMENTS: Final = frozenset(_ELEMENT_NAMES.split())
ATTRIBUTES: Final = frozenset(_ATTRIBUTE_NAMES.split())
# A word or a short length: no address, no style, and no gap that pushes the page aside.
_VALUE: Final = re.compile(r"[a-z]{1,12}(?: [a-z]{1,12}){0,20}|[+-]?\d{0,2}(?:\.\d{1,8})?(?:em|%)?")
# The five that XML knows itself stay; the converter also writes `&ApplyFunction;` and the like.
_HTML_ENTITY: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)\w+;")

# Functions and abbreviations that authors define for themselves so often that everybody knows them.
_OPERATORS: Final = "poly polylog opt rank diag sign sgn tr Tr supp dist vol conv span softmax KL"
_MACROS: Final = {
    **{name: rf"\operatorname{{{name}}}" for name in _OPERATORS.split()},
    **{"argmin": r"\operatorname*{arg\,min}", "argmax": r"\operatorname*{arg\,max}"},
    **{"eps": r"\epsilon", "Tilde": r"\tilde", "mbox": r"\text", "nicefrac": r"\frac"},
    **{"dotsc": r"\ldots", "R": r"\mathbb{R}", "RR": r"\mathbb{R}", "E": r"\mathbb{E}"},
}
_CONVERTER: Final = LatexToMathML(
    fancy_error=False, allow_unreliable_rendering=True, macros=_MACROS, max_expansions=200
)


@lru_cache(maxsize=4096)
def mathml(
    source: str, display: bool, escape: Callable[[str], str], *, is_annotated: bool = True
) -> str | None:
    r"""Return `<math>…</math>` for TeX without its dollars, or `None` where it does not parse.

    Args:
        source: the TeX.
        display: whether it stands alone.
        escape: writes the text between the tags; what from is the page's business.
        is_annotated: whether the source travels inside, so that it can be copied and searched for.
    """
    if not source.strip() or len(source) > LENGTH_LIMIT or _brackets(source) > BRACKET_LIMIT:
        return None
    try:
        body = _CONVERTER.convert_with_local_state(source, displaystyle=display)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the Rust code is not an `Exception`; it is a bad formula too
        return None
    if len(body) > OUTPUT_LIMIT:
        return None
    return _Sanitizer(source if is_annotated else "", display, escape).run(body)


_OPENING: Final = re.compile(
    r"\\(?:l+(?:angle|brace|brack|bracket|ceil|floor|group|moustache|paren|vert)|[ul]lcorner"
    r"|bigg?l|mathopen)(?![A-Za-z])",
    re.IGNORECASE,
)


def _brackets(source: str) -> int:
    """How many brackets a formula opens; those of its groups are none."""
    signs = source.replace("\\{", "(").replace("{", "")
    opened = sum(unicodedata.category(sign) == "Ps" for sign in signs)
    return opened + len(_OPENING.findall(source))


class _Sanitizer:
    """Writes a MathML document again, element by element, from what is known to be harmless."""

    def __init__(self, source: str, display: bool, escape: Callable[[str], str]) -> None:
        self.source = source
        self.display = display
        self.escape = escape
        self.pieces: list[str] = []
        self.depth = 0

    def run(self, document: str) -> str | None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(_HTML_ENTITY.sub(lambda match: unescape(match[0]), document), True)
        except (expat.ExpatError, _TooDeepError):
            return None
        return "".join(self.pieces)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise _TooDeepError
        if self.depth == 1:
            # Ours, whatever the converter wrote: one row, which the annotation belongs to.
            block = ' display="block"' if self.display else ""
            self.pieces.append(f"<math{block}>{'<semantics><mrow>' if self.source else ''}")
        elif name in ELEMENTS:
            allowed = "".join(
                f' {key}="{value}"'
                for key, value in sorted(attributes.items())
                if key in ATTRIBUTES and _VALUE.fullmatch(value)
            )
            self.pieces.append(f"<{name}{allowed}>")

    def _end(self, name: str) -> None:
        self.depth -= 1
        if self.depth == 0:
            if self.source:
                source = self.escape(self.source)
                note = f'<annotation encoding="application/x-tex">{source}</annotation>'
                self.pieces.append(f"</mrow>{note}</semantics>")
            self.pieces.append("</math>")
        elif name in ELEMENTS:
            self.pieces.append(f"</{name}>")

    def _text(self, data: str) -> None:
        self.pieces.append(self.escape(data))


class _TooDeepError(Exception):
    """The formula nests deeper than a page can carry."""
