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
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from generator import text as foreign
from generator.sources import cited
from generator.sources.cited import identified
from generator.sources.cited.reference import Cited
from generator.sources.cited.signatures import Form
from generator.sources.content import Content
from generator.sources.copied import bylines
from generator.sources.copied.lines import front_matter, head
from generator.sources.days import Anchor
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "references"
LABEL = "a list of references as text: the bibliography of a paper, numbered or not"

SAMPLE: Final = 60
"""References that show how all of the list are written."""

MOST_LINES_OF_ONE: Final = 12
"""Lines to each year or id, if it is a list of references at all."""

MOST_ROWS: Final = 60
"""Lines of one reference."""


def detect(content: Content) -> bool:
    """Whether half of its paragraphs or lines or more are whole references: names, title, year.

    One or two alone have to say more: where in a venue they are, or an id.
    """
    if content.kind != "text" or content.head[:1] in ("@", "%", "{", "#"):
        return False
    text = head(content)
    _, start = front_matter(text)
    rows = _rows(text, start)
    if MOST_LINES_OF_ONE * len(_YEAR.findall(text)) < len(rows):
        return False
    if any(bylines.is_in_volume(row.text) for row in rows):
        return False  # of a volume's own page
    page = _Page(rows)
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
    fields, start = front_matter(content.text)
    stated = next((Anchor.parse(value) for _, name, value in fields if name == "date"), None)
    anchor = stated or Anchor.in_name(content.file)
    page = _Page(_rows(content.text, start))
    before: tuple[str, ...] = ()
    for rank, entry in enumerate(page.entries, 1):
        position = f"line {entry.line}"
        with records.record(position):
            one = page.parsed(entry.text, before)
            before = one.authors or before
            _add(records, position, entry.text, one, anchor, rank)
    for row in page.stray:
        if not _HEADING.fullmatch(row.text):
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


# The lines


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    text: str
    is_first: bool
    """Whether an empty line, or nothing, stands above it."""

    is_indented: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    """A reference without its number."""

    line: int
    text: str


