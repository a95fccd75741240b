r"""TeX mathematics → what people type where there is none: `$O(n^2 \log n)$` → `O(n² log n)`.

For places that take plain text only: mail, the subject of a mail, a summary. What is not known
stays readable: a macro as its name, what is raised behind `^`, what is lowered behind `_`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from generator.text import segments
from generator.text.latex import greek

DEPTH_LIMIT: Final = 30
"""The deepest nesting that is resolved; deeper mathematics stays its source."""


def readable(text: str) -> str:
    """Return a text with its mathematics as plain Unicode; all else is as it was."""
    return "".join(
        _mathematics(part.text) if part.kind == "mathematics" else part.text
        for part in segments(text)
    )


def _mathematics(source: str) -> str:
    width = 2 if source.startswith(("$$", "\\")) else 1
    tex = source[width:-width]
    try:
        typed = _run(_TOKEN.finditer(tex), 0)
    except _TooDeepError:
        return source
    typed = _NEEDLESS.sub("", typed).replace(_MAYBE, " ")
    return unicodedata.normalize("NFC", " ".join(typed.split())) or source


_MAYBE: Final = "\ufdd0"
"""A space that is none beside a parenthesis; it stands in no text that was cleaned."""

_NEEDLESS: Final = re.compile(rf"(?<=\()[{_MAYBE} ]+|[{_MAYBE} ]+(?=\))|{_MAYBE} *(?=\()")
_TOKEN: Final = re.compile(r"\\(?P<name>[A-Za-z]+)\*?|\\(?P<sign>.)|(?P<space>\s+)|.", re.DOTALL)

_Tokens = Iterator[re.Match[str]]


class _TooDeepError(Exception):
    """The formula nests deeper than anyone reads."""


def _run(tokens: _Tokens, depth: int) -> str:
    """Everything up to the brace that closes, or to the end."""
    pieces = []
    for token in tokens:
        if token[0] == "}":
            break
        pieces.append(_one(token, tokens, depth))
    return "".join(pieces)


def _one(token: re.Match[str], tokens: _Tokens, depth: int) -> str:
    """What a token prints, with the arguments that it takes."""
    if depth > DEPTH_LIMIT:
        raise _TooDeepError
    piece = token[0]
    if piece == "{":
        return _run(tokens, depth + 1)
    if piece == "^":
        return _moved(_argument(tokens, depth), "^", _RAISED)
    if piece == "_":
        return _moved(_argument(tokens, depth), "_", _LOWERED)
    if token["name"]:
        return _macro(token["name"], tokens, depth)
    if token["sign"]:
        return "‖" if piece == r"\|" else token["sign"] if token["sign"] in "%&_#${}" else " "
    return " " if token["space"] or piece in "~&" else piece


def _argument(tokens: _Tokens, depth: int) -> str:
    """The group or the one token that comes next."""
    for token in tokens:
        if not token["space"]:
            return "" if token[0] == "}" else _one(token, tokens, depth + 1).strip(f" {_MAYBE}")
    return ""


def _macro(name: str, tokens: _Tokens, depth: int) -> str:
    if name in _FRACTIONS:
        above, below = _argument(tokens, depth), _argument(tokens, depth)
        return f"{_apart(above)}/{_apart(below)}"
    if name == "sqrt":
        return f"√{_apart(_argument(tokens, depth))}"
    if name in _ACCENTS:
        inside = _argument(tokens, depth)
        return inside[:1] + _ACCENTS[name] + inside[1:] if inside else ""
    if name == "mathbb":
        return "".join(_DOUBLE.get(letter, letter) for letter in _argument(tokens, depth))
    if name == "href":
        _argument(tokens, depth)
        return _argument(tokens, depth)
    if name in _FONTS:
        return _argument(tokens, depth)
    if name in _UNSEEN:
        return ""
    if name in _RELATIONS:
        return f" {_RELATIONS[name]} "
    return _SIGNS.get(name) or greek(name) or f"{_MAYBE}{name}{_MAYBE}"


def _moved(argument: str, mark: str, table: dict[str, str]) -> str:
    """Raised or lowered, by Unicode's own letters where it has all of them."""
    is_short = len(argument) == 1 or not any(character.isalpha() for character in argument)
    if argument and is_short and all(character in table for character in argument):
        return "".join(table[character] for character in argument)
    return f"{mark}{_apart(argument)}" if argument else ""


def _apart(argument: str) -> str:
    """An argument in parentheses, unless it is one word or number."""
    is_one = len(argument) == 1 or argument.replace(".", "").isalnum()
    return argument if is_one else f"({argument})"


_RAISED: Final = dict(
    zip(
        "0123456789+-−()′*∗∘abcdefghijklmnoprstuvwxyz",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾′**°ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        strict=True,
    )
)
_LOWERED: Final = dict(
    zip("0123456789+-−()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
_DOUBLE: Final = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))
_ACCENTS: Final = {
    **{"hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303"},
    **{"bar": "\u0304", "overline": "\u0304", "dot": "\u0307", "ddot": "\u0308", "vec": "\u20d7"},
}
_FRACTIONS: Final = {"frac", "dfrac", "tfrac", "nicefrac"}
_FONT_NAMES: Final = (
    "text textbf textit textrm texttt textsf textsc emph mbox operatorname mathcal mathrm mathbf"
    " mathit mathsf mathtt mathfrak mathscr boldsymbol bm underline"
)
_UNSEEN_NAMES: Final = (
    "left right big Big bigl bigr Bigl Bigr bigg Bigg middle displaystyle textstyle limits nolimits"
    " rm bf it cal"
)
_FONTS: Final = frozenset(_FONT_NAMES.split())
_UNSEEN: Final = frozenset(_UNSEEN_NAMES.split())
_RELATIONS: Final = {
    **{"le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈"},
    **{"simeq": "≃", "cong": "≅", "equiv": "≡", "propto": "∝", "ll": "≪", "gg": "≫", "in": "∈"},
    **{"notin": "∉", "subset": "⊂", "subseteq": "⊆", "cup": "∪", "cap": "∩", "mid": "|"},
    **{"to": "→", "rightarrow": "→", "Rightarrow": "⇒", "leftarrow": "←", "mapsto": "↦"},
    **{"lesssim": "≲", "gtrsim": "≳", "leqslant": "≤", "geqslant": "≥", "lt": "<", "gt": ">"},
}
_SIGNS: Final = {
    **{"times": "×", "cdot": "·", "pm": "±", "mp": "∓", "sim": "∼", "infty": "∞", "circ": "∘"},
    **{"ldots": "…", "dots": "…", "cdots": "…", "ell": "ℓ", "partial": "∂", "nabla": "∇"},
    **{"sum": "∑", "prod": "∏", "int": "∫", "forall": "∀", "exists": "∃", "emptyset": "∅"},
    **{"ast": "*", "star": "*", "prime": "′", "dagger": "†", "otimes": "⊗", "oplus": "⊕"},
    **{"lVert": "‖", "rVert": "‖", "Vert": "‖", "lvert": "|", "rvert": "|", "vert": "|"},
    **{"langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉"},
    **{"varepsilon": "ε", "varphi": "φ", "hbar": "ℏ", "degree": "°", "percent": "%"},
    **{"quad": " ", "qquad": " ", "perp": "⊥", "setminus": "∖", "backslash": "\\"},
}
