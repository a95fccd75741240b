"""What the last build can spare this one: pages whose text, theme and settings are the same.

A record lies beside the site (`.site.json` beside `site/`) and may be deleted at any time. It holds
digests of each page's Markdown and of the HTML that came of it, so a page is taken over only if
neither its source nor the old file has changed since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from importlib.metadata import distributions
from importlib.util import find_spec
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation

from generator import addresses, files

_BESIDE_THE_POINT = ("config_file_path", "docs_dir", "site_dir", "plugins", "hooks")
"""Settings that no page shows."""


@dataclass(slots=True)
class Record:
    """Of one build: what made its pages, and what became of each."""

    maker: str = ""
    """Digest of the versions, settings, theme and navigation that every page depends on."""

    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By the path of the Markdown: its digest, and that of its HTML."""


def load(site_dir: Path) -> Record:
    """The record of the build that made the site in `site_dir`; an empty one if there is none."""
    try:
        found = json.loads(_path(site_dir).read_text("utf-8"))
        return Record(found["maker"], {path: (a, b) for path, (a, b) in found["pages"].items()})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Record()


def save(site_dir: Path, record: Record) -> None:
    """Leave the record for the next build."""
    files.write_file(_path(site_dir), json.dumps(asdict(record)))


def _path(site_dir: Path) -> Path:
    return site_dir.with_name(f".{site_dir.name}.json")


def maker_of(config: MkDocsConfig, navigation: Navigation) -> str:
    """Digest of what all pages depend on, besides their own text."""
    digest = sha256()
    # All that is installed, since any of it may be an extension of Markdown.
    digest.update(repr(installed()).encode())
    settings = {key: value for key, value in config.items() if key not in _BESIDE_THE_POINT}
    digest.update(json.dumps(settings, sort_keys=True, default=repr).encode())
    digest.update(repr([(page.title, page.url) for page in navigation.pages]).encode())
    for folder in map(Path, config.theme.dirs):
        if any(folder.is_relative_to(package) for package in _packages("mkdocs", "material")):
            continue  # their versions tell
        for path in sorted(folder.rglob("*")):  # hidden files too: icons are
            if path.suffix == ".pyc" or not path.is_file():
                continue
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def installed() -> list[tuple[str, str]]:
    """The name and version of every package that is installed, sorted."""
    return sorted({(package.name, package.version) for package in distributions()})


def _packages(*names: str) -> list[str]:
    specs = filter(None, map(find_spec, names))
    return [place for spec in specs for place in spec.submodule_search_locations or ()]


def take_over(
    old: Path, fresh: Path, docs: Path, paths: Iterable[str], maker: str
) -> dict[str, tuple[str, str]]:
    """Take the pages over from the old site that would come out the same.

    Args:
        old: the site before, with its record beside it.
        fresh: the site being made.
        docs: the folder of the Markdown.
        paths: the pages, below `docs`.
        maker: what makes the pages now.

    Returns:
        Those that are in `fresh` now, as they stand in its record.
    """
    record = load(old)
    if maker != record.maker:
        return {}
    taken = {}
    for path in paths:
        if path in record.pages and record.pages[path] == digests(docs, old, path):
            files.link(_html(old, path), _html(fresh, path))
            taken[path] = record.pages[path]
    return taken


def digests(docs: Path, site_dir: Path, path: str) -> tuple[str, str]:
    """The SHA-256 of a page's Markdown and of its HTML; empty where there is no such file."""
    return _digest(docs / path), _digest(_html(site_dir, path))


def _html(site_dir: Path, path: str) -> Path:
    return site_dir / addresses.of_file(path) / "index.html"


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
