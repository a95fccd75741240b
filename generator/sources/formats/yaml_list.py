"""Reader for papers written as YAML, one or many, in the shapes that people and programs keep.

A list; a mapping with a list under any name (`papers`, `publications`, `references` of CSL YAML),
or of years or sessions to lists; a mapping of keys to papers (Hayagriva); one paper (`info.yaml` of
papis); documents one after the other; the front matter of a page (HugoBlox, academicpages), in TOML
as well. Fields have any of the names in `field_names.FIELDS`.

Values are text as it stands in the file, see `yaml_documents`. YAML is slow to read, so that a file
may have at most `LARGEST` bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

import yaml

from generator.model.errors import ContentError
from generator.sources import fields, yaml_documents
from generator.sources.content import HEAD, Content
from generator.sources.fields import links as field_links
from generator.sources.fields import names as field_names
from generator.sources.fields import vocabulary
from generator.sources.links import holds_paper
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.tables import rows

NAME = "yaml"
LABEL = "papers in YAML, each with a “title”: a list, CSL, Hayagriva, papis, front matter"

LARGEST = 16 * 2**20
_BEGINS: Final = re.compile(
    r"(?:\s|#.*(?:\n|\Z)|---[^\S\n]*\n|%YAML.*\n)*+(?:-\s|[\"']?\w[^\n:#]{0,80}:(?:\s|\Z))"
)
_IN_BRACES: Final = re.compile(r"[{,][^\S\n]*[\"']?([^\W\d]\w{0,60})[\"']?:\s")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})


def detect(content: Content) -> bool:
    """Whether it has mappings with a title, and beside it what papers have and little else."""
    head = content.head.replace("\r\n", "\n")
    is_toml = yaml_documents.TOML.match(head) is not None
    if content.kind != "text" or not (is_toml or _BEGINS.match(head)):
        return False
    if any(len(_TITLES.findall(part)) > 1 for part in head.split("\n---")):
        return False  # of `named_fields`: YAML would keep the last of several alone
    if not is_toml and not any(
        field_names.field_of(match[1].strip()) == "title"
        for match in (*yaml_documents.KEY.finditer(head), *_IN_BRACES.finditer(head))
    ):
        return False
    if len(head) >= HEAD // 4:  # the last element may be cut; YAML is slow, and few are enough
        ends = [match.start() for match in re.finditer(r"\n(?=\s*-\s|\S)", head[: HEAD // 4])]
        head = head[: ends[-1]] if ends else head
    try:
        documents = yaml_documents.loaded(head)[0]
        are_several = len(documents) > 1 and all(map(_is_told, documents))
        return are_several or any(map(_are_papers, documents))
    except (ContentError, yaml.YAMLError):
        return is_toml or _START.match(head) is not None


_TITLES: Final = re.compile(r"^title[ ]?:", re.IGNORECASE | re.MULTILINE)
_START: Final = re.compile(r"(?:\s|#.*\n|---\s*\n)*+(?:papers:(?:\s|#.*\n)*+)?-\s+title:\s*\S")


def read(content: Content) -> Reading:
    """Every paper of the file."""
    if len(content.data) > LARGEST:
        raise ContentError(f"expected at most {LARGEST // 2**20} MB of YAML. Split the file.")
    records = Records(content, NAME)
    try:
        documents, slips = yaml_documents.loaded(content.text)
    except yaml.YAMLError as error:
        documents, slips = yaml_documents.piecemeal(records, content.text, error), []
    for slip in slips:
        records.remark(
            f"line {slip.line}",
            f"put the value of “{slip.key}” in quotes, since it holds {slip.found}. It was read as "
            "if it had them.",
        )
    number = 0
    for document in documents:
        for name, value in _values(document):
            number += 1
            position = name or f"record {number}"
            with records.record(position):
                paper, links = _paper(value) if isinstance(value, dict) else (value, [])
                if isinstance(paper, dict) and _OWNER in _list(paper.get("authors")):
                    paper["authors"] = [each for each in paper["authors"] if each != _OWNER]
                    records.remark(
                        position,
                        "the author “admin” is the owner of the site, whose name is elsewhere. "
                        "Write the name.",
                    )
                title = paper.get("title", "") if isinstance(paper, dict) else ""
                if rows.is_break(str(title)) and "authors" not in map(field_names.field_of, paper):
                    records.refuse(position, f"“{str(title)[:60]}” is no paper of a programme.")
                    continue
                fields.add(records, position, paper, links)
    return records.reading()


_OWNER: Final = "admin"
"""Whom HugoBlox calls so."""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _values(document: Any) -> Iterator[tuple[str, Any]]:
    """The papers of a document, with their keys where they have some.

    They may be in lists of lists: by year, by session, by the day of a reading group. A paper has
    the year or the day of its list, where it says none.
    """
    if isinstance(document, list):
        for value in document:
            yield from _values(value) if _holds(value) else [("", value)]
    elif _has_title(document) and not _holds(document):
        yield "", document
    elif lists := {name: each for name, each in document.items() if _is_list(each) or _holds(each)}:
        day = next((document[name] for name in ("date", "day") if name in document), "")
        for name, each in lists.items():
            for key, value in _values(each):
                yield key, _dated(value, str(name), day)
    else:
        yield from ((key, value) for key, value in document.items() if isinstance(value, dict))


def _dated(value: Any, name: str, day: object) -> Any:
    if not isinstance(value, dict):
        return value
    if _DAY.fullmatch(str(day)) and not set(map(field_names.key, value)) & set(vocabulary.DAYS):
        return value | {"listed": day}
    is_dated = "published" in map(field_names.field_of, value)
    return value if is_dated or not _YEAR.fullmatch(name) else value | {"year": name}


_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_DAY: Final = re.compile(r"20\d\d-\d\d-\d\d")


def _is_list(value: object) -> bool:
    return isinstance(value, list) and any(_has_title(each) or _holds(each) for each in value[:50])


def _holds(value: object) -> bool:
    """Whether it is a mapping with papers in it, and none itself."""
    if not isinstance(value, dict) or _is_told(value):
        return False
    return any(_is_list(each) or _is_told(each) or _holds(each) for each in value.values())


def _is_told(value: object) -> bool:
    return isinstance(value, dict) and _has_title(value) and _is_paper(value, is_own=False)


def _has_title(value: object) -> bool:
    return isinstance(value, dict) and any(field_names.field_of(name) == "title" for name in value)


def _are_papers(document: Any) -> bool:
    """Whether papers are in it: a site has navigation with titles, a blog has authors too."""
    if _has_title(document):
        said = {field_names.field_of(name) for name in document}
        is_known = bool({"doi", "arxiv", "anthology"} & said) or {"authors", "venue"} <= said
        is_theirs = bool({"publication_types", "papis_id", "paperurl"} & document.keys())
        return "cff-version" not in document and (is_known or is_theirs)
    values = [value for _, value in islice(_values(document), 50)]
    papers = [value for value in values if _has_title(value)]
    is_own = isinstance(document, list) or bool({"papers", "publications"} & document.keys())
    are_most = is_own or 2 * len(papers) >= len(values)
    return are_most and any(_is_paper(paper, is_own) for paper in papers)


def _is_paper(value: dict[str, Any], is_own: bool) -> bool:
    """Whether a mapping with a title has what papers have.

    Args:
        value: the mapping.
        is_own: whether it is in a list that has no other purpose, so that a year is enough.
    """
    said = {field_names.field_of(name) for name in value if name != "description"}
    if said & {"authors", "venue", "doi", "arxiv", "anthology", "abstract"}:
        return True
    keys = {field_names.key(name) for name in value}
    is_dated = "published" in said or bool(keys & set(vocabulary.DAYS))
    return any(isinstance(each, str) and holds_paper(each) for each in value.values()) or (
        is_own and (is_dated or len(value) == 1)
    )


def _paper(value: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[str, object]]]:
    """The fields of a paper as `fields.add` takes them, and its links."""
    paper = {str(name): each for name, each in value.items() if not _is_null(each)}
    links: list[tuple[str, object]] = []
    for name, each in list(paper.items()):
        key = field_names.key(name)
        if key in ("issued", "date") and isinstance(each, dict | list):
            paper[name] = _date(each)
        elif key == "links" and isinstance(each, list):
            links += [
                (str(link.get("name") or link.get("type") or "url").lower(), link["url"])
                for link in each
                if isinstance(link, dict) and isinstance(link.get("url"), str) and link["url"]
            ]
            del paper[name]
        elif key == "parent":  # of Hayagriva: the journal, or its volume and then the journal
            while isinstance(each, list | dict) and "title" not in each:
                each = next(iter(each.values() if isinstance(each, dict) else each), "")
            del paper[name]
            if isinstance(each, dict):
                kind = str(each.get("type", "")).lower()
                paper["venue"] = (
                    each["title"] if isinstance(each["title"], str) else _text(each["title"])
                )
                paper = {part: each[part] for part in _OF_PARENT if part in each} | paper
                paper["type"] = _TYPES.get(kind, paper.get("type", ""))
        elif key in ("serialnumber", "ids", "hugoblox") and isinstance(each, dict):
            ids = each.get("ids", each)
            paper |= ids if isinstance(ids, dict) else {}
            del paper[name]
        elif key == "links" and isinstance(each, dict):
            links += [(field_links.kind_of(str(kind)), url) for kind, url in each.items()]
            del paper[name]
        elif isinstance(each, dict) and field_names.field_of(name) in ("title", "venue", "link"):
            paper[name] = _text(each)
        if key == "publication" and isinstance(paper.get(name), str):
            paper[name] = re.sub(r"\A\s*In\s+(?=\*)|[*_]", "", paper[name])
    return paper, links


_OF_PARENT: Final = ("volume", "issue", "publisher", "editor", "location")
_TYPES: Final = {
    "periodical": "journal article",
    "proceedings": "conference paper",
    "conference": "conference paper",
    "anthology": "chapter",
    "book": "chapter",
}
"""What a part of these is called, of the types of Hayagriva."""


def _text(value: object) -> str:
    """What a mapping has for the text of a value: `{value: On Ants, verbatim: true}`."""
    if isinstance(value, dict):
        value = next((value[name] for name in ("value", "name", "url") if name in value), "")
    return value if isinstance(value, str) else ""


def _date(value: Any) -> str:
    """A date of CSL: `{date-parts: [[2024, 5]]}`, `{year: 2024}`, a list of these."""
    for _ in range(yaml_documents.DEEPEST):
        if isinstance(value, dict):
            parts = [value.get(name) for name in ("year", "month", "day")]
            value = value.get("date-parts") or value.get("raw") or [part for part in parts if part]
        elif isinstance(value, list) and value and isinstance(value[0], list | dict):
            value = value[0]
        else:
            break
    if isinstance(value, list):
        return "-".join(part.zfill(2) for part in value[:3] if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _is_null(value: object) -> bool:
    return isinstance(value, str) and value in _NULL
