"""The files of a catalog that lie beside the sources: its owner's, and what builds keep there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from generator.build import files, opening
from generator.catalog import changes, people, taxonomy
from generator.catalog.changes import Change
from generator.catalog.people import Person
from generator.catalog.taxonomy import Topic
from generator.exports import permanent
from generator.exports.permanent import Permanent
from generator.model.errors import MissingError
from generator.model.papers import PaperSummary
from generator.text import safe_yaml
from generator.text.safe_yaml import Document

LARGEST_LOG: Final = 256 * 2**20
"""Bytes of the log of changes, and of the file of what is permanent."""


def load_topics(path: Path) -> tuple[Topic, ...]:
    """The taxonomy in a file; empty where there is no file.

    Raises:
        ConfigError: it cannot be read, or is no taxonomy; the text says where and what to write.
    """
    return taxonomy.parse(_document(path))


def load_people(path: Path) -> tuple[Person, ...]:
    """The people in a file of authors; none where there is no file.

    Raises:
        ConfigError: it cannot be read, or is no such list; the text says where and what to write.
    """
    return people.parse(_document(path))


def load_changes(path: Path) -> list[Change]:
    """The log of changes in a file; empty where there is no file.

    Raises:
        ConfigError: it cannot be read, or is no log; the text says in which line and what to do.
    """
    return changes.parse(_content(path, LARGEST_LOG), str(path))


def load_permanent(path: Path) -> list[Permanent]:
    """The citation keys and ids in feeds that were given; none where there is no file.

    Raises:
        ConfigError: it cannot be read, or is no such file; the text says in which line and what to
            do.
    """
    return permanent.parse(_content(path, LARGEST_LOG), str(path))


def keep_permanent(path: Path, papers: Iterable[PaperSummary]) -> None:
    """Keep those of all papers that are published, beside those of others that were."""
    cited = ((paper, paper.key) for paper in papers)
    lines = permanent.extended(load_permanent(path), cited)
    if lines:
        files.write_whole(path, permanent.dump(lines))


def _document(path: Path) -> Document:
    return safe_yaml.read(_content(path, safe_yaml.LARGEST), str(path))


def _content(path: Path, most: int) -> bytes:
    try:
        return opening.read(path, most)
    except MissingError:
        return b""
