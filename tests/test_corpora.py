"""Every record of a large collection of real files is accounted for, where it is at hand.

The files cannot be published here. How many records each holds is counted without the readers, by
the marks that begin a record in its format.
"""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import config, folders
from generator.build.loading import read_catalog
from generator.catalog import Catalog
from tests.conftest import REPOSITORY

CORPORA = REPOSITORY.parent / "shared" / "corpora"

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the real files are not at hand")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog of all of them, but for the largest and for what is no list."""
    root = tmp_path_factory.mktemp("corpora") / "shelf"
    folders.new(root)
    content = root / "content/sources"
    (content / "example.txt").unlink()
    for archive in CORPORA.glob("*.tar.xz"):
        if archive.name != "ir.tar.xz":
            with tarfile.open(archive) as packed:
                packed.extractall(content, filter="data")
    return root


@pytest.fixture(scope="module")
def catalog(root: Path) -> Catalog:
    settings, _ = config.load(root)
    return read_catalog(settings, jobs=2)


def objects(data: bytes) -> int:
    return len(json.loads(data))


def lines(data: bytes) -> int:
    return sum(bool(line.strip()) for line in data.splitlines())


def marks(pattern: bytes) -> Callable[[bytes], int]:
    return lambda data: len(re.findall(pattern, data))


COUNTED: dict[str, Callable[[bytes], int]] = {
    "hf-daily/*.json": objects,
    "arxiv-jsonl/*.jsonl": lines,
    "arxiv-oai/*.xml": marks(rb"<record>"),
    "acl-xml/*.xml": marks(rb"<paper[ >]"),
    "paperlists/**/*.json": objects,
    "nasty/*.jsonl": lines,
    "pubmed/*.nxml": marks(rb"<article[ >]"),
    "pmlr-bib/**/*.bib": marks(rb"(?im)^@(?!string|comment|preamble)\w+\s*\{"),
}


@pytest.mark.parametrize("pattern", COUNTED)
def test_every_record_is_counted(root: Path, catalog: Catalog, pattern: str) -> None:
    accounts = {account.file: account for account in catalog.accounts}
    paths = sorted((root / "content/sources").glob(pattern))
    assert paths
    content = root / "content/sources"
    counted = {
        path.relative_to(content).as_posix(): COUNTED[pattern](path.read_bytes()) for path in paths
    }
    assert counted == {name: accounts[name].records for name in counted}


def test_every_record_is_a_paper_or_merged_or_a_problem(catalog: Catalog) -> None:
    said = {problem.file for problem in catalog.problems}
    for account in catalog.accounts:
        assert account.records == account.papers + account.merged + account.problems
        assert account.records or account.file in said
        assert account.format or account.file in said
    assert sum(account.papers for account in catalog.accounts) == len(catalog.papers)


def test_daily_lists_give_each_id_once_with_its_days_and_its_latest_votes(
    root: Path, catalog: Catalog
) -> None:
    days: dict[str, set[str]] = {}
    votes: dict[str, int] = {}
    hidden: dict[str, set[str]] = {}
    for path in sorted((root / "content/sources/hf-daily").glob("*.json")):
        for entry in json.loads(path.read_bytes()):
            paper = entry["paper"]
            days.setdefault(paper["id"], set()).add(path.stem)
            if paper.get("upvotes") is not None:
                votes[paper["id"]] = paper["upvotes"]
            hidden[paper["id"]] = {a["name"] for a in paper["authors"] if a.get("hidden")}
    found = {paper.arxiv: paper for paper in catalog.papers if paper.arxiv in days}
    assert found.keys() == days.keys()
    for known, paper in found.items():
        assert days[known] <= {day.isoformat() for day in paper.days}  # arXiv has lists too
        assert paper.votes is None or paper.votes.upvotes == votes[known]
        assert not hidden[known] & {author.name for author in paper.authors}


# Accents of one letter: `\\c{hi}` is a macro of the authors' own.
RAW = re.compile(r"""\\['"`^~=.][A-Za-z]|\\[uvHcdbkr]\s*\{[A-Za-z]\}|&amp;|Ã[©¼¶¤]|\x7f|\u00ad""")


def test_no_raw_text_is_left(catalog: Catalog) -> None:
    """Outside mathematics, where a backslash is TeX."""
    left = []
    for paper in catalog.papers:
        names = " ".join(author.name for author in paper.authors)
        for text in (paper.title, paper.venue, names, paper.abstract):
            outside = re.sub(r"\$[^$]*\$|\\\(.*?\\\)|\\\[.*?\\\]", "", text)
            if match := RAW.search(outside):
                left.append((paper.sources[0].file, paper.id, outside[match.start() - 20 :][:60]))
    assert left == []
