"""The text of a list of authors, without what stands in it but is no name."""

from __future__ import annotations

import html
import re
from typing import Final

_TAG: Final = re.compile(r"<(?!sup\b|/sup\b)(/?[A-Za-z]{1,12})\b[^<>@]*+>")
_LINE_TAGS: Final = ("br", "/li", "/p", "/div", "/td")
_BRACKETS: Final = re.compile(
    r"(?<=[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3])\s?\([^()\n]*\)"
    r"|\s?(?:\((?![\u4e00-\u9fff\uac00-\ud7a3]{2,4}\))[^()\n]*\)|\[[^\[\]\n]*\])"
    r"(?=[\s*†‡§¶‖#✉∗\d]*(?:$|[),;&|，、；\n]|and\b))"
)
_EMAIL: Final = re.compile(
    r"[<(\[{]?\b(?:mailto:)?[\w.+%-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}[>)\]}]?"
)
_RAISED: Final = re.compile(
    r"<sup>[^<\n]*</sup>|\$?\^\{[^{}\n]{0,40}\}\$?|\\textsuperscript\{[^{}\n]{0,40}\}"
    r"|\^[\d*]|\^(?=\s*(?:[,;&\n]|\Z))|[*†‡§¶‖✉∗#⁰¹²³⁴-⁹ᵃ-ᵛ]+(?:,(?=[*†‡§¶‖✉∗#⁰¹²³⁴-⁹])|\d{1,2}(?!\w))?"
    r"|\sID(?=\s*(?:[,;&\n]|\Z))"
    r"|(?<=[^\W\d_])\d{1,2}(?:,\s?\d{1,2})*(?!\w)"
)
_ORCID: Final = re.compile(r"(?:https?://)?orcid\.org/[\dX-]{1,20}|\b(?:\d{4}-){3}\d{3}[\dX]\b")
_PROFILE: Final = re.compile(r"~([^\W\d]{3,80}?)\d{1,3}\b")
"""Profiles of OpenReview: `~Ada_Lee1`."""

_SPACED: Final = re.compile(r"\s(?:\d{1,2}|[a-z])(?:,\s?(?:\d{1,2}|[a-z]\b))*(?=\s?(?:[,;\n]|$))")
_MORE: Final = re.compile(
    r"[\s,;(+]+(?:(?:and|&)\s)?(?:et\.?\s?al\b\.?|(?:\d+\s)?(?:others|more(?:\sauthors)?)"
    r"|u\.\s?a\.)[\s.)]*$|[\s,，、]*等人?[.。]?$|\s?\+\s?\d+$|\s?(?:\.{3}|…)$"
    r"|(?<=[^\W\d_])[,\s]*\s\(?(?:19|20)\d\d[a-z]?\)?$",
    re.IGNORECASE,
)
_BEGINNING: Final = re.compile(
    r"(?:by|authors?|autor(?:en)?|auteurs?|作者)\s?[:：]\s?|by\s", re.IGNORECASE
)
_BULLET: Final = re.compile(r"^[-–•]\s+", re.MULTILINE)
_NUMBER: Final = re.compile(r"(?:^|\s)\(?\d{1,3}[.)]\s")


_RAISED_SIGN: Final = "\x1e"
_NOTED: Final = "\x1f"
_SIGNS: Final = re.compile("[\x1e\x1f]")
_NESTED: Final = re.compile(r"\s\(\(1\).*\Z", re.DOTALL)
"""Affiliations as arXiv has them: `Ada Lee (1), Bo Li (2) ((1) Ant University, (2) MIT)`."""

_BETWEEN_NOTED: Final = re.compile(r"[\x1e\x1f][\s\x1e\x1f]*(?:,?\s*(?:(?:and|&)\s+|\Z)|,)")
_GAP: Final = re.compile(r",\s*(?:\.\s?\.\s?\.|…)(?=\s*(?:,|&|and\b|[^\W\d_]))\s*,?")
"""What APA has for authors left out: `Lee, A., Li, B., . . . Ng, C.`"""

_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,4}")


def without_email(text: str) -> str:
    """The text without addresses of e-mail, which nobody meant to publish."""
    return _EMAIL.sub("", text) if "@" in text else text


def bare(text: str) -> str:
    """The text without tags, affiliations in brackets, addresses of e-mail, footnotes, `et al.`

    People who are numbered have semicolons between them in it.
    """
    if "&" in text and ";" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(lambda tag: "\n" if tag[1].lower() in _LINE_TAGS else "", text)
    text = _NESTED.sub("", text.replace("；", ";").replace("＆", " & ").replace("،", ","))
    text = _BULLET.sub("", text.replace("（", "(").replace("）", ")"))
    text = text.replace("，", ",") if ";" in text else text
    text = _BEGINNING.sub("", text, count=1) if _BEGINNING.match(text) else text
    if re.match(r"\(?1[.)]\s", text):
        text = _NUMBER.sub("; ", text).lstrip("; ")
    text = re.sub(r"\\n(?=\s|[^\W\d_a-z]|\Z)", "\n", text)  # as it stands in JSON
    text = _PROFILE.sub(lambda each: each[1].replace("_", " "), _ORCID.sub("", text))
    text = without_email(text)
    text = _BRACKETS.sub(_NOTED, _BRACKETS.sub(_NOTED, text))
    text = _noted(_RAISED.sub(_RAISED_SIGN, text))
    text = _GAP.sub(", ", text) if "." in text or "…" in text else text
    if len(_SPACED.findall(text)) > 1:
        text = _SPACED.sub("", text)
    text = text.strip(" ,;\n")
    return text[:-80] + _MORE.sub("", text[-80:])


def _noted(text: str) -> str:
    """The text with semicolons where each of its names had an affiliation or a footnote behind it.

    So commas within are those of `Moth, Ida`: not in `Moth (Kew), Wasp (MIT)`.
    """
    plain = _SIGNS.sub("", text)
    if plain == text or ";" in text or "\n" in text:
        return plain
    parts = [_SIGNS.sub("", part).split(",") for part in _BETWEEN_NOTED.split(text)]
    if is_each := not any(map(str.strip, parts[-1])):  # has a sign, the last too
        parts.pop()
    if all(len(name) == 1 for name in parts) and (is_each or _NOTED in text):
        return "; ".join(name.strip() for (name,) in parts)
    if is_each and all(len(name) == 2 and not _are_two(*name) for name in parts):
        return "; ".join(",".join(name).strip() for name in parts)
    return plain


def _are_two(one: str, other: str) -> bool:
    """`Ada Lee, Bo Li` and no `Lee, A. B.`"""
    return " " in one.strip() and " " in other.strip() and not _INITIALS.fullmatch(other.strip())
