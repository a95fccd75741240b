"""Who may import whom, and who may write: read from the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

PACKAGE = REPOSITORY / "generator"

ORDER = [
    "model.errors",
    "build.files",
    "build.locks",
    "build.swap",
    "text.safe_yaml",
    "build.work",
    "model.config",
    "build.hosts",
    "model.papers",
    "build.slices",
    "text.latex",
    "text.mathml",
    "text.markup",
    "text",
    "text.plain",
    "sources.encodings",
    "sources.content",
    "sources.reading",
    "sources.days",
    "sources.links",
    "sources.identifiers",
    "sources.names",
    "sources.records",
    "sources.elements",
    "sources.fields.names",
    "sources.references",
    "sources.fields.author_texts",
    "sources.fields.author_lists",
    "sources.publications",
    "sources.shapes",
    "sources.fields.links",
    "sources.fields.people",
    "sources.fields.publications",
    "sources.fields",
    "sources.tables.headers",
    "sources.unknown",
    "sources.tables",
    "sources.formats.catalog_lines",
    "sources.tables.marked",
    "sources.tables.marked_items",
    "sources.tables.sheets",
    "sources.tables.excel",
    "sources.tables.workbooks",
    "sources.formats.table",
    "sources.formats.spreadsheet",
    "sources.yaml_slips",
    "sources.yaml_documents",
    "sources.formats.yaml_list",
    "sources.formats.mini_conf",
    "sources.formats.openreview",
    "sources.formats.conference_list",
    "sources.formats.acl_anthology",
    "sources.tex_entries",
    "sources.tex_names",
    "sources.formats.bibtex",
    "sources.arxiv",
    "sources.formats.arxiv_atom",
    "sources.formats.arxiv_oai",
    "sources.formats.arxiv_listing",
    "sources.formats.hugging_face",
    "sources.formats.web_page",
    "sources.tagged",
    "sources.formats.csl_json",
    "sources.formats.ris",
    "sources.formats.medline",
    "sources.formats.refer",
    "sources.formats.endnote_xml",
    "sources.formats.mods",
    "sources.formats.jats",
    "sources.formats.pubmed_xml",
    "sources.formats.crossref",
    "sources.formats.openalex",
    "sources.formats.services",
    "sources.formats.dblp",
    "sources.formats.zotero",
    "sources.formats.journal_feed",
    "sources.formats.marc",
    "sources.formats.tei",
    "sources.formats.wos",
    "sources.formats.ovid",
    "sources.formats.refworks",
    "sources.formats.note_express",
    "sources.formats.word",
    "sources.formats.datacite",
    "sources.formats.cff",
    "sources.copied",
    "sources.copied.lines",
    "sources.copied.bylines",
    "sources.copied.wording",
    "sources.copied.naming",
    "sources.copied.drafts",
    "sources.copied.inline",
    "sources.copied.labels",
    "sources.copied.furniture",
    "sources.copied.cards",
    "sources.copied.paragraphs",
    "sources.copied.turns",
    "sources.copied.page",
    "sources.cited.signatures",
    "sources.cited.imprints",
    "sources.cited",
    "sources.formats.reference_list",
    "sources.formats.google_scholar",
    "sources.formats.link_list",
    "sources.formats.arxiv_mail",
    "sources.formats.paper_ids",
    "sources.formats.daily_page",
    "sources.formats",
    "sources",
    "build.foreign",
    "build.ownership",
    "build.kept",
    "catalog.taxonomy",
    "catalog.topics",
    "catalog.salient",
    "catalog.identity",
    "catalog.merging",
    "catalog.people",
    "similar.terms",
    "similar.counts",
    "similar.rows",
    "similar.nearest",
    "similar.shared",
    "similar.kept",
    "similar.found",
    "similar.run",
    "similar",
    "catalog",
    "search.words",
    "search.index",
    "search.shards",
    "search.lookups",
    "search.packs",
    "search.scripts",
    "search.queries",
    "search.saved",
    "search",
    "model.addresses",
    "model.dates",
    "exports.citations.names",
    "exports.citations.reference",
    "exports.citations.tex",
    "exports.citations.keys",
    "exports.citations.bibtex",
    "exports.citations.records",
    "exports.citations.styles",
    "exports.citations.apa",
    "exports.citations.ieee",
    "exports.citations.acl",
    "exports.citations",
    "exports.metadata",
    "exports.lettering",
    "exports.cards",
    "catalog.trending",
    "catalog.listings.paging",
    "catalog.listings.dates",
    "catalog.listings.subjects",
    "catalog.listings.authors",
    "catalog.listings",
    "pages.entries",
    "build.drafts",
    "exports.feeds",
    "exports.bibliographies",
    "exports.site_files",
    "cli.preview",
    "build.parts",
    "catalog.changes",
    "build.removal",
    "pages.front_matter",
    "pages.templates",
    "pages.lists",
    "pages.indexes",
    "pages.paper",
    "pages.places",
    "pages",
    "build.folders",
    "build.tree",
    "build.ledger",
    "build.reuse",
    "build.manifest",
    "build.spare",
    "render.blocks",
    "render.frames",
    "build.gather",
    "build.shelf",
    "render",
    "build.writing",
    "build.memory",
    "build.noting",
    "build.filling",
    "build.unchanged",
    "build.reach",
    "build.update",
    "build.report",
    "build.build",
    "build.site",
    "build.live",
    "digest",
    "digest.mail",
    "digest.smtp",
    "digest.delivery",
    "fetch.routes",
    "fetch.http",
    "fetch.memory",
    "fetch.batches",
    "fetch.arxiv",
    "fetch.services",
    "fetch",
    "cli.fetch",
    "cli.digest",
    "cli",
    "__main__",
]
"""A module imports from those above it only, so there are no circles."""

WRITERS = {"write_text", "write_bytes", "unlink", "rmdir", "mkdir", "touch", "symlink_to", "rename"}
WRITERS |= {"rmtree", "copy", "copy2", "copytree", "move", "remove", "makedirs", "removedirs"}


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name:
            found[name] = path
    return found


def imported(path: Path) -> Iterator[str]:
    """The modules of this package that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative imports hide where a module is"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            if name.startswith("generator."):
                known = name.removeprefix("generator.")
                while known and known not in ORDER and "." in known:
                    known = known.rpartition(".")[0]
                if known in ORDER:
                    yield known


