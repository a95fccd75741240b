"""The lists of papers: front page, days, months, years, topics and titles, cut into pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalog.listings.authors import least
from generator.catalog.listings.paging import common
from generator.catalog.taxonomy import Topic
from generator.model.papers import Author, Link, Paper, Votes
from generator.pages import indexes
from tests.pages.written import arrived, front_matter, links, paper, written

DAY = date(2025, 5, 1)


def many(count: int, day: date | None = DAY, name: str = "Paper") -> list[Paper]:
    return [paper(f"{name} {number:04}", day, number) for number in range(1, count + 1)]


def entries(page: str) -> list[str]:
    """The titles of the papers on a page, in order, whether they are entries or lines."""
    return [
        unescape(title)
        for title in re.findall(r'<li class="ps-entry"[^>]*>(?:<h\d>)?<a[^>]*>(.*?)</a>', page)
    ]


def parts(page: str) -> dict[str, str]:
    """What a page offers to go to: `{name and number: where}`."""
    row = re.search(r'<ul class="ps-parts".*?</ul>', page, re.DOTALL)
    pairs = re.findall(r'<a href="([^"]*)">(.*?)</a>', row[0]) if row else []
    return {re.sub(r"<[^>]*>", "", name): link for link, name in pairs}


def beside(page: str) -> dict[str, int]:
    """The topics beside a list, with their numbers."""
    rows = re.findall(r'<span>(.*?)</span> <span class="ps-number">(\d+)</span>', page)
    return {unescape(name): int(number) for name, number in rows}


# Paging


def pages_of(found: Mapping[str, str], start: str) -> list[str]:
    """The addresses of a list's pages, as the links to the next one lead through them."""
    addresses = [start]
    while onward := links(found[addresses[-1]], 'rel="next"'):
        addresses.append(arrived(addresses[-1], onward[0]))
    return addresses


@pytest.mark.parametrize(
    ("count", "per_page", "listed", "newest"),
    [
        (1, 50, [1], [1]),
        (50, 50, [50], [50]),
        (51, 50, [50, 1], [51]),
        (299, 50, [50, 50, 50, 50, 50, 49], [299]),
        (300, 50, [50, 50, 50, 50, 50, 50], [100, 200]),
        (10, 3, [3, 3, 3, 1], [10]),
        (40, 3, [3] * 13 + [1], [16, 12, 12]),
        (8, 1, [1] * 8, [4, 4]),
    ],
)
def test_list_is_cut_into_pages_that_hold_every_paper_once(
    count: int, per_page: int, listed: list[int], newest: list[int]
) -> None:
    found = written(*many(count), papers_per_page=per_page)
    for start, expected in {
        "days/2025-05-01/": listed,
        "days/2025-05/": newest,
        "days/2025/": newest,
        "titles/": None,
    }.items():
        pages = pages_of(found, start)
        on_pages = [entries(found[address]) for address in pages]
        assert [title for titles in on_pages for title in titles] == [
            one.title for one in many(count)
        ]
        if expected:
            assert [len(titles) for titles in on_pages] == expected
        assert {address for address in found if address.startswith(start)} == {*pages}


def test_page_of_titles_has_from_half_the_papers_to_twice_as_many() -> None:
    found = written(*many(500), papers_per_page=7)  # and so about 21 lines
    sizes = [len(entries(found[address])) for address in pages_of(found, "titles/")]
    assert all(10 <= size <= 42 for size in sizes[:-1])
    assert 500 / 30 < len(sizes) < 500 / 15


def test_fifty_papers_are_on_a_page_unless_set_otherwise() -> None:
    assert len(entries(written(*many(60))["days/2025-05-01/"])) == 50


def test_pages_of_a_list_lead_forward_and_back() -> None:
    found = written(*many(5), papers_per_page=2)
    start = "days/2025-05-01/"
    pages = [start, f"{start}2/", f"{start}3/"]
    back = [[arrived(a, link) for link in links(found[a], 'rel="prev"')] for a in pages]
    forward = [[arrived(a, link) for link in links(found[a], 'rel="next"')] for a in pages]
    assert back == [[], [pages[0]], [pages[1]]]
    assert forward == [[pages[1]], [pages[2]], []]
    fronts = [front_matter(found[address]) for address in pages]
    assert [arrived(pages[1], fronts[1][key]) for key in ("previous", "next")] == pages[::2]
    assert "previous" not in fronts[0]
    assert "next" not in fronts[2]
    assert [front["title"].partition(", page ")[2] for front in fronts] == ["", "2", "3"]
    assert "5 papers" in found[start]
    assert "on 3 pages" in found[start]
    assert "Page 2" in found[pages[1]]


