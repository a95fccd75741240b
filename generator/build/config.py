"""The settings of a catalog, read from its `mkdocs.yml`."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import get_yaml_loader

from generator.build import files, opening
from generator.model.errors import ConfigError, MissingError, UnreadableError
from generator.model.settings import MKDOCS_YML, SETTINGS, SOURCES, Settings
from generator.text import safe_yaml
from generator.text.safe_yaml import Document, shown


def load(root: Path) -> tuple[Settings, MkDocsConfig]:
    """The settings of the catalog in `root`, and MkDocs' view of the same file.

    Raises:
        ConfigError: there is no `mkdocs.yml`, or it says something impossible.
        UsageError: the path is no text.
    """
    root = root.resolve()
    files.check_name(root)
    path = root / MKDOCS_YML
    config = MkDocsConfig(config_file_path=str(path))
    fast = getattr(yaml, "CLoader", yaml.Loader)  # where PyYAML has libyaml
    try:
        given = _Given(path, get_yaml_loader(fast, config))
    except MissingError:
        raise ConfigError(
            f"{path}: expected a catalog, found no {MKDOCS_YML}. "
            "Go to a catalog's folder, or make one with `papershelf new DIR`."
        ) from None
    _check_addresses(given)
    for name in ("extra_css", "extra_templates"):  # which MkDocs does not look into
        listed = given.values.get(name)
        for number, value in enumerate(listed if isinstance(listed, list) else ()):
            if not isinstance(value, str):
                raise given.fault(f"expected text, found {shown(value)}.", name, number)
    own = _checked(given)
    _validate(config, given)

    if not config.use_directory_urls:
        raise given.fault("expected true, found false. Remove it.", "use_directory_urls")
    if {"search", "material/search"} & set(config.plugins):
        raise given.fault(
            "expected no plugin `search`, found it. It would write over the index of the "
            "papers. Remove it, or write `plugins: []`: without the key MkDocs adds it by itself.",
            "plugins",
        )
    if not config.nav:
        raise ConfigError(
            f"{path}: expected `nav`, found none. Without it MkDocs puts every paper into the "
            "navigation of every page. Name index.md, days/index.md, topics/index.md, … there."
        )
    if Path(config.docs_dir).is_relative_to(root / SOURCES):
        raise given.fault(
            f"expected a folder apart from {SOURCES}, found one in it, where pages would be read "
            "as sources. Write `docs_dir: content/pages`.",
            "docs_dir",
        )
    values: dict[str, Any] = {
        setting.name: str(config[setting.name] or "")
        for setting in SETTINGS
        if not setting.metadata["own"]
    }
    return Settings(root=root, pages=Path(config.docs_dir), **values, **own), config


class _Given:
    """What `mkdocs.yml` says, and each file that it inherits from."""

    def __init__(self, path: Path, loader: safe_yaml.Loader) -> None:
        """Args:
        path: of the `mkdocs.yml`.
        loader: MkDocs' own.

        Raises:
            MissingError: there is none.
            ConfigError: one of the files cannot be read, or inherits from itself.
        """
        self.path = path
        self.values: dict[str, Any] = {}
        self._documents: list[Document] = []
        read: set[Path] = set()
        data = opening.read(path, safe_yaml.LARGEST)
        while True:
            document = safe_yaml.read(data, str(path), loader)
            self._documents.append(document)
            read.add(path)
            if not isinstance(document.value, dict | None):
                raise ConfigError(
                    f"{path}, line {document.line()}: expected settings, found "
                    f"{shown(document.value)}. Write `site_name: …` and the others, a line each."
                )
            inherited = dict(document.value or {})
            name = inherited.pop(_INHERIT, None)
            self.values = _merged(inherited, self.values)
            if name is None:
                break
            where = f"{path}: {_INHERIT} (line {document.line(_INHERIT)})"
            if not isinstance(name, str):
                raise ConfigError(f"{where}: expected the path of a file, found {shown(name)}.")
            path = Path(os.path.normpath(path.parent / name))
            if path in read:
                raise ConfigError(
                    f"{where}: expected another file, found one that inherits from this one. "
                    "Remove the line."
                )
            try:
                data = opening.read(path, safe_yaml.LARGEST)
            except UnreadableError as error:
                raise ConfigError(_line(f"{where}: {error}")) from None

    def fault(self, reason: str, *path: object) -> ConfigError:
        """What is wrong with a setting.

        Args:
            reason: what was expected and found, and how to mend it.
            path: of the setting: `("extra", "papershelf", "cards")`; nothing for all of them.
        """
        where = f": {'.'.join(map(shown, path))}" if path else ""
        for document in self._documents:
            if path and (line := document.line(*path)):
                return ConfigError(f"{document.name}{where} (line {line}): {reason}")
        return ConfigError(f"{self._documents[0].name}{where}: {reason}")


_INHERIT: Final = "INHERIT"


def _merged(inherited: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Settings over those that they inherit, as MkDocs puts them together."""
    both = inherited | own
    for key in inherited.keys() & own.keys():
        if isinstance(inherited[key], dict) and isinstance(own[key], dict):
            both[key] = _merged(inherited[key], own[key])
    return both


