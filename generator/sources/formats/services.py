"""Readers for answers of services as JSON (of Europe PMC as XML too), each a row of a table.

What each answers is described in its documentation, which stands with it.
"""

from __future__ import annotations

import re
from typing import Any, Final

from generator.sources import identifiers
from generator.sources.references import labelled, mapping, mappings, text
from generator.sources.shapes import Record, Shape, texts

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

# https://europepmc.org/RestfulWebService: a search as JSON or XML, `lite` or `core`.
EUROPE_PMC: Final = Shape(
    NAME="europe-pmc",
    LABEL="results of Europe PMC as JSON or XML",
    signs=(("title", "authorString", "source"), ("title", "pmid", "source")),
    roots=("responseWrapper", "resultList"),
    elements=("result",),
    abstract=("abstractText",),
    authors=("authorList.author", "authorString"),
    is_sentence=True,
    initials=True,
    published=("firstPublicationDate", "electronicPublicationDate", "pubYear"),
    venue=("journalInfo.journal.title", "journalTitle", "bookOrReportDetails.publisher"),
    pdf=("fullTextUrlList.fullTextUrl[documentstyle=pdf].url",),
    keywords=("keywordList.keyword",),
    kind=("pubTypeList.pubType", "pubType"),
    type=("pubTypeList.pubType", "pubType"),
    volume=("journalInfo.volume", "journalVolume"),
    issue=("journalInfo.issue", "issue"),
    pages=("pageInfo",),
    issn=("journalInfo.journal.issn", "journalIssn"),
    language=("language",),
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

# https://doaj.org/api/docs
DOAJ: Final = Shape(
    NAME="doaj",
    LABEL="articles of the DOAJ as JSON",
    signs=(("bibjson.title",),),
    title=("bibjson.title",),
    abstract=("bibjson.abstract",),
    authors=("bibjson.author",),
    published=("bibjson",),
    venue=("bibjson.journal.title",),
    doi=("bibjson.identifier[type=doi].id",),
    url=("bibjson.link[type=fulltext].url",),
    keywords=("bibjson.keywords",),
    volume=("bibjson.journal.volume",),
    issue=("bibjson.journal.number",),
    pages=("bibjson.start_page",),
    last_page=("bibjson.end_page",),
    publisher=("bibjson.journal.publisher",),
    issn=("bibjson.journal.issns",),
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

# https://graph.openaire.eu/docs/apis/graph-api/
OPENAIRE: Final = Shape(
    NAME="openaire",
    LABEL="research products of OpenAIRE as JSON",
    signs=(("mainTitle", "pids"), ("mainTitle", "instances"), ("maintitle", "instance")),
    title=("mainTitle", "maintitle"),
    abstract=("descriptions", "description"),
    authors=("authors", "author"),
    published=("publicationDate", "publicationdate"),
    venue=("container.name",),
    arxiv=("pids[scheme=arxiv].value", "pid[scheme=arxiv].value"),
    doi=("pids[scheme=doi].value", "pid[scheme=doi].value"),
    url=("instances.urls", "instance.url"),
    keywords=("subjects.subject.value",),
    volume=("container.vol",),
    issue=("container.iss",),
    pages=("container.sp",),
    last_page=("container.ep",),
    publisher=("publisher",),
    language=("language.code",),
)

# https://unpaywall.org/data-format
UNPAYWALL: Final = Shape(
    NAME="unpaywall",
    LABEL="records of Unpaywall as JSON",
    signs=(("title", "oa_status"), ("title", "is_oa", "doi_url"), ("response.title",)),
    within=("response",),
    authors=("z_authors",),
    published=("published_date", "year"),
    venue=("journal_name",),
    url=("best_oa_location.url_for_landing_page",),
    pdf=("best_oa_location.url_for_pdf",),
    type=("genre",),
    publisher=("publisher",),
    issn=("journal_issns",),
    license=("best_oa_location.license",),
)

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


def _identified(document: Record) -> Record:
    """A document with its arXiv id, which stands among all its other ids."""
    named = [*texts(document, "identifier"), *texts(document, "eid")]
    pages = [page for page in texts(document, "page") if not identifiers.arxiv(page)]
    known = next(filter(None, map(identifiers.arxiv, named)), "")
    return {**document, "arxiv": known, "page": pages}


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

# https://api.plos.org/solr/search-fields/
PLOS: Final = Shape(
    NAME="plos",
    LABEL="articles of PLOS as JSON",
    signs=(("title_display", "id"), ("author_display", "id", "journal")),
    title=("title_display", "title"),
    authors=("author_display", "author"),
    published=("publication_date",),
    venue=("journal",),
    doi=("id",),
)

# https://dev.elsevier.com/documentation/ScopusSearchAPI.wadl
SCOPUS: Final = Shape(
    NAME="scopus",
    LABEL="an answer of Scopus as JSON",
    signs=(("dc:title", "prism:publicationName"), ("dc:title", "dc:identifier")),
    title=("dc:title",),
    abstract=("dc:description",),
    authors=("author.authname", "dc:creator"),
    initials=True,
    published=("prism:coverDate",),
    venue=("prism:publicationName",),
    doi=("prism:doi",),
    url=("link[@ref=scopus].@href",),
    keywords=("authkeywords",),
    type=("subtypeDescription",),
    volume=("prism:volume",),
    issue=("prism:issueIdentifier",),
    pages=("prism:pageRange",),
    number=("article-number",),
    issn=("prism:issn",),
)

# https://developer.ieee.org/docs
IEEE: Final = Shape(
    NAME="ieee",
    LABEL="articles of IEEE Xplore as JSON",
    signs=(("title", "article_number"),),
    authors=("authors.authors", "authors"),
    published=("publication_date", "publication_year"),
    venue=("publication_title",),
    url=("html_url", "abstract_url"),
    pdf=("pdf_url",),
    keywords=("index_terms.author_terms.terms",),
    type=("content_type",),
    volume=("volume",),
    issue=("issue",),
    pages=("start_page",),
    last_page=("end_page",),
    publisher=("publisher",),
    isbn=("isbn",),
    issn=("issn",),
)

# https://dev.springernature.com/docs
SPRINGER: Final = Shape(
    NAME="springer",
    LABEL="records of Springer Nature as JSON",
    signs=(("title", "publicationName", "creators"),),
    abstract=("abstract.p", "abstract"),
    authors=("creators",),
    published=("publicationDate", "onlineDate"),
    venue=("publicationName",),
    url=("url.value",),
    keywords=("keyword",),
    type=("contentType",),
    volume=("volume",),
    issue=("number",),
    pages=("startingPage",),
    last_page=("endingPage",),
    publisher=("publisher",),
    isbn=("isbn", "printIsbn", "electronicIsbn"),
    issn=("issn", "eIssn"),
    language=("language",),
)


def _by_names(summary: Record) -> Record:
    """A summary as XML, `<Item Name="Title">…</Item>`, as it is in JSON; others as they are."""
    items = {text(each.get("Name")): each for each in mappings(summary.get("Item"))}
    if not items:
        return summary
    named = {name.lower(): each.get("text", "") for name, each in items.items()}
    people = [{"name": name} for name in texts(items.get("AuthorList"), "Item")]
    return {**named, "authors": people, "pubtype": [*texts(items.get("PubTypeList"), "Item")]}


# https://www.ncbi.nlm.nih.gov/books/NBK25500/: summaries of PubMed's articles.
PUBMED_SUMMARIES: Final = Shape(
    NAME="pubmed-summaries",
    LABEL="summaries of PubMed as JSON or XML (esummary)",
    roots=("eSummaryResult",),
    elements=("DocSum",),
    prepared=_by_names,
    signs=(("uid", "title", "sortpubdate"),),
    is_sentence=True,
    initials=True,
    published=("pubdate", "epubdate"),
    venue=("fulljournalname", "source"),
    doi=("articleids[idtype=doi].value", "doi"),
    kind=("pubtype",),
    type=("pubtype",),
    volume=("volume",),
    issue=("issue",),
    pages=("pages",),
    issn=("issn", "essn"),
    language=("lang",),
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


def _in_words(result: Record) -> Record:
    """A result of Google Scholar: `N Marsh, O Berg - Journal of Ants, 2024 - ants.example`."""
    said = text(mapping(result.get("publication_info")).get("summary"))
    parts = [part.strip(" …") for part in said.split(" - ")]
    where, _, year = parts[1].rpartition(", ") if len(parts) > 1 else ("", "", "")
    found: dict[str, Any] = {"people": [name.strip(" …") for name in parts[0].split(",")]}
    if re.fullmatch(r"\d{4}", year or where):
        found |= {"year": year or where, "venue": where if year else ""}
    elif re.fullmatch(r"\d{4}", parts[1] if len(parts) > 1 else ""):
        found["year"] = parts[1]
    return {**result, **found}


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

SHAPES: Final = (
    *(SPRINGER, IEEE, PLOS, VIRTUAL_SITE, BIORXIV, INSPIRE, ADS, EUROPE_PMC, PUBMED_SUMMARIES),
    *(SEMANTIC_SCHOLAR, SCOPUS, DIMENSIONS, LENS, DOAJ, HAL, OPENAIRE, CORE, ZENODO, UNPAYWALL),
    *(CHEMRXIV, OSF, PAPERS_WITH_CODE, ORCID, MENDELEY, PAPERPILE, AMINER, SCHOLARLY, SERPAPI),
    *(OPENCITATIONS, INDICO),
)
"""In the order of trust."""
