"""Pages as they are copied today from sites of papers, and lists of ids: which papers they hold."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.papers import Paper, Votes
from generator.sources import Reading, read
from tests.sources import fixture

DAY = date(2025, 8, 7)
ANTS, BEES, WASPS = (
    "Ants at Work: A Study of Trails",
    "Bees Return in the Evening",
    "Wasps Are Misunderstood",
)
ADA_AND_BO = ["Ada Ant", "Bo Bee"]


def reading(name: str) -> Reading:
    return read(fixture(name), name)


def said(paper: Paper) -> dict[str, Any]:
    """What a page says of a paper, without what it leaves open."""
    votes = paper.votes or Votes()
    known = {
        "title": paper.title,
        "authors": [author.name for author in paper.authors],
        "abstract": paper.abstract.partition(".")[0],
        "days": [day.isoformat() for day in paper.days],
        "rank": paper.rank,
        "upvotes": votes.upvotes,
        "comments": votes.comments,
        "counted": votes.counted and votes.counted.isoformat(),
        "published": paper.published,
        "revised": paper.revised,
        "organizations": list(paper.organizations),
        "venue": paper.venue,
        "arxiv": paper.arxiv,
        "doi": paper.doi,
        "categories": list(paper.categories),
        "keywords": list(paper.keywords),
        "withdrawn": paper.withdrawn,
    }
    return {name: value for name, value in known.items() if value not in ("", [], None)}


ON = {"days": ["2025-08-07"]}
COUNTED = {**ON, "counted": "2025-08-07"}
ANTS_SAY, BEES_SAY, WASPS_SAY = (
    "Ants are studied often",
    "Bees return in the evening",
    "Wasps only want jam",
)

PAGES: dict[str, list[dict[str, Any]]] = {
    "daily-page/day-2025-08-07.txt": [
        {"title": ANTS, "upvotes": 117, "comments": 4, "organizations": ["Ada Lab"], **COUNTED},
        {"title": "AntNet", "upvotes": 56, **COUNTED},
        {"title": "1984", "comments": 2, **COUNTED},
    ],
    "daily-page/search-2025-08-07.txt": [
        {
            **{"title": ANTS, "abstract": ANTS_SAY, "upvotes": 101, "comments": 6, **COUNTED},
            **{"published": "2025-05-29", "organizations": ["Ada Lab"]},
        },
        {"title": BEES, "abstract": BEES_SAY, "published": "2024-02-27", **ON},
        {
            **{"title": "Wasps Want Jam…", "abstract": WASPS_SAY, "upvotes": 12, "comments": 9},
            **{"published": "2025-08-03", **COUNTED},
        },
    ],
    "daily-page/trending-2025-08-07.txt": [
        {
            **{"title": ANTS, "abstract": ANTS_SAY, "upvotes": 117, "published": "2024-10-04"},
            **{"organizations": ["Ada Lab"], **COUNTED},
        },
        {
            **{"title": f"{BEES}.", "abstract": BEES_SAY, "upvotes": 49, **COUNTED},
            "published": "2024-12-28",
        },
        {
            **{"title": "Wasps?", "abstract": WASPS_SAY, "upvotes": 22, "published": "2024-09-04"},
            **{"organizations": ["Wasp University"], **COUNTED},
        },
    ],
    "daily-page/alphaxiv.txt": [
        {
            **{"title": ANTS, "abstract": ANTS_SAY, "authors": ADA_AND_BO},
            "published": "2025-08-06",
        },
        {
            **{"title": BEES, "abstract": BEES_SAY, "authors": ["Dora Dorn"]},
            "published": "2025-08-05",
        },
    ],
    "daily-page/anthology.txt": [
        {"title": ANTS, "abstract": ANTS_SAY, "authors": [*ADA_AND_BO, "Jean-Luc de la Tour"]},
        {"title": BEES, "abstract": BEES_SAY, "authors": ["Dora Dorn"]},
    ],
    "daily-page/openreview.txt": [
        {
            **{"title": ANTS, "abstract": ANTS_SAY, "authors": ADA_AND_BO},
            **{"published": "2025-01-22", "venue": "ANTS 2025 Oral"},
            "keywords": ["ants", "trails"],
        },
        {
            **{"title": BEES, "authors": ["Dora Dorn"], "published": "2025-01-22"},
            "venue": "ANTS 2025 Poster",
        },
    ],
    "daily-page/papers-cool.txt": [
        {
            **{"title": ANTS, "abstract": ANTS_SAY, "authors": ADA_AND_BO},
            "published": "2025-08-05",
        },
        {
            **{"title": BEES, "abstract": BEES_SAY, "authors": ["Dora Dorn"]},
            "published": "2025-08-04",
        },
    ],
    "google-scholar/shared.txt": [
        {
            **{"title": ANTS, "authors": ["A Ant", "B Bee"]},
            **{"published": "2025", "arxiv": "2508.90001"},
        },
        {
            **{"title": BEES, "authors": ["D Dorn", "E Eel"]},
            **{"published": "2024", "venue": "Journal of Bees"},
        },
    ],
    "daily-page/accepted.txt": [
        {"title": ANTS, "authors": ADA_AND_BO},
        {"title": BEES, "authors": ["Dora Dorn"]},
        {"title": WASPS, "authors": ["Cy Wasp", "Emil Eel"]},
    ],
    "paper-ids/listing.txt": [
        {
            **{"title": ANTS, "abstract": ANTS_SAY, "authors": ADA_AND_BO, **ON},
            **{"arxiv": "2508.90001", "categories": ["cs.CL", "cs.AI"]},
        },
        {
            **{"title": BEES, "abstract": BEES_SAY, "authors": ["Dora Dorn"], **ON},
            **{"arxiv": "2508.90002", "categories": ["cs.LG"], "withdrawn": "withdrawn"},
        },
        {
            **{"title": WASPS, "authors": ["Cy Wasp"], **ON, "revised": "2025-08-07"},
            **{"arxiv": "2401.90003", "categories": ["cs.CL"]},
            "venue": "J. Jam 3 (2024) 1-20",
        },
    ],
    "paper-ids/search.txt": [
        {
            **{"title": ANTS, "abstract": ANTS_SAY, "authors": ADA_AND_BO},
            **{"arxiv": "2508.90001", "doi": "10.1000/ants.1", "categories": ["cs.CL", "cs.AI"]},
            "published": "2025-07-01",
        },
        {
            **{"title": BEES, "abstract": BEES_SAY, "authors": ["Dora Dorn"]},
            **{"arxiv": "2508.90002", "categories": ["cs.LG"], "published": "2025-08-04"},
        },
    ],
    "paper-ids/thread.txt": [
        {"title": ANTS, "abstract": ANTS_SAY, "arxiv": "2508.90001"},
        {"title": BEES, "abstract": BEES_SAY, "arxiv": "2508.90002"},
    ],
    "paper-ids/ids.txt": [
        {"title": "arXiv:2508.90001", "arxiv": "2508.90001"},
        {"title": "arXiv:cs/0501040", "arxiv": "cs/0501040"},
        {"title": "arXiv:2508.90002", "arxiv": "2508.90002"},
        {"title": "doi:10.1000/bees.2", "doi": "10.1000/bees.2"},
    ],
    "arxiv-mail/two.txt": [
        {
            **{"title": f"{ANTS}, of Those Who Leave Them and of Others", "abstract": ANTS_SAY},
            **{"authors": ["Ada Ant", "Jean-Luc de la Tour", "Erdős Pál"], **ON},
            **{"arxiv": "2508.90001", "doi": "10.1000/ants.1", "categories": ["cs.CL", "cs.AI"]},
            "published": "2025-08-06",
        },
        {
            **{"title": WASPS, "authors": ["Cy Wasp"], **ON, "arxiv": "2401.90003"},
            **{"categories": ["cs.CL"], "revised": "2025-08-06"},
        },
    ],
}
"""What each page says, by its file; the rank is its place in the list."""


@pytest.mark.parametrize("name", PAGES)
def test_page_is_its_papers(name: str) -> None:
    found = reading(name)
    ranked = [{**paper, "rank": rank} for rank, paper in enumerate(PAGES[name], 1)]
    assert ranked == [said(paper) for paper in found.papers]
    assert (found.problems, found.refused) == ((), 0)
    assert found.format == name.partition("/")[0]


CARDS = [name for name in PAGES if "2025-08-07" in name or "alphaxiv" in name]


@pytest.mark.parametrize("name", CARDS)
def test_empty_lines_on_a_page_of_cards_make_no_difference(name: str) -> None:
    text = fixture(name).decode()
    without = re.sub(r"\n+", "\n", text)
    for changed in (without, without.replace("\n", "\n\n"), text.replace("\n", "\r\n")):
        found = read(changed.encode(), name)
        assert [said(paper) for paper in found.papers] == [
            said(paper) for paper in reading(name).papers
        ]


ODD = (
    *("byT5 Reads Bytes", "Code: A Story of Bees", "ANTS 2025 Workshop Notes", "Why?", "A"),
    *("Note: All Ants March.", "Towards Bees…", "3 Bees", "Ada Lab"),
)
DAY_PAGE, SEARCH_PAGE = "daily-page/day-2025-08-07.txt", "daily-page/search-2025-08-07.txt"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        *((DAY_PAGE, title) for title in (*ODD, "42", "Community")),
        *((SEARCH_PAGE, title) for title in ODD),
    ],
)
def test_title_on_a_card_may_look_like_anything(name: str, title: str) -> None:
    text = fixture(name).decode().replace("AntNet" if name == DAY_PAGE else BEES, title)
    found = read(text.encode(), name).papers
    assert [paper.title for paper in found][1] == title
    assert len(found) == len(PAGES[name])


def test_page_of_cards_says_who_picked_them() -> None:
    assert reading("daily-page/day-2025-08-07.txt").curators == (
        (DAY, "AK and the research community"),
    )


def test_what_a_page_says_and_no_paper_has_a_place_for_is_named() -> None:
    assert reading("daily-page/papers-cool.txt").unused == (("subjects", 2),)
    assert reading("daily-page/openreview.txt").unused == (("summary", 1),)


def test_day_of_a_page_is_never_the_date_of_a_paper() -> None:
    text = fixture("daily-page/search-2025-08-07.txt").decode().replace("Aug 7\n", "")
    papers = read(text.encode(), "search.txt").papers
    assert [paper.days for paper in papers] == [(), (), ()]
    assert papers[1].published == "2024-02-27"


# Titles and addresses


ABSTRACT = "We show that it holds for all of them."
TITLES = ["Slow Light", "Attention is not enough.", "Can Ants Count?", "Towards Agents:", "AntNet"]


@st.composite
def named(draw: st.DrawFn) -> tuple[str, str, str]:
    title = draw(st.sampled_from(TITLES)) + draw(st.sampled_from(["", " of Bees", " in Summer"]))
    number = draw(st.integers(10_000, 99_999))
    return title, f"2508.{number}", draw(st.sampled_from(["", ABSTRACT]))


ADDRESSES = (
    *("https://arxiv.org/abs/{}", "arxiv.org/abs/{}v2", "https://arxiv.org/pdf/{}.pdf"),
    *("arXiv:{}", "https://huggingface.co/papers/{}", "https://www.alphaxiv.org/abs/{}"),
    "https://doi.org/10.48550/arXiv.{}",
)
SHAPES: dict[str, str] = {
    "below the title": "{title}\n{address}\n\n",
    "above the title": "{address}\n{title}\n\n",
    "behind the title": "{number}. {title} ({address})\n",
    "behind a dash": "- {title} - {address}\n",
    "before the title": "* {address}: {title}\n",
}


@pytest.mark.parametrize("shape", SHAPES)
@given(
    papers=st.lists(named(), min_size=2, max_size=6, unique_by=lambda paper: paper[1]),
    address=st.sampled_from(ADDRESSES),
)
def test_id_may_stand_anywhere_beside_its_title(
    shape: str, papers: list[tuple[str, str, str]], address: str
) -> None:
    text = "".join(
        SHAPES[shape].format(title=title, address=address.format(known), number=number)
        for number, (title, known, _) in enumerate(papers, 1)
    )
    found = read(text.encode(), "list.txt").papers
    assert [(title.rstrip(".:"), known) for title, known, _ in papers] == [
        (paper.title.rstrip(".:"), paper.arxiv) for paper in found
    ]


@given(
    st.lists(st.integers(10_000, 99_999), min_size=1, max_size=8, unique=True),
    st.sampled_from(ADDRESSES),
    st.sampled_from(["\n", "\n\n", "\r\n"]),
)
def test_list_of_ids_is_a_paper_a_line(numbers: list[int], address: str, end: str) -> None:
    text = end.join(address.format(f"2508.{number}") for number in numbers)
    found = read(text.encode(), "ids.txt")
    assert [f"2508.{number}" for number in numbers] == [paper.id for paper in found.papers]
    assert found.problems == ()


def test_date_above_a_list_of_ids_that_is_none_is_said() -> None:
    found = read(b"date: soon\n2508.90001\n2508.90002\n", "ids.txt")
    assert [problem.position for problem in found.problems] == ["line 1"]
    assert len(found.papers) == 2


def test_line_without_an_id_in_a_list_of_ids_is_said() -> None:
    found = read(b"2508.90001\n2508.90002\nask Ada\n2508.90003\n2508.90004\n", "ids.txt")
    assert [problem.position for problem in found.problems] == ["line 3"]
    assert len(found.papers) == 4


# Titles, authors and abstracts

NAMES = (
    *(
        "Ada Ant",
        "Bo Bee, Jean-Luc de la Tour",
        "Dora Dorn and Emil Eel",
        "Ada Ant · Bo Bee · 王伟",
    ),
    *("Ada Ant, Bo Bee, and Cy Wasp", "Ada Ant (Example University), Bo Bee (Other Lab)"),
    *("Ada Ant and Bo Bee, Example University; Cy Wasp, Other Lab", "A. Ant, B. C. Bee"),
    "Ada Ant1,2, Bo Bee2",
)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@given(
    st.lists(
        st.tuples(st.sampled_from(TITLES[1:]), st.sampled_from(NAMES)),
        min_size=1,
        unique_by=lambda paper: paper[0],
    )
)
def test_line_of_authors_below_a_title_names_them(gap: str, papers: list[tuple[str, str]]) -> None:
    papers = [("Slow Light", NAMES[1]), *papers, ("Compass Needle", NAMES[2])]
    for page in (
        "\n\n".join(gap.join(paper) for paper in papers),
        "\n\n".join(gap.join((*paper, ABSTRACT)) for paper in papers),
    ):
        found = read(f"Accepted Papers\n\nAug 7\n\n{page}\n".encode(), "2025-08-07.txt").papers
        assert [title for title, _ in papers] == [paper.title for paper in found]
        assert all(paper.authors for paper in found)
        assert found[0].authors[0].name == "Bo Bee"


@pytest.mark.parametrize(
    "page",
    [
        "1. Slow Light: A List\nAda Ant\n2. Compass Needle Points\nBo Bee\n"
        "3. Jam in Jars\nCy Li, Al Ma",
        "Slow Light: A List\nAda Ant, Bo Bee\n\nCompass Needle Points\nCy Wasp, Bo Bee\n",
    ],
)
def test_accepted_papers_need_no_day(page: str) -> None:
    found = read(page.encode(), "accepted.txt").papers
    assert found[0].title.startswith("Slow Light")
    assert found[1].title.startswith("Compass Needle")
    assert all(paper.authors for paper in found)


HARD = (
    *("Inference Scaling Laws: An Empirical Analysis, vs. Training.", "LLMs, RAG, Agents, etc."),
    *("What Comes Next After Attention...", "What Comes Next…", "Towards General Agents:"),
    *("• A Bulleted Title", "7) A Numbered Title", "3D) Odd But True", "42", "CoolNet", "Why?"),
    "To Think or Not? That Is The Question. A Long Study of Models and When They Should Stop To "
    "Think Before They Have Answered Anything At All",
)
SHORT = (
    *("We propose a new model for ants", "Can ants count, and if they can, how far do they count?"),
    *("It is short.", "Ants march. We count them.", "A study of jam!"),
)
BELOW = ("Code is available at this https URL", "Accepted at ANTS 2025 (Spotlight)", "12 pages")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(HARD), st.sampled_from(SHORT), st.sampled_from(["", "", "", *BELOW])
        ),
        min_size=1,
        max_size=6,
        unique_by=lambda paper: paper[0],
    )
)
def test_structure_of_the_page_and_not_the_look_of_a_line_decides(
    papers: list[tuple[str, str, str]],
) -> None:
    blocks = [block for paper in papers for block in paper if block]
    page = "\n\n".join(
        ("Daily Papers", "Aug 7", "A First Paper", "It has two sentences. Here is one.", *blocks)
    )
    found = read(page.encode(), "2025-08-07.txt").papers[1:]
    assert [title for title, _, _ in papers] == [paper.title for paper in found]
    assert ["\n\n".join(filter(None, paper[1:])) for paper in papers] == [
        paper.abstract for paper in found
    ]


# How conferences and people write their lists

WE = "We show that it holds."
LISTS: dict[str, str] = {
    "links below each paper": """\
