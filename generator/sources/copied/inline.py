"""Lists that have a paper in each line: its title, and its authors before or behind it."""

from __future__ import annotations

import re
from typing import Final

from generator.sources.copied import bylines
from generator.sources.copied.drafts import Draft

_SEPARATOR: Final = re.compile(
    r"\s+[—–|]\s+|\s+-\s+|\s+by\s+(?=[A-Z])|(?<=[a-z?!)”\"])\.\s+(?=[A-Z“\"])"
)
_GAP: Final = re.compile(r"\s+·\s+|\s{2,}|\s*\t\s*")
"""What pages leave between a title and its authors where these stood apart."""

_STOP: Final = re.compile(r"[a-z]\. ")
_APA: Final = re.compile(
    r"(.{3,2000}?)\s*\(((?:19|20)\d\d)[a-z]?[^()]{0,20}\)\.\s+(.+?[.?!])(?:\s.*|$)"
)
_YEAR: Final = re.compile(r"\s*(?:[,.]|\()\s*((?:19|20)\d\d)\)?\Z")
_BRACKETED: Final = re.compile(r"([^()]{5,500}\S) \(([^()]{5,4000})\)")
_APA_NAME: Final = re.compile(r"([^,&;]+),\s*((?:[^\W\d_]\.[\s-]?)+)")


def read_inline(draft: Draft, rest: str, *, is_signed: bool = False) -> None:
    """Give a paper what stands beside its id: the title, perhaps authors before or behind it.

    `Slow Light, Ada Byron and Bo Li`, `A. Byron, B. Li. Slow Light. Ants 3 (2025)`, or
    `Byron, A., & Li, B. (2025). Slow Light. Ants, 3(1).`

    Args:
        draft: the paper.
        rest: what stands there.
        is_signed: whether one name alone, at the end, is the author's, as the whole list shows.
    """
    if parted := in_gap(rest):
        draft.title = draft.title or " ".join(parted[0].split())
        draft.authors = draft.authors or list(bylines.names(parted[1]))
        return
    rest = " ".join(rest.split())
    match = _APA.fullmatch(f"{rest}.")
    if match and (people := _APA_NAME.findall(match[1])):
        draft.authors = draft.authors or [f"{last.strip()}, {first}" for last, first in people]
        draft.published, draft.title = match[2], draft.title or match[3].rstrip(".")
        return
    if year := _YEAR.search(rest):
        draft.published, rest = year[1], rest[: year.start()]
    before, _, behind = rest.partition(": ")
    if behind and not _STOP.search(before) and bylines.likeness(before) > 3:
        draft.authors = draft.authors or list(bylines.names(before))
        draft.title = draft.title or behind
        return
    bracketed = _BRACKETED.fullmatch(rest[:5000])
    if bracketed and bylines.likeness(bracketed[2]) > 0:
        draft.authors = draft.authors or list(bylines.names(bracketed[2]))
        draft.title = draft.title or bracketed[1]
        return
    parts = [part.strip(' .,;:“”"') for part in _SEPARATOR.split(rest)]
    commas = [match.start() for match in re.finditer(r", ", rest)][:20]
    cut = next((at for at in commas if bylines.likeness(rest[at + 2 :]) > 3), 0)
    if len(parts) == 1 and cut:
        parts = [rest[:cut], rest[cut + 2 :]]
    signed = next((part for part in parts if bylines.likeness(part) > 1), "")
    if is_signed and not signed and len(parts) > 1 and bylines.likeness(parts[-1]) > 0:
        signed = parts[-1]
    others = [part for part in parts if part and part is not signed]
    if signed and others and not draft.authors:
        draft.authors = list(bylines.names(signed))
        draft.title = draft.title or others[0]
        draft.venue = draft.venue or (others[-1] if len(others) > 1 else "")
    draft.title = draft.title or rest


def in_gap(text: str) -> tuple[str, str] | None:
    """A title and its authors, where a gap stands between them: `Slow Light · Ada Byron, Bo Li`."""
    title, gap, signed = _cut(text)
    if not gap or " " not in title or bylines.likeness(title) > 3:
        return None
    return (title, signed) if bylines.likeness(signed) > 0 else None


def _cut(text: str) -> tuple[str, str, str]:
    match = _GAP.search(text[:2000])
    return (text[: match.start()], match[0], text[match.end() :]) if match else (text, "", "")
