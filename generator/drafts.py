"""Files that need not be made if all that they hold is as it was."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Final, NamedTuple

import msgspec

_ENCODER: Final = msgspec.msgpack.Encoder()


class File(NamedTuple):
    """A file of the site, to be made if it is needed."""

    path: str
    key: bytes
    """Digest of all that it holds; empty where that is not known before it is made."""

    make: Callable[[], str | bytes]


def made(path: str, content: str | bytes) -> File:
    """A file that is made already."""
    return File(path, b"", lambda: content)


def key(*about: object) -> bytes:
    """The digest of what something shows: 16 bytes."""
    return blake2b(_ENCODER.encode(about), digest_size=16).digest()
