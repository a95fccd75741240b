"""Bytes of a source file → its text, in whichever encoding it is."""

from __future__ import annotations

import codecs
import re
from typing import Final

from generator.model.errors import ContentError
from generator.sources import encodings

_MARKS: Final = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED: Final = re.compile(
    rb"(?:^%\s*Encoding|coding|charset)\s*[:=]\s*[\"']?([A-Za-z0-9_.-]+)", re.MULTILINE
)
_CONTROLS: Final = bytes({*range(9), *range(14, 32)} - {27})


# Python has codecs that are none of text (`undefined`), or take long (`punycode`).
_CHARSET: Final = re.compile(
    rb"ascii|utf-?8|latin|iso|l\d|windows|cp|mac|koi8|big5|gb|hz|euc|s?-?jis|shift|ks|johab|tis",
    re.IGNORECASE,
)


def decode(data: bytes, cut: bool = False) -> tuple[str, str]:
    """The text of `data`, and what is doubtful about it; `cut` allows half a character at the end.

    UTF-8, else what the marks at the start or the pattern of zeros say (UTF-16, UTF-32), else what
    the first lines declare (`% Encoding: …` of JabRef, `coding:` of Emacs, `encoding="…"` of XML,
    `charset=…` of HTML), else what their letters tell, in those lines alone that are not UTF-8; see
    `encodings`.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), ""
    if data[:1] and b"\0" in data[:4]:
        wide = "utf-16-be" if data[0] == 0 else "utf-16-le"
        text = data.decode(wide, "replace")
        if not {"\0", "\ufffd"} & set(text.removesuffix("\ufffd")):
            return text, ""
    if zeros := data.count(0):
        if text := encodings.wide(data):
            return text, ""
        controls = len(data) - len(data.translate(None, _CONTROLS))
        if 0 in data[:4] or controls > max(zeros, len(data) // 1000) or zeros > len(data) // 50:
            raise ContentError(
                "expected text, found binary data. Unpack an archive, export a document as text, "
                "or move the file out of content/sources/."
            )
        line = data.count(10, 0, data.index(0)) + 1
        text, doubt = decode(data.replace(b"\0", b""), cut)
        remark = f"expected text, found the byte 0x00 in line {line}. It was left out; remove it."
        return text, f"{remark} {doubt}".strip()
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(data, final=not cut), ""
    except UnicodeDecodeError as error:
        where = f"0x{data[error.start]:02X} in line {data.count(10, 0, error.start) + 1}"
    declared = _DECLARED.search(data[:4096])
    if declared and _CHARSET.match(declared[1]):
        try:
            return data.decode(declared[1].decode()), ""
        except (LookupError, ValueError):
            pass  # an unknown name, or one that is not true
    rows = data.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True)
    name = encodings.guessed(row for row in rows if not row.isascii() and not _is_utf_8(row))
    texts = [_line(row, name) for row in rows]
    others = sum(is_other for _, is_other in texts) - 1
    lines = "The line was" if not others else f"It and {others:,} other lines were"
    return "".join(text for text, _ in texts), (
        f"expected UTF-8, found the byte {where}. {lines} read as {encodings.NAMES[name]}; "
        "if letters look wrong, save it again as UTF-8."
    )


_ALONE: Final = {
    0xDC00 + byte: bytes([byte]).decode(encodings.USUAL, "replace") for byte in range(128, 256)
}


def _is_utf_8(row: bytes) -> bool:
    try:
        return bool(row.decode())
    except UnicodeDecodeError:
        return False


def _line(row: bytes, name: str) -> tuple[str, bool]:
    """The text of a line, and whether it is not UTF-8; a few bytes of it may be the others."""
    text = row.decode("utf-8", "surrogateescape")
    others = sum(0xDC80 <= ord(letter) <= 0xDCFF for letter in text) if not text.isascii() else 0
    if not others:
        return text, False
    letters = sum(ord(letter) > 127 for letter in text) - others
    return text.translate(_ALONE) if letters > others else row.decode(name, "replace"), True
