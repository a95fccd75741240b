"""`papershelf build --explain PATH`: what a file is made of, and why it was made again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import contents, page, papershelf
from tests.conftest import MakeCatalog

TOPICS = (
    "- {slug: ants, name: Ants, phrases: [ants]}\n- {slug: bees, name: Bees, phrases: [bees]}\n"
)


@pytest.fixture
def root(make_catalog: MakeCatalog) -> Path:
    sources = {"2025-05-01.txt": page("May 1", ["On Ants", "On Bees"])}
    root = make_catalog(sources, topics=TOPICS, settings={"site_url": "https://example.org/"})
    (root / "content/pages/about.md").write_text("# About\n", "utf-8")
    assert papershelf(root, "build").returncode == 0
    return root


def explained(root: Path, path: str) -> list[str]:
    run = papershelf(root, "build", "--explain", path)
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout.splitlines()


@pytest.mark.parametrize(
    "path", ["topics/ants/", "site/topics/ants/index.html", "content/pages/topics/ants.md"]
)
def test_file_may_be_named_in_any_way(root: Path, path: str) -> None:
    said = explained(root, path)
    assert said[0].endswith(": a page of a list of papers.")
    assert said[1].startswith("Made of 1 paper (on-ants), and of the settings, the theme")


def test_papers_that_changed_are_named(root: Path) -> None:
    source = root / "content/sources/2025-05-02.txt"
    source.write_text(page("May 2", ["More on Ants"]), "utf-8")
    assert explained(root, "topics/ants/")[-1] == "The next build makes it anew."
    assert papershelf(root, "build").returncode == 0
    assert explained(root, "topics/ants/")[-3:] == [
        "The last build made it, since what it shows or holds was something else before.",
        "New or changed were: more-on-ants.",
        "The next build leaves it.",
    ]
    assert explained(root, "topics/bees/")[-2:] == [
        "The last build left it as it was.",
        "The next build leaves it.",
    ]
    assert (
        "since the build before had not left it there" in explained(root, "papers/more-on-ants/")[2]
    )


def test_nothing_is_built_nor_written_into_the_catalog(root: Path) -> None:
    source = root / "content/sources/2025-05-02.txt"
    source.write_text(page("May 2", ["More on Ants"]), "utf-8")
    before = contents(root / "content"), contents(root / "site")
    explained(root, "topics/ants/")
    assert (contents(root / "content"), contents(root / "site")) == before


def test_other_reasons_are_told(root: Path) -> None:
    (root / "site/topics/ants/feed.xml").write_text("edited", "utf-8")
    (root / "site/topics/bees/index.html").unlink()
    assert papershelf(root, "build").returncode == 0
    assert "somebody had changed or deleted it" in explained(root, "topics/ants/feed.xml")[2]
    assert "somebody had changed or deleted it" in explained(root, "topics/bees/")[2]
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "copyright: Ours\n", "utf-8")
    assert papershelf(root, "build").returncode == 0
    assert (
        "the theme, the settings or the program were others" in explained(root, "topics/ants/")[2]
    )


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("catalog.jsonl", "the records of the catalog."),
        ("downloads/2025.bib", "citations."),
        ("feed.xml", "a feed."),
        ("papers/on-ants.png", "the picture of a paper."),
        (
            "papers/on-ants/",
            "the page of a paper, between its neighbours and with what is like it.",
        ),
        ("search/manifest.json", "a file of the search index, made of all papers"),
        ("about.md", "you wrote it"),
        ("sitemap.xml", "made by every build"),
    ],
)
def test_every_kind_of_file_is_explained(root: Path, path: str, said: str) -> None:
    assert said in explained(root, path)[0]


def test_file_that_no_build_makes_is_said(root: Path) -> None:
    run = papershelf(root, "build", "--explain", "nothing.html")
    assert run.returncode == 2
    assert run.stderr == (
        "papershelf: nothing.html: expected a file that builds make, found none of this name.\n"
    )
    assert "Writing" not in run.stderr
