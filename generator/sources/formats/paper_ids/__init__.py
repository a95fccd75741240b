"""Reader for texts that name each paper by its id: an arXiv id, a DOI, or an address of these.

That may be all that they say, one id a line. Else the id stands above what belongs to the paper, as
on arXiv's listings and searches, below it, as in a thread, in the line of its title, or between its
title and its abstract; the whole text shows which:

    [1] arXiv:2508.03686 [pdf, html, other]
    Title: Slow Light: Reading Lists That Wait for You
    Ada Byron, Bo Li
    Subjects: Computation and Language (cs.CL)
"""

from __future__ import annotations

from generator import text as foreign
from generator.sources.content import Content
from generator.sources.copied import cards, drafts, page_pieces, wording
from generator.sources.copied.lines import front_matter, head, unfolded
from generator.sources.copied.naming import id_in
from generator.sources.days import Anchor, resolve
from generator.sources.formats.paper_ids.id_text import IdText
from generator.sources.formats.paper_ids.rows import FIELD, PROGRAM, leads, rows_of
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.tables.headers import is_table

NAME = "paper-ids"
LABEL = "a text that names each paper by an arXiv id, a DOI or an address, as arXiv's listings do"


def detect(content: Content) -> bool:
    """Whether ids go through the whole text: a few in prose, or in a program, are not enough."""
    if content.kind != "text" or content.head[:1] in ("@", "%"):
        return False
    _, start = front_matter(head(content))
    rows = rows_of(head(content), start)
    if is_table(content.head) and not all("\t" in row.text and id_in(row) for row in rows):
        return False
    fields = sum(bool(FIELD.match(row.text)) for row in rows)
    ids = (id_in(row, or_address=True) for row in rows)
    named = [one for one in ids if one and leads(one)] if 2 * fields <= len(rows) else []
    if not named or sum("](" in row.text for row in rows) > 1:
        return False
    if cards.strong_marks(page_pieces.pieces(rows)) >= 3:
        return False
    page = IdText(unfolded(rows))
    if page.is_bare:
        return len(named) > 1 or not named[0].is_number
    titles = [draft.title for draft in page.drafts if draft.title]
    if page.is_labelled:
        return 5 * len(titles) >= 4 * len(page.drafts)
    odd = sum(wording.likeness(title) < -1 for title in titles)
    is_dense = len(rows) <= 10 + 8 * len(page.drafts)
    is_titled = 5 * len(titles) >= 3 * len(page.drafts) and 5 * odd <= len(titles)
    signs = sum(bool(PROGRAM.match(row.text)) for row in rows)
    is_one = any(row.text.lower().startswith("[submitted on ") for row in rows[:9])
    return (
        len(page.drafts) > (0 if is_one else 1)
        and is_dense
        and is_titled
        and 10 * signs < len(rows)
    )


def read(content: Content) -> Reading:
    """Every id and what belongs to it; a paper with nothing else is called by its id."""
    records = Records(content, NAME)
    fields, start = front_matter(content.text)
    stated, faults = drafts.stated_day(fields)
    for line, reason in faults:
        records.remark(f"line {line}", reason)
    anchor = stated or Anchor.in_name(content.file)
    page = IdText(unfolded(rows_of(content.text, start)))
    day, rank = anchor.day if anchor else None, 0
    headings = iter([*page.headings, None])
    heading = next(headings)
    for draft in page.drafts:
        while heading and heading[0] < draft.line:
            stated_day = resolve(heading[1], anchor)
            if stated_day:
                day, rank = stated_day, 0
            heading = next(headings)
        rank += 1
        draft.day, draft.rank = day, rank
        if draft.is_replaced and day:
            draft.revised = day.isoformat()
        position = f"line {draft.line}"
        with records.record(position):
            drafts.add(records, position, draft, anchor)
    for row in page.stray:
        if row.text[0] not in "#%/":
            records.remark(f"line {row.number}", _why_stray(row.text))
    return records.reading()


def _why_stray(text: str) -> str:
    return (
        f"expected an id, found “{foreign.excerpt(text, 60)}”. Put one there, or remove the line."
    )
