"""Titles, authors and addresses in plain text, as people and pages lay them out."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources import Reading, read

ANTS, BEES, WASPS, MOTHS = (
    "Counting Ants in the Dark",
    "Do Bees Dream?",
    "Wasps, Jam and Us",
    "Towards Moths",
)
ADA, BO, CY = "Ada Ant, Bo Bee and Dora Dorn", "Emil Eel, Fay Fox", "Gus Gnu"
TRIPLE = [["Ada Ant", "Bo Bee", "Dora Dorn"], ["Emil Eel", "Fay Fox"], ["Gus Gnu"]]


def listed(text: str, file: str = "list.txt") -> Reading:
    return read(text.encode(), file)


def titles(found: Reading) -> list[str]:
    return [paper.title for paper in found.papers]


def authors(found: Reading) -> list[list[str]]:
    return [[author.name for author in paper.authors] for paper in found.papers]


# Titles and authors in turns

IN_TURNS = {
    "places of work in brackets": (
        f"Accepted Papers\n\n{ANTS}\nAda Ant (University of J), Bo Bee (Hive Lab), Dora Dorn\n\n"
        f"{BEES}\nEmil Eel (MIT), Fay Fox (MIT)\n\n{WASPS}\nGus Gnu (NTNU)\n"
    ),
    "places of work behind a comma": (
        f"{ANTS}\nAda Ant, Bo Bee, Dora Dorn, University of Jam\n{BEES}\nEmil Eel, Fay Fox, MIT\n"
        f"{WASPS}\nGus Gnu, NTNU\n"
    ),
    "places of work below": (
        f"{ANTS}\n{ADA}\nUniversity of Jam, Hive Lab\n\n{BEES}\n{BO}\nMIT\n\n{WASPS}\n{CY}\nNTNU\n"
    ),
    "no empty line": f"Main Conference Papers\n{ANTS}\n{ADA}\n{BEES}\n{BO}\n{WASPS}\n{CY}\n",
    "empty lines everywhere": f"Papers\n\n{ANTS}\n\n{ADA}\n\n{BEES}\n\n{BO}\n\n{WASPS}\n\n{CY}\n",
    "sessions": f"Session 1: Ants\n{ANTS}\n{ADA}\n{BEES}\n{BO}\nSession 2: Jam\n{WASPS}\n{CY}\n",
    "a decision below": f"{ANTS}\n{ADA}\nOral\n{BEES}\n{BO}\nPoster\n{WASPS}\n{CY}\nPoster\n",
    "a track below": (
        f"{ANTS}\n{ADA}\nMain Conference Track\n{BEES}\n{BO}\nDatasets and Benchmarks Track\n"
        f"{WASPS}\n{CY}\nMain Conference Track\n"
    ),
    "numbers": f"12. {ANTS}\n{ADA}\n17. {BEES}\n{BO}\n23. {WASPS}\n{CY}\n",
    "bullets": f"• {ANTS}\n  {ADA}\n• {BEES}\n  {BO}\n• {WASPS}\n  {CY}\n",
    "authors above": f"{ADA}\n{ANTS}\n{BO}\n{BEES}\n{CY}, Hal Hen\n{WASPS}\n",
    "authors in brackets": (
        f"Accepted Papers\n{ANTS} (Ada Ant, Bo Bee, Dora Dorn)\n{BEES} ({BO})\n{WASPS} ({CY})\n"
    ),
    "the name of the volume behind": (
        f"Volume 202: Meeting on Insects, 23-29 July 2025\n\n[edit]\nEditors: Hal Hen\n\n"
        f"[bib][citeproc]\n{ANTS}\n{ADA}; Proceedings of the Ants, PMLR 202:1-20\n\n"
        f"[abs][Download PDF][Supplementary PDF]\n{BEES}\n"
        f"{BO}; Proceedings of the Ants, PMLR 202:21-40\n\n[abs][Download PDF]\n{WASPS}\n"
        f"{CY}; Proceedings of the Ants, PMLR 202:41-60\n\n[abs][Download PDF][OpenReview]\n"
    ),
    "files of a conference": (
        f"Back\n{ANTS}\n    {ADA}\n    [pdf]\n    [supp]\n\n{BEES}\n    {BO}\n    [pdf]\n\n"
        f"{WASPS}\n    {CY}\n    [pdf]\n    [bibtex]\n"
    ),
}


@pytest.mark.parametrize("kind", IN_TURNS)
def test_titles_and_authors_take_turns(kind: str) -> None:
    found = listed(IN_TURNS[kind])
    assert titles(found) == [ANTS, BEES, WASPS]
    assert authors(found)[:2] == TRIPLE[:2]
    assert authors(found)[2][0] == "Gus Gnu"
    assert found.problems == ()


def test_talks_have_one_speaker_each() -> None:
    lines = (ANTS, "Ada Ant", BEES, "Bo Bee", WASPS, "Cy Wasp", MOTHS, "Dora Dorn")
    for gap in ("\n", "\n\n"):
        found = listed(f"Invited Talks{gap}{gap.join(lines)}\n")
        assert titles(found) == [ANTS, BEES, WASPS, MOTHS]
        assert authors(found) == [["Ada Ant"], ["Bo Bee"], ["Cy Wasp"], ["Dora Dorn"]]


def test_headings_between_papers_are_named_as_unused() -> None:
    assert listed(IN_TURNS["sessions"]).unused == (("heading", 1),)


NAMES = ("Ada Ant", "Bo Bee", "Jean-Luc de la Tour", "Cy Wasp", "王伟", "Erdős Pál")
TITLES = (ANTS, BEES, WASPS, MOTHS, "What Do Moths See at Night?", "Jam: A Survey of Jars")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(TITLES), st.lists(st.sampled_from(NAMES), min_size=2, unique=True)
        ),
        min_size=3,
        unique_by=lambda paper: paper[0],
    ),
    st.sampled_from(["\n", "\n\n"]),
    st.sampled_from(["", "Accepted Papers\n\n", "Oral Presentations\n", "Program\nTrack A: Jam\n"]),
)
def test_any_list_in_turns_is_its_papers(
    papers: list[tuple[str, list[str]]], gap: str, above: str
) -> None:
    rows = chain.from_iterable((title, ", ".join(people)) for title, people in papers)
    found = listed(above + gap.join(rows))
    assert list(zip(titles(found), authors(found), strict=True)) == papers


@pytest.mark.parametrize(
    "text",
    [
        "How to Add a List\nAda Ant\n\nPut it here. Then run the program, and look.\n",
        "Contents\nGetting Started\nHow to Read a List\nQuick Start\nWriting Readers\nUser Guide\n",
        "Ada Ant\nBo Bee\nCy Wasp\nDora Dorn\nEmil Eel\nFay Fox\n",
        "Thanks to\nAda Ant, Bo Bee\n\nand for jam to\nCy Wasp, Dora Dorn\n\nWe met on Monday.\n",
    ],
)
def test_names_in_prose_and_lists_of_people_are_no_papers(text: str) -> None:
    assert titles(listed(text, "README.txt")) == []


# Titles and addresses

OPENREVIEW = "https://openreview.net/forum?id=abcDEF12gh"
PAGE = "https://example.org/wasps"
WITH_ADDRESS = {
    "below": f"{ANTS}\n{{0}}\n\n{BEES}\n{{1}}\n\n{WASPS}\n{{2}}\n",
    "above": f"{{0}}\n{ANTS}\n\n{{1}}\n{BEES}\n\n{{2}}\n{WASPS}\n",
    "below, empty lines": f"{ANTS}\n\n{{0}}\n\n{BEES}\n\n{{1}}\n\n{WASPS}\n\n{{2}}\n",
    "below, no empty line": f"Reading list\n{ANTS}\n{{0}}\n{BEES}\n{{1}}\n{WASPS}\n{{2}}\n",
    "above, no empty line": f"{{0}}\n{ANTS}\n{{1}}\n{BEES}\n{{2}}\n{WASPS}\n",
    "behind a tab": f"{ANTS}\t{{0}}\n{BEES}\t{{1}}\n{WASPS}\t{{2}}\n",
    "behind a dash": f"{ANTS} - {{0}}\n{BEES} – {{1}}\n{WASPS} — {{2}}\n",
    "behind a colon": f"{ANTS}: {{0}}\n{BEES}: {{1}}\n{WASPS}: {{2}}\n",
    "before": f"{{0}} {ANTS}\n{{1}} {BEES}\n{{2}} {WASPS}\n",
    "in brackets": f"- {ANTS} ({{0}})\n- {BEES} ({{1}})\n- {WASPS} ({{2}})\n",
    "linked": f"[{ANTS}]({{0}})\n[{BEES}]({{1}})\n[{WASPS}]({{2}})\n",
    "in a letter": (
        f"Hi all,\n\nhere is what to read:\n\n1. {ANTS}\n   {{0}}\n\n2. {BEES}\n   {{1}}\n\n"
        f"3. {WASPS}\n   {{2}}\n"
    ),
    "in a chat": (
        f"[10:12 AM] Ada Ant\n{ANTS} {{0}}\n[10:13 AM] Bo Bee\n{BEES}\n{{1}}\n"
        f"[10:14 AM] Ada Ant\n{WASPS}\n{{2}}\n"
    ),
    "in another chat": (
        f"ada — Today at 10:12 AM\n{ANTS}\n{{0}}\nbo — Today at 10:20 AM\n{BEES}\n{{1}}\n"
        f"ada — Yesterday at 9:14 PM\n{WASPS}\n{{2}}\n"
    ),
}


@pytest.mark.parametrize("shape", WITH_ADDRESS)
@pytest.mark.parametrize(
    ("addresses", "known"),
    [
        (("https://arxiv.org/abs/2508.90001", "arXiv:2508.90002"), ["2508.90001", "2508.90002"]),
        (("https://arxiv.org/abs/2508.90001", OPENREVIEW), ["2508.90001", ""]),
        ((OPENREVIEW, "https://arxiv.org/abs/2508.90002"), ["", "2508.90002"]),
    ],
)
def test_address_belongs_to_the_title_beside_it(
    shape: str, addresses: tuple[str, str], known: list[str]
) -> None:
    if shape == "linked" and not addresses[1].startswith("http"):
        addresses = (addresses[0], "https://arxiv.org/pdf/2508.90002v1")
    found = listed(WITH_ADDRESS[shape].format(*addresses, PAGE))
    assert titles(found) == [ANTS, BEES, WASPS]
    assert [paper.arxiv for paper in found.papers] == [*known, ""]
    for paper, address in zip(found.papers, (*addresses, PAGE), strict=True):
        assert paper.arxiv or address in [link.url for link in paper.links]
    assert found.problems == ()


def test_second_address_below_a_title_is_a_link_of_its_paper() -> None:
    code, page = "https://github.com/ada/ants", "https://example.org/bees"
    found = listed(
        f"{ANTS}\nhttps://arxiv.org/abs/2508.90001\n{code}\n\n"
        f"{BEES}\n{page}\nhttps://arxiv.org/abs/2508.90002\n"
    )
    assert titles(found) == [ANTS, BEES]
    assert [paper.arxiv for paper in found.papers] == ["2508.90001", "2508.90002"]
    assert code in [link.url for link in found.papers[0].links]
    assert page in [link.url for link in found.papers[1].links]


def test_what_stands_below_the_last_paper_is_said() -> None:
    found = listed(
        f"1. {ANTS}\n   Ada Ant, Bo Bee\n   https://arxiv.org/abs/2508.90001\n\n"
        f"2. {BEES}\n   Emil Eel\n   https://arxiv.org/abs/2508.90002\n\nCheers,\nAda\n"
    )
    assert titles(found) == [ANTS, BEES]
    assert authors(found) == [["Ada Ant", "Bo Bee"], ["Emil Eel"]]
    assert [problem.position for problem in found.problems] == ["line 9", "line 10"]


def test_number_and_title_may_stand_in_the_line_of_the_id() -> None:
    found = listed(
        f"[1] arXiv:2508.90001 [pdf, html, other] Title: {ANTS}\n{ADA}\n"
        "Subjects: Machine Learning (cs.LG); Artificial Intelligence (cs.AI)\n"
        f"[2] arXiv:2508.90002 [pdf, other] Title: {BEES}\n{CY}\nSubjects: Learning (cs.LG)\n"
    )
    assert titles(found) == [ANTS, BEES]
    assert authors(found) == [TRIPLE[0], TRIPLE[2]]
    assert [paper.categories for paper in found.papers] == [("cs.LG", "cs.AI"), ("cs.LG",)]


# Numbers and bullets


MARKS = ("{}. ", "{}) ", "({}) ", "• ")
BELOW = (
    "https://arxiv.org/abs/2508.9000{}",
    "We show that jam holds in all {} cases that we know.",
)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("below", BELOW)
def test_numbers_and_bullets_of_a_list_are_not_of_its_titles(mark: str, below: str) -> None:
    text = "".join(
        f"{mark.format(place)}{title}\n{below.format(place)}\n\n"
        for place, title in enumerate((ANTS, BEES, WASPS), 1)
    )
    assert titles(listed(text)) == [ANTS, BEES, WASPS]


@pytest.mark.parametrize("title", ["• Bulleted Bees", "1) Numbered Bees", "3D) Odd But True"])
@pytest.mark.parametrize("below", BELOW)
def test_number_or_bullet_that_stands_alone_is_of_the_title(title: str, below: str) -> None:
    text = "".join(
        f"{each}\n{below.format(place)}\n\n" for place, each in enumerate((ANTS, title, WASPS), 1)
    )
    assert titles(listed(text)) == [ANTS, title, WASPS]


# Cards

WEEK = (
    """\
