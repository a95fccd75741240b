"""What makes a record a paper, in every format alike."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.papers import Author, Paper, Source, Votes
from generator.sources import Reading, identifiers, names
from generator.sources.content import Content
from generator.sources.identification import MOST_LINKS
from generator.sources.normalising import MOST_AUTHORS
from generator.sources.raw import RawRecord
from generator.sources.records import (
    FAULT,
    LONGEST_POSITION,
    MOST_PROBLEMS,
    Records,
)


def recorded(**fields: Any) -> Reading:
    records = Records(Content(b"x", "a.json"), "test")
    records.add("record 1", RawRecord(**({"title": "On Ants"} | fields)))
    reading = records.reading()
    assert len(reading.papers) + reading.refused == 1
    return reading


def paper(**fields: Any) -> Paper:
    (found,) = recorded(**fields).papers
    return found


def reasons(**fields: Any) -> list[str]:
    return [problem.reason for problem in recorded(**fields).problems]


# Titles and abstracts


@pytest.mark.parametrize(
    "title", ["", " \n", None, "title", "Title", "Untitled", "N/A", "TBD", "null", [], {}, "-"]
)
def test_record_without_a_real_title_is_refused(title: object) -> None:
    reading = recorded(title=title)
    assert (reading.papers, reading.refused) == ((), 1)
    assert reading.problems


@pytest.mark.parametrize(
    ("known", "title"),
    [
        ({"arxiv": "2508.03686v2"}, "arXiv:2508.03686"),
        ({"arxiv": "math.GT/0309136"}, "arXiv:math/0309136"),
        ({"doi": "https://doi.org/10.1000/XYZ(1)"}, "doi:10.1000/xyz(1)"),
        ({"links": [("url", "https://arxiv.org/abs/2508.03686")]}, "arXiv:2508.03686"),
        ({"arxiv": "2508.03686", "doi": "10.1000/xyz"}, "arXiv:2508.03686"),
    ],
)
@pytest.mark.parametrize("missing", ["", None, " "])
def test_record_without_a_title_is_called_by_its_id(
    known: dict[str, Any], title: str, missing: object
) -> None:
    found = paper(title=missing, **known)
    assert found.title == title
    assert identifiers.is_stand_in(found.title)
    assert found.id == paper(**known).id


@pytest.mark.parametrize(
    "title", ["arXiv: A History", "doi:", "arXiv:", "arXiv:2508.03686v2", "On arXiv:2508.03686"]
)
def test_real_title_stands_in_for_nothing(title: str) -> None:
    assert not identifiers.is_stand_in(title)


def test_organizations_are_kept_once() -> None:
    assert paper(organizations=["Ada Lab", " Ada  Lab", None, "Bee & Co"]).organizations == (
        "Ada Lab",
        "Bee & Co",
    )


@pytest.mark.parametrize("title", ["Title Generation", "Test", "X", "Abstract Interpretation"])
def test_short_titles_of_real_papers_are_kept(title: str) -> None:
    expected = 0 if title in ("Test", "X") else 1
    assert len(recorded(title=title).papers) == expected


def test_endless_title_is_refused() -> None:
    assert recorded(title="long " * 1000).refused == 1


@pytest.mark.parametrize(
    "abstract",
    ["N/A", "n/a", "None", "No abstract available.", "No abstract", "Abstract not available", "…"],
)
def test_abstract_that_says_there_is_none_is_left_out_and_said(abstract: str) -> None:
    assert paper(abstract=abstract).abstract == ""
    assert any("abstract" in reason for reason in reasons(abstract=abstract))


@pytest.mark.parametrize(
    "abstract", ["No abstract reasoning is needed to count ants, as we show here.", "Ants."]
)
def test_short_abstract_is_an_abstract(abstract: str) -> None:
    assert paper(abstract=abstract).abstract == abstract


def test_text_is_cleaned_once_for_all_formats() -> None:
    found = paper(
        title="Schr&ouml;dinger's\n  {\\'e}tude &amp;amp; <i>more</i>",
        abstract="H<sub>2</sub>O \\& caf\u00c3\u00a9",
        venue="Proc.\tof  ACL",
        keywords=["ants ", "ants", "", None],
    )
    assert found.title == "Schrödinger's étude & more"
    assert found.abstract == "H₂O & café"
    assert found.venue == "Proc. of ACL"
    assert found.keywords == ("ants",)


# Dates


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("2019", "2019"),
        (2019, "2019"),
        ("2019-05", "2019-05"),
        ("2019/5/4", "2019-05-04"),
        ("2019-05-04T17:59:59Z", "2019-05-04"),
        ("20190504", "2019-05-04"),
        ("May 2019", "2019-05"),
        ("2019 May 4", "2019-05-04"),
        ("4 May 2019", "2019-05-04"),
        ("2019 Jan-Feb", "2019-01"),
        ("Mon, 2 Apr 2007 19:18:42 GMT", "2007-04-02"),
        ("2019-02-31", "2019-02"),
        ("2019-00-00", "2019"),
        ("2019-13", "2019"),
        ("", ""),
        (None, ""),
    ],
)
def test_date_is_known_as_far_as_the_source_says(said: object, known: str) -> None:
    assert paper(published=said).published == known
    assert reasons(published=said) == []


@pytest.mark.parametrize("said", ["9999-01-01", "0001-01-01", "1066", "3019", "soon", "n.d."])
def test_absurd_date_is_unknown_and_said(said: str) -> None:
    assert paper(published=said).published == ""
    (reason,) = reasons(published=said)
    assert said[:4].lstrip("0") in reason


# Ids and links


@pytest.mark.parametrize(
    ("fields", "ids"),
    [
        ({"arxiv": "2305.02309v3"}, ("2305.02309", "", "")),
        ({"arxiv": "arXiv:2305.02309 [cs.LG]"}, ("2305.02309", "", "")),
        ({"arxiv": "http://arxiv.org/abs/math.GT/0309136v1"}, ("math/0309136", "", "")),
        ({"doi": "https://doi.org/10.1038/NPHYS1170"}, ("", "10.1038/nphys1170", "")),
        ({"doi": "10.48550/arXiv.2305.02309"}, ("2305.02309", "", "")),
        ({"doi": "10.18653/v1/P19-1001"}, ("", "10.18653/v1/p19-1001", "P19-1001")),
        ({"anthology": "2023.acl-long.1"}, ("", "", "2023.acl-long.1")),
        ({"links": [("url", "https://arxiv.org/pdf/2305.02309v2.pdf")]}, ("2305.02309", "", "")),
        ({"links": [("url", "https://aclanthology.org/P19-1001/")]}, ("", "", "P19-1001")),
        ({"links": [("code", "https://x.org/10.1038/nphys1170")]}, ("", "", "")),
    ],
)
def test_ids_are_found_however_they_are_written(
    fields: dict[str, Any], ids: tuple[str, str, str]
) -> None:
    found = paper(**fields)
    assert (found.arxiv, found.doi, found.anthology) == ids


@pytest.mark.parametrize(
    "fields",
    [
        {"arxiv": "٢٣٠٥.٠٢٣٠٩"},
        {"arxiv": "２３０５.０２３０９"},
        {"arxiv": "maſh/1234567"},
        {"arxiv": "math/１２３４５６７"},
        {"doi": "１０.1000/a"},
        {"doi": "10.١٠٠٠/a"},
        {"doi": "10.1000/\ud800"},
        {"anthology": "P19-١٠٠١"},
        {"anthology": "2023.acl-ſhort.1"},
    ],
)
def test_ids_have_ascii_letters_and_digits_alone(fields: dict[str, Any]) -> None:
    found = paper(**fields)
    assert (found.arxiv, found.doi, found.anthology) == ("", "", "")
    assert len(reasons(**fields)) == 1


def test_id_is_of_arxiv_else_the_doi_else_the_anthology_else_the_title() -> None:
    everything = {"arxiv": "cs/0501040", "doi": "10.1/x", "anthology": "P19-1001"}
    assert paper(arxiv="cs/0501040", doi="10.1038/x", anthology="P19-1001").id == "cs-0501040"
    assert paper(doi="10.1038/X.y", anthology="P19-1001").id == "10-1038-x-y"
    assert paper(anthology="P19-1001").id == "p19-1001"
    assert paper().id == "on-ants"
    assert reasons(**everything)  # 10.1/x is none


def test_what_is_no_id_is_said_and_left_out() -> None:
    for field in ("arxiv", "doi", "anthology"):
        (reason,) = reasons(**{field: "see the web"})
        assert "see the web" in reason


def test_links_are_safe_and_one_of_a_kind() -> None:
    found = paper(
        arxiv="2305.02309",
        links=[
            ("pdf", "https://x.org/a.pdf"),
            ("code", "https://github.com/a/b"),
            ("url", "https://gitlab.com/c/d"),
            ("url", "https://ants.example"),
        ],
        abstract="See https://ants.example for more.",
    )
    assert {link.kind: link.url for link in found.links} == {
        "abs": "https://arxiv.org/abs/2305.02309",
        "pdf": "https://arxiv.org/pdf/2305.02309",
        "code": "https://github.com/a/b",
        "project": "https://ants.example",
    }
    (reason,) = reasons(links=[("code", "javascript:alert(1)")])
    assert "javascript" in reason


@pytest.mark.parametrize(
    "address",
    ["https://[1]/", "https://[::1%25]/", "https://a:99999/", "https://a.b:x/"],
)
def test_what_only_looks_like_an_address_stays_text(address: str) -> None:
    found = recorded(abstract=f"The code is at {address} and more.")
    assert found.papers[0].abstract == f"The code is at {address} and more."
    assert (found.papers[0].links, found.problems) == ((), ())
    (reason,) = reasons(links=[("code", address)])
    assert address in reason


def test_real_addresses_with_ports_and_numbers_are_links() -> None:
    addresses = ["https://[2001:db8::1]:8080/a", "http://127.0.0.1:8000/", "https://a.b:65535/"]
    links = [(f"code-{number}", address) for number, address in enumerate(addresses)]
    assert [link.url for link in paper(links=links).links] == addresses


def test_paper_has_at_most_two_hundred_links_and_the_rest_is_said() -> None:
    addresses = [f"https://example.org/{number}" for number in range(MOST_LINKS + 50)]
    given = recorded(links=[(f"kind {n}", url) for n, url in enumerate(addresses)])
    written = recorded(abstract=" ".join(addresses))
    for reading in (given, written):
        assert [link.url for link in reading.papers[0].links] == addresses[:MOST_LINKS]
        (problem,) = reading.problems
        assert "at most 200 links, found 250" in problem.reason


def test_link_that_an_id_gives_is_written_as_all_links_are() -> None:
    (link,) = paper(doi="10.1000/x><img/src=x/onerror=alert(1)>").links
    assert link.url == "https://doi.org/10.1000/x%3E%3Cimg/src=x/onerror=alert(1)"


def test_categories_have_the_form_of_arxiv() -> None:
    known = ["cs.CL", "hep-th", "astro-ph.CO", "cond-mat.mes-hall", "q-bio.NC", "physics.acc-ph"]
    classes = ["68T50, 03B65", "I.2.7; H.3.3", "92B20"]  # of others, which arXiv lists there
    wrong = ["cs.CL}, note = {\\input{/etc/passwd}", "cs.}", "cſ.CL", "Machine learning"]
    reading = recorded(categories=[*known, *classes, *wrong])
    assert reading.papers[0].categories == tuple(known)
    assert len(reading.problems) == len(wrong)
    for problem, category in zip(reading.problems, wrong, strict=True):
        assert f"found “{category}”" in problem.reason


# Hostile text


def test_text_is_clean_wherever_it_enters() -> None:
    bad = "a\ud800b\x00c\x1b[2Jd\u009be\nf\ufdd0"
    records = Records(Content(b"x", "a.json"), "test")
    records.add(
        bad,
        RawRecord(
            title=bad,
            abstract=bad,
            authors=[bad, names.author(bad, family=bad, orcid=bad)],
            published=f"2024 {bad}",
            venue=bad,
            doi=f"10.1000/{bad}",
            links=[(bad, f"https://x.org/{bad}"), ("code", bad)],
            keywords=[bad],
            categories=[bad],
            former_ids=[bad],
            sources=[Source(file=bad, format=bad, position=bad, fields=(bad,))],
        ),
    )
    records.refuse(bad, f"found “{bad}”")
    reading = records.reading()
    said = repr((reading.papers, reading.problems))
    assert not re.search(r"\\ud8|\\x00|\\x1b|\\x9b|\\n|\\ufdd0", said)
    (found,) = reading.papers
    assert (found.title, found.links[1].kind) == ("abc[2Jde f", "abc[2Jde f")
    assert found.sources[0].position == "abc[2Jde f"


def test_position_without_end_is_cut() -> None:
    records = Records(Content(b"x", "a.json"), "test")
    records.add("key " * 1000, RawRecord(title="On Ants"))
    assert len(records.reading().papers[0].sources[0].position) <= LONGEST_POSITION


def test_what_goes_wrong_in_a_record_refuses_it_alone_and_says_what() -> None:
    records = Records(Content(b"x", "a.json"), "test")
    for position in ("record 1", "record 2", "record 3"):
        with records.record(position):
            if position == "record 2":
                raise KeyError("\x1bnobody foresaw this")
            records.add(position, RawRecord(title=f"On Ants in {position}"))
    reading = records.reading()
    assert [paper.title for paper in reading.papers] == [
        "On Ants in record 1",
        "On Ants in record 3",
    ]
    (problem,) = reading.problems
    assert (problem.position, reading.refused) == ("record 2", 1)
    assert "KeyError" in problem.reason
    assert "nobody foresaw this" in problem.reason
    assert FAULT in problem.reason
    assert "\x1b" not in problem.reason


def test_problems_of_a_file_have_an_end_and_the_rest_is_counted() -> None:
    records = Records(Content(b"x", "a.json"), "test")
    for number in range(MOST_PROBLEMS + 7):
        records.refuse(f"record {number}", "the record has no title. Add one.")
    reading = records.reading()
    assert (len(reading.problems), reading.refused) == (MOST_PROBLEMS + 1, MOST_PROBLEMS + 7)
    assert reading.problems[-1].reason.startswith("7 more problems are not listed.")


# People and votes


@pytest.mark.parametrize(
    ("said", "name", "family"),
    [
        ("Ada Lovelace", "Ada Lovelace", ""),
        ("Lovelace, Ada", "Ada Lovelace", "Lovelace"),
        ("van den Berg, Jan", "Jan van den Berg", "van den Berg"),
        ("King, Jr., Martin", "Martin King, Jr.", "King"),
        ("Davis, Sammy, III", "Sammy Davis, III", "Davis"),
        ("Ants and Sons, Inc.", "Ants and Sons, Inc.", ""),
        ("Erd{\\H o}s, P{\\'a}l", "Pál Erdős", "Erdős"),
    ],
)
def test_names_are_given_name_first(said: str, name: str, family: str) -> None:
    assert paper(authors=[said]).authors == (Author(name=name, family=family),)


def test_nobody_is_no_author() -> None:
    assert paper(authors=["et al.", "others", "", "N/A", None, "Ada"]).authors == (
        Author(name="Ada"),
    )


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Ada Marsh; Noor Berg; Ada Marsh; Noor Berg", "Ada Marsh; Noor Berg"),
        ("Ada Marsh; Ada Marsh", "Ada Marsh"),
        ("Ada Marsh; Noor Berg; Ada Marsh", "Ada Marsh; Noor Berg; Ada Marsh"),
        ("Wei Wang; Wei Wang; Noor Berg", "Wei Wang; Wei Wang; Noor Berg"),
    ],
)
def test_list_of_authors_that_stands_there_twice_is_read_once(said: str, found: str) -> None:
    names = [author.name for author in paper(authors=said.split("; ")).authors]
    assert names == found.split("; ")


def test_list_of_authors_without_end_is_refused() -> None:
    assert recorded(authors=["Ada"] * (MOST_AUTHORS + 1)).refused == 1


def test_missing_votes_are_unknown_and_zero_is_zero() -> None:
    assert paper().votes is None
    counted = date(2025, 8, 7)
    assert paper(upvotes=0, counted=counted).votes == Votes(upvotes=0, counted=counted)
    assert paper(upvotes="12", comments=3).votes == Votes(upvotes=12, comments=3)
    wrong: object
    for wrong in (-1, "many", 10**30, True, [], 1.5):
        assert paper(upvotes=wrong).votes is None
        assert reasons(upvotes=wrong)


# Whatever is handed over

VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner)),
    max_leaves=5,
)
LISTS = st.lists(VALUES, max_size=3)
FIELDS = st.fixed_dictionaries(
    {"title": VALUES},
    optional={
        **dict.fromkeys(("abstract", "published", "venue", "arxiv", "doi"), VALUES),
        **dict.fromkeys(("anthology", "upvotes", "comments"), VALUES),
        **dict.fromkeys(("keywords", "categories", "authors"), LISTS),
        "links": st.lists(st.tuples(st.sampled_from(["url", "pdf", "code"]), VALUES), max_size=3),
    },
)


@given(FIELDS)
def test_any_values_are_a_paper_or_a_problem(fields: dict[str, Any]) -> None:
    reading = recorded(**fields)
    assert reading.papers or reading.problems


@pytest.mark.parametrize(
    "doi",
    ["10.1145/nnnnnnn.nnnnnnn", "10.1145/1122445.1122456", "https://doi.org/10.1109/XXXX.2024"],
)
def test_placeholder_of_a_template_is_no_doi_and_it_is_said(doi: str) -> None:
    records = Records(Content(b"x", "a"), "x")
    records.add("line 1", RawRecord(title="On the Patience of Ants", doi=doi))
    reading = records.reading()
    assert [paper.doi for paper in reading.papers] == [""]
    assert "placeholder of a template" in reading.problems[0].reason


@pytest.mark.parametrize("arxiv", ["0000.00000", "1234.56789"])
def test_placeholder_of_an_arxiv_id_is_none(arxiv: str) -> None:
    records = Records(Content(b"x", "a"), "x")
    records.add("line 1", RawRecord(title="On the Patience of Ants", arxiv=arxiv))
    reading = records.reading()
    assert [paper.arxiv for paper in reading.papers] == [""]
    assert "Put the arXiv id" in reading.problems[0].reason
