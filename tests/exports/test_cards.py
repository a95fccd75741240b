"""Cards: PNG files that say what a paper is."""

from __future__ import annotations

import dataclasses
import io
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image

from generator import text
from generator.exports import card_drawing, card_png, cards, fonts
from generator.model.papers import Author, Paper, Votes
from generator.model.settings import Settings
from tests import shelves
from tests.conftest import REPOSITORY

SITE = Settings(
    root=Path("/shelf"),
    pages=Path("/shelf/pages"),
    site_name="Papershelf",
    site_url="https://papershelf.example/",
)
NAMES = {"retrieval": "Retrieval", "ants": "Ants & bees"}
PAPER = Paper(
    id="typical",
    title="Simple Inference Acceleration with Many Decoding Heads for Language Models",
    abstract="We do.",
    authors=tuple(Author(name=f"{name} Lovelace") for name in ("Ada", "José", "Łukasz")),
    topics=("retrieval", "ants"),
    arxiv="2401.00001",
    published="2024-01-05",
)
RIGHT_MARGIN = 1120
SPINE = 14


def key(paper: Paper = PAPER, **settings: Any) -> str:
    return cards.key(paper, dataclasses.replace(SITE, **settings), NAMES)


def picture(paper: Paper = PAPER) -> Image.Image:
    image = Image.open(io.BytesIO(cards.card(paper, SITE, NAMES)))
    image.load()
    return image


