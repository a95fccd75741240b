"""What stays with a paper for ever: its citation key, and the id of its entries in feeds.

Which of two papers was there first cannot be told from the papers alone, nor which id one was
first published with. So what was given is kept in a file of the catalog's content,
`content/permanent.tsv`: UTF-8, one paper a line, sorted, in columns that are divided by tabs.

    2305.02309                 nijkamp-etal-2023-codegen2
    on-the-language-of-ants    marsh-2024-language           on-the-language-of-ants 2406.00012

These are the id in feeds; the key; and, where they are others than the first column, the ids that
the paper was published with, the latest last. A paper that is gone keeps its line, so that it
has its key if it comes back, and nobody else has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from typing import Final, NamedTuple

from msgspec.structs import replace

from generator.catalog.merging import longer_ids
from generator.exports.citations.keys import has_stem, keys
from generator.model.errors import ConfigError
from generator.model.papers import Paper
from generator.sources.identifiers import paper_id
from generator.text import slug
from generator.text.safe_yaml import shown

GONE: Final = 100_000
"""Papers that are gone and keep a line; where there are more, the first in the file lose theirs."""


class Permanent(NamedTuple):
    """What a paper was given when it was first published: a line of the file."""

    feed_id: str
    """What the id of its entries in feeds is made of: the id that it had then. Where that had been
    another paper's, it is told apart: `introduction~2`."""

    key: str
    """What it is cited by: `zhang-etal-2023-huatuogpt`."""

    ids: tuple[str, ...]
    """The ids that it was published with, the latest last."""


def assign(
    papers: Sequence[Paper],
    lines: Sequence[Permanent],
) -> dict[str, Permanent]:
    """What each paper was given, or is given now, by its id; whatever the order of the papers.

    A line is that of the paper with the id that it names last; else with an earlier one; else with
    such a former id; else with such a DOI, or the title and the key. Where several papers had one
    id in turn, as those of one title may, that of the key comes before all others.

    Args:
        papers: all that are published.
        lines: what was given before.
    """
    by_id = {line.feed_id: [line] for line in lines}
    for line in lines:
        for one in {*line.ids} - {line.feed_id} if line.ids != (line.feed_id,) else ():
            by_id.setdefault(one, []).append(line)
    shared = {one for one, same in by_id.items() if len(same) > 1}
    others = _others(papers, by_id) if by_id else {}
    shared.update(*others.values())

    assigned: dict[str, Permanent] = {}
    claims: list[tuple[bool, int, str, Permanent]] = []
    for paper in papers if by_id else ():
        same = by_id.get(paper.id, ())
        if len(same) == 1 and same[0].ids == (paper.id,) and paper.id not in shared:
            assigned[paper.id] = same[0]  # as of nearly all papers
        else:
            claims += _claims(paper, others.get(paper.id, ()), by_id, shared)
    taken = {line.feed_id for line in assigned.values()}
    for *_, own, line in sorted(claims):
        if own not in assigned and line.feed_id not in taken:
            assigned[own] = line
            taken.add(line.feed_id)

    feed_ids = {line.feed_id for line in lines}
    new = [paper for paper in papers if paper.id not in assigned]
    for own, key in keys(new, {line.key for line in lines}).items():
        told_apart = chain([own], (f"{own}~{number}" for number in count(2)))
        feed_id = next(one for one in told_apart if one not in feed_ids)
        assigned[own] = Permanent(feed_id, key, (own,))
    return assigned


def named(papers: Iterable[Paper], assigned: Mapping[str, Permanent]) -> tuple[Paper, ...]:
    """The papers, those with another id in feeds than their own told so."""
    pairs = ((paper, assigned[paper.id].feed_id) for paper in papers)
    return tuple(
        paper if feed_id == paper.id else replace(paper, feed_id=feed_id)
        for paper, feed_id in pairs
    )


