"""What a search costs and how good it is, beside other static searches: `make bench-search`.

Prints a table in Markdown. Nothing is asserted: milliseconds depend on the machine, bytes do not.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tarfile
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Browser

from generator import search
from generator.build import site
from generator.catalog import Catalog
from generator.model.settings import Settings
from generator.search.words import fold, term
from tests.benchmarks import search_quality
from tests.benchmarks.search_browser import ask, chromium, cold, warm
from tests.benchmarks.search_host import Host, serve
from tests.benchmarks.search_index import JOBS, Index, build
from tests.benchmarks.search_systems import (
    MATERIAL,
    PAGEFIND,
    PAGEFIND_ALONE,
    PAPERSHELF,
    REPOSITORY,
    System,
    demo,
    first_lines,
    material,
    papershelf,
    put_pagefind,
    read,
)

CORPORA = REPOSITORY.parent / "shared/corpora"
NEW = 50
"""Papers of an ordinary day."""

NEEDS = """
Needs real papers: a file of JSON lines, one object a paper with its "title" and,
where known, "authors", "abstract", "date", "venue" and "keywords". The
catalog.jsonl of any Papershelf site is one; 100,000 papers make the whole table.
Name it with --papers FILE."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How much is measured."""

    small: int
    middle: int
    large: int
    runs: int
    titles: int


FULL = Setup(small=1_000, middle=10_000, large=100_000, runs=5, titles=500)
QUICK = Setup(small=250, middle=500, large=2_000, runs=1, titles=20)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    at: str
    measure: str
    papershelf: str
    reach: str = ""
    pagefind: str = ""
    alone: str = ""
    """Pagefind, on a page without a theme."""

    material: str = ""

    def __str__(self) -> str:
        others = (self.pagefind, self.alone, self.material)
        cells = (self.at, self.measure, self.papershelf, *others, self.reach)
        return f"| {' | '.join(cells)} |"