def test_list_with_the_newest_first_is_numbered_from_its_oldest_page() -> None:
    found = written(*many(160), papers_per_page=2)
    pages = pages_of(found, "days/2025/")
    assert pages == ["days/2025/", *(f"days/2025/{number}/" for number in range(19, 0, -1))]
    assert "page 12 from the oldest" in front_matter(found["days/2025/12/"])["title"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("days/2025-05-01/10/", ["1", "…", "8", "9", "10", "11", "12", "…", "20"]),
        ("days/2025/10/", ["Newest", "…", "12", "11", "10", "9", "8", "…", "1"]),
        ("days/2025/", ["Newest", "19", "18", "…", "1"]),
    ],
)
def test_pager_names_the_ends_and_the_neighbours_alone(address: str, expected: list[str]) -> None:
    count = 40 if "-" in address else 160
    page = written(*many(count), papers_per_page=2)[address]
    pager = page[page.index('<nav class="ps-pager"') :]
    shown = re.findall(r"<(?:span|a (?!rel)).*?>(.+?)<", pager)
    assert shown == expected
    own = address.split("/")[2]
    assert re.findall(r'aria-current="page">(.+?)<', pager) == [own or "Newest"]


def test_new_paper_changes_only_the_first_pages_of_its_lists() -> None:
    papers = many(100, name="Ants")
    before = written(*papers, papers_per_page=5)
    for count in range(1, 8):
        papers.append(paper(f"Ants {count} of a new day", DAY + timedelta(days=count)))
        after = written(*papers, papers_per_page=5)
        for start in ("topics/ants/", "days/2025/", "days/2025-05/"):
            pages = pages_of(after, start)
            changed = [address for address in pages if before.get(address) != after[address]]
            # Once there is a page more, those that name it as one of their neighbours change too.
            assert changed == pages[: 5 if len(pages) > len(pages_of(before, start)) else 1]
        before = after


def test_paper_that_comes_or_goes_leaves_most_pages_of_titles_as_they_are() -> None:
    papers = many(300)
    before = written(*papers, papers_per_page=3)
    pages = pages_of(before, "titles/")
    for place in range(5, 300, 29):
        others = written(*papers[:place], *papers[place + 1 :], papers_per_page=3)
        changed = [page for page in pages if before[page] != others.get(page)]
        assert 1 <= len(changed) <= 5


def test_page_of_titles_says_with_which_title_it_begins() -> None:
    found = written(*many(60), papers_per_page=7)
    second = pages_of(found, "titles/")[1]
    title = entries(found[second])[0]
    assert front_matter(found[second])["title"] == f"Titles, from “{title}”"
    assert f"From “{title}”" in found[second]


def test_list_of_one_page_has_no_pager() -> None:
    assert "ps-pager" not in written(*many(50))["titles/"]


# The front page


def test_front_page_shows_the_latest_days_that_fit() -> None:
    papers = [
        one
        for number in range(4)
        for one in many(20, DAY - timedelta(days=number), f"Day {number}")
    ]
    front = written(*papers)[""]
    headings = re.findall(r'<h2><a href="([^"]*)">', front)
    assert headings == ["days/2025-05-01/", "days/2025-04-30/"]
    assert len(entries(front)) == 40
    assert "days/" in links(front)
    assert "80 papers" in front


def test_front_page_shows_the_beginning_of_a_day_that_does_not_fit() -> None:
    front = written(*many(78))[""]
    assert entries(front) == [one.title for one in many(78)][:50]
    assert "28 more papers" in front
    assert "days/2025-05-01/2/" in links(front)
    assert "Earlier days" not in front


def test_front_page_of_undated_papers_shows_them() -> None:
    front = written(*many(3, None))[""]
    assert entries(front) == ["Paper 0001", "Paper 0002", "Paper 0003"]
    assert "days/undated/" in links(front)


def test_front_page_of_an_empty_catalog_says_what_to_do() -> None:
    found = written()
    assert "no papers yet" in found[""]
    places = ["", "days/", "downloads/", "reading-list/", "search/", "subscribe/", "titles/"]
    assert sorted(found) == [*places, "topics/"]


