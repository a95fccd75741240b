r"""Unicode → TeX: `Łukasz & Ünal` → `{\L}ukasz \& {\"U}nal`, for BibTeX and biber.

What LaTeX has in its own encodings (OT1, T1, TS1) and in mathematics becomes ASCII. Letters of
other scripts (Chinese, Cyrillic, Arabic) and pictures have no such form and stay as they are, in
UTF-8: BibTeX passes them on, and the document needs a package or an engine that has their glyphs.
Every brace has its partner, whatever the text holds.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from generator.text import Segment, inline, segments

_ESCAPES: Final = {
    **{sign: f"\\{sign}" for sign in "$&#%_"},
    **{"\\": r"{\textbackslash}", "~": r"{\textasciitilde}", "^": r"{\textasciicircum}"},
    **{"<": r"{\textless}", ">": r"{\textgreater}", "|": r"{\textbar}"},
    **{"`": r"{\textasciigrave}", "''": "'{}'", "--": "-{}-", "---": "-{}-{}-"},
}
_MARKS: Final = {
    **{"\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0307": "."},
    **{"\u0308": '"', "\u0306": "u", "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d"},
    **{"\u0327": "c", "\u0328": "k", "\u0331": "b", "\u0326": "textcommabelow"},
}
_LETTERS: Final = {
    **{"ß": "ss", "ẞ": "SS", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "AE"},
    **{
        "œ": "oe",
        "Œ": "OE",
        "ı": "i",
        "ȷ": "j",
        "đ": "dj",
        "Đ": "DJ",
        "ð": "dh",
        "Ð": "DH",
        "þ": "th",
    },
    **{"Þ": "TH", "ŋ": "ng", "Ŋ": "NG"},
}
_SIGNS: Final = {
    **{"†": "dag", "‡": "ddag", "§": "S", "¶": "P", "©": "copyright", "®": "textregistered"},
    **{"™": "texttrademark", "°": "textdegree", "€": "texteuro", "£": "pounds", "¥": "textyen"},
    **{"¢": "textcent", "¤": "textcurrency", "•": "textbullet", "·": "textperiodcentered"},
    **{"…": "ldots", "¿": "textquestiondown", "¡": "textexclamdown", "¦": "textbrokenbar"},
    **{"«": "guillemotleft", "»": "guillemotright", "‹": "guilsinglleft", "›": "guilsinglright"},
    **{"„": "quotedblbase", "‚": "quotesinglbase", "№": "textnumero", "‰": "textperthousand"},
    **{"´": "textasciiacute", "¨": "textasciidieresis", "¯": "textasciimacron", "¬": "textlnot"},
}
_GREEK: Final = {
    chr(place): name
    for start, names in (
        (0x3B1, "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi"),
        (0x3C0, "pi rho varsigma sigma tau upsilon varphi chi psi omega"),
        (0x393, "Gamma Delta"),
        (0x398, "Theta"),
        (0x39B, "Lambda"),
        (0x39E, "Xi"),
        (0x3A0, "Pi"),
        (0x3A3, "Sigma"),
        (0x3A5, "Upsilon Phi"),
        (0x3A8, "Psi Omega"),
        (0x3D1, "vartheta"),
        (0x3D5, "phi"),
        (0x3F5, "epsilon"),
    )
    for place, name in enumerate(names.split(), start)
}
_MATHEMATICS: Final = _GREEK | {
    **{"∞": "infty", "≤": "leq", "≥": "geq", "≠": "neq", "≈": "approx", "∼": "sim", "±": "pm"},
    **{"×": "times", "÷": "div", "→": "rightarrow", "←": "leftarrow", "↔": "leftrightarrow"},
    **{"⇒": "Rightarrow", "⇔": "Leftrightarrow", "↦": "mapsto", "↑": "uparrow", "↓": "downarrow"},
    **{"∈": "in", "∉": "notin", "∀": "forall", "∃": "exists", "∇": "nabla", "∂": "partial"},
    **{"∑": "sum", "∏": "prod", "√": "surd", "∗": "ast", "∘": "circ", "⊕": "oplus"},
    **{"⊗": "otimes", "∩": "cap", "∪": "cup", "⊂": "subset", "⊆": "subseteq", "∅": "emptyset"},
    **{"ℓ": "ell", "∫": "int", "∝": "propto", "≡": "equiv", "⟨": "langle", "⟩": "rangle"},
    **{"⋆": "star", "★": "star", "♯": "sharp", "♭": "flat", "∥": "parallel", "⊥": "perp"},
    **{"∧": "wedge", "∨": "vee", "⋅": "cdot", "≪": "ll", "≫": "gg", "≅": "cong", "≃": "simeq"},
}
_FORMS: Final = {
    **{sign: f"{{\\{name}}}" for sign, name in (_LETTERS | _SIGNS).items()},
    **{sign: f"\\ensuremath{{\\{name}}}" for sign, name in _MATHEMATICS.items()},
    **{"−": r"\ensuremath{-}", "’": "'", "‘": "`", "“": "``", "”": "''", "′": "'", "″": "''"},
    **{"–": "--", "‒": "--", "—": "---", "―": "---", "‐": "-", "‑": "-", "\xa0": "~", "⁄": "/"},
}
_RAISED: Final = {"<super>": r"\textsuperscript", "<sub>": r"\textsubscript"}

_MARK: Final = "[\u0300-\u036f]"
_SPECIAL_ASCII: Final = r"[\\$&#%_~^<>|`{}]|-{2,3}|''"
_GREEK_WORD: Final = "[\u0370-\u03ff\u1f00-\u1fff]{3,}"  # no symbols of mathematics
_SPECIAL: Final = re.compile(_SPECIAL_ASCII)
_SPECIAL_OR_FOREIGN: Final = re.compile(
    rf"{_SPECIAL_ASCII}|{_GREEK_WORD}|[^\x00-\x7f]{_MARK}*|[A-Za-z]{_MARK}+"
)


def escape(text: str, *, unicode: bool) -> str:
    """Text as TeX prints it.

    Args:
        text: without mathematics.
        unicode: whether other characters than those of ASCII stay as they are.
    """
    return _escaped(text, unicode or text.isascii(), _balanced(text))


def _escaped(text: str, unicode: bool, balanced: bool) -> str:
    pattern = _SPECIAL
    if not unicode and not text.isascii():
        text = unicodedata.normalize("NFC", text)
        pattern = _SPECIAL_OR_FOREIGN
    return pattern.sub(lambda match: _form(match[0], balanced), text)


@lru_cache(maxsize=1 << 14)
def _form(found: str, balanced: bool) -> str:
    if found in "{}":
        # BibTeX counts braces, also those behind a backslash.
        name = "left" if found == "{" else "right"
        return f"\\{found}" if balanced else f"{{\\textbrace{name}}}"
    if found in _ESCAPES:
        return _ESCAPES[found]
    if found in _FORMS:
        return _FORMS[found]
    if len(found) > 2 and found[2] > "\u036f":  # a word of Greek
        return found
    decomposed = unicodedata.normalize("NFD", found)
    base, marks = decomposed[0], decomposed[1:]
    if marks and all(mark in _MARKS for mark in marks) and (base.isascii() or base in _LETTERS):
        return _accented(base, marks)
    if unicodedata.category(base) == "Cf" or base == "\ufffc":
        return ""
    kind, _, _ = unicodedata.decomposition(base).rpartition(">")
    plain = unicodedata.normalize("NFKD", found)
    if (
        marks
        or not kind
        or any(character not in _FORMS and character > "\x7f" for character in plain)
    ):
        return found
    written = escape(plain, unicode=False)
    raised = _RAISED.get(f"{kind}>")
    return f"{raised}{{{written}}}" if raised else written


def _accented(base: str, marks: str) -> str:
    r"""`o` and a diaeresis → `{\"o}`; with a caron `{\v{o}}`; a second accent goes around it."""
    inner = f"\\{_LETTERS[base]}" if base in _LETTERS else base
    for mark in marks:
        name = _MARKS[mark]
        alone = len(inner) == 1 and not name.isalpha()
        inner = f"\\{name}{inner}" if alone else f"\\{name}{{{inner}}}"
    return f"{{{inner}}}"


def _balanced(text: str) -> bool:
    if "{" not in text and "}" not in text:
        return True
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


# A word as far as hyphens: `GPT-4` has two. Dots and apostrophes inside belong to it.
_WORD: Final = re.compile(r"[^\W_](?:[\w.'’]*[^\W_])?(?:\+)*")
_LONG_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_BEFORE_START: Final = (": ", ". ", "? ", "! ", "– ", "— ")


def title(text: str, *, unicode: bool) -> str:
    """A title, with braces around the words whose capitals have to stay.

    Those are words with a capital inside (`BERT`, `mRNA`, `3D`), single capitals and, where half of
    the words begin small, words that do not. Mathematics stays as it is, in braces, if the site can
    draw it; else it is text.
    """
    return _title(text, unicode or text.isascii())


@lru_cache(maxsize=8)
def _title(text: str, unicode: bool) -> str:
    parts = [_part(part) for part in segments(text)]
    plain = " ".join(part.text for part in parts if part.kind != "mathematics")
    balanced = _balanced(plain)
    names_stand_out = _is_sentence(plain)
    pieces = []
    for place, part in enumerate(parts):
        if part.kind == "mathematics":
            pieces.append("{" + (part.text if unicode else _ascii_mathematics(part.text)) + "}")
        elif part.kind == "address":
            pieces.append("{" + _escaped(part.text, unicode, balanced) + "}")
        else:
            pieces.append(_words(part.text, unicode, balanced, names_stand_out, place == 0))
    return "".join(pieces)


def _words(text: str, unicode: bool, balanced: bool, names_stand_out: bool, first: bool) -> str:
    pieces = []
    end = 0
    for match in _WORD.finditer(text):
        word, start = match[0], match.start()
        rest = word[1:]
        if word.islower() or (not names_stand_out and rest.islower() and rest.isalpha()):
            continue
        begins = (first and not text[:start].strip("“‘\"'([¿¡ ")) or (
            text[start - 2 : start] in _BEFORE_START
        )
        if _keeps_case(word, begins, names_stand_out):
            pieces.append(_escaped(text[end:start], unicode, balanced))
            pieces.append("{" + _escaped(word, unicode, balanced) + "}")
            end = match.end()
    pieces.append(_escaped(text[end:], unicode, balanced))
    return "".join(pieces)


def _keeps_case(word: str, begins: bool, names_stand_out: bool) -> bool:
    rest = word[1:]
    if rest != rest.lower():
        return True
    if word[0] == word[0].lower():
        return False
    if not rest:
        return word != "A" or not begins
    return (names_stand_out and not begins) or any(map(str.isdigit, rest))


def _is_sentence(text: str) -> bool:
    """Whether half of the words begin small, so that a capital says something."""
    words: list[str] = _LONG_WORD.findall(text)[1:]
    return 0 < len(words) <= 2 * sum(map(str.islower, words))


def _part(part: Segment) -> Segment:
    """Mathematics for LaTeX, or text where it is none."""
    if part.kind != "mathematics":
        return part
    inside = _mathematics(part.text)
    return Segment("mathematics", inside) if inside else Segment("text", part.text)


@lru_cache(maxsize=1 << 10)
def _mathematics(source: str) -> str:
    """Mathematics within a line, safe in a field; empty if it is not mathematics after all."""
    if "<math" not in inline(source) or _NOT_LATEX.search(source):
        return ""
    width = 2 if source.startswith(("$$", "\\")) else 1
    inside = re.sub(r"(?<!\\)([%#])", r"\\\1", source[width:-width].strip())
    if "\\begin" not in inside:
        inside = re.sub(r"(?<!\\)&", r"\\&", inside)
    if not _balanced(inside):
        inside = inside.replace(r"\{", r"\lbrace ").replace(r"\}", r"\rbrace ")
    return f"${inside}$" if _balanced(inside) else ""


# What the site draws and LaTeX with AMS's packages does not know, or what would define something.
_NOT_LATEX: Final = re.compile(
    r"\\(?:eps|RR?|E|arg(?:min|max)|nicefrac|poly|polylog|opt|rank|diag|sign|sgn|[tT]r|supp|dist|vol"
    r"|conv|span|softmax|KL|bm|color|textcolor|[egx]?def|let|(?:re)?newcommand|providecommand"
    r"|DeclareMathOperator)(?![A-Za-z])"
)


def _ascii_mathematics(source: str) -> str:
    return _FOREIGN.sub(_in_mathematics, unicodedata.normalize("NFC", source))


_FOREIGN: Final = re.compile(rf"[^\x00-\x7f]{_MARK}*|[A-Za-z]{_MARK}+")


def _in_mathematics(match: re.Match[str]) -> str:
    form = _form(match[0], True)
    return form if match[0] in _MATHEMATICS or match[0] == "−" else f"\\mbox{{{form}}}"
