"""The index as it is stored, against the plainest count of the same papers."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date
from itertools import groupby, pairwise
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator import search
from generator.catalog import Catalog
from generator.catalog.taxonomy import Topic
from generator.model.papers import Author, Link, Paper, Votes
from generator.search import index, scripts
from generator.search.words import fold, term
from tests.search.reader import Segment, read

TOPICS = (Topic(slug="ants", name="Ants & Co"), Topic(slug="bees", name="Bees"))

WORDS = st.sampled_from(
    [
        "ant",
        "ants",
        "bee",
        "the",
        "of",
        "is",
        "Müller",
        "GPT-4",
        "2.5",
        "模型",
        "大模型",
        "𠀀字",
        "𝐀nt",
    ]
)
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)
PAPERS = st.lists(
    st.builds(
        Paper,
        id=st.uuids().map(str),
        title=TEXTS,
        abstract=st.lists(TEXTS, max_size=3).map("\n\n".join),
        authors=st.lists(st.builds(Author, name=TEXTS), max_size=3).map(tuple),
        topics=st.sampled_from([(), ("ants",), ("bees", "ants")]),
        keywords=st.sampled_from([(), ("Bees", "honey")]),
        venue=st.sampled_from(["", "ACL 2023"]),
        published=st.sampled_from(["", "2019", "2024-05"]),
        rank=st.sampled_from([0, 1, 2]),
        links=st.sampled_from([(), (Link(kind="code-2", url="https://example.org/"),)]),
        votes=st.sampled_from([None, Votes(upvotes=0), Votes(upvotes=300)]),
        doi=st.sampled_from(["", "10.1/a"]),
    ),
    max_size=12,
    unique_by=lambda paper: paper.id,
)


def catalog(*papers: Paper) -> Catalog:
    return Catalog(papers=papers, curators={}, topics=TOPICS)


def parts(paper: Paper) -> list[list[str]]:
    """The texts of each field, said anew."""
    names = {topic.slug: topic.name for topic in TOPICS}
    topics = [names[slug] for slug in paper.topics]
    return [
        [paper.title],
        paper.abstract.split("\n\n"),
        [author.name for author in paper.authors],
        topics + [keyword for keyword in paper.keywords if keyword not in topics],
        [paper.venue],
        [(paper.published or paper.date)[:4]],
    ]


def numbered(papers: list[Paper]) -> list[Paper]:
    """In the order of the documents; papers are given the oldest first."""

    def abstract(paper: Paper) -> int:
        return sum(term(word) is not None for word in fold(paper.abstract).split())

    days = groupby(papers, key=lambda paper: paper.date)
    return [paper for _, same in days for paper in sorted(same, key=abstract)]


def expected(papers: list[Paper]) -> tuple[dict[tuple[str, int, int], list[int]], list[str]]:
    """Where each term stands, and the terms in the order in which lunr meets them."""
    places: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    met: dict[str, None] = {}
    for document in reversed(range(len(papers))):
        for field, texts in enumerate(parts(papers[document])):
            at = 0
            for text in texts:
                at += bool(at)
                for word in fold(text).split():
                    if stem := term(word):
                        places[stem, field, document].append(at)
                        met.setdefault(stem)
                    at += 1
    return dict(places), list(met)


def check(segment: Segment, papers: list[Paper], listed: list[Paper] | None = None) -> None:
    """Args:
    segment: as it was read back.
    papers: its papers, as they are numbered.
    listed: in the order of the catalog, the oldest first, where that is another.
    """
    places, met = expected(papers)
    assert segment.places == places
    lengths: Counter[tuple[int, int]] = Counter()
    last: dict[str, int] = {}
    for (name, field, document), found in places.items():
        lengths[field, document] += len(found)
        last[name] = max(last.get(name, 0), document)
    assert segment.lengths == lengths
    assert segment.totals == [
        sum(total for (field, _), total in lengths.items() if field == wanted)
        for wanted in range(len(search.BOOSTS))
    ]
    assert met == sorted(last, key=lambda name: (-last[name], segment.ordinals[name]))
    posted = Counter(name for name, _, _ in places)
    assert {name: total for name, (total, _) in segment.words.items()} == posted
    assert all(term(surface) == name for name, (_, surface) in segment.words.items())
    assert segment.documents == len(papers)
    for document, paper in enumerate(papers):
        title = fold(paper.title)
        keys = {paper.id, paper.doi} | (set() if any(map(term, title.split())) else {title})
        keys -= {""}
        assert {(crc32(key.encode()), document) for key in keys} <= segment.keys
        facets = segment.facets[document]
        assert facets["year"] == int((paper.published or paper.date)[:4] or 0)
        gone = {"withdrawn"} if paper.withdrawn else set()
        assert facets["flags"] == {link.kind.partition("-")[0] for link in paper.links} | gone
        assert facets["upvotes"] == ((paper.votes and paper.votes.upvotes) or 0)
        assert facets["venue"] == paper.venue
        assert facets["place"] == (listed or papers).index(paper)
        assert [slug for slug, _ in facets["topics"]] == list(paper.topics)


@given(PAPERS)
@settings(max_examples=60, deadline=None)
def test_every_word_of_every_paper_is_stored_where_it_stands(papers: list[Paper]) -> None:
    papers = sorted(papers, key=lambda paper: paper.date)
    segments = read(search.write(catalog(*papers[::-1])).files)
    assert len(segments) == min(len(papers), 1)
    for segment in segments:
        check(segment, numbered(papers), papers)


def plain(number: int) -> Paper:
    words = ["model", f"word{number % 7}", f"rare{number}", "learning", "the", "of"]
    return Paper(
        id=f"paper-{number}",
        doi=f"10.1/{number}",
        title=" ".join(words[number % 3 :]),
        abstract=" ".join(words * (1 + number % 4)),
        days=(date.fromordinal(date(2020, 1, 1).toordinal() + number),),
        topics=("ants",),
    )


def test_large_segments_are_cut_and_read_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.search.shards.SMALLEST", 200)
    monkeypatch.setattr("generator.search.shards.WORDS_PER_FILE", 50)
    monkeypatch.setattr("generator.search.lookups.KEYS_PER_FILE", 30)
    monkeypatch.setattr("generator.search.index.SHARD", 70)
    papers = [plain(number) for number in range(500)]
    files = search.write(catalog(*papers[::-1])).files
    (segment,) = read(files)
    check(segment, papers)
    manifest = json.loads(files[search.MANIFEST])
    assert min(len(manifest["segments"][0][name]) for name in ("postings", "words", "keys")) > 5


def test_new_papers_change_no_file_of_settled_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.search.SEGMENT", 100)
    papers = [plain(number) for number in range(460)]
    versions = [search.write(catalog(*papers[:total][::-1])).files for total in (400, 410, 460)]
    settled = {path for path in versions[0] if path.endswith(".bin")}
    assert len(read(versions[0])) == 1
    for version, total in zip(versions[1:], (410, 460), strict=True):
        assert settled < version.keys()
        first, last = read(version)
        check(first, papers[:400])
        check(last, papers[400:total])


def test_what_nobody_searches_for_changes_no_digest() -> None:
    paper = plain(1)
    same = replace(paper, version=2, revised="2026-01-01", former_ids=("old",))
    assert search.digest(same) == search.digest(paper)


@settings(max_examples=10)
@given(PAPERS.filter(lambda papers: len(papers) > 1))
def test_papers_of_the_same_digest_make_the_same_index(papers: list[Paper]) -> None:
    paper, other, *_ = papers
    written = search.write(catalog(paper))
    for name in Paper.__struct_fields__:
        mixed = replace(paper, **{name: getattr(other, name)})
        if search.digest(mixed) == search.digest(paper):
            assert search.write(catalog(mixed)) == written


def test_an_empty_catalog_has_an_empty_index() -> None:
    assert read(search.write(catalog()).files) == []


def test_withdrawn_papers_are_found_too() -> None:
    (segment,) = read(
        search.write(catalog(Paper(id="x", title="Ant", withdrawn="retracted"))).files
    )
    assert segment.documents == 1
    assert segment.facets[0]["flags"] == {"withdrawn"}


def test_lunr_is_given_the_latest_paper_first() -> None:
    documents = search.documents(catalog(plain(2), plain(1)))
    assert [document["title"] for document in documents] == [
        "rare2 learning the of",
        "word1 rare1 learning the of",
    ]
    assert list(documents[0]) == list(search.BOOSTS)


def test_papers_of_one_day_are_numbered_as_the_index_has_them() -> None:
    papers = catalog(*(replace(plain(number), days=(date(2025, 5, 1),)) for number in range(9)))
    (segment,) = read(search.write(papers).files)
    numbered = search.numbered(papers)
    documents = {(crc32(paper.id.encode()), place) for place, paper in enumerate(numbered)}
    assert documents <= segment.keys
    assert numbered != list(reversed(papers.papers))
    titles = [document["title"] for document in search.documents(papers)]
    names = {topic.slug: topic.name for topic in TOPICS}
    assert titles == [index.texts([paper], names)[0]["title"] for paper in reversed(numbered)]


def test_lunr_js_is_cut_to_what_reads_queries() -> None:
    code = scripts.reading()
    assert code.startswith("/**\n * lunr - http://lunrjs.com")
    assert "@license MIT" in code
    for name in ("QueryParser", "QueryLexer", "Query", "TokenSet", "stemmer", "Token"):
        assert f"lunr.{name} = " in code
    for name in ("Index", "Builder", "Vector", "Pipeline", "MatchData"):
        assert f"lunr.{name} = " not in code
    assert len(code) < len(scripts.whole()) / 4
    assert scripts.joined().startswith(code)


def test_file_names_do_not_depend_on_how_well_a_file_is_compressed(
    demo_site: Path,
) -> None:
    files = {
        path.relative_to(demo_site).as_posix(): path.read_bytes()
        for path in (demo_site / "search").glob("*.bin")
    }
    files[search.MANIFEST] = (demo_site / search.MANIFEST).read_bytes()
    (segment,) = read(files)
    assert segment.documents == 78
    assert all(before <= after for before, after in pairwise(segment.words))
