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

    family: str = ""
    """The family name where the source tells it apart: `Cai`, `van den Oord`."""

    orcid: str = ""
    """The person's ORCID iD: `0000-0002-1825-0097`."""

    id: str = ""
    """Slug of the person, the same on all papers; empty until the catalog knows all names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Somewhere else that belongs to a paper."""

    kind: str
    """`abs`, `pdf`, `doi`, `code`, `model` or `project`; a second one of a kind is `code-2`."""

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

    fields: tuple[str, ...] = ()
    """What the paper has from here, where it has several sources: `("title", "venue")`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """What readers of a list said about a paper. Missing is not zero."""

    upvotes: int | None = None
    comments: int | None = None
    counted: date | None = None
    """The day of the list that says so; a later one knows better."""


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

    categories: tuple[str, ...] = ()
    """Of arXiv, the primary one first: `("cs.CL", "cs.LG")`."""

    topics: tuple[str, ...] = ()
    """Slugs of the catalog's taxonomy, strongest first: `("quantization", "hardware")`."""

    venue: str = ""
    """Where it appeared, as the source calls it: `ACL 2023`, `Nature Methods`."""

    published: str = ""
    """The paper's own date as far as known (ISO 8601): `2019`, `2019-05` or `2019-05-14`."""

    version: int = 0
    """Number of its latest version, where the source counts them: `3`; 0 is unknown."""

    revised: str = ""
    """The date of that version, if it is not the first: as precise as known, like `published`."""

    days: tuple[date, ...] = ()
    """The days of the lists it was on, earliest first; empty for an undated list."""

    rank: int = 0
    """Its place in the list it was first on, from 1; 0 where the source has no order."""

    arxiv: str = ""
    """arXiv id without a version: `2305.02309`, `cs/0501040`."""

    doi: str = ""
    """Lower case, without a resolver: `10.1038/nphys1170`."""

    anthology: str = ""
    """Id in the ACL Anthology: `P19-1001`, `2023.acl-long.1`."""

    votes: Votes | None = None

    withdrawn: str = ""
    """`withdrawn` or `retracted`; such a paper keeps its page and leaves all lists."""

    former_ids: tuple[str, ...] = ()
    """Ids that it had or would have had by one of its sources alone; they lead to it, sorted."""

    sources: tuple[Source, ...] = ()
    """Every record that this paper was made from, sorted."""

    @property
    def listed(self) -> date | None:
        """The day of the list that first had it."""
        return self.days[0] if self.days else None

    @property
    def date(self) -> str:
        """The date to show and sort by, as far as known: the day it was listed, else its own."""
        return self.days[0].isoformat() if self.days else self.published
