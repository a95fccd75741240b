"""Papers by who wrote them."""

from __future__ import annotations

from collections import defaultdict

from generator import addresses
from generator.catalog import Catalog
from generator.config import Settings
from generator.listings.paging import Beside, Listing, Part, common
from generator.listings.subjects import LETTERS, letter
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

    def _listing(self, id: str) -> Listing:
        profile, papers = self._profiles[id], self._papers[id]
        others = common(
            (author.id for paper in papers for author in paper.authors if author.id != id), BESIDE
        )
        parts = [
            Part(self.address(other), self._profiles[other].name, total) for other, total in others
        ]
        return Listing(
            address=addresses.author(id),
            heading=profile.name,
            papers=papers,
            orcid=profile.orcid,
            above=Part(addresses.AUTHORS, "Authors", 0),
            beside=[Beside("Co-authors", parts)] if parts else (),
            headings="year",
            has_feed=True,
            citations=("bib",),
        )
