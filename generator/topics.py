"""Which topics a paper belongs to: papers in, papers with `topics` out.

A taxonomy (`content/topics.yml`) lists for every topic the phrases that are a sign of it. One
mention in the title gives a paper the topic, or three in the abstract (two where it is short),
where a `strong` phrase counts twice. A mention inside a `veto` phrase does not count, and mentions
that overlap or touch, as in "mixture of experts (MoE)", are one. A paper with too few mentions of
everything gets the topic it mentions most. Where a catalog has no taxonomy, `invent` makes one
from the papers' own keywords or recurring phrases.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, product
from math import log2
from pathlib import Path

import yaml
from lunr.stop_word_filter import WORDS

from generator.errors import ConfigError
from generator.papers import Paper
from generator.text import fold, slug

TITLE = 3
"""What a mention in the title scores."""

STRONG = 2
"""What a mention of a strong phrase in the abstract scores; of another it is 1."""

ENOUGH = 3
"""The score that gives a paper a topic."""

SHORT = 100
"""An abstract of fewer words repeats itself less: there, one mention fewer is enough."""


MOST = 15
"""A phrase that more than this many percent of the papers share is no topic that `invent` makes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One term of the taxonomy, and the signs by which its papers are known."""

    slug: str
    """Unique, safe in an address, never `index`: `speculative-decoding`."""

    name: str
    """As people read it: `Speculative decoding`."""

    description: str = ""
    """One sentence: `Drafting several tokens cheaply and verifying them at once …`."""

    phrases: tuple[str, ...] = ()
    """Signs that count; a hyphen may be a space or nothing, a star is any ending:
    `("draft model", "pre-training", "quantiz*")`."""

    strong: tuple[str, ...] = ()
    """Signs that count twice: `("speculative decoding",)`."""

    veto: tuple[str, ...] = ()
    """Phrases whose words are no sign, for pruning: `("token pruning",)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One phrase of a topic found in a paper."""

    topic: str
    """Slug of the topic."""

    phrase: str
    """As it stands in the taxonomy."""

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


def load(path: Path) -> tuple[Topic, ...]:
    """Read a taxonomy; a missing or empty file is an empty one, a mistake a `ConfigError`."""
    if not path.exists():
        return ()
    try:
        entries = yaml.safe_load(path.read_bytes())
    except yaml.YAMLError as error:
        raise ConfigError(f"{path}: expected YAML, found a mistake: {error}. Mend it there.") from error
    if entries is None:
        return ()
    if not isinstance(entries, list):
        raise ConfigError(
            f"{path}: expected a list of topics, found {_kind(entries)}. "
            "Begin each topic with '- slug: …'."
        )
    topics: dict[str, Topic] = {}
    for number, entry in enumerate(entries, 1):
        topic = _topic(entry, f"{path}, topic {number}")
        if topic.slug in topics:
            raise ConfigError(
                f"{path}, topic {number}: expected slugs that differ, found {topic.slug!r} a second "
                "time. Join the two topics or rename one."
            )
        topics[topic.slug] = topic
    return tuple(topics.values())


def matches(paper: Paper, taxonomy: tuple[Topic, ...]) -> tuple[Match, ...]:
    """Every phrase of the taxonomy that counts in a paper, strongest topic first."""
    return tuple(match for verdict in explain(paper, taxonomy) for match in verdict.matches)


def assign(papers: Iterable[Paper], taxonomy: tuple[Topic, ...]) -> tuple[Paper, ...]:
    """The same papers with their topics, strongest first; none where no phrase is found."""
    return tuple(
        replace(paper, topics=tuple(v.topic for v in explain(paper, taxonomy) if v.given))
        for paper in papers
    )


def explain(paper: Paper, taxonomy: tuple[Topic, ...]) -> tuple[Verdict, ...]:
    """All topics that a paper mentions, those given first, strongest first, with the reasons."""
    index = _index(taxonomy)
    title_words, abstract_words = _words(paper.title), _words(paper.abstract)
    in_title, in_abstract = index.mentions(title_words), index.mentions(abstract_words)
    enough = ENOUGH - (len(paper.abstract.split()) < SHORT)
    found: dict[int, list[Match]] = defaultdict(list)
    for number in sorted(in_title.keys() | in_abstract.keys()):
        sign = index.signs[number]
        title, abstract = in_title[number], in_abstract[number]
        score = title * TITLE + abstract * sign.weight
        topic = taxonomy[sign.topic].slug
        found[sign.topic].append(
            Match(topic=topic, phrase=sign.phrase, title=title, abstract=abstract, score=score)
        )
    scores = {topic: sum(match.score for match in found[topic]) for topic in found}
    ranked = sorted(scores, key=lambda topic: (-scores[topic], topic))
    return tuple(
        Verdict(
            topic=taxonomy[topic].slug,
            score=scores[topic],
            enough=enough,
            # The first is given whatever its score: a paper without a topic cannot be browsed to.
            given=scores[topic] >= enough or topic == ranked[0],
            matches=tuple(found[topic]),
        )
        for topic in ranked
    )


@dataclass(frozen=True, slots=True)
class _Sign:
    """A phrase of the taxonomy, compiled; a veto is a phrase of weight 0."""

    topic: int
    phrase: str
    weight: int


_Spelling = tuple[tuple[str, ...], int]
"""The words of a phrase, and the number of its sign."""


class _Index:
    """The phrases of a taxonomy by their first word, so that a text is read once for all topics."""

    def __init__(self, taxonomy: tuple[Topic, ...]) -> None:
        self.signs: list[_Sign] = []
        self._first: dict[str, list[_Spelling]] = defaultdict(list)
        for number, topic in enumerate(taxonomy):
            for phrases, weight in ((topic.strong, STRONG), (topic.phrases, 1), (topic.veto, 0)):
                for phrase in phrases:
                    for words in _spellings(phrase):
                        self._first[words[0]].append((words, len(self.signs)))
                    self.signs.append(_Sign(number, phrase, weight))
        self._lengths = sorted({len(word) - 1 for word in self._first if word.endswith("*")})
        self._starting = lru_cache(maxsize=1 << 18)(self._look_up)

    def _look_up(self, word: str) -> dict[str, list[_Spelling]]:
        """The phrases that begin with a word, longest first, by the second: "" none, "*" a start."""
        keys = [word, *(word[:length] + "*" for length in self._lengths if length <= len(word))]
        found: dict[str, list[_Spelling]] = defaultdict(list)
        for spelling in sorted((s for key in keys for s in self._first.get(key, ())), key=_longest):
            second = spelling[0][1] if len(spelling[0]) > 1 else ""
            found["*" if second.endswith("*") else second].append(spelling)
        return dict(found)

    def mentions(self, words: list[str]) -> Counter[int]:
        """How often each sign counts in a text."""
        counts: Counter[int] = Counter()
        last: dict[int, tuple[int, int]] = {}
        for start, (word, second) in enumerate(zip(words, (*words[1:], ""), strict=True)):
            if not (starting := self._starting(word)):
                continue
            longer = starting.get(second, []) if second else []
            if "*" in starting:
                longer = sorted(longer + starting["*"], key=_longest)
            for phrase, number in (*longer, *starting.get("", ())):
                sign, end = self.signs[number], start + len(phrase)
                covered, weight = last.get(sign.topic, (-1, 0))
                # Touching phrases are one mention ("mixture of experts (MoE)"), unless the
                # second says more than the first.
                if start < covered or (start == covered and 0 < sign.weight <= weight):
                    continue
                if len(phrase) == 1 or _alike(phrase, words[start:end]):
                    last[sign.topic] = (end, sign.weight)
                    if sign.weight:
                        counts[number] += 1
        return counts


@lru_cache(maxsize=8)
def _index(taxonomy: tuple[Topic, ...]) -> _Index:
    return _Index(taxonomy)


def _longest(spelling: _Spelling) -> tuple[int, int]:
    return -len(spelling[0]), spelling[1]


def _alike(phrase: tuple[str, ...], words: list[str]) -> bool:
    return len(words) == len(phrase) and all(
        word.startswith(sign[:-1]) if sign.endswith("*") else word == sign
        for sign, word in zip(phrase, words, strict=True)
    )


def _spellings(phrase: str) -> Iterator[tuple[str, ...]]:
    """A phrase as words: with each hyphen a space, and with each hyphen nothing."""
    chunks = []
    for chunk in phrase.split():
        parts = [_sign_word(part) for part in chunk.split("-")]
        apart = tuple(word for words in parts for word in words)
        joined = _sign_word(chunk.replace("-", ""))
        chunks.append({apart, joined})
    for spelling in sorted(set(product(*chunks))):
        yield tuple(word for words in spelling for word in words)


def _sign_word(text: str) -> tuple[str, ...]:
    if text.endswith("*"):
        *words, last = fold(text).split() or [""]
        return (*map(_singular, words), last + "*") if last else ()
    return tuple(_words(text))


def _words(text: str) -> list[str]:
    # A lone "s" is what is left of "the model's".
    return [_singular(word) for word in fold(text).split() if word != "s"]


@lru_cache(maxsize=1 << 18)
def _singular(word: str) -> str:
    """Without the plural ending; wrong for many a word, but alike in phrase and text."""
    if len(word) < 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes")) else word[:-1]


_SLUG = re.compile(r"[a-z0-9-]+")
_TEXTS = ("slug", "name", "description")
_LISTS = ("phrases", "strong", "veto")


def _topic(entry: object, where: str) -> Topic:
    """One entry of the file as a topic."""
    if not isinstance(entry, dict):
        raise ConfigError(
            f"{where}: expected keys and values, found {_kind(entry)}. "
            "Begin the topic with '- slug: …' and indent the rest under it."
        )
    if entry.get("slug"):
        where = f"{where} ({entry['slug']})"
    for key in entry:
        if key not in _TEXTS + _LISTS:
            raise ConfigError(
                f"{where}: expected only {', '.join(_TEXTS + _LISTS)}, found {key!r}. "
                "Correct its spelling or remove it."
            )
    for key in ("slug", "name"):
        if key not in entry:
            raise ConfigError(f"{where}: expected a {key}, found none. Add '{key}: …'.")
    texts = {key: _text(entry[key], f"a text as its {key}", where) for key in _TEXTS if key in entry}
    if not _SLUG.fullmatch(texts["slug"]) or texts["slug"] == "index":
        raise ConfigError(
            f"{where}: expected a slug of a-z, 0-9 and hyphens other than 'index', found "
            f"{texts['slug']!r}. Choose another; it becomes the topic's address."
        )
    lists = {key: _phrases(entry[key], key, where) for key in _LISTS if key in entry}
    return Topic(
        slug=texts["slug"],
        name=texts["name"],
        description=texts.get("description", ""),
        phrases=lists.get("phrases", ()),
        strong=lists.get("strong", ()),
        veto=lists.get("veto", ()),
    )


def _text(value: object, expected: str, where: str) -> str:
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise ConfigError(
        f"{where}: expected {expected}, found {_kind(value)}. "
        "Write some words; a number or a lone yes, no, on or off needs quotes."
    )


def _phrases(value: object, key: str, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ConfigError(
            f"{where}: expected a list as its {key}, found {_kind(value)}. "
            "Write one phrase a line, each after a hyphen, or remove the key."
        )
    phrases = tuple(_text(phrase, f"texts in its list {key}", where) for phrase in value)
    for phrase in phrases:
        if not all(_spellings(phrase)) or re.search(r"\*(?![\s-]|$)", phrase):
            raise ConfigError(
                f"{where}: expected words in its list {key}, of which one may end with a star, found "
                f"{phrase!r}. Write at least a letter or digit before the star and none behind it."
            )
    return phrases


def _kind(value: object) -> str:
    """What was found in the place of something else, for a message."""
    names = {dict: "keys and values", list: "a list", type(None): "nothing"}
    return names.get(type(value), repr(value))


def invent(papers: Iterable[Paper]) -> tuple[tuple[Topic, ...], tuple[Paper, ...]]:
    """Topics for a catalog that has no taxonomy, by name, and the papers with them.

    A paper's keywords are its topics. Where it has none, up to three phrases are that stand in its
    title or recur in its abstract and that some other papers share; where it shares none, the one
    that says most.
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
            wordings[key][_capitalized(terms[key].wording)] += 1
    # A topic of one paper leads nowhere, so it is kept only where the paper has no other.
    for number, keys in enumerate(chosen):
        if not _keywords(papers[number]):
            chosen[number] = tuple(k for k in keys if wordings[k].total() > 1) or keys[:1]
    names = {
        key: min(wordings[key], key=lambda name: (-wordings[key][name], name))  # noqa: B023
        for key in set(chain.from_iterable(chosen))
    }
    topics: dict[str, Topic] = {}
    for name in sorted(names.values(), key=lambda name: (fold(name), name)):
        topics.setdefault(_address(name), Topic(slug=_address(name), name=name, phrases=(name,)))
    tagged = tuple(
        replace(paper, topics=tuple(dict.fromkeys(_address(names[key]) for key in keys)))
        for paper, keys in zip(papers, chosen, strict=True)
    )
    return tuple(topics.values()), tagged


@dataclass(slots=True)
class _Term:
    """A keyword or phrase of one paper."""

    wording: str
    weight: int = 0


def _keywords(paper: Paper) -> list[str]:
    return [keyword for keyword in paper.keywords if slug(keyword)]


def _terms(paper: Paper) -> dict[str, _Term]:
    """A paper's keywords, else its salient phrases, by what is alike in all their spellings."""
    terms = {_key(keyword): _Term(keyword) for keyword in _keywords(paper)}
    if terms:
        return terms
    for text, weight in ((paper.title, TITLE), (paper.abstract, 1)):
        for words in _grams(text):
            key = "".join(map(_key, words))
            if key not in terms:
                terms[key] = _Term(" ".join(words))
            terms[key].weight += weight
    salient = {key: term for key, term in terms.items() if term.weight > 1}
    return salient or terms


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
    if _key(word) in _FILLER or re.fullmatch(r"[a-z]?[0-9]*", _key(word)):
        return ""
    # "Decoding" is the way of titles and sentences; "LLM" and "CodeGen" are names.
    return word.lower() if word[1:].islower() else word


@lru_cache(maxsize=1 << 18)
def _key(wording: str) -> str:
    return "".join(_words(wording))


def _best(terms: dict[str, _Term], shared: Counter[str], most: int) -> tuple[str, ...]:
    """The terms that a paper is best browsed by: of several words, weighty, shared by some."""

    def order(key: str) -> tuple[bool, float, str]:
        words = len(_words(terms[key].wording))
        return words == 1, -terms[key].weight * log2(1 + shared[key]) * (words + 6), key

    ranked = sorted(terms, key=order)
    best: list[str] = []
    for key in ranked:
        if 2 <= shared[key] <= most and not any(key in other or other in key for other in best):
            best.append(key)
    return tuple(best[:3] or ranked[:1])


def _capitalized(wording: str) -> str:
    return wording[0].upper() + wording[1:]


def _address(name: str) -> str:
    found = slug(name)
    return f"{found}-topic" if found == "index" else found


_FILLER = frozenset(
    _key(word)
    for word in (
        "",
        *WORDS,
        *"""
        a abstract achieve achieved achieving across additional address advance advancement aim allow
        apply applied applying art available baseline based benefit best better beyond both bring
        build building capable challenge challenging clear combine combining common compare compared
        comparison complex comprehensive consider consistent contribution current demonstrate
        demonstrating different difficult diverse due during effect effective effectively
        effectiveness efficacy eg enable enabling end enhance enhanced enhancing et al etc evidence
        excellent existing exploit exploiting explore exploring extensive finding first five focus
        four framework from full fully further future gap general given good great help here high
        higher highly however huge ie identify impact important improve improved improvement improving
        include including increase insight instead introduce introducing investigate investigating
        issue its key lack lead leading leverage leveraging limitation limited low lower made main
        mainly major make making many may method methodology more moreover much multiple need new
        novel number obtain one only open order original our outperform over overall paper particular
        perform performance performing possible potential present presenting previous prior problem
        process promising propose proposed propose provide providing publicly range reach real
        real-world recent recently reduce reducing release remain remarkable report require result
        rich robust same second see set several show showing significant significantly simple simply
        single solution sota specific specifically state state-of-the-art still strategy strong study
        substantial success successful such superior target technique term test their them thorough
        three through time toward towards traditional two under understand unified unlike use used
        useful user using utilize utilizing value variety various version very via way well when
        where whether which widely with within without work www http https github com org io us
        respectively approaches ability attempt integrate integrating train trained trade-off up
        extensively thus hence yet well-known large-scale
        """.split(),
    )
)
"""Words that no topic begins or ends with: they say nothing of what a paper is about."""

_VAGUE = frozenset(
    _key(word)
    for word in """
    accuracy action algorithm analysis application approach architecture aspect assessment behavior
    capability case component condition constraint context cost data dataset design development
    direction distribution domain efficiency effort environment error estimation evaluation example
    experiment extension feature field form function generation human image improvement inference
    information input instance interaction knowledge label language layer learning level loss
    mechanism memory metric model modeling modelling module network object objective operation
    optimization output parameter pattern phase pipeline point policy prediction principle property
    quality question reasoning recognition representation research resource response rule sample
    scale scenario scheme score set setting rate region list content scratch state sequence signal size source space stage step structure system task text
    theory token tool training transfer type understanding video view weight word world
    """.split()
)
"""Words that say something only together with others: not "model", but "diffusion model"."""
