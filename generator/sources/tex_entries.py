r"""From the text of a BibTeX file to its entries, however messy it is.

Files are cut into entries by bibtexparser, which goes on behind a broken one. What it drops in
silence is looked for here: fields behind a missing comma, or behind a brace such as `\{`, which
BibTeX counts and it does not. An entry whose braces do not match is read line by line, and said to
be.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Final

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
)

from generator.sources.records import Records

# It logs what is broken, which is said here in words of our own.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

_OTHER: Final = re.compile(r"\s*@(?:string|comment|preamble)\b", re.IGNORECASE)

Fields = Mapping[str, str]


def entries(records: Records, text: str) -> Iterator[tuple[int, str, str, Fields]]:
    """Line, type, key and fields of every entry, in the order of the file.

    `records` is told what is wrong with one, and refuses one that cannot be read at all.
    """
    library = parse_string(text, parse_stack=[])
    strings = _Strings(max(MOST_EXPANDED, len(text)))
    for string in library.strings:
        strings.known.setdefault(string.key.lower(), _value(str(string.value), strings))
    behind = [*library.blocks[1:], None]
    for block, following in zip(library.blocks, behind, strict=False):
        line = (block.start_line or 0) + 1
        with records.record(f"line {line}"):
            entry = _entry(block)
            if entry is not None and isinstance(following, ImplicitComment):
                whole = _reopened(f"{block.raw}{following.comment}")
                if whole and len(whole.fields) > len(entry.fields):
                    entry = whole
                elif _GOES_ON.match(following.comment):
                    yield from _broken_entry(records, line, f"{block.raw}{following.comment}")
                    continue
            if entry is not None:
                pairs = [
                    pair
                    for field in entry.fields
                    for pair in _with_commas(_uncommented(field.key), str(field.value))
                    if not pair[0].startswith("%")
                ]
                key = entry.key.strip()
                if len(pairs) > len(entry.fields):
                    own = {field.key for field in entry.fields}
                    missing = next((name for name, _ in pairs if name not in own), pairs[0][0])
                    records.remark(
                        key or f"line {line}",
                        f"a comma is missing before the field “{missing[:60]}”. Put it in.",
                    )
                fields = {name.lower(): _value(value, strings) for name, value in reversed(pairs)}
                yield line, entry.entry_type.lower(), key, fields
            elif isinstance(block, ParsingFailedBlock):
                rest = following.comment if isinstance(following, ImplicitComment) else ""
                yield from _broken_entry(records, line, f"{block.raw or ''}{rest}")
    if strings.room < 0:
        records.remark(
            "",
            f"its strings make more than {MOST_EXPANDED:,} characters. The names of those beyond "
            "stand in their place; write them out, or shorten them.",
        )


def _broken_entry(records: Records, line: int, raw: str) -> Iterator[tuple[int, str, str, Fields]]:
    """What can be read of an entry that the parser gave up, and what is wrong with it."""
    beginning = " ".join(raw.split())[:60]
    if _OTHER.match(raw):
        records.remark(
            f"line {line}",
            f"“{beginning}” stands there twice, or its braces do not match. It was left out; see "
            "which one is meant.",
        )
    elif salvaged := _salvaged(raw):
        kind, key, values = salvaged
        records.remark(
            key or f"line {line}",
            f"the braces or commas of the entry in line {line} do not match. What could be read of "
            "it was; count them.",
        )
        yield line, kind, key, values
    else:
        records.refuse(
            f"line {line}",
            f"expected an entry, found “{beginning}”. See that its braces and commas match.",
        )


_GOES_ON: Final = re.compile(r"[^@\w]{0,20},?\s*[A-Za-z][\w-]*\s*=\s*[{\"\w]")
_COUNTED: Final = "\ufdd5"
"""Stands behind the backslash of a brace that is to be counted; in no text that was cleaned."""


def _reopened(raw: str) -> Entry | None:
    r"""An entry that the parser closed too soon, since it does not count `\{` as BibTeX does."""
    if not _ESCAPED_BRACE.search(raw):
        return None
    marked = _ESCAPED_BRACE.sub(rf"\\{_COUNTED}\1", raw)
    for entry in parse_string(marked, parse_stack=[]).entries[:1]:
        for field in entry.fields:
            field.value = str(field.value).replace(_COUNTED, "")
        return entry
    return None


def _uncommented(name: str) -> str:
    """The name of a field without what `%` leaves out before it; one left out begins with `%`."""
    return name.rpartition("\n")[2].strip() if "%" in name else name


_ESCAPED_BRACE: Final = re.compile(r"\\([{}])")
_NEXT_FIELD: Final = re.compile(
    r"\\.|[{}\"]|(?<=[}\"\w])\s+(?P<name>[A-Za-z][\w-]*)\s*=\s*(?=[{\"\w])", re.DOTALL
)


def _with_commas(name: str, value: str) -> Iterator[tuple[str, str]]:
    """A field; and those that the parser took for its value, as no comma stands before them."""
    depth = start = 0
    is_quoted = False
    for match in _NEXT_FIELD.finditer(value) if "=" in value else ():
        sign = match[0]
        if sign in ("{", "}"):
            depth += 1 if sign == "{" else -1
        elif sign == '"' and depth == 0:
            is_quoted = not is_quoted
        elif match["name"] and depth == 0 and not is_quoted:
            yield name, value[start : match.start()]
            name, start = match["name"], match.end()
    yield name, value[start:]


MOST_EXPANDED: Final = 10_000_000
"""Characters that the strings of a file may become in its fields; a longer file, its length."""


class _Strings:
    """What `@string` names, given out until there is no room: one may hold others, many times."""

    def __init__(self, room: int) -> None:
        self.known: dict[str, str] = {}
        self.room = room

    def text(self, name: str) -> str:
        """What the name stands for; the name itself where that is unknown."""
        value = self.known.get(name.lower(), name)
        if self.room >= 0:
            self.room -= len(value)
        return value if self.room >= 0 else name


_PIECE: Final = re.compile(r"\s*(?:\{(.*)\}|\"(.*)\"|([^\s#{}\"]+))\s*", re.DOTALL)
_JOINS: Final = re.compile(r"(?<=[}\"\w])\s*#\s*(?=[{\"\w])")


def _value(raw: object, strings: _Strings) -> str:
    """What a field holds: text in braces or quotes, a number, a string's name, joined by `#`."""
    pieces = _JOINS.split(str(raw)) if "#" in str(raw) else [str(raw)]
    matches = [_PIECE.fullmatch(piece) for piece in pieces]
    if not all(matches):  # the sign stood within a text
        matches = [_PIECE.fullmatch(str(raw))]
    texts = []
    for match in filter(None, matches):
        braced, quoted, bare = match.groups()
        texts.append(strings.text(bare) if bare else (braced or quoted or ""))
    return "".join(texts) if texts else str(raw).strip(' {}"')