def test_front_page_has_the_name_and_the_sentence_of_the_site() -> None:
    front = written(site_name="Ants & <Co>", site_description="What “we” read.")[""]
    assert "<h1>Ants &amp; &lt;Co&gt;</h1>" in front
    assert "What “we” read." in unescape(front)
    assert unescape(front_matter(front)["title"]) == "Ants & <Co>"


# Days, months, years


def test_paper_on_two_days_stands_on_both_but_once_in_the_month() -> None:
    later = date(2025, 5, 9)
    found = written(paper("Again", DAY), paper("Again", later, 2), paper("New", later, 1))
    assert entries(found["days/2025-05-01/"]) == ["Again"]
    assert entries(found["days/2025-05-09/"]) == ["New", "Again"]
    assert entries(found["days/2025-05/"]) == ["New", "Again"]
    assert entries(found["days/2025/"]) == ["New", "Again"]
    assert entries(found["titles/"]) == ["Again", "New"]
    assert parts(found["days/2025-05/"]) == {"1 May 1": "../2025-05-01/"} | {
        "9 May 2": "../2025-05-09/"
    }


def test_months_and_years_hold_the_papers_of_their_days() -> None:
    days = [date(2024, 12, 31), date(2025, 1, 1), date(2025, 1, 31), date(2025, 2, 1)]
    found = written(*(paper(f"{day:%d %b}", day) for day in days))
    assert entries(found["days/2024/"]) == ["31 Dec"]
    assert entries(found["days/2025/"]) == ["01 Feb", "31 Jan", "01 Jan"]
    assert entries(found["days/2025-01/"]) == ["31 Jan", "01 Jan"]
    assert parts(found["days/2025/"]) == {
        "January 2": "../2025-01/",
        "February 1": "../2025-02/",
    }
    assert [link for link in links(found["days/"]) if re.fullmatch(r"\d{4}(-\d\d)?/", link)] == [
        "2025/",
        "2025-01/",
        "2025-02/",
        "2024/",
        "2024-12/",
    ]
    assert {f"days/{day}/" for day in days} < found.keys()


def test_day_leads_to_the_newer_and_the_older_one_and_to_its_month() -> None:
    days = [DAY - timedelta(days=number) for number in range(3)]
    found = written(*(paper(f"{day}", day) for day in days))
    address = "days/2025-04-30/"
    trail = found[address].split("</nav>")[0]
    assert [arrived(address, link) for link in links(trail)] == [
        "days/2025-04/",
        "days/2025-05-01/",
        "days/2025-04-29/",
    ]


def test_undated_papers_have_a_listing_of_their_own_at_the_end() -> None:
    found = written(paper("Dated"), *many(2, None, "Undated"))
    page = found["days/undated/"]
    assert entries(page) == ["Undated 0001", "Undated 0002"]
    assert "# Undated" in page
    assert links(found["days/"])[:2] == ["2025-05-01/", "undated/"]
    assert not any("undated" in address for address in written(paper("Dated")))


def test_curator_of_a_day_is_named_on_it_and_on_the_front_page() -> None:
    found = written(paper("One"), paper("Two", None), curators=((DAY, "Ada & Co"),))
    for address in ("days/2025-05-01/", ""):
        assert unescape(found[address]).count("picked by Ada & Co") == 1
    assert "picked by" not in found["days/undated/"]


def test_page_of_days_shows_a_month_of_days_and_all_years() -> None:
    days = [DAY - timedelta(days=number) for number in range(400)]
    page = written(*(paper(f"{day}", day) for day in days))["days/"]
    index = page[page.index('<ol class="ps-index">') : page.index("</ol>")]
    assert len(links(index)) == indexes.LATEST_DAYS
    assert "400 papers on 400 days" in page
    years = [link for link in links(page) if re.fullmatch(r"\d{4}/", link)]
    assert years == ["2025/", "2024/"]


# Titles


