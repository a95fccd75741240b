"""Reader for a list of references as text: the bibliography at the end of a paper, copied.

    [1] M. Kovacs and C. Wei, "Scaling laws for ant colonies," J. Ant Res., vol. 12, no. 3, 2025.
    [2] …

They may be numbered, stand in a line or a paragraph each, and be folded, in the style of the IEEE,
Vancouver and PubMed's summaries, APA, Chicago, MLA, Harvard, the ACL, the ACM, Springer, Nature,
Elsevier, GB/T 7714, or BibTeX. Which lines are one reference, and in which form its names are, is
what makes most of the whole list references. One that was not understood is a problem, or, where it
has a DOI or an arXiv id, a paper known by that.
"""

from __future__ import annotations

import re
from typing import Final

from generator import text as foreign
from generator.sources.cited.reference import Cited
from generator.sources.content import Content
from generator.sources.copied import bylines
from generator.sources.copied.drafts import anchored
from generator.sources.copied.lines import front_matter, head
from generator.sources.days import Anchor
from generator.sources.formats.reference_list.cuts import HEADING, MOST_LINES_OF_ONE, rows_of
from generator.sources.formats.reference_list.reference_text import ReferenceText
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "references"
LABEL = "a list of references as text: the bibliography of a paper, numbered or not"


def detect(content: Content) -> bool:
    """Whether half of its paragraphs or lines or more are whole references: names, title, year.

    One or two alone have to say more: where in a venue they are, or an id.
    """
    if content.kind != "text" or content.head[:1] in ("@", "%", "{", "#"):
        return False
    text = head(content)
    _, start = front_matter(text)
    rows = rows_of(text, start)
    if MOST_LINES_OF_ONE * len(_YEAR.findall(text)) < len(rows):
        return False
    if any(bylines.is_in_volume(row.text) for row in rows):
        return False  # of a volume's own page
    page = ReferenceText(rows)
    whole = [one for one in page.sample if one.is_whole]
    if len(whole) < 3:
        strong = [one for one in whole if one.is_known or _STRONG & one.publication.keys()]
        is_form = len(rows) > 5 and 2 * sum(len(row.text) < 40 for row in rows) > len(rows)
        return 0 < len(page.sample) == len(strong) and not (is_form and len(strong) == 1)
    return 2 * len(whole) >= len(page.sample)


_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d|arxiv|10\.\d{4}/", re.IGNORECASE)
_STRONG: Final = {"volume", "pages"}


def read(content: Content) -> Reading:
    """Every reference of the list as a paper."""
    records = Records(content, NAME)
    anchor, start = anchored(content)
    page = ReferenceText(rows_of(content.text, start))
    before: tuple[str, ...] = ()
    for rank, entry in enumerate(page.entries, 1):
        position = f"line {entry.line}"
        with records.record(position):
            one = page.parsed(entry.text, before)
            before = one.authors or before
            _add(records, position, entry.text, one, anchor, rank)
    for row in page.stray:
        if not HEADING.fullmatch(row.text):
            records.remark(f"line {row.line}", _said(row.text, "It belongs to none; remove it."))
    return records.reading()


def _add(
    records: Records, position: str, text: str, one: Cited, anchor: Anchor | None, rank: int
) -> None:
    if not one.title and not one.is_known:
        mend = "Add its title, or its DOI." if one.is_untitled else _MEND
        records.refuse(position, _said(text, mend))
        return
    if not one.title:
        mend = "Only its id was understood. Write it as the others are."
        records.remark(position, _said(text, mend))
    day = anchor.day if anchor else None
    records.add(
        position,
        RawRecord(
            title=one.title,
            authors=one.authors,
            published=one.date,
            days=[day],
            rank=rank if day else 0,
            venue=one.venue,
            publication=one.publication,
            arxiv=one.arxiv,
            doi=one.doi,
            links=one.links,
        ),
    )


_MEND: Final = "Write it as the others are, or add its DOI."


def _said(text: str, mend: str) -> str:
    shown = foreign.excerpt(foreign.one_line(text[:400]), 60)
    return f"expected a reference: names, a title, and when and where. Found “{shown}”. {mend}"
