"""Records of one paper, as they are known while papers are told apart."""

from __future__ import annotations

from dataclasses import dataclass, field

YEARS_APART = 2
"""A preprint and its proceedings may be a year apart; from here on dates contradict each other."""

KINDS = ("arxiv", "doi", "anthology")


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


def _apart(one: str, other: str) -> bool:
    """Whether a column that comes back under one title has two such dates, and no paper has."""
    if one[:4] == other[:4]:
        return len(one) > 4 and len(other) > 4 and one[:7] != other[:7]
    return abs(int(one[:4]) - int(other[:4])) >= YEARS_APART
