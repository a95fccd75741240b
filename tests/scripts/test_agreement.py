"""Scripts read words and queries as the build does."""

from __future__ import annotations

import re
from dataclasses import astuple
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.search import queries
from generator.search.index import BOOSTS
from generator.search.words import fold, fold_sought, term
from tests.nasty import NASTY
from tests.scripts.conftest import Ask

FIELDS = list(BOOSTS)

ANY = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

# What a newer Node.js knows and this Python does not is left out.
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cn", "Cs"])

PIECES = st.sampled_from(
    [
        *(
            "ants",
            "Müller",
            "GPT-4",
            "2.5",
            "大模型",
            "字",
            "\\alpha",
            "a*b",
            "*",
            "**",
            "code",
            "pdf",
        ),
        *("title:", "author:", "YEAR:", "has:", "nofield:", "constructor:", "http:", "doi:"),
        *(
            "year:2020..2022",
            "year:>=2021",
            "year:..2020",
            "year:<2020",
            "2305.02309v2",
            "10.1038/x",
        ),
        *("~1", "~9", "^3", "~", "^", "+", "-", '"', "“", "„", "—", " ", " ", " ", "\u00a0"),
        *(
            "\x1f",
            "\x85",
            "\ufeff",
            "٣",
            "²",
            "İ",
            "_",
            "/",
            ".",
            "..",
            "2020.acl-main.1",
            "arxiv:",
        ),
    ]
)
TYPED = st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text(LETTERS))

SUFFIX_LINES = (
    "ational tional enci anci izer bli alli entli eli ousli ization ation ator alism iveness"
    " fulness ousness aliti iviti biliti logi icate ative alize iciti ical ful ness al ance ence er"
    " ic able ible ant ement ment ent ou ism ate iti ous ive ize ion s es ies sses eed ed ing y e"
)
SUFFIXES = SUFFIX_LINES.split()
START_LINE = "y b tr yay sk hopp rel con é 大 x1 fizz at iz"
STARTS = ["", *START_LINE.split()]


@pytest.mark.parametrize("text", [str(text) for text in NASTY])
def test_hostile_texts_are_folded_alike(ask: Ask, text: str) -> None:
    assert ask("search/words", "fold", text) == fold(text)


@ANY
@given(st.text(LETTERS))
def test_any_text_is_folded_alike(ask: Ask, text: str) -> None:
    assert ask("search/words", "fold", text) == fold(text)
    assert ask("search/words", "foldSought", text) == fold_sought(text)


def test_words_are_stemmed_alike(ask: Ask) -> None:
    made = [start + one + two for start in STARTS for one in SUFFIXES for two in ("", *SUFFIXES)]
    words = sorted(word for word in made if term(word) is not None)
    assert len(words) > 20_000
    assert [ask("search/snippets", "stem", word) for word in words] == [
        term(word) for word in words
    ]


@ANY
@given(TYPED)
def test_queries_are_read_alike(ask: Ask, typed: str) -> None:
    read = queries.read(typed, FIELDS)
    theirs = ask("search/query", "read", typed, FIELDS)
    assert _without_boosts(theirs["clauses"]) == [_clause(one) for one in read.clauses]
    assert theirs["phrases"] == [
        {"words": list(one.words), "fields": list(one.fields), "prohibited": one.prohibited}
        for one in read.phrases
    ]
    assert bool(theirs["problem"]) == bool(read.problem)
    assert [_filter(one) for one in theirs["filters"]] == [astuple(one) for one in read.filters]


@ANY
@given(TYPED)
def test_ids_are_read_alike(ask: Ask, typed: str) -> None:
    assert set(ask("search/query", "ids", typed)) == queries.ids(typed)


def _without_boosts(clauses: list[str]) -> list[str]:
    return [re.sub(r"~0(?=\^|$)|\^\d+$", "", clause) for clause in clauses]


def _clause(one: queries.Clause) -> str:
    field = f"{one.fields[0]}:" if len(one.fields) == 1 else ""
    return one.sign + field + one.word + (f"~{one.distance}" if one.distance else "")


def _filter(one: dict[str, Any]) -> tuple[object, ...]:
    known = ("has",) if "has" in one else ("from", "to")
    return (*(one[key] for key in known), one["prohibited"])
