"""Reader for the text of a page of papers, selected in a browser and pasted into a file.

Two shapes are known. On a page of cards, as today's Hugging Face, alphaXiv, the ACL Anthology or
papers.cool have it, something stands between any two papers: votes, buttons, `3 authors`; see
`cards`. Any other page is titles, authors and abstracts, perhaps below a day; see `paragraphs`:

    Daily Papers

    byAK and the research community

    Aug 7

    Lumina-Next: Making Lumina-T2X Stronger and Faster with Next-DiT

    Lumina-T2X is a nascent family of …

What is what is told by the structure of the whole page. Furniture is what stands before the first
day, and whatever repeats it further down. The page names no year: it comes from a line
`date: 2025-08-07` at the top of the file, else from the file's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from statistics import median

from generator import text as foreign
from generator.sources.content import Content
from generator.sources.copied import bylines, drafts, wording
from generator.sources.copied.clearing import SAID
from generator.sources.copied.drafts import Draft
from generator.sources.copied.furniture import Role
from generator.sources.copied.lines import head
from generator.sources.copied.page import Page, parse, tell
from generator.sources.copied.turns import HEADING
from generator.sources.days import Anchor, resolve
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "daily-page"
LABEL = "the text of a copied page: a day, then titles and abstracts, as “Daily Papers” has them"


def detect(content: Content) -> bool:
    """Whether it is plainly a page of papers: prose of another kind, or a program, is none.

    Cards have marks that no other text has. Elsewhere a day or a curator above titles, lines of
    authors below them, or abstracts that speak as abstracts do are asked for.
    """
    if content.kind != "text" or content.head[:1] in ("@", "%"):  # BibTeX, PDF
        return False
    page = parse(head(content))
    rows = page.rows
    if sum(bool(_RECORD.match(row)) for row in rows) > 1 or _is_of_a_meeting(rows):
        return False
    told = (piece.row for piece in page.pieces if piece.role is Role.TEXT)
    signs = sum(bool(_OTHER.match(row)) for row in told)
    if 2 * signs > len(rows) and not page.is_inline:
        return False
    tell(page)
    if page.is_inline:
        return len(page.drafts) > 1
    if page.is_cards:
        odd = sum(wording.likeness(draft.title) < -4 for draft in page.drafts)
        return 4 * odd <= len(page.drafts) > 0 and 4 * signs < len(rows)
    tagged = sum(bool(_TAGGED.match(row)) for row in rows)
    if 2 * tagged >= len(rows) > 3 or (4 if page.is_headed else 6) * signs > len(rows):
        return False
    return _speaks(page) if page.drafts else page.is_headed and page.is_named


def _speaks(page: Page) -> bool:
    """Whether titles, authors and abstracts are plainly those of papers."""
    papers = page.drafts
    told = [draft for draft in papers if draft.paragraphs]
    signed = [draft for draft in papers if draft.authors]
    titled = [draft for draft in papers if _is_titled(draft.title)]
    scholarly = [draft for draft in told if wording.is_scholarly(" ".join(draft.paragraphs)[:3000])]
    if 2 * sum(bool(HEADING.fullmatch(draft.title)) for draft in papers) > len(papers):
        return False  # a timetable
    if 2 * sum(bylines.likeness(draft.title) > 1 for draft in papers) > len(papers):
        return False  # a list of people
    if 3 * sum(draft.title[:1].islower() for draft in papers) > len(papers):
        return False  # parts of sentences
    if page.is_headed or page.is_named:
        return page.is_named or 2 * len(titled) >= len(papers) or 3 * len(scholarly) >= len(papers)
    fields = sum(piece.role is Role.FIELD for piece in page.pieces if piece.name in SAID)
    if len(papers) > 1 and fields >= len(papers):
        return True
    words = median(_words(draft.title) for draft in papers)
    several = sum(len(draft.authors) > 1 for draft in papers)
    if page.is_in_turns and words >= (2 if 2 * several > len(papers) else 3):
        return True
    if len(signed) >= 2 and 10 * len(signed) >= 7 * len(papers) and words >= 3:
        return True
    if len(told) >= 2 and 10 * len(told) >= 6 * len(papers) and words >= 3:
        return 2 * len(scholarly) >= len(told)
    return False


def _words(title: str) -> int:
    """How many words a title has; of Chinese or Japanese, two characters count as one."""
    return max(len(title.split()), sum("\u3040" <= letter <= "\u9fff" for letter in title) // 2)


def _is_of_a_meeting(rows: Sequence[str]) -> bool:
    """Whether these are minutes or an agenda: what they are called, or who was there, says so."""
    return any(map(_MEETING.match, rows[:3])) or any(map(_PRESENT.match, rows[:12]))


def _is_titled(title: str) -> bool:
    """Whether it is written as titles are: with capitals, or longer than a heading of prose."""
    share = wording.capitals(title)
    if share is not None:
        return share > 0.6 or len(title.split()) >= 6
    return not title.isascii() or " " not in title or any(map(str.istitle, title.split()[1:]))


def read(content: Content) -> Reading:
    """Every paper of the page, dated where its year is known, and what could not be read."""
    page = parse(content.text)
    anchor = page.date or Anchor.in_name(content.file)
    tell(page, anchor)
    records = Records(content, NAME)
    curators: dict[date | None, str] = {}
    problems = list(page.faults)

    day = anchor.day if anchor else None
    curator, rank, _left = "", 0, 0
    days = sum(piece.role is Role.DAY for piece in page.headings)
    headings = iter([*page.headings, None])
    heading = next(headings)
    for draft in [*page.drafts, None]:
        while heading and (draft is None or heading.line < draft.line):
            if heading.role is Role.CURATOR:
                curator = foreign.clean(heading.text)
            else:
                day, rank = resolve(heading.text, anchor), 0
                if day is None:
                    problems.append((heading.line, _no_year(heading.text, anchor)))
                elif days == 1 and page.date and page.date.day not in (None, day):
                    problems.append((heading.line, _two_days(heading.text, page.date, day)))
            heading = next(headings)
        if draft:
            rank += 1
            draft.day, draft.rank = day, rank
            if curator:
                curators.setdefault(day, curator)

    for draft in page.drafts:
        position = f"line {draft.line}"
        with records.record(position):
            if not page.is_cards and _is_scrap(draft):
                records.refuse(position, _scrap(draft.title))
            else:
                drafts.add(records, position, draft, anchor)
    dated = sum(bool(draft.published or draft.authors) for draft in page.drafts)
    if day is None and not days and len(page.drafts) > 2 * dated:
        problems.append((1, _NO_DAY))
    for piece in page.stray:
        problems.append((piece.line, _stray(piece.text, page.is_cards)))
    if not page.drafts and not problems:
        problems.append((1, _NO_PAPERS))
    for line, reason in problems:
        records.remark(f"line {line}", reason)
    return records.reading(curators.items())


def _is_scrap(draft: Draft) -> bool:
    """Whether this is rather a button's label: with nothing below it, a title says something."""
    title = foreign.fold(draft.title)
    if not title:
        return True
    is_bare = not (draft.paragraphs or draft.authors or draft.arxiv or draft.upvotes is not None)
    return is_bare and len(title) < 12 and len(title.split()) < 3


