"""Which files of the pages folder are ours, beside those that people wrote there."""

from __future__ import annotations

import re
from collections.abc import Container
from pathlib import Path, PurePath

from generator import search
from generator.build import files, opening, walking
from generator.catalog.listings.paging import CITATIONS
from generator.exports import card_png, catalog_records, feeds, llms, redirects, sitemap
from generator.model import addresses
from generator.pages.front_matter import is_generated


def by_hand(folder: Path, known: Container[str]) -> set[str]:
    """The files below a folder that are not known as ours."""
    return {path for path in walking.below(folder) if path not in known}


def marked(folder: Path, paths: set[str]) -> set[str]:
    """Those of some files that say themselves that we made them.

    A build that was killed, or whose store is lost, left them.
    """
    return {
        path
        for path in paths
        if not files.linked_folder(folder, path)
        and not opening.unreadable(folder / path)
        and _was_generated(folder / path)
    }


def _was_generated(path: Path) -> bool:
    if path.suffix == ".md":
        return is_generated(path.read_text("utf-8", errors="replace"))
    if path.suffix == ".html":
        return redirects.is_redirect(path.read_text("utf-8", errors="replace"))
    if path.suffix == ".json" and path.parent.name == "papers":
        return catalog_records.is_record(path.read_text("utf-8", errors="replace"))
    if path.suffix == ".png":
        return card_png.is_ours(path.read_bytes())
    if catalog_records.is_catalog(path.name):
        beginning = opening.beginning(path, 100).decode("utf-8", errors="replace")
        return not beginning or catalog_records.is_record(beginning)
    return (
        path.name in _OURS
        or (path.parent.name == search.FOLDER and search.is_ours(path.name))
        or (path.parent.name == "downloads" and path.name.endswith(CITATIONS))
        or re.fullmatch(r"sitemap(?:-[0-9]+)?\.xml", path.name) is not None
    )


_OURS = {
    *(catalog_records.SCHEMA, llms.LLMS, sitemap.ROBOTS, feeds.OPML),
    *(PurePath(addresses.atom("")).name, PurePath(addresses.json_feed("")).name),
}
"""Names of files that are made in many folders or once."""
