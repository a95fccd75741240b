"""References in the style of the IEEE."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from generator.exports.citations import names, reference
from generator.exports.citations.names import Name
from generator.exports.citations.reference import MONTHS
from generator.exports.citations.styles import (
    edition,
    html,
    initialled,
    listed,
    noted,
    numbered,
    stop,
)
from generator.exports.citations.styles import title as title_of
from generator.model.papers import Paper

MOST: Final = 6
"""Authors that are named; of more, the first."""


def ieee(paper: Paper, page_url: str = "") -> str:
    """A reference in the style of the IEEE, without the number that a list gives it: HTML."""
    kind = reference.kind(paper)
    date = reference.date(paper)
    if kind == "book":
        text = f"<i>{title_of(paper.title)}</i>{_book(paper)}"
        source = text
    else:
        source = _source(paper, kind, date)
        mark = "," if source and kind != "other" else stop(paper.title)
        text = f"“{title_of(paper.title)}{mark}” {source}".rstrip(" ")
    if authors := _authors(names.of(paper)):
        text = f"{authors}, {text}"
    is_open = kind == "journal" or (kind == "conference" and not date)
    between = "," if is_open else stop(source) if source else ""
    if doi := reference.doi(paper):
        text += f"{between} doi: {html(doi)}."
    elif url := reference.url(paper, page_url):
        text += f"{between} [Online]. Available: {html(url)}"
    elif source:
        text += stop(source)
    return noted(text, paper)


def _source(paper: Paper, kind: reference.Kind, date: tuple[int, ...]) -> str:
    """All behind the title: `<i>Ant Letters</i>, vol. 7, no. 2, pp. 1–20, May 2023`."""
    said = paper.publication
    volume = f"vol. {html(said.volume)}" if said.volume else ""
    pages = numbered(said.pages, "p.", "pp.")
    year = _short(date[: 2 if kind in ("journal", "conference", "report") else 1])
    venue = f"<i>{html(paper.venue)}</i>" if paper.venue else ""
    parts: list[str]
    if kind == "journal":
        issue = f"no. {html(said.issue)}" if said.issue else ""
        where = f"Art. no. {html(said.number)}" if said.number else pages
        parts = [venue, volume, issue, where, year]
    elif kind in ("conference", "chapter"):
        issuer = ": ".join(filter(None, (html(said.place), html(said.publisher))))
        editors = ""
        if said.editors:
            people = listed([initialled(names.split(one)) for one in said.editors], "and")
            editors = f"{people}, {'Ed.' if len(said.editors) == 1 else 'Eds.'}"
        series = f"in {html(said.series)}" if said.series else ""
        if kind == "conference" and not series:
            volume = ""  # proceedings have one as a part of a series
        opening = [f"in {venue}" if venue else "", edition(said.edition)]
        book = ", ".join(filter(None, [*opening, series, volume, editors]))
        if issuer:
            book += f", {issuer}" if editors or not (series or volume) else f". {issuer}"
        parts = [book, year, pages]
    elif kind == "thesis":
        genre = said.genre or "Ph.D. dissertation"
        parts = [html(genre), html(reference.issuer(paper)), html(said.place), year]
    elif kind == "report":
        number = f"{said.genre or 'Rep.'} {said.number}" if said.number else said.genre
        parts = [html(reference.issuer(paper)), html(said.place), html(number), year]
    elif kind == "preprint":
        number = f": arXiv:{html(paper.arxiv)}" if paper.arxiv else ""
        parts = [_short(date), f"<i>{html(reference.server(paper))}</i>{number}"]
    else:
        parts = [venue, _short(date)]
    return ", ".join(filter(None, parts))


def _book(paper: Paper) -> str:
    """`, 2nd ed., vol. 3. Rome: Ant Press, 2020`"""
    said = paper.publication
    volume = f"vol. {html(said.volume)}" if said.volume else ""
    numbers = "".join(f", {part}" for part in (edition(said.edition), volume) if part)
    issuer = ": ".join(filter(None, (html(said.place), html(reference.issuer(paper)))))
    source = ", ".join(filter(None, (issuer, _short(reference.date(paper)[:1]))))
    return f"{numbers}{stop(numbers or paper.title)} {source}" if source else numbers


def _short(date: tuple[int, ...]) -> str:
    """`May 02, 2023`, `Sep. 2023`"""
    if not date:
        return ""
    year, month, day = (*date, 0, 0)[:3]
    name = MONTHS[month - 1] if month else ""
    if len(name) > len("Jun"):
        name = f"{name[:3]}."
    return f"{name} {day:02}, {year}" if day else f"{name} {year}".lstrip()


def _authors(authors: Sequence[Name]) -> str:
    if len(authors) > MOST:
        return f"{initialled(authors[0])} <i>et al.</i>"
    return listed([initialled(author) for author in authors], "and")
