"""All sources of a catalog, read; a file whose content is as it was is not parsed again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from generator import sources, text
from generator.build import files, memory, opening, walking, work
from generator.build.store import Store
from generator.model.errors import Problem, UnreadableError
from generator.sources import Reading
from generator.sources.content import LARGEST_FILE

FILES_A_SHARD: Final = 100
BYTES_A_SHARD: Final = 8 * 2**20

_KIND: Final = "readings"
"""Under which the store has what readers gave, by path."""

_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(Reading)


class _Stored(NamedTuple):
    """What readers gave of a file."""

    digest: bytes
    """Of its content."""

    reading: msgspec.Raw


class _Read(NamedTuple):
    """What became of a file."""

    path: str
    digest: bytes
    """Of its content; empty where that cannot be read."""

    reading: bytes
    """What readers give of it, as MessagePack; empty where the content is as it was."""


def sizes(folder: Path) -> dict[str, int]:
    """How many bytes each source has, by path."""
    statuses = ((path, files.status(folder / path)) for path in walking.relative_files(folder))
    return {path: status.st_size for path, status in statuses if status}


def read(
    folder: Path, store: Store | None, jobs: int, advance: Callable[[int, int], None]
) -> list[Reading]:
    """What the readers make of every file below `folder`, in the order of their paths.

    Args:
        folder: the sources; it need not exist.
        store: has earlier readings, and is given these.
        jobs: how many processes may read.
        advance: is told how many files are read, of how many.
    """
    paths = walking.relative_files(folder)
    readings = {path: _unread(path, fault) for path, fault in walking.faults(folder).items()}
    total = len(paths) + len(readings)
    before = store.all(_KIND, _Stored) if store else {}
    made: list[tuple[str, _Stored]] = []
    shards = (
        {path: before[path].digest if path in before else b"" for path in some}
        for some in list(_shards(folder, paths))
    )
    for shard in work.spread(partial(_read, folder), shards, jobs):
        for path, digest, reading in shard:
            readings[path] = _DECODER.decode(reading or before[path].reading)
            if reading and digest:
                made.append((path, _Stored(digest, msgspec.Raw(reading))))
        advance(len(readings), total)
    if store:
        with store.transaction():
            store.drop(_KIND, before.keys() - paths)
            store.put(_KIND, made)
    return [readings[path] for path in sorted(readings)]


def _shards(folder: Path, paths: Sequence[str]) -> Iterator[list[str]]:
    """The paths in shards of about equal work, large files alone."""
    shard: list[str] = []
    size = 0
    for path in paths:
        status = files.status(folder / path)
        length = status.st_size if status else 0
        if shard and (size + length > BYTES_A_SHARD or len(shard) == FILES_A_SHARD):
            yield shard
            shard, size = [], 0
        shard.append(path)
        size += length
    if shard:
        yield shard


def _read(folder: Path, before: Mapping[str, bytes]) -> list[_Read]:
    """Read each file once, and parse it if its content has another digest than before."""
    with memory.keeping_everything():
        return [_read_file(folder, path, digest) for path, digest in before.items()]


def _read_file(folder: Path, path: str, before: bytes) -> _Read:
    try:
        data = opening.read(folder / path, LARGEST_FILE)
    except UnreadableError as error:
        return _Read(path, b"", _ENCODER.encode(_unread(path, error.reason)))
    digest = blake2b(data, digest_size=16).digest()
    if digest == before:
        return _Read(path, digest, b"")
    return _Read(path, digest, _ENCODER.encode(sources.read(data, path)))


def _unread(path: str, reason: str) -> Reading:
    name = text.message(path.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    return Reading(file=name, problems=(Problem(file=name, reason=reason),))
