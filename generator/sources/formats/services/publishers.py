"""Publishers, and who keeps track of what they publish."""

from __future__ import annotations

from typing import Final

from generator.sources.json_paths import Record, texts
from generator.sources.references import mappings, text
from generator.sources.shapes import Shape

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
