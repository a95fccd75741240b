"""Papers by who wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from generator import addresses
from generator.catalog import Catalog
from generator.config import Settings
from generator.listings.paging import Listing, Part, common
from generator.listings.subjects import LETTERS, letter
from generator.papers import Paper
from generator.people import Profile
from generator.text import fold

BESIDE = 12
"""Co-authors beside a list."""


@dataclass(frozen=True, kw_only=True)
class Roll:
    """What is known of people whose papers are not at hand."""

    totals: dict[str, int] = field(default_factory=dict)
    """How many current papers each has, by id."""

    listed: Sequence[tuple[str, str, int, str]] = ()
    """Id, name, total and place of each who has a page; see `Authors.rows`."""


class Authors:
    """Who has a page of their own, and where the names of the others lead."""

    def __init__(self, catalog: Catalog, settings: Settings, others: Roll | None = None) -> None:
        """Args:
        catalog: whose people they are.
        settings: from how many papers on they have a page.
        others: those whom `catalog.by_author` leaves out.
        """
        self._catalog = catalog
        self._least = settings.author_pages
        self._profiles = catalog.profiles
        self._papers = catalog.by_author
        self._others = others or Roll()
        self._addresses: dict[str, str] = {}

    def address(self, id: str) -> str:
        """The person's page, or else the search for the name."""
        found = self._addresses.get(id)
        if not found:
            is_listed, name = self.total(id) >= self._least, self._profiles[id].name
            found = addresses.author(id) if is_listed else addresses.find(f'authors:"{name}"')
            self._addresses[id] = found
        return found

    def total(self, id: str) -> int:
        """How many current papers a person has."""
        if id in self._papers:
            return len(self._papers[id])
        return self._others.totals.get(id, 0)

    @cached_property
    def by_letter(self) -> dict[str, list[Part]]:
        """Everyone with a page, under the first letter of the family name, sorted."""
        here = self._catalog.signers or frozenset()
        listed = [row for row in self._others.listed if row[0] not in here]
        listed += [(row[0], row[1], row[4], row[5]) for row in self.rows() if row[5]]
        listed.sort(key=lambda row: row[3])
        found: dict[str, list[Part]] = {}
        for person, name, total, place in listed:
            part = Part(addresses.author(person), name, total)
            found.setdefault(LETTERS[int(place[:2])], []).append(part)
        return found

    def rows(self) -> Iterator[tuple[str, str, str, str, int, str]]:
        """Of the people whose papers are at hand: id, name, family, ORCID iD, total and place.

        The place, by which those with a page are sorted, is empty for those without.
        """
        here = self._catalog.signers
        for person, profile in self._profiles.items():
            if here is not None and person not in here:
                continue
            total = len(self._papers.get(person, ()))
            place = self._place(profile) if total >= self._least else ""
            yield (person, profile.name, profile.family, profile.orcid, total, place)

    def _place(self, profile: Profile) -> str:
        number = LETTERS.index(letter(profile.family))
        parts = (f"{number:02}", fold(profile.family), fold(profile.name), profile.id)
        return "\0".join(parts)

    @cached_property
    def listings(self) -> list[Listing]:
        """A listing for everyone with a page whose papers are at hand."""
        return [
            self._listing(person, papers)
            for person, papers in self._papers.items()
            if len(papers) >= self._least
        ]

    def beside(self, id: str) -> list[Part]:
        """Those who signed most papers with a person who has a page."""
        signed = chain.from_iterable(paper.people for paper in self._papers[id])
        others = [one for one in common(signed, BESIDE + 1) if one[0] != id][:BESIDE]
        return [
            Part(self.address(other), self._profiles[other].name, total) for other, total in others
        ]

    def names(self, paper: Paper) -> list[tuple[str, str]]:
        """Of each author of a paper where the name leads, and how it is spelt most often."""
        profiles = self._profiles
        return [(self.address(person), profiles[person].name) for person in paper.people]

    def _listing(self, id: str, papers: Sequence[Paper]) -> Listing:
        profile = self._profiles[id]
        return Listing(
            address=addresses.author(id),
            heading=profile.name,
            papers=papers,
            orcid=profile.orcid,
            above=Part(addresses.AUTHORS, "Authors", 0),
            person=id,
            headings="year",
            has_feed=True,
        )
