"""What a build did: printed for people and, as JSON, for programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from msgspec import structs

from generator.catalog import merging
from generator.catalog.merging import Account
from generator.exports.cards import Undrawn
from generator.exports.hosts import Size
from generator.model.errors import Problem


@dataclass(frozen=True, slots=True)
class IndexChange:
    """How large the search index is, and how much of it differs from the site before."""

    files: int
    bytes: int
    changed_files: int
    changed_bytes: int


@dataclass(kw_only=True)
class Report:
    """What a build did: printed for people and, as `as_json`, for programs."""

    site_dir: Path
    papers: int
    pages: int
    """Pages of papers, one each; listings are not counted."""

    size: Size
    """How large the whole site is."""

    helpful: tuple[str, ...]
    """Settings that would make it fit more hosts; see `hosts.helpful`."""

    rendered: int
    """Pages of papers that are new or differ from the site before; of a clean build, all."""

    index: IndexChange
    """What became of the search index."""

    changed: tuple[str, ...]
    """Files of the site that are new or differ from the site before, by path."""

    removed: tuple[str, ...]
    """Files of the site before that are no more."""

    problems: tuple[Problem, ...]
    accounts: tuple[Account, ...]
    """What became of the records of every source."""

    by_hand: tuple[str, ...]
    """Pages written by hand that stand in place of generated ones."""

    undrawn: Undrawn = field(default_factory=Undrawn)
    """What is missing from the cards of the papers that this build looked at."""

    kept_bytes: int = 0
    """What the next build goes on from: the store, and files of the site before that are no more
    or otherwise now."""

    anew: str = ""
    """Why all was made anew, though there was a site before, in a line; empty where it was not."""

    seconds: dict[str, float] = field(default_factory=dict)
    """How long each step took."""

    def as_json(self) -> dict[str, Any]:
        """The object that `papershelf build --json` prints."""
        counts = merging.as_json(self.accounts)
        return {
            "papers": self.papers,
            "records": counts["records"],
            "merged": counts["merged"],
            "pages": self.pages,
            "rendered": self.rendered,
            "unchanged": self.pages - self.rendered,
            "files": self.size.files,
            "bytes": self.size.bytes,
            "kept_bytes": self.kept_bytes,
            "index": asdict(self.index),
            "changed": list(self.changed),
            "removed": list(self.removed),
            "problems": [structs.asdict(problem) for problem in self.problems],
            "sources": counts["sources"],
            "undrawn": asdict(self.undrawn),
            "seconds": {step: round(seconds, 3) for step, seconds in self.seconds.items()},
        }


def nothing_changed(last: Report) -> Report:
    """What a build reports that found nothing to do.

    Args:
        last: what the build before reported.
    """
    index = replace(last.index, changed_files=0, changed_bytes=0)
    return replace(
        last,
        rendered=0,
        index=index,
        changed=(),
        removed=(),
        undrawn=Undrawn(),
        anew="",
        seconds={},
    )
