"""Papers by who wrote them."""

from __future__ import annotations

from collections import defaultdict

from generator import addresses
from generator.catalog import Catalog
from generator.config import Settings
from generator.listings.paging import Listing, Part, common
from generator.listings.subjects import LETTERS, letter
from generator.papers import Paper
from generator.text import fold

BESIDE = 12
"""Co-authors beside a list."""


class Authors:
    """Who has a page of their own, and where the names of the others lead."""

    def __init__(self, catalog: Catalog, settings: Settings) -> None:
        self._profiles = catalog.profiles
        self._addresses: dict[str, str] = {}
        self._papers = {
            person: papers
            for person, papers in catalog.by_author.items()
            if len(papers) >= settings.author_pages
        }

    def address(self, id: str) -> str:
        """The person's page, or else the search for the name."""
        found = self._addresses.get(id)
        if not found:
            is_listed, name = id in self._papers, self._profiles[id].name
            found = addresses.author(id) if is_listed else addresses.find(f'authors:"{name}"')
            self._addresses[id] = found
        return found

    def letters(self) -> dict[str, list[Listing]]:
        """A listing for everyone with a page, under the first letter of the family name, sorted."""
        groups: dict[str, list[Listing]] = defaultdict(list)
        for person in sorted(self._papers, key=self._place):
            groups[letter(self._profiles[person].family)].append(self._listing(person))
        return {name: groups[name] for name in LETTERS if name in groups}

    def _place(self, id: str) -> tuple[str, str, str]:
        profile = self._profiles[id]
        return (fold(profile.family), fold(profile.name), id)

    def beside(self, id: str) -> list[Part]:
        """Those who signed most papers with a person who has a page."""
        signed = (author.id for paper in self._papers[id] for author in paper.authors)
        others = common((other for other in signed if other != id), BESIDE)
        return [
            Part(self.address(other), self._profiles[other].name, total) for other, total in others
        ]

    def names(self, paper: Paper) -> list[tuple[str, str]]:
        """Of each author of a paper where the name leads, and how it is spelt most often."""
        return [
            (self.address(author.id), self._profiles[author.id].name) for author in paper.authors
        ]

    def _listing(self, id: str) -> Listing:
        profile, papers = self._profiles[id], self._papers[id]
        return Listing(
            address=addresses.author(id),
            heading=profile.name,
            papers=papers,
            orcid=profile.orcid,
            above=Part(addresses.AUTHORS, "Authors", 0),
            person=id,
            headings="year",
            has_feed=True,
            citations=("bib",),
        )
