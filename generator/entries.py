"""What a list says of a paper: made once, and set into any page.

A paper stands in twenty lists. What they say of it differs only in how the page points at others,
in the level of the heading, and in whether the day is said, so these are marks to be replaced.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from markupsafe import escape

from generator import addresses, citations, text
from generator.dates import day_name
from generator.papers import Link, Paper

LEAD: Final = 320
"""Characters of an abstract in a list: more than two lines hold, where they are widest."""

# Control characters, which no text of a paper has.
_ADDRESS, _DAY, _LEVEL = "\x01", "\x02", "\x03"
_DATED: Final = re.compile(f"{_DAY}[^{_DAY}]*{_DAY}")


def entry(paper: Paper, names: Mapping[str, str]) -> str:
    """The entry of a paper, to be given to `placed`.

    Args:
        paper: what is listed.
        names: of topics, by slug.
    """
    votes = paper.votes.upvotes if paper.votes else None
    opening = f'<li class="ps-entry" data-id="{escape(paper.id)}"'
    if paper.date:
        opening += f' data-date="{paper.date}"'
    if votes is not None:
        opening += f' data-votes="{votes}"'
    page = f"{_ADDRESS}{addresses.paper(paper.id)}{_ADDRESS}"
    title = text.inline(paper.title, links=False)
    made = f'{opening}>\n<h{_LEVEL} dir="auto"><a href="{page}">{title}</a></h{_LEVEL}>'
    if paper.authors:
        some = text.escape(", ".join(author.name for author in paper.authors[:3]))
        more = f" + {len(paper.authors) - 3}" if len(paper.authors) > 3 else ""
        made += f'\n<p class="ps-authors">{some}{more}</p>'
    made += _facts(paper, names, votes)
    if paper.abstract:
        lead = text.inline(text.excerpt(paper.abstract, LEAD), links=False)
        made += f'\n<p class="ps-lead" dir="auto">{lead}</p>'
    return f'{made}\n<span class="Z3988" title="{escape(citations.coins(paper))}"></span>\n</li>'


def _facts(paper: Paper, names: Mapping[str, str], votes: int | None) -> str:
    """The line of small things: day, venue, votes, topics, code."""
    facts = []
    if paper.venue:
        facts.append(f'<span class="ps-venue" dir="auto">{text.escape(paper.venue)}</span>')
    if votes:
        facts.append(f"{votes:,} upvote{'' if votes == 1 else 's'}")
    facts += (
        f'<a href="{_ADDRESS}{addresses.topic(slug)}{_ADDRESS}">{text.escape(names[slug])}</a>'
        for slug in paper.topics[:4]
    )
    facts += (
        f'<a href="{escape(link.url)}" rel="noopener">{escape(link_name(link))}</a>'
        for link in paper.links
        if link.kind in ("code", "model")
    )
    found = "".join(f"<li>{fact}</li>" for fact in facts)
    if not paper.date:
        return f'\n<ul class="ps-meta">{found}</ul>' if found else ""
    day = (
        f'<li><a href="{_ADDRESS}{addresses.date(paper.date)}{_ADDRESS}">'
        f'<time datetime="{paper.date}">{day_name(paper.date, "short")}</time></a></li>'
    )
    if found:
        return f'\n<ul class="ps-meta">{_DAY}{day}{_DAY}{found}</ul>'
    return f'{_DAY}\n<ul class="ps-meta">{day}</ul>{_DAY}'


def placed(made: str, address: str, level: int, dated: bool) -> str:
    """An entry as it stands on a page, or several.

    Args:
        made: what `entry` gave; of several, joined.
        address: of the page.
        level: of the heading.
        dated: whether the day is said.
    """
    made = made.replace(_DAY, "") if dated else _DATED.sub("", made)
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
