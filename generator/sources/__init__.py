"""Readers: one module a format, picked by what a file holds and not by its name.

`read` is the way in. It is a pure function of one file's bytes, safe to send to another process,
and never raises for bad input: what cannot be read comes back as a problem.

A new format is one module here that satisfies `Reader`, and one line in `READERS`.
"""

from __future__ import annotations

import codecs

from generator.errors import Problem
from generator.sources import daily_page
from generator.sources.reading import Reader, Reading

__all__ = ["READERS", "Reader", "Reading", "read"]

READERS: tuple[Reader, ...] = (daily_page,)


def read(data: bytes, file: str) -> Reading:
    """Read one source file.

    Args:
        data: the file's bytes.
        file: its path below `content/sources/`, with forward slashes; a date in it counts.
    """

    def refused(reason: str) -> Reading:
        return Reading(problems=(Problem(file=file, reason=reason),))

    try:
        text = _decode(data)
    except ValueError as error:
        return refused(str(error))
    if not text.strip():
        return refused("the file is empty. Paste the list into it, or delete it.")
    for reader in READERS:
        if reader.detect(text):
            return reader.read(text, file)
    known = "; ".join(f"{reader.LABEL} ({reader.NAME})" for reader in READERS)
    return refused(
        f"expected one of the kinds of list that can be read, found none of them: {known}. "
        "Bring the file into such a shape, or move it out of content/sources/."
    )


_WIDE = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def _decode(data: bytes) -> str:
    r"""The text of `data`, any kind of line end as `\n`; `ValueError` says how to mend the file."""
    for mark, name in _WIDE:  # UTF-32 first: its mark begins with that of UTF-16
        if data.startswith(mark):
            raise ValueError(f"expected UTF-8, found {name}. Save the file again as UTF-8.")
    if b"\0" in data:
        raise ValueError("expected text, found binary data. Move the file out of content/sources/.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ValueError(
            f"expected UTF-8, found the byte 0x{data[error.start]:02X} in line {line}. "
            "Save the file again as UTF-8."
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