Ants at Work: A Study of Trails
Ada Ant, Bo Bee
[pdf] [supp] [arXiv]
[bibtex]
Bees Return in the Evening
Dora Dorn
[pdf]
[bibtex]
""",
    "the volume behind the authors": """\
Ants at Work: A Study of Trails
Ada Ant, Bo Bee; Proceedings of the 9th Meeting on Insects, PMLR 202:1-20
[abs][Download PDF][OpenReview]

Bees Return in the Evening
Dora Dorn; Proceedings of the 9th Meeting on Insects, PMLR 202:21-40
[abs][Download PDF][OpenReview]
""",
    "posters": f"""\
Poster

Ants at Work: A Study of Trails

Ada Ant · Bo Bee

Hall 3 + Hall 2B #123

{WE}

Oral

Bees Return in the Evening

Dora Dorn

Hall 3 + Hall 2B #124

{WE}
""",
    "the front matter of a volume": """\
pdf bib
Proceedings of the 9th Meeting on Insects
Emil Eel | Fay Fox

pdf bib abs
Ants at Work: A Study of Trails
Ada Ant | Bo Bee

pdf bib abs
Bees Return in the Evening
Dora Dorn
""",
    "fields": f"""\
Title: Ants at Work: A Study of Trails
Authors: Ada Ant, Bo Bee
Abstract: {WE}

