"""The one module that changes files: it writes what changed and deletes only what is ours."""

from __future__ import annotations

import ctypes
import errno
import filecmp
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from generator.errors import UsageError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

MANIFEST = ".papershelf.json"
"""Lists the generated files of a folder. It begins with a dot, so MkDocs leaves it out of the
site. It may be deleted: what is ours is then told from the files themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What `write_tree` did, as paths below the folder."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    """Files written by hand that stand where a generated one would; they win."""


def owned(folder: Path, ours: Callable[[Path], bool]) -> set[str]:
    """The files below `folder` that earlier runs generated.

    Args:
        folder: need not exist.
        ours: tells whether a file was generated, for when the manifest is lost.
    """
    try:
        return _listed((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {path for path in relative_files(folder) if ours(folder / path)}


def _listed(manifest: str) -> set[str]:
    """The paths in a manifest; `ValueError` where it was tampered with."""
    paths = json.loads(manifest)
    if not isinstance(paths, list) or not all(
        isinstance(path, str) and not (path.startswith("/") or ".." in path.split("/"))
        for path in paths
    ):
        raise ValueError
    return set(paths)


def write_tree(folder: Path, files: Mapping[str, str | bytes], owned: set[str]) -> Written:
    """Make `folder` hold these files beside those written by hand.

    A file is written only when it differs, and deleted only when an earlier run wrote it and this
    one does not.

    Args:
        folder: made if missing.
        files: paths with forward slashes below `folder`, and what they hold.
        owned: what may be written over or deleted.
    """
    kept = {path for path in files if path not in owned and (folder / path).is_file()}
    written = files.keys() - kept

    # Named as ours before they are there: a run killed halfway leaves no orphans.
    _write_manifest(folder, owned | written)
    removed = [path for path in sorted(owned - written) if _remove(folder, path)]
    changed = [path for path in sorted(written) if write_file(folder / path, files[path])]
    _write_manifest(folder, written)
    return Written(changed=tuple(changed), removed=tuple(removed), kept=tuple(sorted(kept)))


def text_of(path: Path) -> str:
    """What a file of text holds; nothing where there is none."""
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""


def write_file(path: Path, content: str | bytes) -> bool:
    """Write a file unless it holds just this; whether it was written."""
    data = content.encode() if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return True


def write_whole(path: Path, data: bytes) -> bool:
    """Write a file as `write_file` does, in one step: it is never there in part."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")  # hidden, so it is no source if we are killed now
    with fresh.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return True


@contextmanager
def journal(path: Path) -> Iterator[tuple[list[str], Callable[[str], None]]]:
    """The lines of a file that only grows, and what adds one; no other process may have it now.

    A line that was added is on the disk. One that was cut off, since the process that wrote it was
    killed, is taken away.

    Raises:
        UsageError: another process has the file; from what adds a line, that there is no room.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b", buffering=0) as file:
        _lock(file, path)
        file.seek(0)
        kept = file.read() or b""
        whole = kept[: kept.rfind(b"\n") + 1]
        file.truncate(len(whole))

        def add(line: str) -> None:
            data = line.encode() + b"\n"
            try:
                if file.write(data) != len(data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(file.fileno())
            except OSError as error:
                raise UsageError(f"{path}: expected to write there, found: {error}.") from None

        yield whole.decode("utf-8", "replace").splitlines(), add


def _lock(file: FileIO, path: Path) -> None:
    """Keep a file to this process until it is closed, or the process ends in any way."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise UsageError(
            f"{path}: expected to have it alone, found that another run has it. Wait for its end."
        ) from None


def link(source: Path, target: Path) -> None:
    """Make `target` the same file as `source`, or a copy where the system has no hard links."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def relative_files(folder: Path) -> list[str]:
    """All files below `folder`, sorted, with forward slashes; hidden ones do not count."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not any(part[0] == "." for part in path.relative_to(folder).parts)
    )


def dangling(folder: Path) -> list[str]:
    """Links below `folder` that lead to nothing, as `relative_files` would name them."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() and not path.exists()
    )


def keep_only(folder: Path, names: set[str]) -> None:
    """Delete the files right in a folder that is all ours, but for those of these names."""
    if folder.is_dir():
        for path in folder.iterdir():
            if path.is_file() and path.name not in names:
                path.unlink()


def _write_manifest(folder: Path, paths: Iterable[str]) -> None:
    target = folder / MANIFEST
    text = json.dumps(sorted(paths), indent=0) + "\n"
    if target.is_file() and target.read_text("utf-8") == text:
        return
    folder.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    fresh.write_text(text, "utf-8")
    fresh.replace(target)


def _remove(folder: Path, path: str) -> bool:
    """Delete a file and the folders that this leaves empty."""
    target = folder / path
    if not target.is_file():
        return False
    target.unlink()
    for parent in target.parents:
        if parent == folder or not _is_empty(parent):
            break
        parent.rmdir()
    return True


def _is_empty(folder: Path) -> bool:
    """Whether nothing is in it; without listing the thousands that may be."""
    with os.scandir(folder) as entries:
        return next(entries, None) is None


@contextmanager
def replaced(folder: Path, sign: str) -> Iterator[Path]:
    """An empty folder to fill, which takes the place of `folder` when the block ends well.

    Until then the old one stays as it is; when the block fails, or the process is killed, it stays
    for good.

    Args:
        folder: what is replaced; it need not exist.
        sign: the name of a file that an earlier site holds. Any other folder with something in it
            is refused, since it would be deleted.

    Raises:
        UsageError: `folder` holds something else than a site.
    """
    if folder.exists() and not (folder.is_dir() and _is_site(folder, sign)):
        raise UsageError(
            f"{folder}: expected a site built before (with {sign}), an empty folder or none, found "
            "something else, which building there would delete. Name another with --site-dir."
        )
    fresh = folder.with_name(f".{folder.name}.building")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        yield fresh
        if folder.exists():
            _exchange(folder, fresh)
        else:
            fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _is_site(folder: Path, sign: str) -> bool:
    return (folder / sign).is_file() or not any(folder.iterdir())


def keep_times(old: Path, new: Path) -> set[str]:
    """The files of `new` that `old` has just so, which get their old time back.

    A copy to a host that looks at times, such as rsync's, then skips them.
    """
    same = set()
    for path in relative_files(new):
        before, after = old / path, new / path
        if before.is_file() and filecmp.cmp(before, after, shallow=False):
            times = before.stat()
            os.utime(after, ns=(times.st_atime_ns, times.st_mtime_ns))
            same.add(path)
    return same


def _exchange(one: Path, other: Path) -> None:
    """Swap two folders, in one step where the system can."""
    if sys.platform == "linux":
        here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE: see renameat2(2)
        rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
        if rename and rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0:
            return
    aside = one.with_name(f".{one.name}.old")
    shutil.rmtree(aside, ignore_errors=True)
    one.rename(aside)
    other.rename(one)
    aside.rename(other)
