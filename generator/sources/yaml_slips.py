"""What people write who take YAML for text: values that need quotes and have none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_PAIR: Final = re.compile(
    r"(?P<before>(?P<indent>[ ]*)(?:-[ ]+)?[\"']?(?P<key>\w[\w .()/-]{0,60})[\"']?:[ \t]+)"
    r"(?P<value>\S.*)"
)
_QUOTED: Final = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^']|'')*+'")
_BRACKETED: Final = re.compile(r"\[[^\[\]]*+\]|\{[^{}]*+\}")
_CONTINUED: Final = re.compile(r"\s*(?:-\s|#|[\"']?\w[\w .()/-]{0,60}[\"']?:(?:\s|\Z))")


@dataclass(frozen=True, slots=True)
class Slip:
    """A value that needs quotes."""

    line: int
    """Counted from 1."""

    key: str
    found: str
    """What makes quotes necessary, as a message says it: `“: ”`."""


def mended(text: str) -> tuple[str, list[Slip]]:
    """The text with quotes around values that need them, and which these are.

    Args:
        text: YAML that cannot be read; what is right in it stays as it is.
    """
    lines = text.split("\n")
    slips: list[Slip] = []
    scalar = -1  # how far the key of a block of text is indented
    for place, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if scalar >= 0 and (not line.strip() or indent > scalar):
            continue
        scalar = -1
        pair = _PAIR.fullmatch(line.rstrip())
        if not pair:
            continue
        value = pair["value"]
        if re.fullmatch(r"[|>][-+\d]{0,2}(?:\s+#.*)?", value):
            scalar = indent
        elif needed := _needs(value):
            last = place + 1
            while last < len(lines) and _continues(lines[last], indent):
                value += f" {lines[last].strip()}"
                lines[last] = ""
                last += 1
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            lines[place] = f'{pair["before"]}"{escaped}"'
            slips.append(Slip(place + 1, pair["key"].strip(), needed))
    return "\n".join(lines), slips


def _needs(value: str) -> str:
    """What in a value needs quotes around it; empty where nothing does."""
    quoted = _QUOTED.match(value) or _BRACKETED.match(value)
    if quoted:
        rest = value[quoted.end() :].strip()
        return f"“{quoted[0][:20]}” and more" if rest and not rest.startswith("#") else ""
    if value[0] in "\"'[{|>":
        return ""  # it goes on in the next line
    if value[0] in "@`%*&!":
        return f"“{value[0]}” at its beginning"
    return "“: ”" if re.search(r":(?:\s|\Z)", value) else ""


def _continues(line: str, indent: int) -> bool:
    """Whether it is the second line of a value."""
    deeper = len(line) - len(line.lstrip()) > indent
    return deeper and bool(line.strip()) and not _CONTINUED.match(line)


def items(text: str) -> list[tuple[int, str]]:
    """The elements of the first list of a text, each a list by itself, and their lines."""
    lines = text.split("\n")
    first = re.search(r"^( *)- ", text, re.MULTILINE)
    if not first:
        return []
    mark = f"{first[1]}- "
    starts = [place for place, line in enumerate(lines) if line.startswith(mark)]
    return [
        (start + 1, "\n".join(lines[start:end]))
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]
