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
from collections.abc import Sequence

from msgspec.structs import replace

from generator.catalog.groups import KINDS, Group
from generator.catalog.same_titles import MOST_ALIKE, SPECIFIC_TITLE, joined_by_title
from generator.model.papers import Paper
from generator.sources import names
from generator.text import fold
from generator.text.unicode_math import readable

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
        for keeper, joined in joined_by_title(title, same, apart):
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
            if identifier := getattr(record, kind):
                parent[root(place)] = root(seen.setdefault((kind, identifier), place))
    joined: dict[int, list[int]] = defaultdict(list)
    for place in range(len(records)):
        joined[root(place)].append(place)
    return list(joined.values())


SIMILAR = 0.5
"""Share of the shorter title's words: titles that share fewer are of two papers, not versions."""


def differ(one: Paper, other: Paper) -> bool:
    """Whether two records have plainly different titles: `On Ants` and `On Ants: A Survey` do not.

    Titles are alike where one begins with all of the other, or where they share most words.
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


def _key(records: Sequence[Paper], group: Group) -> tuple[bool, str, str]:
    """Sorts groups of one title, whatever the order of the records: those with ids first."""
    first = min(
        (min(years_of(records[place]), default="9999"), repr(replace(records[place], sources=())))
        for place in group.members
    )
    return (not any(group.ids.values()), *first)
