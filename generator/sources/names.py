"""Names of authors, out of any of the ways lists write them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from generator.model.papers import Author
from generator.text import ROUNDS, clean

_SUFFIX: Final = re.compile(
    r"(?:jr|sr|ii|iii|iv|ph\.?\s?d|m\.?d|inc|ltd|llc|gmbh|co|corp)\.?", re.IGNORECASE
)
_JUNIOR: Final = re.compile(r"(.*[^\s,])\s+((?:jr|sr)\.?)", re.IGNORECASE)
_DEGREE: Final = re.compile(
    r"(?:d\.?\s?phil|ph\.?\s?d|m\.?d|m\.?\s?sc|b\.?\s?sc|m\.?p\.?h|dr|prof)\.?", re.IGNORECASE
)
_ORCID: Final = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])", re.IGNORECASE | re.ASCII)
_NOBODY: Final = re.compile(
    r"(?:and\s+)?(?:others?|et\.?\s*al\.?|n/?a|none|null|nan|unknown|-+|\.+)\.?", re.IGNORECASE
)
_ETC: Final = re.compile(r"[ ,](?:et\.? al\.?|and others)$", re.IGNORECASE)
_GROUP: Final = re.compile(  # of three words and more: `Initiative, Neuroimaging` is turned round
    r"(?<!\S)\S++\s++\S++\s++(?:group|collaboration|consortium|team|committee|society|association|institute|university"
    r"|initiative|network|foundation|council|department|investigators|corporation|organi[sz]ation"
    r"|agency|ministry|task force|alliance|federation)\Z",
    re.IGNORECASE,
)

# What refers to a footnote, an affiliation or an address: `Byron*†`, `Turing$^{1,2}$`, `Hopper1,2`.
_FOOTNOTE: Final = re.compile(
    r"\$\s?(?:\{\}|\\,)?(?:\^|\\(?:d?dag(?:ger)?|ast|star|S|P)\b|\*)[^$]{0,60}\$"
    r"|\^\{?[\d,*†‡]{1,20}\}?"
    r"|[¹²³⁰⁴-⁹]+(?:\s?[,;]\s?[¹²³⁰⁴-⁹]+)*"
    r"|(?:[*†‡§¶‖∗⋆★☆✉]|(?<=\w)#)+(?=$|[\s,;])|^[*†‡§¶‖∗⋆★☆✉]+\s?"
)
_NUMBERS: Final = re.compile(
    r"(?:(?<=[^\W\d_A-Z])[1-9]\d?|(?<=[^\W\d_]) [1-9]\d?(?=\s?,\s?\d)"
    r"| [\[(][1-9]\d?(?:\s?,\s?\d{1,2})*[\])])"
    r"(?:\s?[,;]\s?\d{1,2})*(?=\s?$|,\s?[^\W\d_])"
    r"| 0\d{3}$"  # by which DBLP tells namesakes apart
)

_SIGN: Final = re.compile(  # the quick way out: a name without any has no mark
    r"[^\w\s,.'’()-]|[\d¹²³⁰⁴-⁹]|\b(?:al|others)\b", re.IGNORECASE
)

_CJK: Final = "\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_EASTERN: Final = re.compile(rf"[{_CJK}]{{1,8}}")
_FOREIGN: Final = re.compile("[\u30a0-\u30ff]+")  # katakana alone write names of elsewhere


@lru_cache(maxsize=1 << 16)
def author(name: str, *, family: str = "", orcid: str = "") -> Author | None:
    """A person of a list: `Last, First` is turned round; `None` where it names nobody.

    Chinese, Japanese and Korean names in their own script keep the family name first. Marks of
    footnotes, academic degrees and addresses of mail are no part of a name.

    Args:
        name: as the source has it: `Cai, Tianle`, `Tianle Cai`, `von Neumann, Jr., John`.
        family: the family name, where the source keeps it apart.
        orcid: an ORCID iD or an address of one; one that is none is ignored.
    """
    name, family = _unmarked(clean(name)), _unmarked(clean(family))
    if junior := _JUNIOR.fullmatch(family):
        family = junior[1]
    elif _ETC.fullmatch(f" {family}"):
        family = ""
    last, *rest = [part.strip() for part in name.split(",")]
    rest = list(filter(None, rest))
    if rest and (_GROUP.search(last) or _GROUP.search(rest[-1])):
        return Author(name=name)
    if " " in last or len(rest) > 1:
        rest = [part for part in rest if not _DEGREE.fullmatch(part)]
        name = ", ".join([last, *rest])
    suffixes = [part for part in rest if _SUFFIX.fullmatch(part)]
    given = [part for part in rest if not _SUFFIX.fullmatch(part)]
    if given and last:
        junior = _JUNIOR.fullmatch(last)  # `King Jr., Martin`
        if junior:
            last, suffixes = junior[1], [junior[2], *suffixes]
        family = family or last
        name = " ".join([*given, last])
        if suffixes:
            name = ", ".join([name, *suffixes])
        # Joined, the parts may need cleaning again; read back, the name has to stay as it is.
        return author(name, family=family, orcid=orcid)
    if not any(map(str.isalnum, name)) or _NOBODY.fullmatch(name):
        return None
    if (junior := _JUNIOR.fullmatch(name)) and " " in junior[1]:
        name, family = f"{junior[1]}, {junior[2]}", family or junior[1].split()[-1]
    name, family = _eastern(name, family)
    match = _ORCID.search(orcid)
    return Author(
        name=name,
        family=family if family != name else "",
        orcid="-".join(match.groups()).upper() if match else "",
    )


def _unmarked(name: str) -> str:
    """A name without what points to a footnote or an affiliation, and without addresses of mail."""
    for _ in range(ROUNDS if _SIGN.search(name) else 0):
        before = name
        if "@" in name:
            name = " ".join(word for word in name.split() if "@" not in word)
        if not name.isalpha():
            name = _FOOTNOTE.sub("", name)
            if " " in name or "," in name:
                name = _NUMBERS.sub("", name)
        name = _ETC.sub("", " ".join(name.split())).strip(" ,;:")
        if name == before:
            break
        name = clean(name)  # what the marks stood between may need it
    return name.strip(" ,;:")


def _eastern(name: str, family: str) -> tuple[str, str]:
    """`育伟 杨` of the family `杨`, and `杨 育伟`, as it is written: `杨育伟`; the family apart."""
    words = name.split() if not name.isascii() else ()
    if len(words) != 2 or not all(map(_EASTERN.fullmatch, words)):
        return name, family
    if all(map(_FOREIGN.fullmatch, words)):
        return name, family
    first, second = words if not family or words[0] == family else reversed(words)
    if not family and (len(first) > 3 or len(second) > 4):  # two words of the name of a group
        return name, family
    return first + second, first


def is_whole(name: str) -> bool:
    """Whether a name has no parts that BibTeX's rules could find: a group, a suffix, 山田 太郎."""
    last, comma, rest = name.partition(",")
    if not name.isascii() and any(map(_EASTERN.fullmatch, name.split())):
        return True
    if _JUNIOR.fullmatch(name):
        return True
    return bool(
        comma
        and " " in last.strip()
        and (
            _GROUP.search(last)
            or _GROUP.search(rest)
            or _SUFFIX.fullmatch(rest.strip())
            or _DEGREE.fullmatch(rest.strip())
        )
    )


