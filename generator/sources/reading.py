"""What every reader gives, and what every reader is."""

from __future__ import annotations

from datetime import date
from typing import Protocol

import msgspec

from generator.model.errors import Problem
from generator.model.papers import Paper
from generator.sources.content import Content


class Reading(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What one source gave: each of its records is a paper or refused with a problem."""

    file: str
    """Path below `content/sources/`, with forward slashes."""

    format: str = ""
    """Name of the reader; empty where none could read the file."""

    papers: tuple[Paper, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Why records were refused, and what is doubtful in those that were not."""

    refused: int = 0
    """Records that did not become a paper."""

    curators: tuple[tuple[date | None, str], ...] = ()
    """Who picked the list of a day: `((date(2025, 8, 7), "AK and the research community"),)`."""

    unused: tuple[tuple[str, int], ...] = ()
    """Names of columns or fields that no paper has a place for, and how many records fill each in:
    `(("room", 112), ("session", 112))`, in the order in which the file names them."""

    @property
    def records(self) -> int:
        """How many records the source holds."""
        return len(self.papers) + self.refused


class Reader(Protocol):
    """What a module for a format provides."""

    NAME: str
    """The name that stands in `catalog.jsonl`: `daily-page`."""

    LABEL: str
    """What a person would call the format: `a copied “Daily Papers” page`."""

    def detect(self, content: Content) -> bool:
        """Whether the file is of this format. Quick, and false when in doubt."""
        ...

    def read(self, content: Content) -> Reading:
        """Every record of the file, as a paper or as a problem."""
        ...
