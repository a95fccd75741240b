"""Which topics a paper belongs to: papers in, papers with `topics` out.

A taxonomy (`content/topics.yml`) lists for every topic the phrases that are a sign of it. One
mention in the title gives a paper the topic, or three in the abstract (two where it is short),
where a `strong` phrase counts twice. A mention inside a `veto` phrase does not count, and mentions
that overlap or touch, as in "mixture of experts (MoE)", are one. A paper with too few mentions of
everything gets the topic it mentions most.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from msgspec.structs import replace

from generator.catalog.taxonomy import Pattern, Topic, pattern, words_of
from generator.model import chunks, outputs
from generator.model.chunks import Spread
from generator.model.papers import Paper

TITLE = 3
"""What a mention in the title scores."""

STRONG = 2
"""What a mention of a strong phrase in the abstract scores; of another it is 1."""

ENOUGH = 3
"""The score that gives a paper a topic."""

SHORT = 100
"""An abstract of fewer words repeats itself less: there, one mention fewer is enough."""


SHARD: Final = 500
"""Papers that a process reads in one go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One phrase of a topic found in a paper."""

    topic: str
    """Slug of the topic."""

    phrase: str
    """The phrase, spelt as in the taxonomy."""

    title: int
    """How often it counted in the title."""

    abstract: int
    """How often it counted in the abstract."""

    score: int
    """What these mentions add to the topic's score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a paper was given a topic that it mentions, and why."""

    topic: str
    """Slug of the topic."""

    score: int
    """Sum over `matches`."""

    enough: int
    """The score at which this paper is given a topic."""

    given: bool
    """True where the score is enough, and for the highest where none is."""

    matches: tuple[Match, ...]
    """The phrases that were found, in the order of the taxonomy."""


def matches(paper: Paper, taxonomy: tuple[Topic, ...]) -> tuple[Match, ...]:
    """Every phrase of the taxonomy that counts in a paper, strongest topic first."""
    return tuple(match for verdict in explain(paper, taxonomy) for match in verdict.matches)


Given = dict[bytes, tuple[int, ...]]
"""The topics that papers are given, as places in the taxonomy, by digests of their texts."""


def assign(
    papers: Iterable[Paper],
    taxonomy: tuple[Topic, ...],
    given: Given | None = None,
    spread: Spread = map,
) -> tuple[Paper, ...]:
    """Give papers their topics, strongest first; none where no phrase is found.

    Args:
        papers: in any order.
        taxonomy: the topics that there are.
        given: what was found before, so that no text is read twice; made to hold what is found in
            these papers.
        spread: has a function done for each shard.
    """
    papers = tuple(papers)
    given = {} if given is None else given
    digests = [outputs.key(paper.title, paper.abstract) for paper in papers]
    unread = [
        (digest, paper.title, paper.abstract)
        for digest, paper in zip(digests, papers, strict=True)
        if digest not in given
    ]
    for found in spread(partial(_assigned, taxonomy), chunks.cut(unread, SHARD)):
        given |= found
    if len(given) > 2 * len(papers):
        for digest in given.keys() - digests:
            del given[digest]
    slugs = {found: tuple(taxonomy[number].slug for number in found) for found in given.values()}
    return tuple(
        replace(paper, topics=slugs[given[digest]])
        for paper, digest in zip(papers, digests, strict=True)
    )


def _assigned(taxonomy: tuple[Topic, ...], texts: Sequence[tuple[bytes, str, str]]) -> Given:
    index = _index(taxonomy)
    return {
        digest: tuple(
            index.places[one.topic] for one in _judge(title, abstract, index) if one.given
        )
        for digest, title, abstract in texts
    }


def explain(paper: Paper, taxonomy: tuple[Topic, ...]) -> tuple[Verdict, ...]:
    """All topics that a paper mentions, strongest first, with the reasons."""
    return _judge(paper.title, paper.abstract, _index(taxonomy))


def _judge(title: str, abstract: str, index: _Index) -> tuple[Verdict, ...]:
    title_words, abstract_words = tuple(words_of(title)), tuple(words_of(abstract))
    in_title, in_abstract = index.mentions(title_words), index.mentions(abstract_words)
    enough = ENOUGH - (len(abstract.split()) < SHORT)
    matches_by_topic: dict[int, list[Match]] = defaultdict(list)
    for number in sorted(in_title.keys() | in_abstract.keys()):
        sign = index.signs[number]
        match = Match(
            topic=index.topics[sign.topic],
            phrase=sign.phrase,
            title=in_title[number],
            abstract=in_abstract[number],
            score=in_title[number] * TITLE + in_abstract[number] * sign.weight,
        )
        matches_by_topic[sign.topic].append(match)
    scores = {
        topic: sum(match.score for match in matches_by_topic[topic]) for topic in matches_by_topic
    }
    ranked = sorted(scores, key=lambda topic: (-scores[topic], topic))
    return tuple(
        Verdict(
            topic=index.topics[topic],
            score=scores[topic],
            enough=enough,
            # The first is given whatever its score: a paper without a topic cannot be browsed to.
            given=scores[topic] >= enough or topic == ranked[0],
            matches=tuple(matches_by_topic[topic]),
        )
        for topic in ranked
    )


