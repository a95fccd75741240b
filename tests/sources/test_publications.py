"""What kind of thing a record is, and where in its venue it stands, out of references and back."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from msgspec.structs import replace

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


EXPORTS = {
    "web-of-science": (
        "PT J\nAU Bee, C\nTI On Ants\nSO ANTS\nDT Article\nVL 3\nIS 2\nBP 4\nEP 9\n"
        "PU Ant Press\nER\n"
    ),
    "refworks": (
        "RT Journal Article\nA1 Bee,C\nT1 On Ants\nJF Ants\nVO 3\nIS 2\nSP 4\nOP 9\nPB Ant Press\n"
    ),
    "nbib": (
        "PMID- 7\nOWN - NLM\nVI  - 3\nIP  - 2\nTI  - On Ants\nPG  - 4-9\nAU  - Bee C\n"
        "PB  - Ant Press\nPT  - Journal Article\n"
    ),
    "refer": "%0 Journal Article\n%T On Ants\n%A C. Bee\n%V 3\n%N 2\n%P 4-9\n%I Ant Press\n",
    "endnote-xml": (
        '<xml><records><record><ref-type name="Journal Article">17</ref-type><titles><title>On Ants'
        "</title></titles><pages>4-9</pages><volume>3</volume><number>2</number>"
        "<publisher>Ant Press</publisher></record></records></xml>"
    ),
    "jats": (
        '<article article-type="research-article"><front><journal-meta><publisher><publisher-name>'
        "Ant Press</publisher-name></publisher></journal-meta><article-meta><title-group>"
        "<article-title>On Ants</article-title></title-group><volume>3</volume><issue>2</issue>"
        "<fpage>4</fpage><lpage>9</lpage></article-meta></front></article>"
    ),
}


EXPORTS |= {
    "mods": (
        '<mods><titleInfo><title>On Ants</title></titleInfo><relatedItem type="host"><originInfo>'
        "<publisher>Ant Press</publisher></originInfo><part><detail type='volume'><number>3"
        "</number></detail><detail type='issue'><number>2</number></detail><extent unit='page'>"
        "<start>4</start><end>9</end></extent></part></relatedItem></mods>"
    ),
    "crossref": (
        "<doi_records><doi_record><crossref><journal><publisher><publisher_name>Ant Press"
        "</publisher_name></publisher><journal_issue><journal_volume><volume>3</volume>"
        "</journal_volume><issue>2</issue></journal_issue><journal_article><titles><title>On Ants"
        "</title></titles><pages><first_page>4</first_page><last_page>9</last_page></pages>"
        "</journal_article></journal></crossref></doi_record></doi_records>"
    ),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_exports_say_where_in_its_venue_a_paper_stands(name: str) -> None:
    reading = read(EXPORTS[name].encode(), "export")
    place = reading.papers[0].publication
    assert reading.format == name
    assert place.type == ("article-journal" if name != "mods" else "")
    assert (place.volume, place.issue, place.pages, place.publisher) == (
        "3",
        "2",
        "4–9",
        "Ant Press",
    )


def test_pubmed_says_where_in_its_journal_an_article_stands() -> None:
    text = """<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID><Article><Journal>
    <ISSN>1234-5679</ISSN><JournalIssue><Volume>3</Volume><Issue>2</Issue></JournalIssue></Journal>
    <ArticleTitle>On Ants.</ArticleTitle><Pagination><StartPage>4</StartPage><EndPage>9</EndPage>
    </Pagination><PublicationTypeList><PublicationType>Journal Article</PublicationType>
    </PublicationTypeList></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""
    (paper,) = read(text.encode(), "a.xml").papers
    place = paper.publication
    assert (place.type, place.volume, place.issue, place.pages, place.issn) == (
        *("article-journal", "3", "2", "4–9", "1234-5679"),
    )
