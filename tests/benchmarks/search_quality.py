"""How well results are ranked: nDCG@10 on collections whose relevant documents people have judged.

Cranfield and CACM in BEIR's form. Every engine is given the same folded words, of documents and of
queries, with the same stop words left out and the same stems.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module, resources
from math import log2
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from generator import search
from generator.build import config, folders
from generator.catalog import Catalog
from generator.model.papers import Author, Paper
from generator.search import words
from tests.benchmarks.search_browser import ask, fresh_page
from tests.benchmarks.search_host import Host, serve
from tests.benchmarks.search_systems import papershelf

DEPTH = 10

Judgments = Mapping[str, Mapping[str, int]]
"""For each query, how relevant documents are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Documents, questions, and which documents answer them."""

    name: str
    catalog: Catalog
    queries: Mapping[str, str]
    """Those that have a relevant document, as folded words."""

    judgments: Judgments


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """nDCG@10 of each engine, the mean over the queries of a collection."""

    name: str
    queries: int
    lunr: float
    ranking: float
    """Of Papershelf's engine, asked for its plain ranking."""

    shown: float
    """Of the results that Papershelf's page shows."""

    bm25s: float


def measure(browser: Browser, folder: Path, root: Path) -> Iterator[Quality]:
    """Measure each collection below `folder`; what is built goes into `root`, a new folder."""
    for beir in sorted(folder.rglob("beir")):
        read = _read(beir)
        yield _measured(browser, read, root / read.name)


def _read(beir: Path) -> Collection:
    judgments: dict[str, dict[str, int]] = defaultdict(dict)
    graded = beir / "qrels/test_graded.tsv"
    table = graded if graded.exists() else beir / "qrels/test.tsv"
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if int(row["score"]) > 0:
                judgments[row["query-id"]][row["corpus-id"]] = int(row["score"])
    queries = {str(query["_id"]): words.fold(query["text"]) for query in _lines(beir, "queries")}
    return Collection(
        name=beir.parent.name,
        catalog=Catalog(papers=tuple(map(_paper, _lines(beir, "corpus"))), curators={}),
        queries={name: query for name, query in queries.items() if name in judgments},
        judgments=judgments,
    )


def _lines(beir: Path, name: str) -> list[dict[str, Any]]:
    text = (beir / f"{name}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def _paper(document: Mapping[str, Any]) -> Paper:
    metadata = document.get("metadata", {})
    authors = metadata.get("authors") or []
    year = re.search(r"\b(?:19|20)\d\d\b", str(metadata.get("date", "")))
    return Paper(
        id=document["_id"],
        title=document["title"],
        abstract=document["text"],
        authors=tuple(Author(name=name) for name in authors if isinstance(authors, list)),
        published=year[0] if year else "",
    )


def _measured(browser: Browser, read: Collection, root: Path) -> Quality:
    folders.new(root / "shelf")
    settings, _ = config.load(root / "shelf")
    built = papershelf(root / "small", read.catalog, settings)
    queries = list(read.queries.values())
    with serve(built) as host:
        asked = [{"query": query, "count": DEPTH} for query in queries]
        shown = [[one["id"] for one in a["results"]] for a in ask(browser, host, asked)]
        rankings = {
            "lunr": _of_lunr(browser, host, read.catalog, queries),
            "ranking": _of_papershelf(browser, host, read.catalog, queries),
            "shown": shown,
            "bm25s": _of_bm25s(read.catalog, queries),
        }
    means = {name: _mean(read, found) for name, found in rankings.items()}
    return Quality(name=read.name, queries=len(queries), **means)


Rankings = Sequence[Sequence[str]]
"""For each query the ids of the first documents."""

LUNR = """([documents, boosts, queries, depth]) => {
  const index = lunr(function () {
    this.pipeline.remove(lunr.trimmer); // it knows ASCII only, and nothing is left to trim
    this.ref("ref");
    for (const [field, boost] of boosts) this.field(field, { boost });
    documents.forEach((document, place) => this.add({ ...document, ref: place }));
  });
  return queries.map((query) => index.search(query).slice(0, depth).map(({ ref }) => Number(ref)));
}"""


def _of_lunr(browser: Browser, host: Host, catalog: Catalog, queries: Sequence[str]) -> Rankings:
    """lunr.js with a whole index of the same fields and boosts."""
    with fresh_page(browser) as page:
        page.goto(f"{host.origin}search/")
        script = resources.files("mkdocs") / "contrib/search/templates/search/lunr.js"
        page.add_script_tag(content=script.read_text("utf-8"))
        boosts = list(search.BOOSTS.items())
        documents = search.documents(catalog)
        found: list[list[int]] = page.evaluate(LUNR, [documents, boosts, list(queries), DEPTH])
    ids = [paper.id for paper in reversed(search.numbered(catalog))]
    return [[ids[place] for place in places] for places in found]


def _of_papershelf(
    browser: Browser, host: Host, catalog: Catalog, queries: Sequence[str]
) -> Rankings:
    """Our own engine, asked for its plain ranking."""
    answers = ask(browser, host, [{"query": query, "ranking": True} for query in queries])
    ids = [paper.id for paper in search.numbered(catalog)]
    return [[ids[number] for number, _ in answer["ranking"][:DEPTH]] for answer in answers]


def _of_bm25s(catalog: Catalog, queries: Sequence[str]) -> Rankings:
    """bm25s with its own settings, all fields as one text."""
    bm25s: Any = import_module("bm25s")
    engine = bm25s.BM25()
    texts = (" ".join(document.values()) for document in search.documents(catalog))
    engine.index([_terms(text) for text in texts], show_progress=False)
    found, _ = engine.retrieve([_terms(query) for query in queries], k=DEPTH, show_progress=False)
    ids = [paper.id for paper in reversed(search.numbered(catalog))]
    return [[ids[place] for place in places] for places in found]


def _terms(text: str) -> list[str]:
    return [term for word in text.split() if (term := words.term(word))]


def _mean(read: Collection, found: Rankings) -> float:
    gains = [
        _ndcg([read.judgments[name].get(document, 0) for document in documents], read, name)
        for name, documents in zip(read.queries, found, strict=True)
    ]
    return sum(gains) / len(gains)


def _ndcg(relevance: Sequence[int], read: Collection, query: str) -> float:
    best = sorted(read.judgments[query].values(), reverse=True)[:DEPTH]
    return _gain(relevance) / _gain(best)


def _gain(relevance: Sequence[int]) -> float:
    return sum(value / log2(place + 2) for place, value in enumerate(relevance))
