"""What fonts can draw, and where their lines end."""

from __future__ import annotations

import shutil
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.exports import fonts
from generator.exports.fonts import TIE, Face, drawable, width, wrapped
from generator.model.errors import ConfigError
from generator.model.settings import Settings

SETTINGS = Settings(root=Path("/shelf"), pages=Path("/shelf/pages"))
SERIF, SANS = (fonts.faces(SETTINGS, name) for name in (fonts.SERIF, fonts.SANS))
PILLOWS_OWN = (Face("", ""),)


def with_font(root: Path, content: bytes | None) -> Settings:
    if content is not None:
        (root / "fonts").mkdir()
        (root / "fonts/other.woff").write_bytes(content)
    return Settings(root=root, pages=root / "pages", card_font="fonts/other.woff")


# What can be drawn


@pytest.mark.parametrize("faces", [SERIF, SANS])
@pytest.mark.parametrize(
    "words", ["Plain ASCII", "José Łukasz Đặng", "“Smart” – quotes…", "α ≤ β²", "Иван", "Ελένη"]
)
def test_latin_greek_and_cyrillic_are_drawn_as_they_are(
    words: str, faces: tuple[Face, ...]
) -> None:
    assert drawable([words], faces).words == (words,)


@pytest.mark.parametrize("words", ["漢字", "한국어", "مرحبا", "שלום", "ไทย", "हिन्दी", "\ue123"])
def test_text_in_other_letters_is_left_out(words: str) -> None:
    assert drawable([words], SERIF, lost=1 / 3).words == ()


def test_a_name_is_drawn_whole_or_not_at_all() -> None:
    assert drawable(["Ada Lovelace", "Kim 민수"], SANS).words == ("Ada Lovelace",)


def test_of_a_longer_text_words_may_be_missing() -> None:
    title = "Learning 漢字 仮名 Recognition from Pictures 👩\u200d💻 of Signs"
    shown = "Learning … Recognition from Pictures of Signs"
    assert drawable([title], SERIF, lost=1 / 3).words == (shown,)


def test_sign_that_a_font_lacks_is_replaced_by_one_that_looks_alike() -> None:
    assert drawable(["Ｆinding 𝔸 well‑known A→B"], SERIF).words == ("Finding A well-known A->B",)


def test_what_is_lost_is_what_is_neither_drawn_nor_replaced() -> None:
    words = ["José’s e\u0301 well‑known 𝔸→B", "漢 ʃ ☃ \ue123\u200d", "Иван"]
    assert fonts.lost(words, SERIF[0]) == {"漢", "ʃ", "☃"}


def test_decomposed_accents_are_composed() -> None:
    assert drawable(["Jose\u0301"], SERIF).words == ("José",)


def test_accent_that_cannot_be_joined_to_its_letter_goes() -> None:
    assert drawable(["x\u0302 and q\u0301"], SANS).words == ("x and q",)


def test_without_the_fonts_of_mkdocs_accents_are_dropped_and_not_boxed() -> None:
    assert drawable(["José Łukasz Straße – “α”"], PILLOWS_OWN, lost=1 / 3).words == (
        "Jose Lukasz Strasse - …",
    )


@given(st.text(max_size=30))
def test_any_text_can_be_asked_for(text: str) -> None:
    for faces in (SERIF, PILLOWS_OWN):
        found = drawable([text], faces, lost=1)
        for line in found.words:
            wrapped(line, found.face, 40, 300)
            assert not any(unicodedata.category(c) in ("Co", "Cn", "Cs") for c in line)


# The font of a user


@pytest.fixture
def lato() -> bytes:
    """A font with letters that Roboto Slab lacks: those of phonetics."""
    return Path(SANS[0].path).read_bytes()


def test_other_font_is_for_what_the_first_one_lacks(tmp_path: Path, lato: bytes) -> None:
    first, other = fonts.faces(with_font(tmp_path, lato), fonts.SERIF)
    assert first == SERIF[0]
    assert drawable(["ʃɔːt"], (first,)).words == ()
    assert drawable(["ʃɔːt"], (first, other)) == fonts.Texts(other, ("ʃɔːt",))
    assert drawable(["short"], (first, other)).face == first


def test_font_is_known_by_what_is_in_it_and_not_by_where_it_lies(
    tmp_path: Path, lato: bytes
) -> None:
    settings = with_font(tmp_path, lato)
    _, here = fonts.faces(settings, fonts.SERIF)
    shutil.copytree(tmp_path / "fonts", tmp_path / "elsewhere/fonts")
    _, there = fonts.faces(
        Settings(root=tmp_path / "elsewhere", pages=tmp_path, card_font=settings.card_font),
        fonts.SERIF,
    )
    assert repr(here) == repr(there)
    assert repr(here) != repr(SERIF[0])
    assert str(tmp_path) not in repr(here)


def test_font_that_was_exchanged_is_another_one(tmp_path: Path, lato: bytes) -> None:
    settings = with_font(tmp_path, lato)
    before = fonts.faces(settings, fonts.SERIF)
    (tmp_path / "fonts/other.woff").write_bytes(Path(SERIF[0].path).read_bytes())
    assert fonts.faces(settings, fonts.SERIF) != before


@pytest.mark.parametrize("content", [None, b"", b"This is no font."])
def test_missing_or_broken_font_says_how_to_mend_it(tmp_path: Path, content: bytes | None) -> None:
    with pytest.raises(ConfigError) as raised:
        fonts.faces(with_font(tmp_path, content), fonts.SERIF)
    said = str(raised.value)
    assert "card_font: expected a TrueType or OpenType font" in said
    assert str(tmp_path / "fonts/other.woff") in said
    assert "remove the setting" in said


# Lines


def lines(text: str, room: int = 400) -> list[str]:
    return wrapped(text, SERIF[0], 40, room)


def test_lines_end_between_words_and_have_room() -> None:
    text = "Simple inference acceleration with many decoding heads for language models"
    found = lines(text)
    assert " ".join(found) == text
    assert all(width(line, SERIF[0], 40) <= 400 for line in found)
    for line, following in pairwise(found):
        assert width(f"{line} {following.partition(' ')[0]}", SERIF[0], 40) > 400


def test_words_that_are_tied_stay_together() -> None:
    assert lines(f"Simple acceleration by Ada{TIE}King{TIE}Noel") == [
        "Simple acceleration",
        f"by Ada{TIE}King{TIE}Noel",
    ]


def test_word_that_is_too_long_is_cut() -> None:
    found = lines("x" * 200)
    assert "".join(found) == "x" * 200
    assert all(width(line, SERIF[0], 40) <= 400 for line in found)


def test_ideographs_are_cut_anywhere_but_before_their_punctuation() -> None:
    face = PILLOWS_OWN[0]  # whose boxes all have one width
    room = int(width("漢" * 5, face, 40)) + 1
    assert wrapped("漢字漢字漢。字漢字", face, 40, room) == ["漢字漢字", "漢。字漢字"]


@given(st.text("ab 漢。\xa0", max_size=40), st.integers(20, 400))
def test_nothing_is_lost_between_lines(text: str, room: int) -> None:
    assert "".join(lines(text, room)).replace(" ", "") == text.replace(" ", "")
