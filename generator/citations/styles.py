"""Formatted references: one line of HTML each, as the CSL styles of the same names have it.

All text in them is escaped, mathematics is MathML, and `<i>` is the only other element.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from generator.citations import names, reference
from generator.citations.names import Name
from generator.citations.reference import MONTHS
from generator.papers import Paper
from generator.text import inline, preformatted

APA_MOST: Final = 20
"""Authors that APA names; of more, it names the first nineteen and the last."""
IEEE_MOST: Final = 6
"""Authors that IEEE names; of more, it names the first."""
ACL_MOST: Final = 19
"""Authors that the style of the ACL names; of more, it names the first nineteen."""


def apa(paper: Paper, page_url: str = "") -> str:
    """A reference in the seventh edition of APA."""
    kind = reference.kind(paper)
    date = reference.date(paper)
    title = _title(paper.title)
    if kind in ("journal", "conference"):
        title += _stop(paper.title)
        venue = _capitals(paper.venue)
        source = f"<i>{preformatted(venue)}</i>{_stop(venue)}"
    else:
        number = f" (arXiv:{preformatted(paper.arxiv)})" if paper.arxiv else ""
        title = f"<i>{title}</i>{number}{_stop(number or paper.title)}"
        server = reference.server(paper) if kind == "preprint" else ""
        source = preformatted(server) + _stop(server) if server else ""
    shown = date[:1] if kind in ("journal", "preprint") else date
    year = f"({_american(shown)})." if shown else "(n.d.)."
    authors = _apa_authors(names.of(paper))
    parts = [authors, year, title, source] if authors else [title, year, source]
    if doi := reference.doi(paper):
        parts.append(preformatted(f"https://doi.org/{doi}"))
    elif url := reference.url(paper, page_url):
        parts.append(preformatted(url if date else f"Retrieved {url}"))
    return _noted(" ".join(filter(None, parts)), paper)


def ieee(paper: Paper, page_url: str = "") -> str:
    """A reference in the style of the IEEE, without the number that a list gives it."""
    kind = reference.kind(paper)
    date = reference.date(paper)
    if kind == "journal":
        parts = [f"<i>{preformatted(paper.venue)}</i>", _short(date[:2])]
    elif kind == "conference":
        parts = [f"in <i>{preformatted(paper.venue)}</i>", _short(date[:2])]
    elif kind == "preprint":
        number = f": arXiv:{preformatted(paper.arxiv)}" if paper.arxiv else ""
        parts = [_short(date), f"<i>{preformatted(reference.server(paper))}</i>{number}"]
    else:
        parts = [_short(date)]
    source = ", ".join(filter(None, parts))
    mark = "," if source and kind != "other" else _stop(paper.title)
    text = f"“{_title(paper.title)}{mark}” {source}".rstrip(" ")
    if authors := _ieee_authors(names.of(paper)):
        text = f"{authors}, {text}"
    if kind == "journal" or (kind == "conference" and not date):
        between = ","
    else:
        between = "." if source else ""
    if doi := reference.doi(paper):
        text += f"{between} doi: {preformatted(doi)}."
    elif url := reference.url(paper, page_url):
        text += f"{between} [Online]. Available: {preformatted(url)}"
    elif source:
        text += "."
    return _noted(text, paper)


def acl(paper: Paper, page_url: str = "") -> str:
    """A reference in the style of the ACL's proceedings, which names no address of a page."""
    kind = reference.kind(paper)
    authors = _acl_authors(names.of(paper))
    parts = [authors + _stop(authors)] if authors else []
    parts += [f"{year}." for year in reference.date(paper)[:1]]
    parts.append(_title(paper.title) + _stop(paper.title))
    if kind == "journal":
        parts.append(f"<i>{preformatted(paper.venue)}</i>{_stop(paper.venue)}")
    elif kind == "conference":
        parts.append(f"In <i>{preformatted(paper.venue)}</i>{_stop(paper.venue)}")
    if note := reference.note(paper):
        parts.append(f"{preformatted(note)}.")
    return " ".join(parts)


@lru_cache(maxsize=8)
def _title(title: str) -> str:
    return inline(title, links=False)


def _stop(before: str) -> str:
    """The full stop behind a text or its HTML, unless it ends in a mark of its own."""
    return "" if before.endswith(_ENDS) else "."


_ENDS: Final = (".", "?", "!", preformatted("."), preformatted("?"), preformatted("!"))


def _noted(text: str, paper: Paper) -> str:
    """A reference that says that its paper was withdrawn, which the style itself would not."""
    return f"{text} ({paper.withdrawn.capitalize()})" if paper.withdrawn else text


def _american(date: tuple[int, ...]) -> str:
    """`2023, May 2`"""
    year, *rest = date
    return (
        f"{year}, {MONTHS[rest[0] - 1]} {' '.join(map(str, rest[1:]))}".rstrip()
        if rest
        else f"{year}"
    )


def _short(date: tuple[int, ...]) -> str:
    """`May 02, 2023`, `Sep. 2023`"""
    if not date:
        return ""
    year, month, day = (*date, 0, 0)[:3]
    name = MONTHS[month - 1] if month else ""
    if len(name) > len("Jun"):
        name = f"{name[:3]}."
    return f"{name} {day:02}, {year}" if day else f"{name} {year}".lstrip()


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


@lru_cache(maxsize=1 << 16)
def _inverted(name: Name) -> str:
    """`van den Oord, A.`, `Smith, J.-P., Jr.`"""
    return _joined(", ", name.family, names.initials(name.given), name.suffix)


@lru_cache(maxsize=1 << 16)
def _initialled(name: Name) -> str:
    """`A. van den Oord`, `J.-P. Smith Jr.`"""
    return _joined(" ", names.initials(name.given), name.family, name.suffix)


@lru_cache(maxsize=1 << 16)
def _full(name: Name) -> str:
    """`Aäron van den Oord`, `Jean-Paul Smith Jr.`"""
    return _joined(" ", name.given, name.family, name.suffix)


def _joined(between: str, *parts: str) -> str:
    return between.join([_html(part) for part in parts if part])


_html: Final = lru_cache(maxsize=1 << 16)(preformatted)  # names and initials come again and again


def _apa_authors(authors: Sequence[Name]) -> str:
    if len(authors) > APA_MOST:
        shown = [*map(_inverted, authors[: APA_MOST - 1]), f"… {_inverted(authors[-1])}"]
        text = ", ".join(shown)
    else:
        text = _listed([_inverted(author) for author in authors], "&amp;", comma=True)
    return text + _stop(text) if text else ""


def _ieee_authors(authors: Sequence[Name]) -> str:
    if len(authors) > IEEE_MOST:
        return f"{_initialled(authors[0])} <i>et al.</i>"
    return _listed([_initialled(author) for author in authors], "and")


def _acl_authors(authors: Sequence[Name]) -> str:
    if len(authors) > ACL_MOST:
        return f"{', '.join(map(_full, authors[:ACL_MOST]))}, et al."
    return _listed([_full(author) for author in authors], "and")


def _listed(shown: list[str], word: str, *, comma: bool = False) -> str:
    """`A`, `A and B`, `A, B, and C`; with `comma` also `A, & B`."""
    if len(shown) < 2:
        return "".join(shown)
    mark = "," if comma or len(shown) > 2 else ""
    return f"{', '.join(shown[:-1])}{mark} {word} {shown[-1]}"