def test_titles_stand_under_their_letters_without_accents_digits_and_others_last() -> None:
    names = ["zebra", "Éclair", "eagle", "“Quoted” ants", "Ångström", "Zoo", "3D Ants", "语言"]
    names += ["10 Bees", "ßtrange", "$x^2$ Growth", "Ωmega", "١ Arabic digit", "@"]
    page = written(*(paper(name, id=f"p{n}") for n, name in enumerate(names)))["titles/"]
    sections = re.split(r'<h2 class="ps-letter" id="[^"]*">(.*)</h2>', page)
    found = {
        letter: [re.sub(r"<[^>]*>", "", title) for title in entries(body)]
        for letter, body in zip(sections[1::2], sections[2::2], strict=True)
    }
    assert list(found) == ["A", "E", "Q", "S", "X", "Z", "0–9", "Others"]
    assert found["A"] == ["Ångström"]
    assert found["E"] == ["eagle", "Éclair"]
    assert found["Q"] == ["“Quoted” ants"]
    assert found["S"] == ["ßtrange"]
    assert found["Z"] == ["zebra", "Zoo"]
    assert found["0–9"] == ["10 Bees", "3D Ants", "١ Arabic digit"]
    assert {"语言", "Ωmega", "@"} == set(found["Others"])


def test_letters_lead_to_the_page_and_place_where_they_begin() -> None:
    letters = ("Ants", "Bees", "Ünder", "9 Lives", "语")
    names = [f"{letter} {number}" for letter in letters for number in range(7)]
    found = written(*(paper(name, id=f"p{n}") for n, name in enumerate(names)), papers_per_page=1)
    pages = pages_of(found, "titles/")
    assert len(pages) > 4
    for address in pages:
        row = parts(found[address])
        shown = ["A 7", "B 7", "U 7", "0–9 7", "Others 7"]
        assert list(row) == (shown if address == "titles/" else [name[:-2] for name in shown])
        for name, link in row.items():
            letter, anchor = name.removesuffix(" 7"), link.partition("#")[2]
            heading = f'<h2 class="ps-letter" id="{anchor}">{letter}</h2>'
            first = next(page for page in pages if heading in found[page])
            assert arrived(address, link) == first


# Topics


def test_topic_lists_its_papers_and_what_they_often_have_besides() -> None:
    found = written(
        paper("Ants"), paper("Ants and Bees", rank=2), paper("Cats", rank=3, abstract="No.")
    )
    page = found["topics/ants/"]
    assert entries(page) == ["Ants", "Ants and Bees"]
    assert beside(page) == {"Bees": 1}
    assert "All on ants." in page
    assert unescape(front_matter(page)["title"]) == "Ants & Co"
    assert front_matter(page)["description"] == "All on ants."
    assert beside(found["days/2025-05-01/"]) == {"Ants & Co": 2, "Bees": 1}


@given(st.lists(st.sampled_from("abcdef")), st.integers(1, 8))
def test_commonest_are_those_that_stand_there_most_often_then_by_name(
    terms: list[str], most: int
) -> None:
    expected = sorted({(-terms.count(term), term) for term in terms})[:most]
    assert common(terms, most) == [(term, -number) for number, term in expected]


def test_index_of_topics_names_those_with_papers_in_their_order() -> None:
    taxonomy = tuple(
        Topic(slug=name, name=name.title(), phrases=(name,)) for name in ("yaks", "ants", "bees")
    )
    found = written(paper("Bees and Yaks"), taxonomy=taxonomy)
    index = found["topics/"][found["topics/"].index("ps-index") :]
    assert links(index) == ["yaks/", "bees/"]
    assert "2 topics of 1 paper" in found["topics/"]
    assert "topics/ants/" not in found


def test_index_of_many_topics_is_cut_into_pages() -> None:
    count = indexes.PER_INDEX + 1
    names = [f"word{number:03}" for number in range(count)]
    taxonomy = tuple(Topic(slug=name, name=name, phrases=(name,)) for name in names)
    found = written(*(paper(f"On {name}") for name in names), taxonomy=taxonomy)
    assert "topics/2/" in found
    assert "topics/3/" not in found
    assert "../word200/" in links(found["topics/2/"])


def test_entry_shows_day_topics_and_outside_links_but_no_project_page() -> None:
    one = paper(
        "Ants",
        links=(
            Link(kind="code", url="https://github.com/a/b"),
            Link(kind="project", url="https://x.org"),
        ),
    )
    found = written(one)
    assert ">1 May 2025</a>" in found["topics/ants/"]
    assert ">1 May 2025</a>" not in found["days/2025-05-01/"].partition("</h1>")[2]
    assert "https://github.com/a/b" in links(found["topics/ants/"])
    assert "https://x.org" not in links(found["topics/ants/"])


