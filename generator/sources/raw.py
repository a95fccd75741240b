"""A record as a reader finds it, before anything is known to be true of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.model.papers import Author, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """One record of a source; all text is foreign and raw, and any field may be missing.

    Where a value may be any `object`, what JSON holds can be handed on as it is: a number counts as
    its digits, `null` as unknown, and a list or mapping gives a remark.
    """

    title: object
    """Without one, a paper is called by its arXiv id or DOI; without these, or with a placeholder,
    the record is refused."""

    abstract: object = ""
    """Paragraphs, or a sentence that says there is none."""

    authors: Iterable[Author | str | None] = ()
    """Names in any form, or the result of `names.author`; `None` is nobody."""

    published: object = ""
    """The paper's own date in any form that `days.published` understands."""

    version: object = None
    """The number of its latest version, with or without a `v`."""

    revised: object = ""
    """The date of the latest version, of no account where it is the first."""

    days: Iterable[date | None] = ()
    """The days of the lists it was on; `None` is no day. Where there is none, it is the day that
    the name of the file states, see `days.listed`."""

    rank: int = 0
    """The place in that day's list, from 1."""

    venue: object = ""
    """The venue, as the source calls it."""

    publication: Mapping[str, object] | None = None
    """Values by the names of the fields of `Publication`; `editors` as `authors`."""

    organizations: Iterable[object] = ()
    """The names of who published it."""

    arxiv: object = ""
    """An arXiv id or address, with or without a version."""

    doi: object = ""
    """A DOI or an address of one; those of arXiv and the ACL count as such ids as well."""

    anthology: object = ""
    """An id or address of the ACL Anthology."""

    links: Iterable[tuple[str, object]] = ()
    """Kinds and addresses; `("url", …)` is put under the kind that its host is known for: `code`,
    `model`, `abs` where papers are read, else `project`. An address of arXiv, a DOI or the
    anthology gives the id."""

    keywords: Iterable[object] = ()
    """Each one a keyword."""

    categories: Iterable[object] = ()
    """Categories of arXiv, `cs.CL`."""

    upvotes: object = None
    """A number."""

    comments: object = None
    """A number."""

    counted: date | None = None
    """The day for which these numbers hold."""

    withdrawn: str = ""
    """Empty, `withdrawn` or `retracted`."""

    former_ids: Iterable[str] = ()
    """Ids that it had before."""

    sources: Iterable[Source] = ()
    """What it was made from, where that is not this record of this file."""
