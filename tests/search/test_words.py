"""What becomes of a text before it is indexed. That the browser does the same: tests/browser."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.words import fold, term


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("State-of-the-Art (SOTA)!", "state of the art sota"),
        ("Jürgen Müller, Łukasz Kaiser, Søren Æbelø", "jurgen muller lukasz kaiser soren aebelo"),
        ("Strauß and Kızılırmak", "strauss and kizilirmak"),
        ("It’s Newton's, d’Alembert’s", "it newton d alembert"),
        ("GPT-4, Qwen2.5 and v1.0.", "gpt 4 qwen2.5 and v1.0"),
        ("a.b …and/or… 3. end", "a b and or 3 end"),
        ("$\\mathcal{O}(n \\log n)$ time", "o n n time"),
        ("ﬁne ℝ ½", "fine r 1 2"),
        ("大规模语言模型 BERT模型", "大规 规模 模语 语言 言模 模型 型 bert 模型 型"),
        ("한국어", "한국 국어 어"),
        ("データ", "デー ータ タ"),
        ("字", "字"),
        ("нейронные сети", "неиронные сети"),
        ("ΛΟΓΟΣ λόγος", "λογοσ λογοσ"),
        ("नमस्ते दुनिया", "नमस्ते दुनिया"),
        ("للعربية", "للعربية"),
        ("<script>alert(1)</script>", "script alert 1 script"),
        ("snake_case [MASK] C++", "snake case mask c"),
        ("", ""),
        (" - . ' ", ""),
    ],
)
def test_a_text_is_folded_to_its_words(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folded_text_is_words_with_one_space_between(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    letters = folded.replace(" ", "").replace(".", "")
    assert all(unicodedata.category(letter)[0] in "LNM" for letter in letters)


@given(st.text(alphabet=st.characters(codec="latin-1")))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("quantization", "quantiz"),
        ("quantized", "quantiz"),
        ("models", "model"),
        ("lay", "lay"),  # the package's own stemmer has "lai"
        ("try", "tri"),  # and "try"
        ("ies", "ie"),
        ("is", None),
        ("2.5", "2.5"),
        ("模型", "模型"),
    ],
)
def test_a_word_is_indexed_as_its_stem_and_a_stop_word_not_at_all(
    word: str, stem: str | None
) -> None:
    assert term(word) == stem
