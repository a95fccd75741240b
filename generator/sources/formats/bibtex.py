"""Reader for BibTeX and BibLaTeX, however messy: http://mirrors.ctan.org/info/bibtex/tamethebeast.

An entry is a record. `@string`, `@comment`, `@preamble` and `@xdata` are none, also where they are
broken; neither are proceedings and collections that other entries of the file refer to by
`crossref`: they give them their fields. Of two entries with one key both count.

Files are cut into entries by bibtexparser, which goes on behind a broken one. An entry whose braces
do not match is read line by line, and said to be.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import names as bibtex_names
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
)

from generator.papers import Author
from generator.sources import identifiers, names
from generator.sources.content import Content, ContentError
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import group
from generator.text import fold, untex

NAME = "bibtex"
LABEL = "BibTeX or BibLaTeX (.bib)"

# It logs what is broken, which is said here in words of our own.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

_TYPES = (
    "article|book|booklet|conference|in(?:book|collection|proceedings|reference)|manual|misc"
    "|(?:masters|phd)?thesis|proceedings|tech(?:report)?|unpublished|online|report"
)
_ENTRY: Final = re.compile(
    rf"^[ \t]*@(?:(?:string|preamble|comment)\s*[{{(]|(?:{_TYPES})\s*[{{(]|\w+\s*\{{"
    r"\s*+[^\s,{}()=]*+\s*+,(?:[^\S\n]*+$|\s*+(?:[\w-]+\s*+=|\})))",
    re.MULTILINE | re.IGNORECASE,
)
_NO_RECORD: Final = ("xdata", "control", "set")
_OTHER: Final = re.compile(r"\s*@(?:string|comment|preamble)\b", re.IGNORECASE)
_CONTAINERS: Final = ("proceedings", "mvproceedings", "collection", "mvcollection", "periodical")

MOST_SIGNS: Final = 500_000
"""Of `@` in a file: each may begin an entry, which takes two thousand times its memory."""

Fields = Mapping[str, str]


def detect(content: Content) -> bool:
    """Whether a line at the beginning of the file begins an entry."""
    return content.kind == "text" and bool(_ENTRY.search(content.head))


def read(content: Content) -> Reading:
    """Every entry of the file."""
    if content.text.count("@") > MOST_SIGNS:
        raise ContentError(
            f"expected at most {MOST_SIGNS:,} entries, found more signs that begin one. "
            "Split the file."
        )
    records = Records(content, NAME)
    found = list(_entries(records, content.text))
    keyed: dict[str, tuple[str, Fields]] = {}
    for _, kind, key, fields in found:
        if key:  # one without a key is nobody's
            keyed.setdefault(key.lower(), (kind, fields))
    referred = {fields["crossref"].strip().lower() for *_, fields in found if "crossref" in fields}
    twice = Counter(key.lower() for _, _, key, _ in found if key)
    inherited = _Inherited(keyed)
    for line, kind, key, fields in found:
        if kind in _NO_RECORD or (kind in _CONTAINERS and key.lower() in referred):
            continue
        position = key or f"line {line}"
        if key and twice[key.lower()] > 1:
            twice[key.lower()] = 0  # said once
            records.remark(
                position, f"several entries have the key “{key}”. All are read; rename the others."
            )
        with records.record(position):
            _add(records, position, kind, inherited.fields(kind, fields))
    return records.reading()


# From text to entries


def _entries(records: Records, text: str) -> Iterator[tuple[int, str, str, Fields]]:
    """Line, type, key and fields of every entry, in the order of the file."""
    library = parse_string(text, parse_stack=[])
    strings = _Strings(max(MOST_EXPANDED, len(text)))
    for string in library.strings:
        strings.known.setdefault(string.key.lower(), _value(str(string.value), strings))
    for block in library.blocks:
        line = (block.start_line or 0) + 1
        with records.record(f"line {line}"):
            entry = _entry(block)
            if entry is not None:
                fields = {f.key.lower(): _value(f.value, strings) for f in reversed(entry.fields)}
                yield line, entry.entry_type.lower(), entry.key.strip(), fields
            elif isinstance(block, ParsingFailedBlock):
                yield from _broken_entry(records, line, block.raw or "")
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
            f"the braces of the entry in line {line} do not match. What could be read of it was; "
            "count them.",
        )
        yield line, kind, key, values
    else:
        records.refuse(
            f"line {line}",
            f"expected an entry, found “{beginning}”. See that its braces and commas match.",
        )


MOST_EXPANDED: Final = 10_000_000
"""Characters that the strings of a file may become in its fields; a longer file, its length."""


class _Strings:
    """What `@string` names, given out until there is no room: one may hold others, many times."""

    def __init__(self, room: int) -> None:
        self.known: dict[str, str] = {}
        self.room = room

    def text(self, name: str) -> str:
        """What the name stands for; the name itself where that is unknown."""
        found = self.known.get(name.lower(), name)
        if self.room >= 0:
            self.room -= len(found)
        return found if self.room >= 0 else name


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


_HEAD: Final = re.compile(r"\s*@(\w+)\s*[{(]\s*+([^\s,={}()\"]*+)\s*+,")
_FIELD: Final = re.compile(r"^\s*([A-Za-z][\w-]*)\s*=\s*(.*)$")


def _salvaged(raw: str) -> tuple[str, str, Fields] | None:
    """Type, key and fields of an entry by its lines; `None` where no title can be made out."""
    head = _HEAD.match(raw)
    if not head:
        return None
    fields: dict[str, list[str]] = {}
    current: list[str] = []
    for row in raw[head.end() :].split("\n"):
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


class _Inherited:
    """Fields with those of the entries that `xdata` and `crossref` name, each made up once."""

    def __init__(self, keyed: Mapping[str, tuple[str, Fields]]) -> None:
        self._keyed = keyed
        self._made: dict[tuple[str, int], Fields] = {}

    def fields(self, kind: str, own: Fields, depth: int = 0) -> Fields:
        """The entry's own fields, and what it lacks."""
        if depth > _DEEPEST or not ("xdata" in own or "crossref" in own):
            return own
        found = dict(own)
        for key in dict.fromkeys(own.get("xdata", "").split(",")):
            found = {**self._of(key, depth), **found}
        if given := dict(self._of(own.get("crossref", ""), depth)):
            title = "journaltitle" if kind == "article" else "booktitle"
            for name in ("title", "subtitle"):
                if name in given:
                    given.setdefault(title if name == "title" else "booksubtitle", given[name])
                    del given[name]
            for name in ("author", "abstract", "doi", "url", "eprint", "keywords", "shorttitle"):
                given.pop(name, None)  # of the book, not of what is in it
            found = {**given, **found}
        return found

    def _of(self, key: str, depth: int) -> Fields:
        place = (key.strip().lower(), depth)
        if place[0] not in self._keyed:
            return {}
        if place not in self._made:
            kind, own = self._keyed[place[0]]
            self._made[place] = self.fields(kind, own, depth + 1)
        return self._made[place]


