"""The browser reads words as the build does: text folded alike, words stemmed alike."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from generator.search.words import fold, term
from tests.browser.conftest import Browse
from tests.browser.server import Host
from tests.text.test_text import NASTY

SUFFIX_LINES = (
    "ational tional enci anci izer bli alli entli eli ousli ization ation ator alism iveness"
    " fulness ousness aliti iviti biliti logi icate ative alize iciti ical ful ness al ance ence er"
    " ic able ible ant ement ment ent ou ism ate iti ous ive ize ion s es ies sses eed ed ing y e"
)
SUFFIXES = SUFFIX_LINES.split()
STARTS = [
    "",
    "y",
    "b",
    "tr",
    "yay",
    "sk",
    "hopp",
    "rel",
    "con",
    "é",
    "大",
    "x1",
    "fizz",
    "at",
    "iz",
]


@pytest.fixture
def page(browse: Browse, demo_host: Host) -> Page:
    """A page that has our words and lunr's stemmer."""
    opened = browse(f"{demo_host.url}about/")
    opened.evaluate(
        """async base => {
            self.words = await import(base + "assets/search/words.js");
            await new Promise((resolve) => {
                const script = document.createElement("script");
                script.src = base + "search/search.js";
                script.onload = resolve;
                document.head.append(script);
            });
        }""",
        demo_host.url,
    )
    return opened


def folded(page: Page, texts: list[str]) -> list[str]:
    return page.evaluate("texts => texts.map(text => words.fold(text))", texts)  # type: ignore[no-any-return]


def test_hostile_texts_are_folded_alike(page: Page) -> None:
    texts = [str(text) for text in NASTY]
    assert folded(page, texts) == [fold(text) for text in texts]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        # What a newer browser knows and this Python does not is left out.
        st.text(st.characters(codec="utf-8", exclude_categories=["Cn", "Cs"])),
        max_size=30,
    )
)
def test_any_text_is_folded_alike(page: Page, texts: list[str]) -> None:
    assert folded(page, texts) == [fold(text) for text in texts]


def test_words_are_stemmed_alike(page: Page) -> None:
    made = [start + one + two for start in STARTS for one in SUFFIXES for two in ("", *SUFFIXES)]
    words = sorted(word for word in made if term(word) is not None)
    stems = page.evaluate(
        "words => words.map(word => lunr.stemmer(new lunr.Token(word)).toString())", words
    )
    assert len(words) > 20_000
    assert stems == [term(word) for word in words]
