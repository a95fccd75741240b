"""Documents of YAML whose values are text as it stands there, within limits, and mended.

YAML itself would make a number of the arXiv id 2401.00010, and lose its last zero. Its aliases can
be a bomb and its depth ends the process, so that a file may have no alias and at most `DEEPEST`
levels. A value that needs quotes and has none is read as if it had them.
"""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from generator.sources.content import ContentError
from generator.sources.records import Records
from generator.sources.yaml_slips import Slip, items, mended

DEEPEST: Final = 50
KEY: Final = re.compile(
    r"^[^\S\n]*(?:-[^\S\n]+)?[\"']?([^\W\d][^\n:\"'#\[\]{}]{0,60})[\"']?:\s", re.MULTILINE
)
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


def _documents(text: str) -> list[Any]:
    _check(text)
    made = yaml.load_all(text, Loader=_Loader)  # makes text alone
    return [each for each in made if isinstance(each, dict | list)]


def piecemeal(records: Records, text: str, error: yaml.YAMLError) -> list[Any]:
    """The elements of a list that is broken, each read by itself; what is broken is refused."""
    pieces = items(text)
    if len(pieces) < 2:
        raise ContentError(_why(error, 0)) from None
    found = []
    for line, piece in pieces:
        try:
            found += _documents(mended(piece)[0])
        except (yaml.YAMLError, ContentError) as reason:
            said = _why(reason, line) if isinstance(reason, yaml.YAMLError) else str(reason)
            records.refuse(f"line {line}", said)
    return found


def _why(error: yaml.YAMLError, before: int) -> str:
    """What is wrong, and in which line of the file, of which so many stand before."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        line = error.problem_mark.line + max(before, 1)
        found = f"in line {line}: {' '.join(str(error.problem).split())}"
    else:
        found = " ".join(str(error).split())
    return (
        f"expected YAML, found {found}. Mend it there; a value that holds “: ”, “ #” or quotes "
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
