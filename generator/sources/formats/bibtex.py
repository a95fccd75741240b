"""Reader for BibTeX and BibLaTeX, however messy: http://mirrors.ctan.org/info/bibtex/tamethebeast.

An entry is a record. `@string`, `@comment`, `@preamble` and `@xdata` are none, also where they are
broken; neither are proceedings and collections that other entries of the file refer to by
`crossref`: they give them their fields. Of two entries with one key both count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from generator.model.errors import ContentError
from generator.sources import identifiers
from generator.sources.content import Content
from generator.sources.publications import BIBTEX_FIELDS, of_bibtex
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.tex_entries import Fields, Inherited, entries
from generator.sources.tex_names import doubtful, people
from generator.text import clean, fold, untex

NAME = "bibtex"
LABEL = "BibTeX or BibLaTeX (.bib)"

_TYPES = (
    "article|book|booklet|conference|in(?:book|collection|proceedings|reference)|manual|misc"
    "|(?:masters|phd)?thesis|proceedings|tech(?:report)?|unpublished|online|report"
)
_ENTRY: Final = re.compile(
    rf"^[ \t]*@(?:(?:string|preamble|comment)\s*[{{(]|(?:{_TYPES})\s*[{{(]|\w+\s*\{{"
    r"\s*+[^\s,{}()=]*+\s*+,(?:[^\S\n]*+$|\s*+(?:[\w-]+\s*+=|\})))",
    re.MULTILINE | re.IGNORECASE,
)
_CLOSED: Final = re.compile(r"\s*[})]\s*|.*[}\"]\s*\}\s*|\s*@.*[})]\s*")
_NO_RECORD: Final = ("xdata", "control", "set")
_CONTAINERS: Final = ("proceedings", "mvproceedings", "collection", "mvcollection", "periodical")

MOST_SIGNS: Final = 500_000
"""Signs `@` in a file: each may begin an entry, which takes two thousand times its memory."""


def detect(content: Content) -> bool:
    """Whether entries are a third of the beginning of the file, or more: in prose they are none."""
    if content.kind != "text" or not _ENTRY.search(content.head):
        return False
    rows = [row for row in content.head.split("\n") if row.strip() and row.lstrip()[0] != "%"]
    return bool(rows) and 3 * _entry_rows(rows) >= len(rows)


def _entry_rows(rows: Sequence[str]) -> int:
    """How many lines are of entries: from one that begins it to one that only closes it."""
    count, is_within = 0, False
    for row in rows:
        is_within = is_within or _ENTRY.match(f"{row}\n") is not None
        count += is_within
        is_within = is_within and _CLOSED.fullmatch(row) is None
    return count


def read(content: Content) -> Reading:
    """Every entry of the file."""
    if content.text.count("@") > MOST_SIGNS:
        raise ContentError(
            f"expected at most {MOST_SIGNS:,} entries, found more signs that begin one. "
            "Split the file."
        )
    records = Records(content, NAME)
    all_entries = list(entries(records, content.text))
    keyed: dict[str, tuple[str, Fields]] = {}
    for _, kind, key, fields in all_entries:
        if key:  # one without a key is nobody's
            keyed.setdefault(key.lower(), (kind, fields))
    referred = {
        fields["crossref"].strip().lower() for *_, fields in all_entries if "crossref" in fields
    }
    twice = Counter(key.lower() for _, _, key, _ in all_entries if key)
    inherited = Inherited(keyed)
    for line, kind, key, fields in all_entries:
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


# From an entry to a paper

_VENUES: Final = ("journaltitle", "journal", "booktitle", "eventtitle", "school", "institution")


def _add(records: Records, position: str, kind: str, fields: Fields) -> None:
    title, subtitle = fields.get("title", ""), fields.get("subtitle", "")
    if not title and kind in ("inbook", "book"):
        title = fields.get("chapter", "") or fields.get("booktitle", "")
    venue = next((fields[name] for name in _VENUES if fields.get(name, "").strip()), "")
    authors, editors = (list(people(fields.get(name, ""))) for name in ("author", "editor"))
    arxiv, doi = _arxiv(fields, venue), _doi(fields)
    # What people write by hand: `howpublished = {arXiv:2401.00003}`, `note = {doi: 10.1000/ants}`.
    elsewhere = [fields.get(name, "") for name in ("howpublished", "note")]
    told = [] if "url" in fields else [url for text in elsewhere for url in _WEB.findall(text)]
    addresses = list(map(_address, told))
    said = fold(f"{title[:40]} {fields.get('note', '')[:200]} {kind}")
    title = clean(untex(f"{title}: {subtitle}" if subtitle else title))
    url = _address(fields.get("url", ""))
    is_identified = arxiv or doi or any(read(url) for read in _IDS)
    if name := doubtful(fields.get("author") or fields.get("editor", "")):
        records.remark(
            position,
            f"“{name[:60]}” was read as one person, turned round. If these are two, write “and” "
            "between them.",
        )
    records.add(
        position,
        RawRecord(
            title=title,
            abstract=untex(fields.get("abstract", "")),
            authors=authors or editors,
            published=_published(fields),
            venue=untex(venue),
            publication=of_bibtex(
                # So Better BibTeX and others have preprints.
                "preprint" if arxiv and kind in ("online", "electronic") else kind,
                {name: untex(fields[name]) for name in BIBTEX_FIELDS if name in fields},
                editors if authors else [],
            ),
            arxiv=arxiv or _stated(identifiers.arxiv, elsewhere),
            doi=doi or _stated(identifiers.doi, elsewhere),
            anthology=identifiers.anthology(url),
            links=[*_links(fields), *(("url", address) for address in addresses)],
            keywords=re.split(r"[,;]", untex(fields.get("keywords", ""))),
            categories=_categories(fields) if arxiv else (),
            withdrawn="retracted"
            if "retracted" in said
            else "withdrawn"
            if "withdrawn" in said
            else "",
            # An id in another place than its own is no reason for another address.
            former_ids=[] if is_identified else [title],
        ),
    )


def _published(fields: Fields) -> str:
    """The date of `date` (EDTF: https://www.loc.gov/standards/datetime/) or year, month and day."""
    if said := fields.get("date", "").strip():
        start, _, end = said.partition("/")
        plain = re.sub(r"[~?%]", "", start.strip(" .") or end)
        return re.sub(r"-?[uX]+.*|T.*", "", plain)
    year = untex(fields.get("year", "")).strip(" .~")
    month, day = untex(fields.get("month", "")).strip(" ."), fields.get("day", "").strip()
    if not re.fullmatch(r"\d{4}", year):
        return year
    # `23--29 Jul` of a meeting is the day it began; `jul # "--" # aug` the first of the months.
    if ranged := re.fullmatch(r"(\d{1,2})\s*[-–—]+\s*\d{1,2}\s+([A-Za-z]{3,})\.?", month):
        return f"{year} {ranged[2]} {ranged[1]}"
    month = re.sub(r"^(\d{1,2})\s+([A-Za-z]{3,})", r"\2 \1", month)
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


def _categories(fields: Fields) -> list[str]:
    """The category of arXiv that `primaryClass`, in BibLaTeX `eprintclass`, says."""
    stated = (fields.get(name, "").strip() for name in ("primaryclass", "eprintclass"))
    return list(filter(identifiers.is_category, stated))


def _doi(fields: Fields) -> str:
    said = fields.get("doi", "").replace("\\", "").replace("{", "").replace("}", "").strip()
    return said if identifiers.doi(said) else ""


_IDS: Final = (identifiers.arxiv, identifiers.doi, identifiers.anthology)
_WEB: Final = re.compile(r"https?://[^\s<>\"|^`]+")
_PLACES: Final = (
    *(("url", "url"), ("pdf", "pdf"), ("code", "code"), ("code", "github"), ("project", "website")),
    *(("project", "project"), ("project", "project_page"), ("project", "homepage")),
    *(("code", "repository"), ("code", "software"), ("url", "html"), ("url", "link")),
    *(("url", "ee"), ("url", "openreview"), ("url", "bdsk-url-1"), ("url", "adsurl")),
)
"""Kinds of links, and the fields that hold their addresses; al-folio knows most of them."""


def _stated(read: Callable[[str], str], texts: Iterable[str]) -> str:
    """An id that is named as one in running text: `doi: 10.1000/ants`, not `10.1000/ants`."""
    said = (text for text in texts if re.search(r"arxiv|doi", text, re.IGNORECASE))
    words = (re.sub(r"\\(?:url|href)\s*|[{}]", " ", text).replace("\\_", "_") for text in said)
    return next(filter(None, map(read, words)), "")


def _address(raw: str) -> str:
    """A web address, without what TeX wants written before `_`, `%`, `#`, `&` and `~`."""
    raw = re.sub(r"\\(?:url|href)\s*\{([^{}]*)\}(?:\{[^{}]*\})?", r"\1", raw.strip())
    return re.sub(r"\\([_%#&~])|[{}]", r"\1", raw).replace("\\textasciitilde", "~").strip("<>")


def _links(fields: Fields) -> list[tuple[str, object]]:
    links: list[tuple[str, object]] = []
    for kind, name in _PLACES:
        if name not in fields:
            continue
        address = " ".join(_address(fields[name]).split())
        for part in re.split(r" (?=https?://)| ?; ?(?=https?://)", address):
            part = f"https://{part}" if part.startswith("www.") else part
            if "://" in part:
                links.append((kind, part))
    return links
