"""Papers that are like a paper, and the words that say so."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate, islice, repeat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator import similar
from generator.model.fragments import Shard
from generator.model.papers import Paper
from generator.similar import Neighbour, kept, nearest, run
from generator.similar.counts import Rarity, count_papers

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


def counted_anew(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with each time that all is found anew."""
    times: list[int] = []

    def counting(shards: Sequence[Shard], settled: int, jobs: int) -> Rarity:
        times.append(settled)
        return count_papers(shards, settled, jobs)

    monkeypatch.setattr(run, "count_papers", counting)
    return times


def check(papers: list[Paper], later: Iterable[list[Paper]], folder: Path) -> None:
    """What a run finds after changes is what one finds that knows nothing of what was before."""
    similar.find(papers, 1, folder)
    for now in later:
        assert similar.find(now, 2, folder) == similar.find(now)


def going_on(
    papers: list[Paper], steps: int, chance: random.Random, words: list[str]
) -> Iterator[list[Paper]]:
    """The papers after some changes, after more, and so on."""
    return islice(accumulate(repeat(papers), lambda now, _: changes(chance, now, words)), 1, steps)


def look_at_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have so few papers be as good as many, of which few change."""
    for name in ("_SAME", "_SETTLED"):
        monkeypatch.setattr(run, name, 1)
    monkeypatch.setattr(nearest, "_EVERY", 1)


@pytest.mark.parametrize("seed", range(8))
def test_what_a_run_kept_serves_where_any_paper_changes(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_at_few(monkeypatch)
    monkeypatch.setattr(run, "SHARD", 16)
    monkeypatch.setattr(kept, "SHARD", 16)  # so that files are made one
    monkeypatch.setattr(kept, "_SEGMENTS", 3)
    anew = counted_anew(monkeypatch)
    chance = random.Random(seed)
    papers = shelf(48)
    check(papers, going_on(papers, 31, chance, WORDS[: 20 + 15 * seed]), tmp_path)
    assert 31 <= len(anew) < 45  # each is also found without what was kept


def test_a_word_becomes_common_and_is_so_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew = counted_anew(monkeypatch)
    few = [
        replace(paper, abstract=f"{paper.abstract} gadolinium") if n % 8 == 0 else paper
        for n, paper in enumerate(shelf(1_060))
    ]  # one in eight of the oldest 1,024
    many = [few[0], replace(few[1], title=few[0].title + " gadolinium"), *few[2:]]
    check(few, [many, few], tmp_path)
    assert len(anew) == 3


def test_of_papers_that_are_as_near_the_right_one_takes_the_place_of_one_that_went(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_at_few(monkeypatch)
    many = [replace(DRAFTS, id=f"drafts-{n:02}") for n in range(14)]
    now = [*many[:3], *many[4:], replace(DRAFTS, id="newest", days=(date(2025, 1, 1),))]
    check([TREES, BREAD, *many], [[TREES, BREAD, *now]], tmp_path)


def test_what_was_kept_may_be_damaged_in_any_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_at_few(monkeypatch)
    papers = shelf(40)
    before = [replace(papers[0], title="Sourdough"), *papers[1:39]]
    right = similar.find(papers)
    similar.find(before, 1, tmp_path)
    for kind in ("state", "rows-*", "words-*", "rarity-*", "terms-*"):
        for broken in (lambda data: data[:-1], lambda data: data[::-1], lambda data: b""):
            for path in tmp_path.glob(kind):
                path.write_bytes(broken(path.read_bytes()))
            assert similar.find(papers, 1, tmp_path) == right
            similar.find(before, 1, tmp_path)
        for path in tmp_path.glob(kind):
            path.unlink()
        assert similar.find(papers, 1, tmp_path) == right


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=2, max_size=6))
def test_any_text_will_do(texts: list[tuple[str, str]]) -> None:
    papers = [Paper(id=f"p{n}", title=t, abstract=a) for n, (t, a) in enumerate(texts)]
    for paper, found in similar.find(papers).items():
        assert paper not in {near.paper for near in found}
