"""All sources of a catalog, read; a file that has not changed since is not parsed again.

What readers gave is kept beside the catalog, in `.papershelf/readings/`, under a digest of the
file, its name and the readers themselves. The folder may be deleted at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from generator import sources, text
from generator.build import files, reuse, work
from generator.model.errors import Problem, UnreadableError
from generator.model.papers import Paper
from generator.sources import Reading
from generator.sources.content import LARGEST_FILE

FILES_A_SHARD: Final = 100
BYTES_A_SHARD: Final = 8 * 2**20

_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(Reading)


Lie = tuple[int, int, int, int]
"""How a file lies: bytes, times of its last change and of that of its status, and inode."""


def lying(folder: Path) -> dict[str, Lie]:
    """How the sources lie, by path."""
    found = {}
    for path in files.relative_files(folder):
        at = files.status(folder / path)
        if at:
            found[path] = (at.st_size, at.st_mtime_ns, at.st_ctime_ns, at.st_ino)
    return found


class Source(NamedTuple):
    """A source, as it was read."""

    lie: Lie
    name: str
    """What its reading is kept under."""

    reading: Reading
    """Without its papers."""


Sources = dict[str, Source]
"""What a catalog was read of, by path."""


class Gathered:
    """What was read of all sources."""

    def __init__(self, readings: list[Reading], names: dict[str, str]) -> None:
        self.names = names
        """What the reading of each is kept under, by path."""

        self._readings = readings

    def take(self) -> list[Reading]:
        """The readings in the order of their paths, once: they are large, and nobody keeps them."""
        taken, self._readings = self._readings, []
        return taken


class Remembered:
    """Readings that an earlier run kept."""

    def __init__(self, folder: Path, kept: Path) -> None:
        """Args: the sources; where the readings are."""
        self._folder = folder
        self._kept = kept

    def name(self, path: str) -> str:
        """What the reading of a file is kept under.

        Raises:
            LostError: it cannot be read.
        """
        try:
            return _name(self._folder, path)
        except UnreadableError:
            raise LostError from None

    def read(self, path: str, name: str) -> Reading:
        """The reading of a file that has changed."""
        try:
            return _DECODER.decode((self._kept / name).read_bytes())
        except (OSError, msgspec.DecodeError):
            ((_, data),) = _read(self._folder, [path])
            files.write_file(self._kept / name, data)
            return _DECODER.decode(data)

    def papers(self, name: str) -> Sequence[Paper]:
        """The papers of a reading that was kept.

        Raises:
            LostError: it is not there.
        """
        try:
            return _DECODER.decode((self._kept / name).read_bytes()).papers
        except (OSError, msgspec.DecodeError):
            raise LostError from None

    def some(self, name: str, numbers: Iterable[int]) -> Iterator[tuple[int, Paper]]:
        """Some papers of a reading that was kept, with their numbers.

        Raises:
            LostError: it is not there.
        """
        try:
            packed = _PACKED.decode((self._kept / name).read_bytes()).papers
            yield from ((number, PAPER.decode(packed[number])) for number in numbers)
        except (OSError, IndexError, msgspec.DecodeError):
            raise LostError from None

    def keep_only(self, names: Iterable[str]) -> None:
        """Delete all but these."""
        files.keep_only(self._kept, set(names))


class LostError(Exception):
    """A reading that was kept is not there any more, or the file that it is of cannot be read."""


class _Packed(msgspec.Struct):
    papers: list[msgspec.Raw] = []


PAPER: Final = msgspec.msgpack.Decoder(Paper)
_PACKED: Final = msgspec.msgpack.Decoder(_Packed)


def gather(
    folder: Path, kept: Path, jobs: int, advance: Callable[[int, int], None], *, keep: bool
) -> Gathered:
    """What the readers make of every file below `folder`, in the order of their paths.

    Args:
        folder: the sources; it need not exist.
        kept: where earlier readings are kept.
        jobs: how many processes may read.
        advance: is told how many files are read, of how many.
        keep: whether to keep these readings there.

    """
    paths = files.relative_files(folder)
    readings = {path: _unread(path, fault) for path, fault in files.faults(folder).items()}
    total = len(paths) + len(readings)
    names: dict[str, str] = {}
    for path in paths:
        try:
            names[path] = _name(folder, path)
            readings[path] = _DECODER.decode((kept / names[path]).read_bytes())
        except (OSError, UnreadableError, msgspec.DecodeError):
            pass  # not read before, not with these readers, or not readable at all
    advance(len(readings), total)

    unread = [path for path in paths if path not in readings]
    shards = list(_shards(folder, unread))
    for shard in work.spread(partial(_read, folder), shards, jobs):
        for path, data in shard:
            readings[path] = _DECODER.decode(data)
            if keep and path in names:
                files.write_file(kept / names[path], data)
        advance(len(readings), total)
    if keep:
        files.keep_only(kept, set(names.values()))
    return Gathered([readings[path] for path in sorted(readings)], names)


def _name(folder: Path, path: str) -> str:
    """The name that the reading of this file is kept under."""
    digest = sha256(f"{reuse.code()}\0{path}\0".encode("utf-8", "surrogateescape"))
    digest.update(files.read(folder / path, LARGEST_FILE))
    return digest.hexdigest()


def _shards(folder: Path, paths: Sequence[str]) -> Iterator[list[str]]:
    """The paths in shards of about equal work, large files alone."""
    shard: list[str] = []
    size = 0
    for path in paths:
        try:
            length = (folder / path).stat().st_size
        except OSError:
            length = 0
        if shard and (size + length > BYTES_A_SHARD or len(shard) == FILES_A_SHARD):
            yield shard
            shard, size = [], 0
        shard.append(path)
        size += length
    if shard:
        yield shard


def _read(folder: Path, paths: Sequence[str]) -> list[tuple[str, bytes]]:
    """The readings as MessagePack, which is quicker to hand over than objects."""
    with work.keeping_everything():
        return [(path, _ENCODER.encode(_reading(folder / path, path))) for path in paths]


def _reading(source: Path, path: str) -> Reading:
    try:
        return sources.read(files.read(source, LARGEST_FILE), path)
    except UnreadableError as error:
        return _unread(path, error.reason)


def _unread(path: str, reason: str) -> Reading:
    name = text.message(path.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    return Reading(file=name, problems=(Problem(file=name, reason=reason),))
