"""What results show and how papers are cited, as the index has it in packs."""

from __future__ import annotations

import dataclasses
import gzip
import json
import re
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from generator import search, text
from generator.build import config, folders, indexing
from generator.build.loading import summarised
from generator.build.state import STORE
from generator.build.store import Store
from generator.catalog import Catalog
from generator.catalog.taxonomy import Topic
from generator.exports import bibliographies, citations
from generator.model.papers import Author, Link, Paper, Votes
from generator.search import packs, shards
from generator.text.mathml import ELEMENTS
from tests import shelves
from tests.search.reader import Segment, read

SITE_URL = "https://papers.example.org/"
TOPICS = tuple(Topic(slug=slug, name=slug) for slug in ("ants", "bees", "cats", "dogs", "eels"))


_REFERENCE = {"i", "span", "math", "semantics", "annotation", *ELEMENTS}
"""What a reference may consist of."""


def plain(number: int, **known: Any) -> Paper:
    return Paper(
        id=f"paper-{number}",
        title=f"On Ants, Part {number}",
        abstract=f"Ants were seen {number} times.",
        authors=(Author(name="Ada Lovelace"),),
        days=(date(2020, 1, 1) + timedelta(days=number),),
        **known,
    )


def indexed(root: Path, papers: list[Paper]) -> dict[str, bytes]:
    """All files of the index of some papers, the oldest first, by path."""
    if not root.exists():
        folders.new(root)
    settings = dataclasses.replace(config.load(root)[0], site_url=SITE_URL)
    catalog = Catalog(papers=tuple(papers[::-1]), curators={}, topics=TOPICS)
    with closing(Store(root / STORE, "")) as store:
        brief = summarised(catalog, settings, store)
        texts = store.fragments()
        index = indexing.begin(brief, texts, store, lambda paths: False, 1)()
        made = {pack.path: search.content(texts, pack.cut.fragments()) for pack in index.packs}
    others = {
        path: data.encode() if isinstance(data, str) else data for path, data in index.files.items()
    }
    return others | made


def segment_of(root: Path, papers: list[Paper]) -> Segment:
    (segment,) = read(indexed(root, papers))
    return segment


def of_kind(written: dict[str, bytes], kind: str) -> set[str]:
    """The paths of the packs of a kind."""
    texts = len(packs.PARTS[kind])
    found = set()
    for path, data in written.items():
        plain = gzip.decompress(data) if path.endswith(".bin") else b""
        if plain[:1] == bytes([texts]) and (b'{"id":"' in plain[:500]):
            found.add(path)
    return found


def test_result_has_what_is_shown_of_a_paper_and_nothing_else(tmp_path: Path) -> None:
    known = replace(
        plain(1),
        title="Ants in $O(n)$",
        authors=tuple(Author(name=f"Author {n}", orcid="0000-0002-1825-0097") for n in range(5)),
        topics=tuple(topic.slug for topic in TOPICS),
        venue="Ant Meeting",
        published="2019-12",
        keywords=("hidden",),
        links=tuple(
            Link(kind=kind, url=f"https://example.org/{kind}")
            for kind in ("abs", "pdf", "code", "code-2", "model", "project")
        ),
        votes=Votes(upvotes=7, comments=3),
        withdrawn="retracted",
        arxiv="2001.00001",
        doi="10.1/a",
        anthology="P19-1001",
    )
    segment = segment_of(tmp_path / "shelf", [known])
    assert segment.results == [
        {
            "id": "paper-1",
            "title": "Ants in $O(n)$",
            "plain_title": "Ants in O(n)",
            "abstract": "Ants were seen 1 times.",
            "authors": ["Author 0", "Author 1", "Author 2"],
            "more_authors": 2,
            "date": "2020-01-02",
            "venue": "Ant Meeting",
            "topics": ["ants", "bees", "cats", "dogs"],
            "links": {kind: f"https://example.org/{kind}" for kind in ("pdf", "code", "model")},
            "upvotes": 7,
            "withdrawn": "retracted",
            "arxiv": "2001.00001",
            "doi": "10.1/a",
            "anthology": "P19-1001",
        }
    ]


def test_what_is_unknown_of_a_paper_is_not_in_its_result(tmp_path: Path) -> None:
    segment = segment_of(tmp_path / "shelf", [Paper(id="bare", title="Bare")])
    assert segment.results == [{"id": "bare", "title": "Bare"}]


