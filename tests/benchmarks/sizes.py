"""What a site consists of: `python -m tests.benchmarks.sizes SITE` prints files and bytes by kind.

Nothing is asserted. The first kind whose pattern a path matches has it.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from generator.build import walking
from generator.exports import hosts

KINDS = {
    "papers": r"papers/[^/]+/index\.html",
    "cards": r".*\.png",
    "companions of papers": r"papers/[^/]+\.(json|md)",
    "feeds": r"(.*/)?(feed\.(xml|json)|feeds\.opml)",
    "authors": r"authors/.*index\.html",
    "other listings": r"((days|topics|venues|years|titles|trending|saved)/.*)?index\.html",
    "files of citations": r"(.*/)?papers\.(bib|ris|csl\.json)|downloads/\d.*",
    "catalog, sitemaps, manifest": r"(catalog|sitemap|build-manifest)[^/]*",
    "search index": r"search/(.*\.bin|manifest\.json)",
    "assets": r"assets/.*",
    "other": r".*",
}


def main(site: Path) -> None:
    """Print a Markdown table of a site."""
    found: dict[str, list[hosts.Sized]] = defaultdict(list)
    every = [(path, (site / path).stat().st_size) for path in walking.below(site, hidden=True)]
    for path, size in every:
        found[next(kind for kind in KINDS if re.fullmatch(KINDS[kind], path))].append((path, size))
    print(
        "| kind | files | MB | median, bytes | largest, bytes | |\n| --- |"
        + " ---: |" * 4
        + " --- |"
    )
    for kind in KINDS:
        if found[kind]:
            print(_row(kind, found[kind]))
    print(_row("all", every))


def _row(kind: str, some: Iterable[hosts.Sized]) -> str:
    sizes = dict(some)
    largest = max(sizes, key=sizes.__getitem__)
    total = sum(sizes.values()) / 1e6
    return (
        f"| {kind} | {len(sizes):,} | {total:,.2f} | {median(sizes.values()):,.0f} "
        f"| {sizes[largest]:,} | {largest} |"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