_HEADING: Final = re.compile(
    r"\W*(?:\d+\.? )?(?:(?:selected |main |cited |further |key |other |additional |all )?"
    r"(?:references?|bibliograph\w+"
    r"|literature(?: cited)?|works cited|publications?|papers|readings?(?: list)?|articles"
    r"|preprints?|books|theses|journal (?:papers|articles)|conference papers)"
    r"(?: (?:and|&) \w+)?|results?:?|page \d+|\d{1,4}|(?:week|lecture|session|part) \d+\b.{0,60}"
    r"|literaturverzeichnis|literatur|参考文献|reading list)\W*",
    re.IGNORECASE,
)
_BUTTONS: Final = re.compile(
    rf"(?:(?:{identified.BUTTON}|Return to ref.{{0,40}}|Download references|Cite|Free article\.?"
    r"|Open in a new tab|↵|\^|↑)[\s|·,]*)+",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(
    r"(?:doi:? ?|url:? ?|available(?: at| from)?:? ?|arxiv:)?"
    r"(?:https?://\S+|10\.\d{4,9}/\S+|\d{4}\.\d{4,5}\S*)\.?",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"(?:\[(?P<square>\d{1,5})\]|\((?P<round>\d{1,5})\)|(?P<plain>\d{1,5})[.):](?=\s|$|[^\W\d])"
    r"|\[(?P<key>[A-Za-zÀ-ž+*’' -]{1,30}\d{2,4}[a-z]?|[A-Z][^\[\]]{2,80}\d{4}[a-z]?\)?)\]"
    r"|(?P<bullet>[•‣▪◦*·–-](?=\s)))\s*"
)
_NUMBER: Final = re.compile(r"(?P<plain>\d{1,4})(?:\s*(?=[^\W\d_])|$)")
_AGAIN: Final = re.compile(r"(?:[—–-]{2,}|—|_{3,})[.,]?\s*")
_SAME: Final = "Same, A. B."
"""Stands for the authors of the reference above while one is read that repeats them."""


def _rows(text: str, start: int) -> list[_Row]:
    found = []
    is_first = True
    for number, row in enumerate(text.split("\n")[start:], start + 1):
        stripped = row.strip()
        if stripped and not _BUTTONS.fullmatch(stripped):
            found.append(_Row(number, stripped, is_first, row[0] in " \t\u3000"))
            is_first = False
        elif not stripped:
            is_first = True
    return found


class _Page:
    """A text, cut into its references."""

    def __init__(self, rows: Sequence[_Row]) -> None:
        rows = [row for row in rows if not _HEADING.fullmatch(row.text)]
        best = -1
        self.entries: list[_Entry] = []
        self.stray: list[_Row] = []
        self.sample: list[Cited] = []
        self.form = Form.STRAIGHT
        if not rows:
            return
        tried: set[tuple[str, ...]] = set()
        for cut in _CUTS:
            entries, stray = cut(rows)
            texts = tuple(entry.text for entry in entries[:SAMPLE])
            if not texts or texts in tried:
                continue
            tried.add(texts)
            for form in Form:
                sample = [cited.parse(text, form) for text in texts]
                whole = sum(one.is_whole for one in sample)
                if whole > best:
                    best = whole
                    self.entries, self.stray, self.sample, self.form = entries, stray, sample, form
        self.sample = []
        before: tuple[str, ...] = ()
        for entry in self.entries[:SAMPLE]:
            self.sample.append(self.parsed(entry.text, before))
            before = self.sample[-1].authors or before

    def parsed(self, text: str, before: tuple[str, ...]) -> Cited:
        """A reference, its names in the form of the whole list, else in another one.

        Args:
            text: of it.
            before: the authors of the reference above, whom `———.` repeats.
        """
        again = _AGAIN.match(text)
        if again and before:
            one = cited.parse(f"{_SAME} {text[again.end() :]}", Form.TURNED)
            one.authors = before if one.title else ()
            return one
        one = cited.parse(text, self.form)
        if one.is_whole:
            return one
        others = [cited.parse(text, form) for form in Form if form is not self.form]
        whole = (other for other in others if other.is_whole)
        return next(whole, one if one.authors or one.is_known else others[0])


Cut = Callable[[Sequence[_Row]], tuple[list[_Entry], list[_Row]]]


def _labelled(rows: Sequence[_Row]) -> tuple[list[_Entry], list[_Row]]:
    """A number, a key or a bullet begins each; numbers go up by one."""
    keyed = sum(
        bool((match := _LABEL.match(row.text)) and match.lastgroup == "key") for row in rows
    )
    entries: list[list[_Row]] = []
    stray: list[_Row] = []
    last = 0
    for row in rows:
        match = _LABEL.match(row.text) or _NUMBER.match(row.text)
        number = int(next(filter(str.isdigit, match.groups("")), 0)) if match else 0
        if match and match.lastgroup == "key" and keyed > 1:
            number = last + 1
        if match and match.lastgroup == "bullet":
            number = last + 1
        if match and number and (number == last + 1 or (number == 1 and row.is_first) or not last):
            entries.append([_without(row, match.end())])
            last = number
        elif entries and len(entries[-1]) < MOST_ROWS:
            entries[-1].append(row)
        else:
            stray.append(row)
    return _joined(entries), stray


def _without(row: _Row, start: int) -> _Row:
    return _Row(row.line, row.text[start:], row.is_first, row.is_indented)


def _paragraphs(rows: Sequence[_Row]) -> tuple[list[_Entry], list[_Row]]:
    """An empty line stands between any two."""
    return _joined(_runs(rows, lambda above, row: row.is_first)), []


def _hanging(rows: Sequence[_Row]) -> tuple[list[_Entry], list[_Row]]:
    """All lines but the first of each are indented."""
    return _joined(_runs(rows, lambda above, row: not row.is_indented)), []


def _lines(rows: Sequence[_Row]) -> tuple[list[_Entry], list[_Row]]:
    """Each is a line, but that an address may stand below it."""
    return _joined(_runs(rows, lambda above, row: not _ADDRESS.fullmatch(row.text))), []


def _folded(rows: Sequence[_Row]) -> tuple[list[_Entry], list[_Row]]:
    """Lines were folded: one begins where a line ends as a reference does, and names follow."""
    return _joined(_runs(rows, lambda above, row: row.is_first or _begins(above, row))), []


def _begins(above: _Row, row: _Row) -> bool:
    if not _ENDED.search(above.text) or not row.text[0].isalpha() or row.text[0].islower():
        return False
    return _NAMED.match(row.text) is not None


_ENDED: Final = re.compile(r"[\d.)\]]$|(?:https?://|10\.\d{4,9}/)\S+$")
_NAMED: Final = re.compile(
    r"[A-ZÀ-Þ][\w’'-]*(?: [\w’'-]+){0,3},"
    r"|(?:[A-ZÀ-Þ][\w’'-]*\.?[ -]){1,4}[\w’' -]{2,40}(?:,| and | et al|\.)"
    r"|[A-ZÀ-Þ][\w’'-]+ [A-Z]{1,3}[,.]"
)
_CUTS: Final[tuple[Cut, ...]] = (_labelled, _paragraphs, _hanging, _lines, _folded)


def _runs(rows: Sequence[_Row], begins: Callable[[_Row, _Row], bool]) -> Iterator[list[_Row]]:
    run = [rows[0]]
    for above, row in pairwise(rows):
        if begins(above, row) or len(run) >= MOST_ROWS:
            yield run
            run = []
        run.append(row)
    yield run


def _joined(runs: Iterable[list[_Row]]) -> list[_Entry]:
    return [_Entry(run[0].line, _unfolded(run)) for run in runs]


_KEPT: Final = re.compile(
    r"(?:\b(?:self|non|multi|pre|post|co|semi|cross|few|zero|one|two|three|large|long|low|high|real"
    r"|fine|state|end|well|data|model|open|in|text|time|first|second)|-\w+|[A-Z\d]\w*)-\Z"
)


def _unfolded(run: Sequence[_Row]) -> str:
    """The lines of a reference as one: words that were cut are whole, and so are addresses."""
    text = run[0].text
    for row in run[1:]:
        last = text.rpartition(" ")[2][-200:]
        is_address = "://" in last or last[:3] == "10." or "/10." in last
        if is_address and (last[-1] in "/-_=?&#%" or (last[-1] == "." and row.text[0].isdigit())):
            text += row.text
        elif last[-1:] == "-" and len(last) > 2 and row.text[0].islower():
            text = (text if _KEPT.search(last) else text[:-1]) + row.text
        else:
            text += f" {row.text}"
    return text
