"""The authors in the fields of a record, in whichever of them they are named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from generator.model.papers import Author
from generator.sources import names
from generator.sources.fields import author_lists, author_order, author_texts
from generator.sources.fields.names import AUTHOR, FIELD_OF, NOTHING, first, key
from generator.sources.fields.vocabulary import FIRST_AUTHOR, OTHER_AUTHORS, SPEAKERS
from generator.sources.records import Records
from generator.sources.references import signed

SPEAKER_KEYS: Final = tuple(map(key, SPEAKERS))


def gathered(record: Mapping[str, Any]) -> Any:
    """Authors of a record that has a field for each, or the first apart from the others, or
    speakers alone.
    """
    if not names_authors(record):
        return first(record, SPEAKER_KEYS)
    numbered = sorted((int(match[1]), name) for name in record if (match := AUTHOR.fullmatch(name)))
    if numbered:
        return [record[name] for _, name in numbered if record[name] not in NOTHING]
    is_beside = any(key(name) in record for name in OTHER_AUTHORS)
    is_first = any(key(name) in record for name in FIRST_AUTHOR)
    lead = SPEAKERS if is_beside and not is_first else FIRST_AUTHOR
    parts = (first(record, tuple(map(key, called))) for called in (lead, OTHER_AUTHORS))
    return [name for part in parts if isinstance(part, str) for name in author_lists.split(part)]


def authors(records: Records, position: str, value: object) -> Iterator[Author | None]:
    """The people of a text, a list or a mapping; a remark on what is not understood."""
    if isinstance(value, str):
        listed, doubt = author_lists.listed(value)
        if doubt:
            records.remark(
                position,
                f"expected names of authors, found “{value[:60]}”: {doubt}. Write “Ada Byron; "
                "Ben Ali”.",
            )
        value = author_order.turned(listed)
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str):
            yield names.author(author_texts.without_email(each))
        elif author := signed(each) if isinstance(each, Mapping) else None:
            yield author
        elif each is not None:
            records.remark(
                position,
                f"expected the name of an author, found “{str(each)[:60]}”. Write it as text.",
            )


def counts_speakers(record: Mapping[str, Any]) -> bool:
    """Whether speakers are authors: none others are named, or none but those beside the first."""
    others = set(map(key, OTHER_AUTHORS))
    return not names_authors({name: each for name, each in record.items() if name not in others})


def names_authors(record: Mapping[str, Any]) -> bool:
    """Whether it has a field for authors, be it empty, so that its speakers are others."""
    parts = {key(name) for name in (*FIRST_AUTHOR, *OTHER_AUTHORS)}
    return any(
        FIELD_OF.get(name) == "authors" or name in parts or AUTHOR.fullmatch(name)
        for name in record
    )
