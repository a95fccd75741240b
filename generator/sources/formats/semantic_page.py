"""Reader for the results of a search of Semantic Scholar, copied from the browser.

    Slow Light: Reading Lists That Wait for You
    Ada Byron, B. Li, +2 authors G. Hopper
    Computer Science
    Annual Meeting of the Association for Computational Linguistics
    5 August 2025
    TLDR
    Lists wait until a paper was cited twice. Expand
    12
    Save
    Alert

The buttons below each paper tell where it ends, the fields of study or the date where its authors
do. Authors may stand in a line each. A text that is cut off with `…` is left out and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from generator import text as foreign
from generator.sources import identifiers
from generator.sources.content import Content
from generator.sources.copied import bylines
from generator.sources.copied.drafts import Draft, add, anchored
from generator.sources.copied.furniture import is_count
from generator.sources.copied.lines import Line, front_matter, head, lines
from generator.sources.days import DAY
from generator.sources.fields import author_lists
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "semantic-page"
LABEL = "results of Semantic Scholar as text: a search, copied"

_ACTIONS: Final = re.compile(
    r"(?:(?:save(?: to library)?|alert|create alert|cite|view|export|feed|\|)\s*)+", re.IGNORECASE
)
_FIELD: Final = (
    r"(?:Computer Science|Medicine|Chemistry|Biology|Materials Science|Physics|Geology|Psychology"
    r"|Art|History|Geography|Sociology|Business|Political Science|Economics|Philosophy|Mathematics"
    r"|Engineering|Environmental Science|Agricultural and Food Sciences|Education|Law|Linguistics)"
)
_FIELDS: Final = re.compile(rf"{_FIELD}(?:, ?{_FIELD})*")
_DATE: Final = re.compile(
    rf"{DAY.pattern}|(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* )?"
    r"(?:1[89]|20)\d\d",
    re.IGNORECASE,
)
_PUBLISHED: Final = re.compile(
    rf"(?:published in\s+)?(?:(?P<venue>[^|]{{2,200}}?)[\s,|]+)??(?P<date>{_DATE.pattern})"
    rf"(?:\s*\|?\s*(?P<fields>{_FIELDS.pattern}))?",
    re.IGNORECASE,
)
_MORE: Final = re.compile(r"[,\s]{0,3}\+\s?\d+ (?:more )?authors?[,\s]{0,3}", re.IGNORECASE)
_BUTTON: Final = re.compile(
    r"[\W\d]*(?:\[?pdf\]?|citations?|cited by|highly influen(?:tial|ced).*|excerpts?.*|view .*|tldr"
    r"|expand|collapse|semantic reader|\[?reader\]?|(?:save|alert|cite)|open access|via \w+.*"
    r"|abstract|highly influential citations?|references?|figures?.*|results?.*|\W*arxiv\W*"
    r"|less|more|publisher|unpaywall)?[\W\d]*",
    re.IGNORECASE,
)
_ABOVE: Final = re.compile(
    r"skip to .*|semantic scholar.*|search\b.*|sign in|create (?:free )?account|(?:about )?[\d,.]+"
    r" results?\b.*|fields? of study|date range|has pdf|authors?|journals? (?:&|and) conferences?"
    r"|publication type|sort by.*|relevance|citation count|most influential papers|recency|filters?"
    r"|clear|showing .*|topics?|papers",
    re.IGNORECASE,
)
"""What stands above the first result."""


def detect(content: Content) -> bool:
    """Whether buttons end most papers, and fields of study or dates stand in them."""
    if content.kind != "text":
        return False
    text = head(content)
    if not re.search(r"^[^\w\n]{0,9}(?:save|alert|cite)\b", text, re.IGNORECASE | re.MULTILINE):
        return False
    _, start = front_matter(text)
    rows = lines(text, start)
    fields = sum(_FIELDS.fullmatch(row.text) is not None or "TLDR" in row.text for row in rows)
    said = fields + sum(row.text.endswith("Expand") for row in rows)
    page_drafts = list(_drafts(rows))
    dated = sum(bool(draft.authors and draft.published) for draft in page_drafts)
    return said > 1 and 2 * dated > len(page_drafts)


def read(content: Content) -> Reading:
    """Every result as a paper; what stands around them is passed over."""
    records = Records(content, NAME)
    anchor, start = anchored(content)
    for rank, draft in enumerate(_drafts(lines(content.text, start)), 1):
        draft.day, draft.rank = (anchor.day if anchor else None), rank
        with records.record(f"line {draft.line}"):
            if not draft.authors:
                shown = foreign.excerpt(draft.title, 60)
                reason = f"“{shown}” has no authors below it. Remove it, or put it right."
                records.refuse(f"line {draft.line}", reason)
                continue
            add(records, f"line {draft.line}", draft, anchor)
    return records.reading()


def _drafts(rows: Sequence[Line]) -> Iterator[Draft]:
    """The papers: what stands between the buttons of one and of the next."""
    block: list[Line] = []
    is_first = True
    for row in rows:
        if len(row.text) > 100 or not _ACTIONS.fullmatch(row.text):
            block.append(row)
            continue
        if any(not _is_button(each.text) for each in block):
            above = [n for n, each in enumerate(block) if is_first and _ABOVE.fullmatch(each.text)]
            yield _draft(block[above[-1] + 1 :] if above else block)
            is_first = False
        block = []
    if not is_first and len(block) > 2 and (last := _draft(block)).authors and last.published:
        yield last  # whose buttons were not copied


def _is_button(text: str) -> bool:
    return len(text) < 200 and _BUTTON.fullmatch(text) is not None


def _draft(block: Sequence[Line]) -> Draft:
    """The paper of a block: a title, authors, then what else is said of it."""
    while len(block) > 1 and _is_button(block[0].text):
        block = block[1:]
    said = (n for n, row in enumerate(block[:40]) if n > 1 and _is_said(row.text))
    end = next(said, len(block))
    if len(block) > 1 and bylines.likeness(block[1].text) > 3:
        end = min(end, 2)  # all of them in one line
    draft = Draft(line=block[0].number, title=block[0].text)
    signed = [row.text for row in block[1:end]]
    for text in signed:
        parts = [part for part in _MORE.split(text) if part.strip(" ,")]
        if parts != [text]:
            draft.unused.append("other authors")
        draft.authors += [name for part in parts for name in _names(part)]
    said_in: list[str] = []
    for row in block[end:]:
        _say(draft, row.text, said_in)
    text = " ".join(said_in)
    if "…" in text or "..." in text[-20:]:
        draft.unused.append("snippet")
    elif text:
        draft.paragraphs.append(text)
    return draft


def _is_said(text: str) -> bool:
    """Whether a line is below the authors: fields of study, a date, where it was published."""
    return bool(
        _FIELDS.fullmatch(text)
        or _DATE.fullmatch(text)
        or text.lower().startswith("published in ")
        or (len(text) < 400 and bylines.likeness(text) < 0 and _PUBLISHED.fullmatch(text))
    )


def _names(text: str) -> list[str]:
    """The names of a line, also where nothing stands between them: `Ada ByronB. LiG. Hopper`."""
    apart = re.sub(r"(?<=[a-zß-ÿ])(?<!Mc)(?<!Mac)(?<!De)(?<!La)(?<!Di)(?=[A-ZÀ-Þ])", ", ", text)
    return list(bylines.names(apart)) or author_lists.split(apart)


def _say(draft: Draft, text: str, said_in: list[str]) -> None:
    """Give a paper what a line below its authors says."""
    text = text.strip(" |·")
    published = _PUBLISHED.fullmatch(text) if len(text) < 400 else None
    if _FIELDS.fullmatch(text):
        draft.keywords += re.split(r", ?", text)
    elif published and not draft.published:
        draft.published = published["date"]
        draft.venue = draft.venue or _venue(draft, published["venue"] or "")
        draft.keywords += re.split(r", ?", published["fields"]) if published["fields"] else []
    elif is_count(text) or re.fullmatch(r"[\d,]+ citations?", text, re.IGNORECASE):
        draft.unused.append("cited by")
    elif _is_button(text):
        pass
    elif not draft.published and not draft.venue and len(text) < 200:
        draft.venue = _venue(draft, re.sub(r"published in\s+", "", text, flags=re.IGNORECASE))
    else:
        text = text.removeprefix("TLDR").removesuffix("Expand").strip()
        said_in.append(text)


def _venue(draft: Draft, text: str) -> str:
    """A venue that is not cut off, and is no place of preprints whose id it has beside it."""
    draft.arxiv = draft.arxiv or identifiers.arxiv(text)
    if draft.arxiv or text.lower() == "arxiv.org":
        return ""
    if text.endswith(("…", "...")):
        draft.unused.append("venue (cut off)")
        return ""
    return text
