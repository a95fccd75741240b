"""How long builds take beside others that render the same Markdown: `make bench`.

The papers are real ones, from a file of records that is not part of the project, or else made up
from a fixed seed. Each figure is of one run of the program as people start it. The others are
`mkdocs build` and Hugo with a theme of three lines, which make pages only: no search index, no
feeds, no citations, no similar papers. Nothing is asserted: the figures depend on the machine.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

import yaml

from generator.build import folders

REPOSITORY = Path(__file__).parents[2]
CORPUS = REPOSITORY.parent / "shared" / "corpora" / "scale.jsonl.xz"
BIN = Path(sys.executable).parent
NEW = 50
SERVED = 10_000
"""Papers up to which the catalog is served too, which builds it once more."""

EDITS = 5
NEW_SOURCE = "content/sources/new.jsonl"
AGAIN_SOURCE = "content/sources/again.jsonl"

HUGO = {
    "contentDir": "markdown",
    "disableKinds": ["taxonomy", "term", "RSS", "sitemap", "404"],
    "markup": {"goldmark": {"renderer": {"unsafe": True}}},
}
LAYOUT = "<!doctype html><title>{{ .Title }}</title>\n<body>\n{{ .Content }}"


class Run(NamedTuple):
    seconds: float
    megabytes: float
    """The most memory that any process had."""


def main(sizes: list[int], corpus: Path, others: bool) -> None:
    """Build catalogs of these numbers of papers and print a Markdown table."""
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}\n")
    head = "papers|pages|files|size|clean build|memory|nothing changed|50 new papers"
    head += "|50 old papers again|mkdocs build|Hugo|a page|edit shown"
    print(f"| {head.replace('|', ' | ')} |")
    print(f"|{' ---: |' * (head.count('|') + 1)}", flush=True)
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            print("|", end="", flush=True)
            for cell in _row(Path(folder) / "shelf", size, corpus, others):
                print(f" {cell} |", end="", flush=True)
            print()


def _row(root: Path, size: int, corpus: Path, others: bool) -> Iterator[str]:
    records = list(islice(records_of(corpus), size + NEW))
    size = len(records) - NEW  # a corpus may have no more
    fill(root, records[:size])
    clean = _run(root, str(BIN / "papershelf"), "build", "--json")
    files = [path.stat().st_size for path in (root / "site").rglob("*") if path.is_file()]
    pages = sum(1 for _ in (root / "content/pages").rglob("*.md"))
    sizes = [path.stat().st_size for path in (root / "site/papers").glob("*/index.html")]
    yield f"{size:,}"
    yield f"{pages:,}"
    yield f"{len(files):,}"
    yield f"{sum(files) / 1e6:,.0f} MB"
    yield f"{clean.seconds:.1f} s"
    yield f"{clean.megabytes:,.0f} MB"
    yield f"{_run(root, str(BIN / 'papershelf'), 'build').seconds:.1f} s"
    new = of_a_new_day(records[size:], records[:size])
    write(root / NEW_SOURCE, new)
    yield f"{_run(root, str(BIN / 'papershelf'), 'build').seconds:.1f} s"
    again = list(map(json.loads, of_a_new_day(records[: size : size // NEW], new)))
    for record in again:
        record["listed"] = record.pop("date")  # their own date stays
    write(root / AGAIN_SOURCE, map(json.dumps, again))
    yield f"{_run(root, str(BIN / 'papershelf'), 'build').seconds:.1f} s"
    # The others come last, since they may need all memory, and the disk is slower after that.
    (root / NEW_SOURCE).unlink()
    (root / AGAIN_SOURCE).unlink()
    _run(root, str(BIN / "papershelf"), "build")
    for other in (_stock, _hugo):
        found = other(root) if others else None
        yield f"{found.seconds:.1f} s (× {clean.seconds / found.seconds:.2f})" if found else "–"
    yield f"{median(sizes) / 1024:.1f} KB"
    yield f"{_edited(root, records[:size]):.1f} s" if size <= SERVED else "–"


def _edited(root: Path, records: list[str]) -> float:
    """Seconds until a paper that somebody edits is shown by `papershelf serve`: the median.

    The paper stands in the middle of the catalog, in a source of its own, as the lists of days do.
    """
    edited = json.loads(records.pop(len(records) // 2))
    write(root / "content/sources/papers.jsonl", records)
    catalog = (root / "site/catalog.jsonl").read_text("utf-8").splitlines()
    known = next(one for one in map(json.loads, catalog) if one["title"] == edited["title"])
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    url = f"http://127.0.0.1:{port}/papers/papers/{known['id']}/"

    def show(words: str) -> float:
        write(
            root / "content/sources/edited.jsonl",
            [json.dumps(edited | {"abstract": f"{edited['abstract']} {words}"})],
        )
        start = time.perf_counter()
        while True:
            with suppress(OSError), urllib.request.urlopen(url, timeout=60) as answer:
                if words in answer.read().decode():
                    return time.perf_counter() - start
            if server.poll() is not None or time.perf_counter() > start + PATIENCE:
                raise SystemExit(f"{url} never showed “{words}”")
            time.sleep(0.02)

    command = [str(BIN / "papershelf"), "serve", "--port", str(port)]
    environment = os.environ | {"TMPDIR": str(root)}
    server = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, env=environment)
    try:
        show("Zeroth edition.")  # waits for the first build
        found = []
        for number in range(EDITS):
            time.sleep(PAUSE)
            found.append(show(f"Edition number {number}."))
        return median(found)
    finally:
        server.kill()
        server.wait()


PATIENCE = 600
"""Seconds."""

PAUSE = 10
"""Seconds in which the search index follows an edit."""


def of_a_new_day(records: list[str], others: list[str]) -> list[str]:
    """The records as a list of the day after the latest one of all others."""
    known = (json.loads(record).get("date", "") for record in others)
    last = max((day for day in known if len(day) == len("2025-08-07")), default="2025-08-07")
    day = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
    return [json.dumps(json.loads(record) | {"date": day}) for record in records]


def _stock(root: Path) -> Run | None:
    return _run(root, str(BIN / "mkdocs"), "build", "--quiet", "--site-dir", str(root / "stock"))


def _hugo(root: Path) -> Run | None:
    """Hugo with a theme of three lines, if it is installed."""
    hugo = shutil.which("hugo", path=f"{BIN}:{os.environ['PATH']}")
    if not hugo:
        return None
    pages = root / "content/pages"
    for path in pages.rglob("*.md"):
        # What is an index to MkDocs is one of a section to Hugo.
        target = root / "markdown" / path.relative_to(pages)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target.with_name("_index.md") if path.stem == "index" else target)
    (root / "layouts/_default").mkdir(parents=True)
    for kind in ("single", "list", "home"):
        (root / f"layouts/_default/{kind}.html").write_text(LAYOUT, "utf-8")
    (root / "hugo.yaml").write_text(yaml.safe_dump(HUGO), "utf-8")
    found = _run(root, hugo, "--quiet", "--destination", str(root / "hugo"))
    made = sum(1 for _ in (root / "hugo").rglob("index.html"))
    if made < sum(1 for _ in pages.rglob("*.md")):
        raise SystemExit(f"Hugo made {made} pages only")
    return found


def _run(root: Path, *command: str) -> Run:
    """Run a program, which must succeed."""
    start = time.perf_counter()
    most = 0
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.DEVNULL, start_new_session=True
    ) as process:
        while process.poll() is None:
            most = max(most, *_memory(process.pid))
            with suppress(subprocess.TimeoutExpired):
                process.wait(WATCHED)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return Run(time.perf_counter() - start, most / 1024)


WATCHED = 0.1
"""Seconds between two looks at the memory of processes."""


def _memory(session: int) -> Iterator[int]:
    """The most kilobytes that each process of a session had so far, as Linux tells it."""
    yield 0
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):  # it has ended
            if os.getsid(int(path.name)) == session:
                status = (path / "status").read_text("utf-8")
                yield int(status.partition("VmHWM:")[2].split(maxsplit=1)[0])


def fill(root: Path, records: list[str]) -> None:
    folders.new(root)
    shutil.copy(REPOSITORY / "content" / "topics.yml", root / "content")
    with suppress(FileNotFoundError):
        (root / "content/sources/example.txt").unlink()
    write(root / "content/sources/papers.jsonl", records)
    path = root / "mkdocs.yml"
    values = yaml.safe_load(path.read_text("utf-8"))
    values |= {"site_url": "https://example.org/papers/"}
    values["extra"] = {"papershelf": {"cards": "never"}}
    path.write_text(yaml.safe_dump(values), "utf-8")


def write(path: Path, records: Iterable[str]) -> None:
    path.write_text("".join(f"{record}\n" for record in records), "utf-8")


def records_of(corpus: Path) -> Iterator[str]:
    """Papers as JSON lines."""
    if corpus.is_file():
        opened = lzma.open if corpus.suffix == ".xz" else open
        with opened(corpus, "rt", encoding="utf-8") as lines:
            yield from (line.rstrip("\n") for line in lines)
        return
    words = (REPOSITORY / "content/sources/2025-08-07.txt").read_text("utf-8").split()
    pick = random.Random(78)
    for number in range(10**6):
        title = " ".join(pick.choices(words, k=8)).strip(".:")
        abstract = " ".join(pick.choices(words, k=180))
        authors = [f"{pick.choice(words)} {pick.choice(words)}" for _ in range(4)]
        yield json.dumps({"title": f"{title} {number}", "abstract": abstract, "authors": authors})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[78, 1_000, 10_000])
    parser.add_argument("--papers", type=Path, default=CORPUS, help="records, as JSON lines")
    parser.add_argument("--alone", action="store_true", help="without MkDocs and Hugo")
    given = parser.parse_args()
    main(given.sizes, given.papers, not given.alone)
