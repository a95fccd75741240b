"""The settings of a catalog, declared once and read from its `mkdocs.yml`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from generator.errors import ConfigError

FILE = "mkdocs.yml"
SOURCES = "content/sources"
TOPICS = "content/topics.yml"
PEOPLE = "content/authors.yml"
CHANGES = "content/changes.jsonl"
READINGS = ".papershelf/readings"
PARTS = ".papershelf/parts"
SIMILAR = ".papershelf/similar"
KEPT = ".papershelf/kept"
FRAMES = ".papershelf/frames"


def _setting(default: Any, text: str, *, own: bool) -> Any:
    """A field of `Settings`: our own, under `extra: papershelf:`, or one of MkDocs."""
    made = {"default_factory": dict} if default == {} else {"default": default}
    return field(**made, metadata={"text": text, "own": own, "default": default})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be set, with its default and what it does. The README's table is made of this."""

    root: Path
    """The catalog's folder, absolute: where `mkdocs.yml` is."""

    pages: Path
    """MkDocs' `docs_dir`, absolute: where Markdown pages are written and found."""

    site_name: str = _setting("", "The name of the site, on every page.", own=False)
    site_description: str = _setting(
        "", "One sentence that says what this is; on the front page.", own=False
    )
    site_url: str = _setting(
        "",
        "Where the site is published. Needed for the sitemap and canonical links, "
        "which hold full addresses.",
        own=False,
    )
    repo_url: str = _setting(
        "",
        "Where the catalog's sources are kept; papers then offer to report a mistake.",
        own=False,
    )
    papers_per_page: int = _setting(50, "Papers on one page of a listing.", own=True)
    report_url: str = _setting(
        "",
        "Where “report a mistake” leads. `{title}` and `{url}` stand for the paper's. "
        "By default a new issue at `repo_url`.",
        own=True,
    )

    author_pages: int = _setting(
        2,
        "From how many papers on an author has a page; names of others lead to a search.",
        own=True,
    )
    searches: tuple[dict[str, str], ...] = _setting(
        (),
        "Saved searches, each with a `title` and a `query`; they become listings with feeds.",
        own=True,
    )
    cards: str = _setting(
        "auto",
        "Pictures that other sites show beside a link to a paper: `always`, `never`, or `auto`, "
        "which is up to 10,000 papers. They need `site_url`.",
        own=True,
    )
    card_font: str = _setting(
        "",
        "A font for these pictures, for titles in other letters than Latin, Greek and Cyrillic: "
        "its path from the folder of `mkdocs.yml`.",
        own=True,
    )
    pdf_tag: bool = _setting(
        True,
        "Whether papers name their PDF to Zotero and Google Scholar (`citation_pdf_url`), "
        "also where it lies on another site.",
        own=True,
    )
    websub_hub: str = _setting(
        "", "A WebSub hub that tells subscribers of feeds at once; feeds then name it.", own=True
    )
    newsletter: dict[str, Any] = _setting(  # noqa: RUF009 - which is a field
        {},
        "The form of your mailing list: `action`, its address; `email`, the name of its field; "
        "`hidden`, other fields with their values. Without it there is no form.",
        own=True,
    )

    hugging_face_url: str = _setting(
        "https://huggingface.co", "Where `papershelf fetch hf-daily` asks.", own=True
    )
    arxiv_url: str = _setting(
        "https://export.arxiv.org", "Where `papershelf fetch arxiv` asks.", own=True
    )
    openreview_url: str = _setting(
        "https://api2.openreview.net", "Where `papershelf fetch openreview` asks.", own=True
    )

    @property
    def sources(self) -> Path:
        """The folder of the input, absolute."""
        return self.root / SOURCES

    @property
    def taxonomy(self) -> Path:
        """The file of topics, absolute; it need not exist."""
        return self.root / TOPICS

    @property
    def people(self) -> Path:
        """The file that joins and splits authors, absolute; it need not exist."""
        return self.root / PEOPLE

    @property
    def changes(self) -> Path:
        """The log of changes, absolute; it need not exist."""
        return self.root / CHANGES

    @property
    def parts(self) -> Path:
        """The folder where what was made of papers is kept, absolute."""
        return self.root / PARTS

    @property
    def similar(self) -> Path:
        """The folder where the neighbours of papers are kept, absolute."""
        return self.root / SIMILAR

    @property
    def kept(self) -> Path:
        """The folder of what one build leaves for the next, absolute."""
        return self.root / KEPT

    @property
    def frames(self) -> Path:
        """The folder where the frames of pages are kept, absolute."""
        return self.root / FRAMES

    @property
    def readings(self) -> Path:
        """The folder where what readers gave is kept, absolute; it may be deleted at any time."""
        return self.root / READINGS


