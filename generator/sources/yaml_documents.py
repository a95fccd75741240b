"""Documents of YAML whose values are text as it stands there, within limits, and mended.

YAML itself would make a number of the arXiv id 2401.00010, and lose its last zero. Its aliases can
be a bomb and its depth ends the process, so that a file may have no alias and at most `DEEPEST`
levels. A value that needs quotes and has none is read as if it had them.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, time
from typing import Any, Final

import yaml

from generator.model.errors import ContentError
from generator.sources.records import Records
from generator.sources.yaml_slips import Slip, items, mended

DEEPEST: Final = 50
KEY: Final = re.compile(
    r"^[^\S\n]*(?:-[^\S\n]+)?[\"']?([^\W\d][^\n:\"'#\[\]{}]{0,60})[\"']?:\s", re.MULTILINE
)
TOML: Final = re.compile(r"\s*\+\+\+[^\S\n]*\n(.*?\n)\+\+\+[^\S\n]*(?:\n|\Z)", re.DOTALL)
"""Front matter as Hugo has it, https://toml.io."""

_FRONT: Final = re.compile(r"\s*---[^\S\n]*\n(.*?\n)---[^\S\n]*(?:\n|\Z)", re.DOTALL)

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPER = (
    yaml.BlockSequenceStartToken,
    yaml.BlockMappingStartToken,
    yaml.FlowSequenceStartToken,
    yaml.FlowMappingStartToken,
)
_HIGHER = (yaml.BlockEndToken, yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)


def loaded(text: str) -> tuple[list[Any], list[Slip]]:
    """The documents of a text, or of its front matter, and which values had to be quoted."""
    if front := TOML.match(text):
        return [_of_toml(front[1])], []
    front = _FRONT.match(text)
    if front:
        behind = KEY.match(text, front.end())
        is_document = behind is not None and behind[1] in (key[1] for key in KEY.finditer(front[1]))
        text = text if is_document or not text[front.end() :].strip() else f"\n{front[1]}"
    try:
        return _documents(text), []
    except yaml.YAMLError:
        whole, slips = mended(text)
        if not slips:
            raise
        return _documents(whole), slips


def _of_toml(text: str) -> dict[str, Any]:
    """What TOML says, its numbers and dates as text."""
    try:
        made = tomllib.loads(text, parse_float=str)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ContentError(
            f"expected TOML between the lines +++, found: {error}. Mend it."
        ) from None
    return {name: _as_text(value) for name, value in made.items()}


def _as_text(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_text(each) for each in value]
    if isinstance(value, dict):
        return {name: _as_text(each) for name, each in value.items()}
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _documents(text: str) -> list[Any]:
    _check(text)
    made = yaml.load_all(text, Loader=_Loader)  # makes text alone
    return [each for each in made if isinstance(each, dict | list)]


def piecemeal(records: Records, text: str, error: yaml.YAMLError) -> list[Any]:
    """The elements of a list that is broken, each read by itself; what is broken is refused."""
    pieces = items(text)
    if len(pieces) < 2:
        raise ContentError(_why(error, 0)) from None
    documents = []
    for line, piece in pieces:
        try:
            documents += _documents(mended(piece)[0])
        except (yaml.YAMLError, ContentError) as reason:
            said = _why(reason, line) if isinstance(reason, yaml.YAMLError) else str(reason)
            records.refuse(f"line {line}", said)
    return documents


def _why(error: yaml.YAMLError, before: int) -> str:
    """What is wrong, and in which line of the file; so many lines stand before."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        line = error.problem_mark.line + max(before, 1)
        reason = f"in line {line}: {' '.join(str(error.problem).split())}"
    else:
        reason = " ".join(str(error).split())
    return (
        f"expected YAML, found {reason}. Mend it there; a value that holds “: ”, “ #” or quotes "
        "needs quotes around it."
    )


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
