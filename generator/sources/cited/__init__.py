"""One reference as the bibliography of a paper has it, in any of the usual styles.

What styles agree on: names, then a title, then where and when, the year before the title or behind
it. Four marks tell where the title is: a year before it, quotes around it, a colon before it, or
full stops alone. Nothing is guessed: where the names are none or the title cannot be one, it is no
reference, and `parse` says so.
"""

from __future__ import annotations

import re
from typing import Final

from generator.sources.cited.identified import take_identifiers
from generator.sources.cited.reference import Cited
from generator.sources.cited.signatures import Form, people
from generator.sources.cited.styles import (
    colon_behind_names,
    commas,
    full_stops,
    quoted_title,
    year_behind_names,
)
from generator.sources.cited.titles import LONGEST_TITLE

LONGEST: Final = 8_000
"""Characters of one reference; with the names of a whole collaboration it may have thousands."""


def parse(text: str, form: Form) -> Cited:
    """What a reference says, if its names have this form; without a title where it says nothing.

    Its identifiers and addresses are told in any case.
    """
    cited = Cited()
    text = take_identifiers(cited, " ".join(text[:LONGEST].split()).replace(" : ", ": "))
    for read in (year_behind_names, quoted_title, colon_behind_names, full_stops, commas):
        if read(cited, text, form) and (cited.is_untitled or _is_sound(cited)):
            return cited
        cited = Cited(
            arxiv=cited.arxiv, doi=cited.doi, links=cited.links, is_several=cited.is_several
        )
    return cited


_ODD: Final = re.compile(
    r"\bet al\b|\((?:19|20)\d\d[a-z]?\)|\A[,;:.&)\]]|;\s?\d+\s?\(|\bvol\. ?\d|\bpp\. ?\d"
    r"|\bdoi\b|https?:|\b\d+, \d+[–-]\d+"
)


def _is_sound(cited: Cited) -> bool:
    """Whether its parts may be such: a title without names or numbers, and nothing too long."""
    title = cited.title
    if not 2 < len(title) <= LONGEST_TITLE or not any(map(str.isalpha, title)):
        return False
    if _ODD.search(title) or len(cited.venue) > LONGEST_VENUE:
        return False
    said = cited.publication.items()
    if any(isinstance(value, str) and len(value) > _MOST.get(name, 100) for name, value in said):
        return False
    named = (people(title, form) for form in Form)
    return all(len(signed or ()) < 2 for signed in named)


LONGEST_VENUE: Final = 250
_MOST: Final = {"volume": 30, "issue": 40, "pages": 50, "number": 40}
"""Characters of the parts of a reference; more is several references, or none."""
