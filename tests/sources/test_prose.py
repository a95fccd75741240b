"""Ordinary text files, of which a computer is full, are no lists of papers."""

from __future__ import annotations

import sysconfig
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from generator.sources import read

MOST = 300
"""Files that are read: enough to find what goes wrong often, and soon done."""

LARGEST = 60_000
TEXTS = (
    *(".py", ".pyi", ".txt", ".md", ".rst", ".toml", ".cfg", ".ini", ".in", ".json", ".yml"),
    *(".yaml", ".html", ".css", ".js", ".c", ".h", ".sh"),
)
NAMES = ("LICENSE", "METADATA", "RECORD", "AUTHORS", "README", "NOTICE", "COPYING", "WHEEL")
CITATIONS = ("citeproc", "csl", "bib", "papershelf")
"""Parts of the names of packages that hold records of real papers."""


def ordinary() -> list[Path]:
    """Text files of the Python that runs this, and of the packages it has; always the same ones."""
    roots = (Path(sysconfig.get_paths()[name]) for name in ("stdlib", "purelib"))
    paths = [path for root in roots for path in sorted(root.rglob("*"))]
    Random(7).shuffle(paths)
    return list(islice(filter(_is_ordinary, paths), MOST))


def _is_ordinary(path: Path) -> bool:
    is_text = path.suffix in TEXTS or path.name.startswith(NAMES)
    is_cited = any(word in part.lower() for part in path.parts[-6:] for word in CITATIONS)
    return is_text and not is_cited and path.is_file() and 0 < path.stat().st_size < LARGEST


def test_no_text_file_of_a_python_becomes_a_paper() -> None:
    paths = ordinary()
    assert len(paths) == MOST
    readings = {path: read(path.read_bytes(), path.name) for path in paths}
    assert {path: one.format for path, one in readings.items() if one.papers} == {}


MINUTES = """\
Reading group minutes

We met on Thursday. Bo brought jam.

Next steps

Cy will look at the hives. Dora will write to the authors.

Open questions

How deep is deep enough? Nobody knows yet.
"""
README = """\
Our shelf of lists

This folder holds what our group reads. Put new lists here.

How to add one

Copy the page and paste it into a file. Name the file after its day.

Who to ask

Ask Ada. She knows. See also https://arxiv.org/abs/2508.90001 for the method.
"""
LICENCE = """\
The Ant License

1. Definitions.

"License" means the terms and conditions for use, reproduction, and distribution.

2. Grant of Copyright License.

Subject to the terms of this License, each Contributor grants to You a perpetual license.

3. Redistribution.

You may reproduce and distribute copies of the Work in any medium.
"""
CHANGES = """\
2025-08-07

  * Fix the reader of tables, which lost the last row. Thanks to Ada Ant.
  * Say which line is wrong.

2025-08-01

  * First release.
"""
LOG = """\
2025-08-07 10:00:00 INFO Starting up
2025-08-07 10:00:01 INFO Listening on port 8000
2025-08-07 10:00:02 WARNING Ada Ant, Bo Bee are not in the list
"""
PEOPLE = "Authors\n\nAda Ant, Bo Bee\nCy Wasp, Dora Dorn\nEmil Eel, Fay Fox\nGus Gnu, Hal Hen\n"
LETTER = """\
Dear all,

Thank you for coming on Aug 7. It was a good day.

Here is what we agreed on. Bo will bring jam next time.

Best wishes,

Ada Ant
"""
PROSE = {
    "subtitles": (
        "1\n00:00:01,000 --> 00:00:04,000\nWelcome to the meeting.\n\n"
        "2\n00:00:04,500 --> 00:00:07,000\nToday we present our method.\n\n"
        "3\n00:00:07,500 --> 00:00:11,000\nWe show that it outperforms the state of the art.\n"
    ),
    "minutes of a reading group": (
        "Minutes of the Reading Group\nAug 7\n\nPresent: Ada Ant, Bo Bee\n\n1. Slow Light\n"
        "Ada presented. We discussed the benchmark.\n\n2. Next meeting\nBo will present.\n"
    ),
    "a timetable": (
        "Monday, August 4\n9:00 Opening\n9:15 Keynote: Ada Ant\n10:30 Coffee\n11:00 Session 1\n"
        "12:30 Lunch\n14:00 Posters\n"
    ),
    "commits": (
        "0a1b2c3 Add a reader for ants (Ada Ant)\n1a2b3c4 Fix the hive again (Bo Bee)\n"
        "2a3b4c5 Merge the branch of bees (Cy Wasp)\n"
    ),
    "films": (
        "Ants (1998)\nDirector: Ada Ant\nYear: 1998\n\nBees (2007)\nDirector: Dora Dorn\n"
        "Year: 2007\n"
    ),
    "minutes": MINUTES,
    "a README": README,
    "a licence": LICENCE,
    "a changelog": CHANGES,
    "a log": LOG,
    "a list of people": PEOPLE,
    "a letter": LETTER,
    "a saved page": "<!doctype html>\n<title>Slow Light</title>\n<p>We show light. It waits.</p>",
    "a table without titles": "name,mark\nAda,1\nBo,2\n",
    "a configuration": "[site]\nname = Slow Light\nurl = https://arxiv.org/abs/2508.90001\n",
    "an essay": "On Waiting\n\n" + "Waiting is slow. It has its own light. " * 9 + "\n\nThe End\n",
}


@pytest.mark.parametrize("above", ["", "date: 2025-08-07\n", "---\ndate: 2025-08-07\n---\n\n"])
@pytest.mark.parametrize("kind", PROSE)
def test_prose_is_no_list_even_with_a_date_above_it(kind: str, above: str) -> None:
    found = read((above + PROSE[kind]).encode(), "2025-08-07.txt")
    assert (found.papers, found.format) == ((), "")


def test_date_above_a_list_is_its_day() -> None:
    text = "Slow Light\n\nWe show that it waits.\n\nCompass Needle\n\nThis paper points north.\n"
    for above in ("date: 2025-08-07\n", "---\ndate: 2025-08-07\n---\n\n"):
        for page in (f"Daily Papers\n\n{text}", "2508.90001\n2508.90002\n"):
            papers = read((above + page).encode(), "list.txt").papers
            assert [str(day) for paper in papers for day in paper.days] == ["2025-08-07"] * 2
