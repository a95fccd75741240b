"""Reader for papers written as YAML: a list, or a mapping with a list of `papers`.

Fields have any of the names in `fields.FIELDS`. Values are text as it stands in the file: YAML
itself would make a number of the arXiv id 2401.00010, and lose its last zero. YAML is slow to read,
its aliases can be a bomb and its depth ends the process, so that a file may have no alias, at most
`LARGEST` bytes and at most `DEEPEST` levels.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from generator.sources import fields
from generator.sources.content import Content, ContentError
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "yaml"
LABEL = "a YAML list of papers, each with a “title”"

LARGEST = 16 * 2**20
DEEPEST = 50
_START = re.compile(r"(?:\s|#.*\n|---\s*\n)*+(?:papers:(?:\s|#.*\n)*+)?-\s+(\w+):")
_TITLE = re.compile(r"^[^\S\n]*(?:-[^\S\n]+)?title:\s*\S", re.MULTILINE)

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPER = (
    yaml.BlockSequenceStartToken,
    yaml.BlockMappingStartToken,
    yaml.FlowSequenceStartToken,
    yaml.FlowMappingStartToken,
)
_HIGHER = (yaml.BlockEndToken, yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)
_NULL = frozenset({"", "~", "null", "Null", "NULL"})


def detect(content: Content) -> bool:
    """Whether it begins as a list of mappings that have titles."""
    return (
        content.kind == "text"
        and bool(_START.match(content.head))
        and bool(_TITLE.search(content.head))
    )


def read(content: Content) -> Reading:
    """Every element of the list."""
    if len(content.data) > LARGEST:
        raise ContentError(f"expected at most {LARGEST // 2**20} MB of YAML. Split the file.")
    records = Records(content, NAME)
    try:
        _check(content.text)
        loaded = yaml.load(content.text, Loader=_Loader)  # noqa: S506  # makes text alone
    except yaml.YAMLError as error:
        raise ContentError(f"expected YAML, found: {' '.join(str(error).split())}.") from None
    values = loaded.get("papers") if isinstance(loaded, dict) else loaded
    for number, value in enumerate(values if isinstance(values, list) else [values], 1):
        with records.record(f"record {number}"):
            known = value
            if isinstance(value, dict):
                known = {key: each for key, each in value.items() if not _is_null(each)}
            fields.add(records, f"record {number}", known)
    return records.reading()


def _is_null(value: object) -> bool:
    return isinstance(value, str) and value in _NULL


def _check(text: str) -> None:
    """Refuse aliases and depth before anything is made of the file."""
    depth = 0
    for token in yaml.scan(text, Loader=_Loader):
        line = token.start_mark.line + 1
        if isinstance(token, yaml.AliasToken):
            raise ContentError(
                f"expected YAML without aliases, found one in line {line}. Write out what it is."
            )
        depth += isinstance(token, _DEEPER) - isinstance(token, _HIGHER)
        if depth > DEEPEST:
            raise ContentError(
                f"expected at most {DEEPEST} levels of YAML, found more in line {line}. "
                "Write it flatter."
            )