SETTINGS = tuple(setting for setting in fields(Settings) if setting.metadata)
"""All that can be set, in the order of the README's table."""


def load(root: Path) -> tuple[Settings, MkDocsConfig]:
    """The settings of the catalog in `root`, and MkDocs' view of the same file.

    Raises:
        ConfigError: there is no `mkdocs.yml`, or it says something impossible.
    """
    root = root.resolve()
    path = root / FILE
    if not path.is_file():
        raise ConfigError(
            f"{path}: expected a catalog, found no {FILE}. "
            "Go to a catalog's folder, or make one with `papershelf new DIR`."
        )
    complaints = _Complaints()
    log = logging.getLogger("mkdocs.config")
    log.addHandler(complaints)
    try:
        config = load_config(str(path))
    except (ConfigurationError, Abort) as error:
        raise ConfigError(f"{path}: {'; '.join(complaints.texts) or error}") from None
    finally:
        log.removeHandler(complaints)

    if not config.use_directory_urls:
        raise ConfigError(f"{path}: expected `use_directory_urls: true`, found false. Remove it.")
    if {"search", "material/search"} & set(config.plugins):
        raise ConfigError(
            f"{path}: expected no plugin `search`, found it. It would write over the index of the "
            "papers. Remove it, or write `plugins: []`: without the key MkDocs adds it by itself."
        )
    if not config.nav:
        raise ConfigError(
            f"{path}: expected `nav`, found none. Without it MkDocs puts every paper into the "
            "navigation of every page. Name index.md, days/index.md, topics/index.md, … there."
        )
    extra: dict[str, Any] = dict(config.extra)
    values: dict[str, Any] = {
        setting.name: str(config[setting.name] or "")
        for setting in SETTINGS
        if not setting.metadata["own"]
    }
    values |= _checked(path, extra.get("papershelf") or {})
    return Settings(root=root, pages=Path(config.docs_dir), **values), config


class _Complaints(logging.Handler):
    """Keeps what MkDocs logs about a configuration, which its exception does not repeat."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())


def _checked(path: Path, given: object) -> dict[str, Any]:
    """Our own settings, each of the type of its default."""
    where = f"{path}: extra.papershelf"
    if not isinstance(given, dict):
        raise ConfigError(f"{where}: expected settings, found “{given}”.")
    known: dict[str, Any] = {
        setting.name: setting.metadata["default"] for setting in SETTINGS if setting.metadata["own"]
    }
    for name, value in given.items():
        if name not in known:
            near = get_close_matches(str(name), known, n=1)
            hint = f"Did you mean `{near[0]}`?" if near else f"Known: {', '.join(known)}."
            raise ConfigError(f"{where}: there is no setting `{name}`. {hint}")
        fits, expected = _KINDS[type(known[name])]
        if not fits(value):
            raise ConfigError(f"{where}.{name}: expected {expected}, found “{value}”.")
        if isinstance(known[name], tuple):
            given = {**given, name: tuple(value)}
    if given.get("cards", "auto") not in ("auto", "always", "never"):
        raise ConfigError(
            f"{where}.cards: expected auto, always or never, found “{given['cards']}”."
        )
    return given


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


_KINDS: dict[type, tuple[Callable[[Any], bool], str]] = {
    str: (lambda value: isinstance(value, str), "text"),
    int: (lambda value: type(value) is int and value > 0, "a whole number from 1"),
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
"""What the value of a setting must be, by the type of its default."""
