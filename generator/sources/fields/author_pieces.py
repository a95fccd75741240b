"""What stands between two commas: a whole name, a half of one, a place or a group."""

from __future__ import annotations

import re
from typing import Final

_SUFFIX: Final = re.compile(
    r"(?:jr|sr|ii|iii|iv|ph\.?\s?d|m\.?d|inc|ltd|llc|gmbh|co|corp)\.?", re.IGNORECASE
)
NOBODY: Final = re.compile(
    r"[\W_]*|(?:and\s+)?(?:others?|et\.?\s*al\.?|n/?a|none|null|nan|unknown|tb[acd])\.?"
    r"|no\s+authors?(?:\s+listed)?|\d+\s+authors?",
    re.IGNORECASE,
)

GROUP: Final = re.compile(
    r"\b(?:group|collaboration|consortium|team|committee|society|association|initiative|network"
    r"|foundation|council|investigators|task force|alliance|agency|organi[sz]ation)\Z",
    re.IGNORECASE,
)
BODY: Final = re.compile(
    r"\A(?:the |us |u\.s\. |national |international |european |american |federal ){0,3}"
    r"(?:institute|ministry|department|cent(?:er|re)s?|academ(?:y|ies)|association|society|office"
    r"|council|committee|board|faculty|bureau|commission|organi[sz]ation|federation|union|agency)"
    r" (?:of|for|on)\b",
    re.IGNORECASE,
)


INITIALS: Final = re.compile(r"(?:[A-ZÀ-ÖØ-ÞĀ-ŽА-Я]\.?[ -]?){1,4}")
ENDS_IN_INITIALS: Final = re.compile(r"\s[A-ZÀ-ÖØ-ÞĀ-ŽА-Я]{1,3}\.?\Z")
_PARTICLE: Final = re.compile(
    r"(?:van|von|de|del|della|der|den|di|da|dos|du|la|le|ter|ten|zu|al)\b"
)
PLACE: Final = re.compile(
    r"\b(?:universi\w*|institut\w*|laborator\w*|labs?|department|dept|college|school|faculty|inc"
    r"|academy|hospital|research|cent(?:er|re)|polytechnic\w*|hochschule|corporation|google"
    r"|microsoft|nvidia|meta ai|deepmind)\b|大学|大學|学院|研究",
    re.IGNORECASE,
)


def pieces_of(part: str) -> list[str]:
    """What commas divide, a `Jr.` with the name before it."""
    pieces: list[str] = []
    for piece in filter(None, (piece.strip() for piece in part.split(","))):
        if pieces and _SUFFIX.fullmatch(piece):
            pieces[-1] += f", {piece}"
        else:
            pieces.append(piece)
    return pieces


def is_whole_name(piece: str) -> bool:
    """Whether it is a whole name and no half of one: `Ada Lee`, `A.Lee`, `王伟`, `...`."""
    return (
        (" " in piece and not INITIALS.fullmatch(piece) and not _is_half(piece))
        or re.match(r"[^\W\d_]\.[^\W\d_]{2}", piece) is not None
        or re.fullmatch(r"[\u4e00-\u9fff\u3040-\u30ff\uac00-\ud7a3]{2,}", piece) is not None
        or NOBODY.fullmatch(piece) is not None
    )


def _is_half(piece: str) -> bool:
    """`van den Berg`, but not `van den Berg A`."""
    return bool(_PARTICLE.match(piece)) and not ENDS_IN_INITIALS.search(piece)


def is_place(text: str) -> bool:
    """Whether it is an affiliation, or a part in it: `Ant University`, `MIT`, `Kew Gardens, UK`."""
    places = [place for place in text.split(",") if not _SUFFIX.fullmatch(place.strip())]
    return (
        PLACE.search(text) is not None
        or re.fullmatch(r"\s*[A-Z]{3,}\s*", text) is not None
        or re.fullmatch(r"\s*(?:presenting author|presenter|speaker|chair)\s*", text) is not None
        or (len(places) > 1 and not INITIALS.fullmatch(places[0].strip()))
    )
