"""The settings of a catalog, declared once: what can be set, and where its files are."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

MKDOCS_YML = "mkdocs.yml"
SOURCES = "content/sources"
TOPICS = "content/topics.yml"
PEOPLE = "content/authors.yml"
CHANGES = "content/changes.jsonl"
PERMANENT = "content/permanent.tsv"


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
    papers_per_page: int = _setting(
        50, "Papers on one page of a listing, or four times as many in a line each.", own=True
    )
    report_url: str = _setting(
        "",
        "Where “report a mistake” leads. `{title}` and `{url}` stand for the paper's. "
        "By default a new issue at `repo_url`.",
        own=True,
    )

    author_pages: int = _setting(
        0,
        "From how many papers on an author has a page; all are named under their letters. "
        "With 0, from 2 on, or as many as leave at most 500 pages, or one for sixteen papers.",
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
        "which is up to 2,000 papers. They need `site_url`.",
        own=True,
    )
    card_font: str = _setting(
        "",
        "A font for these pictures, for titles in other letters than Latin, Greek and Cyrillic: "
        "its path from the folder of `mkdocs.yml`.",
        own=True,
    )
    companions: bool = _setting(
        False,
        "Whether each paper has its record (`.json`) and its text (`.md`) in files beside its "
        "page; all records are in `catalog.jsonl` anyway.",
        own=True,
    )
    pdf_tag: bool = _setting(
        True,
        "Whether papers name their PDF to Zotero and Google Scholar (`citation_pdf_url`), "
        "also where it lies on another site.",
        own=True,
    )
    author_feeds: int = _setting(
        0,
        "From how many papers on an author with a page has a feed; 0 is none.",
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
        "https://export.arxiv.org",
        "Where `papershelf fetch arxiv` asks, by OAI-PMH, RSS and the API, and `fetch ids`.",
        own=True,
    )
    openreview_url: str = _setting(
        "https://api2.openreview.net", "Where `papershelf fetch openreview` asks.", own=True
    )
    biorxiv_url: str = _setting(
        "https://api.biorxiv.org", "Where `papershelf fetch biorxiv` asks.", own=True
    )
    openalex_url: str = _setting(
        "https://api.openalex.org", "Where `papershelf fetch openalex` asks.", own=True
    )
    doi_url: str = _setting(
        "https://doi.org", "Where `papershelf fetch ids` asks for DOIs.", own=True
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
    def permanent(self) -> Path:
        """The file of citation keys and ids in feeds, absolute; it need not exist."""
        return self.root / PERMANENT


SETTINGS = tuple(setting for setting in fields(Settings) if setting.metadata)
"""All that can be set, in the order of the README's table."""
