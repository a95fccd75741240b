"""Papers that are like a paper, and the words that say so."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import similar
from generator.papers import Paper
from generator.similar import Neighbour

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


def test_at_most_eight_are_named() -> None:
    many = [replace(DRAFTS, id=f"drafts-{number}") for number in range(20)]
    assert len(similar.find(many)["drafts-3"]) == similar.MOST == 8


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


def test_new_papers_change_the_lists_that_they_are_in_and_no_others() -> None:
    papers = shelf(700)
    before, after = similar.find(papers[:680]), similar.find(papers)
    new = {paper.id for paper in papers[680:]}
    changed = [paper for paper in before if before[paper] != after[paper]]
    assert 0 < len(changed) < len(before)
    assert all(new & {near.paper for near in after[paper]} for paper in changed)


def test_what_a_run_kept_makes_the_next_no_other(tmp_path: Path) -> None:
    papers = shelf(600)
    chance = random.Random(3)
    now = papers[:560]
    for step in range(12):
        some = chance.sample(now[512:], 8)  # older ones say how rare a word is
        now = [paper for paper in now if paper not in some[:3]]
        now += [replace(paper, title=f"{paper.title} again") for paper in some[:2]]
        now += [replace(paper, id=f"{paper.id}-{step}") for paper in some[5:]]
        now += papers[560 + 2 * step : 562 + 2 * step]
        found = similar.find(now, 2, tmp_path)
        assert found == similar.find(now)
        assert step == 0 or len(found.changed) < len(now)


def test_what_was_kept_may_be_damaged_in_any_way(tmp_path: Path) -> None:
    papers = shelf(40)
    right = similar.find(papers)
    similar.find(papers[:39], 1, tmp_path)
    for kind in ("state", "rows-*", "words-*", "rarity-*"):
        for broken in (lambda data: data[:-1], lambda data: data[::-1], lambda data: b""):
            for path in tmp_path.glob(kind):
                path.write_bytes(broken(path.read_bytes()))
            assert similar.find(papers, 1, tmp_path) == right
            similar.find(papers[:39], 1, tmp_path)
        for path in tmp_path.glob(kind):
            path.unlink()
        assert similar.find(papers, 1, tmp_path) == right


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=2, max_size=6))
def test_any_text_will_do(texts: list[tuple[str, str]]) -> None:
    papers = [Paper(id=f"p{n}", title=t, abstract=a) for n, (t, a) in enumerate(texts)]
    for paper, found in similar.find(papers).items():
        assert paper not in {near.paper for near in found}
