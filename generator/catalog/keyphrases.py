"""Topics for a catalog without a taxonomy: its papers' keywords, else their keyphrases."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import log2

from lunr.stop_word_filter import WORDS
from msgspec.structs import replace

from generator.catalog.taxonomy import Topic, words_of
from generator.model.papers import Paper
from generator.text import fold, slug

TITLE = 3
"""How many times a mention in the abstract one in the title counts."""

MOST = 15
"""A phrase that more than this many percent of the papers share is no topic that `invent` makes."""


FEW = 200
"""Up to so many keywords in all, those of one paper alone are topics too."""


def invent(papers: Iterable[Paper]) -> tuple[tuple[Topic, ...], tuple[Paper, ...]]:
    """Topics for a catalog that has no taxonomy, by name, and the papers with them.

    A paper's keywords are its topics; in a large catalog only keywords that another paper has too.
    A paper without keywords gets up to three phrases of its title, or that recur in its abstract,
    that other papers share; where it shares none, the phrase that says most.
    """
    papers = tuple(papers)
    # Terms are worked out twice, because those of all papers at once fill the memory.
    shared = Counter(key for paper in papers for key in _terms(paper))
    most = max(2, len(papers) * MOST // 100)
    chosen: list[tuple[str, ...]] = []
    wordings: dict[str, Counter[str]] = defaultdict(Counter)
    for paper in papers:
        terms = _terms(paper)
        chosen.append(tuple(terms) if _keywords(paper) else _best(terms, shared, most))
        for key in chosen[-1]:
            wording = terms[key].wording
            wordings[key][wording if _keywords(paper) else wording[0].upper() + wording[1:]] += 1
    # A topic of one paper leads nowhere, so it is kept only where the paper has no other; a short
    # list by hand keeps its keywords as they are.
    by_hand = len(wordings) <= FEW
    for number, keys in enumerate(chosen):
        if not (by_hand and _keywords(papers[number])):
            chosen[number] = tuple(k for k in keys if wordings[k].total() > 1) or keys[:1]
    names = {
        key: min(wordings[key], key=lambda name: (-wordings[key][name], name))
        for key in set(chain.from_iterable(chosen))
    }
    topics: dict[str, Topic] = {}
    for name in sorted(names.values(), key=lambda name: (fold(name), name)):
        topics.setdefault(
            slug(name), Topic(slug=slug(name), name=name, phrases=(name,), is_invented=True)
        )
    tagged = tuple(
        replace(paper, topics=tuple(dict.fromkeys(slug(names[key]) for key in keys)))
        for paper, keys in zip(papers, chosen, strict=True)
    )
    return tuple(topics.values()), tagged


@dataclass(slots=True)
class _Term:
    """A keyword or phrase of one paper."""

    wording: str
    weight: int = 0


def _keywords(paper: Paper) -> list[str]:
    return [keyword for keyword in paper.keywords if fold(keyword)]


def _terms(paper: Paper) -> dict[str, _Term]:
    """A paper's keywords, else its keyphrases, by what is alike in all their spellings."""
    terms = {_key(keyword): _Term(keyword) for keyword in _keywords(paper)}
    if terms:
        return terms
    for text, weight in ((paper.title, TITLE), (paper.abstract, 1)):
        for words in _grams(text):
            key = "".join(map(_key, words))
            if key not in terms:
                terms[key] = _Term(" ".join(words))
            terms[key].weight += weight
    keyphrases = {key: term for key, term in terms.items() if term.weight > 1}
    return keyphrases or terms


def _grams(text: str) -> Iterator[list[str]]:
    """The last one to three words of each run of words that say something.

    A run is most often a noun with what describes it, so that its end makes sense alone:
    "efficient speculative decoding" gives "speculative decoding" but not "efficient".
    """
    for clause in re.split(r"[^\w\s'’-]+|\s-+\s", text):
        run: list[str] = []
        for word in (*map(_telling, clause.split()), ""):
            if word:
                run.append(word)
                continue
            for start in range(max(0, len(run) - 3), len(run)):
                if start < len(run) - 1 or _key(run[start]) not in _VAGUE:
                    yield run[start:]
            run = []


