"""One reference as the bibliography of a paper has it, in any of the usual styles.

What styles agree on: names, then a title, then where and when, the year before the title or behind
it. Four marks tell where the title is: a year before it, quotes around it, a colon before it, or
full stops alone. Nothing is guessed: where the names are none or the title cannot be one, it is no
reference, and `parse` says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from generator.sources import identifiers
from generator.sources.cited import imprints
from generator.sources.cited.imprints import Imprint
from generator.sources.cited.signatures import Form, leading, people

LONGEST: Final = 8_000
"""Characters of one reference; with the names of a whole collaboration it may have thousands."""

LONGEST_TITLE: Final = 400


@dataclass(slots=True, kw_only=True)
class Cited:
    """What one reference says; all text is raw."""

    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    venue: str = ""
    publication: dict[str, object] = field(default_factory=dict)
    arxiv: str = ""
    doi: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    is_several: bool = False
    """Whether it has ids of more than one paper."""

    is_untitled: bool = False
    """Whether it has no title by its style, which names the venue behind the authors."""

    @property
    def is_known(self) -> bool:
        """Whether an id tells which paper it is."""
        return bool(self.arxiv or self.doi)

    @property
    def is_whole(self) -> bool:
        """Whether it says all that a reference says: names, a title, and when or where."""
        where = self.venue or self.publication or self.is_known or self.links
        if self.is_several or self.is_untitled:
            return self.is_untitled
        return bool(self.authors and self.title and (self.date or self.is_known) and where)


_DOI: Final = re.compile(
    r"(?:\b(?:available (?:at|from|online)?:?|doi:?|https?:)\s*)?"
    r"(?:(?:https?://)?(?:dx\.)?doi\.org/\s?|\bdoi\s?[:.]?\s?)?\b10\.\d{4,9}(?:\.\d+)*/[^\s\"“”<>]+",
    re.IGNORECASE,
)
_ARXIV: Final = re.compile(
    r"(?:,? ?\bin )?(?:\be-?print )?(?:\bCoRR\b[,:]? ?)?(?:\(|\[)?"
    r"\b(?:arXiv(?: preprint| e-?prints?)?,?\.? ?)?"
    r"(?:arXiv ?[:.]? ?|https?://(?:www\.)?arxiv\.org/(?:abs|pdf|html)/|abs/)"
    r"(?P<id>\d{4}\.\d{4,5}|[a-z][a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?"
    r"(?: ?\[[a-z-]+(?:\.[A-Za-z-]+)?\])?\)?\]?",
    re.IGNORECASE,
)
_SERVER: Final = re.compile(
    r"\b(?:CoRR|arXiv(?: preprint| e-?prints?)?|(?<=[.,(;] )preprint(?: posted online)?)\b[,.:;]?",
    re.IGNORECASE,
)
_URL: Final = re.compile(r"<?(?P<url>https?://[^\s<>\"“”]+)>?", re.IGNORECASE)
_AROUND: Final = re.compile(
    r"\[Online\]\.?,?|\b(?:Available(?: (?:online|at|from))?|URL|Accessed(?: at)?|Link"
    r"|Retrieved(?: [A-Z][a-z]+ \d{1,2}, \d{4},)? from)\s?:?\s*(?=https?:|10\.|doi)"
    r"|\s?\[(?:Internet|Preprint|Online|Electronic)\](?!,)|\[cited [^\]]{4,30}\]"
    r"|[(\[]?(?:last )?accessed:? (?:on )?[\w., /-]{4,30}?\d{1,4}[)\]]"
    r"|\bAccessed:? [A-Z][a-z]+\.? \d{1,2}, \d{4}\.?|\bEpub \d{4}[\w ]{0,10}\."
    r"|\b(?:PMC(?:ID)?: ?)?PMC\d+\.?;?|\bPMID:? ?\d+(?: ?\[[^\]]{0,40}\])?[.;]?"
    r"|\(?In press\)?[.,]?|(?<=[.?!] )Online\.(?= |$)|\bPreprint at (?=https?:|\w+Xiv)",
    re.IGNORECASE,
)
_PMID: Final = re.compile(r"\bPMID:? ?(\d{1,9})\b")
BUTTON: Final = (
    r"\[?(?:Google Scholar|CrossRef|PubMed(?: Central)?|PMC free article|Free PMC article|DOI|CAS"
    r"|Article|Web of Science|MathSciNet|MATH|View in Article|View Article|Full Text(?: PDF)?"
    r"|Scopus|ADS|PDF)\]?"
)
"""What pages have below a reference or behind it, to click on."""

_BUTTONS: Final = re.compile(
    rf"(?:\s*(?:{BUTTON}|[\[(](?:pdf|code|bib(?:tex)?|project|slides|video|paper|website|poster"
    r"|talk)[\])]))+\s*$",
    re.IGNORECASE,
)
_LINK: Final = re.compile(r"\[([^\[\]]{1,500})\]\((https?://[^()\s]{1,500})\)")
_MARKUP: Final = re.compile(r"\*{1,3}|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)|</?[ibu]>")
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
_TYPE: Final = re.compile(r"\s?\[(?P<type>[JCMDRNSPZA]|EB|DB|CP)(?:/OL)?\]\s?[.,．]?\s?(?://\s?)?")
_TYPES: Final = {
    "J": "article-journal",
    "C": "paper-conference",
    "M": "book",
    "D": "thesis",
    "R": "report",
    "N": "article-newspaper",
    "S": "standard",
    "P": "patent",
}
"""Of GB/T 7714."""
_ABOUT: Final = re.compile(r"\s\[(?P<said>[^\[\]]{3,120})\](?=[.,]?(?:\s|$))")
_BRACKETS: Final = re.compile(
    r"\s\((?P<said>(?:\d+(?:st|nd|rd|th) ed\.|Vol\. [^()]{1,20}"
    r"|[^()]{0,30}(?:Report|Rep\.)[^()]{0,40}|[^()]{0,10}[Tt]hesis[^()]{0,60}"
    r"|[^()]{0,20}dissertation[^()]{0,60}|, )+)\)(?=[.,]?(?:\s|$))"
)


def parse(text: str, form: Form) -> Cited:
    """What a reference says, if its names have this form; without a title where it says nothing.

    Its identifiers and addresses are told in any case.
    """
    cited = Cited()
    text = _identified(cited, " ".join(text[:LONGEST].split()).replace(" : ", ": "))
    for read in (_dated, _quoted, _marked, _stopped, _commaed):
        if read(cited, text, form) and (cited.is_untitled or _is_sound(cited)):
            return cited
        cited = Cited(
            arxiv=cited.arxiv, doi=cited.doi, links=cited.links, is_several=cited.is_several
        )
    return cited


def _identified(cited: Cited, text: str) -> str:
    """The text without identifiers and addresses, which go to what is known of the reference."""
    text = _MARKUP.sub("", _LINK.sub(r"\1 \2 ", text))
    text = _BUTTONS.sub("", text)
    if match := _PMID.search(text):
        cited.links.append(("abs", f"https://pubmed.ncbi.nlm.nih.gov/{match[1]}/"))
    text = _AROUND.sub(" ", text)

    def arxiv(match: re.Match[str]) -> str:
        known = identifiers.arxiv(match["id"])
        cited.is_several |= cited.arxiv not in ("", known)
        cited.arxiv = cited.arxiv or known
        return _TAKEN

    def doi(match: re.Match[str]) -> str:
        if known := identifiers.arxiv(match[0]):
            cited.arxiv = cited.arxiv or known
            return _TAKEN
        known = identifiers.doi(match[0])
        cited.is_several |= cited.doi not in ("", known)
        cited.doi = cited.doi or known
        is_closing = match[0].endswith(")") and match[0].count("(") < match[0].count(")")
        return f"{_TAKEN})" if is_closing else _TAKEN

    def url(match: re.Match[str]) -> str:
        cited.links.append(("url", match["url"].rstrip(".,;:)]")))
        return _TAKEN

    text = _URL.sub(url, _ARXIV.sub(arxiv, _DOI.sub(doi, text.replace(_TAKEN, " "))))
    if cited.arxiv:
        text = _SERVER.sub(_TAKEN, text)
    text = _EMPTY.sub(_TAKEN, text)
    return " ".join(_HOLE.sub(_closed, text).split()).strip(" ,;")


_TAKEN: Final = "\ue000"
"""Stands where an identifier or an address was taken out."""

_EMPTY: Final = re.compile(rf"\b(?:doi|URL|Available)\s?:?\s*(?={_TAKEN}|[.,;]|$)", re.IGNORECASE)
_HOLE: Final = re.compile(rf"[ .,;:]*+[(\[]?{_TAKEN}[ .,;:)\]{_TAKEN}]*+")


def _closed(match: re.Match[str]) -> str:
    """What stands between the texts on both sides of what was taken out."""
    return ". " if "." in match[0] else ", " if "," in match[0] else " "


def _dated(cited: Cited, text: str, form: Form) -> bool:
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
    if _in_quotes(cited, rest, cited.date):
        return True
    return _titled(cited, rest, cited.date)


def _quoted(cited: Cited, text: str, form: Form) -> bool:
    """`M. Kovacs, "Title," Venue, vol. 12, 2025`: quotes around the title."""
    match = _QUOTES.search(text)
    if not match:
        return False
    signed = people(text[: match.start()], form)
    cited.authors = signed or ()
    return bool(signed) and _in_quotes(cited, text[match.start() :], "")


def _in_quotes(cited: Cited, text: str, date: str) -> bool:
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
    _fill(cited, imprints.parse(text[place:].lstrip(" ,."), date=date))
    return True


def _balanced(text: str) -> int:
    """Where the quotes that a text begins with are closed, for there may be others in them."""
    depth = 0
    for match in re.finditer("[“”]", text):
        depth += 1 if match[0] == "“" else -1
        if depth == 0:
            return match.end()
    return text.find("”") + 1


def _marked(cited: Cited, text: str, form: Form) -> bool:
    """`Kovacs, M., Wei, C.: Title. Venue 12(3), 45–67 (2025)`: a colon behind the names."""
    before, colon, rest = text.partition(": ")
    signed = people(before, form) if colon else None
    if signed and (_WORD_BEHIND.search(signed[-1]) or _is_odd(signed)):
        return False  # `Wei, C. Ants: a life`, `C. Wei, Lives of Ants: a story`
    cited.authors = signed or ()
    return bool(signed) and _titled(cited, rest, "")


_WORD_BEHIND: Final = re.compile(r", (?:\w\.[ -]?)+ ?\w{2,}")


def _is_odd(signed: tuple[str, ...]) -> bool:
    """Whether the last name alone has no initials."""
    return len(signed) > 1 and "." in signed[0] and "." not in signed[-1]


def _stopped(cited: Cited, text: str, form: Form) -> bool:
    """`Kovacs M, Wei C. Title. Venue. 2025;12(3):45-67`: full stops alone."""
    found = leading(text, form)
    if not found:
        return False
    cited.authors, rest = found
    return _titled(cited, rest, "")


_SOURCE: Final = re.compile(
    r", (?P<tail>(?:in:? [^\d]|(?P<venue>[A-Z][^,\d]{1,80}) "
    r"[A-Z]?\d{1,5}(?: ?\([\w–-]{1,9}\))?(?:, \w{1,12}(?:[–-]\w{1,8})?)?"
    r" ?\((?:1[5-9]|20)\d\d\)).*)"
)

_BOOK: Final = re.compile(
    r"[,.] (?P<tail>(?:\d{1,2}(?:st|nd|rd|th) ed\.,? )?(?:vol\. \w{1,5}\. )?"
    r"[A-Z][^:.\d]{1,40}: [^:\d]{2,80}, (?:1[5-9]|20)\d\d.*)"
)


def _commaed(cited: Cited, text: str, form: Form) -> bool:
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
        return _titled(cited, text[start:], "") and bool(cited.publication or cited.is_known)
    cited.title = text[start : source.start()].strip(" ,")
    _fill(cited, imprints.parse(source["tail"]))
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

# The title, where nothing but a full stop ends it

_END: Final = re.compile(
    r"[.,]{0,2}\s(?=[Ii]n: )|\.,\s(?=in )"
    r"|,\s(?=in (?:[A-Z]\w+ ){0,4}(?:Proc|Conf|Adv|Work|Symp|[A-Z]{3}))"
    r"|\s(?=in Proceedings of )|[.。](?:\s+(?=\S)|$)|[?!][”\"’]?\s+(?=In:? [A-Z\d])|\.?\s?(?=//)"
)
_ENDED_OTHERWISE: Final = re.compile(r"[?!][”\"’]?\s+(?=[A-Z])")
_SHORTENED: Final = re.compile(
    r"(?:\b(?:vs|al|etc|cf|e\.g|i\.e|ca|approx|no|vol|dr|mr|mrs|prof|st|eds?|pt|fig)|\b[A-Z](?:\.[A-Z])+)\Z",
    re.IGNORECASE,
)


_YEAR_BEHIND: Final = re.compile(r"\s(?P<year>(?:19|20)\d\d)\Z")
_DATED: Final = re.compile(r"(?:,|\s(?=\()|(?<=[?!]))\s*\(?(?P<year>(?:1[5-9]|20)\d\d)\)?[;.,]*\Z")


def _titled(cited: Cited, rest: str, date: str) -> bool:
    """Title and source of a text that begins with the title."""
    if kind := _TYPE.search(rest, 0, LONGEST_TITLE * 2):
        cited.title = rest[: kind.start()].strip(" .")
        tail = rest[kind.end() :]
        imprint = imprints.parse(tail, date=date, is_in=kind["type"] == "C")
        if stated := _TYPES.get(kind["type"]):
            imprint.publication["type"] = stated
        _fill(cited, imprint)
        return bool(cited.title)
    title, tail = _split(rest)
    if not tail or not imprints.parse(tail, date=date).venue:
        # `Are ants wise? J Ant Res. 2025;12:1`: the first full stop ends the venue
        for match in list(_ENDED_OTHERWISE.finditer(title))[::-1][:3]:
            found = imprints.parse(f"{title[match.end() :]}. {tail}".strip(), date=date)
            if found.venue and found.is_telling:
                title, tail = title[: match.end()].strip(), f"{title[match.end() :]}. {tail}"
                break
    extra: dict[str, object] = {}
    if about := _ABOUT.search(title) or _BRACKETS.search(title):
        extra = imprints.parse(about["said"]).publication
        if extra or about.end() == len(title):
            title = f"{title[: about.start()]}{title[about.end() :]}"
    if dated := _DATED.search(title):
        title, date = title[: dated.start()], date or dated["year"]
    cited.title = title.strip(" ,;:")
    imprint = imprints.parse(tail, date=date)
    if not imprint.date and not imprint.venue and (behind := _YEAR_BEHIND.search(cited.title)):
        cited.title, imprint.date = cited.title[: behind.start()], behind["year"]
    if extra.get("type") in ("report", "thesis") and imprint.venue:
        imprint.publication.setdefault("publisher", imprint.venue)
        imprint.venue = ""
    imprint.publication |= {name: value for name, value in extra.items() if value}
    _fill(cited, imprint)
    return bool(cited.title)


def _split(rest: str) -> tuple[str, str]:
    """A text at the full stop that ends its title."""
    for match in _END.finditer(rest, 0, LONGEST_TITLE * 2):
        before = rest[: match.start()]
        is_dot = match[0][:1] == "."
        if is_dot and _SHORTENED.search(before[-12:]):
            continue
        if is_dot and _is_initial(before, rest[match.end() :]):
            continue
        kept = match[0].rstrip() if match[0][:1] in "?!" else ""
        return before + kept, rest[match.end() :]
    return rest, ""


def _is_initial(before: str, after: str) -> bool:
    """Whether a full stop is that of an initial within a title: `Lives of Ronald A. Fisher`."""
    words = before.split()
    if len(words) < 2 or len(words[-1]) != 1 or not words[-1].isupper() or words[-1] == "I":
        return False
    return words[-2][:1].isupper() and after[:1].isupper() and words[-2].lower() not in _LETTERED


_LETTERED: Final = {"vitamin", "type", "part", "hepatitis", "plan", "class", "group", "phase"}


def _fill(cited: Cited, imprint: Imprint) -> None:
    if (translated := _TRANSLATED.fullmatch(cited.title)) is not None:
        cited.title = translated[1]
    cited.date = cited.date or imprint.date
    cited.venue = imprint.venue
    cited.publication = imprint.publication


_TRANSLATED: Final = re.compile(r"\[([^\[\]]+)\]")
"""As PubMed marks a title that is not in English."""

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
    return all(len(found or ()) < 2 for found in named)


LONGEST_VENUE: Final = 250
_MOST: Final = {"volume": 30, "issue": 40, "pages": 50, "number": 40}
"""Characters of the parts of a reference; more is several references, or none."""
