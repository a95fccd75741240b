"""What pages depend on besides what they show: the code, the versions, the settings, the theme."""

from __future__ import annotations

import json
import sys
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.theme import Theme

import generator
from generator.build import walking

_BESIDE_THE_POINT = ("config_file_path", "docs_dir", "site_dir", "plugins", "hooks")
"""Settings that no page shows."""


def maker_of(config: MkDocsConfig, navigation: Navigation, shown: str) -> str:
    """Digest of what all pages depend on, besides what each shows.

    Args:
        config: MkDocs' view of the catalog.
        navigation: of all pages.
        shown: what all pages may show, in some text form.
    """
    digest = sha256(f"{code()}{shown}".encode())
    # All that is installed, since any of it may be an extension of Markdown.
    digest.update(repr(installed()).encode())
    settings = {key: value for key, value in config.items() if key not in _BESIDE_THE_POINT}
    digest.update(json.dumps(settings, sort_keys=True, default=_told).encode())
    digest.update(repr([(page.title, page.url) for page in navigation.pages]).encode())
    for path, name in theme(config):
        digest.update(name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _told(value: object) -> object:
    """A setting as JSON can tell it; the same in every process, unlike the order of a set."""
    if isinstance(value, Theme):
        # What is in its folders is digested; where they are does not matter.
        return [value.name, value.static_templates, dict(value)]
    return sorted(map(repr, value)) if isinstance(value, set | frozenset) else repr(value)


def theme(config: MkDocsConfig) -> list[tuple[Path, str]]:
    """The files of the theme, each with its name there, but for those of MkDocs and Material.

    The versions of these tell what they are. What Python compiles is no part of it.
    """
    others = _packages("mkdocs", "material")
    return [
        (folder / path, path)
        for folder in map(Path, config.theme.dirs)
        if not any(folder.is_relative_to(package) for package in others)
        for path in walking.relative_files(folder, hidden=True)  # icons are hidden
        if not path.endswith(".pyc")
    ]


def extensions(config: MkDocsConfig) -> list[Path]:
    """The files of the theme, and of hooks."""
    hooks = (Path(hook.__file__) for hook in dict(config["hooks"]).values())
    return [*(path for path, _ in theme(config)), *hooks]


@cache
def code() -> str:
    """Digest of this package's code and of the versions of all that is installed."""
    package = Path(generator.__file__).parent
    ours = b"".join(path.read_bytes() for path in sorted(package.rglob("*.py")))
    return sha256(repr(installed()).encode() + ours).hexdigest()


@cache
def installed() -> list[str]:
    """The name and version of every package that is installed, as their folders say it, sorted.

    What `importlib.metadata` reads of each takes a hundred times as long.
    """
    return sorted({path.name for folder in sys.path for path in Path(folder).glob("*-info")})


def _packages(*names: str) -> list[str]:
    specs = filter(None, map(find_spec, names))
    return [place for spec in specs for place in spec.submodule_search_locations or ()]