@lru_cache(maxsize=1 << 18)
def _telling(word: str) -> str:
    """A word as a topic's name shows it, or nothing where it says nothing."""
    if _key(word) in _FILLER or re.fullmatch(r"[a-z]?[0-9]*", _key(word)):  # "", "x", "7", "x2"
        return ""
    # "Decoding" is the way of titles and sentences; "LLM" and "CodeGen" are names.
    return word.lower() if word[1:].islower() else word


@lru_cache(maxsize=1 << 18)
def _key(wording: str) -> str:
    return "".join(words_of(wording))


def _best(terms: dict[str, _Term], shared: Counter[str], most: int) -> tuple[str, ...]:
    """The terms that a paper is best browsed by: of several words, weighty, shared by some."""

    def order(key: str) -> tuple[bool, float, str]:
        words = len(words_of(terms[key].wording))
        return words == 1, -terms[key].weight * log2(1 + shared[key]) * (words + 6), key

    ranked = sorted(terms, key=order)
    best: list[str] = []
    for key in ranked:
        if 2 <= shared[key] <= most and not any(key in other or other in key for other in best):
            best.append(key)
    return tuple(best[:3] or ranked[:1])


def _keys(words: str) -> frozenset[str]:
    return frozenset(map(_key, words.split()))


_FILLER = frozenset(map(_key, WORDS)) | _keys(
    """
    ability abstract achieve achieved achieving across additional address advance advancement
    aim al allow applied apply applying approaches art attempt available based baseline benefit
    best better beyond both bring build building capable challenge challenging clear com combine
    combining common compare compared comparison complex comprehensive consider consistent
    contribution current demonstrate demonstrating different difficult diverse due during effect
    effective effectively effectiveness efficacy eg enable enabling end enhance enhanced
    enhancing et etc evidence excellent existing exploit exploiting explore exploring extensive
    extensively finding first five focus four framework from full fully further future gap
    general github given good great help hence here high higher highly however http https huge
    identify ie impact important improve improved improvement improving include including
    increase insight instead integrate integrating introduce introducing investigate
    investigating io issue its key lack large-scale lead leading leverage leveraging limitation
    limited low lower made main mainly major make making many may method methodology more
    moreover much multiple need new novel number obtain one only open order org original our
    outperform over overall paper particular perform performance performing possible potential
    present presenting previous prior problem process promising propose proposed provide
    providing publicly range reach real real-world recent recently reduce reducing release
    remain remarkable report require respectively result rich robust same second see set several
    show showing significant significantly simple simply single solution sota specific
    specifically state state-of-the-art still strategy strong study substantial success
    successful such superior target technique term test their them thorough three through thus
    time toward towards trade-off traditional train trained two under understand unified unlike
    up us use used useful user using utilize utilizing value variety various version very via
    way well well-known when where whether which widely with within without work www yet
    """
)
"""Words that no topic begins or ends with: they say nothing of what a paper is about."""

_VAGUE = _keys(
    """
    accuracy action algorithm analysis application approach architecture aspect assessment
    behavior capability case component condition constraint content context cost data dataset
    design development direction distribution domain efficiency effort environment error
    estimation evaluation example experiment extension feature field form function generation
    human image improvement inference information input instance interaction knowledge label
    language layer learning level list loss mechanism memory metric model modeling modelling
    module network object objective operation optimization output parameter pattern phase
    pipeline point policy prediction principle property quality question rate reasoning
    recognition region representation research resource response rule sample scale scenario
    scheme score scratch sequence set setting signal size source space stage state step
    structure system task text theory token tool training transfer type understanding video view
    weight word world
    """
)
"""Words that say something only together with others: not "model", but "diffusion model"."""
