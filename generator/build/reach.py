"""How far a change of few papers reaches: all that may show something else than before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator import catalog as catalogs
from generator import similar
from generator.build.gather import Sources
from generator.build.ledger import Ledger
from generator.build.memory import Memory, UnsureError
from generator.build.noting import Scope
from generator.build.parts import Store
from generator.catalog import Catalog, people
from generator.catalog.listings import Listings
from generator.catalog.listings.authors import Signer
from generator.catalog.people import Orcids, Profile
from generator.model import addresses
from generator.model.errors import Problem
from generator.model.papers import Brief, Paper
from generator.model.settings import Settings
from generator.pages import paper as paper_pages
from generator.pages.templates import Site
from generator.search import saved


@dataclass(frozen=True, kw_only=True)
class Change:
    """What became of papers."""

    gone: Sequence[Brief]
    """Those that are no more, or otherwise."""

    fresh: Sequence[Brief]
    """Those that are new, or otherwise."""

    stay: Sequence[Brief]
    contradictions: Sequence[Problem]
    orcids: Orcids


class Update(NamedTuple):
    """A catalog, what its pages show, and what of it may differ from before."""

    site: Site
    scope: Scope
    memory: Memory
    strangers: frozenset[str]
    """People who signed papers before and sign none now."""


class Reach:
    """How far a change reaches."""

    def __init__(
        self,
        memory: Memory,
        ledger: Ledger,
        store: Store,
        settings: Settings,
        catalog: Catalog,
        change: Change,
        sources: Sources,
        jobs: int = 1,
    ) -> None:
        """Args:
        memory: what the build before left.
        ledger: what it noted.
        store: the parts of papers.
        settings: as they were then.
        catalog: as it is now.
        change: what became of papers.
        sources: as they are now.
        jobs: processes at most.
        """
        self._memory = memory
        self._ledger = ledger
        self._store = store
        self._settings = settings
        self.catalog = catalog
        self._change = change
        self._sources = sources
        self._jobs = jobs
        before = {paper.id: paper for paper in change.gone}
        after = {paper.id: paper for paper in change.fresh}
        self._fresh = [
            paper
            for paper in change.fresh
            if paper.id not in before or before[paper.id].digest != paper.digest
        ]
        same = {paper.id for paper in change.fresh} - {paper.id for paper in self._fresh}
        self._was = [paper for paper in change.gone if paper.id not in same]
        self._gone = frozenset(before.keys() - after.keys())

    def update(self) -> Update:
        """All that the change may have made different.

        Raises:
            UnsureError: it may have made anything different.
        """
        settings, catalog, volume = self._settings, self.catalog, self._store.volume
        others = {paper.id for paper in (*self._fresh, *self._was)}
        finding = similar.begin(catalog.current, self._jobs, settings.similar, volume)
        signed = {person for paper in (*self._fresh, *self._was) for person in paper.people}
        theirs = [paper for paper in self._papers() if not signed.isdisjoint(paper.people)]
        profiles = people.profiles(map(self._store.paper, theirs))
        profiles = {person: profiles[person] for person in signed & profiles.keys()}
        signers_before = {row[0]: Signer(*row) for row in self._ledger.signers()}
        renamed = self._renamed(signed, theirs, profiles, signers_before)
        besides = [paper for paper in theirs if not renamed.isdisjoint(paper.people)]
        signers = signed.union(*(paper.people for paper in besides))
        catalog = replace(catalog, known_profiles=profiles, signers=frozenset(signers))
        others_by_id = {
            person: signer for person, signer in signers_before.items() if person not in signers
        }
        found = self._found(catalog, {paper.id for paper in self._fresh})
        listings = Listings(catalog=catalog, settings=settings, found=found, others=others_by_id)
        for _ in listings.impersonal():  # they are made while the like of papers is found
            pass
        near = finding()
        reached = {
            *self._placed(),
            *(paper.id for paper in besides),
            *near.changed,
            *near.naming(others),
            *others,
        }
        shown = set().union(
            *(
                paper.people
                for paper in self._papers()
                if paper.id in reached or not signers.isdisjoint(paper.people)
            )
        )
        # The catalog and its lists have these two; names are not looked up before.
        for row in self._ledger.people(shown - profiles.keys()):
            profiles[row[0]] = Profile(id=row[0], name=row[1], family=row[2], orcid=row[3])
        memory = Memory(
            edition=self._memory.edition,
            sources=self._sources,
            papers=list(self._papers()),
            contradictions=list(self._change.contradictions),
            orcids=self._change.orcids,
            found=[[paper.id for paper in papers] for papers in found],
            similar=similar.token(settings.similar),
            has_cards=self._memory.has_cards,
            least=self._memory.least,
        )
        scope = Scope(
            papers=frozenset(reached),
            fresh=self._fresh,
            was=self._was,
            gone=self._gone,
            folders=frozenset(map(addresses.author, signers)),
        )
        site = Site(listings, near, volume=volume)
        if (site.shown.has_cards, listings.authors.least) != (memory.has_cards, memory.least):
            raise UnsureError
        strangers = signed.difference(*(paper.people for paper in theirs))
        return Update(site, scope, memory, frozenset(strangers))

    def _papers(self) -> Iterator[Brief]:
        return (paper for paper in self.catalog.papers if isinstance(paper, Brief))

    def _placed(self) -> set[str]:
        """The papers that have another place in their list than before, or other neighbours."""
        some = {date for paper in (*self._fresh, *self._was) for date in catalogs.dates(paper)}

        def places(papers: Iterable[Brief]) -> set[tuple[str, paper_pages.Place]]:
            listed = (paper for paper in papers if paper.date in some or len(paper.days) > 1)
            by_date = replace(self.catalog, papers=tuple(listed)).by_date
            return {*paper_pages.places({date: by_date[date] for date in some & by_date.keys()})}

        differ = places(self._memory.papers) ^ places(self._papers())
        return {paper for paper, _ in differ}

    def _renamed(
        self,
        signed: set[str],
        theirs: Iterable[Brief],
        profiles: Mapping[str, Profile],
        signers: Mapping[str, Signer],
    ) -> set[str]:
        """Who is called otherwise than before, or has a page now and had none, or the reverse."""
        least = self._memory.least
        totals_before = {one: signers[one].total for one in signed & signers.keys()}
        before = {
            row[0]: (row[1], totals_before.get(row[0], 0) >= least)
            for row in self._ledger.people(signed)
        }
        totals = Counter(
            person for paper in theirs if not paper.withdrawn for person in {*paper.people}
        )
        after = {
            person: (profile.name, totals[person] >= least) for person, profile in profiles.items()
        }
        return {person for person in signed if before.get(person) != after.get(person)}

    def _found(self, catalog: Catalog, fresh: set[str]) -> list[tuple[Paper, ...]]:
        """What each saved search finds."""
        queries = [search["query"] for search in self._settings.searches]
        some = replace(catalog, papers=tuple(self._fresh))
        found = []
        new = saved.find(some, queries, self._store.volume)
        for before, after in zip(self._memory.found, new, strict=True):
            ids = {*before} - fresh | {paper.id for paper in after}
            found.append(tuple(paper for paper in catalog.current if paper.id in ids))
        return found
