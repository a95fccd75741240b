"""The reader of BibTeX and BibLaTeX."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given

from generator.papers import Paper
from generator.sources import Reading, bibtex
from generator.sources.content import Content
from tests.sources.broken import check, fixture, mutated

MESSY = fixture("bibtex/messy.bib")


def read(data: bytes | str) -> Reading:
    return bibtex.read(Content(data.encode() if isinstance(data, str) else data, "a.bib"))


@pytest.fixture(scope="module")
def papers() -> Mapping[str, Paper]:
    return {paper.title: paper for paper in read(MESSY).papers}


def test_every_entry_is_a_paper_or_refused() -> None:
    reading = read(MESSY)
    assert [paper.sources[0].position for paper in reading.papers] == [
        *("byron2019", "ali2020", "round1", "broken1", "byron2019", "late", "corr"),
    ]
    assert (reading.records, reading.refused) == (8, 1)
    said = {problem.position: problem.reason for problem in reading.problems}
    assert "several entries have the key “byron2019”" in str(
        [problem.reason for problem in reading.problems]
    )
    assert "do not match" in said["broken1"]
    assert "no title" in said["untitled"]


def test_text_is_what_tex_would_print(papers: Mapping[str, Paper]) -> None:
    paper = papers[r"On the DNA of Ants: A $O(n \log n)$ Survey – Part 2"]
    assert [(author.name, author.family) for author in paper.authors] == [
        ("Ada Byron", "Byron"),
        ("José García", "García"),
        ("Jan van den Berg", "van den Berg"),
    ]
    assert paper.abstract == "We count ants.\n\nSee our code (https://github.com/ada/ants)."


def test_fields_are_those_of_the_entry(papers: Mapping[str, Paper]) -> None:
    paper = papers[r"On the DNA of Ants: A $O(n \log n)$ Survey – Part 2"]
    assert paper.venue == "Letters of the Ant, Series B"
    assert (paper.published, paper.doi) == ("2019-05", "10.5555/ants.1")
    assert paper.keywords == ("ants", "patience", "waiting")
    assert {link.kind: link.url for link in paper.links} == {
        "doi": "https://doi.org/10.5555/ants.1",
        "project": "https://ants.example/a_b%20c",
        "code": "https://github.com/ada/ants",
    }


def test_entry_has_what_it_lacks_from_the_one_it_refers_to(papers: Mapping[str, Paper]) -> None:
    paper = papers["Counting by Öyster"]
    assert (paper.venue, paper.published) == ("Proceedings of Counting", "2020")
    assert [author.name for author in paper.authors] == ["Ben Ali", "Ant Society, Berlin"]
    assert paper.id == "2005.01234"
    assert papers["RETRACTED: Ants Do Not Wait"].venue == "Annals of Data"
    assert papers["RETRACTED: Ants Do Not Wait"].published == "2011"


def test_retracted_is_marked_and_extended_names_are_names(papers: Mapping[str, Paper]) -> None:
    paper = papers["RETRACTED: Ants Do Not Wait"]
    assert paper.withdrawn == "retracted"
    assert [author.name for author in paper.authors] == ["Eve van Doe"]


def test_arxiv_id_stands_in_many_places(papers: Mapping[str, Paper]) -> None:
    assert papers["From a List"].arxiv == "1706.03762"
    for field in (
        "journal = {arXiv preprint arXiv:1706.03762}",
        "note = {arXiv:1706.03762v5 [cs.CL]}",
        "eprint = {1706.03762}, eprinttype = {arxiv}",
        "url = {https://arxiv.org/abs/1706.03762}",
    ):
        (paper,) = read("@article{a, title = {On Ants}, " + field + "}").papers
        assert paper.arxiv == "1706.03762", field
    (paper,) = read("@article{a, title = {On Ants}, eprint = {12345}, eprinttype = {jstor}}").papers
    assert paper.arxiv == ""


@pytest.mark.parametrize(
    ("fields", "known"),
    [
        ("date = {2004-07-01}", "2004-07-01"),
        ("date = {/2004-07}", "2004-07"),
        ("date = {2004-07/..}", "2004-07"),
        ("date = {199X}", ""),
        ("date = {2004?}", "2004"),
        ("year = {2004}, month = {7}, day = {3}", "2004-07-03"),
        ("year = 2004, month = jul # {~3}", "2004-07-03"),
        ('year = "2004", month = "July"', "2004-07"),
        ("year = {2004}, month = {Michaelmas}", "2004"),
    ],
)
def test_date_is_known_as_far_as_the_entry_says(fields: str, known: str) -> None:
    (paper,) = read("@article{a, title = {On Ants}, " + fields + "}").papers
    assert paper.published == known


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_file_may_be_in_another_encoding(encoding: str) -> None:
    (paper,) = read("@article{a, title = {Größe der Ameise}}".encode(encoding)).papers
    assert paper.title == "Größe der Ameise"


def test_declared_encoding_is_believed() -> None:
    text = "% Encoding: ISO8859_2\n@article{a, title = {Žluť}}"
    reading = read(text.encode("iso8859_2"))
    assert [paper.title for paper in reading.papers] == ["Žluť"]
    assert reading.problems == ()


def test_bibtex_is_told_from_other_text() -> None:
    assert bibtex.detect(Content(MESSY, "x"))
    assert bibtex.detect(Content(b"\xef\xbb\xbf@misc{a,\n title={B}}", "x"))
    for other in (b"@given(st.text(), b=1)\ndef f(): ...", b"a@b.org\n", b"@media print {\n}"):
        assert not bibtex.detect(Content(other, "x"))


@given(mutated(MESSY))
def test_broken_file_ends_in_a_reading_or_a_reason(data: bytes) -> None:
    check(bibtex, data)


@pytest.mark.parametrize(
    "bomb",
    [
        "@article{a, title = {" + "{" * 10**5,
        "@article{a, title = {x}, author = {" + "A and " * 10**5 + "B}}",
        "@article{a, title = {x}, crossref = {a}, xdata = {a}}",
        "".join(f"@article{{a{n}, title = {{\n" for n in range(2000)),
    ],
)
def test_bomb_ends(bomb: str) -> None:
    reading = read(bomb)
    assert reading.papers or reading.problems
