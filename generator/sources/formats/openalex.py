"""Reader for works of OpenAlex as JSON: one, a list, JSON lines, or an answer with `results`.

See https://docs.openalex.org/api-entities/works/work-object.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.model.papers import Author
from generator.sources import names
from generator.sources.content import Content
from generator.sources.publications import of_words
from generator.sources.raw import RawRecord
from generator.sources.reading import Reading
from generator.sources.records import Records
from generator.sources.references import first_record, json_records, mapping, mappings, text

NAME = "openalex"
LABEL = "works of OpenAlex as JSON"

LONGEST_ABSTRACT = 20_000
"""Words. A place further back in the index of an abstract is a mistake."""


def detect(content: Content) -> bool:
    """Whether the first record's id is a work of OpenAlex, or it has `authorships`."""
    if content.kind not in ("json", "lines"):
        return False
    record = first_record(content, "results")
    is_work = text(record.get("id")).startswith("https://openalex.org/W")
    return is_work or {"authorships", "display_name"} <= record.keys()


def read(content: Content) -> Reading:
    """Every work as a paper."""
    records = Records(content, NAME)
    return records.read_all(json_records(content, records, "results"), _add)


def _add(records: Records, position: str, work: Mapping[str, Any]) -> None:
    place = mapping(work.get("primary_location"))
    best = mapping(work.get("best_oa_location"))
    source = mapping(place.get("source"))
    biblio = mapping(work.get("biblio"))
    pages = [text(each.get("landing_page_url")) for each in mappings(work.get("locations"))]
    records.add(
        text(work.get("id")).rpartition("/")[2] or position,
        RawRecord(
            title=text(work.get("title")) or text(work.get("display_name")),
            abstract=_abstract(work.get("abstract_inverted_index")),
            authors=[_author(each) for each in mappings(work.get("authorships"))],
            published=text(work.get("publication_date")) or text(work.get("publication_year")),
            # A repository is where a paper lies, not where it appeared.
            venue=text(source.get("display_name")) if source.get("type") != "repository" else "",
            publication=of_words(
                [text(work.get("type"))],
                volume=text(biblio.get("volume")),
                issue=text(biblio.get("issue")),
                pages=text(biblio.get("first_page")),
                last_page=text(biblio.get("last_page")),
                language=text(work.get("language")),
            ),
            doi=text(work.get("doi")),
            links=[
                ("url", text(place.get("landing_page_url"))),
                ("pdf", text(place.get("pdf_url")) or text(best.get("pdf_url"))),
                *(("url", page) for page in pages if "arxiv.org/" in page),
            ],
            keywords=[text(each.get("display_name")) for each in mappings(work.get("keywords"))],
            withdrawn="retracted" if work.get("is_retracted") is True else "",
        ),
    )


def _author(authorship: Mapping[str, Any]) -> Author | None:
    author = mapping(authorship.get("author"))
    name = text(author.get("display_name")) or text(authorship.get("raw_author_name"))
    return names.author(name, orcid=text(author.get("orcid")))


def _abstract(index: object) -> str:
    """The words in their places: `{"On": [0, 2], "ants.": [1]}` is “On ants. On”."""
    words: dict[int, str] = {}
    for word, places in mapping(index).items():
        for place in places if isinstance(places, list) else ():
            if type(place) is int and 0 <= place < LONGEST_ABSTRACT:
                words[place] = word
    return " ".join(words[place] for place in sorted(words))
