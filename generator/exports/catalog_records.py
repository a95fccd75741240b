"""The catalog as data: each paper as a record, beside its page and in `catalog.jsonl`."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import asdict

from generator.model import addresses
from generator.model.papers import Paper, Publication, Votes
from generator.text.unicode_math import readable

CATALOG = "catalog.jsonl"
CATALOGS = "catalog*.jsonl"
"""The pattern of its names where it is cut, too."""

SCHEMA = "catalog.schema.json"


def schema() -> dict[str, str]:
    """The JSON Schema of a line of the catalog (draft 2020-12)."""
    return {SCHEMA: (files("site_templates") / "schema" / SCHEMA).read_text("utf-8")}


def record(paper: Paper, site_url: str) -> str:
    """The record of a paper: a file beside its page, and its line in the catalog.

    What is unknown is absent. `url` is absolute where the site's address is known.
    """
    return msgspec.json.encode(_record(paper, site_url)).decode() + "\n"


def catalog(number: int, count: int) -> str:
    """The file of a part of the catalog, by its number among `count`; the first has the oldest."""
    return CATALOG if count == 1 else f"catalog-{number}.jsonl"


def is_catalog(path: str) -> bool:
    """Whether a path is one that `catalog` gives."""
    return CATALOG_NAME.fullmatch(path) is not None


CATALOG_NAME = re.compile(r"catalog(?:-([1-9][0-9]*))?\.jsonl")


def catalogs(folder: Path) -> list[Path]:
    """The files of the catalog that a build left in a folder, the newest papers first.

    Nothing where one is missing, since a build was killed or somebody deleted it.
    """
    parts = {
        int(match[1] or 0): path
        for path in folder.glob(CATALOGS)
        if (match := CATALOG_NAME.fullmatch(path.name))
    }
    if whole := parts.get(0):
        return [whole]
    is_whole = len(parts) == max(parts, default=0)
    return [parts[number] for number in sorted(parts, reverse=True)] if is_whole else []


def is_record(text: str) -> bool:
    """Whether a JSON file is one that `record` made."""
    return text.startswith('{"id":')


def _record(paper: Paper, site_url: str) -> dict[str, Any]:
    votes = paper.votes or Votes()
    record = {
        "id": paper.id,
        "url": addresses.absolute(site_url, addresses.paper(paper.id)),
        "title": paper.title,
        "plain_title": _other(readable(paper.title), paper.title),
        "abstract": paper.abstract,
        "authors": [_known(asdict(author)) for author in paper.authors],
        "published": paper.published,
        "version": paper.version,
        "revised": paper.revised,
        "listed": paper.listed and paper.listed.isoformat(),
        "days": [day.isoformat() for day in paper.days[1:]],
        "rank": paper.rank,
        "venue": paper.venue,
        **_publication(paper.publication),
        "organizations": list(paper.organizations),
        "keywords": list(paper.keywords),
        "categories": list(paper.categories),
        "topics": list(paper.topics),
        "arxiv": paper.arxiv,
        "doi": paper.doi,
        "anthology": paper.anthology,
        "links": {link.kind: link.url for link in paper.links},
        "upvotes": votes.upvotes,
        "comments": votes.comments,
        "counted": votes.counted and votes.counted.isoformat(),
        "withdrawn": paper.withdrawn,
        "former_ids": list(paper.former_ids),
        "sources": [_known(asdict(source)) for source in paper.sources],
    }
    return _known(record)


def _publication(publication: Publication) -> dict[str, Any]:
    if publication == Publication():
        return {}
    editors = [_known(asdict(editor)) for editor in publication.editors]
    return asdict(publication) | {"editors": editors}


def _other(text: str, usual: str) -> str:
    """A text, but nothing where it is the usual one."""
    return "" if text == usual else text


def _known(record: dict[str, Any]) -> dict[str, Any]:
    """A record without what is unknown; a count of zero is known."""
    counts = ("upvotes", "comments")
    return {
        key: value
        for key, value in record.items()
        if value or (key in counts and value is not None)
    }
