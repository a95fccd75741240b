"""Who is who among the authors: every author of every paper gets the id of a person.

Names that fold to the same are one person: `José García`, `Jose Garcia`, `García, José`. An ORCID
iD decides where it is known: two of them under one name are two people, and one of them under two
names is one person. Initials are never guessed: `J. García` is somebody else until
`content/authors.yml` says so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain

import msgspec
from msgspec.structs import replace

from generator.model.errors import ConfigError
from generator.model.papers import Author, Paper
from generator.text import fold, slug
from generator.text.safe_yaml import Document, shown

_KEYS = ("name", "names", "orcid", "papers", "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone whom `content/authors.yml` knows."""

    id: str
    """Slug of the person: `jose-garcia`."""

    names: frozenset[str]
    """Folded spellings that are this person."""

    orcid: str = ""

    papers: frozenset[str] = frozenset()
    """Ids of the only papers that the names mean this person on; empty for all papers."""


class Profile(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What is shown of someone who signed papers."""

    id: str
    """The id that `Author.id` has: `jose-garcia`."""

    name: str
    """The spelling on most of the papers: `José García`."""

    family: str
    """The family name, to sort by; the last word of the name where no source tells it apart."""

    orcid: str = ""


def profiles(papers: Iterable[Paper]) -> dict[str, Profile]:
    """Everyone who signed one of these papers, by id."""
    signed = _signed(papers)
    spellings: dict[str, list[Author]] = defaultdict(list)
    for author in signed:
        spellings[author.id].append(author)
    return {person: _profile(person, some, signed) for person, some in spellings.items()}


def _signed(papers: Iterable[Paper]) -> Counter[Author]:
    """Everyone as they signed, with how many papers they signed so."""
    return Counter(chain.from_iterable(paper.authors for paper in papers))


def _profile(person: str, spellings: Sequence[Author], signed: Mapping[Author, int]) -> Profile:
    common, known = spellings[0], spellings
    if len(spellings) > 1:  # most people sign in one way
        common = min(spellings, key=lambda author: (-signed[author], author.name, author.orcid))
        known = sorted(spellings, key=lambda author: (-signed[author], author.family, author.orcid))
    return Profile(
        id=person,
        name=common.name,
        family=next((author.family for author in known if author.family), "")
        or common.name.rpartition(" ")[2],
        orcid=next((author.orcid for author in known if author.orcid), ""),
    )


def parse(document: Document) -> tuple[Person, ...]:
    """The people of `content/authors.yml`, none where the document is empty.

    It is a list. Each entry has a `name`, and may have other `names` (which joins them), an
    `orcid`, an `id` of its own, and `papers`, the ids of those on which these names mean this
    person and nobody else (which splits two people of one name).

    Raises:
        ConfigError: it is not such a list; the text says where and what to write.
    """
    entries = document.value
    if entries is None:
        return ()
    if not isinstance(entries, list):
        raise ConfigError(
            f"{document.name}, line {document.line()}: expected a list, found {shown(entries)}. "
            "Begin each person with '- name: …'."
        )
    lines: dict[str, int] = {}
    people = []
    for number, entry in enumerate(entries):
        person = _person(entry, document, number)
        line = document.line(number)
        first = lines.setdefault(person.id, line)
        if len(lines) == number:
            raise ConfigError(
                f"{document.name}, line {line}: expected people that differ, found {person.id!r} "
                f"twice: in line {first} too. Join the entries, or give one of them another 'id'."
            )
        people.append(person)
    return tuple(people)


def _person(entry: object, document: Document, number: int) -> Person:
    def where(*path: object) -> str:
        line = document.line(number, *path)
        return f"{document.name}, line {line}, person {number + 1}{name}"

    name = ""
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        raise ConfigError(f"{where('name')}: expected a name, found none. Write '- name: …'.")
    name = f" ({shown(entry['name'])})"
    for key, value in entry.items():
        if key not in _KEYS:
            raise ConfigError(
                f"{where(key)}: expected only {', '.join(_KEYS)}, found {shown(key)!r}. "
                "Correct its spelling or remove it."
            )
        is_list = key in ("names", "papers")
        texts = value if is_list else [value]
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            expected = "a list of texts" if is_list else "a text"
            raise ConfigError(
                f"{where(key)}: expected {expected} as {key}, found {shown(value)}. "
                "Put numbers in quotes."
            )
    orcid = entry.get("orcid", "")
    if orcid and not re.fullmatch(r"(?:[0-9]{4}-){3}[0-9]{3}[0-9X]", orcid):
        raise ConfigError(
            f"{where('orcid')}: expected an ORCID iD like 0000-0002-1825-0097, "
            f"found {shown(orcid)}. Correct it."
        )
    return Person(
        id=slug(entry.get("id") or entry["name"]),
        names=frozenset(map(fold, [entry["name"], *entry.get("names", [])])),
        orcid=orcid,
        papers=frozenset(entry.get("papers", [])),
    )


def _orcids(signed: Mapping[Author, int], folded: Mapping[str, str]) -> dict[str, Counter[str]]:
    """Of each ORCID iD the folded names that go with it, and on how many papers."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for author, number in signed.items():
        if author.orcid:
            found[author.orcid][folded[author.name]] += number
    return found


def _names_with(found: Mapping[str, Mapping[str, int]]) -> dict[str, set[str]]:
    """The ORCID iDs that go with each folded name."""
    orcids_of: dict[str, set[str]] = defaultdict(set)
    for orcid, names in found.items():
        for name in names:
            orcids_of[name].add(orcid)
    return orcids_of


def identify(papers: Sequence[Paper], known: Iterable[Person] = ()) -> list[Paper]:
    """The papers, with the person's id in every author.

    The id is the slug of the name. Where ORCID iDs tell several people of a name apart, theirs ends
    in the iD; where one iD has several names, it is that of the name on most papers.

    Args:
        papers: all of a catalog.
        known: those whose names need a word.
    """
    signed = _signed(papers)
    folded = {name: fold(name) or name for name in {author.name for author in signed}}
    names_of = _orcids(signed, folded)
    orcids_of = _names_with(names_of)
    commonest = cache(partial(_commonest, names_of))
    by_hand = _ByHand(known)

    def identified(author: Author) -> Author:
        name, orcid = folded[author.name], author.orcid
        if not orcid and len(orcids_of.get(name, ())) == 1:
            (orcid,) = orcids_of[name]  # nobody else is known to have this name
        person = by_hand.anywhere(name, orcid) or _id(name, orcid, commonest, orcids_of)
        return replace(author, id=person)

    usual = {author: identified(author) for author in signed}

    def on(paper: Paper, author: Author) -> Author:
        person = by_hand.on(paper, folded[author.name])
        return replace(author, id=person) if person else usual[author]

    return [
        replace(paper, authors=tuple(on(paper, author) for author in paper.authors))
        if paper.id in by_hand.papers
        else replace(paper, authors=tuple(map(usual.__getitem__, paper.authors)))
        for paper in papers
    ]


def _commonest(names_of: Mapping[str, Mapping[str, int]], orcid: str) -> str:
    """The name that goes with an ORCID iD on most papers."""
    numbers = names_of[orcid]
    return min(numbers, key=lambda spelling: (-numbers[spelling], spelling))


def _id(
    name: str,
    orcid: str,
    commonest: Callable[[str], str],
    orcids_of: Mapping[str, set[str]],
) -> str:
    if not orcid:
        return slug(name)
    common = commonest(orcid)
    return slug(common if len(orcids_of[common]) == 1 else f"{common} {orcid}")


class _ByHand:
    """What `content/authors.yml` says, by what it is asked for."""

    def __init__(self, known: Iterable[Person]) -> None:
        self.papers: set[str] = set()
        """Ids of those on which some name means just one person."""

        self._split: dict[tuple[str, str], str] = {}
        self._by_orcid: dict[str, str] = {}
        self._by_name: dict[str, Person] = {}
        for person in known:
            if person.orcid:
                self._by_orcid[person.orcid] = person.id
            for name in sorted(person.names):
                if person.papers:
                    self.papers |= person.papers
                    self._split |= {(name, paper): person.id for paper in person.papers}
                else:
                    self._by_name[name] = person

    def on(self, paper: Paper, name: str) -> str:
        """Who signed just this paper with this folded name; empty where the file does not say."""
        return self._split.get((name, paper.id), "")

    def anywhere(self, name: str, orcid: str) -> str:
        """Whom this folded name or ORCID iD means; empty where the file does not say."""
        if orcid in self._by_orcid:
            return self._by_orcid[orcid]
        person = self._by_name.get(name)
        if person is None or (orcid and person.orcid and orcid != person.orcid):
            return ""
        return person.id
