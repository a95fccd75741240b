"""Styles of references, by the mark that tells where the title is."""

from __future__ import annotations

import re
from typing import Final

from generator.sources.cited import imprints
from generator.sources.cited.reference import Cited
from generator.sources.cited.signatures import Form, leading, people
from generator.sources.cited.titles import fill_imprint, fill_titled

_YEAR_FIRST: Final = re.compile(
    r"(?P<open>[(\[])?(?P<date>(?:1[5-9]|20)\d\d)[a-z]?"
    r"(?P<more>,? (?:[A-Z][a-z]+|\d{1,2})(?: \d{1,2}| [A-Z][a-z]+)?)?(?(open)[)\]])[.,:]*"
    r"\s+(?=\S)"
    r"|[(\[](?:n\.d\.|in press|forthcoming)[)\]]\.?\s+"
)
_QUOTES: Final = re.compile(r"(?:(?<=[\s.,:])|^)(?:[\"“„«]|``|(?<=[\s.)])[‘'](?=\S))")
_CLOSING: Final = {
    '"': re.compile(r"[,.?!]\"|\"(?=[,.]|$)"),
    "„": re.compile(r"[“”]"),
    "«": re.compile(r"»"),
    "``": re.compile(r"''|”"),
    "‘": re.compile(r"[,.?!]’(?=\s)|’[,.](?=\s|$)"),
    "'": re.compile(r"[,.?!]'(?=\s)|'[,.](?=\s|$)"),
}


def year_behind_names(cited: Cited, text: str, form: Form) -> bool:
    """`Kovacs, M. (2025). Title. Venue, 12(3), 45–67.`: a year behind the names."""
    match = _YEAR_FIRST.search(text)
    if not match:
        return False
    signed = people(text[: match.start()], form)
    if not signed:
        return False
    cited.authors = signed
    cited.date = (match["date"] or "") + (match["more"] or "")
    rest = text[match.end() :]
    if _fill_quoted(cited, rest, cited.date):
        return True
    return fill_titled(cited, rest, cited.date)


def quoted_title(cited: Cited, text: str, form: Form) -> bool:
    """`M. Kovacs, "Title," Venue, vol. 12, 2025`: quotes around the title."""
    match = _QUOTES.search(text)
    if not match:
        return False
    signed = people(text[: match.start()], form)
    cited.authors = signed or ()
    return bool(signed) and _fill_quoted(cited, text[match.start() :], "")


def _fill_quoted(cited: Cited, text: str, date: str) -> bool:
    """Title and source of a text that begins with a quoted title."""
    match = _QUOTES.match(f" {text}", 1)
    mark = match[0] if match else ""
    if mark == "“":
        place = _balanced(text)
    else:
        end = _CLOSING[mark].search(text, len(mark)) if mark else None
        place = end.end() if end else text.find('"', 1) + 1 if mark == '"' else 0
    if not place:
        return False
    cited.title = text[len(mark) : place].strip(" \"“”„«»'’‘,.")
    if text[len(mark) : place].rstrip("”\"’'.,»")[-1:] in "?!":
        cited.title = text[len(mark) : place].rstrip("”\"’'.,»").strip()
    fill_imprint(cited, imprints.parse(text[place:].lstrip(" ,."), date=date))
    return True


def _balanced(text: str) -> int:
    """Where the quotes that a text begins with are closed, for there may be others in them."""
    depth = 0
    for match in re.finditer("[“”]", text):
        depth += 1 if match[0] == "“" else -1
        if depth == 0:
            return match.end()
    return text.find("”") + 1


def colon_behind_names(cited: Cited, text: str, form: Form) -> bool:
    """`Kovacs, M., Wei, C.: Title. Venue 12(3), 45–67 (2025)`: a colon behind the names."""
    before, colon, rest = text.partition(": ")
    signed = people(before, form) if colon else None
    if signed and (_WORD_BEHIND.search(signed[-1]) or _is_odd(signed)):
        return False  # `Wei, C. Ants: a life`, `C. Wei, Lives of Ants: a story`
    cited.authors = signed or ()
    return bool(signed) and fill_titled(cited, rest, "")


