"""Papers by who wrote them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Final, NamedTuple

from generator.catalog import Catalog
from generator.catalog.listings.paging import Listing, Part, common
from generator.catalog.listings.subjects import LETTERS, letter
from generator.catalog.people import Profile
from generator.model import addresses, outputs
from generator.model.papers import Paper
from generator.model.settings import Settings
from generator.text import fold

BESIDE = 12
"""Co-authors beside a list."""

MOST_PAGES: Final = 500
"""Authors that have a page, at most, where the settings do not say who does; see `least`."""

PAPERS_A_PAGE: Final = 16
"""Papers of a larger catalog for each page of an author that there may be."""


def least(totals: Iterable[int], papers: int) -> int:
    """From how many papers on an author has a page, so that these pages are not too many.

    Args:
        totals: how many current papers each has.
        papers: how many there are.
    """
    authors = Counter(totals)
    pages = sum(many for total, many in authors.items() if total > 1)
    threshold = 2
    while pages > max(MOST_PAGES, papers // PAPERS_A_PAGE):
        pages -= authors[threshold]
        threshold += 1
    return threshold


class Signer(NamedTuple):
    """Somebody who signed papers that are listed."""

    id: str
    name: str
    total: int
    """Papers."""

    place: str
    """What people are sorted by: the number of their letter, and their folded names."""

    papers: str
    """The ids of these papers, with spaces between, of somebody who has no page; else empty."""


class Authors:
    """Who has a page of their own, and where the names of the others lead."""

    def __init__(self, catalog: Catalog, settings: Settings) -> None:
        """Args:
        catalog: whose people they are.
        settings: may say from how many papers on they have a page, and a feed.
        """
        self._catalog = catalog
        self._settings = settings
        self._profiles = catalog.profiles
        self._papers = catalog.by_author
        self._addresses: dict[str, str] = {}
        self._digests: dict[str, bytes] = {}

    @cached_property
    def least(self) -> int:
        """From how many papers on an author has a page."""
        totals = map(len, self._papers.values())
        return self._settings.author_pages or least(totals, len(self._catalog.current))

    def page(self, id: str) -> str:
        """The address of the person's page; empty for somebody who has none."""
        found = self._addresses.get(id)
        if found is None:
            found = addresses.author(id) if self.total(id) >= self.least else ""
            self._addresses[id] = found
        return found

    def address(self, id: str) -> str:
        """The person's page, or else the search for the name."""
        return self.page(id) or addresses.find(f'authors:"{self._profiles[id].name}"')

    def total(self, id: str) -> int:
        """How many current papers a person has."""
        return len(self._papers.get(id, ()))

    def has_feed(self, total: int) -> bool:
        """Whether a person with so many papers has a page with a feed."""
        return 0 < self._settings.author_feeds <= total and total >= self.least

    @cached_property
    def by_letter(self) -> dict[str, list[Signer]]:
        """Everyone who signed a current paper, by the first letter of the family name, sorted."""
        found: dict[str, list[Signer]] = {}
        for signer in sorted(self._signers(), key=attrgetter("place")):
            found.setdefault(LETTERS[int(signer.place[:2])], []).append(signer)
        return found

    def _signers(self) -> Iterator[Signer]:
        for person, papers in self._papers.items():
            profile, total = self._profiles[person], len(papers)
            ids = "" if total >= self.least else " ".join(paper.id for paper in papers)
            yield Signer(person, profile.name, total, _place(profile), ids)

    @cached_property
    def listings(self) -> list[Listing]:
        """A listing for everyone with a page."""
        return [
            self._listing(person, papers)
            for person, papers in self._papers.items()
            if len(papers) >= self.least
        ]

    def beside(self, id: str) -> list[Part]:
        """The people who signed most papers together with one, most first."""
        signed = chain.from_iterable(paper.people for paper in self._papers[id])
        others = [one for one in common(signed, BESIDE + 1) if one[0] != id][:BESIDE]
        return [
            Part(self.address(other), self._profiles[other].name, total) for other, total in others
        ]

    def digest(self, id: str) -> bytes:
        """Changes with a person's page, and with how the name is spelt most often."""
        digest = self._digests.get(id)
        if not digest:
            digest = outputs.key(self.page(id), self._profiles[id].name)
            self._digests[id] = digest
        return digest

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
            has_feed=self.has_feed(len(papers)),
        )


def _place(profile: Profile) -> str:
    number = LETTERS.index(letter(profile.family))
    return "\0".join((f"{number:02}", fold(profile.family), fold(profile.name), profile.id))
