"""Topics: what counts as a sign, what a taxonomy may say, and how well ours knows its papers."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.build import owner
from generator.catalog import keyphrases, topics
from generator.catalog.taxonomy import Topic
from generator.model.errors import ConfigError
from generator.model.papers import Paper
from generator.text import fold, slug

ROOT = Path(__file__).parents[2]
DEMO = owner.load_topics(ROOT / "content/topics.yml")
LABELS: dict[str, list[str]] = yaml.safe_load(
    (ROOT / "tests/catalog/topic_labels.yml").read_text("utf-8")
)
PAGES = [
    pytest.param(ROOT / "content/sources/2025-08-07.txt", id="summaries of the demo catalog"),
    pytest.param(ROOT.parent / "shared/seeds/daily-papers.txt", id="abstracts of the daily page"),
]


def paper(title: str = "", abstract: str = "", keywords: tuple[str, ...] = ()) -> Paper:
    return Paper(id=fold(title + abstract), title=title, abstract=abstract, keywords=keywords)


def topic(
    name: str, *phrases: str, strong: tuple[str, ...] = (), veto: tuple[str, ...] = ()
) -> Topic:
    return Topic(slug=name, name=name, phrases=phrases, strong=strong, veto=veto)


def assigned(one: Paper, *taxonomy: Topic) -> tuple[str, ...]:
    return topics.assign([one], taxonomy)[0].topics


def long(text: str) -> str:
    """A text that is not a short one."""
    return text + " lorem" * topics.SHORT


# What matches


@pytest.mark.parametrize(
    ("phrase", "title"),
    [
        ("pre-training", "Pretraining for All"),
        ("pre-training", "On pre-training"),
        ("pre-training", "Better pre training"),
        ("pre-training", "PRE\u2010TRAINING, again"),
        ("mixture-of-experts", "Mixtures of Expert Models"),
        ("language model", "Large language models"),
        ("language models", "A language model"),
        ("memory", "Memories of machines"),
        ("naive bayes", "Na\u00efve Bayes"),
        ("fine-tuning", "\ufb01ne-tuning"),
        ("LLM", "\uff2c\uff2c\uff2d"),
        ("model weight", "Perception by the Model's Weights"),
        ("quantiz*", "Quantizing"),
        ("accelerat* LLM", "Accelerating LLMs"),
        ("N:M sparsity", "Learning N:M Sparsity"),
        ("text/image", "Text-image models"),
        (
            "\u043f\u0435\u0440\u0435\u0432\u043e\u0434",
            "\u041f\u0415\u0420\u0415\u0412\u041e\u0414",
        ),
    ],
)
def test_case_accents_plurals_and_hyphens_make_no_difference(phrase: str, title: str) -> None:
    assert assigned(paper(title), topic("t", phrase)) == ("t",)


def test_each_of_many_hyphens_is_a_space_or_nothing() -> None:
    phrase = " ".join(["pre-training"] * 40)
    mixed = " ".join(["pretraining", "pre training", "pre-training", "Pre-Training"] * 10)
    assert assigned(paper(mixed), topic("t", phrase)) == ("t",)
    assert assigned(paper(mixed.replace("Pre-", "Past-", 1)), topic("t", phrase)) == ()


@pytest.mark.parametrize(
    ("phrase", "title"),
    [
        ("asr", "Laser surgery"),
        ("agent", "Reagents"),
        ("agent", "Agentic"),
        ("pruning", "Prune"),
        ("long context", "Long video context"),
        ("pretraining", "pre training"),
        ("quantiz*", "Dequantized"),
    ],
)
def test_words_inside_other_words_do_not_match(phrase: str, title: str) -> None:
    assert assigned(paper(title), topic("t", phrase)) == ()


# How much it counts


def test_a_mention_in_the_title_is_enough_and_in_the_abstract_it_takes_three() -> None:
    other = topic("other", "other")
    for count, expected in ((2, ("other",)), (3, ("other", "pruning"))):
        text = long("Other and other and other and other: " + "pruning it " * count)
        assert assigned(paper("A title", text), topic("pruning", "pruning"), other) == expected
    assert "pruning" in assigned(
        paper("Pruning", long("other")), topic("pruning", "pruning"), other
    )


def test_a_strong_phrase_counts_twice() -> None:
    taxonomy = (topic("other", "other"), topic("pruning", "prune", strong=("structured pruning",)))
    text = long("Other and other and other. Structured pruning can prune.")
    assert "pruning" in assigned(paper("A title", text), *taxonomy)
    assert "pruning" not in assigned(paper("A title", text.replace("prune.", "")), *taxonomy)


def test_a_short_abstract_needs_one_mention_fewer() -> None:
    taxonomy = (topic("other", "other"), topic("pruning", "pruning"))
    text = "We study pruning, an old idea. Other and other and other. It is pruning."
    assert assigned(paper("A title", text), *taxonomy) == ("other", "pruning")
    assert assigned(paper("A title", long(text)), *taxonomy) == ("other",)


def test_a_mention_within_a_veto_phrase_does_not_count() -> None:
    pruning = topic("pruning", "pruning", veto=("token pruning",))
    assert assigned(paper("Token Pruning"), pruning) == ()
    assert assigned(paper("Token pruning and weight pruning"), pruning) == ("pruning",)


def test_phrases_that_overlap_or_touch_are_one_mention() -> None:
    experts = topic("moe", "mixture-of-experts", "expert", "MoE")
    one = paper("A title", "On mixture of experts (MoE).")
    assert [match.score for match in topics.matches(one, (experts,))] == [1]


def test_without_enough_of_anything_a_paper_gets_the_topic_it_mentions_most() -> None:
    taxonomy = (topic("a", "apple"), topic("b", "berry"))
    text = long("An apple, a berry and a berry.")
    assert assigned(paper("A title", text), *taxonomy) == ("b",)
    assert assigned(paper("A title", long("A pear.")), *taxonomy) == ()


def test_topics_come_strongest_first_and_else_in_the_order_of_the_taxonomy() -> None:
    taxonomy = (topic("a", "apple"), topic("b", "berry"), topic("c", "cherry"))
    assert assigned(paper("Cherry, berry, apple, cherry"), *taxonomy) == ("c", "a", "b")


def test_the_order_of_papers_makes_no_difference() -> None:
    papers = [paper("Pruning"), paper("Mamba"), paper("Pruning Mamba")]
    taxonomy = (topic("p", "pruning"), topic("m", "mamba"))
    assert topics.assign(papers[::-1], taxonomy) == topics.assign(papers, taxonomy)[::-1]


def test_an_explanation_names_the_phrases_and_what_was_too_little() -> None:
    taxonomy = (topic("p", "prun*"), topic("m", "mamba"))
    given, under = topics.explain(paper("Pruning", long("Pruned like Mamba.")), taxonomy)
    assert (given.topic, given.score, given.enough, given.given) == ("p", 4, 3, True)
    assert [(m.phrase, m.title, m.abstract, m.score) for m in given.matches] == [("prun*", 1, 1, 4)]
    assert (under.topic, under.score, under.given) == ("m", 1, False)


@given(st.text(), st.text(), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_can_be_matched_and_explored(title: str, abstract: str, words: list[str]) -> None:
    one = paper(title, abstract, tuple(words))
    topics.explain(one, DEMO)
    _, (tagged,) = keyphrases.invent([one])
    assert len(tagged.topics) == len(set(tagged.topics))


@given(
    st.lists(
        st.sampled_from(["pruning", "token", "of", "4-bit", "mamba", "experts", "MoE", "agent"])
    )
)
def test_an_unrelated_word_never_takes_a_topic_away(words: list[str]) -> None:
    before = assigned(paper(" ".join(words)), *DEMO)
    assert set(before) <= set(assigned(paper(" ".join([*words, "zyxt"])), *DEMO))


# What the file may say


def test_a_missing_or_empty_taxonomy_is_an_empty_one(tmp_path: Path) -> None:
    assert owner.load_topics(tmp_path / "topics.yml") == ()
    (tmp_path / "topics.yml").write_text("# nothing yet\n")
    assert owner.load_topics(tmp_path / "topics.yml") == ()


def test_a_taxonomy_is_read_as_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "topics.yml").write_text(
        "- slug: pruning\n  name: Pruning\n  description: Removing weights.\n"
        "  strong: [model pruning]\n  phrases: [prun*]\n  veto: [token pruning]\n"
    )
    assert owner.load_topics(tmp_path / "topics.yml") == (
        Topic(
            slug="pruning",
            name="Pruning",
            description="Removing weights.",
            strong=("model pruning",),
            phrases=("prun*",),
            veto=("token pruning",),
        ),
    )


@pytest.mark.parametrize(
    ("text", "culprit", "remedy"),
    [
        ("a: [", "topics.yml", "Mend it there"),
        ("a: b", "found keys and values", "Begin each topic with '- slug: …'"),
        ("- pruning", "topic 1: ", "Begin the topic with '- slug: …'"),
        ("- name: Pruning", "topic 1: expected a slug", "Add 'slug: …'"),
        ("- slug: pruning", "topic 1 (pruning): expected a name", "Add 'name: …'"),
        ("- {slug: a, name: A}\n- {slug: a, name: B}", "topic 2: ", "rename one"),
        ("- {slug: a, name: A, phrase: [b]}", "topic 1 (a): ", "Correct its spelling"),
        ("- {slug: A b, name: A}", "topic 1 (A b): ", "Choose another"),
        ("- {slug: index, name: A}", "topic 1 (index): ", "Choose another"),
        ("- {slug: a, name: 3}", "topic 1 (a): ", "needs quotes"),
        ("- {slug: 7, name: A}", "topic 1 (7): ", "needs quotes"),
        ("- {slug: a, name: A, description: }", "topic 1 (a): ", "Write some words"),
        ("- {slug: a, name: A, phrases: b}", "topic 1 (a): ", "one phrase a line"),
        ("- {slug: a, name: A, phrases: [no]}", "topic 1 (a): ", "needs quotes"),
        ("- {slug: a, name: A, veto: ['']}", "topic 1 (a): ", "Write some words"),
        ("- {slug: a, name: A, strong: ['*']}", "topic 1 (a): ", "before a star"),
        ("- {slug: a, name: A, strong: ['b*c']}", "topic 1 (a): ", "none behind it"),
        ("- {slug: a, name: A, phrases: ['--']}", "topic 1 (a): ", "Write letters or digits"),
    ],
)
def test_a_mistake_is_reported_with_the_topic_and_the_remedy(
    tmp_path: Path, text: str, culprit: str, remedy: str
) -> None:
    path = tmp_path / "topics.yml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        owner.load_topics(path)
    assert str(path) in str(caught.value)
    assert culprit in str(caught.value)
    assert remedy in str(caught.value)


# Without a taxonomy


def test_keywords_become_topics_whatever_their_spelling() -> None:
    papers = [
        paper("One", keywords=("Dense Vectors", "retrieval")),
        paper("Two", keywords=("retrieval", "dense-vector", "Index", "!?")),
    ]
    taxonomy, tagged = keyphrases.invent(papers)
    assert [t.name for t in taxonomy] == ["Dense Vectors", "Index", "retrieval"]
    assert [one.topics for one in tagged] == [
        ("dense-vectors", "retrieval"),
        ("retrieval", "dense-vectors", slug("Index")),
    ]
    assert slug("Index") != "index"


def test_phrases_that_papers_share_become_topics() -> None:
    papers = [
        paper("Speculative Decoding with Owls", "We propose a novel method."),
        paper("Fast speculative decoding", "Owls are used."),
        *(paper(f"A study of the {name}") for name in ("fox", "badger", "heron", "otter", "lynx")),
    ]
    taxonomy, tagged = keyphrases.invent(papers)
    assert [one.topics for one in tagged[:3]] == [
        ("speculative-decoding",),
        ("speculative-decoding",),
        ("fox",),
    ]
    assert "Speculative decoding" in [t.name for t in taxonomy]


def test_a_paper_has_at_most_three_invented_topics_and_at_least_one() -> None:
    papers = [paper(title, text) for title, text in sample() if title]
    taxonomy, tagged = keyphrases.invent(papers)
    assert {len(one.topics) for one in tagged} <= {1, 2, 3}
    assert {name for one in tagged for name in one.topics} == {t.slug for t in taxonomy}


def test_invented_topics_do_not_depend_on_the_order_of_papers() -> None:
    papers = [paper(title, text) for title, text in sample()]
    taxonomy, tagged = keyphrases.invent(papers)
    assert keyphrases.invent(papers[::-1]) == (taxonomy, tagged[::-1])


def test_a_paper_without_a_telling_word_has_no_invented_topic() -> None:
    assert keyphrases.invent([paper("The of and", "We propose a novel method.")]) == (
        (),
        (paper("The of and", "We propose a novel method."),),
    )


# The demo catalog's taxonomy


def sample() -> list[tuple[str, str]]:
    return read(ROOT / "content/sources/2025-08-07.txt")


def read(page: Path) -> list[tuple[str, str]]:
    """The titles and texts of a daily page, known by the titles that are labelled."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", page.read_text("utf-8"))]
    return [(title, text) for title, text in pairwise(blocks) if title in LABELS]


def test_the_demo_taxonomy_is_in_order() -> None:
    assert {name for labels in LABELS.values() for name in labels} <= {t.slug for t in DEMO}
    assert len(DEMO) == len({t.name for t in DEMO})
    for one in DEMO:
        assert re.fullmatch(r"[A-Z0-9][^.]*\.", one.description), one.slug
        phrases = [fold(phrase) for phrase in one.phrases + one.strong + one.veto]
        assert len(phrases) == len(set(phrases)), one.slug
        assert one.phrases, one.slug


@pytest.mark.parametrize("page", PAGES)
def test_the_demo_taxonomy_gives_the_topics_that_a_careful_reader_insists_on(page: Path) -> None:
    if not page.exists():
        pytest.skip(f"{page} is not there")
    papers = [paper(title, text) for title, text in read(page)]
    assert len(papers) == len(LABELS) == 78
    tagged = topics.assign(papers, DEMO)
    assert all(one.topics for one in tagged)
    right = sum(len(set(one.topics) & set(LABELS[one.title])) for one in tagged)
    assert right / sum(len(one.topics) for one in tagged) >= 0.9  # precision
    assert right / sum(map(len, LABELS.values())) >= 0.9  # recall
