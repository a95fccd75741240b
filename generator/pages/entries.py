"""What a list says of a paper: made once, and set into any page.

A paper stands in twenty lists. What they say of it differs only in how the page points at others,
in the level of the heading, and in whether the day and the abstract are there, so these are marks
to be replaced.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from markupsafe import escape

from generator import text
from generator.model import addresses
from generator.model.dates import day_name
from generator.model.papers import Link, Paper
from generator.text.words import counted

LEAD: Final = 230
"""Characters of an abstract in a list: as many as two lines hold, where they are widest."""

# Control characters, which no text of a paper has.
_ADDRESS, _DAY, _LEVEL, _LEAD = "\x01", "\x02", "\x03", "\x04"
_DATED: Final = re.compile(f"{_DAY}[^{_DAY}]*{_DAY}")
_LED: Final = re.compile(f"{_LEAD}[^{_LEAD}]*{_LEAD}")


def entry(paper: Paper, names: Mapping[str, str]) -> str:
    """What most lists say of a paper, with the first lines of its abstract, for `placed`.

    Args:
        paper: what is listed.
        names: of topics, by slug.
    """
    title = text.inline(paper.title, links=False, tex=False)
    made = f"{_opening(paper)}<h{_LEVEL}>{_link(addresses.paper(paper.id), title)}</h{_LEVEL}>"
    if paper.authors:
        made += f'\n<p class="ps-authors">{_authors(paper, 3)}</p>'
    made += _facts(paper, names)
    if paper.abstract:
        lead = text.inline(text.excerpt(paper.abstract, LEAD), links=False, tex=False)
        made += f'{_LEAD}\n<p class="ps-lead">{lead}</p>{_LEAD}'
    return f"{made}</li>"


def line(paper: Paper) -> str:
    """What long lists say of a paper, in a line, for `placed`."""
    title = text.inline(paper.title, links=False, tex=False)
    about = ", ".join(filter(None, (_authors(paper, 1), day_name(paper.date, "short"))))
    more = f" <span>{about}</span>" if about else ""
    return f"{_opening(paper)}{_link(addresses.paper(paper.id), title)}{more}</li>"


def _opening(paper: Paper) -> str:
    made = '<li class="ps-entry"'
    if paper.date:
        made += f' data-date="{paper.date}"'
    if paper.votes and paper.votes.upvotes is not None:
        made += f' data-votes="{paper.votes.upvotes}"'
    return f"{made}>"


def _link(address: str, html: str) -> str:
    return f'<a href="{_ADDRESS}{address}{_ADDRESS}">{html}</a>'


def _authors(paper: Paper, most: int) -> str:
    names = text.escape(", ".join(author.name for author in paper.authors[:most]))
    rest = len(paper.authors) - most
    return f"{names} + {rest}" if rest > 0 else names


def _facts(paper: Paper, names: Mapping[str, str]) -> str:
    """The line of small things: day, venue, votes, topics, code."""
    facts = []
    if paper.venue:
        facts.append(f"<i>{text.escape(paper.venue)}</i>")
    if paper.votes and (votes := paper.votes.upvotes):
        facts.append(counted(votes, "upvote"))
    facts += (_link(addresses.topic(slug), text.escape(names[slug])) for slug in paper.topics[:4])
    facts += (
        f'<a href="{escape(link.url)}">{escape(link_name(link))}</a>'
        for link in paper.links
        if link.kind in ("code", "model")
    )
    line = " · ".join(facts)
    if not paper.date:
        return f'\n<p class="ps-meta">{line}</p>' if line else ""
    day = _link(addresses.date(paper.date), day_name(paper.date, "short"))
    if line:
        return f'\n<p class="ps-meta">{_DAY}{day} · {_DAY}{line}</p>'
    return f'{_DAY}\n<p class="ps-meta">{day}</p>{_DAY}'


def placed(made: str, address: str, level: int, *, dated: bool, led: bool = True) -> str:
    """An entry as it stands on a page, or several.

    Args:
        made: what `entry` or `line` gave; of several, joined.
        address: of the page.
        level: of the heading.
        dated: whether an entry's day is said.
        led: whether the beginning of its abstract is.
    """
    made = made.replace(_DAY, "") if dated else _DATED.sub("", made)
    made = made.replace(_LEAD, "") if led else _LED.sub("", made)
    parts = made.replace(_LEVEL, str(level)).split(_ADDRESS)
    parts[1::2] = (addresses.relative(address, target) for target in parts[1::2])
    return "".join(parts)


def link_name(link: Link) -> str:
    """What a button for a link says: `Code`, `Code 2`, `Read PDF`, `arXiv`."""
    word, _, number = link.kind.partition("-")
    if word == "abs":
        return next((name for host, name in _HOSTS.items() if host in link.url), "Abstract page")
    return f"{_LINK_NAMES.get(word, word.title())} {number}".strip()


_HOSTS = {"//arxiv.org/": "arXiv", "//aclanthology.org/": "ACL Anthology"}
_LINK_NAMES = {"doi": "DOI", "pdf": "Read PDF", "project": "Project page"}