def inked(image: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Whether anything but paper is in a part of a picture."""
    return image.crop(box).getextrema() != (0, 0)


# The picture


def test_card_is_a_small_picture_of_the_size_that_previews_want() -> None:
    image = picture()
    assert (image.format, image.mode, image.size) == ("PNG", "P", (1200, 630))


LONG = replace(
    PAPER,
    title="CHOrD: Generation of Collision-Free, House-Scale, and Organized Digital Twins for 3D "
    "Indoor Scenes with Controllable Floor Plans and Optimal Layouts",
    authors=tuple(Author(name=f"Given Family-Name {n}") for n in range(9)),
)


@pytest.mark.parametrize(
    "paper",
    [
        PAPER,
        LONG,
        replace(PAPER, title="Ants"),
        replace(PAPER, title="Sorting in $O(n^2 \\log n)$ Time: $\\alpha$-Divergences over $R^3$"),
        replace(PAPER, title="Εισαγωγή στη Θεωρία των Γλωσσικών Μοντέλων και των Εφαρμογών τους"),
        replace(PAPER, title="Нейронные Сети Глубокого Обучения и Их Применение в Науке и Технике"),
        replace(PAPER, title="Ways, of @ and & and % and §, to Write: More & More! " * 20),
        replace(PAPER, title="W" * 400, authors=LONG.authors, venue="Journal of Long Names " * 3),
    ],
    ids=lambda paper: paper.title[:20],
)
def test_card_has_few_bytes_whatever_stands_on_it(paper: Paper) -> None:
    assert len(cards.card(paper, SITE, NAMES)) <= card_drawing.MOST_BYTES == 8_000


def test_edges_of_letters_are_smooth() -> None:
    paper, edge, ink, accent = (count for count, _ in picture().getcolors() or ())
    assert paper > ink > edge > ink / 20
    assert accent > SPINE * 630


def test_long_title_is_drawn_whole_and_topics_give_way_to_it() -> None:
    other = picture(replace(LONG, title=LONG.title.replace("Layouts", "Layoots")))
    assert picture(LONG).tobytes() != other.tobytes()
    topics = (80, 550, 600, 600)
    assert inked(picture(), topics)
    assert not inked(picture(LONG), topics)


def test_card_is_the_same_in_every_process() -> None:
    code = (
        "import hashlib; from tests.exports.test_cards import *;"
        "print(hashlib.sha256(cards.card(PAPER, SITE, NAMES)).hexdigest())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1


def test_longer_title_is_smaller_and_the_longest_is_cut() -> None:
    def height(words: int) -> int:
        """The height of the capital that the title begins with."""
        letters = picture(Paper(id="x", title="Heads " * words)).crop((80, 120, 110, 240))
        rows = [y for y in range(letters.height) if inked(letters, (0, y, 30, y + 1))]
        return next((y for y in rows if y + 1 not in rows), 0) - rows[0]

    heights = [height(words) for words in (1, 12, 60, 90)]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] > heights[1] > heights[2] == heights[3]
    assert key(replace(PAPER, title="Heads " * 200)) == key(replace(PAPER, title="Heads " * 300))


@pytest.mark.parametrize(
    ("tex", "typed"),
    [
        ("Sorting in $O(n^2 \\log n)$ Time", "Sorting in O(n² log n) Time"),
        ("$\\alpha$-Divergence in $\\mathbb{R}^3$", "α-Divergence in R³"),
        ("The $\\ell_1$ Norm, $\\frac{1}{2}$ of It", "The ℓ1 Norm, 1/2 of It"),
        ("Rates for $\\epsilon \\rightarrow 0$", "Rates for ε -> 0"),
        ("$x^{k+1} \\leq \\sqrt{y}$", "x^(k+1) ≤ √y"),
        ("$\\widetilde{\\mathcal{O}}(2^{128})$", "Õ(2¹²⁸)"),
        ("\\(R^2\\) and $$H_0$$", "R² and H0"),
        ("It Costs $5 or $6", "It Costs $5 or $6"),
        ("$ \\unknown{x} $", "$ \\unknown{x} $"),
    ],
)
def test_mathematics_is_drawn_as_people_type_it(tex: str, typed: str) -> None:
    assert key(replace(PAPER, title=tex)) == key(replace(PAPER, title=typed))


def test_paper_whose_title_has_no_letters_here_shows_its_topics() -> None:
    chinese, korean = (replace(PAPER, title=title) for title in ("汉字 手册", "한국어 글자"))
    assert key(chinese) == key(korean) != key()
    assert inked(picture(chinese), (80, 130, RIGHT_MARGIN, 430))
    assert inked(picture(replace(chinese, topics=())), (80, 130, RIGHT_MARGIN, 430))


def test_thousands_of_authors_are_counted() -> None:
    many = replace(PAPER, authors=tuple(Author(name=f"Author {n}") for n in range(3000)))
    assert key(many) != key(replace(many, authors=many.authors[:2999]))
    assert inked(picture(many), (80, 320, RIGHT_MARGIN, 520))


TEXT = st.one_of(st.sampled_from(shelves.HOSTILE), st.text(max_size=80)).map(text.clean)


@settings(max_examples=60)
@given(TEXT, TEXT, TEXT)
def test_any_text_makes_a_card_within_its_margins(title: str, name: str, venue: str) -> None:
    paper = Paper(
        id="x",
        title=title,
        authors=(Author(name=name), Author(name="A")),
        venue=venue,
        topics=("odd",),
    )
    start = time.perf_counter()
    data = cards.card(paper, dataclasses.replace(SITE, site_name=name), {"odd": title})
    assert time.perf_counter() - start < 2
    image = Image.open(io.BytesIO(data))
    assert not inked(image, (SPINE, 0, 60, 630))
    assert not inked(image, (RIGHT_MARGIN + 30, 0, 1200, 630))


# What it depends on, and drawing it only once


@pytest.mark.parametrize(
    "other",
    [
        replace(PAPER, title="Another"),
        replace(PAPER, authors=PAPER.authors[1:]),
        replace(PAPER, topics=("ants",)),
        replace(PAPER, venue="Nature"),
        replace(PAPER, arxiv="2401.00002"),
    ],
)
def test_key_is_of_all_that_is_drawn(other: Paper) -> None:
    assert key(other) != key()
    assert cards.card(other, SITE, NAMES) != cards.card(PAPER, SITE, NAMES)


def test_key_is_also_of_the_names_of_site_and_topics() -> None:
    assert key(site_name="Other") != key()
    assert cards.key(PAPER, SITE, NAMES | {"ants": "Bees"}) != key()


def test_key_is_not_of_what_is_not_drawn() -> None:
    other = replace(PAPER, id="y", abstract="Else.", votes=Votes(upvotes=3), days=(date.today(),))
    assert key(other) == key()
    assert key(root=Path("/elsewhere"), papers_per_page=3) == key()


def test_card_says_what_it_was_drawn_from() -> None:
    data = cards.card(PAPER, SITE, NAMES)
    assert card_png.is_ours(data)
    assert card_png.is_ours(data, key())
    assert not card_png.is_ours(data, key(replace(PAPER, title="Another")))
    assert not card_png.is_ours(data[:-1], key())
    plain = io.BytesIO()
    Image.new("L", (1, 1)).save(plain, "PNG")
    assert not card_png.is_ours(plain.getvalue())
    assert not card_png.is_ours(b"")


# What no font has


def undrawn(*papers: Paper, **settings: Any) -> tuple[int, dict[str, str]]:
    found = cards.undrawn(papers, dataclasses.replace(SITE, **settings), NAMES)
    return found.papers, found.letters


def test_letters_that_no_font_has_are_named_by_script() -> None:
    papers = [
        PAPER,
        replace(PAPER, title="漢字 and 仮字"),
        replace(PAPER, title="字 and ع", authors=(Author(name="สมชาย"),)),
        replace(PAPER, title="Learning 👩\u200d💻 to Smile 🙂", venue="🙂"),
        replace(PAPER, title="José’s “Ω≈√” and Ελένη, Иван – $O(n^2)$"),
    ]
    count, letters = undrawn(*papers)
    assert count == 3
    assert (letters["CJK"], letters["Arabic"], letters["signs"]) == ("字", "ع", "👩")
    assert set(letters) == {"Arabic", "CJK", "Thai", "signs"}


def test_letters_that_fonts_have_are_not_named(tmp_path: Path) -> None:
    paper = replace(PAPER, title="The ʃɔːt Vowels")
    assert undrawn(PAPER) == (0, {})
    assert undrawn(paper) == (1, {"Latin": "ɔ", "signs": "ː"})
    lato = fonts.faces(SITE, fonts.SANS)[0].path
    assert undrawn(paper, root=Path(lato).parent, card_font=Path(lato).name) == (0, {})


def test_every_paper_has_its_card_and_its_key() -> None:
    papers = [replace(PAPER, id=f"p{n}", title=f"Paper {n}") for n in range(3)]
    files = list(cards.files(papers, SITE, NAMES))
    assert {file.path: file.make() for file in files} == {
        f"papers/{paper.id}.png": cards.card(paper, SITE, NAMES) for paper in papers
    }
    assert [file.key.decode() for file in files] == [
        cards.key(paper, SITE, NAMES) for paper in papers
    ]


# Whether there are any


@pytest.mark.parametrize(
    ("setting", "papers", "expected"),
    [
        ("auto", 2_000, True),
        ("auto", 2_001, False),
        ("always", 1_000_000, True),
        ("never", 1, False),
    ],
)
def test_large_catalogs_have_cards_only_when_asked(
    setting: str, papers: int, expected: bool
) -> None:
    assert cards.wanted(dataclasses.replace(SITE, cards=setting), papers) is expected


def test_without_the_address_of_the_site_there_are_none() -> None:
    assert not cards.wanted(dataclasses.replace(SITE, cards="always", site_url=""), 1)
