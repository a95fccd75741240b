"""From the pieces of a page of cards to its papers.

On such a page something stands between any two papers: a count of votes, a button, `3 authors`.
The texts between two of these are one paper: its title, perhaps its authors, its abstract.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median_low
from typing import Final

from generator.sources import identifiers
from generator.sources.copied import bylines, labels
from generator.sources.copied.drafts import Draft
from generator.sources.copied.furniture import Piece, Role, number

_OPEN: Final = ("authors", "place", "keywords", "url", "pdf", "code", "project", "published")
"""Fields between which a paper's other texts may stand."""


_STARTS: Final = ("DAY", "submitted by", "SUBMITTER", "COUNT", "tags", "decision")
"""What stands above a paper; see `_key`."""

AROUND: Final = (Role.SUBMITTER, Role.COUNT, Role.MARK)
"""What tells that papers have begun."""

_ENDS: Final = (
    *("n authors", "n comment", "n upvote", "ORGANIZATION", "published on", "VENUE", "upvote"),
    *(
        "·",
        "save",
        "view blog",
        "arxiv page",
        "save twitter linkedin facebook",
        "show details",
        "hide details",
    ),
)
"""What stands below one."""


def _key(piece: Piece) -> str:
    """What all pieces of a kind have in common."""
    return piece.name or piece.role.name


def strong_marks(pieces: Iterable[Piece]) -> int:
    """How many pieces no other text has than a page of papers."""
    return sum(
        piece.role is not Role.TEXT
        and (_key(piece) in _SURE or (piece.name == "badges" and " " in piece.text))
        for piece in pieces
    )


_SURE: Final = (
    *("submitted by", "n authors", "upvote", "view blog", "arxiv page", "tags", "n upvote"),
    *("published on", "save twitter linkedin facebook", "decision"),
)


@dataclass(slots=True)
class Card:
    """A run of texts on a page, and all that stands between it and its neighbours."""

    before: list[Piece]
    texts: list[Piece]
    after: list[Piece] = field(default_factory=list)
    inside: list[Piece] = field(default_factory=list)
    """What stands between the texts."""


def cards(pieces: Sequence[Piece]) -> list[Card]:
    """The runs of texts of a page."""
    runs: list[Card] = []
    between: list[Piece] = []
    is_open = False
    for index, piece in enumerate(pieces):
        if piece.role is Role.TEXT and is_open:
            runs[-1].texts.append(piece)
        elif piece.role is Role.TEXT:
            runs.append(Card(before=between, texts=[piece]))
            is_open = True
        elif is_open and _is_inside(pieces, index):
            runs[-1].inside.append(piece)
        else:
            if is_open or not runs:
                between = between if not runs else []
                if runs:
                    runs[-1].after = between
            is_open = False
            between.append(piece)
    return runs


