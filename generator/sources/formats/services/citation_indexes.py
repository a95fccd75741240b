"""Indexes of papers and of what they cite."""

from __future__ import annotations

import re
from typing import Any, Final

from generator.sources.json_paths import Record
from generator.sources.references import mapping, text
from generator.sources.shapes import Shape

# https://api.semanticscholar.org/api-docs: searches, batches, recommendations, references; and the
# lines of its data sets.
SEMANTIC_SCHOLAR: Final = Shape(
    NAME="semantic-scholar",
    LABEL="papers of Semantic Scholar as JSON",
    signs=(
        *(("paperId", "title"), ("externalIds", "title"), ("corpusid", "title")),
        *(("citingPaper.title",), ("citedPaper.title",), ("paper.corpusId", "paper.title")),
    ),
    within=("citingPaper", "citedPaper", "paper"),
    published=("publicationDate", "publicationdate", "year"),
    venue=("venue", "publicationVenue.name", "journal.name"),
    arxiv=("externalIds.ArXiv", "externalids.ArXiv", "arxivId"),
    doi=("externalIds.DOI", "externalids.DOI", "doi"),
    anthology=("externalIds.ACL", "externalids.ACL"),
    url=("url",),
    pdf=("openAccessPdf.url",),
    type=("publicationTypes", "publicationtypes"),
    volume=("journal.volume",),
    pages=("journal.pages",),
)

# https://github.com/paperswithcode/paperswithcode-data, also what links papers to their code
PAPERS_WITH_CODE: Final = Shape(
    NAME="papers-with-code",
    LABEL="a dump of Papers With Code as JSON",
    signs=(("title", "url_abs"), ("paper_title", "paper_url", "repo_url")),
    title=("title", "paper_title"),
    published=("date", "published"),
    venue=("proceeding", "conference"),
    arxiv=("arxiv_id", "paper_arxiv_id"),
    url=("url_abs", "paper_url_abs"),
    pdf=("url_pdf", "paper_url_pdf"),
    code=("repo_url", "code_links.url"),
    keywords=("tasks", "tasks.name"),
)

# https://docs.api.lens.org/response-scholar.html
LENS: Final = Shape(
    NAME="lens",
    LABEL="works of The Lens as JSON",
    signs=(("lens_id", "title"),),
    published=("date_published", "year_published"),
    venue=("source.title",),
    arxiv=("external_ids[type=arxiv].value",),
    doi=("external_ids[type=doi].value",),
    url=("open_access.locations.landing_page_urls", "source_urls[type=html].url"),
    pdf=("open_access.locations.pdf_urls", "source_urls[type=pdf].url"),
    keywords=("keywords",),
    type=("publication_type",),
    volume=("volume",),
    issue=("issue",),
    pages=("start_page",),
    last_page=("end_page",),
    publisher=("source.publisher",),
    language=("languages",),
)

# https://docs.dimensions.ai/dsl/
DIMENSIONS: Final = Shape(
    NAME="dimensions",
    LABEL="publications of Dimensions as JSON",
    signs=(("title", "dimensions_url"), ("id", "title", "authors.current_organization_id")),
    published=("date", "year"),
    venue=("journal.title", "proceedings_title.title", "book_title"),
    arxiv=("arxiv_id",),
    url=("dimensions_url",),
    pdf=("linkout",),
    type=("type",),
    volume=("volume",),
    issue=("issue",),
    pages=("pages",),
    publisher=("publisher",),
    isbn=("isbn",),
    issn=("issn",),
)

# https://scholarly.readthedocs.io, which asks Google Scholar.
SCHOLARLY: Final = Shape(
    NAME="scholarly",
    LABEL="publications of Google Scholar as “scholarly” gives them, as JSON",
    signs=(("bib.title",),),
    title=("bib.title",),
    abstract=("bib.abstract",),
    authors=("bib.author",),
    published=("bib.pub_year", "bib.year"),
    venue=("bib.journal", "bib.conference", "bib.venue"),
    doi=(),
    url=("pub_url",),
    pdf=("eprint_url",),
    volume=("bib.volume",),
    issue=("bib.number",),
    pages=("bib.pages",),
    publisher=("bib.publisher",),
)

# https://www.aminer.org/citation: the citation network of DBLP, as lines or a list.
AMINER: Final = Shape(
    NAME="aminer",
    LABEL="papers of AMiner, or of its citation network of DBLP, as JSON",
    signs=(("title", "venue.raw"), ("title", "n_citation"), ("title", "authors.org", "year")),
    abstract=("abstract", "indexed_abstract"),
    published=("year",),
    venue=("venue.raw", "venue.name", "venue.info.name", "venue"),
    url=("url",),
    pdf=("pdf",),
    keywords=("keywords", "fos.name"),
    volume=("volume",),
    issue=("issue",),
    pages=("page_start",),
    last_page=("page_end",),
    publisher=("publisher",),
    isbn=("isbn",),
    issn=("issn",),
    language=("lang",),
)


def _bare(entry: Record) -> Record:
    """An entry without the ids that stand in brackets behind names and titles of journals."""
    cited = {key: re.sub(r"\s?\[[^\[\]]*\]", "", text(entry.get(key))) for key in _CITED}
    return {**entry, **cited, "doi": next(iter(re.findall(r"\bdoi:(\S+)", text(entry["id"]))), "")}


_CITED: Final = ("author", "editor", "venue", "publisher")

# https://api.opencitations.net/meta
OPENCITATIONS: Final = Shape(
    NAME="opencitations",
    LABEL="entries of OpenCitations Meta as JSON",
    signs=(("id", "title", "pub_date"),),
    prepared=_bare,
    authors=("author",),
    editors=("editor",),
    published=("pub_date",),
    venue=("venue",),
    type=("type",),
    volume=("volume",),
    issue=("issue",),
    pages=("page",),
    publisher=("publisher",),
)


def _in_words(result: Record) -> Record:
    """A result of Google Scholar: `N Marsh, O Berg - Journal of Ants, 2024 - ants.example`."""
    said = text(mapping(result.get("publication_info")).get("summary"))
    parts = [part.strip(" …") for part in said.split(" - ")]
    where, _, year = parts[1].rpartition(", ") if len(parts) > 1 else ("", "", "")
    told: dict[str, Any] = {"people": [name.strip(" …") for name in parts[0].split(",")]}
    if re.fullmatch(r"\d{4}", year or where):
        told |= {"year": year or where, "venue": where if year else ""}
    elif re.fullmatch(r"\d{4}", parts[1] if len(parts) > 1 else ""):
        told["year"] = parts[1]
    return {**result, **told}


# https://serpapi.com/google-scholar-organic-results
SERPAPI: Final = Shape(
    NAME="serpapi",
    LABEL="results of Google Scholar as SerpApi gives them",
    signs=(("title", "publication_info", "result_id"),),
    prepared=_in_words,
    abstract=(),
    authors=("people",),
    published=("year",),
    venue=("venue",),
    doi=(),
    url=("link",),
    pdf=("resources[file_format=pdf].link",),
)