# From an entry to a paper

_VENUES: Final = ("journaltitle", "journal", "booktitle", "eventtitle", "school", "institution")


def _add(records: Records, position: str, kind: str, fields: Fields) -> None:
    title, subtitle = fields.get("title", ""), fields.get("subtitle", "")
    if not title and kind in ("inbook", "book"):
        title = fields.get("chapter", "") or fields.get("booktitle", "")
    venue = next((fields[name] for name in _VENUES if fields.get(name, "").strip()), "")
    said = fold(f"{title[:40]} {fields.get('note', '')[:200]} {kind}")
    records.add(
        position,
        title=untex(f"{title}: {subtitle}" if subtitle else title),
        abstract=untex(fields.get("abstract", "")),
        authors=list(_people(fields.get("author") or fields.get("editor", ""))),
        published=_published(fields),
        venue=untex(venue),
        arxiv=_arxiv(fields, venue),
        doi=_doi(fields),
        anthology=identifiers.anthology(_address(fields)),
        links=_links(fields),
        keywords=re.split(r"[,;]", untex(fields.get("keywords", ""))),
        withdrawn="retracted"
        if "retracted" in said
        else "withdrawn"
        if "withdrawn" in said
        else "",
    )


_TILDE: Final = re.compile(r"\\~\s*(\{[^{}]*\}|\\[ij](?![A-Za-z])|[A-Za-z])")


