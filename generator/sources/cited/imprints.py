"""What stands behind the title of a reference: its venue, and where in it the paper stands.

All styles say the same few things with the same few marks, whatever their order:

    J Ant Res. 2025 Aug;12(3):45-67.
    J. Ant Res., vol. 12, no. 3, pp. 45–67, Aug. 2025.
    In Proceedings of AntConf 2025, pages 1–9, Rome, Italy. Ant Society.
    Journal of Ant Research 12, no. 3 (2025): 45–67.

The numbers are told by their marks; the venue is what stands before the first of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from generator.sources.cited.signatures import Form, people

_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_YEAR: Final = r"(?:1[5-9]|20)\d\d"
_PAGE: Final = r"[A-Za-z]{0,2}\d[\w.]{0,12}(?::\d{1,4})?"
_PAGES: Final = rf"{_PAGE}(?:\s?[-‐‑–—−]{{1,3}}\s?{_PAGE})?(?:, ?\d+[-–]\d+)*(?<!\.)"
_NUMBER: Final = r"[A-Za-z]?\d[\w./–-]{0,15}(?<![./])"
_VOLUME: Final = r"[A-Za-z]?\d[\w./]{0,10}(?<![./])"
_ISSUE: Final = (
    r"(?:[A-Za-z]{0,12}[ .]{0,2})?\d[\w–/-]{0,10}|[A-Z]{2,12}\d{0,2}|Suppl[\w. ]{0,12}"
    r"|Special Issue"
)
_SEASON: Final = r"(?:Spring|Summer|Fall|Autumn|Winter)"
_BRACKETED_YEAR: Final = (
    rf"\((?:(?:{_MONTH}|{_SEASON})(?:[-–/]{_MONTH})?(?: \d{{1,2}})?,? )?(?P<year>{_YEAR})\)"
)

# What is told by its marks, the most telling first. Each is looked for once.
_SIGNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # Vancouver: `2025 Aug 3;12(3):45-67`
        rf"\b(?P<date>{_YEAR}(?: {_MONTH}(?:[-–/]{_MONTH})?(?: \d{{1,2}})?)?)"
        rf"\s?;(?=\s?(?:[A-Za-z]?\d|\(|:))\s?"
        rf"(?P<volume>{_NUMBER}(?: Suppl\.?(?: \d+)?)?)?\s?(?:\((?P<issue>[^()]{{1,30}})\))?"
        rf"(?:\s?:\s?(?P<pages>{_PAGES}))?",
        # GB/T 7714: `2025, 12(3): 45-67`
        rf"(?<=[,，] )(?P<year>{_YEAR})[,，] ?(?P<volume>{_NUMBER})?\s?(?:\((?P<issue>{_ISSUE})\))?"
        rf"\s?[:：] ?(?P<pages>{_PAGES})",
        # ACM: `12, 3, Article 104 (March 2025), 45–67`
        rf"(?<=[\w.)”’?!,] )(?P<volume>\d{{1,4}}), (?P<issue>{_ISSUE})(?:, (?:Article|Art\.)"
        rf" (?P<number>\w+) {_BRACKETED_YEAR}|"
        rf" {_BRACKETED_YEAR.replace('<year>', '<date>')}, (?P<pages>{_PAGES}))",
        # MDPI: `2025, 12, 104`
        rf"(?<=[\w.)] )(?P<year>{_YEAR}), (?P<volume>{_NUMBER})(?: ?\((?P<issue>{_ISSUE})\))?"
        rf", (?P<pages>{_PAGES})(?=\.|$)",
        # PubMed, of what has no volume yet: `2025 Aug 3:2025.08.03.123456`
        rf"\b(?P<date>{_YEAR} {_MONTH} \d{{1,2}})\s?:\s?(?P<pages>[\w.]{{1,30}}?)(?=\.?$|[.;] )",
        # Elsevier: `12 (2025) 45–67`
        rf"(?<=[\w.)] )(?<!pp\. )(?!{_YEAR}\b)(?P<volume>{_VOLUME})(?: ?\((?P<issue>{_ISSUE})\))?"
        rf",? {_BRACKETED_YEAR},? (?P<pages>{_PAGES})",
        # Chicago: `12, no. 3 (2025): 45–67`, and without an issue
        rf"(?<=[\w.)”’?!] )(?<!pp\. )(?!{_YEAR}\b)(?P<volume>{_VOLUME})"
        rf"(?:, no\. (?P<issue>[\w–/-]+))? {_BRACKETED_YEAR}"
        rf"(?: ?[:,] ?(?P<pages>{_PAGES}))?",
        # ACL, BibTeX, APA, Springer: `12(3):45–67`, `12(3), 45–67`, `12(3), Article 104`
        rf"(?<![\w(])(?P<volume>{_NUMBER})\s?\((?P<issue>(?!{_YEAR}\)){_ISSUE})\)"
        rf"(?:\s?[:,]\s?(?:(?:pp?\.|pages?) ?)?(?P<pages>{_PAGES}))?(?![\w(])",
        # `12:45–67`, `vol. 12:45–67`
        rf"(?:(?<=[\w.)”’?!] )|(?<=, ))(?P<volume>(?!{_YEAR}\b)\d{{1,4}})"
        rf"\s?:\s?(?P<pages>{_PAGES})(?!\w)",
        # Nature: `12, 45–67 (2025)`; `12, 45–67`
        rf"(?:(?<=[\w.)”’?!] )|(?<=, ))(?P<volume>(?!{_YEAR}\b)\d{{1,4}})"
        rf", (?:pp?\. ?)?(?P<pages>{_PAGES})(?= ?\(|[.,;]|$)",
        # Nature, of proceedings: `890–898 (Ant Press, 2010)`
        rf"(?<=\s)(?:pp?\. ?)?(?P<pages>\d+[-–]\d+)"
        rf" \((?:(?P<publisher>[^()]{{2,80}}), )?(?P<year>{_YEAR})\)",
        # `Proceedings of AntConf. 2025: 45-67`
        rf"(?<=[\w.,;] )(?P<year>{_YEAR})\s?[:：]\s?(?P<pages>{_PAGES})",
        # ACM: `ACM, New York, NY, USA, 45–67.`
        r"(?<=[,.] )(?<!p\. )(?P<pages>\d+[-–]\d+|\d+:\d+[-–]\d+:\d+)(?=\.?\s*$)",
    )
)
_WORDS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:vol(?:ume|s)?\.?|Bd\.) ?(?P<volume>{_NUMBER}|[IVXLC]+\b)"
        rf"(?: ?\((?P<issue>(?!{_YEAR}\)){_ISSUE})\)|:(?P<pages>{_PAGES}))?",
        r"\b(?:no|num|number|issue|iss|nr)\b\.? ?"
        r"(?P<issue>(?=[\w-]*\d|OOPSLA|POPL|PLDI|ICFP)[\w–/-]+)",
        rf"\b(?:pp\.?|p\.|pages?|pgs?\.|S\.|с\.) ?(?P<pages>{_PAGES})",
        r"\b(?:Art(?:icle|\.)|Paper) ?(?:no\.|number|ID|nr\.?)? ?"
        r"(?P<number>[A-Za-z]{0,3}\d[\w.-]{0,20}(?<!\.))",
    )
)
_WORDED: Final = re.compile(r"\bvol(?:ume)?\b", re.IGNORECASE)
_LENGTH: Final = re.compile(r"(?<=[,.;] )\d{1,4} (?:pages|pp\.?)(?=[,.;]|$)")
_DATES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        _BRACKETED_YEAR,
        # `Aug. 2025`, `August 3, 2025`, `3 Aug. 2025`, `2025`, between marks
        rf"(?:(?<=[,.;:]\s)|(?<=[,;:])|^|(?<=[)\]]\s))(?P<date>(?:(?:\d{{1,2}} )?{_MONTH}"
        rf"(?:[-–/]{_MONTH})?(?: \d{{1,2}})?,? )?{_YEAR})[a-z]?(?=\s*[.,;:)]|\s*$)",
        rf"(?<![\d–-])(?P<year>{_YEAR})(?=\.?\s*$)",
    )
)
_ANY_YEAR: Final = re.compile(rf"(?<![\d–-])(?P<year>{_YEAR})(?![\d–-])")
_IN: Final = re.compile(r"(?:In[:.]?|in:?)\s+(?=\S)|//\s*")
_PAGES_FIRST: Final = re.compile(rf"Pp?\. (?P<pages>{_PAGES}) in (?=\S)")
_EDITION: Final = re.compile(
    r"\(?\b(?P<edition>\d{1,2})(?:st|nd|rd|th) (?:ed(?:ition|n)?\b\.?)\)?", re.IGNORECASE
)
_EDITORS: Final = (
    # `In: Hopper, G. (ed.) The Book`, `In G. Hopper & A. Lee (Eds.), The Book`
    re.compile(
        r"\A(?P<names>[^()]{3,600}?),? \((?:Eds?|eds?|Hrsg)\.?\)[,.:]?\s+(?P<rest>\S.*)\Z",
        re.DOTALL,
    ),
    # `In Grace Hopper, editor, The Book`, `In Grace Hopper and Ada Lee, editors, The Book`
    re.compile(r"\A(?P<names>[^()]{3,600}?), editors?[,.:] (?P<rest>\S.*)\Z", re.DOTALL),
    # `The Book, G. Hopper and A. Lee, Eds.`
    re.compile(
        r"\A(?P<rest>[^,]{3,300}), (?P<names>[^()]{3,600}?), Eds?\.(?P<more>.*)\Z", re.DOTALL
    ),
)
_CONFERENCE: Final = re.compile(
    r"\b(?:proc(?:eedings|\.)|conference|conf\.|workshop|symposium|symp\.|colloquium)",
    re.IGNORECASE,
)
_PUBLISHER: Final = re.compile(
    r"\b(?:press|publish\w*|verlag|springer|wiley|elsevier|routledge|books?|birkh[aä]user|sage"
    r"|mcgraw|pearson|addison|o[’']reilly|association for computing machinery|association for"
    r" computational linguistics|acm|ieee|pmlr|curran|usenix|society|kluwer|morgan kaufmann|aaai"
    r"|inc\.?|ltd\.?|gmbh)(?!\w)",
    re.IGNORECASE,
)
_HOUSE: Final = re.compile(
    r"[^.]*\b(?:press|publish\w*|verlag|books)|(?:springer|wiley|elsevier|routledge|sage|pearson"
    r"|birkh[aä]user|addison-wesley|morgan kaufmann)(?: [\w-]+)?|acm|ieee|pmlr|penguin|usenix",
    re.IGNORECASE,
)
"""A name that is that of a publisher, and not of a journal such as `ACM Computing Surveys`."""

_THESIS: Final = re.compile(
    r"\b(?P<genre>(?:Ph\.? ?D\.?|Doctoral|D\. ?Phil\.|Master(?:[’']?s)?|M\. ?Sc\.?|MSc"
    r"|Bachelor(?:[’']?s)?"
    r"|Diploma|Habilitation)\s+(?:thesis|dissertation|Dissertation|Thesis)|Dissertation)\b"
)
_REPORT: Final = re.compile(
    r"\b(?P<genre>(?:Technical|Tech\.|Research) [Rr]ep(?:ort\b|\.))"
    r"(?:,? ?(?:no\. ?)?(?P<number>[A-Za-z]*[\w./-]*\d[\w/-]*))?"
)
_COUNTRIES: Final = re.compile(
    r"(?:USA|U\.S\.A\.|United States|UK|United Kingdom|Canada|Germany|France|Italy|Spain|Portugal"
    r"|Netherlands|The Netherlands|Belgium|Switzerland|Austria|Sweden|Norway|Denmark|Finland"
    r"|Iceland|Ireland|Poland|Czech Republic|Czechia|Hungary|Romania|Bulgaria|Greece|Turkey"
    r"|Türkiye|Russia|Ukraine|Estonia|Latvia|Lithuania|Slovenia|Slovakia|Croatia|Serbia|Israel"
    r"|Egypt|Morocco|Tunisia|South Africa|Kenya|Rwanda|Ethiopia|Nigeria|India|China|P\.R\. China"
    r"|Japan|Korea|South Korea|Republic of Korea|Taiwan|Hong Kong|Singapore|Thailand|Vietnam"
    r"|Indonesia|Malaysia|Philippines|Australia|New Zealand|Mexico|Brazil|Argentina|Chile|Colombia"
    r"|Peru|Uruguay|Puerto Rico|Dominican Republic|UAE|United Arab Emirates|Qatar|Saudi Arabia"
    r"|Malta|Cyprus|Luxembourg|Macau|Virtual(?: Event)?|Online|[A-Z]{2}(?=$))"
)
_SERIES: Final = re.compile(
    r"(?:,|\.|\)|:|^)\s*(?P<series>Lecture Notes in [A-Z][\w ]+?|LN[A-Z]{2,3}|CCIS|IFIP AICT"
    r"|Proceedings of Machine Learning Research|PMLR)(?=\s*[,.(:]|\s+vol|\s*$)"
)


@dataclass(slots=True)
class Imprint:
    """What the text behind a title says."""

    venue: str = ""
    date: str = ""
    publication: dict[str, object] = field(default_factory=dict)

    @property
    def is_telling(self) -> bool:
        """Whether it says where in a venue, or by whom, a paper was published."""
        said = self.publication
        return any(said.get(name) for name in ("volume", "issue", "pages", "number", "type"))


def parse(text: str, *, date: str = "", is_in: bool = False) -> Imprint:
    """The venue, the date and the numbers in what stands behind a title.

    Args:
        text: of one line, without identifiers and addresses.
        date: where the year stood before the title already.
        is_in: whether `In` stood before it.
    """
    found = Imprint(date=date)
    said = found.publication
    text = _LENGTH.sub("", text.strip(" ,;"))
    if match := _PAGES_FIRST.match(text):  # of the American Sociological Association
        said["pages"] = match["pages"]
        text, is_in = text[match.end() :], True
    if match := _IN.match(text):
        text, is_in = text[match.end() :], True
    for index, pattern in enumerate(_EDITORS):
        match = pattern.match(text) if index < 2 or is_in else None
        if match and (editors := _people(match["names"])):
            said["editors"] = editors
            text = match["rest"] + (match.groupdict().get("more") or "")
            is_in = True
            break
    first = len(text)
    spans: list[tuple[int, int]] = []

    def take(match: re.Match[str] | None) -> bool:
        nonlocal first
        if match is None or any(a < match.end() and match.start() < b for a, b in spans):
            return False
        groups = {name: value for name, value in match.groupdict().items() if value}
        if any(name in said for name in groups if name not in ("date", "year")):
            return False
        when = groups.pop("date", "") or groups.pop("year", "")
        found.date = found.date or when
        said.update(groups)
        spans.append(match.span())
        first = min(first, match.start())
        return True

    if match := _SERIES.search(text, 1 if text else 0):
        said["series"] = match["series"]
        spans.append(match.span())
        first = min(first, match.start())
    take(_THESIS.search(text)) and said.setdefault("type", "thesis")
    if "type" not in said and take(_REPORT.search(text)):
        said["type"] = "report"
    take(_EDITION.search(text))
    is_worded = _WORDED.search(text)
    for pattern in (*_WORDS, *_SIGNS) if is_worded else (*_SIGNS, *_WORDS):
        take(pattern.search(text))
    for pattern in _DATES:
        for match in pattern.finditer(text):
            if take(match):
                break
    before, behind = text[:first], _left(text, first, spans)
    _name(found, before, behind, is_in=is_in)
    if not found.date and (match := _ANY_YEAR.search(text)):
        found.date = match["year"]
    return found


def _people(text: str) -> list[str] | None:
    for form in Form:
        if found := people(text.strip(), form):
            return list(found)
    return None


def _left(text: str, first: int, spans: list[tuple[int, int]]) -> list[str]:
    """What stands between and behind the numbers."""
    parts, place = [], first
    for start, end in sorted(spans):
        parts.append(text[place:start])
        place = max(place, end)
    parts.append(text[place:])
    stripped = (re.sub(r"\A[\s,.;:()\[\]]+|[\s,.;:(\[]+\Z", "", part) for part in parts)
    return [part for part in stripped if any(map(str.isalpha, part))]


def _name(found: Imprint, before: str, behind: list[str], *, is_in: bool) -> None:
    """Tell the venue from the publisher and the place."""
    said = found.publication
    before = (
        before.strip(" ,;:([").removesuffix(".")
        if not _is_short(before)
        else before.strip(" ,;:([")
    )
    if said.get("type") in ("thesis", "report"):
        words = ", ".join(part for part in [before, *behind] if part).split(", ")
        said["publisher"] = words[0].strip(" .")
        if words[1:]:
            said["place"] = ", ".join(words[1:]).strip(" .")
        return
    if is_in and _CONFERENCE.search(before):
        said["type"] = "paper-conference"
    before, issued = _parted(before, is_in=is_in or "series" in said)
    behind = [*issued, *behind]
    if not (is_in or found.is_telling) and (issuer := _issuer(before)):
        said.update(issuer)
        before = ""
    found.venue = re.sub(r"\s+([,.;])", r"\1", before).strip(" ,;:")
    publisher, comma, place = str(said.get("publisher", "")).partition(", ")
    if comma:
        said |= {"publisher": publisher, "place": place}
    for part in behind:
        for piece in re.split(r"\. (?=[A-Z])", part):
            _imprint(said, piece.strip(" ,;:."))


def _parted(before: str, *, is_in: bool) -> tuple[str, list[str]]:
    """A venue, and what stands behind it of its publisher and place."""
    issued: list[str] = []
    match = _BRACKETED.search(before)
    if match and (_is_place(match["said"]) or _PUBLISHER.search(match["said"])):
        issued.append(match["said"])
        before = before[: match.start()]
    if match := _ISSUED.search(before) if is_in else None:
        issued.append(match["said"])
        before = before[: match.start()]
    for separator in ("; ", ". "):
        venue, mark, rest = _cut(before) if separator == ". " else before.partition("; ")
        if mark and (_PUBLISHER.search(rest) or _is_place(rest.partition(":")[0])):
            issued.insert(0, rest)
            before = venue
    for _ in range(2 if is_in else 0):
        pieces = before.split(", ")
        if len(pieces) > 2 and _COUNTRIES.fullmatch(pieces[-1].strip(" .")):
            before = ", ".join(pieces[:-2])
            issued.insert(0, ", ".join(pieces[-2:]))
        elif len(pieces) > 1 and pieces[-1][:1].isupper() and _PUBLISHER.search(pieces[-1]):
            before = ", ".join(pieces[:-1])
            issued.insert(0, pieces[-1])
    return before, issued


_BRACKETED: Final = re.compile(r"[\s,]+[\[(](?P<said>[^()\[\]]{3,80})[\])]?\Z")
_ISSUED: Final = re.compile(
    r"[,.] (?P<said>[A-Z][\w.’ -]{1,40}(?:, [A-Z][\w. ]{1,30})?: [A-Z][\w.,&’ -]{1,60})\Z"
)


def _is_short(before: str) -> bool:
    """Whether the full stop at the end is that of an abbreviation: `J. Ant Res.`, `Proc. Ants.`"""
    words = before.rstrip(" ,;:([").split()
    if not words or not words[-1].endswith("."):
        return False
    return "." in " ".join(words[:-1]) or (before.rstrip(" ;:([").endswith(","))


def _cut(text: str) -> tuple[str, str, str]:
    """A text at its first full stop that ends more than an abbreviation."""
    for match in re.finditer(r"\. (?=[A-Z])", text):
        word = text[: match.start()].rpartition(" ")[2]
        if len(word) > 4 or word.isdigit() or word.endswith(")") or _YEARLY.fullmatch(word):
            return text[: match.start()], ".", text[match.end() :]
    return text, "", ""


_YEARLY: Final = re.compile(r"[’'`]\d\d\)?|[A-Z]{3,}")


def _is_place(text: str) -> bool:
    pieces = text.split(", ")
    return _COUNTRIES.fullmatch(pieces[-1].strip(" .")) is not None


def _issuer(text: str) -> dict[str, object]:
    """`Ant Press`, `Rome: Ant Press`, `Ant Press, Rome`; empty for what is a venue."""
    place, colon, publisher = text.partition(": ")
    if colon and len(place) < 40 and place[:1].isupper() and _PUBLISHER.search(publisher):
        return {"place": place, "publisher": publisher.strip(" .,;"), "type": "book"}
    name, comma, where = text.partition(", ")
    if _HOUSE.fullmatch(name.strip(" .,;")) and len(text) < 80:
        return {
            "publisher": name.strip(" .,;"),
            **({"place": where} if comma else {}),
            "type": "book",
        }
    return {}


def _imprint(said: dict[str, object], piece: str) -> None:
    """Give the publisher or the place what stands behind the numbers."""
    if not piece or len(piece) > 150:
        return
    place, colon, publisher = piece.partition(": ")
    name, comma, where = piece.partition(", ")
    if colon and "publisher" not in said and len(place) < 60:
        said["place"], said["publisher"] = place, publisher
    elif _PUBLISHER.search(name) and "publisher" not in said:
        said["publisher"] = name
        if comma and "place" not in said:
            said["place"] = where
    elif _is_place(piece) and "place" not in said:
        said["place"] = piece
