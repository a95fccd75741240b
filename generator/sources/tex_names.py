"""From a field of BibTeX with names to authors; BibTeX and formats of its kind share it.

The rules are those of https://mirrors.ctan.org/info/bibtex/tamethebeast/ttb_en.pdf, section 11.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bibtexparser.middlewares import names as bibtex_names

from generator.model.papers import Author
from generator.sources import names
from generator.sources.references import group
from generator.text import untex

_TILDE: Final = re.compile(r"\\~\s*(\{[^{}]*\}|\\[ij](?![A-Za-z])|[A-Za-z])")
_LETTER: Final = re.compile(
    r"(?<!\{)\\(o|O|l|L|ss|i|j|ae|AE|oe|OE|aa|AA|dj|DJ|dh|DH|th|TH)\s+(?=[A-Za-z])"
)
_NOTE: Final = re.compile(
    r"\\(?:thanks|footnote(?:mark)?|textsuperscript|inst|email|orcid(?:link|ID)?)\s*"
    r"(?:\[[^\[\]{}]{0,60}\])?\s*(?:\{[^{}]{0,300}\})?"
)
_ETC: Final = re.compile(r"[ ,]+et\.? al\.?$", re.IGNORECASE)
_APART: Final = re.compile(
    r"\\?[{}]|(?P<and>(?<= )and(?= |$)|^and(?= ))|(?P<comma>,)|;", re.IGNORECASE
)
_AMPERSAND: Final = re.compile(r"(?<=\w)[.}]? \\?& (?=\w)")


def _is_braced(name: str) -> bool:
    """Whether one pair of braces holds all of a name, unlike `{Lovelace}, {Ada}`."""
    depth = 0
    for place, letter in enumerate(name):
        depth += (letter == "{") - (letter == "}")
        if depth == 0:
            return place == len(name) - 1 and place > 0
    return False


def people(text: str) -> Iterator[Author | None]:
    """The authors in a field `author` or `editor`, as TeX: `Byron, Ada and {Ant Society, Berlin}`.

    Names are parted by `and`. Where people wrote semicolons, ampersands or commas in its place, and
    no single name can be meant, these part them.
    """
    for name in _split(_NOTE.sub("", " ".join(names.parted(text).split()))):
        name = _ETC.sub("", name)
        if "=" in name:  # BibLaTeX: `family=Byron, given=Ada`
            parts = dict(part.split("=", 1) for part in name.split(",") if "=" in part)
            said = {key.strip(): untex(value).strip() for key, value in parts.items()}
            family = f"{said.get('prefix', '')} {said.get('family', '')}".strip()
            yield names.author(f"{said.get('given', '')} {family}".strip(), family=family)
            continue
        if _is_braced(name):  # a group: its commas turn nothing round
            yield group(_plain(name))
            continue
        read = _plain(name)
        if names.is_whole(read) or name.count("{") != name.count("}"):
            yield names.author(read)
            continue
        try:
            # Else its `~`, or the space that ends a macro, would divide the name.
            whole = _TILDE.sub(r"{\\~\1}", _LETTER.sub(r"{\\\1}", name))
            parsed = bibtex_names.parse_single_name_into_parts(whole, strict=False)
        except bibtex_names.InvalidNameError:
            yield names.author(read)
            continue
        family = _plain(" ".join([*parsed.von, *parsed.last]))
        given, junior = _plain(" ".join(parsed.first)), _plain(" ".join(parsed.jr))
        full = f"{given} {family}".replace(",", " ").strip()
        yield names.author(f"{full}, {junior}" if junior else full, family=family if given else "")


_SEVERAL_WORDS: Final = re.compile(r"[A-Z]\S+(?: [A-Z]\S+)+")


def doubtful(text: str) -> str:
    """A field that may name one person or two, `Nora Marsh, Otto Berg`; empty where it is clear."""
    pieces = _cut(" ".join(text.split()), ",") if text.count(",") == 1 else []
    is_pair = len(pieces) == 2 and all(map(_SEVERAL_WORDS.fullmatch, pieces))
    alone = is_pair and len(_cut(text, "and")) == 1 and not names.is_whole(_plain(text))
    return text if alone and len(_split(text)) == 1 else ""


def _plain(name: str) -> str:
    """A name as TeX prints it; a brace is part of none."""
    return untex(name).replace("{", "").replace("}", "")


def _split(text: str) -> list[str]:
    """The names of a field, which `and` parts; or what people write in its place."""
    people: list[str] = []
    parts = _cut(text, "and")
    for name in parts:
        # A reference such as `&#233;` ends in a semicolon too.
        for part in _cut(name, ";") if ";" in name and "&" not in name else [name]:
            pair = _AMPERSAND.split(part)
            alone = len(pair) < 2 or not all(re.search(r"[ ,]", each) for each in pair)
            for each in [part] if alone else pair:
                is_one = "," not in each or "=" in each or _is_braced(each)
                pieces = [each] if is_one else _cut(each, ",")
                if _is_list(each, pieces, parts):
                    people += pieces
                else:
                    people += names.listed(pieces) if len(pieces) > 1 else [each]
    return people


def _is_list(name: str, pieces: list[str], parts: list[str]) -> bool:
    """Whether commas part the names before an `and`: `A. Marsh, Otto Berg, and Ida Lee`.

    A family name begins with no initial; and who turns one name round turns round the last.
    """
    if len(pieces) < 2 or not all(" " in piece for piece in pieces):
        return False
    is_first = len(parts) > 1 and name == parts[0] and " " in parts[-1]
    turned = sum("," in part.rstrip(",") for part in parts)
    return bool(
        name.endswith(",")
        or re.match(r"[A-Z]\. ", name)
        or (is_first and turned == 1 and "," not in parts[-1])
    )


def _cut(text: str, mark: str) -> list[str]:
    r"""The parts between marks that stand in no braces; BibTeX counts `\{` as one."""
    parts: list[str] = []
    depth = start = 0
    for match in _APART.finditer(text):
        if match[0][-1] in "{}":
            depth = max(0, depth + (1 if match[0][-1] == "{" else -1))
        elif depth == 0 and match[0].lower() == mark:
            parts.append(text[start : match.start()])
            start = match.end()
    parts.append(text[start:])
    if depth and mark == "and":  # braces that do not match hide no name
        parts = re.split(r"(?: |^)and(?: |$)", text)
    return [part.strip(" ") for part in parts if part.strip(" ,;")]