def test_citations_are_those_of_the_files_with_all_authors(tmp_path: Path) -> None:
    crowd = tuple(Author(name=f"Ada Lee{number}") for number in range(60))
    papers = [plain(number, venue="Ant Meeting") for number in range(70)]
    papers.append(replace(plain(70), authors=crowd))
    segment = segment_of(tmp_path / "shelf", papers)
    keys = citations.keys(papers)
    by_id = {paper.id: paper for paper in papers}
    for cited, shown in zip(segment.citations, segment.results, strict=True):
        paper = by_id[shown["id"]]
        url = f"{SITE_URL}papers/{paper.id}/"
        assert cited == bibliographies.cited_as(paper, keys[paper.id], SITE_URL) | {
            "id": paper.id,
            "apa": citations.apa(paper, url),
            "ieee": citations.ieee(paper, url),
            "acl": citations.acl(paper, url),
            "biblatex": citations.biblatex(paper, keys[paper.id], url),
            "coins": citations.coins(paper),
        }
    assert sum("Lee59" in cited["bib"] for cited in segment.citations) == 1


def test_hostile_text_comes_back_as_it_went_in(tmp_path: Path) -> None:
    papers = [
        Paper(id=f"p{n}", title=known, abstract=known, authors=(Author(name=known),))
        for n, known in enumerate(filter(None, map(text.clean, shelves.HOSTILE)))
    ]
    segment = segment_of(tmp_path / "shelf", papers)
    shown = {result["id"]: result for result in segment.results}
    for paper in papers:
        result = shown[paper.id]
        assert (result["title"], result["abstract"]) == (paper.title, paper.abstract)
        assert result["authors"] == [paper.title]
    for cited in segment.citations:
        for style in ("apa", "ieee", "acl"):
            assert set(re.findall(r"<(\w+)", cited[style])) <= _REFERENCE


def test_a_paper_that_changes_or_comes_has_its_own_packs_made_anew(tmp_path: Path) -> None:
    papers = [plain(number) for number in range(600)]
    before = indexed(tmp_path / "shelf", papers)
    assert 600 / 24 <= len(of_kind(before, "results")) <= 600 / 6
    assert 600 / 48 <= len(of_kind(before, "citations")) <= 600 / 12

    voted = [*papers[:300], replace(papers[300], votes=Votes(upvotes=1)), *papers[301:]]
    after = indexed(tmp_path / "shelf", voted)
    assert len(of_kind(after, "results") - before.keys()) == 1
    assert of_kind(after, "citations") == of_kind(before, "citations")
    assert after == indexed(tmp_path / "other", voted)

    more = [*papers[:300], replace(papers[300], id="another"), *papers[300:]]
    after = indexed(tmp_path / "shelf", more)
    for kind in packs.PARTS:
        assert 1 <= len(of_kind(after, kind) - before.keys()) <= 3
    assert after == indexed(tmp_path / "other", more)

    assert indexed(tmp_path / "shelf", papers) == before


def test_packs_whose_papers_stay_are_not_read_again(tmp_path: Path, monkeypatch: Any) -> None:
    papers = [plain(number) for number in range(200)]
    indexed(tmp_path / "shelf", papers)
    named: list[bytes] = []

    def spy(data: bytes) -> str:
        named.append(data)
        return shards.named(data)

    monkeypatch.setattr("generator.search.packs.named", spy)
    indexed(tmp_path / "shelf", [*papers, plain(200)])
    assert 2 <= len(named) <= 4


def test_many_packs_are_in_several_directories(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(packs, "PER_DIRECTORY", 3)
    papers = [plain(number) for number in range(300)]
    written = indexed(tmp_path / "shelf", papers)
    manifest = json.loads(written[search.MANIFEST])
    assert len(manifest["segments"][0]["results"]) > 3
    (segment,) = read(written)
    assert [result["id"] for result in segment.results] == [paper.id for paper in papers]


def test_pack_never_begins_as_a_compressed_file_does(tmp_path: Path) -> None:
    """Some hosts unpack files, and a reader tells those by their first two bytes."""
    with closing(Store(tmp_path / "build.db", "")) as store:
        store.put_fragments([(0, b" " * 139)])
        pack = gzip.decompress(search.content(store.fragments(), [[0]] * 0x1F))
    assert len(pack) > 139 * 31
    assert not pack.startswith(b"\x1f\x8b")


def test_empty_catalog_has_no_packs(tmp_path: Path) -> None:
    written = indexed(tmp_path / "shelf", [])
    assert json.loads(written[search.MANIFEST])["segments"] == []
    assert written.keys() == {search.MANIFEST, search.SCRIPT}
