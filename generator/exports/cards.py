r"""Cards: the picture of a paper that other sites show beside a link to it, drawn with Pillow.

A card is a PNG of four colours and 8 KB at most, with the paper's title, authors and topics. It
says within itself what it was drawn from.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Final

from generator.exports import fonts
from generator.exports.card_drawing import Card, draw
from generator.exports.fonts import Face, Texts, drawable
from generator.model import addresses
from generator.model.outputs import File
from generator.model.papers import Paper
from generator.model.settings import Settings
from generator.text import excerpt
from generator.text.unicode_math import readable

MOST_PAPERS: Final = 2_000
"""Catalogs of more papers have no cards unless they are asked for."""


def wanted(settings: Settings, papers: int) -> bool:
    """Whether a catalog of so many papers has cards."""
    if not settings.site_url:  # no other site could say where they are
        return False
    return settings.cards == "always" or (settings.cards == "auto" and papers <= MOST_PAPERS)


def files(papers: Iterable[Paper], settings: Settings, names: Mapping[str, str]) -> Iterator[File]:
    """The card of each paper, to be drawn if it is needed.

    Args:
        papers: those to draw.
        settings: those of the site.
        names: the names of topics, by slug.

    Raises:
        ConfigError: `card_font` cannot be read.
    """
    for paper in papers:
        planned = _card(paper, settings, names)
        yield File(addresses.card(paper.id), planned.key.encode(), partial(draw, planned))


def card(paper: Paper, settings: Settings, names: Mapping[str, str]) -> bytes:
    """The picture of one paper.

    Raises:
        ConfigError: `card_font` cannot be read.
    """
    return draw(_card(paper, settings, names))


@dataclass(frozen=True, slots=True)
class Undrawn:
    """Letters that are missing from cards, since no font for them has those."""

    papers: int = 0
    """How many papers miss some."""

    letters: dict[str, str] = field(default_factory=dict)
    """By the name of a script, the one that most papers miss: `{"Thai": "ก"}`."""


def undrawn(papers: Iterable[Paper], settings: Settings, names: Mapping[str, str]) -> Undrawn:
    """The letters that are missing from the cards of papers; the arguments are those of `files`."""
    every = [lost for paper in papers if (lost := _card(paper, settings, names).lost)]
    totals = Counter(chain.from_iterable(every))
    common = sorted(totals, key=lambda letter: (-totals[letter], letter))
    letters: dict[str, str] = {}
    for letter in common:
        letters.setdefault(_script(letter), letter)
    return Undrawn(len(every), dict(sorted(letters.items())))


def _script(letter: str) -> str:
    """The script of a letter, by its name in Unicode: `Thai`, `CJK`; `signs` for all else."""
    if unicodedata.category(letter) not in ("Lu", "Ll", "Lt", "Lo"):
        return "signs"
    word = unicodedata.name(letter, "others").partition(" ")[0]
    return word if word == "CJK" else word.capitalize()


def key(paper: Paper, settings: Settings, names: Mapping[str, str]) -> str:
    """Digest of all that the picture depends on, fonts and Pillow included; it is written in it."""
    return _card(paper, settings, names).key


# What stands on a card.


_TITLE, _NAME, _NOTE = 400, 60, 40
"""Characters of a title, of a name, and of a venue that are looked at."""

_TOPICS, _AUTHORS = 4, 8


def _card(paper: Paper, settings: Settings, names: Mapping[str, str]) -> Card:
    serif = fonts.faces(settings, fonts.SERIF)
    sans = fonts.faces(settings, fonts.SANS)
    lost: set[str] = set()

    def drawn(texts: Sequence[str], faces: Sequence[Face], most_lost: float = 0) -> Texts:
        shown = drawable(texts, faces, most_lost)
        lost.update(fonts.lost(texts, shown.face))
        return shown

    about = [excerpt(names[slug], _NAME) for slug in paper.topics[:_TOPICS]]
    note = paper.venue or (f"arXiv:{paper.arxiv}" if paper.arxiv else paper.date[: len("2025")])

    site = drawn([excerpt(settings.site_name, _NAME)], sans)
    words = readable(excerpt(paper.title, _TITLE)).translate(_ON_THE_LINE)
    title = drawn([words], serif, 1 / 3)
    topics = drawn(about, sans)
    authors = drawn([excerpt(author.name, _NAME) for author in paper.authors[:_AUTHORS]], sans)
    noted = drawn([excerpt(note, _NOTE)], sans, 1 / 3)
    if not title.words:
        # A title in letters that we lack: what it is about stands there, or at least where it is.
        title, topics = drawable([", ".join(about)], serif), Texts(sans[0])
    return Card(
        site=site,
        title=title if title.words else drawable([excerpt(settings.site_name, _NAME)], serif),
        authors=authors,
        others=len(paper.authors) - len(authors.words),
        topics=topics,
        note=noted,
        lost=frozenset(lost),
    )


_ON_THE_LINE: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉ᵢⱼₙ", "0123456789ijn")
"""What fonts for text have no lowered form of."""
