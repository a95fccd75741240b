"""Foreign text → one line, or paragraphs, of plain Unicode with TeX between dollars."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final

from ftfy import fix_encoding
from ftfy.badness import is_bad

from generator.text import latex, markup
from generator.text.characters import one_line
from generator.text.segmenting import segments

ROUNDS: Final = 8
r"""How often a text is read for LaTeX: `\emph\{x\}` becomes `\emph{x}` and then `x`."""
_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n\s*")


def clean(raw: str) -> str:
    r"""Return one line of plain Unicode: what every reader does to a title or a paragraph.

    Characters without meaning go; HTML's character references and tags of fonts, UTF-8 that was
    read as another encoding, and LaTeX quoting and escapes outside mathematics are resolved; white
    space is folded. Nothing else is changed. Doing it again changes nothing, unless escapes hide in
    escapes more than eight levels deep.
    """
    text = one_line(raw)
    for _ in range(ROUNDS):
        before = text
        if "&" in text or "<" in text:
            text = markup.resolve(text)
        if not text.isascii() and is_bad(text):
            text = fix_encoding(text)
        if "\\" in text or "`" in text or "''" in text:
            parts = ((part.kind != "mathematics", part.text) for part in segments(text))
            text = latex.resolve(_joined(parts))
        if text == before:
            break
        text = one_line(text)
    return text


def untex(raw: str) -> str:
    r"""Return text that is TeX through and through, a field of BibTeX, as `clean` takes it.

    There `~` is a space, `--` a dash and braces only group: `{DNA}~Repair` → `DNA Repair`. The
    address of `\href{address}{text}` stays behind its text. Mathematics is kept as it is.
    """
    if not any(character in raw for character in "\\{}~-`'"):
        return raw
    parts = (
        (True, latex.plain(part.text)) if part.kind != "mathematics" else (False, part.text)
        for part in segments(latex.addressed(raw))
    )
    resolved = latex.resolve(_joined(parts))
    return "".join(
        part.text if part.kind == "mathematics" else latex.bare(part.text)
        for part in segments(resolved)
    )


def _joined(parts: Iterator[tuple[bool, str]]) -> Iterator[tuple[bool, str]]:
    """Text beside text becomes one part: an address may lie inside quotes or a macro."""
    for is_text, group in groupby(parts, key=itemgetter(0)):
        yield is_text, "".join(part for _, part in group)


def paragraphs(raw: str) -> str:
    """Clean every paragraph and join those that are not empty by one empty line."""
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n\n")
    if "<" in lines:
        lines = markup.apart(lines)
    cleaned = (clean(paragraph) for paragraph in _BLANK_LINE.split(lines))
    return "\n\n".join(paragraph for paragraph in cleaned if paragraph)
