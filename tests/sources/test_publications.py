"""What kind of thing a record is, and where in its venue it stands, out of references and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from generator.exports import citations
from generator.model.papers import Author, Paper, Publication
from generator.sources import read

EDITORS = (
    Author(name="Grace Hopper", family="Hopper"),
    Author(name="Aäron van den Oord", family="van den Oord"),
)
PAPER = Paper(id="x", title="On Ants", authors=(Author(name="Ada Marsh"),), published="2021")
JOURNAL = Publication(
    type="article-journal", volume="7", issue="OOPSLA1", pages="1–20", issn="2049-3630"
)
CONFERENCE = Publication(
    type="paper-conference",
    volume="36",
    pages="1–20",
    publisher="PMLR",
    place="Honolulu",
    series="Proceedings of Ant Research",
    editors=EDITORS,
    isbn="978-3-16-148410-0",
    language="en",
)
CHAPTER = Publication(type="chapter", edition="2", volume="3", pages="7", editors=EDITORS)
BOOK = Publication(type="book", publisher="Ant Press", place="Rome", edition="3")
PHD = Publication(type="thesis", genre="PhD thesis", place="Rome")
MASTERS = Publication(type="thesis", genre="Master’s thesis")
REPORT = Publication(type="report", genre="Technical report", number="TR-7")
VENUES = [
    ("Ant Letters", JOURNAL),
    ("ICML", CONFERENCE),
    ("The Book of Ants", CHAPTER),
    ("", BOOK),
    ("Ant University", PHD),
    ("Ant University", MASTERS),
    ("Ant Institute", REPORT),
]


def csl(paper: Paper, key: str) -> str:
    return json.dumps([citations.csl(paper, key)])


@pytest.mark.parametrize(
    "make",
    [citations.bibtex, citations.biblatex, citations.ris, csl],
    ids=["bibtex", "biblatex", "ris", "csl"],
)
@pytest.mark.parametrize(("venue", "publication"), VENUES)
def test_what_goes_out_comes_back(
    make: Callable[[Paper, str], str], venue: str, publication: Publication
) -> None:
    paper = replace(PAPER, venue=venue, publication=publication)
    reading = read(make(paper, "key").encode(), "own")
    (back,) = reading.papers
    assert reading.problems == ()
    assert citations.kind(back) == citations.kind(paper)
    said, meant = back.publication, publication
    if publication.type in ("thesis", "report"):  # the institution is their venue, or their issuer
        assert venue in (back.venue, said.publisher)
        said = replace(said, publisher="")
    assert said == meant


def test_an_id_of_arxiv_is_no_volume() -> None:
    entry = "@article{a, title={On Ants}, journal={CoRR}, volume={abs/2508.90001}}"
    (paper,) = read(entry.encode(), "a.bib").papers
    assert (paper.arxiv, paper.publication.volume) == ("2508.90001", "")
