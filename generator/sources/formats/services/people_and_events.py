"""Where people keep their papers, and the programs of conferences."""

from __future__ import annotations

import re
from typing import Final

from generator.sources.json_paths import Record, texts
from generator.sources.references import mappings, text
from generator.sources.shapes import Shape

# https://info.orcid.org/documentation/api-tutorials: the works of a person.
ORCID: Final = Shape(
    NAME="orcid",
    LABEL="the works of a person of ORCID as JSON or XML",
    signs=(("title.title.value", "put-code"), ("work.title.title.value",)),
    roots=("works", "activities-summary", "record", "bulk", "work"),
    elements=("work-summary", "work"),
    marks="orcid.org/ns/",
    within=("work",),
    told=("put-code", "path", "visibility", "display-index", "source", "last-modified-date"),
    title=("title.title",),
    abstract=("short-description",),
    authors=("contributors.contributor",),
    published=("publication-date",),
    venue=("journal-title",),
    arxiv=("external-ids.external-id[external-id-type=arxiv].external-id-value",),
    doi=("external-ids.external-id[external-id-type=doi].external-id-value",),
    url=("url",),
    type=("type",),
)

# https://dev.mendeley.com/methods/#documents
MENDELEY: Final = Shape(
    NAME="mendeley",
    LABEL="documents of Mendeley as JSON",
    signs=(("title", "identifiers", "type"), ("title", "source", "authors.last_name")),
    editors=("editors",),
    published=("",),
    venue=("source", "institution"),
    arxiv=("identifiers.arxiv",),
    doi=("identifiers.doi",),
    url=("websites",),
    keywords=("keywords", "tags"),
    type=("type",),
    volume=("volume",),
    issue=("issue",),
    pages=("pages",),
    publisher=("publisher",),
    isbn=("identifiers.isbn",),
    issn=("identifiers.issn",),
    language=("language",),
)

# https://paperpile.com: what it exports as JSON.
PAPERPILE: Final = Shape(
    NAME="paperpile",
    LABEL="the library of Paperpile as JSON",
    signs=(("title", "pubtype"), ("title", "author.last", "published.year")),
    authors=("author",),
    editors=("editor",),
    published=("published",),
    venue=("journalfull", "journal", "booktitle", "proceedings_title", "school", "institution"),
    arxiv=("arxivid",),
    url=("url",),
    keywords=("keywords",),
    type=("pubtype",),
    volume=("volume",),
    issue=("issue",),
    pages=("pages",),
    publisher=("publisher",),
    isbn=("isbn",),
    issn=("issn",),
    language=("language",),
)


def _signed_by_all(contribution: Record) -> Record:
    """A contribution with all its authors, else with who speaks of it."""
    roles = ("primaryauthors", "coauthors")
    people = [one for role in roles for one in mappings(contribution.get(role))]
    return {**contribution, "people": people or mappings(contribution.get("speakers"))}


# https://docs.getindico.io/en/stable/http-api/exporters/event/
INDICO: Final = Shape(
    NAME="indico",
    LABEL="contributions to an event of Indico as JSON",
    signs=(("title", "primaryauthors"), ("title", "coauthors")),
    prepared=_signed_by_all,
    told=("primaryauthors", "coauthors", "speakers"),
    abstract=("description",),
    authors=("people",),
    published=("startDate.date",),
    url=("url",),
    keywords=("keywords",),
)

_SITE: Final = re.compile(r"\b(neurips|nips|icml|iclr|cvpr|mlsys|eccv|iccv|aistats)\.cc\b", re.I)
_EVENTS: Final = re.compile(r"(?:poster|oral|spotlight|paper|journal|proceedings|highlight)", re.I)
_CALLED: Final = {"neurips": "NeurIPS", "nips": "NeurIPS", "mlsys": "MLSys"}


def _held_there(event: Record) -> Record:
    """An event with the meeting that its site is of, `NeurIPS 2024`, as venue and year."""
    year = next((said[:4] for said in texts(event, "starttime")), "")
    pages = [*texts(event, "authors.url"), *texts(event, "url"), *texts(event, "virtualsite_url")]
    pages += texts(event, "sourceurl")
    year = year or next((m[1] for m in map(_YEAR.search, pages) if m), "")
    site = next(filter(None, map(_SITE.search, pages)), None)
    name = _CALLED.get(site[1].lower(), site[1].upper()) if site else ""
    return {**event, "venue": f"{name} {year}".strip() if name else "", "year": year}


_YEAR: Final = re.compile(r"(?:/virtual|\.cc)/(\d{4})/")


def _event(event: Record) -> str:
    """What an event is that presents no paper: `Social`, `Invited Talk`."""
    kind = text(event.get("eventtype")) or text(event.get("event_type"))
    return "" if not kind or _EVENTS.search(kind) else kind


# What neurips.cc, icml.cc and iclr.cc serve below `/static/virtual/data/`.
VIRTUAL_SITE: Final = Shape(
    NAME="virtual-site",
    LABEL="the events of NeurIPS, ICML, ICLR or CVPR as their virtual site has them (JSON)",
    signs=(("name", "eventtype"), ("name", "virtualsite_url"), ("name", "authors.fullname")),
    prepared=_held_there,
    told=("starttime", "eventtype", "event_type", "uid"),
    passed=_event,
    title=("name",),
    published=("year",),
    venue=("venue",),
    url=("paper_url", "sourceurl", "url"),
    pdf=("paper_pdf_url", "eventmedia[name=pdf].uri"),
    keywords=("keywords", "topic"),
    kind=("decision",),
)
