"""Readers for XML in which repositories and programs exchange records, each a row of a table.

- Dublin Core of OAI-PMH, as every repository and every journal on OJS gives it:
  http://www.openarchives.org/OAI/2.0/guidelines-oai_dc.htm
- the schema of DataCite: https://schema.datacite.org
- BibTeX as XML, of JabRef and others: https://bibtexml.sourceforge.net
"""

from __future__ import annotations

import re
from typing import Final

from generator.sources.json_paths import Record, texts
from generator.sources.references import mapping
from generator.sources.shapes import Shape


def _dublin_core(record: Record) -> Record:
    """A record as OJS writes it: `Marsh, Nora; University of Ants` signed what stands in
    `Journal of Ants; Vol. 3 No. 2 (2024); 1-9`.
    """
    source = next(texts(record, "source"), "")
    place, _, where = source.partition(";")
    volume, issue = re.search(r"\bVol\w*\.? (\d+)", where), re.search(r"\bNo\.? (\d+)", where)
    pages = re.search(r";\s*(\d+(?:\s*[-–]\s*\d+)?)\s*\Z", where)
    kinds = (kind.rpartition("/")[2] for kind in texts(record, "type"))
    return {
        **record,
        "creator": [name.partition(";")[0] for name in texts(record, "creator")],
        "source": "" if "://" in place else place,
        "type": list(kinds),
        "volume": volume[1] if volume else "",
        "issue": issue[1] if issue else "",
        "pages": pages[1] if pages else "",
    }


DUBLIN_CORE: Final = Shape(
    NAME="oai-dc",
    LABEL="records of a repository or a journal harvested by OAI-PMH (Dublin Core)",
    roots=("OAI-PMH", "ListRecords", "GetRecord", "dc"),
    elements=("dc",),
    marks="/OAI/2.0/oai_dc/",
    prepared=_dublin_core,
    told=("schemaLocation",),
    abstract=("description",),
    authors=("creator",),
    editors=("contributor",),
    published=("date",),
    venue=("source",),
    doi=("identifier", "relation"),
    url=("identifier",),
    keywords=("subject",),
    type=("type",),
    volume=("volume",),
    issue=("issue",),
    pages=("pages",),
    publisher=("publisher",),
    language=("language",),
    license=("rights",),
)

DATACITE_XML: Final = Shape(
    NAME="datacite-xml",
    LABEL="records of DataCite as XML",
    roots=("resource", "OAI-PMH"),
    elements=("resource",),
    marks="datacite.org/schema/",
    told=("schemaLocation",),
    title=("titles.title",),
    abstract=("descriptions.description[descriptionType=abstract]", "descriptions.description"),
    authors=("creators.creator",),
    published=("dates.date[dateType=issued]", "publicationYear"),
    doi=("identifier[identifierType=doi]",),
    keywords=("subjects.subject",),
    version=("version",),
    type=("resourceType", "resourceType.resourceTypeGeneral"),
    publisher=("publisher",),
    language=("language",),
)


def _entry(entry: Record) -> Record:
    """The fields of an entry, which stand in an element named after its type."""
    kind, fields = next(((k, mapping(v)) for k, v in entry.items() if mapping(v)), ("", {}))
    return {**fields, "type": kind}


BIBTEXML: Final = Shape(
    NAME="bibtexml",
    LABEL="BibTeX as XML (BibTeXML)",
    roots=("file", "bibliography"),
    elements=("entry",),
    marks="bibtexml.",
    prepared=_entry,
    authors=("author",),
    editors=("editor",),
    published=("date", "year"),
    venue=("journal", "journaltitle", "booktitle", "school", "institution"),
    arxiv=("eprint",),
    url=("url",),
    keywords=("keywords",),
    type=("type",),
    volume=("volume",),
    issue=("number",),
    pages=("pages",),
    publisher=("publisher",),
    isbn=("isbn",),
    issn=("issn",),
)

SHAPES: Final = (DATACITE_XML, DUBLIN_CORE, BIBTEXML)
"""All readers of formats for exchange, in the order of trust."""
