"""What files of reference managers have in common; shared by their readers.

Foreign JSON may hold anything anywhere: what is not of the kind asked for counts as absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from msgspec.structs import replace

from generator.model.errors import ContentError
from generator.model.papers import Author
from generator.sources import names
from generator.sources.content import Content
from generator.sources.days import published
from generator.sources.records import Records
from generator.text import clean

_TERMS: Final = re.compile(r"[;\n]")


def fullest(dates: Iterable[str]) -> str:
    """The best of several dates of one paper: known to the day, else the month; then the earliest.

    Where none can be understood it is the first, so that `Records` can say what is wrong with it.
    """
    raw = [date for date in dates if date.strip()]
    known_dates = [each for each in map(_published, raw) if each]
    return min(known_dates, key=lambda date: (-len(date), date), default=raw[0] if raw else "")


def _published(date: str) -> str | None:
    try:
        return published(clean(date))
    except ValueError:
        return None


def dated(year: str, month: str = "", day: str = "") -> str:
    """One date of its parts, the month a number or a word; for `fullest`."""
    year, month, day = year.strip(), month.strip(), day.strip()
    if not month:
        return year
    if not month.isdigit():
        return " ".join(filter(None, (day, month, year)))
    return "-".join(part.zfill(2) for part in (year, month, day) if part)


def person(
    *, family: str, given: str = "", suffix: str = "", particle: str = "", orcid: str = ""
) -> Author | None:
    """A person whose parts of the name the source keeps apart."""
    last = clean(f"{particle} {family}")
    first = clean(given).replace(",", " ")
    author = names.author(f"{first} {last}", family=last if first else "", orcid=orcid)
    if author and clean(suffix):
        return replace(author, name=f"{author.name}, {clean(suffix).strip(', ')}")
    return author


def group(name: str) -> Author | None:
    """A group, whose name no comma turns round: `Working Group for Ants, Berlin`."""
    name = clean(name).strip(" ,;")
    return Author(name=name) if any(map(str.isalnum, name)) else None


def web(kind: str, values: Iterable[str]) -> Iterator[tuple[str, str]]:
    r"""Links of the web addresses in fields that may hold several.

    Reference managers put the paths of attached files here as well (`file:///…`, `C:\…`,
    `internal-pdf://…`, `/home/…`). They lead nowhere on any other computer and tell what is on
    this one, so that they go without a remark; as does EndNote's `<Go to ISI>://000123`.
    """
    for value in values:
        for part in re.split(r" (?=\S+:|www\.)", " ".join(value.split())):
            if re.match(r"www\.", part):
                part = f"https://{part}"
            if part and not _ATTACHMENT.match(part):
                yield kind, part


_ATTACHMENT: Final = re.compile(
    r"<Go to|ISI>:|(?:file|internal-pdf|attachments?|storage|zotero):|[a-z]:[\\/]|[\\/~.]"
    r"|[^:]*\.pdf$",
    re.IGNORECASE,
)


def terms(values: Iterable[str]) -> list[str]:
    """Keywords that the source keeps apart, or has in one field with semicolons or line ends."""
    return [part for value in values for part in _TERMS.split(value)]


def pubmed_title(title: str) -> str:
    """A title without what PubMed adds: brackets if it is translated, a full stop at the end."""
    title = title.strip()
    match = re.fullmatch(r"\[(.*)\]\.?", title, re.DOTALL)
    title = match[1].strip() if match else title
    last = title.rsplit(None, 1)[-1] if title else ""
    # The stop of an abbreviation stays: `… in the U.S.`, `… and so on ...`
    return title[:-1] if last.endswith(".") and "." not in last[:-1] else title


def labelled(abstract: str) -> str:
    """An abstract whose headings have run into their text: `BackgroundAnts wait.MethodsWe`."""
    return _GLUED.sub(r"\n\n\1: ", abstract).strip()


_GLUED: Final = re.compile(
    r"(?:^|(?<=[.!?)])[ \n]{0,2})(Abstract|Background|Introduction|Aims?|Objectives?|Purpose"
    r"|Motivation|(?:Materials and )?Methods?|Results|Findings|Discussion|Conclusions?|Significance"
    r"|Importance|Interpretation|Funding|Implications|Limitations)(?=[A-Z])",
    re.MULTILINE,
)


def pubmed_name(name: str) -> str:
    """`Ameise BT` has the family name first; as `Ameise, BT` it can be told."""
    return re.sub(r"^([^,]+?) ([A-Z]{1,4})$", r"\1, \2", name.strip())


# JSON

_PARTS: Final[dict[str, tuple[str, ...]]] = {
    "family": ("family", "last", "lastname", "familyname", "familynames", "surname"),
    "given": (
        *("given", "first", "firstname", "givenname", "givennames", "forename", "forenames"),
        "initials",
    ),
    "middle": ("middle", "middlename", "middlenames"),
    "suffix": ("suffix", "namesuffix"),
    "name": (
        *("name", "fullname", "displayname", "text", "literal", "creditname", "label", "creator"),
        *("preferredname", "authorname", "authname", "value", "author", "collectivename"),
        *("rawname", "rawauthorname", "collective", "groupname", "corporatename"),
        "creatorname",
    ),
    "orcid": ("orcid", "orcidid", "authorid", "identifier", "nameidentifier"),
}
"""The parts of a name, and what objects of any format call them, without case and signs."""


def signed(value: object) -> Author | None:
    """The author that a name or an object with parts of one stands for: `{"firstName": "Ada", …}`.

    `None` where there is no name in it.
    """
    if isinstance(value, Author):
        return value
    if not isinstance(value, dict):
        return names.author(text(value))
    if value.keys() <= {"name", "family", "orcid"}:  # of our own catalog
        whole, last, orcid = (
            each if isinstance(each, str) else ""
            for each in (value.get("name"), value.get("family"), value.get("orcid"))
        )
        return names.author(whole or last, family=last, orcid=orcid)
    said = {re.sub(r"[^a-z]", "", str(key).lower()): each for key, each in value.items()}
    inner = said.get("personororg") or said.get("author") or said.get("person")
    if isinstance(inner, dict) and inner:
        said = {re.sub(r"[^a-z]", "", str(key).lower()): each for key, each in inner.items()}
    part = {
        name: next(filter(None, (_words(said.get(key)) for key in called)), "")
        for name, called in _PARTS.items()
    }
    orcid = part["orcid"] if re.search(r"\d{4}-\d{4}-\d{4}-\d{3}", part["orcid"]) else ""
    if part["family"]:
        given, whole = f"{part['given']} {part['middle']}".strip(), part["name"]
        if not given and part["family"] in whole and (" " in whole or not whole.isascii()):
            return names.author(whole, family=part["family"], orcid=orcid)
        return person(
            family=part["family"],
            given=given or (whole if whole != part["family"] else ""),
            suffix=part["suffix"],
            orcid=orcid,
        )
    is_whole = f" {part['given']} " in f" {part['name']} "
    if part["given"] and part["name"] and not is_whole:  # as Hayagriva has it
        last = f"{_words(said.get('prefix'))} {part['name']}".strip()
        return person(family=last, given=part["given"], orcid=orcid)
    return names.author(part["name"] or part["given"], orcid=orcid)


def _words(value: object) -> str:
    """What a part of a name says: text, a list of it, or an object that holds it; no number."""
    values = value if isinstance(value, list) else [value]
    inner = (
        next(filter(None, map(text, map(each.get, _HOLDERS))), "")
        if isinstance(each, dict)
        else each
        for each in values[:20]
    )
    return " ".join(word for word in inner if isinstance(word, str) and word)


_HOLDERS: Final = ("value", "text", "$", "identifier", "id", "path", "#text", "_")


def mapping(value: object) -> dict[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> list[dict[str, Any]]:
    """The objects of a list; of one object alone a list of it."""
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, dict)]


def text(value: object) -> str:
    """A string or a number as text; of a list the first; empty for anything else."""
    if isinstance(value, list):
        return next(filter(None, map(text, value[:20])), "") if _shallow(value) else ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)


def texts(value: object) -> list[str]:
    """All strings and numbers of a list; of one alone a list of it."""
    values = value if isinstance(value, list) else [value]
    return list(filter(None, (text(each) for each in values if not isinstance(each, list))))


def _shallow(values: list[Any]) -> bool:
    return not any(isinstance(value, list) for value in values)


def json_records(content: Content, records: Records, *wrappers: str) -> Iterator[tuple[str, Any]]:
    """Position and object of every record of JSON or JSON lines; what is none is refused.

    An answer of a service has the record, or the list of them, under keys: the wrappers.
    """
    if content.kind == "lines":
        positioned = ((f"line {number}", value) for number, value in content.lines())
    else:
        value = unwrapped(content.json, *wrappers)
        values = value if isinstance(value, list) else [value]
        positioned = ((f"record {number}", each) for number, each in enumerate(values, 1))
    for position, value in positioned:
        if isinstance(value, dict):
            yield position, value
        elif isinstance(value, ContentError):
            records.refuse(position, str(value))
        else:
            records.refuse(
                position, f"expected an object, found “{str(value)[:60]}”. Remove it, or mend it."
            )


def unwrapped(value: Any, *wrappers: str) -> Any:
    """What an answer holds under these keys, one within the other."""
    for key in wrappers:
        if isinstance(value, dict) and isinstance(value.get(key), dict | list):
            value = value[key]
    return value


def first_record(content: Content, *wrappers: str) -> dict[str, Any]:
    """The first object that is a record, for `detect`."""
    value = unwrapped(content.first, *wrappers)
    return next(iter(mappings(value)), {})
