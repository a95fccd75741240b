"""Where in its venue a paper stands, out of a record whose fields have names of many kinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.model.papers import Publication
from generator.sources.fields import people as field_people
from generator.sources.fields.names import NOTHING, PUBLICATION_OF, TYPE_OF, key
from generator.sources.records import Records


def publication(
    records: Records, position: str, record: Mapping[str, Any], is_ours: bool
) -> dict[str, object]:
    """The `publication` of a `RawRecord`.

    Args:
        records: takes remarks on editors.
        position: of the record in its file.
        record: its fields by what `field_names.key` gives of their names.
        is_ours: whether it is a line of a catalog of Papershelf, with the names that it has there.
    """
    given: dict[str, object] = {}
    if is_ours:
        given |= {name: record.get(name) for name in Publication.__struct_fields__}
    else:
        for name, each in record.items():
            part = PUBLICATION_OF.get(name)
            if part and each not in NOTHING and (part != "type" or _type(each)):
                given.setdefault(part, each)
        first, last = given.pop("first page", ""), given.pop("last page", "")
        given.setdefault("pages", f"{first}-{last}" if first and last else first or last)
        if "volume" in given:  # where a number alone is that of the row
            given.setdefault("issue", record.get("number", ""))
        given["type"] = _type(given.get("type"))
    editors = field_people.authors(records, position, given.get("editors") or [])
    return given | {"editors": list(editors)}


def _type(said: object) -> str:
    """The type of CSL, of `Article; Proceedings Paper` that of the first."""
    return TYPE_OF.get(key(str(said or "").partition(";")[0]), "")
