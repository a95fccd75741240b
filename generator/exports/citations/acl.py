"""References in the style of the proceedings of the ACL."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from generator.exports.citations import names, reference
from generator.exports.citations.names import Name
from generator.exports.citations.styles import edition, html, joined, listed, numbered, stop
from generator.exports.citations.styles import title as title_of
from generator.model.papers import Paper

MOST: Final = 19
"""Authors that are named; of more, the first nineteen."""


def acl(paper: Paper, page_url: str = "") -> str:
    """A reference in the style of the ACL, which names no address of a page: a line of HTML."""
    kind = reference.kind(paper)
    authors = _authors(names.of(paper))
    parts = [authors + stop(authors)] if authors else []
    parts += [f"{year}." for year in reference.date(paper)[:1]]
    title = title_of(paper.title)
    parts.append((f"<i>{title}</i>" if kind in ("book", "thesis") else title) + stop(paper.title))
    if source := _source(paper, kind):
        parts.append(source + stop(source.removesuffix("</i>")))
    if note := reference.note(paper):
        parts.append(f"{html(note)}.")
    return " ".join(parts)


def _source(paper: Paper, kind: reference.Kind) -> str:
    """Where it appeared, without the full stop behind it."""
    said = paper.publication
    venue = f"<i>{html(paper.venue)}</i>" if paper.venue else ""
    issuer = html(reference.issuer(paper))
    volume = f"volume {html(said.volume)}" if said.volume else ""
    if kind == "journal":
        number = html(said.volume) + (f"({html(said.issue)})" if said.issue else "")
        between = ", " if said.volume else ""
        pages = f"{':' if number else ', '}{html(said.pages)}" if said.pages else ""
        return f"{venue}{between}{number}{pages}"
    if kind in ("conference", "chapter"):
        pages = numbered(said.pages, "page", "pages")
        if said.editors:
            people = _authors([names.split(editor) for editor in said.editors])
            venue = f"{people}, {'editor' if len(said.editors) == 1 else 'editors'}, {venue}"
        place = html(said.place)
        if kind == "conference":
            book = ", ".join(filter(None, (f"In {venue}", volume, pages, place)))
            return ". ".join(filter(None, (book, issuer)))
        book = ", ".join(filter(None, (f"In {venue}", volume, pages)))
        press = ", ".join(filter(None, (issuer, place, edition(said.edition))))
        return ". ".join(filter(None, (book, press)))
    if kind == "book":
        return ", ".join(filter(None, (issuer, html(said.place), edition(said.edition))))
    if kind == "thesis":
        thesis = "Master’s thesis" if reference.is_masters(paper) else "Ph.D. thesis"
        return ", ".join(filter(None, (html(said.genre or thesis), issuer, html(said.place))))
    if kind == "report":
        number = f"Technical Report {said.number}" if said.number else "Technical report"
        return ", ".join(filter(None, (html(number), issuer, html(said.place))))
    return ""


def _authors(authors: Sequence[Name]) -> str:
    if len(authors) > MOST:
        return f"{', '.join(map(_full, authors[:MOST]))}, et al."
    return listed([_full(author) for author in authors], "and")


@lru_cache(maxsize=1 << 16)
def _full(name: Name) -> str:
    """`Aäron van den Oord`, `Jean-Paul Smith Jr.`"""
    return joined(" ", name.given, name.family, name.suffix)
