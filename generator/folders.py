"""Catalog folders: making a new one, and putting a list into one."""

from __future__ import annotations

import codecs
import re
from datetime import date
from importlib import resources
from pathlib import Path

from jinja2 import Template

from generator import files
from generator.config import Settings
from generator.errors import UsageError
from generator.sources import Reading, read
from generator.sources.content import LARGEST_FILE
from generator.sources.formats import daily_page


def new(folder: Path) -> None:
    """Make a catalog in `folder`, which may exist but must be empty.

    Raises:
        UsageError: there is something in it, or its path is no text.
    """
    files.check_name(folder.absolute())
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"{folder}: expected an empty folder or none, found something in it. Name another."
        )
    start = Path(str(resources.files("site_templates") / "catalog"))
    for path in files.relative_files(start):
        text = (start / path).read_text("utf-8")
        if path.endswith(".j2"):
            text = Template(text, keep_trailing_newline=True).render(name=folder.resolve().name)
        name = ".gitignore" if path == "gitignore" else path.removesuffix(".j2")
        files.write_file(folder / name, text)


def add(file: Path, settings: Settings, day: date | None = None) -> tuple[Path, Reading]:
    """Copy a list into the catalog, under its own name.

    Args:
        file: what to copy.
        settings: of the catalog.
        day: of the list, for one that does not say its year: written into the first line of a
            copied page, and into the name of any other file.

    Returns:
        The copy, and what a build will read from it.

    Raises:
        UnreadableError: it is no file, or too large, or cannot be opened.
        UsageError: the catalog has another file of that name, or the name is no text.
    """
    files.check_name(Path(file.name))
    data = files.read(file, LARGEST_FILE)
    target = settings.sources / file.name
    if day and read(data, file.name).format in ("", daily_page.NAME) and _is_utf_8(data):
        data = _dated(data, day)
    elif day:
        target = target.with_name(f"{day}-{file.name}")
    if target.exists() and target.read_bytes() != data and day:
        target = target.with_name(f"{day}-{file.name}")
    if target.exists() and target.read_bytes() != data:
        raise UsageError(
            f"{target}: expected no file of this name, found another list. "
            "Rename the new file, or delete the old one if it is the same list."
        )
    files.write_file(target, data)
    return target, read(data, target.relative_to(settings.sources).as_posix())


def _is_utf_8(data: bytes) -> bool:
    try:
        return bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _dated(data: bytes, day: date) -> bytes:
    """The list with its day in front matter, in place of any that it had."""
    body = data.removeprefix(codecs.BOM_UTF8)
    others = b""
    if fenced := re.match(rb"\s*---\s*\n((?:[A-Za-z_]+:[^\n]*\n)*)---[^\S\n]*(?:\n\s*|\Z)", body):
        others = re.sub(rb"(?im)^date:[^\n]*\n", b"", fenced[1])
        body = body[fenced.end() :]
    else:
        body = re.sub(rb"(?i)\A\s*date:[^\n]*(?:\n\s*|\Z)", b"", body)
    return f"---\ndate: {day}\n".encode() + others + b"---\n\n" + body
