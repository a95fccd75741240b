"""Which groups of records with one title are of one paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from generator.catalog.groups import KINDS, Group

SPECIFIC_TITLE = 4
"""Words. A shorter title, such as “Introduction”, says nothing without an author or a year."""

MOST_ALIKE = 300
"""Papers of one title and author that a record is compared with."""


def joined_by_title(
    title: str, same: list[Group], apart: list[tuple[int, int]]
) -> Iterator[tuple[Group, Group]]:
    """Pairs of groups with one title to join, the second into the first; others go to `apart`."""
    gone: set[int] = set()
    specific = len(title.split()) >= SPECIFIC_TITLE

    def is_apart(one: Group, group: Group) -> None:
        if specific and one.years & group.years:  # not the “Preface” of every year
            apart.append((one.spokesman, group.spokesman))

    signed = [group for group in same if group.families]
    alike: dict[str, _Alike] = {}
    for group in signed:
        family = next((name for name in sorted(group.families) if name in alike), None)
        if family is not None:
            keeper = alike[family].fitting(group)
            if keeper:
                gone.add(id(group))
                yield keeper, group
                for name in keeper.families & alike.keys():
                    alike[name].refresh(keeper)
            else:
                is_apart(alike[family].first, group)
        if id(group) not in gone:
            for name in sorted(group.families):
                alike.setdefault(name, _Alike(group)).add(group)

    settled = [group for group in signed if id(group) not in gone]
    unsigned: list[Group] = []
    by_year: dict[str, dict[int, Group]] = defaultdict(dict)
    for group in settled:
        for year in group.years:
            by_year[year][id(group)] = group
    for group in (group for group in same if not group.families):
        near: dict[int, Group] = {}
        for year in group.years:  # whether it is one, or several, is all that matters
            near |= dict(islice(by_year[year].items(), 2))
        candidates = list(near.values()) or (settled if specific else unsigned)[:2]
        keeper = candidates[0] if len(candidates) == 1 else group
        if keeper is not group and keeper.conflicts(group):
            is_apart(keeper, group)
            keeper = group
        if keeper is group:
            settled.append(group)
            unsigned.append(group)
        else:
            yield keeper, group
        for year in keeper.years:
            by_year[year][id(keeper)] = keeper


class _Alike:
    """Groups with one title and one family of a first author that are several papers."""

    def __init__(self, first: Group) -> None:
        self.first = first
        self._ranks: dict[int, int] = {}
        self._by_kinds: dict[frozenset[str], dict[int, Group]] = defaultdict(dict)
        self._kinds: dict[int, frozenset[str]] = {}

    def add(self, group: Group) -> None:
        """Take one more in."""
        self._ranks[id(group)] = len(self._ranks)
        self._kinds[id(group)] = frozenset(kind for kind in KINDS if group.ids[kind])
        self._by_kinds[self._kinds[id(group)]][id(group)] = group

    def refresh(self, group: Group) -> None:
        """Note that a group has become one with another, if it is one of these."""
        if id(group) in self._kinds:
            del self._by_kinds[self._kinds[id(group)]][id(group)]
            self._kinds[id(group)] = frozenset(kind for kind in KINDS if group.ids[kind])
            self._by_kinds[self._kinds[id(group)]][id(group)] = group

    def fitting(self, group: Group) -> Group | None:
        """The group that another one is of the same paper as: the nearest in years, then the first.

        Two that have ids of one kind have different ones, else they were one group; so they are
        not looked at, however many there are.
        """
        own = {kind for kind in KINDS if group.ids[kind]}
        others = (
            one
            for kinds, groups in self._by_kinds.items()
            if not kinds & own
            for one in groups.values()
        )
        fitting = [one for one in islice(others, MOST_ALIKE) if not one.conflicts(group)]
        return min(
            fitting,
            key=lambda one: (-len(one.years & group.years), self._ranks[id(one)]),
            default=None,
        )
