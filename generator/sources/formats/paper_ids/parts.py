"""The lines of a text, each given to the paper that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import pairwise

from generator.sources.copied.lines import Line
from generator.sources.copied.naming import Named, id_in
from generator.sources.formats.paper_ids.rows import (
    SENDER,
    is_around,
    is_label,
    is_said,
    is_title,
    leads,
)


class Where(Enum):
    """Where the id of a paper stands."""

    ABOVE = auto()
    BELOW = auto()
    INLINE = auto()
    BETWEEN = auto()


@dataclass(slots=True)
class PaperLines:
    """A paper's lines."""

    named: Named
    rows: list[Line] = field(default_factory=list)


def blocks_of(
    rows: Sequence[Line], days: Container[int]
) -> tuple[list[PaperLines], list[Line]] | None:
    """The papers of a text where each stands in a line or a paragraph of its own, with its address.

    Also what belongs to none below the first; `None` where papers are told in another way.
    """
    told: list[tuple[Line, Named | None]] = []
    is_first = True
    for row in rows:
        if row.number in days or is_around(row) or SENDER.fullmatch(row.text[:200]):
            is_first = is_first or row.text.lower() != "arxiv.org"  # above a preview
            continue
        named = id_in(row, or_address=True)
        if named and not leads(named) and is_label(named):
            named = None
        told.append((replace(row, is_first=row.is_first or is_first), named))
        is_first = False
    if not told:
        return None
    titled = sum(named is not None and is_title(named.rest) for _, named in told)
    is_lines = 2 * titled > sum(named is not None for _, named in told)
    parts: list[PaperLines] = []
    others: list[Line] = []
    blocks: list[list[tuple[Line, Named | None]]] = []
    for row, named in told:
        is_own = is_lines and named is not None and is_title(named.rest)
        if row.is_first or is_own or not blocks:
            blocks.append([])
        blocks[-1].append((row, named))
    if not is_lines and (len(blocks) == 1 or all(len(block) == 1 for block in blocks)):
        blocks = _regrouped(told)
        named_blocks = [[named for _, named in block if named] for block in blocks]
        if all(any(n.arxiv or n.doi for n in names) for names in named_blocks if names):
            return None  # ids alone tell the papers apart
    for block in blocks:
        names = [named for _, named in block if named]
        texts = [row for row, named in block if not named]
        if not names:
            others += [row for row, _ in block] if parts else []
            continue
        ids = {named.id for named in names if named.arxiv} or {n.id for n in names if n.doi}
        own = next((n for n in names if n.arxiv), next((n for n in names if n.doi), names[0]))
        has_title = is_title(own.rest) or (texts and is_said(texts[0]))
        place = next(n for n, (_, named) in enumerate(block) if named)
        if len(ids) > 1 or not has_title or (not is_lines and place > 1 and len(texts) > 6):
            return None
        rest = [row for row, named in block if named is not own]
        parts.append(PaperLines(own, rest))
    leading = sum(leads(part.named) for part in parts)
    odd = sum(row.text.endswith("::") or row.text.startswith(".. ") for row, _ in told)
    if odd and not any(part.named.arxiv or part.named.doi for part in parts):
        return None  # reStructuredText whose addresses are of anything
    if len(parts) < 2 or 2 * leading < len(parts) or 4 * len(others) > len(parts) + 8:
        return None
    return parts, others


def _regrouped(
    told: Sequence[tuple[Line, Named | None]],
) -> list[list[tuple[Line, Named | None]]]:
    """The papers of a text with an empty line between any two lines, or without any.

    Addresses stand below what they are of, or above where the text begins with one.
    """
    is_above = told[0][1] is not None
    blocks: list[list[tuple[Line, Named | None]]] = []
    was_named = True
    for row, named in told:
        is_new = (named and not was_named) if is_above else (was_named and not named)
        if is_new or not blocks:
            blocks.append([])
        blocks[-1].append((row, named))
        was_named = named is not None
    sizes = [sum(not named for _, named in block) for block in blocks]
    extra = 0 if is_above or len(blocks) < 2 else sizes[0] - max(sizes[1:])
    return [blocks[0][max(extra, 0) :], *blocks[1:]]  # without what stands above the first


def where(told: Sequence[tuple[Line, Named | None]]) -> Where:
    """Where most papers have their ids, by which lines around an id say something."""
    named = [one for _, one in told if one]
    if not named:
        return Where.ABOVE
    again = {one.id for one in named}
    titled = [one for one in named if is_title(one.rest)]
    if 2 * len(titled) > len(named):
        return Where.INLINE
    last = 0
    for place, (_, one) in enumerate(told):
        if one and one.id in again:
            again.discard(one.id)
            last = place
    if not any(is_said(row) for row, _ in told[last + 1 :]):
        first = next(n for n, (_, one) in enumerate(told) if one)
        return Where.BELOW if any(is_said(row) for row, _ in told[:first]) else Where.ABOVE
    pairs = [(above, row) for (above, other), (row, one) in pairwise(told) if one and not other]
    below = sum(above.is_first and above.number == row.number - 1 for above, row in pairs)
    return Where.BETWEEN if 10 * below >= 8 * len(named) else Where.ABOVE


def parts_of(told: Sequence[tuple[Line, Named | None]], place: Where) -> Iterator[PaperLines]:
    """The lines of each paper, by where its id stands."""
    parts: list[PaperLines] = []
    waiting: list[Line] = []
    for row, named in told:
        is_again = bool(named and parts and not waiting and _is_same(parts[-1], named))
        if named and is_again:
            continue
        if named:
            own = waiting if place is Where.BELOW else []
            if place is Where.BETWEEN and parts:
                own = [parts[-1].rows.pop()] if parts[-1].rows else []
            elif place is Where.BETWEEN:
                own = waiting[-1:]
            parts.append(PaperLines(named, _from_counter(own) if not parts else list(own)))
            waiting = []
        elif not parts or (place is Where.BELOW and (waiting or is_said(row))):
            waiting.append(row)
        else:
            parts[-1].rows.append(row)
    yield from parts


def _is_same(part: PaperLines, named: Named) -> bool:
    """Whether a line has the id of the paper above it again, or its DOI, below `doi`."""
    if named.id == part.named.id:
        return True
    if named.arxiv or not part.named.arxiv or not named.doi:
        return False
    above = part.rows[-1].text.lower() if part.rows else ""
    if above != "doi" and not named.row.text.lower().startswith("doi "):
        return False
    part.rows[-1:] = [named.row]
    return True


def _from_counter(rows: Sequence[Line]) -> list[Line]:
    """The lines above the first id from the one that begins to count on: `1/ Slow Light`."""
    counted = (n for n, row in enumerate(rows) if re.match(r"[(\[#]?1\s?[/.)\]:]", row.text))
    return list(rows[next(counted, 0) :])
