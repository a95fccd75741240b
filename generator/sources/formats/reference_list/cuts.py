"""Ways to cut a text into references: by labels, paragraphs, indents or lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from generator.sources.cited import identified

MOST_LINES_OF_ONE: Final = 12
"""Lines to each year or id, if it is a list of references at all."""

MOST_ROWS: Final = 60
"""Lines of one reference."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list of references that is no button of its page."""

    line: int
    text: str
    is_first: bool
    """Whether an empty line, or nothing, stands above it."""

    is_indented: bool


@dataclass(frozen=True, slots=True)
class Cutting:
    """A reference without its number."""

    line: int
    text: str


HEADING: Final = re.compile(
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


def rows_of(text: str, start: int) -> list[Row]:
    """The lines of a text from one on, without buttons and empty ones."""
    rows = []
    is_first = True
    for number, row in enumerate(text.split("\n")[start:], start + 1):
        stripped = row.strip()
        if stripped and not _BUTTONS.fullmatch(stripped):
            rows.append(Row(number, stripped, is_first, row[0] in " \t\u3000"))
            is_first = False
        elif not stripped:
            is_first = True
    return rows


Cut = Callable[[Sequence[Row]], tuple[list[Cutting], list[Row]]]


def _labelled(rows: Sequence[Row]) -> tuple[list[Cutting], list[Row]]:
    """A number, a key or a bullet begins each; numbers go up by one."""
    keyed = sum(
        bool((match := _LABEL.match(row.text)) and match.lastgroup == "key") for row in rows
    )
    entries: list[list[Row]] = []
    stray: list[Row] = []
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


def _without(row: Row, start: int) -> Row:
    return Row(row.line, row.text[start:], row.is_first, row.is_indented)


def _paragraphs(rows: Sequence[Row]) -> tuple[list[Cutting], list[Row]]:
    """An empty line stands between any two."""
    return _joined(_runs(rows, lambda above, row: row.is_first)), []


def _hanging(rows: Sequence[Row]) -> tuple[list[Cutting], list[Row]]:
    """All lines but the first of each are indented."""
    return _joined(_runs(rows, lambda above, row: not row.is_indented)), []


def _lines(rows: Sequence[Row]) -> tuple[list[Cutting], list[Row]]:
    """Each is a line, but that an address may stand below it."""
    return _joined(_runs(rows, lambda above, row: not _ADDRESS.fullmatch(row.text))), []


def _folded(rows: Sequence[Row]) -> tuple[list[Cutting], list[Row]]:
    """Lines were folded: one begins where a line ends as a reference does, and names follow."""
    return _joined(_runs(rows, lambda above, row: row.is_first or _begins(above, row))), []


def _begins(above: Row, row: Row) -> bool:
    if not _ENDED.search(above.text) or not row.text[0].isalpha() or row.text[0].islower():
        return False
    return _NAMED.match(row.text) is not None


_ENDED: Final = re.compile(r"[\d.)\]]$|(?:https?://|10\.\d{4,9}/)\S+$")
_NAMED: Final = re.compile(
    r"[A-ZÀ-Þ][\w’'-]*(?: [\w’'-]+){0,3},"
    r"|(?:[A-ZÀ-Þ][\w’'-]*\.?[ -]){1,4}[\w’' -]{2,40}(?:,| and | et al|\.)"
    r"|[A-ZÀ-Þ][\w’'-]+ [A-Z]{1,3}[,.]"
)
CUTS: Final[tuple[Cut, ...]] = (_labelled, _paragraphs, _hanging, _lines, _folded)


def _runs(rows: Sequence[Row], begins: Callable[[Row, Row], bool]) -> Iterator[list[Row]]:
    run = [rows[0]]
    for above, row in pairwise(rows):
        if begins(above, row) or len(run) >= MOST_ROWS:
            yield run
            run = []
        run.append(row)
    yield run


def _joined(runs: Iterable[list[Row]]) -> list[Cutting]:
    return [Cutting(run[0].line, _unfolded(run)) for run in runs]


_KEPT: Final = re.compile(
    r"(?:\b(?:self|non|multi|pre|post|co|semi|cross|few|zero|one|two|three|large|long|low|high|real"
    r"|fine|state|end|well|data|model|open|in|text|time|first|second)|-\w+|[A-Z\d]\w*)-\Z"
)


def _unfolded(run: Sequence[Row]) -> str:
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
