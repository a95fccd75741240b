"""The marks by which an imprint names volumes, issues, pages and dates."""

from __future__ import annotations

import re
from typing import Final

_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_YEAR: Final = r"(?:1[5-9]|20)\d\d"
_PAGE: Final = r"[A-Za-z]{0,2}\d[\w.]{0,12}(?::\d{1,4})?"
PAGES: Final = rf"{_PAGE}(?:\s?[-‐‑–—−]{{1,3}}\s?{_PAGE})?(?:, ?\d+[-–]\d+)*(?<!\.)"
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
SIGNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # Vancouver: `2025 Aug 3;12(3):45-67`
        rf"\b(?P<date>{_YEAR}(?: {_MONTH}(?:[-–/]{_MONTH})?(?: \d{{1,2}})?)?)"
        rf"\s?;(?=\s?(?:[A-Za-z]?\d|\(|:))\s?"
        rf"(?P<volume>{_NUMBER}(?: Suppl\.?(?: \d+)?)?)?\s?(?:\((?P<issue>[^()]{{1,30}})\))?"
        rf"(?:\s?:\s?(?P<pages>{PAGES}))?",
        # GB/T 7714: `2025, 12(3): 45-67`
        rf"(?<=[,，] )(?P<year>{_YEAR})[,，] ?(?P<volume>{_NUMBER})?\s?(?:\((?P<issue>{_ISSUE})\))?"
        rf"\s?[:：] ?(?P<pages>{PAGES})",
        # ACM: `12, 3, Article 104 (March 2025), 45–67`
        rf"(?<=[\w.)”’?!,] )(?P<volume>\d{{1,4}}), (?P<issue>{_ISSUE})(?:, (?:Article|Art\.)"
        rf" (?P<number>\w+) {_BRACKETED_YEAR}|"
        rf" {_BRACKETED_YEAR.replace('<year>', '<date>')}, (?P<pages>{PAGES}))",
        # MDPI: `2025, 12, 104`
        rf"(?<=[\w.)] )(?P<year>{_YEAR}), (?P<volume>{_NUMBER})(?: ?\((?P<issue>{_ISSUE})\))?"
        rf", (?P<pages>{PAGES})(?=\.|$)",
        # PubMed, of what has no volume yet: `2025 Aug 3:2025.08.03.123456`
        rf"\b(?P<date>{_YEAR} {_MONTH} \d{{1,2}})\s?:\s?(?P<pages>[\w.]{{1,30}}?)(?=\.?$|[.;] )",
        # Elsevier: `12 (2025) 45–67`
        rf"(?<=[\w.)] )(?<!pp\. )(?!{_YEAR}\b)(?P<volume>{_VOLUME})(?: ?\((?P<issue>{_ISSUE})\))?"
        rf",? {_BRACKETED_YEAR},? (?P<pages>{PAGES})",
        # Chicago: `12, no. 3 (2025): 45–67`, and without an issue
        rf"(?<=[\w.)”’?!] )(?<!pp\. )(?!{_YEAR}\b)(?P<volume>{_VOLUME})"
        rf"(?:, no\. (?P<issue>[\w–/-]+))? {_BRACKETED_YEAR}"
        rf"(?: ?[:,] ?(?P<pages>{PAGES}))?",
        # ACL, BibTeX, APA, Springer: `12(3):45–67`, `12(3), 45–67`, `12(3), Article 104`
        rf"(?<![\w(])(?P<volume>{_NUMBER})\s?\((?P<issue>(?!{_YEAR}\)){_ISSUE})\)"
        rf"(?:\s?[:,]\s?(?:(?:pp?\.|pages?) ?)?(?P<pages>{PAGES}))?(?![\w(])",
        # `12:45–67`, `vol. 12:45–67`
        rf"(?:(?<=[\w.)”’?!] )|(?<=, ))(?P<volume>(?!{_YEAR}\b)\d{{1,4}})"
        rf"\s?:\s?(?P<pages>{PAGES})(?!\w)",
        # Nature: `12, 45–67 (2025)`; `12, 45–67`
        rf"(?:(?<=[\w.)”’?!] )|(?<=, ))(?P<volume>(?!{_YEAR}\b)\d{{1,4}})"
        rf", (?:pp?\. ?)?(?P<pages>{PAGES})(?= ?\(|[.,;]|$)",
        # Nature, of proceedings: `890–898 (Ant Press, 2010)`
        rf"(?<=\s)(?:pp?\. ?)?(?P<pages>\d+[-–]\d+)"
        rf" \((?:(?P<publisher>[^()]{{2,80}}), )?(?P<year>{_YEAR})\)",
        # `Proceedings of AntConf. 2025: 45-67`
        rf"(?<=[\w.,;] )(?P<year>{_YEAR})\s?[:：]\s?(?P<pages>{PAGES})",
        # ACM: `ACM, New York, NY, USA, 45–67.`
        r"(?<=[,.] )(?<!p\. )(?P<pages>\d+[-–]\d+|\d+:\d+[-–]\d+:\d+)(?=\.?\s*$)",
    )
)
WORDS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:vol(?:ume|s)?\.?|Bd\.) ?(?P<volume>{_NUMBER}|[IVXLC]+\b)"
        rf"(?: ?\((?P<issue>(?!{_YEAR}\)){_ISSUE})\)|:(?P<pages>{PAGES}))?",
        r"\b(?:no|num|number|issue|iss|nr)\b\.? ?"
        r"(?P<issue>(?=[\w-]*\d|OOPSLA|POPL|PLDI|ICFP)[\w–/-]+)",
        rf"\b(?:pp\.?|p\.|pages?|pgs?\.|S\.|с\.) ?(?P<pages>{PAGES})",
        r"\b(?:Art(?:icle|\.)|Paper) ?(?:no\.|number|ID|nr\.?)? ?"
        r"(?P<number>[A-Za-z]{0,3}\d[\w.-]{0,20}(?<!\.))",
    )
)
WORDED: Final = re.compile(r"\bvol(?:ume)?\b", re.IGNORECASE)
LENGTH: Final = re.compile(r"(?<=[,.;] )\d{1,4} (?:pages|pp\.?)(?=[,.;]|$)")
DATES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        _BRACKETED_YEAR,
        # `Aug. 2025`, `August 3, 2025`, `3 Aug. 2025`, `2025`, between marks
        rf"(?:(?<=[,.;:]\s)|(?<=[,;:])|^|(?<=[)\]]\s))(?P<date>(?:(?:\d{{1,2}} )?{_MONTH}"
        rf"(?:[-–/]{_MONTH})?(?: \d{{1,2}})?,? )?{_YEAR})[a-z]?(?=\s*[.,;:)]|\s*$)",
        rf"(?<![\d–-])(?P<year>{_YEAR})(?=\.?\s*$)",
    )
)
ANY_YEAR: Final = re.compile(rf"(?<![\d–-])(?P<year>{_YEAR})(?![\d–-])")