Title: Bees Return in the Evening
Author: Dora Dorn
Abstract: {WE}
""",
    "numbers of papers": """\
#12 Ants at Work: A Study of Trails
Authors: Ada Ant, Bo Bee

#57 Bees Return in the Evening
Authors: Dora Dorn
""",
    "numbers and a colon": """\
1234: Ants at Work: A Study of Trails
Ada Ant, Bo Bee

1301: Bees Return in the Evening
Dora Dorn, Emil Eel
""",
    "affiliations": f"""\
Ants at Work: A Study of Trails
Ada Ant and Bo Bee, Example University
{WE}

Bees Return in the Evening
Dora Dorn, Other Lab; Emil Eel and Fay Fox, Example University
{WE}
""",
    "a line each": """\
Papers for Thursday

- Ants at Work: A Study of Trails. Ada Ant, Bo Bee.
- Bees Return in the Evening. Dora Dorn, Emil Eel.
""",
    "a row of buttons beside the date": """\
Ants at Work: A Study of Trails
Ada Ant, Bo Bee
Published: 01 Feb 2023, 19:18, Last Modified: 13 Feb 2023\tANTS 2023 top 5%\tEveryone\tShow Bibtex
Bees Return in the Evening
Dora Dorn
Published: 01 Feb 2023, 19:18, Last Modified: 13 Feb 2023\tANTS 2023 poster\tEveryone\tShow Bibtex
""",
    "a date run together with the venue": """\
