"""The readers of what services answer, each on an answer about one made-up paper."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.model.papers import Paper
from generator.sources import read
from generator.sources.formats.services import SHAPES
from generator.sources.json_paths import reach, texts
from generator.sources.references import signed
from tests.sources import DATA, fixture

FILES = sorted(
    path.relative_to(DATA).as_posix()
    for shape in SHAPES
    for path in (DATA / shape.NAME).glob("*.*")
)
BOTH = ["Berta Ameise", "Carl Bee"]
DOI, ARXIV = "10.5555/ants.7", "1905.00007"
KNOWN: dict[str, tuple[list[str], str, str, str, str]] = {
    "ads": (BOTH, "2019-05", "Letters of the Ant", ARXIV, DOI),
    "aminer": (BOTH, "2019", "Letters of the Ant", "", DOI),
    "chemrxiv": (BOTH, "2019-05-14", "", "", DOI),
    "osf": (BOTH, "2019-05-14", "", "", DOI),
    "biorxiv": (
        ["B. Ameise", "C.-L. Bee", "O. van der Berg"],
        *("2019-05-14", "bioRxiv", "", "10.1101/2019.05.14.000007"),
    ),
    "core": (BOTH, "2019-05-14", "Letters of the Ant", ARXIV, DOI),
    "dimensions": (BOTH, "2019-05-14", "Letters of the Ant", "", DOI),
    "doaj": (BOTH, "2019-05", "Letters of the Ant", "", DOI),
    "europe-pmc": (
        ["Berta Ameise", "Carl L Bee", "Ants Consortium"],
        *("2019-05-14", "Letters of the Ant", "", DOI),
    ),
    "hal": (BOTH, "2019-05-14", "Letters of the Ant", ARXIV, DOI),
    "ieee": (BOTH, "2019-05-14", "Letters of the Ant", "", DOI),
    "indico": (BOTH, "2019-05-14", "", "", ""),
    "inspire": (BOTH, "2019-05-14", "Letters of the Ant", ARXIV, DOI),
    "lens": (BOTH, "2019-05-14", "Letters of the Ant", "", DOI),
    "mendeley": (BOTH, "2019-05-14", "Letters of the Ant", ARXIV, DOI),
    "opencitations": (BOTH, "2019-05", "Letters of the Ant", "", DOI),
    "openaire": (BOTH, "2019-05-14", "Letters of the Ant", "", DOI),
    "orcid": ([], "2019-05-14", "Letters of the Ant", ARXIV, DOI),
    "paperpile": (BOTH, "2019-05-14", "Letters of the Ant", ARXIV, DOI),
    "papers-with-code": (BOTH, "2019-05-14", "Letters of the Ant", ARXIV, ""),
    "plos": (BOTH, "2019-05-14", "Letters of the Ant", "", DOI),
    "pubmed-summaries": (["B Ameise", "CL Bee"], "2019-05-14", "Letters of the Ant", "", DOI),
    "scholarly": (["B Ameise", "C Bee"], "2019", "Letters of the Ant", "", ""),
    "scopus": (["B. Ameise"], "2019-05-14", "Letters of the Ant", "", DOI),
    "semantic-scholar": (BOTH, "2019-05-14", "Letters of the Ant", ARXIV, DOI),
    "serpapi": (["B Ameise", "C Bee"], "2019", "Letters of the Ant", "", ""),
    "springer": (BOTH, "2019-05-14", "Letters of the Ant", "", DOI),
    "unpaywall": (BOTH, "2019-05-14", "Letters of the Ant", "", DOI),
    "virtual-site": (BOTH, "2019", "NeurIPS 2019", "", ""),
    "zenodo": (BOTH, "2019-05-14", "Letters of the Ant", "", DOI),
}


def first(name: str) -> Paper:
    return read(fixture(name), name).papers[0]


def test_every_service_has_an_answer_to_be_tried_on() -> None:
    assert {name.partition("/")[0] for name in FILES} == {shape.NAME for shape in SHAPES}
    assert KNOWN.keys() == {shape.NAME for shape in SHAPES}


@pytest.mark.parametrize("name", FILES)
def test_answer_is_told_from_those_of_all_others(name: str) -> None:
    reading = read(fixture(name), name)
    assert (reading.format, reading.refused) == (name.partition("/")[0], 0)


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".json")])
def test_fields_are_those_of_the_record(name: str) -> None:
    paper = first(name)
    authors = [author.name for author in paper.authors]
    known = (authors, paper.published, paper.venue, paper.arxiv, paper.doi)
    assert (paper.title, known) == ("On the Patience of Ants", KNOWN[name.partition("/")[0]])
    assert paper.abstract.endswith("Ants wait. They wait long.") or not paper.abstract


@pytest.mark.parametrize(
    ("name", "kind", "url"),
    [
        ("virtual-site/orals-posters.json", "abs", "https://openreview.net/forum?id=ANTS"),
        ("unpaywall/record.json", "pdf", "https://ants.example/7.pdf"),
        ("scholarly/publications.json", "pdf", "https://ants.example/7.pdf"),
        ("doaj/search.json", "project", "https://ants.example/7"),
        ("scopus/search.json", "project", "https://ants.example/7"),
    ],
)
def test_links_are_those_of_the_record(name: str, kind: str, url: str) -> None:
    assert {link.kind: link.url for link in first(name).links}[kind] == url


def test_people_keep_their_orcid_and_retractions_are_told() -> None:
    for name in ("europe-pmc/search.json", "europe-pmc/search.xml", "doaj/search.json"):
        assert first(name).authors[0].orcid == "0000-0002-1825-0097"
    assert first("europe-pmc/search.json").withdrawn == "retracted"
    assert first("europe-pmc/search.xml").title == "On the Patience of Ants"


def test_code_of_a_paper_is_linked() -> None:
    _, paper = read(fixture("papers-with-code/papers.json"), "a").papers
    assert ("code", "https://github.com/bees/bees") in [
        (link.kind, link.url) for link in paper.links
    ]


def test_event_that_presents_no_paper_is_passed_over_and_counted() -> None:
    (problem,) = read(fixture("virtual-site/orals-posters.json"), "a").problems
    assert problem.reason.endswith("passed over: 2 “Break”.")


RECORD = {"paperId": "a", "title": "On the Patience of Ants", "externalIds": {"ArXiv": ARXIV}}
OTHER = {"paperId": "b", "title": "On the Haste of Bees", "citationCount": 7}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([RECORD, OTHER]),
        json.dumps({"data": [RECORD, OTHER]}),
        json.dumps({"recommendedPapers": [RECORD, OTHER]}),
        json.dumps({"data": [{"citingPaper": RECORD}, {"citingPaper": OTHER}]}),
        json.dumps({"hits": {"total": 2, "hits": [RECORD, OTHER]}}),
        json.dumps([{"data": [RECORD]}, {"data": [OTHER]}]),
        json.dumps({"seed": RECORD, "data": [OTHER], "total": 2}),
        f"{json.dumps(RECORD)}\n{json.dumps(OTHER)}\n",
        f"{json.dumps({'data': [RECORD]})}\n{json.dumps({'data': [OTHER]})}\n",
    ],
)
def test_records_are_found_however_they_are_wrapped(text: str) -> None:
    reading = read(text.encode(), "a.json")
    assert (reading.format, [paper.title for paper in reading.papers]) == (
        *("semantic-scholar", ["On the Patience of Ants", "On the Haste of Bees"]),
    )


def test_record_that_is_none_is_refused_alone_and_unused_fields_are_named() -> None:
    reading = read(json.dumps([RECORD, None, OTHER]).encode(), "a.json")
    assert (len(reading.papers), reading.refused) == (2, 1)
    assert reading.problems[0].position == "record 2"
    assert reading.unused == (("citationCount", 1),)


def test_broken_line_is_refused_alone() -> None:
    text = f"{json.dumps(RECORD)}\n{json.dumps(OTHER)}\n" + '{"paperId": \n'
    reading = read(text.encode(), "a.jsonl")
    assert ([p.title for p in reading.papers][1], reading.refused) == ("On the Haste of Bees", 1)


@pytest.mark.parametrize(
    "value",
    [
        {"first": "Ada", "last": "Marsh"},
        {"firstName": "Ada", "lastName": "Marsh"},
        {"given": "Ada", "family": "Marsh"},
        {"given_name": "Ada", "family_name": "Marsh"},
        {"name": "Ada", "surname": "Marsh"},
        {"name": "Ada Marsh", "surname": "Marsh"},
        {"fullname": "Ada Marsh"},
        {"full_name": "Marsh, Ada"},
        {"display_name": "Ada Marsh"},
        {"author": {"display_name": "Ada Marsh"}, "position": "first"},
        {"credit-name": {"value": "Ada Marsh"}},
        "Ada Marsh",
    ],
)
def test_name_is_read_out_of_any_object(value: Any) -> None:
    author = signed(value)
    assert author
    assert author.name == "Ada Marsh"


@pytest.mark.parametrize("value", [None, {}, [], 1.5, {"name": None}, {"first": {"a": []}}, True])
def test_object_without_a_name_is_nobody(value: Any) -> None:
    author = signed(value)
    assert author is None or author.name == "1.5"


def test_path_goes_through_lists_and_conditions() -> None:
    value = {"a": [{"b": {"c": 1}}, {"b": [{"c": 2}, 3]}], "d": [{"t": "X", "v": "y"}, {"t": "Z"}]}
    assert list(reach(value, "a.b.c")) == [1, 2]
    assert list(texts(value, "d[t=x].v")) == ["y"]
    assert list(reach(value, "a.none")) == []
    assert list(reach(value, "")) == [value]


ANT = {"title": "On the Patience of Ants", "authors": ["Ada Marsh"]}


@pytest.mark.parametrize(
    "value",
    [
        {"items": [ANT]},
        {"hits": {"hits": [{"_source": ANT}]}},
        {"message": {"items": [ANT]}},
        {"response": {"docs": [ANT]}},
        {"pages": [{"list": [ANT]}]},
    ],
)
def test_list_of_anybody_is_found_within_an_answer(value: Any) -> None:
    reading = read(json.dumps(value).encode(), "a.json")
    assert [paper.title for paper in reading.papers] == ["On the Patience of Ants"]
    assert reading.problems == ()


@pytest.mark.parametrize(
    "value",
    [
        {"commands": [{"title": "Open the Shelf", "when": "always"}]},
        {"social_events": [{"title": "A Walk in the Park", "venue": "The Park", "day": "Sunday"}]},
    ],
)
def test_titles_of_anything_within_an_answer_are_no_papers(value: Any) -> None:
    assert read(json.dumps(value).encode(), "a.json").papers == ()


def test_references_of_pandoc_are_read() -> None:
    item = {
        "id": "a",
        "type": "book",
        "title": "On Ants",
        "author": [{"family": "陈", "given": "小雨"}],
    }
    (paper,) = read(json.dumps({"references": [item]}).encode(), "a.json").papers
    assert [author.name for author in paper.authors] == ["陈小雨"]


def test_document_without_an_arxiv_id_has_none_and_nothing_is_said() -> None:
    document = {"bibcode": "2019LAnt....1....7A", "title": ["On Ants"], "identifier": ["2019LAnt"]}
    reading = read(json.dumps({"response": {"docs": [document]}}).encode(), "a.json")
    assert ([paper.arxiv for paper in reading.papers], reading.problems) == ([""], ())


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (
            {"paperId": "a", "title": "On Moths", "journal": {"volume": "7", "pages": "1-20"}},
            ("", "7", "", "1–20"),
        ),
        (
            {"itemType": "bookSection", "title": "On Moths", "key": "A", "volume": "3"},
            ("chapter", "3", "", ""),
        ),
        (
            {
                "title": "On Moths",
                "dimensions_url": "https://app.example",
                "type": "article",
                "volume": "7",
                "issue": "2",
            },
            ("article-journal", "7", "2", ""),
        ),
    ],
)
def test_where_in_its_venue_a_paper_stands_is_read(
    answer: dict[str, object], expected: tuple[str, ...]
) -> None:
    (paper,) = read(json.dumps([answer]).encode(), "a.json").papers
    said = paper.publication
    assert (said.type, said.volume, said.issue, said.pages) == expected


def test_an_author_without_a_name_is_told_and_a_group_is_one() -> None:
    work = {"title": "On the Patience of Ants", "pubtype": "ARTICLE", "doi": DOI}
    people = [{"first": "Berta", "last": "Ameise"}, {"collective": "Ants Consortium"}]
    reading = read(json.dumps([{**work, "author": people}]).encode(), "a")
    assert [author.name for author in reading.papers[0].authors] == [
        *("Berta Ameise", "Ants Consortium"),
    ]
    assert reading.problems == ()
    reading = read(json.dumps([{**work, "author": [*people, {"affiliation": "x"}]}]).encode(), "a")
    assert len(reading.papers[0].authors) == 2
    assert "expected 3 authors by their names, found 1 without" in reading.problems[0].reason


@pytest.mark.parametrize(
    ("record", "pages"),
    [
        ({"lens_id": "1", "start_page": "4", "end_page": "9"}, "4–9"),
        ({"lens_id": "1", "start_page": "4"}, "4"),
        ({"article_number": 1, "start_page": "4-9", "end_page": "9"}, "4–9"),
        ({"article_number": 1, "end_page": "9"}, ""),
    ],
)
def test_first_and_last_page_are_one_range(record: dict[str, object], pages: str) -> None:
    record = {"title": "On the Patience of Ants", **record}
    (paper,) = read(json.dumps(record).encode(), "a").papers
    assert paper.publication.pages == pages


@pytest.mark.parametrize(
    ("record", "kind"),
    [
        ({"paperId": "a", "publicationTypes": ["Review", "JournalArticle"]}, "article-journal"),
        ({"paperId": "a", "publicationTypes": ["Conference"]}, "paper-conference"),
        (
            {"pmid": "1", "source": "MED", "pubTypeList": {"pubType": ["Journal Article"]}},
            "article-journal",
        ),
    ],
)
def test_the_first_type_that_is_known_counts(record: dict[str, object], kind: str) -> None:
    record = {"title": "On the Patience of Ants", "authorString": "Bee C.", **record}
    (paper,) = read(json.dumps([record]).encode(), "a").papers
    assert paper.publication.type == kind


@pytest.mark.parametrize(("server", "venue"), [("medrxiv", "medRxiv"), ("bioRxiv", "bioRxiv")])
def test_a_server_is_called_as_it_calls_itself(server: str, venue: str) -> None:
    record = {"doi": DOI, "title": "On the Patience of Ants", "server": server}
    (paper,) = read(json.dumps({"collection": [record]}).encode(), "a").papers
    assert paper.venue == venue


def test_what_biorxiv_does_not_have_is_no_text() -> None:
    record = {"doi": DOI, "title": "On the Patience of Ants", "server": "bioRxiv"}
    record |= {"abstract": "NA", "category": "NA", "license": "NA", "published": "NA"}
    reading = read(json.dumps({"collection": [record]}).encode(), "a")
    (paper,) = reading.papers
    assert (paper.abstract, paper.keywords, paper.publication.license) == ("", (), "")
    assert (reading.problems, reading.unused) == ((), ())


def test_a_meeting_is_also_told_by_its_group_at_openreview() -> None:
    group = "https://openreview.net/group?id=ICLR.cc/2024/Conference"
    event = {"name": "On the Patience of Ants", "eventtype": "Poster", "sourceurl": group}
    (paper,) = read(json.dumps({"results": [event]}).encode(), "a").papers
    assert (paper.venue, paper.published) == ("ICLR 2024", "2024")


def test_what_is_no_record_is_shown_as_json_has_it() -> None:
    reading = read(json.dumps([RECORD, None]).encode(), "a")
    assert "expected a record, found “null”" in reading.problems[0].reason