# A line of a format that names its fields: `TI  - A title`, `AU Smith, J`, `%T Title`, `title: …`.
_TAGGED = re.compile(
    r"[A-Z][A-Z0-9]{1,3} *-|[A-Z][A-Z0-9] \S|%\w |\s*(?:- )?[a-z_-]+:(?:\s|$)|\s{3,}\S"
)
_RECORD = re.compile(  # a time of subtitles, the hash of a commit
    r"(?:\d\d:)?\d\d:\d\d[,.]\d{3} --> |(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}\s"
)
_MEETING = re.compile(
    r"\W*(?:(?:meeting )?minutes|agenda|protokoll|tagesordnung)(?: (?:of|for|der|des)\b.*|:.*|)\Z",
    re.IGNORECASE,
)
_PRESENT = re.compile(r"\W*(?:present|attendees|participants|apologies|absent)\s?:", re.IGNORECASE)
_OTHER = re.compile(  # how lines begin in Markdown and in programs
    r"\s*(?:#(?!\d)|```|~~~|\||[-*+]\s|//|/\*|[\"']{3}|[@{}<\[]|\.\.\s|={3,}|-{3,}|\w+\(|[\w.$-]+\s*[:+?]?=(?!=)"
    r"|(?:from|import|def|class|return|const|let|var|function|package|use|pub|fn)\s+[\w.*]+"
    r"(?:\s+import\b|\s*[;={(:]|\s*$))"
)


# What is said to the person

_MEND_DAY = (
    "Name the file after its day (2025-08-07.txt), write `date: 2025-08-07` in its first line, "
    "or add it with `papershelf add --date 2025-08-07`. Until then its papers are undated."
)
_UNTITLED = "an abstract without a title. Put its title in a line above it."
_LEFT = "belongs to no paper of the page. Delete the line, or put it right."
_NO_DAY = f"the page names no day. {_MEND_DAY}"

_NO_PAPERS = (
    "expected titles and abstracts below the day, found none. Paste them, or delete the file."
)


def _no_year(text: str, anchor: Anchor | None) -> str:
    if anchor:
        return f"there is no {text} in {anchor.year}. {_MEND_DAY}"
    return f"the page says {text} without a year. {_MEND_DAY}"


def _two_days(text: str, front: Anchor, day: date) -> str:
    return (
        f"the page says {text}, the line at the top {front.day}. "
        f"The papers are listed on {day}; correct the line that is wrong."
    )


def _scrap(title: str) -> str:
    return (
        f"“{foreign.excerpt(title, 60)}” is too short for a title without an abstract. "
        "Add the abstract below it, or delete the line."
    )


def _stray(text: str, is_cards: bool) -> str:
    return f"“{foreign.excerpt(text, 60)}” {_LEFT}" if is_cards else _UNTITLED
