"""What is found is what lunr finds: the same papers, in the same order, with the same scores.

Each test builds an index of the same documents with lunr.js in the browser, and asks it and ours
thousands of generated queries. No score may differ in its last bit.
"""

from __future__ import annotations

import json
import lzma
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from generator import search
from generator.build import config, files, folders
from generator.build.loading import read_catalog
from generator.catalog import Catalog
from generator.model.papers import Author, Paper
from generator.search import scripts, shards
from tests.browser.conftest import Browse
from tests.browser.lunr_queries import KINDS, Query, queries
from tests.browser.server import Host, serve
from tests.conftest import REPOSITORY

SCALE = REPOSITORY.parent / "shared/corpora/scale.jsonl.xz"
"""Real papers, which cannot be published here; tests use them where they are at hand."""

LARGE = ("2,000 papers", "2,000 papers in two segments") if SCALE.is_file() else ()

HTML = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Parity</title>
<link rel="icon" href="data:,"><script src="/oracle/lunr.js"></script>
<script src="/oracle/compare.js"></script></html>"""

COMPARE = """
/** Our ranking of a query, as lunr's: the documents by their place in the order of adding. */
async function ours(base, documents) {
  const { Client } = await import(`${base}assets/search/client.js`);
  const client = new Client(base);
  return async (query) => {
    const patience = new Promise((_, reject) => setTimeout(reject, 60_000, "no answer"));
    const { ranking } = await Promise.race([client.ask({ query, ranking: true }), patience]);
    return ranking.map(([number, score]) => [documents - 1 - number, score]);
  };
}

/** A whole index of the documents; `change` may set its builder otherwise than ours is. */
function whole(documents, boosts, change = () => {}) {
  return lunr(function () {
    this.pipeline.remove(lunr.trimmer); // it knows ASCII only, and nothing is left to trim
    this.ref("ref");
    for (const [field, boost] of boosts) this.field(field, { boost });
    change(this);
    documents.forEach((document, place) => this.add({ ...document, ref: `d${place}` }));
  });
}

function lunrs(index, query) {
  return index.search(query).map(({ ref, score }) => [Number(ref.slice(1)), score]);
}

function difference(expected, found) {
  for (let place = 0; place < Math.max(expected.length, found.length); place += 1) {
    const [one, other] = [expected[place], found[place]];
    if (!one || !other || one[0] !== other[0] || one[1] !== other[1]) {
      const lengths = [expected.length, found.length];
      return { place, lunr: one ?? null, ours: other ?? null, lengths };
    }
  }
  return null;
}

