r"""Reader for arXiv's mails: the daily listing, and its archive.

Lines of dashes part the papers, lines of `\\` the header of each from its abstract
(https://info.arxiv.org/help/subscribe.html):

    \\
    arXiv:2508.03686
    Date: Wed, 6 Aug 2025 17:59:57 GMT   (1234kb,D)

    Title: Slow Light: Reading Lists That Wait for You and for
      Everyone
    Authors: Ada Byron, Bo Li
    Categories: cs.CL cs.AI
    \\
      Most lists are read in a hurry. …
    \\ ( https://arxiv.org/abs/2508.03686 ,  1234kb)

A paper that was replaced has no abstract there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from generator.sources import identifiers
from generator.sources.content import Content
from generator.sources.copied import drafts, labels
from generator.sources.copied.drafts import Draft
from generator.sources.copied.lines import front_matter, head
from generator.sources.days import Anchor, published
from generator.sources.formats import arxiv_oai
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "arxiv-mail"
LABEL = "a mail of arXiv with the new papers of a day"

_RULE: Final = re.compile(r"\s*(?:-{20,}|[%-]{20,})\s*")
_SLASHES: Final = re.compile(r"\s*\\\\(?:\s*\(.*)?\s*")
_ID: Final = re.compile(r"\s*(?:arXiv:|Paper:)\s*\S+", re.IGNORECASE)
_FIELD: Final = re.compile(r"([A-Z][A-Za-z-]*):\s*(.*)")
_REPLACED: Final = re.compile(r"replaced with revised version\s+(.*?)\s*(?:\(.*)?")
_RECEIVED: Final = re.compile(
    r".*\bto\s+((?:[A-Z][a-z]{2},?\s+)?\d{1,2} [A-Z][a-z]{2} \d{2,4})\b.*"
)


def detect(content: Content) -> bool:
    r"""Whether a line of `\\` stands above one with an id of arXiv."""
    if content.kind != "text":
        return False
    rows = [row for row in head(content).split("\n") if row.strip()]
    return any(
        _SLASHES.fullmatch(above) and _ID.fullmatch(below) and identifiers.arxiv(below)
        for above, below in pairwise(rows)
    )


def read(content: Content) -> Reading:
    """Every paper of the mail."""
    records = Records(content, NAME)
    fields, start = front_matter(content.text)
    stated, faults = drafts.stated_day(fields)
    for line, reason in faults:
        records.remark(f"line {line}", reason)
    rows = content.text.split("\n")[start:]
    anchor = stated or _anchor(rows) or Anchor.in_name(content.file)
    day = anchor.day if anchor else None
    rank = 0
    for line, chunk in _chunks(rows, start):
        position = f"line {line}"
        with records.record(position):
            draft = _draft(line, chunk)
            rank += 1
            draft.day, draft.rank = day, rank
            drafts.add(records, position, draft, anchor)
    return records.reading()


def _anchor(rows: list[str]) -> Anchor | None:
    """The last day on which the papers of the mail came in."""
    for row in rows[:60]:
        if match := _RECEIVED.fullmatch(row):
            said = re.sub(r"(\d{1,2} [A-Z][a-z]{2}) (\d{2})$", r"\1 20\2", match[1])
            return Anchor.parse(published(said) or "")
    return None


def _chunks(rows: list[str], start: int) -> Iterator[tuple[int, list[str]]]:
    """The lines of each paper, and the number of the first one."""
    chunk: list[str] = []
    for number, row in enumerate([*rows, "-" * 20], start + 1):
        if _RULE.fullmatch(row):
            first = next((n for n, line in enumerate(chunk) if _ID.fullmatch(line)), None)
            if first is not None and any(map(_SLASHES.fullmatch, chunk[:first])):
                yield number - len(chunk) + first, chunk[first:]
            chunk = []
        else:
            chunk.append(row)


def _draft(line: int, chunk: list[str]) -> Draft:
    draft = Draft(line=line, arxiv=identifiers.arxiv(chunk[0].partition(":")[2]))
    ends = [n for n, row in enumerate(chunk) if _SLASHES.fullmatch(row)] or [len(chunk)]
    fields: list[tuple[str, str]] = []
    for row in chunk[1 : ends[0]]:
        match = _FIELD.fullmatch(row.rstrip())
        if row[:1].isspace() and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {row.strip()}")
        elif match:
            fields.append((match[1].lower(), match[2]))
        elif replaced := _REPLACED.fullmatch(row.strip()):
            draft.revised = published(replaced[1]) or ""
    for name, value in fields:
        if name == "authors":
            draft.authors = arxiv_oai.signatures(value)
        elif name == "date":
            draft.published = re.sub(r"\s*\(.*", "", value)
        else:
            labels.fill(draft, labels.LABELS.get(name, "other"), value)
    if len(ends) > 1:
        abstract = " ".join(row.strip() for row in chunk[ends[0] + 1 : ends[1]])
        draft.paragraphs = [abstract] if abstract else []
    return draft
