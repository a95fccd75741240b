"""What is published of real records of every format, where they are at hand, is valid."""

from __future__ import annotations

import json
import tarfile
from dataclasses import replace

import jsonschema
import pytest

from generator.build import config, folders
from generator.build.loading import read_catalog
from generator.catalog import Catalog
from generator.catalog.listings import Listings
from generator.exports import catalog_records, feeds, paper_markdown
from generator.model.settings import Settings
from tests.conftest import REPOSITORY
from tests.exports.feeds.validity import assert_valid
from tests.shelves import texts

CORPORA = REPOSITORY.parent / "shared" / "corpora"
LARGEST = 300_000
FILES = 60
"""Bytes of a file at most, and files of an archive: enough of each format, read in seconds."""

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the real files are not at hand")

Shelf = tuple[Catalog, Settings]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """A catalog of some files of each archive, all that are made to break things among them."""
    root = tmp_path_factory.mktemp("real") / "shelf"
    folders.new(root)
    for path in sorted(CORPORA.glob("*.tar.xz")):
        name = path.name.partition(".")[0]
        with tarfile.open(path) as archive:
            members = [member for member in archive if member.isfile()]
            small = [one for one in members if one.size < LARGEST or name == "nasty"]
            archive.extractall(root / "content/sources" / name, small[:FILES], filter="data")
    settings, _ = config.load(root)
    return read_catalog(settings, jobs=2), settings


def test_every_line_is_as_the_schema_says(shelf: Shelf) -> None:
    catalog, _ = shelf
    assert len({source.format for paper in catalog.papers for source in paper.sources}) > 15
    validator = jsonschema.Draft202012Validator(
        json.loads(catalog_records.schema()[catalog_records.SCHEMA])
    )
    lines = [
        catalog_records.record(paper, "https://papers.example.org/") for paper in catalog.papers
    ]
    assert len(lines) > 1000
    for line in lines:
        validator.validate(json.loads(line))


def test_feeds_of_lists_are_valid(shelf: Shelf) -> None:
    catalog, settings = shelf
    every = {file.path: file for file in feeds.write(Listings(catalog=catalog, settings=settings))}
    assert {path.partition("/")[0] for path in every} >= {"feed.xml", "topics", "venues"}
    some = sorted(every)[:: len(every) // 50]
    assert_valid(texts(every[path] for path in {*some, feeds.OPML}))


def test_feeds_of_what_breaks_things_are_valid(shelf: Shelf) -> None:
    catalog, settings = shelf
    nasty = [paper for paper in catalog.papers if paper.sources[0].file.startswith("nasty/")]
    assert len(nasty) > 300
    for start in range(0, len(nasty), feeds.ENTRIES):
        some = replace(catalog, papers=tuple(nasty[start : start + feeds.ENTRIES]))
        found = texts(feeds.write(Listings(catalog=some, settings=settings)))
        assert_valid({path: found[path] for path in ("feed.xml", "feed.json")})


def test_markdown_of_each_has_its_title_first(shelf: Shelf) -> None:
    catalog, settings = shelf
    names = {topic.slug: topic.name for topic in catalog.topics}
    for paper in catalog.papers:
        text = paper_markdown.markdown(paper, names, settings.site_url)
        text.encode()
        assert text.startswith("# ")
        assert [line for line in text.splitlines()[1:] if line.startswith("#")] == []