/** How many results lunr has for each query, and where the other differs from it. */
async function compare(index, ask, queries) {
  const matches = [];
  const differences = [];
  for (let start = 0; start < queries.length; start += 50) {
    const batch = queries.slice(start, start + 50);
    const asked = batch.map((query) => ask(query).catch(String)); // works while lunr does
    for (const [place, query] of batch.entries()) {
      const expected = lunrs(index, query);
      const found = await asked[place];
      const differs = typeof found === "string" ? { failed: found } : difference(expected, found);
      if (differs) differences.push({ query, ...differs });
      matches.push(expected.length);
    }
  }
  return { matches, differences };
}
"""

PARITY = """async ([documents, queries, boosts, base]) => {
  const index = whole(documents, boosts);
  return compare(index, await ours(base, documents.length), queries);
}"""

TWISTED = """async ([documents, queries, boosts, builder, ranking]) => {
  const index = whole(documents, boosts);
  const other = whole(documents, boosts, eval(builder));
  return compare(index, async (query) => eval(ranking)(lunrs(other, query)), queries);
}"""


@dataclass(frozen=True, slots=True)
class Difference:
    query: str
    what: Mapping[str, Any]

    def __str__(self) -> str:
        if "failed" in self.what:
            return f"{self.query!r}: {self.what['failed']}"
        return (
            f"{self.query!r}: place {self.what['place']} has (document, score) {self.what['lunr']} "
            f"in lunr, {self.what['ours']} in ours; results: {self.what['lengths']}"
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    matches: Sequence[int]
    """How many results lunr has, query by query."""

    differences: Sequence[Difference]

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Comparison:
        found = [Difference(one.pop("query"), one) for one in answer["differences"]]
        return cls(answer["matches"], found)

    def check(self) -> None:
        if self.differences:
            shown = "\n".join(map(str, self.differences[:20]))
            many = f"{len(self.differences)} of {len(self.matches)} queries differ"
            pytest.fail(f"{many}:\n{shown}", pytrace=False)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    root = tmp_path_factory.mktemp("large") / "shelf"
    folders.new(root)
    (root / "content/sources/example.txt").unlink()
    shutil.copy(REPOSITORY / "content/topics.yml", root / "content")
    with lzma.open(SCALE) as lines:
        (root / "content/sources/papers.jsonl").write_bytes(b"".join(islice(lines, 2_000)))
    return read_catalog(config.load(root)[0])


@pytest.fixture(scope="session")
def small(demo: Path) -> Catalog:
    return read_catalog(config.load(demo)[0])


@contextmanager
def served(folder: Path) -> Iterator[Host]:
    """A host with what searching needs, and lunr.js, but for an index."""
    files.write_file(folder / "index.html", HTML)
    files.write_file(folder / "404.html", HTML)
    files.write_file(folder / "oracle/lunr.js", scripts.whole())
    files.write_file(folder / "oracle/compare.js", COMPARE)
    shutil.copytree(REPOSITORY / "site_templates/theme/assets", folder / "assets")
    with serve(folder, "/") as host:
        yield host


def put(folder: Path, catalog: Catalog) -> None:
    """Make the folder the root of a site, as far as searching goes."""
    for path, content in search.write(catalog).files.items():
        files.write_file(folder / path, content)


def compare(page: Page, catalog: Catalog, asked: Sequence[Query], base: str) -> Comparison:
    texts = search.documents(catalog)
    boosts = list(search.BOOSTS.items())
    return Comparison.of(page.evaluate(PARITY, [texts, [q.text for q in asked], boosts, base]))


@pytest.mark.parametrize("papers", ["demo", "demo in small parts", *LARGE])
def test_results_and_scores_are_those_of_lunr(
    browse: Browse,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    papers: str,
) -> None:
    catalog: Catalog = request.getfixturevalue("small" if "demo" in papers else "large")
    if "parts" in papers:
        monkeypatch.setattr(search, "SEGMENT", 32)
        monkeypatch.setattr(shards, "SMALLEST", 1_000)
        monkeypatch.setattr(shards, "WORDS_PER_FILE", 50)
    elif "segments" in papers:
        monkeypatch.setattr(search, "SEGMENT", 1_536)
    with served(tmp_path) as host:
        put(tmp_path, catalog)
        asked = queries(search.documents(catalog), 1_000)
        found = compare(browse(host.url), catalog, asked, host.url)
    assert len(found.matches) == len(asked)
    found.check()
    # Most find something, and some of each kind.
    assert sum(map(bool, found.matches)) > 0.7 * len(asked)
    finding = {query.kind for query, many in zip(asked, found.matches, strict=True) if many}
    assert finding >= KINDS.keys() - {"unknown_word", "must_and_unknown"}


WORDS = "ab abc abd acb ba bab b c cab 2 22 2.5 the running run runs yy sky été μ"
"""Few and much alike, so that terms, lengths and scores are often the same."""


def some_words(most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS.split()), max_size=most).map(" ".join)


@st.composite
def tiny_catalogs(draw: Callable[..., Any]) -> Catalog:
    papers = tuple(
        Paper(
            id=f"p{n}",
            title=draw(some_words(3)),
            abstract=draw(some_words(6)),
            authors=tuple(Author(name=name) for name in draw(some_words(2)).split()),
            venue=draw(some_words(1)),
            published=draw(st.sampled_from(["", "2022", "2024-05-01"])),
        )
        for n in range(draw(st.integers(1, 8)))
    )
    return Catalog(papers=papers, curators={})


def test_any_tiny_catalog_is_searched_as_by_lunr(
    browse: Browse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "SEGMENT", 3)
    monkeypatch.setattr(shards, "SMALLEST", 40)
    monkeypatch.setattr(shards, "WORDS_PER_FILE", 3)
    known: list[Catalog] = []
    with served(tmp_path) as host:
        page = browse(host.url)

        @settings(max_examples=60)
        @given(tiny_catalogs(), st.integers(0, 1_000))
        def holds(catalog: Catalog, seed: int) -> None:
            if catalog not in known:
                known.append(catalog)
                folder = tmp_path / str(len(known))
                put(folder, catalog)
                (folder / "assets").symlink_to(tmp_path / "assets")
            page.goto(host.url)  # ends the worker of the example before
            asked = queries(search.documents(catalog), 60, seed)
            found = compare(page, catalog, asked, f"{host.url}{known.index(catalog) + 1}/")
            found.check()

        holds()


@pytest.mark.parametrize(
    ("builder", "ranking", "noticed"),
    [
        ("() => {}", "(found) => found", False),
        ("(builder) => builder.b(0.74)", "(found) => found", True),
        ("(builder) => builder.k1(1.21)", "(found) => found", True),
        ("(builder) => builder.field('title', {boost: 11})", "(found) => found", True),
        ("(builder) => builder.pipeline.remove(lunr.stemmer)", "(found) => found", True),
        ("() => {}", "(found) => found.slice(0, -1)", True),
        ("() => {}", "(found) => [...found, [0, 0]]", True),
        ("() => {}", "([one, other, ...rest]) => other ? [other, one, ...rest] : [one]", True),
        ("() => {}", "(f) => f.map(([d, s], n) => [d, n ? s : s * (1 + Number.EPSILON)])", True),
    ],
)
def test_another_ranking_would_be_noticed(
    browse: Browse, tmp_path: Path, small: Catalog, builder: str, ranking: str, noticed: bool
) -> None:
    texts = search.documents(small)
    asked = [query.text for query in queries(texts, 300)]
    with served(tmp_path) as host:
        page = browse(host.url)
        answer = page.evaluate(
            TWISTED, [texts, asked, list(search.BOOSTS.items()), builder, ranking]
        )
    found = Comparison.of(answer)
    assert len(found.matches) == len(asked)
    assert bool(found.differences) is noticed
    if noticed:
        assert len(found.differences) > 100


def test_queries_are_the_same_each_time(small: Catalog) -> None:
    texts = search.documents(small)
    assert queries(texts, 500) == queries(json.loads(json.dumps(texts)), 500)
    assert queries(texts, 500) != queries(texts, 500, seed=2)
