"""Archives that keep the papers themselves: preprints, deposits, subjects' own."""

from __future__ import annotations

from typing import Any, Final

from generator.sources import identifiers
from generator.sources.json_paths import Record, texts
from generator.sources.references import labelled, text
from generator.sources.shapes import Shape

_SERVERS: Final = {"biorxiv": "bioRxiv", "medrxiv": "medRxiv"}


_ABSTRACTS: Final = ("abstract", "preprint_abstract", "rel_abs")


def _named(preprint: Record) -> Record:
    """A preprint with its server as that calls itself, without what is `NA`: not there."""
    preprint = {name: value for name, value in preprint.items() if value != "NA"}
    server = text(preprint.get("server"))
    said = dict[str, Any]()
    for name in _ABSTRACTS:
        if name in preprint:
            said[name] = labelled(text(preprint[name]))
    return {**preprint, **said, "server": _SERVERS.get(server.lower(), server)}


# https://api.biorxiv.org: `details` and `pubs` of bioRxiv and medRxiv, and its collections.
BIORXIV: Final = Shape(
    NAME="biorxiv",
    LABEL="preprints of bioRxiv or medRxiv as their API answers",
    signs=(
        *(("doi", "title", "server"), ("biorxiv_doi", "preprint_title"), ("rel_doi", "rel_title")),
        ("preprint_doi", "preprint_title"),
    ),
    prepared=_named,
    title=("title", "preprint_title", "rel_title"),
    abstract=("abstract", "preprint_abstract", "rel_abs"),
    authors=("authors", "preprint_authors", "rel_authors"),
    published=("date", "preprint_date", "rel_date"),
    venue=("server", "preprint_platform", "rel_site"),
    doi=("doi", "biorxiv_doi", "preprint_doi", "rel_doi"),
    url=("rel_link",),
    keywords=("category", "preprint_category"),
    version=("version",),
    kind=("type",),
    license=("license",),
)

# https://github.com/inspirehep/rest-api-doc
INSPIRE: Final = Shape(
    NAME="inspire",
    LABEL="literature of INSPIRE as JSON",
    signs=(("metadata.titles.title",), ("titles.title", "authors.full_name")),
    within=("metadata",),
    title=("titles.title",),
    abstract=("abstracts.value",),
    authors=("authors", "corporate_author", "collaborations"),
    published=("preprint_date", "earliest_date", "imprints.date", "publication_info.year"),
    venue=("publication_info.journal_title", "publication_info.pubinfo_freetext"),
    arxiv=("arxiv_eprints.value",),
    doi=("dois.value",),
    url=("urls.value",),
    pdf=("documents.url",),
    keywords=("keywords.value",),
    categories=("arxiv_eprints.categories",),
    kind=("document_type",),
    type=("document_type",),
    volume=("publication_info.journal_volume",),
    issue=("publication_info.journal_issue",),
    pages=("publication_info.page_start",),
    last_page=("publication_info.page_end",),
    number=("publication_info.artid",),
    publisher=("imprints.publisher",),
    isbn=("isbns.value",),
)

# https://developers.zenodo.org and https://inveniordm.docs.cern.ch/reference/metadata/
ZENODO: Final = Shape(
    NAME="zenodo",
    LABEL="records of Zenodo or another InvenioRDM as JSON",
    signs=(("metadata.title", "metadata.creators"),),
    title=("metadata.title",),
    abstract=("metadata.description",),
    authors=("metadata.creators",),
    published=("metadata.publication_date",),
    venue=("metadata.journal.title", "metadata.meeting.title", "metadata.imprint.publisher"),
    doi=("doi", "metadata.doi", "pids.doi.identifier"),
    url=("links.self_html", "links.html"),
    keywords=("metadata.keywords", "metadata.subjects.subject"),
    type=("metadata.resource_type.subtype", "metadata.resource_type.type"),
    volume=("metadata.journal.volume",),
    issue=("metadata.journal.issue",),
    pages=("metadata.journal.pages",),
    language=("metadata.language",),
    license=("metadata.license.id", "metadata.license"),
)

# https://api.core.ac.uk/docs/v3
CORE: Final = Shape(
    NAME="core",
    LABEL="works of CORE as JSON",
    signs=(("title", "downloadUrl", "yearPublished"), ("title", "dataProviders", "yearPublished")),
    published=("publishedDate", "yearPublished"),
    venue=("journals.title",),
    arxiv=("arxivId",),
    pdf=("downloadUrl",),
    url=("links[type=display].url",),
    type=("documentType",),
    publisher=("publisher",),
    language=("language.code",),
)


def _identified(document: Record) -> Record:
    """A document with its arXiv id, which stands among all its other ids."""
    named = [*texts(document, "identifier"), *texts(document, "eid")]
    pages = [page for page in texts(document, "page") if not identifiers.arxiv(page)]
    arxiv = next(filter(None, map(identifiers.arxiv, named)), "")
    return {**document, "arxiv": arxiv, "page": pages}


# https://ui.adsabs.harvard.edu/help/api/
ADS: Final = Shape(
    NAME="ads",
    LABEL="documents of NASA's ADS as JSON",
    signs=(("bibcode", "title"),),
    authors=("author",),
    published=("pubdate", "year"),
    venue=("pub",),
    prepared=_identified,
    told=("identifier", "eid"),
    arxiv=("arxiv",),
    keywords=("keyword",),
    type=("doctype",),
    volume=("volume",),
    issue=("issue",),
    pages=("page",),
)

# https://api.archives-ouvertes.fr/docs/search
HAL: Final = Shape(
    NAME="hal",
    LABEL="documents of HAL as JSON",
    signs=(("title_s", "docid"), ("title_s", "uri_s"), ("title_s", "halId_s")),
    title=("title_s", "en_title_s"),
    abstract=("abstract_s", "en_abstract_s"),
    authors=("authFullName_s",),
    published=("publicationDate_s", "producedDate_s", "producedDateY_i"),
    venue=("journalTitle_s", "conferenceTitle_s", "bookTitle_s"),
    arxiv=("arxivId_s",),
    doi=("doiId_s",),
    url=("uri_s",),
    pdf=("fileMain_s",),
    keywords=("keyword_s", "en_keyword_s"),
    volume=("volume_s",),
    issue=("issue_s",),
    pages=("page_s",),
    publisher=("publisher_s",),
    language=("language_s",),
    license=("licence_s",),
)

# https://chemrxiv.org/engage/chemrxiv/public-api/documentation
CHEMRXIV: Final = Shape(
    NAME="chemrxiv",
    LABEL="preprints of ChemRxiv as its API answers",
    signs=(("item.title", "item.doi"),),
    within=("item",),
    published=("publishedDate", "submittedDate"),
    pdf=("asset.original.url",),
    keywords=("keywords",),
    version=("version",),
)

# https://developer.osf.io: PsyArXiv, SocArXiv and the other servers of the OSF
OSF: Final = Shape(
    NAME="osf",
    LABEL="preprints of the OSF (PsyArXiv, SocArXiv, …) as JSON",
    signs=(("attributes.title", "attributes.date_created"),),
    title=("attributes.title",),
    abstract=("attributes.description",),
    authors=("embeds.contributors.data.embeds.users.data.attributes",),
    published=("attributes.date_published", "attributes.original_publication_date"),
    doi=("links.preprint_doi", "attributes.doi"),
    url=("links.html",),
    keywords=("attributes.tags",),
)
