"""The page of a paper: what it is, how to cite it, what is like it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as day
from functools import partial
from typing import NamedTuple
from urllib.parse import quote

from generator import text
from generator.exports import citations, metadata
from generator.exports.citations import reference
from generator.model import addresses, outputs
from generator.model.outputs import Draft
from generator.model.papers import Paper
from generator.model.settings import Settings
from generator.pages.templates import Site, Templates
from generator.text.unicode_math import readable

AUTHORS_SHOWN = 30
"""Authors above an abstract; the rest of them, thousands in physics, unfold on a click."""

AUTHORS_CITED = 30
"""Authors in the citation on a page; files of citations name all."""

DESCRIPTION = 160
"""Characters of the abstract that search engines and previews show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPage:
    """All that the page of a paper shows."""

    id: str
    paper: Paper | int
    """The paper, or the number of its fragment."""

    place: int
    """Its rank in the list of its day, from 1; 0 where only its month or year is known."""

    total: int
    """How many that list has."""

    previous: str
    """The id of the paper before it in its list; empty where there is none."""

    following: str
    key: str
    """What it is cited by."""

    people: tuple[str, ...]
    """The address of the page of each author above the abstract; empty for those without one."""

    similar: tuple[tuple[str, str, tuple[str, ...]], ...]
    """The id and title of papers like it, and the words that they share."""

    @property
    def address(self) -> str:
        """The address that the page will have."""
        return addresses.paper(self.id)

    def markdown(self, templates: Templates) -> str:
        """The page, with its front matter."""
        paper, shown = templates.paper(self.paper), templates.shown
        settings = shown.settings
        href = partial(addresses.relative, self.address)
        up = href(addresses.DAYS if paper.withdrawn else addresses.date(paper.date))
        previous = self.previous and href(addresses.paper(self.previous))
        following = self.following and href(addresses.paper(self.following))
        topics = [(href(addresses.topic(slug)), shown.names[slug]) for slug in paper.topics]
        authors = [author.name for author in paper.authors]
        return templates.page(
            "paper.md.j2",
            self.address,
            {
                "title": text.metadata(readable(paper.title)),
                "date": _day(paper.date),
                "dated": "" if _day(paper.date) else paper.date,
                "tags": [text.metadata(name) for _, name in topics],
                "authors": [text.metadata(name) for name in authors],
                "venue": text.metadata(paper.venue),
                "description": text.metadata(readable(text.excerpt(paper.abstract, DESCRIPTION))),
                "head": metadata.paper_head(
                    paper, settings, shown.keywords, shown.names, has_card=shown.has_cards
                ),
            },
            paper=paper,
            topics=topics,
            people=[
                (person and href(person), name)
                for person, name in zip(self.people, authors, strict=False)
            ],
            more_people=authors[AUTHORS_SHOWN:],
            place=self.place,
            total=self.total,
            up=up,
            previous=previous,
            following=following,
            standing=reference.standing(paper),
            cited=text.preformatted(
                citations.bibtex(
                    paper,
                    self.key,
                    addresses.absolute(settings.site_url, self.address),
                    AUTHORS_CITED,
                )
            ),
            similar=[
                (href(addresses.paper(other)), title, ", ".join(words))
                for other, title, words in self.similar
            ],
            report_url=_report_url(settings, paper),
        )


class Place(NamedTuple):
    """The rank of a paper in the list that first had it, and its neighbours; see `PaperPage`."""

    place: int
    total: int
    previous: str
    following: str


_NOWHERE = Place(0, 0, "", "")
"""The place of a paper that was withdrawn: it is in no list."""


def places(by_date: Mapping[str, Sequence[Paper]]) -> Iterator[tuple[str, Place]]:
    """The id and the place of each paper of some lists, of the list that first had it.

    A list of a day is read as a whole, so a page says which of it the paper is. Those of a month
    or year are thousands that belong together by chance: a page that counted them would change
    with each of the others.
    """
    for date, listed in by_date.items():
        ids = ["", *(paper.id for paper in listed), ""]
        of_day = _day(date) is not None
        for number, paper in enumerate(listed, 1):
            if paper.date == date:  # and not a later list that has it again
                place = (number, len(listed)) if of_day else (0, 0)
                yield paper.id, Place(*place, ids[number - 1], ids[number + 1])


def papers(site: Site, only: Collection[str] | None = None) -> Iterator[Draft]:
    """The page of each paper, between its neighbours in the list that first had it.

    Args:
        site: whose papers they are.
        only: the ids of those to make, if not all.
    """
    places_by_id = dict(places(site.catalog.by_date))
    titles = {paper.id: paper.title for paper in site.catalog.papers}
    for paper in site.catalog.papers:
        if only is not None and paper.id not in only:
            continue
        place = places_by_id.get(paper.id, _NOWHERE)
        near = site.similar.key(paper.id, titles)
        yield Draft(
            addresses.paper(paper.id),
            outputs.key(site.digest(paper), site.people(paper), place, site.key(paper), near),
            paper.id,
            paper.last,
            partial(_page, site, paper, place),
        )


def _page(site: Site, paper: Paper, place: Place) -> PaperPage:
    page_of = site.listings.authors.page
    return PaperPage(
        id=paper.id,
        paper=site.whole(paper),
        key=site.key(paper),
        people=tuple(map(page_of, paper.people[:AUTHORS_SHOWN])),
        similar=tuple(
            (near.paper, site.by_id[near.paper].title, near.words)
            for near in site.similar.get(paper.id, ())
        ),
        **place._asdict(),
    )


def _day(date: str) -> day | None:
    """A day as YAML's own date, which other tools want; nothing where only the month is known."""
    return day.fromisoformat(date) if len(date) == len("2025-08-07") else None


def _report_url(settings: Settings, paper: Paper) -> str | None:
    """Where a reader reports a mistake in this record, if anywhere."""
    pattern = settings.report_url
    if not pattern and settings.repo_url:
        repository = settings.repo_url.rstrip("/")
        pattern = (
            f"{repository}/-/issues/new?issue[title]={{title}}&issue[description]={{url}}"
            if "gitlab" in repository
            else f"{repository}/issues/new?title={{title}}&body={{url}}"
        )
    if not pattern:
        return None
    url = addresses.absolute(settings.site_url, addresses.paper(paper.id))
    title = readable(text.excerpt(paper.title, 120))
    return text.safe_url(
        pattern.replace("{title}", quote(title, safe="")).replace("{url}", quote(url, safe=""))
    )
