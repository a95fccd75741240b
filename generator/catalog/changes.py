"""What became of the catalog from one build to the next: the log in `content/changes.jsonl`.

The log is part of the catalog's content, a line a day: it is written when a build finds papers
other than those of the build before, and the page of changes derives from it alone. So it may be
kept in git or deleted; a build that has nothing to compare with adds nothing. A line says what
became of papers that day, all told: one that came and went is not in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from typing import Any, Final

import msgspec
from msgspec.structs import asdict

from generator.model.dates import day_name
from generator.model.errors import ConfigError
from generator.text.safe_yaml import shown

KEPT: Final = 100
"""Days that the log reaches back."""

_SAID: Final = ("title", "abstract", "authors", "published", "venue", "version", "revised", "links")
"""Whatever of a record differs is an update; votes, days, topics and sources come and go."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """The papers that changed on some day, as sorted ids; each is in one list at most."""

    date: str
    """The day of the build (`2025-08-07`), or whatever an earlier line says: a month, a year, or
    nothing."""

    added: tuple[str, ...] = ()
    """Ids of papers that are new in lists, also since they are no longer withdrawn."""

    updated: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def compare(
    old: Iterable[bytes],
    new: Iterable[bytes],
    lines: Callable[[set[bytes]], Iterable[bytes]],
    date: str,
) -> Change:
    """What changed from one `catalog.jsonl` to another; nothing where there is no whole old one.

    Only lines that differ are in memory.

    Args:
        old: the lines of the build before; may be none.
        new: the digests of the lines of this build.
        lines: gives those of these digests.
        date: the day of the change.
    """
    fresh = set(new)
    was: dict[str, bytes] = {}
    has_old = False
    for line in old:
        has_old = line.endswith(b"\n")  # else a build was killed while it wrote this
        if not has_old:
            break
        if (known := digest(line)) in fresh:
            fresh.discard(known)
        else:
            was[json.loads(line)["id"]] = line
    if not has_old:
        return Change(date=date)
    return between(was, lines(fresh), date)


def between(was: dict[str, bytes], changed: Iterable[bytes], date: str) -> Change:
    """What changed from some records to others.

    Args:
        was: records that are gone or have changed, as lines of JSON, by id.
        changed: those that are new or differ.
        date: the day of the change.
    """
    was = dict(was)
    kinds: dict[str, list[str]] = {"added": [], "updated": [], "withdrawn": []}
    for record in map(json.loads, changed):
        ids = (record["id"], *record.get("former_ids", ()))
        earlier = [json.loads(was.pop(known)) for known in ids if known in was]
        were_withdrawn = [bool(one.get("withdrawn")) for one in earlier]
        if record.get("withdrawn") and not any(were_withdrawn):
            kinds["withdrawn"].append(record["id"])
        elif not record.get("withdrawn") and all(were_withdrawn):
            kinds["added"].append(record["id"])
        elif _said(record) != _said(earlier[0]):
            kinds["updated"].append(record["id"])
    return Change(
        date=date,
        removed=tuple(sorted(was)),
        **{kind: tuple(sorted(ids)) for kind, ids in kinds.items()},
    )


def digest(line: bytes) -> bytes:
    """Tells a line of `catalog.jsonl` from others: 16 bytes."""
    return blake2b(line, digest_size=16).digest()


def _said(record: dict[str, Any]) -> list[Any]:
    return [record.get(key) for key in _SAID]


def extended(log: Sequence[Change], change: Change) -> list[Change]:
    """The log with one more change, joined to the last one where that is of the same day."""
    if log and log[-1].date == change.date:
        log, change = log[:-1], _joined(log[-1], change)
    return [*log, change][-KEPT:] if _by_id(change) else list(log)


def _joined(earlier: Change, later: Change) -> Change:
    """What became of papers by two changes of one day; nothing, if the later undid the earlier."""
    kinds = _by_id(earlier)
    for paper, kind in _by_id(later).items():
        kinds[paper] = _BOTH.get((kinds.get(paper, ""), kind), kind)
    ids = {name: tuple(sorted(one for one in kinds if kinds[one] == name)) for name in _KINDS}
    return Change(date=later.date, **ids)


def _by_id(change: Change) -> dict[str, str]:
    """What became of each paper; of what a log says twice, the last counts."""
    return {paper: kind for kind in _KINDS for paper in getattr(change, kind)}


_KINDS: Final = ("added", "updated", "withdrawn", "removed")
_BOTH: Final = {
    ("added", "updated"): "added",
    ("added", "removed"): "",
    ("updated", "added"): "updated",
    ("withdrawn", "added"): "",
    ("withdrawn", "updated"): "withdrawn",
    ("removed", "added"): "",
}
"""What two kinds of change make together, where that is not the later one."""


def lines(log: Iterable[Change]) -> str:
    """The log as JSON lines, without kinds of change that there were none of."""
    records = (asdict(change) for change in log)
    return "".join(
        json.dumps({key: value for key, value in record.items() if value or key == "date"}) + "\n"
        for record in records
    )


def parse(data: bytes, name: str) -> list[Change]:
    """The log that a file holds.

    Args:
        data: the file.
        name: of the file, for messages.

    Raises:
        ConfigError: it is no such log; the text says in which line and what to do.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise _broken(name, data.count(b"\n", 0, error.start) + 1, "other than UTF-8") from None
    log = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line:
            continue
        try:
            change = msgspec.json.decode(line, type=Change)
        except (msgspec.DecodeError, RecursionError) as error:
            raise _broken(name, number, str(error)) from None
        if not _is_day(change.date):
            raise _broken(name, number, f"the date “{shown(change.date)}”, which is none")
        log.append(change)
    return log


def _is_day(date: str) -> bool:
    """Whether it is a day, a month or a year, or empty, as a log has it."""
    try:
        return bool(re.fullmatch(r"(?:[0-9]{4}(?:-[0-9]{2}){0,2})?", date) and day_name(date))
    except ValueError:
        return False


def _broken(name: str, line: int, found: str) -> ConfigError:
    return ConfigError(
        f"{name}, line {line}: expected a change as a JSON object, found: {found}. "
        "Mend the line, or delete the file: the log then starts anew."
    )
