"""Reader for what Google Scholar shows, copied: the results of a search, or the mail of an alert.

    [PDF] Scaling laws for ant colonies
    M Kovacs, T Lindqvist… - Journal of Ant Research, 2025 - ants.example
    We study how the size of a colony relates to the speed of its foraging …
    Save Cite Cited by 12 Related articles All 3 versions

The second line tells it, and where each paper begins. It cuts long lists of authors and names of
venues short with `…`: such a venue is left out, and so is a piece of text that is cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urlsplit

from generator import text as foreign
from generator.sources import identifiers
from generator.sources.content import Content
from generator.sources.copied import bylines
from generator.sources.copied.drafts import anchored
from generator.sources.copied.lines import Line, head, lines
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "google-scholar"
LABEL = "results of Google Scholar as text: a search, copied, or the mail of an alert"

_BYLINE: Final = re.compile(
    r"(?P<names>[^\d@:/]{2,300}?)\s[-–]\s(?:(?P<venue>.{1,200}?),\s)?(?P<year>(?:1[5-9]|20)\d\d)"
    r"(?:\s[-–]\s(?P<host>.{1,80}))?"
)
_SCHOLAR: Final = re.compile(r"(?:[A-ZÀ-Þ][A-ZÀ-Þ-]{0,4} [^\W\d_][^,]{1,40}|\W+)")
_BUTTONS: Final = re.compile(
    r"(?:\W|save|cite|cited by \d+|related articles?|(?:all )?\d+ versions?|import into \w+|twitter"
    r"|linkedin|facebook|x|view as html|cached|library search|web of science: \d+|more|fewer|html"
    r"|full view|get it at \w+|fulltext(?: via \w+)?|check for full ?text)+",
    re.IGNORECASE,
)
_CITED: Final = re.compile(r"cited by \d|related articles|\d versions", re.IGNORECASE)
_MARK: Final = re.compile(r"(?:\[(?:PDF|HTML|BOOK|CITATION|DOC|B|C|PS|TXT)\]\s*)+", re.IGNORECASE)
_FILE: Final = re.compile(r"\[(?:PDF|HTML|DOC|PS|TXT)\]\s+(?:[\w-]+\.)+\w{2,}", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"<?(https?://\S+?)>?")
_AROUND: Final = re.compile(
    r"(?:this (?:message|alert)|google scholar|list alerts|cancel alert|create alert|articles"
    r"|case law|profiles|about [\d,.]+ results|any time|since \d{4}|custom range|sort by|any type"
    r"|review articles|include |my profile|my library|unsubscribe|see all|related searches"
    r"|previous|next|help|privacy|terms|\d+(?: \d+)*$|page \d+|showing|view all|advanced search"
    r"|(?:subject|from|to|date|reply-to|mime-version"
    r"|content-[a-z-]+|message-id|list-[a-z-]+|x-[a-z-]+): )",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Result:
    """The lines of one paper."""

    title: str
    is_book: bool
    said: re.Match[str]
    line: int
    below: Sequence[Line]
    links: Sequence[str]


def detect(content: Content) -> bool:
    """Whether lines of authors, venue and year go through it, and something is of the service."""
    if content.kind != "text":
        return False
    text = head(content)
    rows = lines(text)
    said = [row for row in rows if _byline(row)]
    hosts = sum(bool((match := _byline(row)) and match["host"]) for row in said)
    is_marked = _CITED.search(text) or "Google Scholar" in text or (len(said) > 1 and hosts)
    return bool(said and is_marked) and len(rows) <= 20 + 12 * len(said)


def read(content: Content) -> Reading:
    """Every result as a paper; what stands around them is passed over."""
    records = Records(content, NAME)
    anchor, start = anchored(content)
    day = anchor.day if anchor else None
    for rank, result in enumerate(_results(lines(content.text, start), records), 1):
        with records.record(f"line {result.line}"):
            said = result.said
            venue = (said["venue"] or "").strip(" ,")
            arxiv = identifiers.arxiv(venue.rpartition(" ")[2])
            text, unused, stray = _text(result.below)
            for row in stray:
                records.remark(*_stray(row))
            if venue.startswith("…") or venue.endswith(("…", "...")):
                venue, unused = "", [*unused, "venue (cut off)"]
            records.count_unused(unused)
            records.add(
                f"line {result.line}",
                RawRecord(
                    title=result.title,
                    abstract=text,
                    authors=bylines.names(said["names"].replace("…", " ").strip(" ,")),
                    published=said["year"],
                    days=[day],
                    rank=rank,
                    venue="" if arxiv else venue,
                    publication={"type": "book" if result.is_book else ""},
                    arxiv=arxiv,
                    links=[("url", url) for url in result.links],
                ),
            )
    return records.reading()


def _byline(row: Line) -> re.Match[str] | None:
    """Names with initials before them, venue and year in a line of it."""
    match = _BYLINE.fullmatch(row.text) if len(row.text) < 500 else None
    names = re.split(r",\s*|\s*…", match["names"]) if match else []
    return match if names and all(map(_SCHOLAR.fullmatch, filter(None, names))) else None


def _results(rows: Sequence[Line], records: Records) -> Iterator[_Result]:
    """Each line of authors with the title above it and what stands below, up to the next title."""
    places = [n for n, row in enumerate(rows) if n and _byline(row)]
    titles = [_title(rows, place) for place in places]
    ends = [*(first for first, *_ in titles), len(rows)][1:]
    for place, (first, title, links), end in zip(places, titles, ends, strict=True):
        if said := _byline(rows[place]):
            mark = _MARK.match(title)
            is_book = bool(mark) and "[B" in title[:20].upper()
            title = title[mark.end() :] if mark else title
            below = rows[place + 1 : end]
            yield _Result(title, is_book, said, rows[first].number, below, links)
    start = titles[0][0] if titles else len(rows)
    for row in rows[:start]:
        if not (_AROUND.match(row.text) or _BUTTONS.fullmatch(row.text) or _FILE.match(row.text)):
            records.remark(*_stray(row))


def _stray(row: Line) -> tuple[str, str]:
    shown = foreign.excerpt(row.text, 60)
    return f"line {row.number}", f"“{shown}” belongs to no result. Remove it, or put it right."


def _title(rows: Sequence[Line], place: int) -> tuple[int, str, list[str]]:
    """The row of the title of a line of authors, the title, and the addresses below it."""
    links = []
    first = place - 1
    while first > 0 and (match := _ADDRESS.fullmatch(rows[first].text)):
        links.append(_target(match[1]))
        first -= 1
    title = rows[first].text
    above = rows[first - 1] if first else None
    if above and not rows[first].is_first and above.is_first and len(above.text) >= 50:
        first, title = first - 1, f"{above.text} {title}"  # folded by a mailer
    return first, title, links


def _target(url: str) -> str:
    """The address that one of Google Scholar leads to."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return (parse_qs(parts.query).get("url") or [url])[0] if "scholar" in parts.netloc else url


def _text(rows: Sequence[Line]) -> tuple[str, list[str], list[Line]]:
    """What a result quotes, if it is whole; names of what has no place; and lines below it."""
    rows = [row for row in rows if not (_FILE.fullmatch(row.text) or _AROUND.match(row.text))]
    buttons = [n for n, row in enumerate(rows) if _BUTTONS.fullmatch(row.text)]
    end = buttons[0] if buttons else len(rows)
    stray = [row for n, row in enumerate(rows) if n > end and n not in buttons]
    unused = ["cited by"] if any(_CITED.search(rows[n].text) for n in buttons) else []
    text = " ".join(row.text for row in rows[:end])
    if "…" in text or "..." in text:
        return "", [*unused, "snippet"], stray
    return text, unused, stray
