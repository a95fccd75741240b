"""Which records are of one paper.

The same arXiv id (its version does not count), DOI or anthology id is the same paper, whatever else
differs; but for records of one file with other titles and other authors, of which one has the id by
mistake. Where ids do not tell, the same title is the same paper if the first authors have one
family name. A record without authors is of the paper with that title and a year in common, or of
the only one with that title, unless it is as short as “Introduction”. Two papers that each have an
id of a kind, and not the same one, are never joined for their titles: a person decides that. Nor
are two that one file tells apart by their dates, such as the “Editorial” of each volume.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from msgspec.structs import replace

from generator.model.papers import Paper
from generator.sources import names
from generator.text import fold
from generator.text.plain import readable

SPECIFIC_TITLE = 4
"""Words. A shorter title, such as “Introduction”, says nothing without an author or a year."""

YEARS_APART = 2
"""A preprint and its proceedings may be a year apart; from here on dates contradict each other."""

KINDS = ("arxiv", "doi", "anthology")

MOST_ALIKE = 300
"""Papers of one title and author that a record is compared with."""


@dataclass(slots=True)
class Group:
    """Records of one paper, as places in the list of all, and what tells it from others."""

    members: list[int]
    said: str
    """All of the record that speaks for it, as text."""

    spokesman: int
    """The place of that record."""

    ids: dict[str, set[str]] = field(default_factory=dict)
    families: set[str] = field(default_factory=set)
    years: set[str] = field(default_factory=set)
    dated: set[tuple[str, str]] = field(default_factory=set)
    """The file of each record and the date that it gives."""

    def conflicts(self, other: Group) -> bool:
        """Whether they are two papers: by ids of one kind, or since one file dates them apart."""
        return any(
            self.ids[kind] and other.ids[kind] and not self.ids[kind] & other.ids[kind]
            for kind in KINDS
        ) or any(
            file == elsewhere and _apart(date, then)
            for file, date in self.dated
            for elsewhere, then in other.dated
        )

    def absorb(self, other: Group) -> None:
        """Take in the records of another group of the same paper."""
        self.members += other.members
        self.said, self.spokesman = min((self.said, self.spokesman), (other.said, other.spokesman))
        for kind in KINDS:
            self.ids[kind] |= other.ids[kind]
        self.families |= other.families
        self.years |= other.years
        self.dated |= other.dated


Pairs = list[tuple[int, int]]


def groups(records: Sequence[Paper]) -> tuple[list[list[int]], Pairs, Pairs]:
    """Sort records into papers; the order of the records does not matter.

    Returns:
        The places of each paper's records; pairs of places whose papers look the same by title,
        author and year but have different ids, so that they were kept apart; and pairs of those
        that have one id and look so different that they were kept apart too.
    """
    by_id: list[list[int]] = []
    rivals: Pairs = []
    for members in _joined_by_id(records):
        parted = _parted_by_title(records, members) if len(members) > 1 else [members]
        by_id += parted
        rivals += [(parted[0][0], others[0]) for others in parted[1:]]
    places: dict[str, list[int]] = defaultdict(list)
    for place, members in enumerate(by_id):
        for title in sorted({_titled(records[member]) for member in members}):
            places[title].append(place)
    # Nearly all titles are of one paper, about which there is nothing more to find out.
    shared = {title: some for title, some in places.items() if len(some) > 1}
    made = {place: _group(records, by_id[place]) for some in shared.values() for place in some}
    titled = {title: [made[place] for place in some] for title, some in shared.items()}

    home: dict[int, Group] = {}  # every group that was taken in → the one it is part of now
    apart: list[tuple[int, int]] = []

    def now(group: Group) -> Group:
        while id(group) in home:
            group = home[id(group)]
        return group

    for title in sorted(titled):
        same = list({id(now(group)): now(group) for group in titled[title]}.values())
        if len(same) < 2:
            continue
        same.sort(key=lambda group: _key(records, group))
        for keeper, joined in _joined_by_title(title, same, apart):
            keeper.absorb(joined)
            home[id(joined)] = keeper

    unique = {id(now(group)): now(group) for group in made.values()}
    alone = [members for place, members in enumerate(by_id) if place not in made]
    return alone + [group.members for group in unique.values()], apart, rivals


def _group(records: Sequence[Paper], members: list[int]) -> Group:
    papers = [records[place] for place in members]
    said, spokesman = min((repr(records[place]), place) for place in members)
    return Group(
        members=members,
        said=said,
        spokesman=spokesman,
        ids={kind: set(filter(None, (getattr(p, kind) for p in papers))) for kind in KINDS},
        families={fold(names.surname(paper.authors[0])) for paper in papers if paper.authors},
        years={year for paper in papers for year in years_of(paper)},
        dated={
            (s.file, paper.published) for paper in papers if paper.published for s in paper.sources
        },
    )


def _apart(one: str, other: str) -> bool:
    """Whether a column that comes back under one title has two such dates, and no paper has."""
    if one[:4] == other[:4]:
        return len(one) > 4 and len(other) > 4 and one[:7] != other[:7]
    return abs(int(one[:4]) - int(other[:4])) >= YEARS_APART


def _titled(paper: Paper) -> str:
    r"""The title as it is compared: `$\beta$-carotene` and `β-carotene` are one."""
    title = readable(paper.title) if "$" in paper.title or "\\" in paper.title else paper.title
    return fold(title) or paper.title


def years_of(paper: Paper) -> set[str]:
    """The years that a record names: its own, and those of the lists it was on."""
    return {when[:4] for when in (paper.published, *map(str, paper.days)) if when}


def _joined_by_id(records: Sequence[Paper]) -> list[list[int]]:
    """Places of records that share an id, or share one with a record that shares one, and so on."""
    parent = list(range(len(records)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    seen: dict[tuple[str, str], int] = {}
    for place, record in enumerate(records):
        for kind in KINDS:
            if known := getattr(record, kind):
                parent[root(place)] = root(seen.setdefault((kind, known), place))
    joined: dict[int, list[int]] = defaultdict(list)
    for place in range(len(records)):
        joined[root(place)].append(place)
    return list(joined.values())


SIMILAR = 0.5
"""Of the words of the shorter title: two that share fewer are of two papers, not of versions."""


def differ(one: Paper, other: Paper) -> bool:
    """Whether two records have plainly different titles: `On Ants` and `On Ants: A Survey` do not.

    Titles of which one goes on with what the other is, or that share most words, are alike.
    """
    first, second = _titled(one), _titled(other)
    if first.startswith(second) or second.startswith(first):
        return False
    words, others = set(first.split()), set(second.split())
    return len(words & others) < SIMILAR * min(len(words), len(others))


def _strangers(one: Paper, other: Paper) -> bool:
    """Whether titles and authors differ; where one names nobody, titles alone decide."""
    if not differ(one, other):
        return False
    if not (one.authors and other.authors):
        return all(len(_titled(paper).split()) >= SPECIFIC_TITLE for paper in (one, other))
    signed, others = (
        {fold(names.surname(author)) for author in paper.authors} for paper in (one, other)
    )
    return not signed & others


def _parted_by_title(records: Sequence[Paper], members: list[int]) -> list[list[int]]:
    """The records of one id, parted where one file gives it to papers that are not the same.

    A file that repeats an id for one that it has under another title, by another author, has it
    wrong for one of them; then no record counts for a paper that has another title.
    """
    files = [file for place in members for file in {s.file for s in records[place].sources}]
    if len(files) == len(set(files)):
        return [members]
    by_file: dict[str, list[int]] = defaultdict(list)
    ordered = sorted(members, key=lambda place: repr(records[place]))
    for place in ordered:
        for file in {source.file for source in records[place].sources}:
            by_file[file].append(place)
    if not any(
        _strangers(records[same[0]], records[place])
        for same in by_file.values()
        for place in same[1:]
    ):
        return [members]
    by_title: dict[str, list[int]] = defaultdict(list)
    for place in ordered:
        by_title[_titled(records[place])].append(place)
    parted: list[list[int]] = []
    for same in by_title.values():
        near = parted if len(parted) < MOST_ALIKE else []
        own = (one for one in near if not _strangers(records[one[0]], records[same[0]]))
        known = next(own, None)
        if known is None:
            parted.append(same)
        else:
            known += same
    return parted


def _joined_by_title(
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


def _key(records: Sequence[Paper], group: Group) -> tuple[bool, str, str]:
    """Sorts groups of one title, whatever the order of the records: those with ids first."""
    first = min(
        (min(years_of(records[place]), default="9999"), repr(replace(records[place], sources=())))
        for place in group.members
    )
    return (not any(group.ids.values()), *first)
