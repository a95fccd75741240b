"""References in the seventh edition of APA."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from generator.exports.citations import names, reference
from generator.exports.citations.names import Name
from generator.exports.citations.reference import MONTHS
from generator.exports.citations.styles import (
    edition,
    html,
    initialled,
    joined,
    listed,
    noted,
    numbered,
    stop,
)
from generator.exports.citations.styles import title as title_of
from generator.model.papers import Paper

MOST: Final = 20
"""Authors that are named; of more, the first nineteen and the last."""


def apa(paper: Paper, page_url: str = "") -> str:
    """A reference in the seventh edition of APA: a line of HTML."""
    kind = reference.kind(paper)
    date = reference.date(paper)
    title = title_of(paper.title)
    if reference.container(paper):
        title += stop(paper.title)
        is_book = kind == "chapter" or paper.publication.editors
        source = _in_book(paper) if is_book else _in_journal(paper)
    else:
        about = _about(paper, kind)
        title = f"<i>{title}</i>{about}{stop(about or paper.title)}"
        source = _issuer(paper, kind)
    year = f"({_american(date if _has_day(paper, kind) else date[:1])})." if date else "(n.d.)."
    authors = _authors(names.of(paper))
    parts = [authors, year, title, source] if authors else [title, year, source]
    if doi := reference.doi(paper):
        parts.append(html(f"https://doi.org/{doi}"))
    elif url := reference.url(paper, page_url):
        parts.append(html(url if date else f"Retrieved {url}"))
    return noted(" ".join(filter(None, parts)), paper)


def _has_day(paper: Paper, kind: reference.Kind) -> bool:
    """Whether it is cited with a whole date: a talk, and what has none of the usual forms."""
    said = paper.publication
    is_talk = kind == "conference" and not (said.volume or said.pages)
    return is_talk or (kind == "other" and not said.type)


def _in_journal(paper: Paper) -> str:
    """`<i>Ant Letters</i>, <i>7</i>(2), 1–20.`"""
    said = paper.publication
    venue = ", ".join(filter(None, (_capitals(paper.venue), said.series)))
    source = f"<i>{html(venue)}</i>"
    if said.volume or said.issue:
        volume = f"<i>{html(said.volume)}</i>" if said.volume else ""
        source += f", {volume}{f'({html(said.issue)})' if said.issue else ''}"
    if where := f"Article {html(said.number)}" if said.number else html(said.pages):
        source += f", {where}"
    return source + stop(source.removesuffix("</i>"))


def _in_book(paper: Paper) -> str:
    """`In G. Hopper (ed.), <i>The Book of Ants</i> (2nd ed., pp. 1–20). Ant Press.`"""
    said = paper.publication
    editors = ""
    if said.editors:
        people = listed([initialled(names.split(editor)) for editor in said.editors], "&amp;")
        editors = f"{people} ({'ed.' if len(said.editors) == 1 else 'eds.'}), "
    book = f"<i>{html(_capitals(paper.venue))}</i>"
    about = _bracketed(
        edition(said.edition),
        f"Vol. {html(said.volume)}" if said.volume else "",
        numbered(said.pages, "p.", "pp."),
    )
    publisher = f" {html(said.publisher)}{stop(said.publisher)}" if said.publisher else ""
    ends = about or paper.venue
    return f"In {editors}{book}{about}{stop(ends)}{publisher}"


def _about(paper: Paper, kind: reference.Kind) -> str:
    """What stands in brackets behind a title that stands alone."""
    said = paper.publication
    if kind == "thesis":
        genre = said.genre or "Doctoral dissertation"
        return f" [{', '.join(filter(None, (html(genre), html(reference.issuer(paper)))))}]"
    if kind == "report":
        number = f"{said.genre or 'Report'} {said.number}" if said.number else ""
        return _bracketed(html(number))
    if kind == "book":
        volume = f"Vol. {html(said.volume)}" if said.volume else ""
        return _bracketed(edition(said.edition), volume)
    if paper.arxiv:
        return f" (arXiv:{html(paper.arxiv)})"
    return {"dataset": " [Dataset]", "software": " [Computer software]"}.get(said.type, "")


def _issuer(paper: Paper, kind: reference.Kind) -> str:
    if kind == "thesis":
        return ""
    issuer = reference.server(paper) if kind == "preprint" else reference.issuer(paper)
    issuer = issuer or paper.venue
    return html(issuer) + stop(issuer) if issuer else ""


def _bracketed(*parts: str) -> str:
    text = ", ".join(filter(None, parts))
    return f" ({text})" if text else ""


def _american(date: tuple[int, ...]) -> str:
    """`2023, May 2`"""
    year, *rest = date
    return (
        f"{year}, {MONTHS[rest[0] - 1]} {' '.join(map(str, rest[1:]))}".rstrip()
        if rest
        else f"{year}"
    )


_SMALL: Final = re.compile(
    "an?|and|as|at|but|by|down|for|from|in|into|nor|of|on|onto|or|over|so|the|till|to|up|via|with|yet"
)


@lru_cache(maxsize=1 << 12)
def _capitals(venue: str) -> str:
    """A venue in the case of titles: words that are all small get a capital."""
    words = venue.split(" ")
    for place, word in enumerate(words):
        begins = place == 0 or words[place - 1].endswith((":", "."))
        if word.islower() and (begins or not _SMALL.fullmatch(word)):
            words[place] = word[0].upper() + word[1:]
    return " ".join(words)


def _authors(authors: Sequence[Name]) -> str:
    if len(authors) > MOST:
        shown = [*map(_inverted, authors[: MOST - 1]), f"… {_inverted(authors[-1])}"]
        text = ", ".join(shown)
    else:
        text = listed([_inverted(author) for author in authors], "&amp;", comma=True)
    return text + stop(text) if text else ""


@lru_cache(maxsize=1 << 16)
def _inverted(name: Name) -> str:
    """`van den Oord, A.`, `Smith, J.-P., Jr.`"""
    return joined(", ", name.family, names.initials(name.given), name.suffix)