def _others(
    papers: Sequence[Paper],
    by_id: Mapping[str, Sequence[Permanent]],
) -> dict[str, set[str]]:
    """Ids by which a line may be that of a paper which has none by its own, or another's; by id.

    They are made of its DOI, of its id in the anthology and of its title, or were told apart from
    one that another paper had once.
    """
    nothing = {"arxiv": "", "doi": "", "anthology": "", "title": ""}
    papers_by_id = {paper.id: paper for paper in papers}
    ids_by_key: dict[str, set[str]] = {}
    for paper in papers:
        if paper.id not in by_id and not any(one in by_id for one in paper.former_ids):
            known = [{"title": paper.title}, {"doi": paper.doi}, {"anthology": paper.anthology}]
            made = [paper_id(**nothing | one) for one in known if any(one.values())]
            ids_by_key[paper.id] = {*made, next(longer_ids(paper))}
    for own in by_id.keys() - papers_by_id.keys():
        shorter = own.rpartition("-")[0]
        while shorter:
            if shorter in papers_by_id:
                paper = papers_by_id[shorter]
                if next(longer_ids(paper)) == own:
                    ids_by_key.setdefault(paper.id, {paper.id}).add(own)
            shorter = shorter.rpartition("-")[0]
    return ids_by_key


def _claims(
    paper: Paper,
    others: Iterable[str],
    by_id: Mapping[str, Sequence[Permanent]],
    shared: set[str],
) -> Iterator[tuple[bool, int, str, Permanent]]:
    """The lines that may be a paper's; sorted, the best claim to each comes first."""
    identified = {slug(one) for one in (paper.doi, paper.anthology) if one}
    ranks = {one: 4 if one in identified else 6 for one in others}
    ranks |= dict.fromkeys(paper.former_ids, 2) | {paper.id: 0}
    for one, rank in ranks.items():
        for line in by_id.get(one, ()):
            is_strange = one in shared and not has_stem(paper, line.key)
            if not (is_strange and rank == 6):
                yield is_strange, rank + (one != line.ids[-1]), paper.id, line


def extended(
    lines: Iterable[Permanent], cited: Iterable[tuple[Paper, str]], most_gone: int = GONE
) -> list[Permanent]:
    """The lines of a file, sorted, with those of all papers that are published now.

    Args:
        lines: of the file.
        cited: these papers, as `named` gave them, and what each is cited by.
        most_gone: how many papers that are gone keep their lines.
    """
    gone = {line.feed_id: line for line in lines}
    published = []
    for paper, key in cited:
        feed_id = paper.feed_id or paper.id
        before = gone.pop(feed_id, None)
        ids = before.ids if before else ()
        if ids[-1:] != (paper.id,):
            ids = (*(one for one in ids if one != paper.id), paper.id)
        published.append(Permanent(feed_id, key, ids))
    return sorted([*sorted(gone.values())[-most_gone:], *published])


def dump(lines: Iterable[Permanent]) -> bytes:
    """The file of these lines."""
    rows = (
        f"{feed_id}\t{key}\n" if ids == (feed_id,) else f"{feed_id}\t{key}\t{' '.join(ids)}\n"
        for feed_id, key, ids in lines
    )
    return "".join(rows).encode()


def parse(data: bytes, name: str) -> list[Permanent]:
    """The lines that a file holds.

    Args:
        data: the file.
        name: of the file, for messages.

    Raises:
        ConfigError: it is no such file, was cut, or gives one thing to two papers; the text says in
            which line and what to do.
    """
    try:
        rows = data.decode().split("\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _broken(name, line, "other than UTF-8") from None
    if rows[-1]:
        raise _broken(name, len(rows), f"“{shown(rows[-1])}” and no end of the line")
    lines = []
    feed_ids: dict[str, int] = {}
    cited: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        match = _LINE.fullmatch(row)
        if not match:
            if row.strip():
                raise _broken(name, number, f"“{shown(row)}”")
            continue
        feed_id, key, ids = match.groups()
        if feed_ids.setdefault(feed_id, number) != number:
            raise _given_twice(name, number, feed_id, feed_ids[feed_id])
        if cited.setdefault(key, number) != number:
            raise _given_twice(name, number, key, cited[key])
        lines.append(Permanent(feed_id, key, tuple(ids.split()) if ids else (feed_id,)))
    return lines


_LINE: Final = re.compile(r"(\S+)\t([a-z0-9-]+)(?:\t(\S+(?: \S+)*))?\r?")


def _given_twice(name: str, line: int, found: str, before: int) -> ConfigError:
    return ConfigError(
        f"{name}, line {line}: expected what no other line has, found “{shown(found)}”, which line "
        f"{before} has. Delete the line of the paper that shall not have it."
    )


def _broken(name: str, line: int, found: str) -> ConfigError:
    return ConfigError(
        f"{name}, line {line}: expected an id, a tab and a citation key, found {found}. "
        "Mend the line, or take the file from an earlier day. "
        "Without a line, a paper is given a key anew; without the file, all are."
    )
