"""What a reader has found in one file so far; every reader hands its records to this.

A reader knows where its format keeps a title. What makes a title one, and a date, a name, an
identifier or a link, is decided in `normalising`, once for all formats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Final, TypeVar

from generator import text as foreign
from generator.model.errors import ContentError, Problem
from generator.model.papers import Paper, Source
from generator.sources.content import Content
from generator.sources.days import listed as listed_day
from generator.sources.normalising import normalised
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading

T = TypeVar("T")
"""A record, as its format has it."""

MOST_PROBLEMS: Final = 10_000
"""Problems of one file that are listed. A file of millions is of another kind, or means harm."""

MOST_UNUSED: Final = 1_000
"""Names of fields, of one file, that no paper has a place for; a table has fewer."""

LONGEST_POSITION: Final = 200
FAULT: Final = "This is a fault of Papershelf; please report it with the record."
"""What a problem says that no reader has foreseen."""


class Records:
    """Takes the records of one file in their order, and says in the end what became of each."""

    def __init__(self, content: Content, format: str) -> None:
        self._file = content.file
        day = listed_day(content.file)
        self._listed = (day,) if day else ()
        self._format = format
        self._papers: list[Paper] = []
        self._problems: list[Problem] = []
        self._unlisted = 0
        self._refused = 0
        self._unused: Counter[str] = Counter()
        if content.doubt:
            self.remark("", content.doubt)

    def refuse(self, position: str, reason: str) -> None:
        """A record does not become a paper, for this reason."""
        self._refused += 1
        self.remark(position, reason)

    def remark(self, position: str, reason: str) -> None:
        """Something is doubtful; no record is lost for it. Without a position, about the file."""
        if len(self._problems) < MOST_PROBLEMS:
            self._problems.append(self._problem(position, reason))
        else:
            self._unlisted += 1

    def count_unused(self, names: Iterable[str]) -> None:
        """One record fills in these columns or fields, which no paper has a place for."""
        for name in dict.fromkeys(_place(foreign.clean(name)) for name in names):
            if name in self._unused or len(self._unused) < MOST_UNUSED:
                self._unused[name] += 1

    def _problem(self, position: str, reason: str) -> Problem:
        said = foreign.message(reason)
        return Problem(file=self._file, position=_place(position), reason=said)

    @contextmanager
    def record(self, position: str) -> Iterator[None]:
        """Read one record in a block: whatever goes wrong there refuses that record alone."""
        try:
            yield
        except Exception as error:
            self.refuse(position, why_unread(error))

    def reading(self, curators: Iterable[tuple[date | None, str]] = ()) -> Reading:
        """All that was found."""
        if not self._papers and not self._problems:
            self.remark("", "expected papers, found none. Put some in, or remove the file.")
        if self._unlisted:
            reason = f"{self._unlisted:,} more problems are not listed. Mend those that are first."
            self._problems.append(self._problem("", reason))
            self._unlisted = 0
        return Reading(
            file=self._file,
            format=self._format,
            papers=tuple(self._papers),
            problems=tuple(self._problems),
            refused=self._refused,
            curators=tuple(curators),
            unused=tuple(self._unused.items()),
        )

    def read_all(
        self, records: Iterable[tuple[str, T]], add: Callable[[Records, str, T], None]
    ) -> Reading:
        """Read each record, by its position, with a function that adds it; then all that was found.

        What goes wrong with a record refuses that record alone.
        """
        for position, record in records:
            with self.record(position):
                add(self, position, record)
        return self.reading()

    def add(self, position: str, raw: RawRecord) -> None:
        """Make a paper of a record, or a problem.

        Args:
            position: where a person would look for it: `line 13`, `record 4`, a key.
            raw: the record, as the reader found it.
        """
        sources = tuple(sorted(map(_cleaned, raw.sources))) or (self._source(position),)
        remark = partial(self.remark, position)
        try:
            self._papers.append(normalised(raw, remark, self._listed, sources))
        except ContentError as error:
            self.refuse(position, str(error))

    def _source(self, position: str) -> Source:
        return Source(file=self._file, format=self._format, position=_place(position))


def _cleaned(source: Source) -> Source:
    """A source that a catalog names, which is foreign text like all that it says."""
    return Source(
        file=foreign.one_line(source.file),
        format=foreign.one_line(source.format),
        position=_place(source.position),
        fields=tuple(map(foreign.one_line, source.fields)),
    )


def why_unread(error: Exception) -> str:
    """What a problem says of a record or a file that could not be read for this error."""
    if isinstance(error, ContentError):
        return str(error)
    if isinstance(error, RecursionError):
        return "expected a record, found values nested too deeply. Write it flatter."
    said = f"{type(error).__name__}: {error}"[:200]
    return f"expected a record, found what cannot be read ({said}). {FAULT}"


def _place(position: str) -> str:
    """A position as it can be shown; keys and ids are foreign, and may be of any length."""
    return foreign.excerpt(foreign.one_line(position), LONGEST_POSITION)
