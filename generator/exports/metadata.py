"""What stands in the head of a page for machines: Google Scholar, Zotero, previews of links.

Each vocabulary has its own readers, and a fact is said again only for another kind of them, since
every page carries this:

- Highwire's tags, for Google Scholar (https://scholar.google.com/intl/en/scholar/inclusion.html)
  and Zotero; a paper that is nowhere published is `DC.type` `preprint` for the latter
- Open Graph (https://ogp.me), for those who preview links
- JSON-LD of https://schema.org, for other search engines and for programs: the whole record
- Signposting (https://signposting.org/FAIR/), for crawlers of libraries

The description is not here: the theme's own `<meta name="description">` is Open Graph's as well,
and a paper without an abstract has none. Nor is `citation_abstract`, which Zotero alone reads, and
after scripts ran: `assets/zotero.js` takes it from JSON-LD.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from generator.exports.citations import reference
from generator.exports.json_ld import (
    ORCIDS,
    elsewhere_of,
    json_ld_record,
    json_ld_script,
    keywords_of,
    orcid_address,
    unsplit,
)
from generator.model import addresses
from generator.model.papers import Paper
from generator.model.settings import Settings
from generator.text import excerpt, metadata
from generator.text.unicode_math import readable

AUTHORS_TAGGED: Final = 100
"""Authors who get a tag of their own; papers of physics have thousands, and their records name
all of them."""


def paper_head(
    paper: Paper,
    settings: Settings,
    topics: Mapping[str, str],
    names: Mapping[str, str],
    *,
    has_card: bool,
) -> str:
    """What machines read about a paper, for the head of its page.

    Where the address of the site is not known, what must be absolute is left out.

    Args:
        paper: any paper, also a withdrawn one.
        settings: those of the site.
        topics: the names of topics that may be its keywords, by slug.
        names: those of all topics.
        has_card: whether there is a picture at `addresses.card`.
    """
    return "".join(
        [
            *_citation(paper, settings, topics),
            *_preview(paper, settings, has_card=has_card),
            *_signposts(paper, settings),
            json_ld_script(json_ld_record(paper, names)),
        ]
    )


def _pdf(paper: Paper) -> str:
    return next((link.url for link in paper.links if link.kind == "pdf"), "")


def _citation(paper: Paper, settings: Settings, topics: Mapping[str, str]) -> Iterator[str]:
    """Highwire's tags, for Google Scholar and Zotero; the title is Open Graph's too."""
    published = paper.published or paper.date
    kind = reference.kind(paper)
    title = readable(paper.title)
    if title == paper.title:
        yield _tag("citation_title", title, "og:title")
    else:  # citations keep TeX, previews do not read it
        yield _tag("citation_title", paper.title)
        yield _graph("title", title)
    for author in paper.authors[:AUTHORS_TAGGED]:
        yield _tag("citation_author", unsplit(author.name))
    if published:
        # A day or a year: Google Scholar knows no form for a month.
        whole_date = published if len(published) == len("2010-05-12") else published[: len("2010")]
        yield _tag("citation_publication_date", whole_date.replace("-", "/"))
    if reference.container(paper):
        yield _tag(f"citation_{_CONTAINERS.get(kind, kind)}_title", paper.venue)
    elif kind == "preprint":
        yield _tag("DC.type", "preprint")
    for name, value in _published(paper, kind):
        yield _tag(f"citation_{name}", value)
    if paper.doi:
        yield _tag("citation_doi", paper.doi)
    if paper.arxiv:
        yield _tag("citation_arxiv_id", paper.arxiv)
    if settings.pdf_tag and (pdf := _pdf(paper)):
        yield _tag("citation_pdf_url", pdf)
    if keywords := keywords_of(paper, topics):
        yield _tag("citation_keywords", "; ".join(keywords))


def _preview(paper: Paper, settings: Settings, *, has_card: bool) -> Iterator[str]:
    """Open Graph, for previews of links."""
    yield _graph("type", "article")
    yield _graph("site_name", _line(settings.site_name))
    if settings.site_url and has_card:
        yield _graph("image", addresses.absolute(settings.site_url, addresses.card(paper.id)))
        yield _tag("twitter:card", "summary_large_image")


def _signposts(paper: Paper, settings: Settings) -> Iterator[str]:
    """Signposting, for crawlers of libraries."""
    yield _link("cite-as", "./")
    yield _link("type", "https://schema.org/AboutPage")
    yield _link("type", "https://schema.org/ScholarlyArticle")
    if settings.companions:
        address = addresses.paper(paper.id)
        record, text = addresses.twin(paper.id), addresses.markdown_twin(paper.id)
        yield _link("describedby", addresses.relative(address, record), "application/json")
        yield _link("describedby", addresses.relative(address, text), "text/markdown")
    if pdf := _pdf(paper):
        yield _link("item", pdf, "application/pdf")
    for author in paper.authors[:ORCIDS]:
        if author.orcid:
            yield _link("author", orcid_address(author))
    for page in elsewhere_of(paper):
        yield _link("related", page)


def _published(paper: Paper, kind: reference.Kind) -> Iterator[tuple[str, str]]:
    """Highwire's tags for where in its venue a paper stands, and who issued it."""
    said = paper.publication
    if kind in _INSTITUTIONS:
        yield _INSTITUTIONS[kind], reference.issuer(paper)
    elif said.publisher:
        yield "publisher", said.publisher
    if kind == "report" and said.number:
        yield "technical_report_number", said.number
    first, _, last = said.pages.partition("–")
    tags = {
        "volume": said.volume,
        "issue": said.issue,
        "firstpage": first,
        "lastpage": last,
        "isbn": said.isbn,
        "issn": said.issn,
        "language": said.language,
    }
    yield from ((name, value) for name, value in tags.items() if value)


