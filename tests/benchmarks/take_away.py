"""What citations, feeds and similar papers cost: `python -m tests.benchmarks.take_away`.

Every row is measured in a process of its own, on the first papers of a file of JSON lines.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from generator import similar
from generator.build.loading import summarised
from generator.build.store import Store
from generator.catalog import Catalog
from generator.catalog.listings import Listings
from generator.catalog.listings.paging import CITATIONS
from generator.exports import bibliographies, feeds
from generator.model.fragments import Texts
from generator.model.outputs import File
from generator.model.papers import Paper, fragments_of
from generator.model.settings import Settings
from generator.pages.paper import papers
from generator.pages.templates import Site, Templates
from tests.benchmarks.search import CORPORA
from tests.benchmarks.search_systems import first_lines, read

JOBS = os.cpu_count() or 1
NEW = 50
PAGES = 2_000
"""Pages that the bytes of one are the median of."""

SIZES = (1_000, 10_000, 100_000)
HEAD = (
    "| papers | similar papers | memory | lists changed by 50 new papers, those without them "
    "| parts of each paper | citations of all | feeds of all | added to a page |"
)


def main(path: Path, sizes: Sequence[int]) -> None:
    """Print a row for each size."""
    print(f"{JOBS} cores, Python {sys.version.split()[0]}\n\n{HEAD}\n{'| ---: ' * 8}|", flush=True)
    for size in sizes:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            print(process.submit(row, path, size).result(), flush=True)


def row(path: Path, size: int) -> str:
    """The row of the table for the first papers of a file."""
    with tempfile.TemporaryDirectory() as folder:
        catalog, settings = read(Path(folder) / "shelf", first_lines(path, size), JOBS)
    settings = replace(settings, site_url="https://papers.example.org/shelf/")
    start = time.perf_counter()
    near = similar.find(catalog.current, JOBS)
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    changed, others = _changes(catalog.current)
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        store = Store(Path(folder) / "build.db", "")
        brief = summarised(catalog, settings, store, JOBS)
        texts = store.fragments()
        once = time.perf_counter() - start
        site = Site(Listings(catalog=brief, settings=settings), near)

        def citing(papers: Sequence[Paper], ending: str) -> Texts:
            return Texts(texts, fragments_of(papers, ending))

        cited = _making(
            bibliographies.by_year(site.listings, citing, lambda paper: [600] * len(CITATIONS)),
        )
        fed = _making(feeds.write(site.listings, texts))
    site = Site(Listings(catalog=catalog, settings=settings), near)
    return (
        f"| {len(catalog.papers):,} | {seconds:.1f} s | {memory:,.0f} MB | {changed}, {others} "
        f"| {once:.1f} s | {cited:.1f} s | {fed:.1f} s "
        f"| {_added(catalog, settings, site):,.0f} bytes |"
    )


def _making(*files: Iterable[File]) -> float:
    """Seconds that it takes to make all of these."""
    start = time.perf_counter()
    for file in chain(*files):
        file.make()
    return time.perf_counter() - start


def _changes(papers: Sequence[Paper]) -> tuple[int, int]:
    """How many lists the newest papers change, and how many of these they are not in."""
    new = {paper.id for paper in papers[:NEW]}
    before, after = similar.find(papers[NEW:], JOBS), similar.find(papers, JOBS)
    changed = [paper for paper in after if paper not in new and before.get(paper) != after[paper]]
    return len(changed), sum(not new & {near.paper for near in after[one]} for one in changed)


_PARTS = (
    r"(?m)^head: .*$",
    r'(?s)<details class="ps-cite".*?</details>',
    r'(?s)<section class="ps-similar">.*?</section>',
    r'<a href="../../(?:authors|search)/[^"]*">|</a>(?=<a href="../../(?:authors|search)/|\n)',
)


def _added(catalog: Catalog, settings: Settings, site: Site) -> float:
    """Bytes of a paper's page that are for machines, citations, neighbours and authors' links."""
    some = Site(
        Listings(catalog=replace(catalog, papers=catalog.papers[:PAGES]), settings=settings),
        site.similar,
    )
    some.by_id = site.by_id
    sizes = []
    templates = Templates(some.shown)
    for draft in papers(some):
        page = draft.make().markdown(templates)
        whole = len(page.encode())
        for pattern in _PARTS:
            page = re.sub(pattern, "", page)
        sizes.append(whole - len(page.encode()))
    return median(sizes)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=Path, default=CORPORA / "scale.jsonl.xz")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    arguments = parser.parse_args()
    main(arguments.papers, arguments.sizes)
