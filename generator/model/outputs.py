"""Pages and files that need not be made if all that they show is as it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from hashlib import blake2b
from typing import Any, Final, NamedTuple

import msgspec

from generator.model.papers import Paper

_ENCODER: Final = msgspec.msgpack.Encoder()


class File(NamedTuple):
    """A file of the site, to be made if it is needed."""

    path: str
    key: bytes
    """Digest of all that it holds; empty where that is not known before it is made."""

    make: Callable[[], str | bytes]

    papers: Sequence[Paper] = ()
    """Those that it holds."""


class Draft(NamedTuple):
    """A page, to be made if it is needed."""

    address: str
    key: bytes
    """Digest of all that it shows."""

    paper: str
    """The id of the paper whose page it is; empty for a list."""

    day: str
    """The latest full date of what it shows; empty where there is none."""

    make: Callable[[], Any]
    """Gives the page, as `templates.Page` says."""

    papers: Sequence[Paper] = ()
    """Those that it lists."""


class Later:
    """Makes a file when it is called; what it is made of is looked up then.

    Handed to another process, it takes that along.
    """

    def __init__(
        self, function: Callable[..., str | bytes], arguments: Callable[[], tuple[Any, ...]]
    ) -> None:
        self._function = function
        self._arguments = arguments

    def __call__(self) -> str | bytes:
        """What the file holds."""
        return self._function(*self._arguments())

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return partial, (self._function, *self._arguments())


def made(path: str, content: str | bytes) -> File:
    """A file that is made already."""
    return File(path, b"", partial(_itself, content))


def _itself(content: str | bytes) -> str | bytes:
    return content


def key(*about: object) -> bytes:
    """The digest of what something shows: 16 bytes."""
    return blake2b(_ENCODER.encode(about), digest_size=16).digest()
