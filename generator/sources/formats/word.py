"""Reader for the sources of Microsoft Word, which it keeps in `Sources.xml`.

See the schema of bibliographies in ECMA-376, part 1, section 22.6.
"""

from __future__ import annotations

from typing import Final

from generator.sources.json_paths import Record, texts
from generator.sources.references import dated, group
from generator.sources.shapes import Shape


def _prepared(source: Record) -> Record:
    """A source with its date in one field, and the group that signed it."""
    parts = (next(texts(source, name), "") for name in ("Year", "Month", "Day"))
    groups = list(map(group, texts(source, "Author.Author.Corporate")))
    return {**source, "date": dated(*parts), "groups": groups}


WORD: Final = Shape(
    NAME="word",
    LABEL="the sources of Microsoft Word (Sources.xml)",
    roots=("Sources",),
    elements=("Source",),
    prepared=_prepared,
    told=("Year", "Month", "Day", "Tag", "Guid", "LCID", "RefOrder"),
    title=("Title",),
    abstract=("Abstract", "BIBTEX_Abstract"),
    authors=("Author.Author.NameList.Person", "groups"),
    editors=("Author.Editor.NameList.Person",),
    published=("date",),
    venue=("JournalName", "ConferenceName", "BookTitle", "Institution", "Publisher"),
    doi=("DOI",),
    url=("URL",),
    keywords=("BIBTEX_KeyWords",),
    type=("SourceType",),
    volume=("Volume",),
    issue=("Issue",),
    pages=("Pages",),
    publisher=("Publisher",),
)
