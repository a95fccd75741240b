"""Which library reads most entries of real BibTeX files: `python -m tests.benchmarks.bibtex DIR`.

An entry is a line that begins with `@`, a word and a brace or parenthesis; strings, comments,
preambles and data for other entries are none. Needs `pip install pybtex`.
"""

from __future__ import annotations

import logging
import re
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from bibtexparser.entrypoint import parse_string as parse_with_bibtexparser

from generator.model.errors import ContentError
from generator.sources.content import Content
from generator.sources.formats.bibtex import read

ENTRY = re.compile(r"(?im)^[ \t]*@(?!string|comment|preamble|xdata|control)\w+\s*[{(]")


def with_bibtexparser(text: str) -> int:
    """Entries that it finds."""
    return len(parse_with_bibtexparser(text).entries)


def with_pybtex(text: str) -> int:
    """The same; one error loses the whole file."""
    from pybtex.database import parse_string

    return len(parse_string(text, "bibtex").entries)


def with_papershelf(text: str) -> int:
    """Records that the reader finds, of which those without a title are refused."""
    return read(Content(text.encode(), "a.bib")).records


def main(folder: Path) -> None:
    """Print a Markdown table."""
    warnings.simplefilter("ignore")
    logging.disable()
    texts = []
    for path in sorted(folder.rglob("*.bib")):
        try:
            texts.append(Content(path.read_bytes(), path.name).text)
        except ContentError:
            continue
    total = sum(len(ENTRY.findall(text)) for text in texts)
    print(f"{len(texts)} files, {total:,} entries\n")
    print("| library | entries | files that fail | seconds |\n| --- | ---: | ---: | ---: |")
    libraries: dict[str, Callable[[str], int]] = {
        "pybtex": with_pybtex,
        "bibtexparser": with_bibtexparser,
        "papershelf": with_papershelf,
    }
    for name, parse in libraries.items():
        start, found, failed = time.perf_counter(), 0, 0
        for text in texts:
            try:
                found += parse(text)
            except Exception:  # any, since that is what is counted
                failed += 1
        print(f"| {name} | {found:,} | {failed} | {time.perf_counter() - start:.1f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
