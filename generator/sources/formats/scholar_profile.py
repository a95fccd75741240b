"""Reader for the list of papers of a person on Google Scholar, copied from the browser.

    Slow Light: Reading Lists That Wait for You
    A Byron, B Li, G Hopper
    Journal of Ant Research 12 (3), 1-20, 2025
    154     2025

The number of citations and the year end each paper; they may stand in lines of their own, and
either of them and the venue may be missing. A venue that is cut off with `…` is left out and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from generator.sources import identifiers
from generator.sources.content import Content
from generator.sources.copied import bylines
from generator.sources.copied.drafts import anchored
from generator.sources.copied.lines import Line, front_matter, head, lines
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "scholar-profile"
LABEL = "the papers of a person on Google Scholar as text, copied"

_YEAR: Final = re.compile(r"(?:1[89]|20)\d\d")
_COUNT: Final = re.compile(r"\d{1,7}(?:,\d{3})*\*?|\*")
_NAME: Final = re.compile(
    r"(?:[A-ZÀ-Þ][A-ZÀ-Þ-]{0,5}|[A-ZÀ-Þ][a-zß-ÿ]{1,14}(?: [A-ZÀ-Þ]{1,3})?)"
    r" (?:[^\W\d_][\w’'´`-]*[ ]?){1,4}|[^\W\d_]+"
)
"""`A Byron`, `AM van Byron`; of those who sign with them, a full given name."""

_PLACE: Final = re.compile(
    r"(?P<venue>.*?)(?:(?:^|\s)(?P<volume>\d{1,4}[A-Z]?))?(?:\s?\((?P<issue>[^()]{1,30})\))?"
    r"(?:,\s(?P<pages>[A-Za-z]{0,3}\d[\w.:–-]{0,30}))?(?:,\s(?P<year>(?:1[89]|20)\d\d))?"
)
_BELOW: Final = re.compile(r"articles \d+[-–]\d+|show more|help|privacy|terms", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Article:
    """What the list says of one paper."""

    line: int
    title: str
    authors: str
    place: str
    year: str
    is_cited: bool


def detect(content: Content) -> bool:
    """Whether a line of names, perhaps one of a venue, and a year end most of its papers."""
    if content.kind != "text":
        return False
    text = head(content)
    articles = list(_articles(lines(text, front_matter(text)[1])))
    placed = sum(_YEAR.search(each.place) is not None for each in articles)
    is_named = re.search(r"^[^\w\n]{0,9}cited by", text, re.IGNORECASE | re.MULTILINE) is not None
    return 2 * placed >= len(articles) > (0 if is_named else 1)


def read(content: Content) -> Reading:
    """Every paper of the list; what stands around them is passed over."""
    records = Records(content, NAME)
    anchor, start = anchored(content)
    day = anchor.day if anchor else None
    for rank, article in enumerate(_articles(lines(content.text, start)), 1):
        position = f"line {article.line}"
        with records.record(position):
            arxiv = identifiers.arxiv(article.place)
            said = _PLACE.fullmatch(article.place)
            place = said.groupdict("") if said else {"venue": article.place}
            venue, unused = place["venue"].strip(" ,"), ["cited by"] if article.is_cited else []
            if venue.endswith(("…", "...")):
                venue, unused = "", [*unused, "venue (cut off)"]
            records.count_unused(unused)
            records.add(
                position,
                RawRecord(
                    title=article.title,
                    authors=bylines.names(re.sub(r",?\s*(?:…|\.\.\.)\s*\Z", "", article.authors)),
                    published=article.year or place.get("year", ""),
                    days=[day],
                    rank=rank if day else 0,
                    venue="" if arxiv else venue,
                    publication={
                        name: place.get(name, "")
                        for name in ("volume", "issue", "pages")
                        if not arxiv and place.get(name)
                    },
                    arxiv=arxiv,
                ),
            )
    return records.reading()


def _articles(rows: Sequence[Line]) -> Iterator[_Article]:
    """The papers: each ends with counts and years in lines or cells of their own."""
    block: list[Line] = []
    ends: list[str] = []
    for row in [*_cells(rows), Line(0, "", is_first=False)]:
        if (_YEAR.fullmatch(row.text) or _COUNT.fullmatch(row.text)) and block:
            ends.append(row.text)
            continue
        if ends:
            if article := _article(block, ends):
                yield article
            block, ends = [], []
        if not _BELOW.match(row.text):
            block.append(row)


def _cells(rows: Sequence[Line]) -> Iterator[Line]:
    for row in rows:
        for text in row.text.split("\t"):
            if text.strip():
                yield replace(row, text=text.strip())


def _article(block: Sequence[Line], ends: Sequence[str]) -> _Article | None:
    """The paper whose last lines these are: its title, its authors, perhaps its venue."""
    year = ends[-1] if _YEAR.fullmatch(ends[-1]) else ""
    for place in (len(block) - 2, len(block) - 1):
        if place > 0 and _is_signed(block[place].text):
            title, rest = block[place - 1], block[place + 1 :]
            said = rest[0].text if rest else ""
            is_cited = len(ends) > 1 or not year
            return _Article(title.number, title.text, block[place].text, said, year, is_cited)
    return None


def _is_signed(text: str) -> bool:
    """Whether a line names people as Google Scholar does, with initials before most names."""
    if len(text) > 1000 or _YEAR.search(text):
        return False
    names = [name for name in re.split(r",\s*|\s*…|\s*\.\.\.", text) if name]
    short = sum(re.match(r"[A-ZÀ-Þ]{1,4}(?:-[A-ZÀ-Þ])? ", name) is not None for name in names)
    return bool(names) and all(map(_NAME.fullmatch, names)) and 2 * short >= len(names)
