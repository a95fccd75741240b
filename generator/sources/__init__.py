"""Readers: one module a format, picked by what a file holds and not by its name.

`read` is the way in. It is a pure function of one file's bytes, safe to send to another process,
and never raises for bad input: what cannot be read comes back as a problem.

A new format is one module in `formats/` that satisfies `Reader`, and one line in its `READERS`.
"""

from __future__ import annotations

from generator.model.errors import ContentError, Problem
from generator.sources import mails, unknown
from generator.sources.content import Content
from generator.sources.formats import READERS
from generator.sources.reading import Reader, Reading
from generator.sources.records import why_unread
from generator.text import message

__all__ = ["READERS", "Reader", "Reading", "read"]


def read(data: bytes, file: str) -> Reading:
    """Read one source file.

    Args:
        data: the file's bytes.
        file: its path below `content/sources/`, with forward slashes; a date in it counts.
    """

    def unread(reason: str) -> Reading:
        problem = Problem(file=file, reason=message(reason))
        return Reading(file=file, problems=(problem,))

    file = message(file)
    content = Content(mails.plain(data), file)
    try:
        if content.kind != "zip" and not content.head:
            return unread("the file is empty. Paste the list into it, or delete it.")
        reader = next((reader for reader in READERS if reader.detect(content)), None)
    except ContentError as error:
        return unread(unknown.binary(data) or str(error))
    except Exception as error:
        return unread(why_unread(error))
    try:
        return reader.read(content) if reader else unread(unknown.reason(content))
    except Exception as error:
        return unread(why_unread(error))
