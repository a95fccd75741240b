"""From Markdown to HTML: the same as MkDocs alone, in one process or several."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.build import config, files, site, writer
from generator.build.loading import read_catalog
from generator.build.work import Advance
from generator.model.errors import PapershelfError
from tests.command import contents, numbered, page, papershelf
from tests.conftest import MakeCatalog
from tests.render.comparing import same_as_mkdocs

SOURCES = {"2025-05-01.txt": page("May 1", numbered(12))}


def test_mkdocs_alone_makes_the_same_demo(demo: Path, demo_site: Path) -> None:
    assert same_as_mkdocs(demo) == []
    assert len(contents(demo_site)) > 150


@pytest.mark.parametrize("jobs", [1, 2])
def test_mkdocs_alone_makes_the_same_site_of_papers_and_pages_by_hand(
    make_catalog: MakeCatalog, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(writer, "PAGES", 5)
    root = make_catalog(
        SOURCES,
        settings={
            "site_url": "https://example.org/päpers/",
            "repo_url": "https://github.com/ada/shelf",
            "nav": [{"Latest": "index.md"}, {"More": ["about.md", {"T": "./titles/index.md"}]}],
        },
    )
    pages = root / "content/pages"
    files.write_file(pages / "about.md", "# About\n\nSee [titles](titles/index.md).\n")
    files.write_file(pages / "guide/index.md", "# Guide\n\n![](figure.svg)\n")
    files.write_file(pages / "guide/figure.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    site.build(root, jobs=jobs)
    assert same_as_mkdocs(root) == []
    assert (root / "site/guide/figure.svg").is_file()


def test_page_in_the_navigation_is_shown_there_as_the_current_one(demo_site: Path) -> None:
    for address in ("days", "topics", "titles", "about"):
        html = (demo_site / address / "index.html").read_text("utf-8")
        assert re.findall(r'<a href="([^"]*)" aria-current="page"', html) == ["./"]


def test_page_that_the_navigation_names_may_be_missing(make_catalog: MakeCatalog) -> None:
    root = make_catalog(SOURCES)
    (root / "content/pages/about.md").unlink()
    run = papershelf(root, "build")
    assert run.returncode == 0
    assert "Traceback" not in run.stderr
    assert run.stderr.count("about.md") == 1
    assert same_as_mkdocs(root) == []


def test_broken_link_on_a_page_by_hand_is_said(make_catalog: MakeCatalog) -> None:
    root = make_catalog(SOURCES)
    (root / "content/pages/about.md").write_text("[gone](papers/gone.md)", "utf-8")
    run = papershelf(root, "build")
    assert run.returncode == 0
    assert "papers/gone.md" in run.stderr


def test_page_by_hand_that_is_no_text_is_an_error_and_no_traceback(
    make_catalog: MakeCatalog,
) -> None:
    root = make_catalog(SOURCES)
    (root / "content/pages/about.md").write_bytes(b"\xff\xfe caf\xe9")
    run = papershelf(root, "build")
    assert run.returncode == 2
    assert "Traceback" not in run.stderr
    assert "about.md" in run.stderr
    assert not (root / "site").exists()


def test_catalog_with_plugins_is_rendered_by_mkdocs(make_catalog: MakeCatalog) -> None:
    root = make_catalog(SOURCES, settings={"plugins": ["material/meta"]})
    site.build(root)
    assert (root / "site/papers/paper-number-0001-of-the-shelf/index.html").is_file()
    assert same_as_mkdocs(root) == []


def test_catalog_with_hooks_is_rendered_by_mkdocs(make_catalog: MakeCatalog) -> None:
    root = make_catalog(SOURCES, settings={"hooks": ["hook.py"]})
    (root / "hook.py").write_text(
        "def on_page_content(html, **kwargs):\n    return html + '<p>hooked</p>'\n", "utf-8"
    )
    site.build(root)
    for address in ("about", "papers/paper-number-0001-of-the-shelf"):
        assert "hooked" in (root / "site" / address / "index.html").read_text("utf-8")


def test_theme_that_breaks_is_an_error(make_catalog: MakeCatalog) -> None:
    root = make_catalog(SOURCES, settings={"theme": {"name": "papershelf", "custom_dir": "theme"}})
    (root / "theme").mkdir()
    (root / "theme/main.html").write_text("{% if %}", "utf-8")
    with pytest.raises(PapershelfError):
        site.build(root)
    assert not (root / "site").exists()


def test_progress_ends_where_all_is_done(make_catalog: MakeCatalog) -> None:
    root = make_catalog(SOURCES)
    settings, _ = config.load(root)
    site.write_pages(read_catalog(settings), settings)
    told: list[tuple[int, int]] = []
    site.build(root, step=lambda name: _telling(told))
    assert told
    assert all(done <= total for done, total in told)
    assert told[-1][0] == told[-1][1]


class _telling:  # noqa: N801
    def __init__(self, told: list[tuple[int, int]]) -> None:
        self.told = told

    def __enter__(self) -> Advance:
        return lambda done, total: self.told.append((done, total))

    def __exit__(self, *_: object) -> None: ...
