"""Pages filled into frames are, to the byte, those that MkDocs renders; with any theme."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from generator import render
from generator.build import config, rendering, site
from generator.render import frames
from tests.command import numbered, page
from tests.conftest import MakeCatalog
from tests.render.comparing import same_as_mkdocs

NASTY = """\
June 1

A title with "quotes", <b>tags</b>, &amp; *stars* and {{ braces }}

An abstract: <script>alert(1)</script>, `code`, $x^2$ and a | bar.

# Not a heading # at all #

{% raw %} and \\textbf{so on}.

深度学习 مقدمة 😀

- not a list
"""

THEMES = {
    "shows another value": "{{ super() }}<p>{{ page.meta.authors }} {{ page.meta.date }}</p>",
    "counts headings": "{{ super() }}{% for h in page.toc %}<p>{{ h.title }}</p>{% endfor %}",
    "changes values": "{{ super() }}<p>{{ page.meta.title | upper }} {{ page.title | length }}</p>",
    "looks into values": "{% if 'stars' in page.meta.title %}<p>*</p>{% endif %}{{ super() }}",
    "writes values often": "{{ page.title | e }} {{ page.url }} {{ super() }}{{ page.title }}",
    "has other columns": "<pre>\n  as it\n\n  stands\n</pre>{{ super() }}",
}


@pytest.mark.parametrize("block", THEMES.values(), ids=THEMES)
def test_any_theme_gives_what_mkdocs_gives(make_catalog: MakeCatalog, block: str) -> None:
    root = make_catalog(
        {"a.txt": NASTY, "b.txt": page("May 1", numbered(6))},
        settings={"theme": {"name": "papershelf", "custom_dir": "theme"}},
    )
    (root / "theme").mkdir()
    (root / "theme/main.html").write_text(
        '{% extends "papershelf.html" %}{% block content %}'
        f"{{% if page %}}{block}{{% endif %}}{{% endblock %}}",
        "utf-8",
    )
    site.build(root)
    assert same_as_mkdocs(root) == []


@pytest.mark.parametrize(
    "extensions", [["smarty"], ["attr_list", "md_in_html"], [{"toc": {"permalink": True}}]]
)
def test_any_extension_of_markdown_gives_what_mkdocs_gives(
    make_catalog: MakeCatalog, extensions: list[object]
) -> None:
    settings = {"markdown_extensions": extensions}
    root = make_catalog({"a.txt": NASTY}, settings=settings)
    site.build(root)
    assert same_as_mkdocs(root) == []


class Forgetful:
    """A memo that keeps nothing."""

    def get(self, kind: str, name: str, type: type[Any]) -> None:
        """Nothing is there."""

    def put(self, kind: str, values: Iterable[tuple[str, object]]) -> None:
        """Nothing is kept."""


def test_papers_and_lists_are_filled_and_not_rendered(make_catalog: MakeCatalog) -> None:
    lists = {f"2025-05-{day:02}.txt": page(f"May {day}", numbered(day)) for day in (5, 6)}
    root = make_catalog(lists)
    site.build(root, jobs=1)
    _, mkdocs = config.load(root)
    navigation = rendering.navigation(mkdocs, root / "site")
    rendered: list[str] = []

    def by_mkdocs(path: str) -> str:
        rendered.append(path)
        return (root / "site" / path.removesuffix(".md") / "index.html").read_text("utf-8")

    environment = render.environment(mkdocs, Forgetful())
    theme = frames.Theme(mkdocs, navigation, environment, by_mkdocs)
    filled = frames.Frames(Forgetful(), "maker", lambda: theme)
    for folder in ("papers", "days"):
        paths = (root / "content/pages" / folder).glob("[2p]*.md")
        names = [f"{folder}/{path.name}" for path in paths]
        assert len(names) > 1
        rendered.clear()
        for name in names:
            source = (root / "content/pages" / name).read_text("utf-8")
            expected = root / "site" / name.removesuffix(".md") / "index.html"
            assert filled.page(name, source) == expected.read_bytes()
        assert len(rendered) < len(names)
