"""What Google Scholar shows, copied: each result is a paper, and nothing cut off is taken whole."""

from __future__ import annotations

from generator.sources import read
from generator.sources.content import Content
from generator.sources.formats import google_scholar
from tests.sources import fixture

SEARCH = """\
Articles
About 12,300 results (0.05 sec)
Any time
Sort by relevance
[PDF] ants.example
Scaling laws for ant colonies
M Kovacs, T Lindqvist, C Wei - Journal of Ant …, 2025 - Springer
We study how the size of a colony relates to the speed of its foraging …
Save Cite Cited by 12 Related articles All 3 versions
[HTML] light.example
[HTML] Are ants wise?
C Wei, …, T Lindqvist - Slow Light, 2024 - light.example
… Ants wait … we show that …
Save Cite Cited by 1200 Related articles All 13 versions Web of Science: 400
[CITATION] Ants
C Wei - 2001 - Ant Press
Save Cite Cited by 3 Related articles
"""


def test_alert_gives_titles_authors_venues_and_years() -> None:
    reading = read(fixture("google-scholar/alert.txt"), "alert.txt")
    assert (reading.format, reading.problems, reading.refused) == ("google-scholar", (), 0)
    first, second, third = reading.papers
    assert first.title == "Scaling laws for ant colonies"
    assert [author.name for author in first.authors] == ["M Kovacs", "T Lindqvist", "C Wei"]
    assert (first.venue, first.published) == ("Journal of Ant Research", "2025")
    assert second.title.endswith("what it tells those who write programs")
    assert (second.arxiv, second.venue) == ("2508.90001", "")
    assert (third.title, third.publication.type) == ("Bees and their houses", "book")
    assert [author.name for author in third.authors] == ["C Wei"]


def test_what_is_cut_off_is_left_out_and_counted() -> None:
    reading = read(fixture("google-scholar/alert.txt"), "alert.txt")
    assert [paper.abstract for paper in reading.papers] == [
        "",
        "Waiting is work. Ants know it.",
        "",
    ]
    assert reading.unused == (("snippet", 2),)


def test_search_gives_its_results_and_nothing_around_them() -> None:
    reading = read(SEARCH.encode(), "search.txt")
    assert (reading.format, reading.problems) == ("google-scholar", ())
    assert [(paper.title, paper.venue, paper.published) for paper in reading.papers] == [
        ("Scaling laws for ant colonies", "", "2025"),
        ("Are ants wise?", "Slow Light", "2024"),
        ("Ants", "", "2001"),
    ]
    assert [len(paper.authors) for paper in reading.papers] == [3, 2, 1]
    assert dict(reading.unused) == {"cited by": 3, "snippet": 2, "venue (cut off)": 1}


def test_address_of_a_mail_leads_to_the_paper() -> None:
    text = (
        "Slow Light\n"
        "<https://scholar.google.com/scholar_url?url=https://arxiv.org/pdf/2508.90002&hl=en>\n"
        "A Byron - Ants, 2025\nIt waits …\n\nGoogle Scholar sent this.\n"
    )
    (paper,) = read(text.encode(), "mail.txt").papers
    assert (paper.title, paper.arxiv) == ("Slow Light", "2508.90002")


def test_line_that_belongs_to_no_result_is_a_problem() -> None:
    reading = read(f"My notes on ants\n{SEARCH}More of my notes\n".encode(), "search.txt")
    assert [problem.position for problem in reading.problems] == ["line 19", "line 1"]
    assert len(reading.papers) == 3


def test_dashes_in_prose_are_no_results() -> None:
    text = (
        "Ants\nA Byron - who knew, in 2025, of ants - told us about Google Scholar.\nIt is nice.\n"
    )
    assert read(text.encode(), "text.txt").format != "google-scholar"


def test_no_results_are_a_problem() -> None:
    reading = google_scholar.read(Content(b"List alerts\nMore of my notes\n", "alert.txt"))
    assert reading.papers == ()
    assert [problem.position for problem in reading.problems] == ["line 2"]
