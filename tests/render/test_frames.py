"""Pages filled into frames are, to the byte, those that MkDocs renders; with any theme."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import site
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


def test_papers_and_lists_are_filled_and_not_rendered(
    make_catalog: MakeCatalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled: list[str] = []
    fill = frames.Frames._filled

    def noted(self: frames.Frames, path: str, source: str) -> bytes | None:
        html = fill(self, path, source)
        if html is not None:
            filled.append(path)
        return html

    monkeypatch.setattr(frames.Frames, "_filled", noted)
    root = make_catalog({"b.txt": page("May 1", numbered(6))})
    site.build(root, jobs=1)
    pages = {path.name for path in Path(root / "content/pages/papers").glob("*.md")}
    assert pages
    assert pages <= {path.rpartition("/")[2] for path in filled}
    assert any(path.startswith("days/") for path in filled)