Daily Papers
by AK and the research community
Daily
Weekly
Monthly
Trending Papers
Week 32
Submitted by
 ada

245

{ANTS}

· 14 authors
  3

Submitted by
 bo

198

{WASPS}

Hive Lab
· 2 authors
  11

Submitted by
 cy
102
{BEES}
· 1 author
  2
Previous
Week 31
Next
""".replace("{ANTS}", ANTS)
    .replace("{BEES}", BEES)
    .replace("{WASPS}", WASPS)
)


@pytest.mark.parametrize("gap", [None, "\n", "\n\n"])
@pytest.mark.parametrize(
    "period", [("Week 32", "Week 31"), ("August 2025", "Jul"), ("2025-W32", "2025-W31")]
)
def test_card_needs_no_organization(gap: str | None, period: tuple[str, str]) -> None:
    text = WEEK.replace("Week 32", period[0]).replace("Week 31", period[1])
    if gap:
        text = gap.join(row for row in text.split("\n") if row.strip())
    found = listed(text, "2025-08-07.txt")
    assert titles(found) == [ANTS, WASPS, BEES]
    assert [paper.votes and paper.votes.upvotes for paper in found.papers] == [245, 198, 102]
    assert [paper.organizations for paper in found.papers] == [(), ("Hive Lab",), ()]
    assert found.problems == ()


def test_line_of_a_page_of_cards_that_is_no_card_is_said() -> None:
    text = WEEK.replace("Previous\nWeek 31\nNext\n", "A line that nobody knows\n")
    found = listed(text, "2025-08-07.txt")
    assert titles(found) == [ANTS, WASPS, BEES]
    assert ["nobody knows" in problem.reason for problem in found.problems] == [True]


def test_card_of_the_trending_page_needs_no_organization() -> None:
    found = listed(
        f"Trending Papers\n{ANTS}\nAnts are counted here, and nobody saw them.\nHive Lab\n ·\n"
        f"Aug 1, 2025\nUpvote\n245\nGitHub\n1.54k\narXiv Page\n\n"
        f"{BEES}\nBees sleep, as is shown in nine hives.\n·\nJul 22, 2025\nUpvote\n98\n"
        "GitHub 3.2k\narXiv Page\n"
    )
    assert titles(found) == [ANTS, BEES]
    assert [paper.published for paper in found.papers] == ["2025-08-01", "2025-07-22"]


def test_button_between_title_and_authors_parts_no_paper() -> None:
    paper = "{}\npdf icon\n{}\nPublished: 22 Jan 2025, Last Modified: 11 Mar 2025\nANTS 2025 Oral\n"
    head = "ANTS 2025 Conference\nAccept (oral)\nAccept (poster)\n"
    tail = "Readers: Everyone\nAbstract: We count ants.\nShow details\n"
    found = listed(head + "".join(paper.format(*one) + tail for one in ((ANTS, ADA), (BEES, BO))))
    assert titles(found) == [ANTS, BEES]
    assert authors(found) == TRIPLE[:2]
    assert {paper.abstract for paper in found.papers} == {"We count ants."}