def test_line_of_a_long_list_names_the_paper_its_first_author_and_its_day() -> None:
    authors = (Author(name="Ada Lovelace"), Author(name="王芳"))
    page = written(paper("On Ants", authors=authors, votes=Votes(upvotes=3)))["titles/"]
    assert (
        '<li class="ps-entry" data-date="2025-05-01" data-votes="3">'
        '<a href="../papers/on-ants/">On Ants</a> <span>Ada Lovelace + 1, 1 May 2025</span></li>'
    ) in page


# Size


def test_no_page_grows_with_the_catalog() -> None:
    def largest(count: int) -> int:
        papers = [
            paper(f"Ants {n}", DAY - timedelta(days=n % 60), n, abstract=f"On {n}.")
            for n in range(count)
        ]
        return max(map(len, written(*papers, papers_per_page=10).values()))

    assert largest(1200) < 1.2 * largest(300)


# Authors, venues, years, trends, saved searches

ADA, BYRON = Author(name="Ada Lovelace", family="Lovelace"), Author(name="Lord Byron")


def test_author_of_two_papers_has_a_page_of_them_by_year() -> None:
    found = written(
        paper("On Ants", date(2025, 5, 1), authors=(ADA, BYRON)),
        paper("On Bees", date(2024, 5, 1), authors=(ADA,)),
    )
    page = found["authors/ada-lovelace/"]
    assert entries(page) == ["On Ants", "On Bees"]
    assert re.findall(r"<h2 [^>]*>(\d+)</h2>", page) == ["2025", "2024"]
    assert "authors/lord-byron/" not in found
    assert "Lord Byron" in page.rpartition("Co-authors")[2]


def test_number_of_papers_that_gives_a_page_is_a_setting() -> None:
    one = paper("On Ants", authors=(ADA,))
    assert "authors/ada-lovelace/" not in written(one)
    assert "authors/ada-lovelace/" in written(one, author_pages=1)


@pytest.mark.parametrize(
    ("totals", "papers", "expected"),
    [
        ([2] * 500 + [1] * 9_000, 100, 2),
        ([2] * 501 + [1] * 9_000, 100, 3),
        ([2] * 1_500 + [3] * 600 + [5] * 1_500, 33_600, 3),
        ([2] * 2_500 + [3] * 500, 48_000, 2),
        ([9] * 3_000, 10, 10),
        ([], 0, 2),
    ],
)
def test_pages_of_authors_are_as_many_as_a_catalog_bears(
    totals: list[int], papers: int, expected: int
) -> None:
    assert least(totals, papers) == expected


def test_author_without_a_page_leads_to_the_papers_under_the_letter() -> None:
    found = written(
        paper("On Ants", authors=(ADA, BYRON)), paper("On $x^2$ Bees", id="bees", authors=(BYRON,))
    )
    page = found["authors/letter-l/"]
    assert (
        '<li><bdi>Ada Lovelace</bdi><p><a href="../../papers/on-ants/">On Ants</a></p></li>' in page
    )
    everyone = written(
        *(paper(f"On {n} Ants", authors=(ADA, BYRON)) for n in range(3)), author_pages=4
    )
    assert len(links(everyone["authors/letter-b/"].partition("ps-index")[2])) == 3
    assert "2 authors" in everyone["authors/"]


def test_authors_lead_to_their_page_if_they_have_one() -> None:
    papers = (paper("On Ants", authors=(ADA, BYRON)), paper("On Bees", authors=(ADA,)))
    page = written(*papers)["papers/on-ants/"]
    byline = page.partition('<p class="ps-byline">')[2].partition("</p>")[0]
    assert links(byline) == ["../../authors/ada-lovelace/"]
    assert "<span>Lord Byron</span>" in byline


def test_orcid_of_an_author_is_shown() -> None:
    ada = Author(name="Ada Lovelace", orcid="0000-0002-1825-0097")
    page = written(paper("On Ants", authors=(ada,)), author_pages=1)["authors/ada-lovelace/"]
    assert "https://orcid.org/0000-0002-1825-0097" in links(page)