_CONTAINERS: Final[dict[str, str]] = {"chapter": "inbook"}
_INSTITUTIONS: Final[dict[str, str]] = {
    "thesis": "dissertation_institution",
    "report": "technical_report_institution",
}


def listing_head(
    title: str,
    description: str,
    address: str,
    papers: Sequence[str],
    settings: Settings,
    *,
    has_feed: bool,
    start: str | None = None,
) -> str:
    """What machines read about a page of a listing, for its head.

    Args:
        title: what is listed: `Retrieval`.
        description: a sentence about it; may be empty.
        address: where this page is.
        papers: the ids of those on this page, in their order; none where they are many.
        settings: those of the site.
        has_feed: whether the listing has a feed.
        start: the address of its first page, which the feed is beside, if it is another.
    """
    site_url, site_name, line = settings.site_url, _line(settings.site_name), _line(title)
    url = addresses.absolute(site_url, address) if site_url else ""
    elements = [
        _graph("title", line),
        _graph("type", "website"),
        _graph("site_name", site_name),
    ]
    if url:
        elements.append(_graph("url", url))
    if has_feed:
        start = address if start is None else start
        name = site_name if start == addresses.FRONT else f"{line} · {site_name}"
        feeds = {"atom+xml": addresses.atom(start)}
        if start == addresses.FRONT:
            feeds["feed+json"] = addresses.json_feed(start)
        for kind, feed in feeds.items():
            href = addresses.relative(address, feed)
            elements.append(_link("alternate", href, f"application/{kind}", name))
    record = {
        "@type": "CollectionPage",
        "@id": url,
        "name": line,
        "description": _line(description),
        "mainEntity": papers
        and {
            "@type": "ItemList",
            "itemListElement": [
                {"@id": addresses.relative(address, addresses.paper(paper))} for paper in papers
            ],
        },
    }
    return "".join(elements) + json_ld_script(record)


def _tag(name: str, content: str, graph: str = "") -> str:
    """A `<meta>` element; its content may be a property of Open Graph (`graph`) too."""
    shared = f' property="{graph}"' if graph else ""
    return f'<meta name="{name}"{shared} content="{metadata(content)}">'


def _graph(property: str, content: str) -> str:
    return f'<meta property="og:{property}" content="{metadata(content)}">'


def _link(relation: str, href: str, type: str = "", title: str = "") -> str:
    kind = f' type="{type}"' if type else ""
    name = f' title="{metadata(title)}"' if title else ""
    return f'<link rel="{relation}"{kind}{name} href="{metadata(href)}">'


_LONGEST: Final = 500


def _line(text: str) -> str:
    """One line of what a person wrote into the settings or the taxonomy."""
    return excerpt(text, _LONGEST)