def _is_braced(name: str) -> bool:
    """Whether one pair of braces holds all of a name, unlike `{Lovelace}, {Ada}`."""
    depth = 0
    for place, letter in enumerate(name):
        depth += (letter == "{") - (letter == "}")
        if depth == 0:
            return place == len(name) - 1 and place > 0
    return False


def _people(text: str) -> Iterator[Author | None]:
    for name in _split(text):
        if "=" in name:  # BibLaTeX: `family=Byron, given=Ada`
            parts = dict(part.split("=", 1) for part in name.split(",") if "=" in part)
            said = {key.strip(): untex(value).strip() for key, value in parts.items()}
            family = f"{said.get('prefix', '')} {said.get('family', '')}".strip()
            yield names.author(f"{said.get('given', '')} {family}".strip(), family=family)
            continue
        if _is_braced(name):  # a group: its commas turn nothing round
            yield group(untex(name))
            continue
        try:
            whole = _TILDE.sub(r"{\\~\1}", name)  # else its `~` would divide the name
            parsed = bibtex_names.parse_single_name_into_parts(whole, strict=False)
        except bibtex_names.InvalidNameError:
            yield names.author(untex(name))
            continue
        family = untex(" ".join([*parsed.von, *parsed.last]))
        given, junior = untex(" ".join(parsed.first)), untex(" ".join(parsed.jr))
        full = f"{given} {family}".replace(",", " ").strip()
        yield names.author(f"{full}, {junior}" if junior else full, family=family if given else "")


def _split(text: str) -> list[str]:
    """The names between the `and`s that stand in no braces."""
    try:
        return bibtex_names.split_multiple_persons_names(" ".join(text.split()))
    except (ValueError, IndexError):
        return re.split(r" and ", " ".join(text.split()))


def _published(fields: Fields) -> str:
    """Of `date` (EDTF: https://www.loc.gov/standards/datetime/) or of year, month and day."""
    if said := fields.get("date", "").strip():
        start, _, end = said.partition("/")
        plain = re.sub(r"[~?%]", "", start.strip(" .") or end)
        return re.sub(r"-?[uX]+.*|T.*", "", plain)
    year = untex(fields.get("year", "")).strip(" .~")
    month, day = untex(fields.get("month", "")).strip(" ."), fields.get("day", "").strip()
    if not re.fullmatch(r"\d{4}", year):
        return year
    if re.fullmatch(r"\d{1,2}", month):
        return f"{year}-{month}" + (f"-{day}" if re.fullmatch(r"\d{1,2}", day) else "")
    return f"{year} {month} {day}".strip() if re.match(r"[A-Za-z]{3}", month) else year


def _arxiv(fields: Fields, venue: str) -> str:
    kind = (fields.get("eprinttype") or fields.get("archiveprefix") or "arxiv").lower()
    stated = [fields.get("eprint", "")] if kind == "arxiv" else []
    stated += [fields.get("arxiv", ""), fields.get("arxivid", "")]
    if "arxiv" in venue.lower() or venue.strip() == "CoRR":
        stated += [venue, fields.get("volume", "").removeprefix("abs/")]
    stated.append(fields.get("note", "") if "arxiv" in fields.get("note", "").lower() else "")
    return next(filter(None, map(identifiers.arxiv, stated)), "")


def _doi(fields: Fields) -> str:
    said = fields.get("doi", "").replace("\\", "").replace("{", "").replace("}", "").strip()
    return said if identifiers.doi(said) else ""


def _address(fields: Fields) -> str:
    """The web address, without what TeX wants written before `_`, `%`, `#`, `&` and `~`."""
    raw = fields.get("url", "").strip()
    raw = re.sub(r"\\(?:url|href)\s*\{([^{}]*)\}(?:\{[^{}]*\})?", r"\1", raw)
    return re.sub(r"\\([_%#&~])|[{}]", r"\1", raw).replace("\\textasciitilde", "~").strip("<>")


def _links(fields: Fields) -> list[tuple[str, object]]:
    address = " ".join(_address(fields).split())
    addresses = re.split(r" (?=https?://)| ?; ?(?=https?://)", address)
    if any(address.startswith("www.") for address in addresses):
        addresses = [f"https://{a}" if a.startswith("www.") else a for a in addresses]
    return [("url", address) for address in addresses if "://" in address]
