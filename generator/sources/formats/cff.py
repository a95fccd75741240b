"""Reader for `CITATION.cff`, by which a repository says how to cite it.

See https://github.com/citation-file-format/citation-file-format. The paper is the preferred
citation where there is one, else the work itself. Its references are papers of others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from generator.model.errors import ContentError
from generator.model.papers import Author
from generator.sources.content import Content
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import dated, group, mapping, mappings, person, text, texts, web

NAME = "cff"
LABEL = "a CITATION.cff"

LARGEST = 1 << 20
"""Characters. YAML is slow to read, and such a file is about one work."""


def detect(content: Content) -> bool:
    """Whether a line gives the version of the format."""
    return content.kind == "text" and bool(re.search(r"^cff-version\s*:", content.head, re.M))


def read(content: Content) -> Reading:
    """The one paper that the file is about."""
    records = Records(content, NAME)
    work = _loaded(content.text)
    with records.record("the work"):
        _add(records, work)
    return records.reading()


def _add(records: Records, work: Mapping[str, Any]) -> None:
    preferred = mapping(work.get("preferred-citation"))
    chosen = preferred if text(preferred.get("title")) else work
    if preferred and chosen is not preferred:
        records.remark("", "the preferred citation has no title. Add one, else it is passed over.")
    venue = text(chosen.get("journal")) or text(chosen.get("collection-title"))
    identifiers = {
        text(each.get("type")): text(each.get("value"))
        for each in mappings(chosen.get("identifiers"))
    }
    code = web("code", texts(work.get("repository-code")))
    records.add(
        "preferred-citation" if chosen is preferred else "the work",
        RawRecord(
            title=text(chosen.get("title")),
            abstract=text(chosen.get("abstract")),
            authors=[_author(each) for each in mappings(chosen.get("authors"))],
            published=_date(chosen),
            venue=venue or text(mapping(chosen.get("conference")).get("name")),
            doi=text(chosen.get("doi")) or identifiers.get("doi", ""),
            links=[*web("url", texts(chosen.get("url"))), *code],
            keywords=texts(chosen.get("keywords")),
        ),
    )


def _loaded(source: str) -> dict[str, Any]:
    if len(source) > LARGEST:
        raise ContentError(f"expected a short file, found {len(source):,} characters. Cut it.")
    try:
        # Dates stay text: a day that does not exist is a remark and not an error.
        return mapping(yaml.load(source, Loader=yaml.BaseLoader))  # noqa: S506  # makes only text
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        raise ContentError(f"expected YAML, found: {reason}. Mend the file.") from None


def _date(work: Mapping[str, Any]) -> str:
    whole = text(work.get("date-published")) or text(work.get("date-released"))
    return whole or dated(text(work.get("year")), text(work.get("month")))


def _author(value: Mapping[str, Any]) -> Author | None:
    if not text(value.get("family-names")):
        return group(text(value.get("name")) or text(value.get("alias")))
    return person(
        family=text(value.get("family-names")),
        given=text(value.get("given-names")),
        particle=text(value.get("name-particle")),
        suffix=text(value.get("name-suffix")),
        orcid=text(value.get("orcid")),
    )
