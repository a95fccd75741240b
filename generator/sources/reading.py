"""What every reader gives, and what every reader is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from generator.errors import Problem
from generator.papers import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one source gave: each of its records is in one of the two tuples."""

    papers: tuple[Paper, ...] = ()
    problems: tuple[Problem, ...] = ()

    curators: Mapping[date | None, str] = field(default_factory=dict)
    """Who picked the list of a day: `{date(2025, 8, 7): "AK and the research community"}`."""


class Reader(Protocol):
    """What a module for a format provides."""

    NAME: str
    """As it stands in `catalog.jsonl`: `daily-page`."""

    LABEL: str
    """As a person would say it: `a copied “Daily Papers” page`."""

    def detect(self, text: str) -> bool:
        """Whether `text` is of this format. Quick, and false when in doubt."""
        ...

    def read(self, text: str, file: str) -> Reading:
        """Every record of `text`, as a paper or as a problem; `file` is its path below sources."""
        ...