Ants at Work: A Study of Trails

Ada Ant, Bo Bee

13 Oct 2024 (modified: 02 Mar 2025)ANTS 2025 OralReaders: Everyone

Bees Return in the Evening

Dora Dorn

13 Oct 2024 (modified: 02 Mar 2025)ANTS 2025 OralReaders: Everyone
""",
    "a mail of Google Scholar": """\
Google Scholar

[PDF] Ants at Work: A Study of Trails
https://scholar.google.com/scholar_url?url=https://arxiv.org/pdf/2508.90001&hl=en
Ada Ant, Bo Bee - arXiv preprint arXiv:2508.90001, 2025

Bees Return in the Evening
https://scholar.google.com/scholar_url?url=https://example.org/bees&hl=en
Dora Dorn, Emil Eel - Journal of Bees, 2024

This message was sent by Google Scholar because you follow new results.
""",
    "a table of contents": """\
RESEARCH-ARTICLE
Ants at Work: A Study of Trails
Ada Ant, Bo Bee
Pages 1–20
https://doi.org/10.1000/1.1
RESEARCH-ARTICLE
Bees Return in the Evening
Dora Dorn, Emil Eel
Pages 21–40
https://doi.org/10.1000/1.2
""",
    "references": """\
[1] Ada Ant, Bo Bee. Ants at Work: A Study of Trails. Insects 3 (2025). doi:10.1000/ants.1
[2] Dora Dorn and Emil Eel. Bees Return in the Evening. arXiv:2508.90002, 2025.
""",
}


@pytest.mark.parametrize("kind", LISTS)
def test_list_is_read_as_conferences_and_people_write_it(kind: str) -> None:
    found = read(LISTS[kind].encode(), "list.txt")
    assert [paper.title for paper in found.papers] == [ANTS, BEES]
    assert [author.name for author in found.papers[0].authors] == ADA_AND_BO
    assert found.papers[1].authors[0].name == "Dora Dorn"
    assert {paper.abstract for paper in found.papers} <= {"", WE}
    assert found.problems == ()


def test_reference_in_the_style_of_the_apa_is_turned_round() -> None:
    text = (
        "Ant, A. C., & Bee, B. (2025). Ants at work: A study. Insects, 3(1), 1–20. "
        "https://doi.org/10.1000/ants.1\n"
        "Dorn, D. (2024). Bees return. Bees, 2. https://doi.org/10.1000/bees.2\n"
    )
    ants, bees = read(text.encode(), "references.txt").papers
    assert [author.name for author in ants.authors] == ["A. C. Ant", "B. Bee"]
    assert (ants.title, ants.published) == ("Ants at work: A study", "2025")
    assert (bees.title, bees.doi) == ("Bees return", "10.1000/bees.2")
