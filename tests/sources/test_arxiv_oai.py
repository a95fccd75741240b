"""Records of arXiv by OAI-PMH, in its three formats; and what is said of withdrawn papers."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.model.errors import ContentError
from generator.sources import Reading, arxiv
from generator.sources.content import Content
from generator.sources.formats import arxiv_oai

DATA = Path(__file__).parent / "data/arxiv"
OAI, RAW, DUBLIN = ((DATA / f"{name}.xml").read_bytes() for name in ("oai", "oai-raw", "oai-dc"))


def reading(data: bytes) -> Reading:
    return arxiv_oai.read(Content(data, "2025-08-08.xml"))


@pytest.mark.parametrize("data", [OAI, RAW, DUBLIN])
def test_answers_of_arxiv_are_detected(data: bytes) -> None:
    assert arxiv_oai.detect(Content(data, "a"))


def test_records_in_arxivs_own_format_are_read() -> None:
    ants, jam = reading(OAI).papers
    assert ants.title == "Ants at Work: Rényi and $O(n^2)$ Colonies"
    assert ants.abstract == "We watch ants for a year."
    assert [(author.name, author.family) for author in ants.authors] == [
        ("Ada Ant", "Ant"),
        ("Bo von Bee, Jr", "von Bee"),
        ("Hive Collaboration", ""),
    ]
    assert (ants.arxiv, ants.doi, ants.published) == ("2508.90001", "10.9999/ants.1", "2025-08-05")
    assert (ants.venue, ants.categories) == ("Journal of Ants 3 (2025) 1-9", ("cs.MA", "q-bio.PE"))
    assert ("code", "https://github.com/ada/ants") in [(x.kind, x.url) for x in ants.links]
    assert (ants.days, ants.withdrawn, ants.sources[0].position) == ((), "", "2508.90001")
    assert (jam.arxiv, jam.id, jam.withdrawn) == ("cs/0501990", "cs-0501990", "withdrawn")


def test_deleted_and_empty_records_are_refused() -> None:
    found = reading(OAI)
    assert (found.records, found.refused) == (4, 2)
    assert [problem.position for problem in found.problems] == ["2508.90009", "2508.90010"]
    assert "deleted" in found.problems[0].reason


def test_raw_records_are_of_their_first_version_and_without_affiliations() -> None:
    found = reading(RAW)
    (ants,) = found.papers
    assert found.problems == ()
    assert [author.name for author in ants.authors] == ["Ada Ant", "Bo Bée, Jr.", "Cy Wasp"]
    assert (ants.published, ants.arxiv) == ("2025-08-05", "2508.90001")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("A. Ant", ["A. Ant"]),
        ("A. Ant and B. Bee", ["A. Ant", "B. Bee"]),
        ("A. Ant, B. Bee, Jr., and C. Cow", ["A. Ant", "B. Bee, Jr.", "C. Cow"]),
        ("A. Ant (Hive (West), Nest), B. Anderson", ["A. Ant", "B. Anderson"]),
        ("Hive Collaboration: A. Ant,\n  B. Bee", ["Hive Collaboration", "A. Ant", "B. Bee"]),
        ("A. Ant (1)(2), B. Bee (2) ((1) Here and there, (2) Nowhere)", ["A. Ant", "B. Bee"]),
        ("", []),
        ("((((", ["(((("]),
    ],
)
def test_line_of_authors_is_split(line: str, names: list[str]) -> None:
    assert arxiv_oai.signatures(line) == names


def test_dublin_core_is_read() -> None:
    found = reading(DUBLIN)
    (ants,) = found.papers
    assert found.problems == ()
    assert (ants.title, ants.abstract, ants.published) == ("Ants of Old", "Old ants.", "2005-01-03")
    assert [(a.name, a.family) for a in ants.authors] == [
        ("Ada Ant", "Ant"),
        ("Bo von Bee", "von Bee"),
    ]
    assert (ants.arxiv, ants.doi, ants.venue) == (
        *("cs/0501990", "10.9999/ants.3", "J. Ants 3 (2005) 1-9"),
    )
    assert ants.keywords == ("Computer Science - Multiagent Systems",)
    assert ("code", "https://github.com/ada/ants") in [(x.kind, x.url) for x in ants.links]


def test_error_of_the_protocol_is_remarked() -> None:
    data = (
        b"<OAI-PMH><request>http://export.arxiv.org/oai2</request>"
        b'<error code="noRecordsMatch">nothing there</error></OAI-PMH>'
    )
    assert arxiv_oai.detect(Content(data, "a"))
    found = reading(data)
    assert (found.records, len(found.problems)) == (0, 1)
    assert "noRecordsMatch" in found.problems[0].reason


def test_single_record_without_its_answer_is_read() -> None:
    start, end = OAI.index(b"<arXiv "), OAI.index(b"</arXiv>")
    data = OAI[start : end + len(b"</arXiv>")]
    assert arxiv_oai.detect(Content(data, "a"))
    assert [paper.arxiv for paper in reading(data).papers] == ["2508.90001"]


def test_prefix_that_is_declared_nowhere_is_no_obstacle() -> None:
    found = reading(DUBLIN.replace(b' xmlns:dc="http://purl.org/dc/elements/1.1/"', b""))
    assert [paper.title for paper in found.papers] == ["Ants of Old"]
    assert found.problems == ()


def test_answer_of_another_archive_is_left_to_other_readers() -> None:
    data = re.sub(rb"(?i)arxiv", b"hive", OAI)
    assert not arxiv_oai.detect(Content(data, "a"))


@pytest.mark.parametrize(
    "comment",
    [
        "This paper has been withdrawn",
        "7 pages, 5 figures This paper has been withdrawn by the author due to\n  an error",
        "The paper has been withdrawn by the authors due to a flaw",
        "8 pages. Withdrawn",
        "Withdrawn by the author",
        "Withdraw for a wrong formulation",
        "arXiv:1411.4577 We want to withdraw this paper due to wrong results",
        "This submission has been withdrawn by arXiv administrators due to disputed authorship",
        "This manuscript is temporarily withdrawn",
        "This paper has been retracted",
    ],
)
def test_comment_tells_that_a_paper_is_withdrawn(comment: str) -> None:
    assert arxiv.withdrawn(comment, "We watch ants.") == "withdrawn"


@pytest.mark.parametrize(
    "comment",
    [
        None,
        "",
        3,
        "9 pages, on the addition and withdrawal of nodes",
        "Versions 1 and 2 of the study have been withdrawn due to a wrong database",
        "The previous version of this paper was withdrawn; this one is correct",
        "This paper was withdrawn from ICLR 2020",
        "Replaces an earlier paper that was withdrawn",
    ],
)
def test_comment_on_something_else_withdraws_nothing(comment: object) -> None:
    assert arxiv.withdrawn(comment, "We watch ants.") == ""


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("This paper has been withdrawn by the authour.", "withdrawn"),
        ("Withdrawn", "withdrawn"),
        ("We watch ants. This paper has been withdrawn due to an error.", "withdrawn"),
        ("We study papers that were withdrawn by their authors.", ""),
        ("Retracted papers are cited. We ask why this paper was retracted and by whom.", ""),
    ],
)
def test_abstract_tells_that_a_paper_is_withdrawn(abstract: str, expected: str) -> None:
    assert arxiv.withdrawn("", abstract) == expected


@given(st.sampled_from([OAI, RAW, DUBLIN]), st.data())
def test_any_element_may_be_missing_or_there_twice(raw: bytes, data: st.DataObject) -> None:
    root = etree.fromstring(raw)
    element = data.draw(st.sampled_from(list(root.iterdescendants())))
    parent = element.getparent()
    assert parent is not None
    if data.draw(st.booleans()):
        parent.append(deepcopy(element))
    else:
        parent.remove(element)
    found = reading(etree.tostring(root))
    assert found.records == len(list(root.iter("{*}record")))
    assert found.records or found.problems


@given(st.sampled_from([OAI, RAW, DUBLIN]), st.data())
def test_any_damage_to_the_bytes_gives_a_reading_or_says_why_not(
    raw: bytes, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 400)))
    content = Content(raw[:start] + data.draw(st.binary(max_size=4)) + raw[end:], "a")
    try:
        arxiv_oai.detect(content)
        found = arxiv_oai.read(content)
        said = bool(found.records or found.problems)
    except ContentError as error:
        said = bool(str(error))
    assert said


@given(st.text("()A, and1;:Jr.\n"))
def test_any_line_of_authors_is_split_and_every_name_says_something(line: str) -> None:
    assert all(arxiv_oai.signatures(line))
