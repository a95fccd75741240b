"""Readers: one module a format, picked by what a file holds and not by its name.

`read` is the way in. It is a pure function of one file's bytes, safe to send to another process,
and never raises for bad input: what cannot be read comes back as a problem.

A new format is one module here that satisfies `Reader`, and one line in `READERS`.
"""

from __future__ import annotations

from generator.errors import Problem
from generator.sources import (
    acl_anthology,
    arxiv_atom,
    arxiv_listing,
    arxiv_oai,
    bibtex,
    catalog_lines,
    cff,
    conference_list,
    crossref,
    csl_json,
    daily_page,
    datacite,
    endnote_xml,
    hugging_face,
    jats,
    medline,
    mini_conf,
    mods,
    openalex,
    openreview,
    pubmed_xml,
    refer,
    ris,
    table,
    yaml_list,
)
from generator.sources.content import Content
from generator.sources.reading import Reader, Reading
from generator.sources.records import why_unread
from generator.text import message

__all__ = ["READERS", "Reader", "Reading", "read"]

READERS: tuple[Reader, ...] = (
    # what a person wrote for this catalog
    table,
    yaml_list,
    # publishers and venues
    acl_anthology,
    jats,
    pubmed_xml,
    medline,
    crossref,
    cff,
    openreview,
    conference_list,
    mini_conf,
    # arXiv, then what lists of the day say
    arxiv_atom,
    arxiv_oai,
    arxiv_listing,
    hugging_face,
    # what others gathered
    openalex,
    datacite,
    mods,
    csl_json,
    ris,
    endnote_xml,
    refer,
    bibtex,
    catalog_lines,
    daily_page,
)
"""In the order of trust: where two sources of a paper differ, the reader further up is believed."""


def read(data: bytes, file: str) -> Reading:
    """Read one source file.

    Args:
        data: the file's bytes.
        file: its path below `content/sources/`, with forward slashes; a date in it counts.
    """

    def unread(reason: str) -> Reading:
        problem = Problem(file=file, reason=message(reason))
        return Reading(file=file, problems=(problem,))

    file = message(file)
    content = Content(data, file)
    try:
        if not content.head:
            return unread("the file is empty. Paste the list into it, or delete it.")
        for reader in READERS:
            if reader.detect(content):
                return reader.read(content)
    except Exception as error:
        return unread(why_unread(error))
    known = ", ".join(reader.NAME for reader in READERS)
    return unread(
        f"expected one of the kinds of list that can be read, found none of them: {known}. "
        "Bring the file into such a shape, or move it out of content/sources/."
    )