@dataclass(frozen=True, slots=True)
class _Sign:
    """A phrase of the taxonomy, compiled; a veto is a phrase of weight 0."""

    topic: int
    phrase: str
    weight: int


_Sought = tuple[Pattern, int]
"""A phrase as it is looked for, and the number of its sign."""


class _Index:
    """The phrases of a taxonomy by their first word, so that a text is read once for all topics."""

    def __init__(self, taxonomy: tuple[Topic, ...]) -> None:
        self.topics = [topic.slug for topic in taxonomy]
        self.places = {topic: place for place, topic in enumerate(self.topics)}
        self.signs: list[_Sign] = []
        self._first: dict[str, list[tuple[str, _Sought]]] = defaultdict(list)
        for number, topic in enumerate(taxonomy):
            for phrases, weight in ((topic.strong, STRONG), (topic.phrases, 1), (topic.veto, 0)):
                for phrase in phrases:
                    parts = pattern(phrase)
                    for first, second in sorted(_openings(parts)):
                        self._first[first].append((second, (parts, len(self.signs))))
                    self.signs.append(_Sign(number, phrase, weight))
        self._lengths = sorted({len(word) - 1 for word in self._first if word.endswith("*")})
        self._starting = lru_cache(maxsize=1 << 18)(self._look_up)

    def _look_up(self, word: str) -> dict[str, list[_Sought]]:
        """The phrases that begin with a word, by their second: "" for none, "*" for any."""
        keys = [word, *(word[:length] + "*" for length in self._lengths if length <= len(word))]
        sought_by_word: dict[str, list[_Sought]] = defaultdict(list)
        for second, sought in (each for key in keys for each in self._first.get(key, ())):
            sought_by_word["*" if second.endswith("*") else second].append(sought)
        return dict(sought_by_word)

    def mentions(self, words: tuple[str, ...]) -> Counter[int]:
        """How often each sign counts in a text."""
        counts: Counter[int] = Counter()
        last: dict[int, tuple[int, int]] = {}
        for start, starting in enumerate(map(self._starting, words)):
            if not starting:
                continue
            second = words[start + 1] if start + 1 < len(words) else ""
            longer = (*(starting.get(second, ()) if second else ()), *starting.get("*", ()))
            matching = [
                (length, number)
                for parts, number in longer
                if (length := _length(parts, words, start))
            ]
            matching += [(1, number) for _, number in starting.get("", ())]
            for length, number in sorted(matching, key=_longest) if matching else ():
                sign = self.signs[number]
                covered, weight = last.get(sign.topic, (-1, 0))
                # Touching phrases are one mention ("mixture of experts (MoE)"), unless the
                # second says more than the first.
                if start < covered or (start == covered and 0 < sign.weight <= weight):
                    continue
                last[sign.topic] = (start + length, sign.weight)
                if sign.weight:
                    counts[number] += 1
        return counts


@lru_cache(maxsize=8)
def _index(taxonomy: tuple[Topic, ...]) -> _Index:
    return _Index(taxonomy)


def _openings(parts: Pattern) -> set[tuple[str, str]]:
    """The two words that a phrase may begin with; the second is empty where it has but one."""
    openings: set[tuple[str, ...]] = {()}
    for part in parts:
        openings = {(*words, *spelling)[:2] for words in openings for spelling in part}
    return {(words[0], words[1] if len(words) > 1 else "") for words in openings if words}


def _longest(match: tuple[int, int]) -> tuple[int, int]:
    return -match[0], match[1]


def _length(parts: Pattern, words: tuple[str, ...], start: int) -> int:
    """How many words a phrase takes up from a place in a text on, at most; 0 if it is not there."""
    ends = {start}
    for part in parts:
        ends = {
            end + len(spelling)
            for end in ends
            for spelling in part
            if _alike(spelling, words[end : end + len(spelling)])
        }
    return max(ends, default=start) - start


def _alike(phrase: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return words == phrase or (
        len(words) == len(phrase)
        and all(
            word.startswith(sign[:-1]) if sign.endswith("*") else word == sign
            for sign, word in zip(phrase, words, strict=True)
        )
    )
