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

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import pairwise
from typing import Final

from generator import text as foreign
from generator.sources import identifiers
from generator.sources.content import Content
from generator.sources.copied import bylines, cards, drafts, furniture, labels, wording
from generator.sources.copied.drafts import Draft
from generator.sources.copied.inline import read_inline
from generator.sources.copied.lines import Line, front_matter, head, lines, unfolded
from generator.sources.copied.naming import Named, id_in
from generator.sources.days import DAY, Anchor, resolve
from generator.sources.links import holds_paper
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
    rows = _lines(head(content), start)
    if is_table(content.head) and not all("\t" in row.text and id_in(row) for row in rows):
        return False
    fields = sum(bool(_FIELD.match(row.text)) for row in rows)
    ids = (id_in(row, or_address=True) for row in rows)
    named = [one for one in ids if one and _leads(one)] if 2 * fields <= len(rows) else []
    if not named or sum("](" in row.text for row in rows) > 1:
        return False
    if cards.strong_marks(furniture.pieces(rows)) >= 3:
        return False
    page = _Page(unfolded(rows))
    if page.is_bare:
        return len(named) > 1 or not named[0].is_number
    titles = [draft.title for draft in page.drafts if draft.title]
    if page.is_labelled:
        return 5 * len(titles) >= 4 * len(page.drafts)
    odd = sum(wording.likeness(title) < -1 for title in titles)
    is_dense = len(rows) <= 10 + 8 * len(page.drafts)
    is_titled = 5 * len(titles) >= 3 * len(page.drafts) and 5 * odd <= len(titles)
    signs = sum(bool(_PROGRAM.match(row.text)) for row in rows)
    is_one = any(row.text.lower().startswith("[submitted on ") for row in rows[:9])
    return (
        len(page.drafts) > (0 if is_one else 1)
        and is_dense
        and is_titled
        and 10 * signs < len(rows)
    )


def read(content: Content) -> Reading:
    """Every id and what belongs to it; a paper of which nothing else is said is called by it."""
    records = Records(content, NAME)
    fields, start = front_matter(content.text)
    stated, faults = drafts.stated_day(fields)
    for line, reason in faults:
        records.remark(f"line {line}", reason)
    anchor = stated or Anchor.in_name(content.file)
    page = _Page(unfolded(_lines(content.text, start)))
    day, rank = anchor.day if anchor else None, 0
    headings = iter([*page.headings, None])
    heading = next(headings)
    for draft in page.drafts:
        while heading and heading[0] < draft.line:
            found = resolve(heading[1], anchor)
            if found:
                day, rank = found, 0
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
            records.remark(f"line {row.number}", _stray(row.text))
    return records.reading()


_SHOWN: Final = re.compile(r"\[([^\[\]]{2,500})\]\((https?://[^\s()]+)\)[.,;]?\Z")


def _lines(text: str, start: int) -> list[Line]:
    """The lines of a text; a title that is a link of Markdown has its address behind it."""
    return [
        replace(part, text=_SHOWN.sub(r"\1 \2", part.text)) if part.text[-1] in ").,;" else part
        for row in lines(text, start)
        for part in _apart(row)
    ]


_ID: Final = re.compile(
    r"(?:arxiv:|doi:)?(?:https?://\S+|10\.\d{4,9}/\S+|\d{4}\.\d{4,5}(?:v\d+)?)", re.IGNORECASE
)
_BETWEEN: Final = re.compile(r"[,;]\s+|\s+|[,;](?=\d{4}\.\d|https?:|arxiv:|doi:)", re.IGNORECASE)
_NOTE: Final = re.compile(r"\s(?:#|//|--)\s.*\Z")
_SAID: Final = re.compile(
    r"(?:\[\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d\d(?::\d\d)?(?:\s?[AP]M)?\] [^:]{1,40}: "
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d\d(?::\d\d)?(?:\s?[AP]M)? - [^:]{1,40}: )",
    re.IGNORECASE,
)
"""Who says what follows, and when, in the export of a chat."""


def _apart(row: Line) -> Iterator[Line]:
    """A line of several ids as a line for each, without a note behind it or who said it before."""
    if said := _SAID.match(row.text):
        if rest := row.text[said.end() :].strip():
            yield Line(row.number, rest, is_first=True)
        return
    text = _NOTE.sub("", row.text[:5000], count=1)
    ids = [one.strip(",;") for one in _BETWEEN.split(text)]
    if not all(_ID.fullmatch(one) for one in ids if one):
        yield row
        return
    for place, one in enumerate(filter(None, ids)):
        yield Line(row.number, one, row.is_first and not place)


def _stray(text: str) -> str:
    return (
        f"expected an id, found “{foreign.excerpt(text, 60)}”. Put one there, or remove the line."
    )


