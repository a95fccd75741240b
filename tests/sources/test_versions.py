"""Which version of a paper is the latest, as the formats say that count versions."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.catalog import merging
from generator.model.papers import Paper
from generator.sources import Reading, read

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry>
<id>http://arxiv.org/abs/2401.00001v{version}</id><title>On the Language of Ants</title>
<published>2024-01-01T00:00:00Z</published><updated>{updated}T00:00:00Z</updated>
<summary>They march.</summary></entry></feed>"""

RAW = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><metadata>
<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>2401.00001</id>
<version version="v1"><date>Mon, 1 Jan 2024 00:00:00 GMT</date></version>
<version version="v2"><date>Tue, 5 Mar 2024 00:00:00 GMT</date></version>
<title>On the Language of Ants</title><authors>Ada Lovelace</authors>
<abstract>They march.</abstract></arXivRaw></metadata></record></ListRecords></OAI-PMH>"""


def only(text: str, name: str = "a.json") -> Paper:
    reading = read(text.encode(), name)
    assert reading.problems == ()
    (paper,) = reading.papers
    return paper


def test_arxiv_atom_says_version_and_date_of_the_latest() -> None:
    paper = only(ATOM.format(version=3, updated="2024-03-05"), "a.xml")
    assert (paper.version, paper.revised) == (3, "2024-03-05")


def test_first_version_is_no_revision() -> None:
    paper = only(ATOM.format(version=1, updated="2024-01-01"), "a.xml")
    assert (paper.version, paper.revised) == (1, "")


def test_harvest_lists_its_versions() -> None:
    paper = only(RAW, "a.xml")
    assert (paper.published, paper.version, paper.revised) == ("2024-01-01", 2, "2024-03-05")


def test_data_set_of_arxiv_lists_its_versions() -> None:
    history = [
        {"version": "v1", "created": "Mon, 1 Jan 2024 00:00:00 GMT"},
        {"version": "v2", "created": "Tue, 5 Mar 2024 00:00:00 GMT"},
    ]
    record: dict[str, Any] = {
        "id": "2401.00001",
        "title": "On Ants",
        "abstract": "A.",
        "authors": "Ada Lovelace",
    }
    record |= {"categories": "cs.CL", "versions": history, "update_date": "2024-03-06"}
    paper = only(json.dumps(record) + "\n" + "")
    assert (paper.version, paper.revised) == (2, "2024-03-05")


def test_own_record_reads_back() -> None:
    paper = only(json.dumps({"title": "On Ants", "version": 4, "revised": "2024-03"}))
    assert (paper.version, paper.revised) == (4, "2024-03")


@pytest.mark.parametrize("wrong", ["latest", -1, "0", 12345, [3]])
def test_what_is_no_version_is_a_problem_and_the_paper_stays(wrong: object) -> None:
    reading = read(json.dumps({"title": "On Ants", "version": wrong}).encode(), "a.json")
    assert [paper.version for paper in reading.papers] == [0]
    assert len(reading.problems) == 1


def test_the_latest_version_of_all_sources_counts() -> None:
    readings = [
        Reading(file="a", papers=(only(ATOM.format(version=2, updated="2024-03-05"), "a.xml"),)),
        Reading(file="b", papers=(only(ATOM.format(version=4, updated="2024-06-07"), "b.xml"),)),
    ]
    for order in (readings, readings[::-1]):
        ((paper,), *_) = merging.merge(tuple(order))
        assert (paper.version, paper.revised) == (4, "2024-06-07")
