"""Names of authors, out of any of the ways lists write them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from generator.papers import Author
from generator.text import clean

_SUFFIX: Final = re.compile(
    r"(?:jr|sr|ii|iii|iv|ph\.?\s?d|m\.?d|inc|ltd|llc|gmbh|co|corp)\.?", re.IGNORECASE
)
_ORCID: Final = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])", re.IGNORECASE | re.ASCII)
_NOBODY: Final = re.compile(
    r"(?:and\s+)?(?:others?|et\.?\s*al\.?|n/?a|none|null|nan|unknown|-+|\.+)\.?", re.IGNORECASE
)


@lru_cache(maxsize=1 << 16)
def author(name: str, *, family: str = "", orcid: str = "") -> Author | None:
    """A person of a list: `Last, First` is turned round; `None` where it names nobody.

    Args:
        name: as the source has it: `Cai, Tianle`, `Tianle Cai`, `von Neumann, Jr., John`.
        family: the family name, where the source keeps it apart.
        orcid: an ORCID iD or an address of one; one that is none is ignored.
    """
    name, family = clean(name).strip(" ,;"), clean(family).strip(" ,;")
    last, *rest = [part.strip() for part in name.split(",")]
    suffixes = [part for part in rest if _SUFFIX.fullmatch(part)]
    given = [part for part in rest if part and not _SUFFIX.fullmatch(part)]
    if given and last:
        family = family or last
        name = " ".join([*given, last])
        if suffixes:
            name = ", ".join([name, *suffixes])
        # Joined, the parts may need cleaning again; read back, the name has to stay as it is.
        return author(name, family=family, orcid=orcid)
    if not name or _NOBODY.fullmatch(name):
        return None
    found = _ORCID.search(orcid)
    return Author(
        name=name,
        family=family if family != name else "",
        orcid="-".join(found.groups()).upper() if found else "",
    )


def family(author: Author) -> str:
    """The family name, as the source says it, else the last word that is no suffix."""
    if author.family:
        return author.family
    words = author.name.partition(",")[0].split()
    while len(words) > 1 and _SUFFIX.fullmatch(words[-1]):
        words.pop()
    return words[-1] if words else ""
