"""Reader for JSON lists of all that was sent to a conference, one object a submission.

Authors and keywords are text with semicolons or commas between, `status` says what became of it:
`Poster`, `Oral`, `Reject`, `Withdraw`. The conference stands in the file's name: `iclr2020.json`.

What was rejected is a paper all the same, but not one of that venue; what was withdrawn is marked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.sources import names
from generator.sources.content import Content
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records

NAME = "conference-list"
LABEL = "a JSON list of the papers sent to a conference"

_NAMED = re.compile(r"(?<![a-z])([a-z]{2,12})[-_ ]?((?:19|20)\d\d)(?!\d)", re.IGNORECASE)


def detect(content: Content) -> bool:
    """Whether it is a list of objects with a title, a status and authors in one text."""
    first = content.first if content.kind == "json" and content.head[:1] == "[" else {}
    signed = first.get("author", first.get("authors"))
    return {"title", "status"} <= first.keys() and isinstance(signed, str)


def read(content: Content) -> Reading:
    """Every submission of the list."""
    records = Records(content, NAME)
    named = _NAMED.search(content.file.rpartition("/")[2])
    values = content.json
    for number, value in enumerate(values if isinstance(values, list) else [values], 1):
        with records.record(f"record {number}"):
            if isinstance(value, Mapping):
                _add(records, f"record {number}", value, named)
            else:
                records.refuse(f"record {number}", f"expected a paper, found “{str(value)[:60]}”.")
    return records.reading()


def _add(
    records: Records, position: str, value: Mapping[str, Any], named: re.Match[str] | None
) -> None:
    status = str(value.get("status") or "")
    rejected = "reject" in status.lower()
    venue = f"{named[1].upper()} {named[2]}" if named else ""
    signed = _cut(value.get("author") or value.get("authors"))
    orcids = _cut(value.get("orcid"), keep=True)
    orcids_by_name = dict(zip(signed, orcids, strict=False)) if len(signed) == len(orcids) else {}
    site = _text(value.get("site"))
    links = [("abs", site)] if site.startswith("http") else []
    links += [
        (kind, url)
        for kind, field in (("pdf", "pdf"), ("code", "github"), ("project", "project"))
        for url in _cut(value.get(field))[:1]
        if url.startswith("http")  # and not `/pdf/0a1b2c.pdf` of a host that is not named
    ]
    records.add(
        position,
        RawRecord(
            title=value.get("title"),
            abstract=value.get("abstract") or value.get("tldr"),
            authors=[names.author(name, orcid=orcids_by_name.get(name, "")) for name in signed],
            published=named[2] if named else "",
            venue=f"Submitted to {venue}" if rejected and venue else venue,
            arxiv=value.get("arxiv"),
            doi=value.get("doi"),
            links=links,
            keywords=_cut(value.get("keywords")),
            withdrawn="withdrawn" if "withdraw" in status.lower() else "",
        ),
    )


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _cut(value: object, keep: bool = False) -> list[str]:
    """The parts of a text with semicolons, or else commas, between; `keep` keeps empty ones."""
    if isinstance(value, list):
        return [part for part in map(_text, value) if part or keep]
    text = _text(value)
    parts = [part.strip() for part in text.split(";" if ";" in text else ",")] if text else []
    return parts if keep else [part for part in parts if part]
