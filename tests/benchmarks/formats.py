"""What the readers make of a folder of real lists: `python -m tests.benchmarks.formats DIR`.

Prints a Markdown table with a row for each format: its files, the records in them, how many became
papers, how many were refused, how many problems were said, and how long reading took in one
process. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter, defaultdict
from pathlib import Path

from generator import sources
from generator.build.walking import relative_files
from generator.sources import READERS
from generator.sources.content import LARGEST_FILE

UNKNOWN = "(no known kind)"


def main(folder: Path, *, files: bool, problems: bool) -> None:
    """Read every file below `folder` and print the table."""
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for path in relative_files(folder):
        if (folder / path).stat().st_size > LARGEST_FILE:
            continue
        start = time.perf_counter()
        reading = sources.read((folder / path).read_bytes(), path)
        seconds = time.perf_counter() - start
        row = Counter(
            files=1,
            records=reading.records,
            papers=len(reading.papers),
            refused=reading.refused,
            problems=len(reading.problems),
            milliseconds=round(1000 * seconds),
        )
        totals[reading.format or UNKNOWN].update(row)
        if files:
            print(f"{path}: {reading.format or UNKNOWN} {dict(row)}")
        if problems:
            for problem in reading.problems:
                print(f"    {problem}")
    print("| format | files | records | papers | refused | problems | seconds |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name in [*(reader.NAME for reader in READERS), UNKNOWN]:
        if name in totals:
            row = totals[name]
            cells = [f"{row[key]:,}" for key in ("files", "records", "papers", "refused")]
            cells += [f"{row['problems']:,}", f"{row['milliseconds'] / 1000:.1f}"]
            print(f"| {name} | {' | '.join(cells)} |")
    print(f"\nmost memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", action="store_true", help="also a line for each file")
    parser.add_argument("--problems", action="store_true", help="also every problem")
    given = parser.parse_args()
    main(given.folder, files=given.files, problems=given.problems)