def family(author: Author) -> str:
    """The family name, as the source says it, else the last word that is no suffix."""
    if author.family:
        return author.family
    words = author.name.partition(",")[0].split()
    while len(words) > 1 and _SUFFIX.fullmatch(words[-1]):
        words.pop()
    return words[-1] if words else ""


def surname(author: Author) -> str:
    """What any two sources agree on in a family name: its last word, without a suffix.

    `van der Berg` is the family of one source, `Berg` that of one which knows the whole name only.
    Of a name in Chinese, Japanese or Korean script it is the first character.
    """
    if _EASTERN.fullmatch(author.name):
        return author.name[0]
    words = family(author).split()
    while len(words) > 1 and _SUFFIX.fullmatch(words[-1]):
        words.pop()
    return words[-1] if words else ""


def parted(text: str) -> str:
    """Names with semicolons between, where Chinese and Japanese signs stand: `陈小雨，李安`.

    `陈，小雨` is one name, since no name has one character alone.
    """
    text = text.replace("；", ";").replace("、", ";")
    pieces = [piece.strip() for piece in text.split("，")]
    return (";" if min(map(len, pieces)) > 1 else ", ").join(pieces)


def one_by_one(text: str) -> list[str]:
    """The names in a field for one, into which some programs put several: `Berg, O.; Li, Na`."""
    text = parted(text)
    # A reference such as `&#233;` ends in a semicolon too.
    return [text] if ";" not in text or "&" in text else list(filter(None, text.split(";")))


_INITIALS: Final = re.compile(r"(?:[A-Z]\.?[ -]?){1,4}")
_WITH_INITIALS: Final = re.compile(r"([^\W\d_][^,.]*[^\W\d_]) ([A-Z]{1,3})")


def listed(pieces: list[str]) -> list[str]:
    """What stands between commas, as names; as one name where its commas may turn it round.

    `Marsh N`, `Berg O` are two, so are `Marsh`, `N.`, `Berg`, `Otto`, and three are `Nora Marsh`,
    `Otto Berg`, `Ida Lee`; `Berg`, `Jr.`, `Otto` is one.
    """
    whole = [", ".join(pieces)]
    initialled = [_WITH_INITIALS.fullmatch(piece) for piece in pieces]
    if all(initialled) and len(pieces) > 1:
        return [f"{match[1]}, {match[2]}" for match in initialled if match]
    if len(pieces) < 3 or _SUFFIX.fullmatch(pieces[1]) or _DEGREE.fullmatch(pieces[1]):
        return whole
    if all(" " in piece and not _INITIALS.fullmatch(piece) for piece in pieces):
        return pieces
    if len(pieces) % 2 == 0 and all(len(piece.split()) <= MOST_WORDS for piece in pieces):
        return [", ".join(pair) for pair in zip(pieces[::2], pieces[1::2], strict=True)]
    return whole


MOST_WORDS: Final = 4
"""Words of a family name, or of given names."""
