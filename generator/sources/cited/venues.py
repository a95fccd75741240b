"""The venue of a reference, and who published it, told from each other."""

from __future__ import annotations

import re
from typing import Final

from generator.sources.cited.reference import Imprint

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

THESIS: Final = re.compile(
    r"\b(?P<genre>(?:Ph\.? ?D\.?|Doctoral|D\. ?Phil\.|Master(?:[’']?s)?|M\. ?Sc\.?|MSc"
    r"|Bachelor(?:[’']?s)?"
    r"|Diploma|Habilitation)\s+(?:thesis|dissertation|Dissertation|Thesis)|Dissertation)\b"
)
REPORT: Final = re.compile(
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
SERIES: Final = re.compile(
    r"(?:,|\.|\)|:|^)\s*(?P<series>Lecture Notes in [A-Z][\w ]+?|LN[A-Z]{2,3}|CCIS|IFIP AICT"
    r"|Proceedings of Machine Learning Research|PMLR)(?=\s*[,.(:]|\s+vol|\s*$)"
)


def fill_venue(imprint: Imprint, before: str, behind: list[str], *, is_in: bool) -> None:
    """Tell the venue from the publisher and the place."""
    said = imprint.publication
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
    if not (is_in or imprint.is_telling) and (issuer := _issuer(before)):
        said.update(issuer)
        before = ""
    imprint.venue = re.sub(r"\s+([,.;])", r"\1", before).strip(" ,;:")
    publisher, comma, place = str(said.get("publisher", "")).partition(", ")
    if comma:
        said |= {"publisher": publisher, "place": place}
    for part in behind:
        for piece in re.split(r"\. (?=[A-Z])", part):
            fill_publication(said, piece.strip(" ,;:."))


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


def fill_publication(said: dict[str, object], piece: str) -> None:
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
