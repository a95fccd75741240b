"""The systems that are compared, as folders to be served: Papershelf, Pagefind, Material's own."""

from __future__ import annotations

import json
import lzma
import shutil
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from lxml.etree import SubElement
from lxml.html import document_fromstring, tostring

from generator import search
from generator.build import config, files, folders, indexing, site
from generator.build.loading import read_catalog, summarised
from generator.build.state import STORE
from generator.build.store import Store
from generator.catalog import Catalog
from generator.model import addresses
from generator.model.papers import Paper
from generator.model.settings import Settings
from generator.text import metadata

REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """How a search is asked for in a browser, and when its results are there."""

    name: str
    path: str
    """Of the page that is given `?q=`, below the site's root."""

    shown: str
    """JavaScript that is true when the first ten results, or all, are on the page."""


PAPERSHELF = System(
    name="Papershelf",
    path="search/",
    shown="""() => {
      const total = document.querySelector("[data-search-state=done] [data-search-total]");
      const results = document.querySelectorAll("[data-search-result]").length;
      return total && results > 0 && results >= Math.min(10, total.textContent.replace(/\\D/g, ""));
    }""",
)

PAGEFIND = System(
    name="Pagefind",
    path="find/",
    shown="() => document.querySelector('ol.done')",
)

PAGEFIND_ALONE = replace(PAGEFIND, name="Pagefind, alone", path="find-alone/")

MATERIAL = System(
    name="Material",
    path="",
    shown="""() => {
      const said = document.querySelector(".md-search-result__meta")?.textContent ?? "";
      const results = document.querySelectorAll(".md-search-result__item").length;
      return results >= 10 || (results > 0 && said.trim().startsWith(`${results} `));
    }""",
)


def first_lines(path: Path, most: int) -> list[bytes]:
    """The first lines of a file, which may be compressed by xz."""
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as lines:
        return list(islice(lines, most))


def read(root: Path, papers: Iterable[bytes], jobs: int) -> tuple[Catalog, Settings]:
    """The catalog of these JSON lines, read as any other; its folder is made in `root`."""
    folders.new(root)
    (root / "content/sources/example.txt").unlink()
    shutil.copy(REPOSITORY / "content/topics.yml", root / "content")
    (root / "content/sources/papers.jsonl").write_bytes(b"".join(papers))
    settings, _ = config.load(root)
    return read_catalog(settings, jobs), settings


def demo(root: Path) -> tuple[Path, Catalog]:
    """The site of this repository's own catalog, and the catalog."""
    (root / "content/pages").mkdir(parents=True)
    for name in ("mkdocs.yml", "content/topics.yml", "content/pages/about.md"):
        shutil.copy(REPOSITORY / name, root / name)
    shutil.copytree(REPOSITORY / "content/sources", root / "content/sources")
    built = site.build(root).site_dir
    return built, read_catalog(config.load(root)[0])


def papershelf(root: Path, catalog: Catalog, settings: Settings) -> Path:
    """A site with all that a search asks for, but without the pages of its papers.

    Pages, styles and scripts are those of a small site; the index is that of the catalog.

    Args:
        root: a new folder.
        catalog: its papers.
        settings: its settings.
    """
    folders.new(root)
    built = site.build(root).site_dir
    for path in (built / search.MANIFEST).parent.glob("*.bin"):
        path.unlink()
    with closing(Store(root / STORE, "")) as store:
        brief, texts = summarised(catalog, settings, store), store.fragments()
        index = indexing.begin(brief, texts, store, lambda paths: False, 1)()
        for name, content in index.files.items():
            files.write_file(built / name, content)
        for pack in index.packs:
            data = search.content(texts, pack.cut.fragments())
            files.write_file(built / pack.path, data)
    return built


_FIND = """
import * as pagefind from "../pagefind/pagefind.js";
const { results } = await pagefind.search(new URLSearchParams(location.search).get("q"));
const papers = await Promise.all(results.slice(0, 10).map((result) => result.data()));
const list = document.querySelector("ol");
for (const { url, meta, excerpt } of papers) {
  const [entry, link, text] = ["li", "a", "p"].map((name) => document.createElement(name));
  Object.assign(link, { href: url, textContent: meta.title });
  text.innerHTML = excerpt;
  entry.append(link, text);
  list.append(entry);
}
list.classList.add("done");
"""

_ALONE = f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Pagefind</title>
<link rel="icon" href="data:,"><ol></ol><script type="module">{_FIND}</script></html>
"""


def put_pagefind(built: Path) -> None:
    """Add Pagefind to a site that Papershelf built, with two pages that ask it.

    Of each paper's page only what is about the paper is indexed. One page that asks is a page of
    the site without its search box, the other is empty and loads nothing but Pagefind.
    """
    command = [sys.executable, "-m", "pagefind", "--site", str(built), "--silent"]
    selected = ["--glob", "papers/*/index.html", "--root-selector", "article"]
    subprocess.run([*command, *selected], check=True)
    files.write_file(built / PAGEFIND_ALONE.path / "index.html", _ALONE)

    page = document_fromstring((built / "about/index.html").read_bytes())
    for box in page.xpath("//*[@data-md-component='search']"):
        box.drop_tree()
    (article,) = page.iter("article")
    article[:] = []
    script = SubElement(article, "ol").makeelement("script", {"type": "module"})
    script.text = _FIND
    article.append(script)
    themed = tostring(page, doctype="<!doctype html>")
    files.write_file(built / PAGEFIND.path / "index.html", themed)


# What stands between words, as JavaScript reads it: also `&lt;`, since the texts are escaped.
_SEPARATOR = r"""[\s\-–—,;:!?"'“”‘’()\[\]{}<>=/|*`$…]+|\.(?!\d)|&(?:amp|lt|gt|quot);"""

_MATERIAL_INDEX = {
    "lang": ["en"],
    "separator": _SEPARATOR,
    "pipeline": ["stopWordFilter"],
    "fields": {"title": {"boost": 1000}, "tags": {"boost": 100}, "text": {"boost": 1}},
}

_MKDOCS = """site_name: Papers
theme:
  name: material
  font: false
plugins: [search]
"""


def material(root: Path, catalog: Catalog) -> Path:
    """A site of stock Material whose search has the papers: title, authors, abstract, topics.

    It has one page and no other fonts, which spares it some bytes.
    """
    (root / "docs").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(_MKDOCS, "utf-8")
    (root / "docs/index.md").write_text("# Papers\n", "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    names = {topic.slug: topic.name for topic in catalog.topics}
    docs = [
        {
            "location": addresses.paper(paper.id),
            "title": metadata(paper.title),
            "text": "".join(f"<p>{metadata(part)}</p>" for part in _paragraphs(paper)),
            "tags": [metadata(names[slug]) for slug in paper.topics],
        }
        for paper in catalog.papers
    ]
    index = {"config": _MATERIAL_INDEX, "docs": docs}
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    (root / "site/search/search_index.json").write_text(text, "utf-8")
    return root / "site"


def _paragraphs(paper: Paper) -> list[str]:
    authors = ", ".join(author.name for author in paper.authors)
    return [part for part in (authors, *paper.abstract.split("\n\n")) if part]
