"""What MkDocs makes of the pages, beside what a build makes."""

from __future__ import annotations

from pathlib import Path

from generator.build import manifest, publishing
from tests.command import asked_for, contents, differing, mkdocs


def same_as_mkdocs(root: Path) -> list[str]:
    """What differs between the site in `root` and one that MkDocs makes of the same pages.

    Papers as plain Markdown are not among them: MkDocs would take them for pages. Nor is what names
    all files, nor `.nojekyll`, since MkDocs leaves out hidden files; `mkdocs gh-deploy` adds it.
    What MkDocs copies of a theme though no page asks for it, we leave out.
    """
    mkdocs(root, "build", "--quiet", "--site-dir", str(root / "other"))
    ours = contents(root / "site")
    found = {path: data for path, data in ours.items() if not path.endswith(".md")}
    del found[manifest.NAME]
    assert found.pop(publishing.NO_JEKYLL) == b""
    assert len(found) < len(ours)
    return differing(found, asked_for(root / "other"))
