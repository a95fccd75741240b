"""Catalog folders: making a new one, and putting a list into one."""

from __future__ import annotations

import codecs
import re
from datetime import date
from importlib import resources
from pathlib import Path

from jinja2 import Template

from generator.build import files, opening, walking
from generator.model.errors import NoPapersError, UsageError
from generator.model.settings import Settings
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
    for path in walking.relative_files(start):
        text = (start / path).read_text("utf-8")
        if path.endswith(".j2"):
            text = Template(text, keep_trailing_newline=True).render(name=folder.resolve().name)
        name = ".gitignore" if path == "gitignore" else path.removesuffix(".j2")
        files.write_file(folder / name, text)


def reading(file: Path, sources: Path) -> Reading:
    """What a build would read from a file, which may lie anywhere.

    Args:
        file: its path.
        sources: the catalog's folder; a file that is not in it is read as if it lay there.

    Raises:
        UnreadableError: it is no file, or too large, or cannot be opened.
    """
    path = file.absolute()
    inside = path.is_relative_to(sources)
    name = path.relative_to(sources).as_posix() if inside else path.name
    return read(opening.read(file, LARGEST_FILE), name)


def add(
    file: Path, settings: Settings, day: date | None = None, *, replace: bool = False
) -> tuple[Path, Reading]:
    """Copy a list into the catalog, under its own name.

    Args:
        file: what to copy.
        settings: of the catalog.
        day: of the list. It is written into the first line of a copied page; any other file gets
            a name that says it, `listed-2025-08-07-export.bib`, see `days.listed`.
        replace: whether it takes the place of another list of the same name, and day.

    Returns:
        The copy, and what a build will read from it.

    Raises:
        NoPapersError: it gives no paper, and so is not copied.
        UnreadableError: it is no file, or too large, or cannot be opened.
        UsageError: the catalog has another file of that name, or the name is no text.
    """
    files.check_name(Path(file.name))
    data = opening.read(file, LARGEST_FILE)
    found = read(data, file.name)
    if not found.papers:
        others = len(found.problems) - 1
        more = f" ({others:,} more: `papershelf check` shows them)" if others else ""
        raise NoPapersError(f"{file}: not added: {found.problems[0].reason}{more}")
    target = settings.sources / file.name
    if day and found.format == daily_page.NAME and _is_utf_8(data):
        data = _dated(data, day)
        there = files.content(target) if target.exists() else data
        if there != data and not (replace and there.startswith(_front(day))):
            target = target.with_name(f"{day}-{file.name}")
    elif day:
        target = target.with_name(f"listed-{day}-{file.name}")
    if target.exists() and files.content(target) != data and not replace:
        raise UsageError(
            f"{target}: expected no file of this name, found another list. Say --replace if the "
            "new file is to take its place, or rename the new file."
        )
    files.write_whole(target, data)
    return target, read(data, target.relative_to(settings.sources).as_posix())


def _is_utf_8(data: bytes) -> bool:
    try:
        return bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _front(day: date) -> bytes:
    return f"---\ndate: {day}\n".encode()


def _dated(data: bytes, day: date) -> bytes:
    """The list with its day in front matter, in place of any that it had."""
    body = data.removeprefix(codecs.BOM_UTF8)
    others = b""
    if fenced := re.match(rb"\s*---\s*\n((?:[A-Za-z_]+:[^\n]*\n)*)---[^\S\n]*(?:\n\s*|\Z)", body):
        others = re.sub(rb"(?im)^date:[^\n]*\n", b"", fenced[1])
        body = body[fenced.end() :]
    else:
        body = re.sub(rb"(?i)\A\s*date:[^\n]*(?:\n\s*|\Z)", b"", body)
    return _front(day) + others + b"---\n\n" + body
