"""What is remembered of batches that were fetched, in `content/.fetch.json`.

It lies beside the sources and not among them, and may be deleted: the days that have a file are
then taken as settled, except the latest ones.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final

import msgspec

from generator.build import files
from generator.model.settings import Settings

FILE: Final = "content/.fetch.json"


class FetchedPage(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file as it was fetched."""

    asked: str
    """Digest of the address, which may hold what is nobody's business."""

    digest: str
    etag: str = ""
    modified: str = ""


class Known(msgspec.Struct, frozen=True, omit_defaults=True):
    """A batch that failed, may still change, or has no papers and so no file."""

    again: bool = False
    """Whether it is to be asked for again."""

    pages: tuple[FetchedPage, ...] = ()


Memory = dict[str, Known]
"""What is known of batches, by their names."""


def remembered(settings: Settings) -> Memory:
    """What the last run left, as far as it is there and whole."""
    try:
        return msgspec.json.decode((settings.root / FILE).read_bytes(), type=Memory)
    except (OSError, msgspec.MsgspecError):
        return {}


def remember(settings: Settings, memory: Memory) -> None:
    """Leave it for the next run."""
    data = msgspec.json.format(msgspec.json.encode(memory, order="sorted"), indent=1)
    files.write_whole(settings.root / FILE, data + b"\n")


def note(memory: Memory, name: str) -> None:
    """Note that a batch is to be asked for again."""
    memory[name] = Known(again=True, pages=memory.get(name, Known()).pages)


def digest(data: bytes) -> str:
    """What tells an address or a file from another."""
    return sha256(data).hexdigest()
