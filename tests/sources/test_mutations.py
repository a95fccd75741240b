"""No file stops a build: thousands of broken ones are read, and what is read of them is made pages.

`make soak` tries as many more as `INPUTS` says. What fails is kept in `.fuzz/`.
"""

from __future__ import annotations

import faulthandler
import os
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import asdict

from generator import catalog, sources
from generator.exports import bibliographies, catalog_records, feeds, paper_markdown
from generator.model.errors import ContentError
from generator.model.papers import Paper
from generator.model.settings import Settings
from generator.pages import entries
from generator.sources import READERS, Reading
from generator.sources.content import Content
from generator.sources.identification import MOST_LINKS
from generator.sources.records import FAULT
from tests.command import papershelf
from tests.conftest import REPOSITORY, MakeCatalog
from tests.sources import mutations

pytestmark = pytest.mark.slow

INPUTS = int(os.environ.get("INPUTS", "2000"))
START = int(os.environ.get("START", "0"))
SHARDS = 8
LONGEST = 120
"""Seconds after which an input is taken for one that never ends."""

FAILURES = REPOSITORY / ".fuzz"

SITE_URL = "https://papershelf.example/"
SETTINGS = Settings(root=Path("/shelf"), pages=Path("/shelf/pages"), site_url=SITE_URL)


def texts(value: Any) -> Iterator[str]:
    """All text in records, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Struct):
        yield from texts(tuple(asdict(value).values()))
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)


def assert_is_clean(words: str) -> None:
    bad = [c for c in words if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
    assert bad == [], f"not clean: {words[:200]!a}"
    words.encode()


def readings(name: str, former: str, data: bytes) -> Iterator[Reading]:
    """What the file gives, and what it gives to the reader of what it was before it was broken."""
    yield sources.read(data, name)
    reader = next((each for each in READERS if former == each.NAME), None)
    if reader:
        with suppress(ContentError):
            yield reader.read(Content(data, name))


def read_and_made(name: str, former: str, data: bytes) -> None:
    for reading in readings(name, former, data):
        assert [str(problem) for problem in reading.problems if FAULT in problem.reason] == []
        assert reading.papers or reading.problems
        assert reading.refused <= len(reading.problems)
        for paper in reading.papers:
            assert paper.id
            assert paper.title
            assert len(paper.links) <= MOST_LINKS
        for words in texts((reading.papers, reading.problems)):
            assert_is_clean(words)
        built = catalog.build([reading])
        names = {topic.slug: topic.name for topic in built.topics}
        for paper in built.papers[:5]:
            made(paper, names)


def made(paper: Paper, names: dict[str, str]) -> None:
    """All that other files have of a paper can be made."""
    feed = feeds.Feed(address="", title="", papers=[paper])
    writer = feeds.Writer(SETTINGS, names)
    parts = [
        entries.entry(paper, names),
        catalog_records.record(paper, SITE_URL),
        paper_markdown.markdown(paper, names, SITE_URL),
        writer.atom(feed),
        writer.json(feed),
        *bibliographies.cited_as(paper, "key", SITE_URL).values(),
    ]
    for part in parts:
        part.encode()


@pytest.mark.parametrize("shard", range(SHARDS))
def test_no_broken_file_stops_a_build(shard: int) -> None:
    count = INPUTS // SHARDS
    FAILURES.mkdir(exist_ok=True)
    for number, name, former, data in mutations.inputs(START + shard * count, count):
        kept = FAILURES / f"{number}-{name.replace('/', '-')}"
        kept.write_bytes(data)  # it stays, whatever this one ends in
        faulthandler.dump_traceback_later(LONGEST, exit=True)
        try:
            read_and_made(name, former, data)
        except BaseException as error:
            error.add_note(f"input {number}, kept as {kept}")
            raise
        finally:
            faulthandler.cancel_dump_traceback_later()
        kept.unlink()


def test_site_of_broken_files_is_built_and_prints_no_escape_sequence(
    make_catalog: MakeCatalog,
) -> None:
    broken = {f"{number}.txt": data for number, *_, data in mutations.inputs(0, 40)}
    escaping = '{"title": "On Ants", "url": "\\u001b]0;owned\\u0007\\u001b[2J"}'
    done = papershelf(make_catalog(broken | {"escaping.json": escaping}), "build")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert "escaping.json, record 1: expected a web address" in done.stderr
    assert_is_clean(done.stdout + done.stderr)