MODULES = modules()


def test_every_module_has_its_place_in_the_order() -> None:
    assert sorted(ORDER) == sorted(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_module_imports_from_above_only(name: str) -> None:
    above = set(ORDER[: ORDER.index(name)])
    assert set() == set(imported(MODULES[name])) - above


def test_readers_know_nothing_of_pages_or_files() -> None:
    for name in (name for name in ORDER if name.startswith("sources")):
        allowed = {
            "model.errors",
            "text.safe_yaml",
            "model.papers",
            "model",
            *(n for n in ORDER if n.startswith("text")),
            *(n for n in ORDER if n.startswith("sources")),
        }
        assert set() == set(imported(MODULES[name])) - allowed


def writes(path: Path) -> list[str]:
    """Calls that change files: by name, or `open` with a mode that is not for reading."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name in WRITERS:
            found.append(f"line {node.lineno}: {name}")
        if name == "open":
            modes = [*node.args[:2], *(k.value for k in node.keywords if k.arg == "mode")]
            texts = [str(mode.value) for mode in modes if isinstance(mode, ast.Constant)]
            if any(set(text) <= set("rwxabt+") and set(text) & set("wxa+") for text in texts):
                found.append(f"line {node.lineno}: open")
    return found


DISK = ("build.files", "build.locks", "build.swap")
"""The modules that change files."""


@pytest.mark.parametrize("name", [name for name in MODULES if name not in DISK])
def test_other_modules_change_no_files(name: str) -> None:
    assert writes(MODULES[name]) == []


def test_the_modules_that_change_files_are_seen_to_do_so() -> None:
    assert all(writes(MODULES[name]) for name in DISK)
