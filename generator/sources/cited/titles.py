"""The title at the beginning of a text, and the imprint behind it."""

from __future__ import annotations

import re
from typing import Final

from generator.sources.cited import imprints
from generator.sources.cited.reference import Cited, Imprint

LONGEST_TITLE: Final = 400
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
"""Types by the letters of GB/T 7714."""
_ABOUT: Final = re.compile(r"\s\[(?P<said>[^\[\]]{3,120})\](?=[.,]?(?:\s|$))")
_BRACKETS: Final = re.compile(
    r"\s\((?P<said>(?:\d+(?:st|nd|rd|th) ed\.|Vol\. [^()]{1,20}"
    r"|[^()]{0,30}(?:Report|Rep\.)[^()]{0,40}|[^()]{0,10}[Tt]hesis[^()]{0,60}"
    r"|[^()]{0,20}dissertation[^()]{0,60}|, )+)\)(?=[.,]?(?:\s|$))"
)


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


def fill_titled(cited: Cited, rest: str, date: str) -> bool:
    """Title and source of a text that begins with the title."""
    if kind := _TYPE.search(rest, 0, LONGEST_TITLE * 2):
        cited.title = rest[: kind.start()].strip(" .")
        tail = rest[kind.end() :]
        imprint = imprints.parse(tail, date=date, is_in=kind["type"] == "C")
        if stated := _TYPES.get(kind["type"]):
            imprint.publication["type"] = stated
        fill_imprint(cited, imprint)
        return bool(cited.title)
    title, tail = _split(rest)
    if not tail or not imprints.parse(tail, date=date).venue:
        # `Are ants wise? J Ant Res. 2025;12:1`: the first full stop ends the venue
        for match in list(_ENDED_OTHERWISE.finditer(title))[::-1][:3]:
            behind_end = imprints.parse(f"{title[match.end() :]}. {tail}".strip(), date=date)
            if behind_end.venue and behind_end.is_telling:
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
    fill_imprint(cited, imprint)
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
        ending = match[0].rstrip() if match[0][:1] in "?!" else ""
        return before + ending, rest[match.end() :]
    return rest, ""


def _is_initial(before: str, after: str) -> bool:
    """Whether a full stop is that of an initial within a title: `Lives of Ronald A. Fisher`."""
    words = before.split()
    if len(words) < 2 or len(words[-1]) != 1 or not words[-1].isupper() or words[-1] == "I":
        return False
    return words[-2][:1].isupper() and after[:1].isupper() and words[-2].lower() not in _LETTERED


_LETTERED: Final = {"vitamin", "type", "part", "hepatitis", "plan", "class", "group", "phase"}


def fill_imprint(cited: Cited, imprint: Imprint) -> None:
    """Give a reference what its imprint says: date, venue and the details of the publication."""
    if (translated := _TRANSLATED.fullmatch(cited.title)) is not None:
        cited.title = translated[1]
    cited.date = cited.date or imprint.date
    cited.venue = imprint.venue
    cited.publication = imprint.publication


_TRANSLATED: Final = re.compile(r"\[([^\[\]]+)\]")
"""As PubMed marks a title that is not in English."""
