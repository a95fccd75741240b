"""How long a build takes, and how large a site is: `make benchmark`.

The papers are made up from a fixed seed, 50 a day, with abstracts as long as real ones, and tagged
with the demo's taxonomy. Nothing is asserted: the figures depend on the machine.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from generator import folders, site

REPOSITORY = Path(__file__).parents[2]
A_DAY = 50


def main(sizes: list[int]) -> None:
    """Build catalogs of these numbers of papers and print a Markdown table."""
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}\n")
    print("| papers | read | write | render | in all | again | site | search index |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "catalog"
            _fill(root, size)
            first = site.build(root)
            again = site.build(root)
            files = [path for path in first.site_dir.rglob("*") if path.is_file()]
            cells = [f"{size:,}"]
            cells += [f"{first.seconds[step]:.1f} s" for step in ("read", "write", "render")]
            cells += [f"{sum(run.seconds.values()):.1f} s" for run in (first, again)]
            cells += [f"{sum(path.stat().st_size for path in files) / 1e6:.1f} MB"]
            cells += [f"{first.index.bytes / 1e6:.2f} MB"]
            print(f"| {' | '.join(cells)} |", flush=True)


def _fill(root: Path, size: int) -> None:
    folders.new(root)
    shutil.copy(REPOSITORY / "content" / "topics.yml", root / "content")
    (root / "content" / "sources" / "example.txt").unlink()
    words = (REPOSITORY / "content" / "sources" / "2025-08-07.txt").read_text("utf-8").split()
    pick = random.Random(78)
    for start in range(0, size, A_DAY):
        day = date(2020, 1, 1) + timedelta(days=start // A_DAY)
        blocks = [f"{day:%B} {day.day}"]
        for number in range(start, min(start + A_DAY, size)):
            blocks.append(f"Paper {number}: {' '.join(pick.choices(words, k=8)).strip('.:')} too")
            blocks.append(f"{' '.join(pick.choices(words, k=180))}.")
        text = "\n\n".join(blocks)
        (root / "content" / "sources" / f"{day}.txt").write_text(text, "utf-8")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [78, 1_000, 10_000])
