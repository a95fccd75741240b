"""Papers that are like a paper, and the words that say so."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator import similar
from generator.model.papers import Paper
from generator.similar import Neighbour, Similar, State
from generator.similar.common import differing
from generator.similar.rarity import RAREST, rarities, table

DRAFTS = Paper(
    id="drafts",
    title="Draft Models for Speculative Decoding",
    abstract="A small draft model guesses tokens. Speculative decoding verifies the guesses.",
)
TREES = Paper(
    id="trees",
    title="Trees of Guesses in Speculative Decoding",
    abstract="We verify a tree of guesses of a draft model with one pass.",
)
BREAD = Paper(
    id="bread",
    title="Sourdough and its Microbes",
    abstract="Yeast and bacteria of sourdough vary with flour and with temperature.",
)


def ids(found: Mapping[str, tuple[Neighbour, ...]], paper: Paper) -> list[str]:
    return [near.paper for near in found.get(paper.id, ())]


def test_papers_on_the_same_are_found_and_others_are_not() -> None:
    found = similar.find([DRAFTS, TREES, BREAD])
    assert ids(found, DRAFTS) == ["trees"]
    assert ids(found, TREES) == ["drafts"]
    assert "bread" not in found


def test_what_is_nearly_the_same_is_first() -> None:
    again = replace(DRAFTS, id="again", abstract=DRAFTS.abstract + " And again.")
    assert ids(similar.find([DRAFTS, TREES, BREAD, again]), DRAFTS) == ["again", "trees"]


def test_words_are_those_of_both_as_the_paper_writes_them() -> None:
    ((near,),) = [similar.find([DRAFTS, TREES, BREAD])["trees"]]
    text = f"{TREES.title} {TREES.abstract}"
    assert near.words
    assert all(word in text for word in near.words)
    assert not {"in", "a", "we"} & set(near.words)


def test_two_words_that_stand_together_are_shown_together() -> None:
    many = [
        replace(paper, id=f"{paper.id}-{n}") for n in range(4) for paper in (DRAFTS, TREES, BREAD)
    ]
    shown = {word for near in similar.find(many)["trees-0"] for word in near.words}
    assert any(word.lower() == "speculative decoding" for word in shown)


def test_at_most_six_are_named() -> None:
    many = [replace(DRAFTS, id=f"drafts-{number}") for number in range(20)]
    assert len(similar.find(many)["drafts-3"]) == similar.MOST == 6


def test_topics_in_common_make_papers_alike_but_are_no_words() -> None:
    one = Paper(id="a", title="Alpha beta", topics=("retrieval",))
    other = Paper(id="b", title="Gamma delta", topics=("retrieval",))
    third = Paper(id="c", title="Epsilon zeta", topics=("ethics",))
    assert similar.find([one, other, third])["a"] == (Neighbour("b", ()),)


@pytest.mark.parametrize("papers", [[], [DRAFTS]])
def test_who_is_alone_has_no_neighbours(papers: list[Paper]) -> None:
    assert similar.find(papers) == {}


def test_chinese_titles_and_mathematics_do_no_harm() -> None:
    odd = [
        Paper(id="cjk", title="大模型的推理能力"),
        Paper(id="math", title="$x^2$", abstract="$\\frac{1}{2}$ https://example.org/alpha"),
        Paper(id="sign", title="☃ — !"),
    ]
    assert not set(similar.find([DRAFTS, TREES, *odd])) - {"drafts", "trees"}


def shelf(number: int) -> list[Paper]:
    """Invented papers on a few hundred subjects, one a day."""
    chance = random.Random(7)
    subjects = [
        f"{one}{other}" for one in ("al", "bo", "cu", "di") for other in map(str, range(60))
    ]
    names = ["".join(chr(ord("a") + int(c)) if c.isdigit() else c for c in s) for s in subjects]
    papers = []
    for place in range(number):
        words = [chance.choice(names) for _ in range(4)]
        papers.append(
            Paper(
                id=f"paper-{place:05}",
                title=f"{words[0]} {words[1]} for {words[2]}",
                abstract=" ".join(
                    chance.choice([*words, *chance.sample(names, 2)]) for _ in range(30)
                ),
                days=(date(2020, 1, 1) + timedelta(days=place),),
            )
        )
    return papers


def test_neither_order_nor_threads_matter() -> None:
    papers = shelf(600)
    shuffled = random.Random(1).sample(papers, len(papers))
    assert similar.find(papers) == similar.find(shuffled, 2)


def written(number: int) -> list[Paper]:
    """Invented papers, in which words are as rare as in real ones, each on two of many subjects."""
    chance = random.Random(5)
    subjects = [[f"q{one:x}a{other}zz" for other in range(5)] for one in range(number // 3)]
    papers = []
    for place in range(number):
        own = [word for subject in chance.sample(subjects, 2) for word in subject]
        words = [word for word, rarity in table().items() if chance.random() < 2**-rarity]
        text = chance.sample([*own, *words], len(own) + len(words))
        day = date(2000, 1, 1) + timedelta(days=place)
        abstract = " ".join(text)
        papers.append(
            Paper(id=f"paper-{place:04}", title=" ".join(own[3:7]), abstract=abstract, days=(day,))
        )
    return papers


def test_papers_of_any_date_change_the_lists_that_they_are_in_and_no_others() -> None:
    papers = written(1_050)
    new = {paper.id for paper in random.Random(4).sample(papers, 50)}
    before = similar.find([paper for paper in papers if paper.id not in new])
    after = similar.find(papers)
    changed = [paper for paper in before if before[paper] != after[paper]]
    assert 50 < len(changed) < 300  # some six lists each, as each list has six
    assert all(new & {near.paper for near in after[paper]} for paper in changed)


WORDS = [f"{one}{two}{three}a" for one in "bdfgk" for two in "aeiou" for three in "lmnrt"]


def changes(chance: random.Random, papers: list[Paper], words: list[str]) -> list[Paper]:
    """The papers, of any age, after a few changes of any kind."""

    def some(number: int) -> str:
        return " ".join(chance.choices(words, k=number))

    now = list(papers)
    for step in range(chance.choice([1, 1, 1, 3])):
        place = chance.randrange(len(now))
        paper = now[place]
        kind = chance.choice(["word", "words", "topic", "day", "new", "gone", "another"])
        day = date(2019, 12, 1) + timedelta(days=chance.randrange(len(papers)))
        fresh = replace(paper, title=some(2), abstract=some(9), topics=())
        if kind == "word":
            now[place] = replace(paper, title=f"{paper.title} {some(1)}")
        elif kind == "words":
            now[place] = replace(paper, abstract=some(9))
        elif kind == "topic":
            now[place] = replace(paper, topics=(chance.choice(["ethics", "speech"]),))
        elif kind == "day":
            now[place] = replace(paper, days=(day,))
        elif kind == "new":
            now.append(replace(fresh, id=f"{some(1)}-{len(now)}-{step}-{day}", days=(day,)))
        elif kind == "gone":
            del now[place]
        else:
            now[place] = fresh
    return list({paper.id: paper for paper in now}.values())


def state_after(before: State, papers: Iterable[Paper]) -> State:
    some = sorted(papers, key=lambda paper: paper.id)
    ids, digests = [paper.id for paper in some], similar.digests_of(some)
    places = similar.changed(before, ids, digests).tolist()
    made = similar.strongest([some[place] for place in places])
    return similar.update(before, ids, digests, *made, 2)


@pytest.mark.parametrize("seed", range(8))
def test_an_update_finds_what_is_found_from_nothing(seed: int) -> None:
    chance = random.Random(seed)
    papers = shelf(48)
    words = WORDS[: 20 + 15 * seed]
    state = state_after(similar.NOTHING, papers)
    for _ in range(30):
        papers = changes(chance, papers, words)
        state = state_after(state, papers)
        assert Similar(state) == similar.find(papers)


def test_a_word_becomes_common_and_is_so_no_more() -> None:
    few = [
        replace(paper, abstract=f"{paper.abstract} gadolinium") if n < 8 else paper
        for n, paper in enumerate(shelf(128))
    ]  # one in sixteen is not yet more than that
    many = [*few[:8], replace(few[8], abstract=few[0].abstract), *few[9:]]
    state = state_after(similar.NOTHING, few)
    after = state_after(state, many)
    assert len(differing(state.common, after.common))
    assert Similar(after) == similar.find(many)
    assert Similar(state_after(after, few)) == similar.find(few)


def test_what_a_large_share_of_a_catalog_has_says_little() -> None:
    subject = "zymurgy zymology"
    papers = [
        replace(paper, abstract=f"{paper.abstract} {subject}.", title=f"{n} {subject}")
        for n, paper in enumerate(shelf(100))
    ]
    twins = [replace(DRAFTS, abstract=f"{DRAFTS.abstract} {subject}"), TREES]
    assert ids(similar.find([*papers, *twins]), DRAFTS)[0] == "trees"


def test_words_are_as_rare_as_the_table_says() -> None:
    rarity = dict(zip(names := ["data", "decoding", "gadolinium"], rarities(names), strict=True))
    assert rarity["data"] < rarity["decoding"] < rarity["gadolinium"] == RAREST
    assert not {"the", "of", "propose", "paper"} & set(table())


def test_of_papers_that_are_as_near_the_right_one_takes_the_place_of_one_that_went() -> None:
    many = [replace(DRAFTS, id=f"drafts-{n:02}") for n in range(30)]
    now = [*many[:3], *many[4:], replace(DRAFTS, id="newest")]
    state = state_after(similar.NOTHING, [TREES, BREAD, *many])
    assert Similar(state_after(state, [TREES, BREAD, *now])) == similar.find([TREES, BREAD, *now])
    assert ids(similar.find(many), many[9]) == [paper.id for paper in many[:6]]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=2, max_size=6))
def test_any_text_will_do(texts: list[tuple[str, str]]) -> None:
    papers = [Paper(id=f"p{n}", title=t, abstract=a) for n, (t, a) in enumerate(texts)]
    for paper, found in similar.find(papers).items():
        assert paper not in {near.paper for near in found}
