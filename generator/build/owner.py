"""The files of a catalog that its owner writes beside the sources, and the log of changes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from generator.build import files
from generator.catalog import changes, people, taxonomy
from generator.catalog.changes import Change
from generator.catalog.people import Person
from generator.catalog.taxonomy import Topic
from generator.model.errors import MissingError
from generator.text import safe_yaml
from generator.text.safe_yaml import Document

LARGEST_LOG: Final = 256 * 2**20
"""Bytes of the log of changes."""


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


def _document(path: Path) -> Document:
    return safe_yaml.read(_content(path, safe_yaml.LARGEST), str(path))


def _content(path: Path, most: int) -> bytes:
    try:
        return files.read(path, most)
    except MissingError:
        return b""