def _entry(block: Block) -> Entry | None:
    """The entry itself, also where the parser minds that its key or a field stands there twice."""
    if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        inner = block.ignore_error_block
        return inner if isinstance(inner, Entry) else None
    return block if isinstance(block, Entry) else None


_HEAD: Final = re.compile(r"\s*@(\w+)\s*[{(]\s*+([^\s,={}()\"]*+)\s*+(?:,|(?=[A-Za-z][\w-]*\s*=))")
_INLINE: Final = re.compile(
    r"(?<![,\s])(?=[^\S\n]*+[,\n])[,\s]++(?=(?:title|author|editor|year|date|month|journal|journaltitle|booktitle"
    r"|volume|number|pages|doi|url|abstract|keywords|publisher|note|eprint|archiveprefix|series"
    r"|school|institution|howpublished)\s*+=)|\n",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(r"^\s*([A-Za-z][\w-]*)\s*=\s*(.*)$")


def _salvaged(raw: str) -> tuple[str, str, Fields] | None:
    """Type, key and fields of an entry by its lines; `None` where no title can be made out."""
    head = _HEAD.match(raw)
    if not head:
        return None
    fields: dict[str, list[str]] = {}
    current: list[str] = []
    for row in _INLINE.split(raw[head.end() :]):
        if match := _FIELD.match(row):
            current = fields.setdefault(match[1].lower(), [])
            row = match[2]
        current.append(row)
    values = {name: _bare("\n".join(rows)) for name, rows in fields.items()}
    return (head[1].lower(), head[2], values) if values.get("title") else None


def _bare(value: str) -> str:
    value = value.strip().rstrip(",").strip()
    surplus = value.count("}") - value.count("{")
    end = len(value)
    while end and (value[end - 1] in ", \t\n" or (surplus > 0 and value[end - 1] == "}")):
        surplus -= value[end - 1] == "}"
        end -= 1
    value = value[:end]
    if value[:1] + value[-1:] in ("{}", '""') and len(value) > 1:
        return value[1:-1]
    return value.lstrip('{"') if value[:1] in '{"' else value


_DEEPEST: Final = 5
"""How many entries may stand behind each other; those that name each other would not end."""


class Inherited:
    """Fields with those of the entries that `xdata` and `crossref` name, each made up once."""

    def __init__(self, keyed: Mapping[str, tuple[str, Fields]]) -> None:
        self._keyed = keyed
        self._made: dict[tuple[str, int], Fields] = {}

    def fields(self, kind: str, own: Fields, depth: int = 0) -> Fields:
        """The entry's own fields, and what it lacks."""
        if depth > _DEEPEST or not ("xdata" in own or "crossref" in own):
            return own
        fields = dict(own)
        for key in dict.fromkeys(own.get("xdata", "").split(",")):
            fields = {**self._of(key, depth), **fields}
        if given := dict(self._of(own.get("crossref", ""), depth)):
            title = "journaltitle" if kind == "article" else "booktitle"
            for name in ("title", "subtitle"):
                if name in given:
                    given.setdefault(title if name == "title" else "booksubtitle", given[name])
                    del given[name]
            for name in ("author", "abstract", "doi", "url", "eprint", "keywords", "shorttitle"):
                given.pop(name, None)  # of the book, not of what is in it
            fields = {**given, **fields}
        return fields

    def _of(self, key: str, depth: int) -> Fields:
        place = (key.strip().lower(), depth)
        if place[0] not in self._keyed:
            return {}
        if place not in self._made:
            kind, own = self._keyed[place[0]]
            self._made[place] = self.fields(kind, own, depth + 1)
        return self._made[place]