def _marked(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, with a mark above each title that has a line of Google Scholar below it."""
    texts = [n for n, piece in enumerate(pieces) if piece.role is Role.TEXT]
    titles = {
        above for above, below in pairwise(texts) if bylines.scholar(pieces[below].text) is not None
    }
    for place, piece in enumerate(pieces):
        if place in titles and (not place or _key(pieces[place - 1]) != "tags"):
            yield Piece(Role.MARK, "", piece.line, name="tags")
        yield piece


def _is_inside(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a piece stands between a title and what belongs to it.

    That is a field such as the authors, and a date between texts.
    """
    piece = pieces[index]
    if piece.role is Role.FIELD:
        return piece.name in _OPEN
    if piece.role is Role.BUTTON or piece.name == "badges":
        return is_between_texts(pieces, index) and _is_signed(pieces[index - 1 : index + 2])
    return piece.role is Role.DAY and is_between_texts(pieces, index)


def _is_signed(around: Sequence[Piece]) -> bool:
    """Whether the last piece is of authors, and the first is none."""
    return bylines.likeness(around[-1].text) > 3 >= bylines.likeness(around[0].text)


def is_between_texts(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a piece has a text right above and right below it."""
    around = (*pieces[max(index - 1, 0) : index], *pieces[index + 1 : index + 2])
    return len(around) == 2 and all(piece.role is Role.TEXT for piece in around)


_FRONT: Final = re.compile(r"Proceedings of |Front ?matter\Z", re.IGNORECASE)
"""What a volume is called, which is among its papers in the ACL Anthology."""


def papers(pieces: Sequence[Piece]) -> tuple[list[Draft], list[Piece]]:
    """The papers of a page of cards, in order, and the texts that belong to none.

    Drafts know their line; which day they are of is told by that.
    """
    runs = cards(list(_marked(pieces)))
    alike = _alike(runs)
    lines = {run.texts[0].line for run in alike}
    stray = [piece for run in runs if run.texts[0].line not in lines for piece in run.texts]
    signed = _are_signed(alike)
    if alike:
        stray += _trimmed(alike, signed)
    leads = sum(_counts(run.before)[-1:] != [] for run in alike) >= 0.8 * len(alike)
    alike = [run for run in alike if not _FRONT.match(run.texts[0].text)]
    drafts = [_draft(run, signed) for run in alike]
    for place, (run, draft) in enumerate(zip(alike, drafts, strict=True)):
        before, after = _counts(run.before), _counts(run.after)
        if leads and before:
            draft.upvotes = before[-1]
            is_last = place == len(alike) - 1
            rest = after if is_last else after[:-1]
            draft.comments = rest[0] if rest else None
        elif any(piece.name == "upvote" for piece in run.after):
            draft.upvotes = after[0] if after else None
    return drafts, stray


def _counts(around: Sequence[Piece]) -> list[int | None]:
    return [number(piece.text) for piece in around if piece.role is Role.COUNT]


def _alike(runs: Sequence[Card]) -> list[Card]:
    """The runs that stand between what papers or other runs stand between, too."""
    before = Counter(_key(run.before[-1]) for run in runs if run.before)
    after = Counter(_key(run.after[0]) for run in runs if run.after)
    enough = max(2, len(runs) // 5)
    # Links to files stand above papers, or below: then also below the last one.
    is_below = bool(runs) and bool(runs[-1].after) and _key(runs[-1].after[0]) == "badges"
    starts = [*_STARTS, "badges"][: -1 if is_below else None]
    finals = [*_ENDS, "badges"][: None if is_below else -1]
    alike = [
        run
        for run in runs
        if (run.before and _is_common(run.before[-1], before, enough, starts, finals))
        or (run.after and _is_common(run.after[0], after, enough, finals, starts))
    ]
    ends = sum(bool(run.after) and _key(run.after[0]) in finals for run in alike[:-1])
    last = alike[-1] if alike else None
    if last and not last.after and _key(last.before[-1]) not in starts and 2 * ends >= len(alike):
        alike.pop()  # what stands below all papers
    elif last and not last.after and len(alike) > 2:
        above = [{_key(piece) for piece in run.before} for run in alike]
        if set.intersection(*above[1:-1]) - {"COUNT"} - above[-1]:
            alike.pop()
    return alike


def _is_common(
    piece: Piece,
    counts: Counter[str],
    enough: int,
    sure: Sequence[str],
    other: Sequence[str],
) -> bool:
    own = _key(piece)
    return own in sure or (counts[own] >= enough and own not in other)


def _are_signed(runs: Sequence[Card]) -> bool:
    """Whether the papers of a page have a line of authors below their titles."""
    long = [run for run in runs if len(run.texts) > 1]
    signed = sum(bylines.likeness(run.texts[1].text) > 1 for run in long)
    return 3 * signed >= len(long) > 0


def _trimmed(runs: list[Card], signed: bool) -> list[Piece]:
    """Take what stands above the first paper from its texts: it has more of them than others."""
    first, others = runs[0], [_size(run) for run in runs[1:]]
    size = median_low(others) if others else 2
    extra = _size(first) - size
    if extra <= 0 or (others and _size(first) <= max(others)):
        extra = 0
    if signed:
        places = (
            place for place, piece in enumerate(first.texts) if bylines.likeness(piece.text) > 1
        )
        extra = max(next(places, extra + 1) - 1, 0)
    stray, first.texts = first.texts[:extra], first.texts[extra:]
    return stray


def _size(run: Card) -> int:
    """How many texts it has, not counting words that stand alone: topics, who put it there."""
    return 1 + sum(" " in piece.text or len(piece.text) > 40 for piece in run.texts[1:])


def _draft(run: Card, signed: bool) -> Draft:
    title, *rest = run.texts
    draft = Draft(line=title.line, title=title.text)
    if rest:
        likeness = bylines.likeness(rest[0].text)
        if likeness > 4 or (signed and likeness > 0):
            sign(draft, rest.pop(0).text)
    draft.paragraphs = [piece.text for piece in rest if " " in piece.text or len(piece.text) > 40]
    draft.unused += ["name below the title"] * (len(rest) > len(draft.paragraphs))
    for piece in (*run.inside, *run.after):
        if piece.role is Role.ORGANIZATION:
            draft.organizations.append(piece.text)
        elif piece.role in (Role.PUBLISHED, Role.DAY) and not draft.published:
            draft.published = (
                piece.text if piece in run.inside or piece.role is Role.PUBLISHED else ""
            )
        elif piece.role is Role.VENUE:
            draft.venue = draft.venue or piece.text
        elif piece.role is Role.FIELD:
            labels.fill(draft, piece.name, piece.text)
    return draft


_VOLUME: Final = re.compile(
    r";\s*(?P<venue>Proceedings of [^;]+?|(?=\(\d+\):))"
    r"(?:, (?P<series>PMLR) (?P<volume>\d+):(?P<own>[\d–-]+))?"
    r"(?:\((?P<number>\d+)\):(?P<of>[\d−–-]+))?"
    r"(?:, (?P<year>(?:19|20)\d\d))?(?:, pp?\. (?P<pages>[\d–-]+))?\.?\Z"
)


def sign(draft: Draft, text: str) -> None:
    """Give a paper the authors that a line names, and what else Google Scholar says there."""
    match = bylines.scholar(text)
    if volume := _VOLUME.search(text[:2000]):
        draft.venue, draft.published = volume["venue"], draft.published or volume["year"] or ""
        pages = volume["own"] or volume["pages"] or volume["of"]
        said = {name: volume[name] for name in ("series", "volume", "number")} | {"pages": pages}
        draft.publication = {name: value for name, value in said.items() if value}
    draft.authors = list(bylines.names(match["names"] if match else text))
    if match:
        draft.published = match["year"]
        draft.arxiv = identifiers.arxiv(match["venue"])
        draft.venue = "" if draft.arxiv else match["venue"].strip(" ,…")