def test_authors_stand_under_the_letters_of_their_family_names() -> None:
    names = ("Ada Lovelace", "Łukasz Łoś", "Zoë Ångström", "王芳", "Grace Lovegood")
    authors = tuple(Author(name=name) for name in names)
    found = written(paper("On Ants", authors=authors), author_pages=1)
    index = found["authors/"]
    assert list(parts(index)) == ["A 1", "L 3", "Others 1"]
    under = links(found["authors/letter-l/"].split("ps-index")[1])
    assert under == ["../lukasz-los/", "../grace-lovegood/", "../ada-lovelace/"]


def test_one_more_author_changes_few_pages_of_authors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "PER_LETTER", 10)
    names = [f"Ada Lee{n:03}" for n in range(200)]

    def pages(*people: str) -> dict[str, str]:
        authors = tuple(Author(name=name) for name in people)
        found = written(paper("On Ants", authors=authors), author_pages=1)
        return {path: text for path, text in found.items() if path.startswith("authors/letter-l/")}

    before, after = pages(*names), pages(*names, "Ada Lee1005")
    first, *others = before
    assert len(others) > 10
    assert f"{len(names)} authors" in before[first]
    assert list(links(before[first].split("ps-parts")[1]))[: len(others)] == [
        path.removeprefix(first) for path in others
    ]
    listed = [link for text in before.values() for link in links(text.split("ps-index")[1])]
    shown = [link.rsplit("/", 2)[-2] for link in listed]
    assert {f"ada-lee{n:03}" for n in range(200)} < {*shown}
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert first in changed
    assert len(changed) <= 4


def test_author_whose_name_is_a_number_or_a_letter_is_in_nobodys_way() -> None:
    authors = (Author(name="2"), Author(name="Letter A"), ADA)
    found = written(paper("On Ants", authors=authors), author_pages=1)
    assert entries(found["authors/2-/"]) == entries(found["authors/letter-a-/"]) == ["On Ants"]
    assert "authors/2/" not in found


def test_venues_that_fold_are_one_listing() -> None:
    found = written(
        paper("On Ants", venue="ACL 2023"),
        paper("On Bees", venue="Acl 2023"),
        paper("On Cats", venue="ACL 2023"),
        paper("On Dogs", venue="Émile"),
    )
    assert entries(found["venues/acl-2023/"]) == ["On Ants", "On Bees", "On Cats"]
    assert found["venues/"].count("<li>") == 2
    assert ">ACL 2023<" in found["venues/"]


def test_years_of_publication_are_listed_where_they_differ_from_the_days() -> None:
    listed = paper("On Ants", date(2025, 5, 1), published="2019-03")
    assert entries(written(listed)["years/2019/"]) == ["On Ants"]
    assert "years/" not in written(paper("On Ants", None, published="2019-03"))


def test_most_upvoted_are_shown_for_day_week_month_and_all_time() -> None:
    found = written(
        paper("Old Ants", date(2024, 5, 1), votes=Votes(upvotes=90)),
        paper("New Ants", date(2025, 5, 1), votes=Votes(upvotes=3)),
        paper("New Bees", date(2025, 5, 1), votes=Votes(upvotes=7)),
    )
    assert entries(found["trending/day/"]) == ["New Bees", "New Ants"]
    assert entries(found["trending/"]) == ["New Bees", "New Ants"]
    assert entries(found["trending/all/"]) == ["Old Ants", "New Bees", "New Ants"]
    assert "../" in links(found["trending/all/"].split("ps-parts")[1])[0]
    assert "trending/" in links(found[""])


def test_nothing_trends_without_votes() -> None:
    found = written(paper("On Ants"))
    assert not [address for address in found if address.startswith("trending/")]
    assert "trending/" not in links(found[""])


def test_every_list_says_which_order_is_shown() -> None:
    found = written(
        paper("On Ants", votes=Votes(upvotes=1), authors=(ADA,), venue="ACL"), author_pages=1
    )
    said = {
        address: re.search('<p class="ps-order">(.*?)</p>', page)
        for address, page in found.items()
        if entries(page) and address
    }
    assert all(said.values()), said
    orders = {address: match[1] for address, match in said.items() if match}
    assert orders["days/2025-05-01/"] == "In the order of the list"
    assert orders["titles/"] == "By title"
    assert orders["trending/all/"] == "Most upvoted first"
    assert orders["venues/acl/"] == orders["authors/ada-lovelace/"] == "Newest first"
