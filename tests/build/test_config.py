"""The settings in `mkdocs.yml`: what they are, and what is said where they are wrong."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from generator.build import config
from generator.model.errors import ConfigError
from generator.model.settings import Settings
from tests.command import papershelf
from tests.conftest import REPOSITORY, MakeCatalog


def fault(root: Path) -> str:
    """What is said of a catalog that cannot be loaded; it names the file."""
    with pytest.raises(ConfigError) as raised:
        config.load(root)
    assert str(root / "mkdocs.yml") in str(raised.value)
    return str(raised.value)


def own(**settings: Any) -> dict[str, Any]:
    return {"extra": {"papershelf": settings}}


def test_new_catalog_has_every_setting_at_its_default(make_catalog: MakeCatalog) -> None:
    root = make_catalog()
    settings, mkdocs = config.load(root)
    assert settings.root == root
    assert settings.pages == root / "content/pages"
    assert settings.sources == root / "content/sources"
    assert settings.taxonomy == root / "content/topics.yml"
    assert settings.site_name == "shelf"
    assert settings.site_url == ""
    assert settings.repo_url == ""
    for setting in fields(Settings):
        if setting.metadata.get("own"):
            assert setting.metadata["default"] == getattr(settings, setting.name)
    assert mkdocs.site_dir == str(root / "site")


def test_settings_are_read(make_catalog: MakeCatalog) -> None:
    root = make_catalog(
        settings={
            "site_name": "Papiere & Mehr",
            "site_description": "What we read.",
            "site_url": "https://example.org/p/",
            "repo_url": "https://github.com/ada/p",
            **own(papers_per_page=7, report_url="mailto:ada@example.org?subject={title}"),
        }
    )
    settings, _ = config.load(root)
    assert (
        settings.site_name,
        settings.site_description,
        settings.site_url,
        settings.repo_url,
        settings.papers_per_page,
        settings.report_url,
    ) == (
        "Papiere & Mehr",
        "What we read.",
        "https://example.org/p/",
        "https://github.com/ada/p",
        7,
        "mailto:ada@example.org?subject={title}",
    )


def test_relative_folder_is_made_absolute(
    make_catalog: MakeCatalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_catalog()
    monkeypatch.chdir(root.parent)
    settings, _ = config.load(Path("shelf"))
    assert settings.root == root
    assert settings.pages.is_absolute()


def test_folder_without_mkdocs_yml_is_told_from_a_catalog(tmp_path: Path) -> None:
    message = fault(tmp_path)
    assert "expected a catalog, found no mkdocs.yml" in message
    assert "papershelf new DIR" in message


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (own(papers_per_page=0), ["papers_per_page", "a whole number from 1", "0"]),
        (own(papers_per_page=-5), ["papers_per_page", "a whole number from 1", "-5"]),
        (own(papers_per_page="50"), ["papers_per_page", "a whole number from 1"]),
        (own(papers_per_page=True), ["papers_per_page", "a whole number from 1"]),
        (own(papers_per_page=2.5), ["papers_per_page", "a whole number from 1"]),
        (own(report_url=5), ["report_url", "expected text"]),
        (own(report_url=None), ["report_url", "expected text"]),
        (own(author_feeds=-1), ["author_feeds", "a whole number from 0", "-1"]),
        (own(author_feeds=False), ["author_feeds", "a whole number from 0"]),
        (own(paper_per_page=5), ["paper_per_page", "Did you mean `papers_per_page`?"]),
        (own(colour="red"), ["there is no setting `colour`", "papers_per_page", "report_url"]),
        ({"extra": {"papershelf": "yes"}}, ["extra.papershelf", "expected settings", "yes"]),
        ({"extra": {"papershelf": [1]}}, ["extra.papershelf", "expected settings"]),
        ({"use_directory_urls": False}, ["use_directory_urls", "Remove it"]),
        ({"nav": None}, ["expected `nav`", "index.md"]),
        ({"nav": []}, ["expected `nav`"]),
        ({"plugins": ["search"]}, ["`search`", "plugins: []"]),
        ({"plugins": ["material/search"]}, ["`search`", "plugins: []"]),
        ({"site_url": "example.org"}, ["site_url"]),
        ({"site_name": 5}, ["site_name"]),
        ({"theme": {"name": "no-such-theme"}}, ["theme"]),
        ({"plugins": ["no-such-plugin"]}, ["no-such-plugin"]),
        ({"docs_dir": "no/such/folder"}, ["docs_dir"]),
        ({"docs_dir": "content/sources"}, ["docs_dir", "apart from content/sources"]),
    ],
)
def test_impossible_setting_is_named(
    make_catalog: MakeCatalog, settings: dict[str, Any], words: list[str]
) -> None:
    message = fault(make_catalog(settings=settings))
    for word in words:
        assert word in message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "just words",
        "- a list",
        "site_name: [",
        "site_name: x\nsite_name: : y",
        "\x00",
        "a: \t- b",
    ],
)
def test_broken_file_is_an_error_and_no_traceback(make_catalog: MakeCatalog, text: str) -> None:
    root = make_catalog()
    (root / "mkdocs.yml").write_text(text, "utf-8")
    assert fault(root)


def test_file_in_another_encoding_is_an_error_and_no_traceback(make_catalog: MakeCatalog) -> None:
    root = make_catalog()
    (root / "mkdocs.yml").write_bytes("site_name: Café\n".encode("latin-1"))
    assert fault(root)


def test_empty_extra_is_fine(make_catalog: MakeCatalog) -> None:
    extras: list[dict[str, Any]] = [{}, {"papershelf": None}, {"papershelf": {}}, {"other": 1}]
    for number, extra in enumerate(extras):
        root = make_catalog(name=f"shelf-{number}", settings={"extra": extra})
        settings, _ = config.load(root)
        assert settings.papers_per_page == 50


@pytest.mark.parametrize("command", ["build", "pages", "check", "serve"])
def test_wrong_configuration_ends_a_command_with_status_2_and_one_line(
    make_catalog: MakeCatalog, command: str
) -> None:
    root = make_catalog(settings=own(papers_per_page=0))
    run = papershelf(root, command)
    assert run.returncode == 2
    assert run.stderr.startswith(f"papershelf: {root}/mkdocs.yml: extra.papershelf.papers_per_page")
    assert run.stderr.count("\n") == 1
    assert run.stdout == ""


def test_own_demo_is_configured_right() -> None:
    settings, _ = config.load(REPOSITORY)
    assert settings.site_name == "Papershelf"