_WORD_BEHIND: Final = re.compile(r", (?:\w\.[ -]?)+ ?\w{2,}")


def _is_odd(signed: tuple[str, ...]) -> bool:
    """Whether the last name alone has no initials."""
    return len(signed) > 1 and "." in signed[0] and "." not in signed[-1]


def full_stops(cited: Cited, text: str, form: Form) -> bool:
    """`Kovacs M, Wei C. Title. Venue. 2025;12(3):45-67`: full stops alone."""
    names_and_rest = leading(text, form)
    if not names_and_rest:
        return False
    cited.authors, rest = names_and_rest
    return fill_titled(cited, rest, "")


_SOURCE: Final = re.compile(
    r", (?P<tail>(?:in:? [^\d]|(?P<venue>[A-Z][^,\d]{1,80}) "
    r"[A-Z]?\d{1,5}(?: ?\([\w–-]{1,9}\))?(?:, \w{1,12}(?:[–-]\w{1,8})?)?"
    r" ?\((?:1[5-9]|20)\d\d\)).*)"
)

_BOOK: Final = re.compile(
    r"[,.] (?P<tail>(?:\d{1,2}(?:st|nd|rd|th) ed\.,? )?(?:vol\. \w{1,5}\. )?"
    r"[A-Z][^:.\d]{1,40}: [^:\d]{2,80}, (?:1[5-9]|20)\d\d.*)"
)


def commas(cited: Cited, text: str, form: Form) -> bool:
    """`M. Kovacs, C. Wei, Title, Venue 12 (2025) 45–67`: commas alone, and names with initials."""
    if form is not Form.STRAIGHT:
        return False
    starts = [0]
    while match := _INITIALLED.match(text, starts[-1]):
        starts.append(match.end())
    if any(_is_untitled(text, start) for start in starts[-2:] if start):
        cited.is_untitled = True
        return True
    start = starts[-1]
    signed = people(text[:start], form) if start else None
    source = _SOURCE.search(text, start) or _BOOK.search(text, start)
    if not signed:
        return False
    cited.authors = signed
    first = re.split(r"[,.] | and ", text[start : start + 100])[0]
    if len(first.split()) <= 3 and people(first, form):
        return False  # a name without initials
    if not source or not _is_abbreviated(source.groupdict().get("venue") or ""):
        return fill_titled(cited, text[start:], "") and bool(cited.publication or cited.is_known)
    cited.title = text[start : source.start()].strip(" ,")
    fill_imprint(cited, imprints.parse(source["tail"]))
    return True


_UNTITLED: Final = re.compile(
    r"in:? [^“\"]{5,200}?, (?:1[5-9]|20)\d\d.{0,40}|(?P<venue>[A-Z][^,\d“\"?!]{1,60}?),? "
    r"(?:(?:1[5-9]|20)\d\d, [A-Z]?\d+\b"
    r"|[A-Z]?\d{1,5}(?:, | ?\()\w+.{0,40}\((?:1[5-9]|20)\d\d\)"
    r"|[A-Z]?\d{1,5} \((?:1[5-9]|20)\d\d\)).{0,80}"
)
"""Venue and numbers alone, as in chemistry and physics: `Phys. Rev. Lett. 12, 45 (2025)`."""


def _is_untitled(text: str, start: int) -> bool:
    """Whether a venue and numbers stand where a title would."""
    match = _UNTITLED.fullmatch(text, start)
    return bool(match) and _is_abbreviated((match and match["venue"]) or "")


def _is_abbreviated(venue: str) -> bool:
    """Whether what stands before a full stop is all abbreviations: `Phys. Rev. Lett.`"""
    before = venue.rpartition(". ")[0]
    return all(word.endswith(".") for word in f"{before}.".split()) if before else True


_INITIALLED: Final = re.compile(
    r"(?:and |& )?(?:[^\W\d_a-z][a-z]?\.[ -]?){1,4}"
    r"(?:[^\W\d_][^\s,.]*[ ,]){1,4}?(?:(?<=,)|(?=and |& )) ?"
    r"(?:et al\., )?|et al\.,? "
)