HEAD = Row(
    at="papers",
    measure="measure",
    papershelf="Papershelf",
    reach="to reach",
    pagefind="Pagefind in the same theme",
    alone="Pagefind on an empty page",
    material="Material's own",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A catalog of some size, and its index."""

    root: Path
    catalog: Catalog
    settings: Settings
    index: Index

    @property
    def at(self) -> str:
        """What the table calls it."""
        return f"{len(self.catalog.papers):,}"


def main(papers: Path, ir: Path | None, setup: Setup) -> None:
    """Measure all, and print the table as it comes."""
    lines = first_lines(papers, setup.large)
    sizes = sorted({min(size, len(lines)) for size in (setup.small, setup.middle, setup.large)})
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        root = Path(folder)
        print(
            f"{JOBS} cores, Python {sys.version.split()[0]}, Chromium {browser.version}, "
            f"Pagefind {version('pagefind')}, mkdocs-material {version('mkdocs-material')}; "
            f"median of {setup.runs}; {load()} at the start\n\n{HEAD}\n{'| --- ' * 7}|",
            flush=True,
        )
        shelves = [shelf(root / str(size), lines[:size]) for size in sizes]
        asked = queries(shelves[-1].catalog, shelves[0].catalog)
        rows = [
            at_scale(browser, shelves[-1], asked, setup),
            against_others(browser, root / "others", shelves[len(shelves) // 2], asked, setup),
            growth(browser, shelves, setup),
            demo_rows(browser, root / "demo", setup),
            index_rows(shelves),
            quality(browser, root, ir),
        ]
        for part in rows:
            for row in part:
                print(row, flush=True)
        print(f"\n{load()} at the end")


def load() -> str:
    """How busy the machine is; milliseconds mean little where others work too."""
    return f"load {os.getloadavg()[0]:.1f}"


def shelf(root: Path, lines: list[bytes]) -> Shelf:
    """Read these papers as a catalog, and build its index."""
    print(f"Reading and indexing {len(lines):,} papers …", file=sys.stderr)
    catalog, settings = read(root / "shelf", lines, JOBS)
    return Shelf(root=root, catalog=catalog, settings=settings, index=build(root, catalog))


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, and the nearest that others can be asked."""

    text: str
    pagefind: str = ""
    material: str = ""

    def of(self, system: System) -> str:
        """As this system is asked it."""
        others = {PAGEFIND: self.pagefind, PAGEFIND_ALONE: self.pagefind, MATERIAL: self.material}
        return others.get(system) or self.text


def queries(catalog: Catalog, fewer: Catalog) -> list[Query]:
    """A rare term, common ones, a field, and whoever of `fewer` wrote most papers."""
    there = {author.name for paper in fewer.papers for author in paper.authors}
    counts = Counter(
        author.name
        for paper in catalog.papers
        for author in paper.authors
        if " " in author.name and author.name in there
    )
    author = min(counts, key=lambda name: (-counts[name], name))
    return [
        Query("quantization"),
        Query("speculative decoding"),
        Query("large language models"),
        Query("model"),
        Query("title:survey +year:2025", pagefind="survey 2025", material="title:survey"),
        Query(author),
    ]


def at_scale(browser: Browser, large: Shelf, asked: list[Query], setup: Setup) -> Iterator[Row]:
    """First and next searches, and exact titles, in the largest catalog."""
    built = papershelf(large.root / "small", large.catalog, large.settings)
    with serve(built) as host:
        for query in asked:
            cost = cold(browser, host, PAPERSHELF, query.text, setup.runs)
            most = "≤ 400 ms, ≤ 500 KB" if query.text == "model" else "≤ 400 ms, ≤ 300 KB"
            yield Row(large.at, f"cold: `{query.text}`", str(cost), most)
        times = warm(browser, host, [query.text for query in asked], setup.runs)
        for text, milliseconds in times.items():
            yield Row(large.at, f"warm: `{text}`", f"{milliseconds:,.0f} ms", "≤ 100 ms")
        yield exact_titles(browser, host, large, setup)


def exact_titles(browser: Browser, host: Host, large: Shelf, setup: Setup) -> Row:
    """How often a paper is first when its title is the query."""
    titles = sorted(paper.title for paper in large.catalog.current)
    titles = random.Random(500).sample(titles, min(setup.titles, len(titles)))
    answers = ask(browser, host, [{"query": title, "count": 1} for title in titles])
    first = [
        answer["results"][0]["paper"]["title"] if answer["results"] else "" for answer in answers
    ]
    right = sum(fold(one) == fold(other) for one, other in zip(titles, first, strict=True))
    return Row(large.at, "exact title is first", f"{right} of {len(titles)}", "all")


def against_others(
    browser: Browser, root: Path, middle: Shelf, asked: list[Query], setup: Setup
) -> Iterator[Row]:
    """Cold searches of the same papers with each system."""
    built = site.build(middle.root / "shelf", jobs=JOBS).site_dir
    put_pagefind(built)
    with serve(built) as ours, serve(material(root, middle.catalog)) as theirs:
        for query in asked:
            cells = []
            for system in (PAPERSHELF, PAGEFIND, PAGEFIND_ALONE, MATERIAL):
                host = theirs if system is MATERIAL else ours
                text = query.of(system)
                cost = str(cold(browser, host, system, text, setup.runs))
                cells.append(cost if text == query.text else f"{cost} (`{text}`)")
            measure = f"cold: `{query.text}`"
            yield Row(middle.at, measure, cells[0], "less than the others", *cells[1:])


def growth(browser: Browser, shelves: list[Shelf], setup: Setup) -> Iterator[Row]:
    """What a rare word costs as catalogs grow."""
    word = rare_word(shelves[0].catalog)
    for number, one in enumerate(shelves):
        built = one.root / "small/site"
        if not built.exists():
            built = papershelf(one.root / "small", one.catalog, one.settings)
        with serve(built) as host:
            total = ask(browser, host, [{"query": word}])[0]["total"]
            cost = cold(browser, host, PAPERSHELF, word, setup.runs)
            reach = "nearly as above" if number else ""
            yield Row(one.at, f"cold: `{word}`, in {total:,}", str(cost), reach)


def rare_word(catalog: Catalog) -> str:
    """A word that stands, in any of its forms, in five papers."""
    papers: dict[str, set[int]] = defaultdict(set)
    surfaces: dict[str, str] = {}
    for number, document in enumerate(search.documents(catalog)):
        for word in " ".join(document.values()).split():
            if stem := term(word):
                papers[stem].add(number)
                surfaces.setdefault(stem, word)
    rare = sorted(surfaces[stem] for stem, numbers in papers.items() if len(numbers) == 5)
    long = [word for word in rare if len(word) >= 8 and word.isalpha()]
    return long[len(long) // 2]


def demo_rows(browser: Browser, root: Path, setup: Setup) -> Iterator[Row]:
    """What the first search costs on a small site."""
    built, catalog = demo(root / "shelf")
    query = "reinforcement learning"
    with serve(built) as host:
        ours = cold(browser, host, PAPERSHELF, query, setup.runs)
    with serve(material(root / "material", catalog)) as host:
        theirs = cold(browser, host, MATERIAL, query, setup.runs)
    yield Row(
        f"{len(catalog.papers):,} (the demo)",
        f"cold: `{query}`",
        str(ours),
        "fewer bytes than Material",
        material=str(theirs),
    )


def index_rows(shelves: list[Shelf]) -> Iterator[Row]:
    """What building an index takes, and what another day's papers change in it."""
    for one in shelves:
        reach = "≤ 60 s, ≤ 1,500 MB, < 2,000 files, < 60 MB" if one is shelves[-1] else ""
        yield Row(one.at, "index", str(one.index), reach)
    large = shelves[-1]
    before = build(large.root, replace(large.catalog, papers=large.catalog.papers[NEW:]), "before")
    changed = [
        size
        for name, size in large.index.sizes.items()
        if not (before.folder / name).exists()
        or (before.folder / name).read_bytes() != (large.index.folder / name).read_bytes()
    ]
    yield Row(
        large.at,
        f"{NEW} new papers",
        f"{len(changed):,} files, {sum(changed) / 1e6:.2f} MB new or changed",
    )


def quality(browser: Browser, root: Path, ir: Path | None) -> Iterator[Row]:
    """How well results are ranked."""
    if ir is None:
        print("No ranking quality: name a folder of collections in BEIR's form with --ir DIR.")
        return
    if ir.is_file():
        with tarfile.open(ir) as archive:
            archive.extractall(root / "ir", filter="data")
        ir = root / "ir"
    for one in search_quality.measure(browser, ir, root / "quality"):
        yield Row(
            one.name,
            f"nDCG@10, {one.queries} queries",
            f"{one.ranking:.4f}; as shown {one.shown:.4f}",
            f"≥ {one.lunr:.4f} of lunr.js (bm25s: {one.bm25s:.4f})",
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=Path, default=CORPORA / "scale.jsonl.xz")
    parser.add_argument("--ir", type=Path, default=CORPORA / "ir.tar.xz", help="folder or archive")
    parser.add_argument("--quick", action="store_true", help="few papers, once: to try it out")
    given = parser.parse_args()
    if not given.papers.is_file():
        parser.error(NEEDS)
    return given


if __name__ == "__main__":
    given = _arguments()
    main(given.papers, given.ir if given.ir.exists() else None, QUICK if given.quick else FULL)
