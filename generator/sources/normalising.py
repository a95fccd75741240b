"""A record as a reader found it → a paper: what makes it one, once for all formats."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from generator import text as foreign
from generator.model.errors import ContentError
from generator.model.papers import Author, Paper, Source
from generator.sources import identifiers
from generator.sources.identification import Remark, identified, links_of
from generator.sources.links import links_in
from generator.sources.raw import RawRecord
from generator.sources.values import Values

LONGEST_TITLE: Final = 2_000
MOST_AUTHORS: Final = 20_000
"""The longest lists of real papers, those of particle physics, stay below."""

_PLACEHOLDER: Final = re.compile(
    r"(?:(?:paper |article |no |the |your )?title(?: (?:here|missing|unknown))?|untitled(?: paper)?"
    r"|n ?a|none|null|nan|tb[ad]|todo|test|unknown|placeholder|abstract|x+|lorem ipsum.*)"
)


def normalised(
    raw: RawRecord, remark: Remark, listed: tuple[date, ...], sources: tuple[Source, ...]
) -> Paper:
    """The paper that a record is of.

    Args:
        raw: the record.
        remark: told of each field that is doubtful; such a field stays unknown.
        listed: the day that the name of the file states, for records that state none.
        sources: what the paper is made from.

    Raises:
        ContentError: it is no paper, for want of a title or for too much of something.
    """
    values = Values(remark)
    stated_title = values.text("title", raw.title)
    if len(stated_title) > LONGEST_TITLE:
        raise ContentError(f"expected a title, found {len(stated_title):,} characters. Shorten it.")
    title = foreign.clean(stated_title)
    ids, addresses = identified(
        values, remark, raw.links, arxiv=raw.arxiv, doi=raw.doi, anthology=raw.anthology
    )
    title = title or identifiers.stand_in(arxiv=ids["arxiv"], doi=ids["doi"])
    if not title or not any(map(str.isalnum, title)):
        raise ContentError("the record has no title. Add one.")
    if _PLACEHOLDER.fullmatch(foreign.fold(title)):
        raise ContentError(f"expected a title, found the placeholder “{title}”. Put the real one.")
    signed = list(raw.authors)
    if len(signed) > MOST_AUTHORS:
        raise ContentError(
            f"expected at most {MOST_AUTHORS:,} authors, found {len(signed):,}. Remove some."
        )
    abstract = values.abstract(raw.abstract)
    own_id = identifiers.paper_id(title=title, **ids)
    version, published = values.version(raw.version), values.published(raw.published)
    revised = "" if version == 1 else values.published(raw.revised)
    return Paper(
        id=own_id,
        title=title,
        abstract=abstract,
        authors=_once(tuple(values.authors(signed))),
        links=links_of(remark, addresses, ids, links_in(abstract)),
        keywords=values.terms("keywords", raw.keywords),
        categories=values.categories(raw.categories),
        venue=foreign.clean(values.text("venue", raw.venue)),
        publication=values.publication(raw.publication or {}),
        organizations=values.terms("organizations", raw.organizations),
        published=published,
        version=version,
        revised=revised if revised != published else "",
        days=tuple(sorted(filter(None, set(raw.days)))) or listed,
        rank=raw.rank,
        votes=values.votes(raw.upvotes, raw.comments, raw.counted),
        withdrawn=raw.withdrawn,
        former_ids=tuple(sorted(set(map(_former, raw.former_ids)) - {own_id})),
        sources=sources,
        **ids,
    )


def _once(authors: tuple[Author, ...]) -> tuple[Author, ...]:
    """The authors, where all of them stand there twice, as in the data of whole conferences."""
    half = len(authors) // 2
    return authors[:half] if authors == authors[:half] * 2 else authors


def _former(text: str) -> str:
    """An id as `paper_id` gives it; that of arXiv keeps its dot."""
    arxiv = identifiers.arxiv(text)
    return identifiers.paper_id(arxiv=arxiv, doi="", anthology="", title=text)
