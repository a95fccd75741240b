"""Reader for what PubMed saves as “Abstract (text)”.

A record is paragraphs: its number with the journal and the date, the title, the authors with the
numbers of their affiliations, these affiliations, the abstract, then lines such as `PMID: 7`. See
https://pubmed.ncbi.nlm.nih.gov/help/#save-file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.model.papers import Author
from generator.sources import names
from generator.sources.content import Content
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import person, pubmed_name, pubmed_title

NAME = "pubmed-text"
LABEL = "abstracts of PubMed as text"

_START: Final = re.compile(r"(\d{1,6})\. ([^.\n]{1,200})\. ((?:1[89]|20)\d\d\b[^;.:]{0,20})")
_PLACE: Final = re.compile(r";([\w ]{1,20})?(?:\(([^()]{1,40})\))?(?::([\w.-]{1,30}))?\.")
_NUMBER: Final = re.compile(r"^PMID: (\d{1,9})\b", re.MULTILINE)
_DOI: Final = re.compile(r"^DOI: (10\.\S+)|\bdoi: (10\.\S+?)\.?(?:\s|\Z)", re.MULTILINE)
_MARKS: Final = re.compile(r"\((?:\d{1,3}|#|\*)\)")
_NAMED: Final = re.compile(r"[^\W\d_][^\d,;:()]{0,60} [A-Z]{1,4}(?: (?:Jr|Sr|[23][nr]d|I{2,3}))?")
_SUFFIXED: Final = re.compile(r"(.+) ([A-Z]{1,4}) (Jr|Sr|2nd|3rd|I{2,3})")
_LABEL: Final = re.compile(r"\n(?=[A-Z][A-Z ,/&-]{2,60}: )")
_NOTES: Final = re.compile(
    r"(?:Author information|Collaborators|Comment (?:in|on)|Erratum (?:in|for)|Update (?:of|in)"
    r"|Republished (?:in|from)|Retraction (?:in|of)|Conflict of interest statement|Publisher"
    r"|Summary for patients in|Original report in|DOI|PMCID|PMID)\b.{0,3}(?:\n|:)|©|\(c\)"
    r"|Copyright|\[(?:Article|Indexed) ",
    re.IGNORECASE,
)


def detect(content: Content) -> bool:
    """Whether it begins with a numbered line of a journal and a date, and has PubMed's numbers."""
    if content.kind != "text" or not _NUMBER.search(content.head):
        return False
    return bool(_START.match(" ".join(content.head[:500].split())))


def read(content: Content) -> Reading:
    """Every record as a paper."""
    records = Records(content, NAME)
    numbered_records = ((f"line {line}", paragraphs) for line, paragraphs in _records(content.text))
    return records.read_all(numbered_records, _add)


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """The line on which each begins, and its paragraphs; numbers go up by one."""
    began, paragraphs, expected = 1, list[str](), 0
    for line, paragraph in _paragraphs(text):
        start = _START.match(" ".join(paragraph[:500].split()))
        if start and (not expected or int(start[1]) == expected):
            if paragraphs:
                yield began, paragraphs
            began, paragraphs, expected = line, [], int(start[1]) + 1
        if expected:
            paragraphs.append(paragraph)
    if paragraphs:
        yield began, paragraphs


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    rows: list[str] = []
    for number, row in enumerate([*text.split("\n"), ""], 1):
        if row.strip():
            rows.append(row.strip())
        elif rows:
            yield number - len(rows), "\n".join(rows)
            rows = []


def _add(records: Records, position: str, paragraphs: list[str]) -> None:
    head = " ".join(paragraphs[0].split())
    start, place = _START.match(head), _PLACE.search(head)
    body = [each for each in paragraphs[1:] if not _NOTES.match(each)]
    title, body = (" ".join(body[0].split()), body[1:]) if body else ("", [])
    people = _people(body[0]) if body else []
    whole = "\n".join(paragraphs)
    doi, number = _DOI.search(whole), _NUMBER.search(whole)
    records.add(
        position,
        RawRecord(
            title=pubmed_title(title),
            abstract="\n\n".join(_LABEL.sub("\n\n", each) for each in body[bool(people) :]),
            authors=people,
            published=start[3].strip() if start else "",
            venue=start[2] if start else "",
            publication={
                "type": "article-journal",
                "volume": (place[1] or "") if place else "",
                "issue": (place[2] or "") if place else "",
                "pages": (place[3] or "") if place else "",
            },
            doi=(doi[1] or doi[2]) if doi else "",
            links=[("url", f"https://pubmed.ncbi.nlm.nih.gov/{number[1]}/")] if number else [],
            withdrawn="retracted" if re.search(r"^Retraction in\b", whole, re.MULTILINE) else "",
        ),
    )


def _people(paragraph: str) -> list[Author | None]:
    """The authors in `Marsh N(1), Berg O(1)(2); Ant Group.`; none where it is no list of them."""
    line = _MARKS.sub("", " ".join(paragraph.split())).rstrip(".")
    signed, *groups = line.split("; ")
    parts = [part.strip() for part in signed.split(", ")]
    if not any(map(_NAMED.fullmatch, parts)) or sum(map(len, parts)) > 60 * len(parts):
        return []
    return [*map(_person, parts), *(Author(name=group) for group in groups if group.strip())]


def _person(name: str) -> Author | None:
    if suffixed := _SUFFIXED.fullmatch(name):
        return person(family=suffixed[1], given=suffixed[2], suffix=suffixed[3])
    return names.author(pubmed_name(name))
