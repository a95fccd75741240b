"""A text cut into plain text, mathematics and web addresses; what keeps these whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from generator.text.characters import one_line


class Segment(NamedTuple):
    """A stretch of a text that is all of one kind."""

    kind: Literal["text", "mathematics", "address"]
    text: str
    """The stretch itself: mathematics with its dollars, an address without the full stop behind."""


# What may stand in TeX mathematics: no other dollar or paragraph, and no second opening.
_TEX: Final = r"(?:[^\\$\n]|\n(?![^\S\n]*\n)|\\[^()\[\]]){1,2000}+"
# `$5 million or $6`: a number and a word are money. A pair with space inside or a digit after the
# second dollar is no pair (the rule is pandoc's).
_MONEY: Final = r"[\d.,]+[kKMBbn]?\s(?:or|to|[A-Za-z]{3})"
# Without `https://` an address is a host, known by its ending, and a path: `aka.ms/wavllm`.
_BARE_HOST: Final = r"(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|io|co|ai|ms|dev|edu|gov|app|me)"
# What is escaped is no mathematics, nor does it begin any. One set of characters in front makes the
# search many times faster.
_MATHEMATICS: Final = rf"""
      [$\\](?:
          (?<=\$) (?: \${_TEX}\$\$ | (?![\s$]|{_MONEY}){_TEX}(?<!\s)\$(?!\d) )
        | (?<=\\) (?: \({_TEX}\\\) | \[{_TEX}\\\] | (?P<escaped>[^(\[]) )
      )
"""
_FLAGS: Final = re.VERBOSE | re.DOTALL | re.IGNORECASE
_MATHEMATICS_ALONE: Final = re.compile(_MATHEMATICS, _FLAGS)
_SEGMENT: Final = re.compile(
    rf"""
      {_MATHEMATICS}
    | (?P<address>
          (?<![A-Za-z0-9]) https?://[\w\[][^\s<>"{{}}|\\^`$“”‘’«»。，、；：！？（）「」【】…]*+
        | (?<![\w./@:%-]) {_BARE_HOST}/[\w~][\w.~/-]*+
      )
    """,
    _FLAGS,
)
# A slash of every address: the one behind `https:`, or that behind a bare host, which ends in two
# letters or three.
_ADDRESS_SLASH: Final = re.compile(r"/(?:(?<=:/)/|(?<=\.[^\W_]{2}/)|(?<=\.[^\W_]{3}/))")


def segments(text: str) -> Iterator[Segment]:
    r"""Split a text into plain text, mathematics and web addresses; joined, they are the text.

    Mathematics stands in `$…$`, `$$…$$`, `\(…\)` or `\[…\]`; a dollar that is money is text.
    """
    slash = _ADDRESS_SLASH.search(text)
    if "$" in text or "\\" in text:
        matches = (_SEGMENT if slash else _MATHEMATICS_ALONE).finditer(text)
    elif slash:  # nothing begins before the word that it is in
        matches = _SEGMENT.finditer(text, text.rfind(" ", 0, slash.start()) + 1)
    else:
        if text:
            yield Segment("text", text)
        return
    done = 0
    for match in matches:
        if match["escaped"]:
            continue
        start, end = match.span()
        is_address = match.lastgroup == "address"
        if is_address:
            end = start + _address_length(match[0])
        if start > done:
            yield Segment("text", text[done:start])
        yield Segment("address" if is_address else "mathematics", text[start:end])
        done = end
    if done < len(text):
        yield Segment("text", text[done:])


def _address_length(address: str) -> int:
    """The length without the punctuation of the sentence: `https://x.org/y).` ends at the `y`."""
    end = len(address)
    surplus = {")": address.count(")") - address.count("(")}
    surplus["]"] = address.count("]") - address.count("[")
    while end and (address[end - 1] in ".,;:!?'*_~" or surplus.get(address[end - 1], 0) > 0):
        if address[end - 1] in surplus:
            surplus[address[end - 1]] -= 1
        end -= 1
    return end


def urls(text: str) -> list[str]:
    """Return the web addresses in a text, each once, in order; `github.com/a/b` gets its scheme."""
    if "/" not in text:
        return []
    addresses = (with_scheme(part.text) for part in segments(text) if part.kind == "address")
    return list(dict.fromkeys(addresses))


def with_scheme(address: str) -> str:
    """An address as it is linked to: `github.com/a/b` → `https://github.com/a/b`."""
    return address if address[:4].lower() == "http" else f"https://{address}"


def excerpt(text: str, limit: int) -> str:
    """Return at most `limit` characters of a text, cut between words and never in mathematics."""
    text = one_line(text)
    if len(text) <= limit:
        return text
    beginning = ""
    for segment in segments(text):
        room = limit - 1 - len(beginning)
        if len(segment.text) <= room:
            beginning += segment.text
            continue
        if segment.kind != "mathematics":
            # One more character than there is room for shows whether a word ends just there.
            head, space, _ = segment.text[: room + 1].rpartition(" ")
            beginning += head if space or beginning else _cut(segment.text, room)
        break
    return beginning.rstrip(" ,;:.-–—") + "…" if limit > 0 else ""


def _cut(word: str, room: int) -> str:
    """Cut a word that is too long, but not between a letter and what is joined to it."""
    while room > 0 and (
        unicodedata.category(word[room])[0] == "M" or "\u200d" in word[room - 1 : room + 1]
    ):
        room -= 1
    return word[:room]
