"""Who may write files: read from the code itself. Who may import whom, import-linter holds."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

PACKAGE = REPOSITORY / "generator"

WRITERS = {"write_text", "write_bytes", "unlink", "rmdir", "mkdir", "touch", "symlink_to", "rename"}
WRITERS |= {"rmtree", "copy", "copy2", "copytree", "move", "remove", "makedirs", "removedirs"}


def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name:
            found[name] = path
    return found


MODULES = modules()


def writes(path: Path) -> list[str]:
    """Calls that change files: by name, SQLite, or `open` with a mode that is not for reading."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name in WRITERS or ast.unparse(function) == "sqlite3.connect":
            found.append(f"line {node.lineno}: {name}")
        if name == "open":
            modes = [*node.args[:2], *(k.value for k in node.keywords if k.arg == "mode")]
            texts = [str(mode.value) for mode in modes if isinstance(mode, ast.Constant)]
            if any(set(text) <= set("rwxabt+") and set(text) & set("wxa+") for text in texts):
                found.append(f"line {node.lineno}: open")
    return found


DISK = ("build.files", "build.locks", "build.store", "build.swap")
"""The modules that change files."""


@pytest.mark.parametrize("name", [name for name in MODULES if name not in DISK])
def test_other_modules_change_no_files(name: str) -> None:
    assert writes(MODULES[name]) == []


def test_the_modules_that_change_files_are_seen_to_do_so() -> None:
    assert all(writes(MODULES[name]) for name in DISK)
