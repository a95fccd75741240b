"""What a paper is: the records that every other module passes around.

All text in them is plain Unicode that has been through `text.clean`: no LaTeX escapes, no control
characters, white space folded. Mathematics is still TeX between dollars. What is unknown is `None`
or empty, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """One person (or group) who signed a paper."""

    name: str
    """As printed, given name first: `Tianle Cai`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Somewhere else that belongs to a paper."""

    kind: str
    """`code`, `model`, `project`, `abs` or `pdf`; a second one of a kind is `code-2`."""

    url: str
    """Absolute, `http` or `https`: `https://github.com/salesforce/CodeGen2`."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Source:
    """The place in the input that a record was read from."""

    file: str
    """Path below `content/sources/`, with forward slashes: `2025-08-07.txt`."""

    format: str
    """Name of the reader: `daily-page`."""

    position: str
    """Where in the file, as a person would look for it: `line 13`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper of the catalog. Papers are never changed; steps return new ones."""

    id: str
    """Permanent, unique, from the paper alone, safe in an address: `visual-perception-by-large`."""

    title: str
    """One line: `It's All in The [MASK]: Simple Instruction-Tuning …`."""

    abstract: str = ""
    """Paragraphs with one empty line between them; empty where the source has none."""

    authors: tuple[Author, ...] = ()
    """In the order of the paper; empty where the source has none."""

    links: tuple[Link, ...] = ()
    """In the order found; each kind at most once."""

    keywords: tuple[str, ...] = ()
    """As the source gives them: `("retrieval", "dense vectors")`."""

    topics: tuple[str, ...] = ()
    """Slugs of the catalog's taxonomy, strongest first: `("quantization", "hardware")`."""

    published: date | None = None
    """The paper's own date."""

    days: tuple[date, ...] = ()
    """The days of the lists it was on, earliest first; empty for an undated list."""

    rank: int = 0
    """Its place in the list it was first on, from 1; 0 where the source has no order."""

    sources: tuple[Source, ...] = ()
    """Every record that this paper was made from, sorted."""

    @property
    def listed(self) -> date | None:
        """The day of the list that first had it."""
        return self.days[0] if self.days else None

    @property
    def date(self) -> date | None:
        """The date to show and sort by: the day it was listed, else its own."""
        return self.listed or self.published