def _validate(config: MkDocsConfig, given: _Given) -> None:
    """Have MkDocs look at what is its own, theme, plugins and hooks among it.

    Raises:
        ConfigError: it says that something is wrong, or ends in an error of any kind.
    """
    try:
        config.load_dict(given.values)
        errors, warnings = config.validate()
    except (Exception, SystemExit) as error:  # whatever it, or what it loads, ends in
        culprit = _culprit(given)
        reason = f"MkDocs cannot use this ({type(error).__name__}: {error}). Correct it."
        raise given.fault(_line(reason), *culprit) from error
    for key, warning in warnings:
        _LOG.warning("%s", given.fault(_line(warning), key))
    if errors:
        raise ConfigError("; ".join(str(given.fault(_line(why), key)) for key, why in errors))
    if config.strict and warnings:
        raise given.fault("expected no warnings, found those above. Heed them.", "strict")


def _culprit(given: _Given) -> tuple[str, ...]:
    """The setting with which alone MkDocs ends in an error, if there is one."""
    for key, value in given.values.items():
        config = MkDocsConfig(config_file_path=str(given.path))
        try:
            config.load_dict({"site_name": "-", key: value})
            config.validate()
        except (Exception, SystemExit):
            return (key,)
    return ()


def _line(text: object) -> str:
    return " ".join(str(text).split())[:500]


_LOG: Final = logging.getLogger(__name__)


def _check_addresses(given: _Given) -> None:
    """Refuse what nobody can take apart as an address, wherever one is meant."""
    for path, value in _texts(given.values):
        if path[0] == "nav" or path[-1] in _ADDRESSES:
            try:
                urlsplit(value).port  # noqa: B018  # it is looked at when it is asked for
            except ValueError as error:
                reason = f"expected an address, found “{shown(value)}” ({error}). Correct it."
                raise given.fault(reason, *path) from None


def _texts(values: object, *path: object) -> Iterator[tuple[tuple[object, ...], str]]:
    """All texts in some settings, with their paths."""
    if isinstance(values, str):
        yield path, values
    elif isinstance(values, dict | list):
        steps = values.items() if isinstance(values, dict) else enumerate(values)
        for step, value in steps:
            yield from _texts(value, *path, step)


_OWN: Final = ("extra", "papershelf")
_ADDRESSES: Final = {
    *("site_url", "repo_url", "report_url", "websub_hub", "action"),
    *("hugging_face_url", "arxiv_url", "openreview_url", "biorxiv_url", "openalex_url", "doi_url"),
}


def _checked(given: _Given) -> dict[str, Any]:
    """Our own settings, each of the type of its default."""
    extra = given.values.get("extra") or {}
    if not isinstance(extra, dict):
        raise given.fault(f"expected settings, found {shown(extra)}.", "extra")
    own = extra.get("papershelf") or {}
    if not isinstance(own, dict):
        raise given.fault(f"expected settings, found “{shown(own)}”.", *_OWN)
    defaults: dict[str, Any] = {
        setting.name: setting.metadata["default"] for setting in SETTINGS if setting.metadata["own"]
    }
    checked: dict[str, Any] = {}
    for name, value in own.items():
        if name not in defaults:
            near = get_close_matches(str(name), defaults, n=1)
            hint = f"Did you mean `{near[0]}`?" if near else f"Known: {', '.join(defaults)}."
            raise given.fault(f"there is no setting `{shown(name)}`. {hint}", *_OWN, name)
        fits, expected = _kind(defaults[name])
        if not fits(value):
            raise given.fault(f"expected {expected}, found “{shown(value)}”.", *_OWN, name)
        checked[name] = tuple(value) if isinstance(defaults[name], tuple) else value
    if checked.get("cards", "auto") not in ("auto", "always", "never"):
        found = shown(checked["cards"])
        raise given.fault(f"expected auto, always or never, found “{found}”.", *_OWN, "cards")
    return checked


def _is_search(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"title", "query"}
        and all(isinstance(text, str) and text.strip() for text in value.values())
    )


def _is_form(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    hidden = value.get("hidden", {})
    return value == {} or (
        value.keys() <= {"action", "email", "hidden"}
        and str(value.get("action")).startswith("https://")
        and isinstance(value.get("email", ""), str)
        and isinstance(hidden, dict)
        and all(isinstance(text, str) for pair in hidden.items() for text in pair)
    )


_Kind = tuple[Callable[[Any], bool], str]
"""A test of a value, and what passes it."""


def _kind(default: object) -> _Kind:
    """What the value of a setting must be, by its default."""
    if type(default) is int:
        least = min(default, 1)
        return lambda value: type(value) is int and value >= least, f"a whole number from {least}"
    return _KINDS[type(default)]


_KINDS: dict[type, _Kind] = {
    str: (lambda value: isinstance(value, str), "text"),
    bool: (lambda value: isinstance(value, bool), "true or false"),
    tuple: (
        lambda value: isinstance(value, list) and all(map(_is_search, value)),
        "a list of searches, each with a `title` and a `query`",
    ),
    dict: (
        _is_form,
        "a form with `action` (an https address), `email` (the name of its field, if it is not "
        "`email`) and `hidden` (other fields, all texts)",
    ),
}
"""What the value of a setting must be that is no number, by the type of its default."""