_FURNITURE: Final = re.compile(
    r"total of \d|showing (?:up to|\d)|(?:new|cross|replacement) submissions\b|cross-lists$"
    r"|replacements$|see (?:recent|today)|authors and titles|fewer\s*\||search v\d|sort by|help \|"
    r"|submission history|view pdf|view a pdf|references & citations|current browse context"
    r"|download:|access paper|bookmark|focus to learn"
    r"|r/\w+\Z|u/\S+\Z|[•·]\Z|html \(experimental\)\Z"
    r"|(?:posted by .*|\d+|an?) (?:minute|hour|hr|day|week|month|year)s? ago\Z"
    r"|(?:up|down)vote\Z|:[\w+-]+:\Z|\d+ (?:comments?|replies|reply)\Z|share\Z|reply\Z|arxiv\.org\Z"
    r"|(?:week|lecture|session) \d+\b(?!.*(?:://|10\.\d|\d\.\d{4})).{0,80}\Z"
    r"|pages \d|from: |\[v\d+\]|\(or arxiv:|\d+[-–]\d+ of \d+|quick links|cite as:",
    re.IGNORECASE,
)
_HEADING: Final = re.compile(
    rf"(?:showing new listings for |new submissions for |received from .* to )?({DAY.pattern})"
    r"\s*(?:\((?:continued, )?showing .*\))?",
    re.IGNORECASE,
)
_SUBMITTED: Final = re.compile(
    rf"\[?submitted (?:on )?({DAY.pattern})"
    rf"(?:.*?(?:v1 submitted|\(v1\)[, ]*)\s*({DAY.pattern})?)?.*",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(r"(?:- )?[a-z_-]+:(?:\s|$)")
_PROGRAM: Final = re.compile(
    r"[{}<]|//|/\*|(?:import|from|def|class|return|const|let|var)\s|\w+\(|>>>|#!"
)


# What belongs to each id


class _Place(Enum):
    """Where the id of a paper stands."""

    ABOVE = auto()
    BELOW = auto()
    INLINE = auto()
    BETWEEN = auto()


@dataclass(slots=True)
class _Part:
    """A paper's lines."""

    named: Named
    rows: list[Line] = field(default_factory=list)


class _Page:
    """A text, cut into its papers."""

    def __init__(self, rows: Sequence[Line]) -> None:
        self.headings = [
            (row.number, match[1])
            for row in rows
            if len(row.text) < 120 and (match := _HEADING.fullmatch(row.text))
        ]
        days = {number for number, _ in self.headings}
        told = [(row, id_in(row)) for row in rows if _is_of_papers(row, days)]
        self.is_labelled = sum(
            _LABEL.search(row.text[:100]) is not None for row in rows
        ) * 5 >= 4 * max(len({named.id for _, named in told if named}), 1)
        bare = [named for _, named in told if named and not named.rest]
        said = [row for row, named in told if named or row.text[0] not in "#%/"]  # no notes
        self.is_bare = 5 * len(bare) >= 4 * len(said) > 0
        self.columns = _columns(named.row for _, named in told if named)
        self.stray = [row for row, named in told if self.is_bare and not named]
        told = _without_buttons(told)
        self.place = _Place.ABOVE if self.is_labelled else _place(told)
        parts: Iterable[_Part]
        blocks = None if self.is_bare or self.is_labelled else _blocks(rows, days)
        self.is_in_blocks = blocks is not None
        if blocks:
            self.place = _Place.INLINE
            parts, self.stray = blocks
        else:
            parts = _parts(told, self.place)
        self.drafts = [self._draft(part) for part in parts]
        drafts.uncounted(self.drafts)

    def _draft(self, part: _Part) -> Draft:
        named = part.named
        draft = Draft(line=named.row.number, arxiv=named.arxiv, doi=named.doi)
        if named.anthology:
            draft.links.append(("url", f"https://aclanthology.org/{named.anthology}/"))
        draft.links += [("url", url) for url in named.links]
        if "(replaced)" in named.row.text.lower():
            draft.is_replaced = True
        texts: list[str] = []
        if self.is_bare:
            return draft
        for row in part.rows:
            _read_row(draft, texts, row)
        words = named.rest.split()
        if "\t" in named.row.text and self.columns[0] >= 0:
            words = []
            _read_cells(draft, named.row.text, self.columns)
        if title := _LABEL.search(named.rest):
            words, draft.title = [], named.rest[title.end() :]
        if words and all(map(identifiers.is_category, words)):
            draft.categories += words
        elif words and (self.place is _Place.INLINE or not (texts or draft.title)):
            read_inline(draft, " ".join(words))
        if texts and not draft.title:
            draft.title = texts.pop(0)
        draft.title = _FLAIR.sub("", draft.title, count=1)
        texts = [text for text in texts if text != draft.title]  # a preview repeats it
        if (
            texts
            and not draft.authors
            and bylines.likeness(texts[0]) > (0 if self.is_labelled or self.is_in_blocks else 1)
        ):
            draft.authors = list(bylines.names(texts.pop(0)))
        draft.paragraphs += texts
        return draft


def _columns(rows: Iterable[Line]) -> tuple[int, int]:
    """Which cells of rows that name no columns have the title and the authors; -1 for none."""
    cells = [row.text.split("\t") for row in rows if "\t" in row.text][:100]
    people: dict[int, float] = {}
    lengths: dict[int, float] = {}
    for place in range(max(map(len, cells), default=0)):
        column = [row[place].strip() for row in cells if place < len(row)]
        told = [cell for cell in column if _says(cell)]
        if 2 * len(told) > len(column):
            people[place] = sum(map(bylines.likeness, told)) / len(told)
            lengths[place] = sum(map(len, told)) / len(told)
    titles = [place for place in people if people[place] <= 1] or list(people)
    title = max(titles, key=lambda place: lengths[place], default=-1)
    others = [place for place in people if place != title and people[place] > 0]
    return title, max(others, key=lambda place: people[place], default=-1)


def _says(cell: str) -> bool:
    """Whether a cell is a title or names, and no number, date, id or address."""
    is_word = sum(map(str.isalpha, cell)) > 1 and not labels.ADDRESS.fullmatch(cell)
    return is_word and not (id_in(Line(0, cell, is_first=True)) or DAY.fullmatch(cell))


def _read_cells(draft: Draft, text: str, columns: tuple[int, int]) -> None:
    """Give a paper the cells of a row that names no columns."""
    for place, cell in enumerate(map(str.strip, text.split("\t"))):
        if place == columns[0]:
            draft.title = cell
        elif place == columns[1]:
            draft.authors = labels.authors(cell)
        elif re.fullmatch(r"(?:19|20)\d\d(?:-\d\d){0,2}", cell):
            draft.published = cell
        elif _says(cell):
            draft.left.append("cell without a name")


_FLAIR: Final = re.compile(r"\A\[(?:[RDPN]|Research|Discussion|Project|News)\]\s+")
"""What Reddit puts before a title."""


def _is_of_papers(row: Line, days: Container[int]) -> bool:
    return row.number not in days and not _is_around(row) and not _SENDER.fullmatch(row.text[:200])


_LABEL: Final = re.compile(r"(?:\A|\]\s*)Title:\s*")
_SENDER: Final = re.compile(
    r"\[?\d{1,2}:\d\d(?: ?[AP]M)?\](?: .{1,60})?"
    r"|.{1,60}?\s(?:[—–-]\s+)?(?:(?:today|yesterday)(?: at)?,? )?\d{1,2}:\d\d(?: ?[AP]M)?",
    re.IGNORECASE,
)
"""Who says what follows, and when: `Ada  10:12 AM`, `ada — Today at 10:12`, `[10:12] Ada`."""


def _blocks(rows: Sequence[Line], days: Container[int]) -> tuple[list[_Part], list[Line]] | None:
    """The papers of a text where each stands in a line or a paragraph of its own, with its address.

    Also what belongs to none below the first; `None` where papers are told in another way.
    """
    told: list[tuple[Line, Named | None]] = []
    is_first = True
    for row in rows:
        if row.number in days or _is_around(row) or _SENDER.fullmatch(row.text[:200]):
            is_first = is_first or row.text.lower() != "arxiv.org"  # above a preview
            continue
        named = id_in(row, or_address=True)
        if named and not _leads(named) and _is_label(named):
            named = None
        told.append((replace(row, is_first=row.is_first or is_first), named))
        is_first = False
    if not told:
        return None
    titled = sum(named is not None and _is_title(named.rest) for _, named in told)
    is_lines = 2 * titled > sum(named is not None for _, named in told)
    parts: list[_Part] = []
    others: list[Line] = []
    blocks: list[list[tuple[Line, Named | None]]] = []
    for row, named in told:
        is_own = is_lines and named is not None and _is_title(named.rest)
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
        has_title = _is_title(own.rest) or (texts and _is_said(texts[0]))
        place = next(n for n, (_, named) in enumerate(block) if named)
        if len(ids) > 1 or not has_title or (not is_lines and place > 1 and len(texts) > 6):
            return None
        rest = [row for row, named in block if named is not own]
        parts.append(_Part(own, rest))
    leading = sum(_leads(part.named) for part in parts)
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


def _leads(named: Named) -> bool:
    """Whether it has an id, or an address where papers are read."""
    return bool(named.arxiv or named.doi or named.anthology) or any(
        holds_paper(url) and "//scholar.google." not in url for url in named.links
    )


def _is_label(named: Named) -> bool:
    """Whether an address stands behind its name: `Code: https://…`."""
    text = named.row.text
    return named.rest != "" and (labels.FIELD.match(text) is not None or wording.is_remark(text))


def _without_buttons(told: list[tuple[Line, Named | None]]) -> list[tuple[Line, Named | None]]:
    """The lines, but for what comes back for paper after paper beside its title."""
    papers = len({named.id for _, named in told if named})
    often = Counter(row.text for row, named in told if not named and _may_be_button(row.text))
    most = max(2, papers // 2)
    left = [(row, named) for row, named in told if named or often[row.text] < most]
    return left if sum(not named for _, named in left) >= papers else told


def _may_be_button(text: str) -> bool:
    """Whether a line that comes back for paper after paper says nothing of them: `ARTICLE`."""
    is_category = all(map(identifiers.is_category, text.split(None, 12)))
    return (
        len(text) < 60
        and text.count(" ") < 2
        and not is_category
        and not labels.FIELD.match(text)
        and bylines.likeness(text) < 0
    )


def _is_around(row: Line) -> bool:
    """Whether a line is of the page and not of a paper."""
    return len(row.text) < 200 and _FURNITURE.match(row.text) is not None


def _place(told: Sequence[tuple[Line, Named | None]]) -> _Place:
    named = [one for _, one in told if one]
    if not named:
        return _Place.ABOVE
    again = {one.id for one in named}
    titled = [one for one in named if _is_title(one.rest)]
    if 2 * len(titled) > len(named):
        return _Place.INLINE
    last = 0
    for place, (_, one) in enumerate(told):
        if one and one.id in again:
            again.discard(one.id)
            last = place
    if not any(_is_said(row) for row, _ in told[last + 1 :]):
        first = next(n for n, (_, one) in enumerate(told) if one)
        return _Place.BELOW if any(_is_said(row) for row, _ in told[:first]) else _Place.ABOVE
    pairs = [(above, row) for (above, other), (row, one) in pairwise(told) if one and not other]
    below = sum(above.is_first and above.number == row.number - 1 for above, row in pairs)
    return _Place.BETWEEN if 10 * below >= 8 * len(named) else _Place.ABOVE


def _is_title(rest: str) -> bool:
    words = rest.split()
    return len(words) >= 2 and not all(map(identifiers.is_category, words))


def _is_said(row: Line) -> bool:
    """Whether a line says something of a paper: its title, authors or abstract."""
    match = labels.FIELD.match(row.text)
    if match:
        return labels.LABELS[match[1].lower()] in ("title", "authors", "abstract")
    return not labels.ADDRESS.fullmatch(row.text) and not furniture.is_count(row.text)


def _parts(told: Sequence[tuple[Line, Named | None]], place: _Place) -> Iterator[_Part]:
    """The lines of each paper, by where its id stands."""
    parts: list[_Part] = []
    waiting: list[Line] = []
    for row, named in told:
        is_again = bool(named and parts and not waiting and _is_same(parts[-1], named))
        if named and is_again:
            continue
        if named:
            own = waiting if place is _Place.BELOW else []
            if place is _Place.BETWEEN and parts:
                own = [parts[-1].rows.pop()] if parts[-1].rows else []
            elif place is _Place.BETWEEN:
                own = waiting[-1:]
            parts.append(_Part(named, _from_counter(own) if not parts else list(own)))
            waiting = []
        elif not parts or (place is _Place.BELOW and (waiting or _is_said(row))):
            waiting.append(row)
        else:
            parts[-1].rows.append(row)
    yield from parts


def _is_same(part: _Part, named: Named) -> bool:
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


def _read_row(draft: Draft, texts: list[str], row: Line) -> None:
    """Give a paper what one of its lines says."""
    text = row.text
    match = labels.FIELD.match(text)
    words = text.split(None, 12)
    if submitted := _SUBMITTED.fullmatch(text):
        draft.published = submitted[2] or submitted[1]
    elif match and (match[2] or len(text) < 30):
        labels.fill(draft, labels.LABELS[match[1].lower()], match[2])
    elif labels.ADDRESS.fullmatch(text):
        labels.fill(draft, "url", text)
    elif len(words) < 12 and all(map(identifiers.is_category, words)) and "." in text:
        draft.categories += words
    elif identifiers.doi(text) and len(words) < 3:
        draft.doi = draft.doi or identifiers.doi(text)
    elif not (
        furniture.is_count(text)
        or all(piece.role is not furniture.Role.TEXT for piece in furniture.pieces([row]))
    ):
        texts.append(text)
