"""The `papershelf` command as people run it, and what it leaves on the disk."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.render import is_unused

BIN = Path(sys.executable).parent


def papershelf(
    root: Path, *arguments: str | Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, whatever its exit status."""
    return subprocess.run(
        [str(BIN / "papershelf"), *map(str, arguments)],
        cwd=root,
        env=os.environ | dict(env or {}),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def heeds_interrupts() -> None:
    """As what a person starts; what is started in the background may not, nor what that starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def mkdocs(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run MkDocs in a folder; it must succeed."""
    return subprocess.run(
        [str(BIN / "mkdocs"), *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )


def asked_for(site: Path) -> dict[str, bytes]:
    """What there is in a site that MkDocs made alone, but for what no page of it asks for."""
    return {path: data for path, data in contents(site).items() if not is_unused(path)}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The names of files that only one has or that differ; empty where both are the same."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def page(day: str, titles: Sequence[str], abstract: str = "It has an abstract. It ends.") -> str:
    """The text of a copied page: `Aug 7` or `2025-08-07`, and papers with these titles."""
    return "\n\n".join([day, *(part for title in titles for part in (title, abstract))]) + "\n"


def numbered(count: int, start: int = 1) -> list[str]:
    """Titles that sort as their numbers do: `Paper Number 0001 of the Shelf`."""
    return [f"Paper Number {number:04} of the Shelf" for number in range(start, start + count)]
