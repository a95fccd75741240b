r"""LaTeX in running text → Unicode: `na\"ively` → `naïvely`, ``` ``X'' ``` → `“X”`, `\%` → `%`.

`text.clean` calls this with text whose mathematics is set apart. It resolves what abstracts really
hold and leaves all else as it stands: a converter for whole documents would take `%` for a comment,
`~` for a space and `--` for a dash, and none of that is true of an abstract.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from string import ascii_letters
from typing import Final

# Accents are their combining marks; Unicode composes them, so there is no table of letters here.
_MARKS: Final = {
    **{"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307"},
    **{'"': "\u0308", "u": "\u0306", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323"},
    **{"c": "\u0327", "k": "\u0328", "b": "\u0331"},
}
# Those of the package textcomp, which reference managers write for what they find in Unicode.
_TEXTCOMP: Final = (
    "exclamdown¡ questiondown¿ cent¢ yen¥ currency¤ florinƒ dong₫ won₩ naira₦ peso₱ lira₤ baht฿"
    " brokenbar¦ section§ paragraph¶ asciidieresis¨ asciimacron¯ asciiacute´ ordfeminineª"
    " ordmasculineº lnot¬ onesuperior¹ twosuperior² threesuperior³ onequarter¼ onehalf½"
    " threequarters¾ periodcentered· div÷ surd√ minus− bardbl‖ asteriskcentered∗ dagger† daggerdbl‡"
    " perthousand‰ pertenthousand‱ fractionsolidus⁄ celsius℃ numero№ circledP℗ servicemark℠ ohmΩ"
    " mho℧ estimated℮ recipe℞ leftarrow← uparrow↑ rightarrow→ downarrow↓ langle〈 rangle〉"
    " openbullet◦ bigcircle◯ interrobang‽ referencemark※ musicalnote♪ visiblespace␣ prime′"
)
_GREEK: Final = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"),
    *("lamda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi"),
    *("chi", "psi", "omega"),
)
_SYMBOLS: Final = {
    **{f"text{word[:-1]}": word[-1] for word in _TEXTCOMP.split()},
    **{
        f"text{spelled}": unicodedata.lookup(f"GREEK {size} LETTER {name}")
        for name in _GREEK
        for size, spelling in (("SMALL", name), ("CAPITAL", name.title()))
        for spelled in (spelling, spelling.replace("amda", "ambda"))
    },
    **{"quotedblbase": "„", "quotesinglbase": "‚", "guillemotleft": "«", "guillemotright": "»"},
    **{"guilsinglleft": "‹", "guilsinglright": "›"},
    **{"ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "S": "§"},
    **{"ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "dj": "đ", "DJ": "Đ"},
    **{"dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "ng": "ŋ", "NG": "Ŋ", "dag": "†", "ddag": "‡"},
    **{"ldots": "…", "dots": "…", "textellipsis": "…", "copyright": "©", "pounds": "£"},
    **{"texttrademark": "™", "textregistered": "®", "textcopyright": "©", "textdegree": "°"},
    **{"textendash": "–", "textemdash": "—", "textbullet": "•", "textsterling": "£"},
    **{"textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_", "textbar": "|"},
    **{"textless": "<", "textgreater": ">", "texteuro": "€", "euro": "€", "textmu": "µ"},
    **{"textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“"},
    **{"textquotedblright": "”", "textquotesingle": "'", "textpm": "±", "texttimes": "×"},
}
_STYLES: Final = (
    "emph|text(?:bf|it|tt|sc|rm|sf|sl|md|up|normal|superscript|subscript)?|underline|uline|url|mbox"
)


def _letters(name: str) -> str:
    """The letters that an accent goes on: those for which Unicode has the two as one character."""
    # There are `ẅ` and `ẗ`, but `\"where` and `\"the` are quotes that some program escaped.
    candidates = "aeiouyAEIOUY" if name == '"' else ascii_letters
    composed = (unicodedata.normalize("NFC", letter + _MARKS[name]) for letter in candidates)
    return "".join(
        letter for letter, one in zip(candidates, composed, strict=True) if len(one) == 1
    )


_DOTLESS: Final = r"(?:\{\})?\\[ij](?![A-Za-z])"  # also as in `\`{}\i`
_BARE: Final = "|".join(
    rf"{re.escape(mark)}(?:[{_letters(mark)}]|{_DOTLESS})" for mark in _MARKS if not mark.isalpha()
)
_SPACED: Final = "|".join(
    rf"{mark}(?:\ [{_letters(mark)}]|\ ?{_DOTLESS})" for mark in _MARKS if mark.isalpha()
)
_BRACED: Final = (
    rf"[{re.escape(''.join(_MARKS))}]\{{(?:[^\W\d_]|{_DOTLESS}|\{{{_DOTLESS}\}})\}} | [~^\"]\{{\}}"
)
_TOKEN: Final = re.compile(
    rf"""
      (?P<style>\\(?:{_STYLES})\ ?\{{ | \\href\ ?\{{[^{{}}\\]{{0,500}}\}}\ ?\{{
        | \{{\\(?:em|it|bf|sc|tt|sl|rm|sf)\ )
    | (?P<wrap>\{{)?\\(?:
          (?P<accent>{_BARE} | {_SPACED} | {_BRACED})
        | (?P<symbol>{"|".join(_SYMBOLS)})(?![A-Za-z])(?:\{{\}})?
      )(?(wrap)\}})
    | \\(?P<escape>[%&_\#${{}}\ "'])
    | (?P<other>\\.)
    | `+ | '+  # taken as runs, so that three of them stay three
    | (?P<brace>[{{}}])
    """,
    re.VERBOSE | re.DOTALL,
)
# No dollar or backtick between, no space inside, no letter after: else it is an apostrophe.
_SINGLE: Final = re.compile(r"(?<![\w`\\])`(?=[^\s`'])[^`$]{1,200}?(?<![\s\\'])(')(?![\w'])")
# Some programs escape quotes: `isn\'t` and `\"over\"` hold no accents.
_CONTRACTION: Final = re.compile(r"(?<=[A-Za-z])\\'(?=(?:s|t|d|m|re|ve|ll)\b)")
_QUOTED: Final = re.compile(r'(?<![\w\\{])\\"([^"\\{}]{1,300})\\"(?![\w{])')


def resolve(parts: Iterable[tuple[bool, str]]) -> str:
    r"""Resolve LaTeX in the parts marked `True`, copy the others, and return all as one text.

    Braces may open in one part and close in another: `\emph{the $x$ axis}`.
    """
    pieces: list[str] = []
    opened: list[int | None] = []  # for every open brace the piece that goes away with it, if any
    for is_text, part in parts:
        if is_text and any(character in part for character in "\\`'{}"):
            _resolve_part(_QUOTED.sub(r'"\1"', _CONTRACTION.sub("'", part)), pieces, opened)
        else:
            pieces.append(part)
    return "".join(pieces)


def _resolve_part(part: str, pieces: list[str], opened: list[int | None]) -> None:
    closing: set[int] = set()  # where the partners of opening single quotes stand
    end = 0
    for match in _TOKEN.finditer(part):
        piece, start = match[0], match.start()
        pieces.append(part[end:start])
        end = match.end()
        if match["style"]:
            opened.append(len(pieces))
        elif piece == "{":
            opened.append(None)
        elif piece == "}" and opened:
            opener = opened.pop()
            if opener is not None:
                pieces[opener] = piece = ""
        elif match["accent"]:
            piece = _accented(match["accent"])
        elif match["symbol"]:
            piece = _SYMBOLS[match["symbol"]]
            if piece.isalpha() and part[end : end + 1] == " " and part[end + 1 : end + 2].isalpha():
                end += 1  # TeX ends the name of a macro at the space: `Stra\ss e`
        elif match["escape"]:
            piece = match["escape"]
        elif piece == "``":
            piece = "“"
        elif piece == "''" and part[end : end + 1] != "(":  # but `f''(x)` is a derivative
            piece = "”"
        elif piece == "`" and (quote := _SINGLE.match(part, start)):
            piece = "‘"
            closing.add(quote.start(1))
        elif piece == "'" and start in closing:
            piece = "’"
        pieces.append(piece)
    pieces.append(part[end:])


def _accented(accent: str) -> str:
    r"""`"i`, `"{\i}`, `c c` → the accented letter; `~{}` → the accent by itself."""
    mark, letter = accent[0], accent[1:].strip(" {}\\")
    return unicodedata.normalize("NFC", letter + _MARKS[mark]) if letter else mark


_ADDRESS: Final = re.compile(
    r"\\href\s*\{([^{}]{0,2000})\}\s*\{([^{}]{0,2000})\}|\\(?:url|path|nolinkurl)\s*\{([^{}]{0,2000})\}"
)
# Places for signs that are meant as they stand, in no text that was cleaned.
_KEPT: Final = {"{": "\ufdd0", "}": "\ufdd1", "~": "\ufdd2", "-": "\ufdd3", "\\": "\ufdd4"}
_DASH: Final = re.compile(r"(?<!-)(-{2,3})(?!-)")
_MACRO: Final = re.compile(
    r"(?P<line>\\\\)|\\(?P<name>[A-Za-z]+)\*?(?P<space>\s*)|\\(?P<sign>[ ,;:!/@-])|[{}]"
)
_MATHS: Final = re.compile(r"(?<![\\$])\$(?!\$)([^$]{1,2000})(?<!\\)\$(?!\$)(\d*)")
_ENSURED: Final = re.compile(r"\\ensuremath\s*\{((?:[^{}$]|\{[^{}$]{0,200}\}){0,500})\}")
# `\texorpdfstring{$\pi$}{pi}` prints the first, and has the other for a list of contents.
_FOR_BOOKMARKS: Final = re.compile(
    r"\\texorpdfstring\s*\{((?:[^{}]|\{[^{}]{0,200}\}){0,500})\}"
    r"\s*\{(?:[^{}]|\{[^{}]{0,200}\}){0,500}\}"
)
# A tag of HTML as Zotero writes it: `{$<$}i{$>$}`.
_TAG: Final = re.compile(
    r"\{?\$<\$\}?(/?(?:i|b|u|em|strong|su[bp]|sc|tt|span|p|jats:\w{1,20})(?:\s[^${}]{0,80})?)"
    r"\{?\$>\$\}?"
)
_CHARACTER: Final = re.compile(
    r"\\char\s*`\\(?:\\(?=[A-Za-z])|([{}%~#&_$]))|\\bs(?![A-Za-z])\s?(?=[A-Za-z])"
)
# What is measured, or sorted or coloured by, and not printed.
_UNSEEN: Final = re.compile(
    r"\\(?:kern|mkern|hskip|vskip|raise|lower)\s*[+-]?\s*[\d.]+\s*(?:e[mx]|p[tc]|[cm]m|in|sp|bp|mu)\s?"
    r"|\\(?:noopsort|textcolor|color|foreignlanguage|selectlanguage|[hv]space\*?|label|begin|end)"
    r"\s*\{[^{}]{0,200}\}"
)
_SIGNS: Final = {
    **{"Dash": "—", "dash": "–", "slash": "/", "hyphen": "-", "thinspace": " ", "quad": " "},
    **{"par": " ", "newline": " ", "linebreak": " ", "item": " ", "space": " ", "qquad": " "},
    **{"guillemotleft": "«", "guillemotright": "»", "textexclamdown": "¡", "sim": "∼"},
    **{"textquestiondown": "¿", "glqq": "„", "grqq": "“", "times": "×", "cdot": "·", "infty": "∞"},
    **{"textbraceleft": "{", "textbraceright": "}", "textdollar": "$"},
    **{"textquotedbl": '"', "textquotestraightdblbase": "„", "textquotestraightbase": "‚"},
    **{"pm": "±", "to": "→", "leq": "≤", "geq": "≥", "lambda": "λ", "Lambda": "Λ"},
}
"""What macros print outside of mathematics, for which they are meant or not."""
_SIZES: Final = ("Large", "LARGE", "Huge", "HUGE")


def addressed(text: str) -> str:
    r"""Text with the addresses of `\url` and `\href` in it as they are; `bare` finishes them.

    Its mathematics becomes such as is told from money in any text: `$ x^2 $3` → `$x^2 3$`.
    """
    text = _TAG.sub(r"<\1>", _FOR_BOOKMARKS.sub(r"\1", text))
    text = _ENSURED.sub(r"$\1$", _ADDRESS.sub(_kept_address, text))
    return _MATHS.sub(_mathematics, text)


def _mathematics(match: re.Match[str]) -> str:
    inside, digits = match[1].strip(), match[2]
    if not inside or not any(sign in inside for sign in "\\^_"):
        return match[0]
    return f"${inside}{' ' if digits else ''}{digits}$"


def plain(text: str) -> str:
    """Text that is TeX, with its ties and dashes as characters; for `resolve`."""
    text = _CHARACTER.sub(_character, _UNSEEN.sub("", text))
    text = text.replace("\\{", _KEPT["{"]).replace("\\}", _KEPT["}"])
    text = re.sub(r"(?<!\\)~|\\nobreakspace(?:\{\}|(?![A-Za-z])\s?)", " ", text)
    return _DASH.sub(lambda match: "–" if len(match[1]) == 2 else "—", text)


def bare(text: str) -> str:
    r"""What `resolve` left of it, without grouping braces and macros that are not known.

    The name of a logo is what it prints: `\LaTeX`, `\BibTeX`.
    """
    text = _MACRO.sub(_printed, text)
    for character, place in _KEPT.items():
        text = text.replace(place, character)
    return text


def _character(match: re.Match[str]) -> str:
    character = match[1] or "\\"
    return _KEPT.get(character, character)


def _kept_address(match: re.Match[str]) -> str:
    address, text, alone = match.groups()
    address = re.sub(r"\\([_%#&~{}])", r"\1", address or alone or "")
    for character, place in _KEPT.items():
        address = address.replace(character, place)
    return f"{text} ({address})" if text and text.strip() != address.strip() else address


def _printed(match: re.Match[str]) -> str:
    name = match["name"]
    if name:
        sign = _SIGNS.get(name) or greek(name)
        if sign:
            return sign
        return name + match["space"] if name[0].isupper() and name not in _SIZES else ""
    return " " if match["line"] or (match["sign"] and match["sign"] in " ,;:") else ""


def greek(name: str) -> str:
    """The letter of a macro, `α` of `alpha`, `Γ` of `Gamma`; empty for other macros."""
    if not name[1:].islower():
        return ""
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {name.removeprefix('var')}")
    except KeyError:
        return ""
