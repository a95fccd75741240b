"""What one build leaves for the next, so that it need not be found again.

It may be deleted, cut short or of another version at any time: then it is as good as not there.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final, TypeVar
from zlib import crc32

import msgspec

from generator.build import files

Value = TypeVar("Value")


class Kept:
    """A folder of such values, each under a name."""

    def __init__(self, folder: Path, maker: str) -> None:
        """Args: a folder that is all ours; a digest of the code that makes what is kept there."""
        self._folder = folder
        self._maker = maker

    def within(self, name: str) -> Kept:
        """A folder in this one, for values of one kind."""
        return Kept(self._folder / name, self._maker)

    def keep_only(self, names: set[str]) -> None:
        """Delete all values but those of these names."""
        files.keep_only(self._folder, names)

    def read(self, name: str, made_of: str, kind: type[Value]) -> Value | None:
        """What was written under a name, if it is whole and was made of the same.

        Args:
            name: of a file.
            made_of: all that the value follows from, or a digest of that.
            kind: the type of the value.
        """
        try:
            data = memoryview((self._folder / name).read_bytes())
            if data[:_HEAD] != self._head(made_of, data[_HEAD:]):
                return None
            return msgspec.msgpack.decode(data[_HEAD:], type=kind)
        except (OSError, msgspec.DecodeError):
            return None

    def write(self, name: str, made_of: str, value: object) -> None:
        """Keep a value that msgspec knows; see `read`."""
        data = msgspec.msgpack.encode(value)
        with suppress(FileNotFoundError):  # another process has just kept the same
            files.write_file(self._folder / name, self._head(made_of, memoryview(data)) + data)

    def _head(self, made_of: str, data: memoryview) -> bytes:
        by = blake2b(f"{self._maker}\0{made_of}".encode(), digest_size=_HEAD - 4)
        return by.digest() + crc32(data).to_bytes(4, "big")


_HEAD: Final = 20
"""Bytes before a value."""
