"""Reader for papers written as YAML: a list, or a mapping with a list of `papers`.

Fields have any of the names in `fields.FIELDS`. YAML is slow to read and its aliases can be a bomb,
so that there are none, and a file may have at most `LARGEST` bytes.
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
_START = re.compile(
    r"(?:\s*#.*\n|\s*\n|---\s*\n)*(?:papers:\s*\n(?:\s*#.*\n|\s*\n)*)?\s*-\s+(\w+):"
)
_TITLE = re.compile(r"^\s*(?:-\s+)?title:\s*\S", re.MULTILINE)

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
        for token in yaml.scan(content.text, Loader=_Loader):
            if isinstance(token, yaml.AliasToken):
                line = token.start_mark.line + 1
                raise ContentError(f"expected YAML without aliases, found one in line {line}.")
        loaded = yaml.load(content.text, Loader=_Loader)  # noqa: S506  # the safe one
    except yaml.YAMLError as error:
        raise ContentError(f"expected YAML, found: {' '.join(str(error).split())}.") from None
    except (ValueError, RecursionError) as error:
        raise ContentError(f"expected YAML, found what is none: {error}.") from None
    values = loaded.get("papers") if isinstance(loaded, dict) else loaded
    for number, value in enumerate(values if isinstance(values, list) else [values], 1):
        fields.add(records, f"record {number}", value)
    return records.reading()
