"""Which lists of papers there are. Pages, feeds, citations and the sitemap all derive from them.

No page grows with the catalog: a listing is cut into pages that are linked forward and back, and
what stands beside a list is limited.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from generator.catalog import Catalog
from generator.catalog.listings import dates, subjects
from generator.catalog.listings.authors import Authors
from generator.catalog.listings.paging import Listing
from generator.model.papers import Paper
from generator.model.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Listings:
    """All lists of a catalog, each made when it is first asked for."""

    catalog: Catalog
    settings: Settings
    found: Sequence[Sequence[Paper]] = ()
    """What each saved search finds, as `search.saved.find` gives it."""

    @cached_property
    def authors(self) -> Authors:
        """Who has a listing, and where other names lead."""
        return Authors(self.catalog, self.settings)

    @cached_property
    def days(self) -> tuple[list[Listing], list[Listing], list[Listing]]:
        """The listings of days, of months and of years, the latest first."""
        return dates.days(self.catalog)

    @cached_property
    def years(self) -> list[Listing]:
        """A list for each year of publication."""
        return dates.years(self.catalog)

    @cached_property
    def topics(self) -> list[Listing]:
        """A list for each topic, in the order of the taxonomy."""
        return subjects.topics(self.catalog)

    @cached_property
    def venues(self) -> list[Listing]:
        """A list for each venue, by name."""
        return subjects.venues(self.catalog)

    @cached_property
    def saved(self) -> list[Listing]:
        """Searches that the settings declare, in their order."""
        return subjects.saved(self.settings, self.found)

    @cached_property
    def trends(self) -> list[Listing]:
        """Papers by votes: of the latest day, week, month and of all time; none without votes."""
        return subjects.trends(self.catalog)

    @cached_property
    def titles(self) -> Listing:
        """Everything from A to Z."""
        return subjects.titles(self.catalog, self.settings)

    def every(self) -> Iterator[Listing]:
        """Each of them."""
        return chain(self.impersonal(), self.authors.listings)

    def impersonal(self) -> Iterator[Listing]:
        """The lists that are of no person: by day, year, topic, venue, search, votes and title."""
        yield from chain(*self.days, self.years, self.topics, self.venues, self.saved, self.trends)
        yield self.titles


__all__ = ["Listing", "Listings"]
